package vm

import (
	"math"
	"slices"

	"gopark/sim/mem"
	"gopark/sim/task"
)

// Copy on write, as Linux does it: after fork parent and child have the same
// page frames, write-protected. The first write to such a page traps; a frame
// that others still use is then copied, the last user's is only made writable.
//
// The arena of a process is a copy from the start, because a check in front of
// each store would cost every era. Which pages were written is found by
// comparing them with what they were at the fork: when the process forks again
// or ends, and in between after it has run for a while. So a fault is told and
// paid up to maxLook instructions late, a write of what was there before is not
// seen, and memory that is new since the fork doesn't count. Read-only data is
// never copied, as text isn't.

// frames are the page frames of the computer's memory that processes have
// shared at some time: how many use each.
type frames struct {
	users []int32
	free  []int32
}

// A pageEntry is a row of a process's page table.
type pageEntry struct {
	frame    int32 // -1: of read-only data
	writable bool
}

// pageFaults are writes to write-protected pages.
type pageFaults struct{ all, copied int64 }

const (
	firstLook = 1_000   // instructions after a fork
	maxLook   = 200_000 // between looks
)

func (f *frames) new() int32 {
	if n := len(f.free); n > 0 {
		i := f.free[n-1]
		f.free = f.free[:n-1]
		f.users[i] = 1
		return i
	}
	f.users = append(f.users, 1)
	return int32(len(f.users) - 1)
}

func (f *frames) unmap(table []pageEntry) {
	for _, e := range table {
		if e.frame < 0 {
			continue
		}
		if f.users[e.frame]--; f.users[e.frame] == 0 {
			f.free = append(f.free, e.frame)
		}
	}
}

func (f *frames) clone() frames { return frames{slices.Clone(f.users), slices.Clone(f.free)} }

// shareMemory gives c, a copy of v, v's page frames, and returns how many they
// are.
func (v *VM) shareMemory(c *VM) (pages uint64) {
	p, f := v.proc, &v.kern.frames
	p.base, _ = v.mem.Snapshot(p.base, v.prog.ROSize, math.MaxInt64)
	for i := range p.base.Pages() {
		if i == len(p.table) {
			p.table = append(p.table, pageEntry{frame: -1})
			if uint64(i+1)*mem.PageSize > v.prog.ROSize {
				p.table[i].frame = f.new()
			}
		}
		e := &p.table[i]
		if e.frame < 0 {
			continue
		}
		e.writable = false
		f.users[e.frame]++
		pages++
	}
	c.proc.base, c.proc.table = p.base, slices.Clone(p.table)
	p.checked, p.every = v.steps, firstLook
	c.proc.checked, c.proc.every = c.steps, firstLook
	return pages
}

// lookAtPages finds out which pages the process has written to.
func (v *VM) lookAtPages() {
	p, f := v.proc, &v.kern.frames
	p.checked, p.every = v.steps, min(2*p.every, maxLook)
	for i := range p.table {
		e := &p.table[i]
		if e.frame < 0 || e.writable || v.mem.Same(p.base, i) {
			continue
		}
		e.writable = true
		p.faults.all++
		p.untold.all++
		if f.users[e.frame] > 1 {
			f.users[e.frame]--
			e.frame = f.new()
			p.faults.copied++
			p.untold.copied++
		}
	}
}

// tellFaults is the request that tells the scheduler of faults; Nothing if there are none.
func (v *VM) tellFaults() task.Request {
	n := v.proc.untold
	if n.all == 0 {
		return task.Request{}
	}
	v.proc.untold = pageFaults{}
	return task.Request{Kind: task.Fault, N: int32(n.all), Object: uint64(n.copied)}
}

// faultsDue looks at the pages when it is time to, and tells of faults.
func (v *VM) faultsDue() task.Request {
	if p := v.proc; p.table != nil && v.steps-p.checked >= p.every {
		v.lookAtPages()
	}
	return v.tellFaults()
}
