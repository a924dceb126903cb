package vm

import (
	"math"

	"gopark/sim/files"
	"gopark/sim/mem"
	"gopark/sim/task"
)

// A kernel is what the processes of a run have in common where the go statement
// forks: who exists, whose the goroutines and timers are, pipes, page frames,
// files. Each process is a machine of its own, so that nothing else can be
// shared by mistake: arena, heap, collector, semaphores, timers and the rest
// are fields of a VM, and fork copies a VM as a snapshot does. The first process's
// machine answers for all of them; its methods find the one that is meant (of).
//
// Fork copies the arena at once. What Linux copies only when it is written shows
// in numbers and costs: see frames.go.
type kernel struct {
	procs  []*process // by pid - task.FirstPID
	owner  []int32    // by task: the process that it runs in, as an index of procs; -1: none
	free   []task.ID  // last in, first out
	timers []timerRef // by task.Timer
	pipes  []pipe     // by number
	frames frames     // of the processes' memories
	files  *files.System
	bytes  uint64 // of all arenas, and of what lies in pipes; each counts as if none were shared
	peak   uint64
	exist  int    // processes that live, and zombies
	steps  uint64 // instructions of all

	// The host's affair: nothing that a program can see depends on it.
	resident int    // processes whose memory lies in an arena
	uses     uint64 // counts
	spare    []byte // an arena that nobody uses
}

// A process is a process, or what is left of one.
type process struct {
	vm      *VM // nil: it has ended
	index   int32
	made    []int32       // its children, but for those that it knows to have ended
	parent  int32         // index; -1: init
	base    *mem.Snapshot // of its memory as it was at its last fork; nil: it never forked
	table   []pageEntry   // by page of base
	checked uint64        // the machine's steps at the last look at what was written
	every   uint64        // steps until the next
	faults  pageFaults    // in all
	untold  pageFaults    // those of them that the scheduler has not heard of
	code    int32         // its exit code, once it has ended
	waited  bool          // its parent knows, or init
	waits   bool          // it is parked until a child ends
	closed  bool          // its descriptors are closed: it is about to end

	used   uint64        // when it was loaded last, by kernel.uses
	packed bool          // its memory is in image, and in no arena
	image  *mem.Snapshot // of its memory when it was packed last; nil: it never was
}

// A timerRef says whose a timer is.
type timerRef struct{ proc, timer int32 }

// kernelBytes is about what Linux has for a small process: 16 KB of stack, 12 KB of
// task_struct, mm_struct and what hangs on them, 24 KB of page tables, and files.
const kernelBytes = 56 << 10

// initPID adopts those whose parent has ended.
const initPID = 1

func (p *process) pid() int32 { return task.FirstPID + p.index }

func (v *VM) initKernel() {
	v.kern = &kernel{bytes: v.mem.Size() + kernelBytes}
	v.proc = v.kern.add(v, -1)
}

func (k *kernel) add(v *VM, parent int32) *process {
	k.uses++
	p := &process{vm: v, index: int32(len(k.procs)), parent: parent, used: k.uses}
	k.procs = append(k.procs, p)
	k.exist++
	k.resident++
	return p
}

// maxResident is how many processes have an arena at once. A program with many
// more has most of them waiting; pages that are the same are then there once.
const maxResident = 48

// load is the machine of p, which has not ended, with its memory.
func (k *kernel) load(p *process) *VM {
	k.uses++
	p.used = k.uses
	if p.packed {
		p.vm.mem.Enter(p.image, k.arena(), p.vm.prog.Data[:p.vm.prog.ROSize])
		p.packed = false
		k.resident++
	}
	return p.vm
}

// arena is one that can be used, nil if a new one is to be made.
func (k *kernel) arena() (a []byte) {
	if a, k.spare = k.spare, nil; a != nil || k.resident < maxResident {
		return a
	}
	var oldest *process
	for _, p := range k.procs {
		if p.vm != nil && !p.packed && p.vm.cur == nil && (oldest == nil || p.used < oldest.used) {
			oldest = p
		}
	}
	if oldest == nil {
		return nil
	}
	return k.pack(oldest)
}

// pack takes the memory of p, which doesn't run, out of its arena.
func (k *kernel) pack(p *process) (arena []byte) {
	like := p.image
	if like == nil {
		like = p.base
	}
	p.image, _ = p.vm.mem.Snapshot(like, p.vm.prog.ROSize, math.MaxInt64)
	p.packed = true
	k.resident--
	return p.vm.mem.Leave()
}

// noG stands in a process's table for goroutines that are other processes'.
var noG = G{ID: task.None, Status: gFree}

// of is the machine whose goroutine task id is: v itself where processes share
// nothing because there is one.
func (v *VM) of(id task.ID) *VM {
	if v.kern == nil {
		return v
	}
	if int(id) < len(v.kern.owner) && id >= 0 && v.kern.owner[id] >= 0 {
		return v.kern.load(v.kern.procs[v.kern.owner[id]])
	}
	return v
}

// runProcess is Run for a task of v's.
func (v *VM) runProcess(id task.ID, now task.Time, budget task.Duration) (took task.Duration, req task.Request) {
	if len(v.gs[id].Requests) == 0 {
		if f := v.faultsDue(); f.Kind != task.Nothing {
			return 0, f
		}
	}
	before := v.steps
	took, req = v.run1(id, now, budget, false)
	v.kern.steps += v.steps - before
	return took, req
}

// newID is the id of a new goroutine of v's.
func (k *kernel) newID(v *VM) task.ID {
	if n := len(k.free); n > 0 {
		id := k.free[n-1]
		k.free = k.free[:n-1]
		k.give(id, v)
		return id
	}
	k.owner = append(k.owner, -1)
	k.give(task.ID(len(k.owner)-1), v)
	return task.ID(len(k.owner) - 1)
}

// give makes id a goroutine of v's.
func (k *kernel) give(id task.ID, v *VM) {
	k.owner[id] = v.proc.index
	for int(id) >= len(v.gs) {
		v.gs = append(v.gs, &noG)
	}
}

// grow takes n more bytes of the computer's memory, if there are so many.
func (k *kernel) grow(n, limit uint64) bool {
	if k.bytes+n > limit {
		return false
	}
	k.bytes += n
	k.peak = max(k.peak, k.bytes)
	return true
}

// nameTimer is what the scheduler calls timer i of v's.
func (v *VM) nameTimer(i int) task.Timer {
	if v.kern == nil {
		return task.Timer(i)
	}
	t := &v.timers[i]
	if t.name == 0 {
		v.kern.timers = append(v.kern.timers, timerRef{v.proc.index, int32(i)})
		t.name = int32(len(v.kern.timers))
	}
	return task.Timer(t.name - 1)
}

// numGoroutines is what runtime.NumGoroutine answers in a process of many.
func (v *VM) numGoroutines() (n int) {
	for _, g := range v.gs {
		if g.Status != gFree && !g.System {
			n++
		}
	}
	return n
}
