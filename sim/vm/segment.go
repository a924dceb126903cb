package vm

import (
	"gopark/sim/mem"
	"gopark/sim/task"
)

// Stacks of segments (until Go 1.2). A function that finds too little room gets
// a further piece of memory, linked to the one before, and gives it back when it
// returns: at once, so that a loop that calls it there pays each time, which is
// called a hot split (runtime/proc.c:newstack, oldstack of Go 1.0; stack.c of 1.2).
//
// Where the pieces lie no program can tell. Here they share one stretch of
// memory, one behind the other, that is moved when it is full, at no cost; what
// is told and paid for are the pieces.

// A segment is a piece of stack behind the first. It begins with the frame of
// the function that needed it, whose return address is pcLess.
type segment struct {
	start uint64 // relative
	size  uint64
	ret   uint32 // what the return address would be
	told  bool
}

// toldSegments are how many of a stack's segments an event tells of, one by one; of
// further ones an event tells whenever their number has doubled. A hot split
// would fill the log with millions.
const toldSegments = 256

// segmentExtra is room for functions called further on (proc.c: StackExtra).
const segmentExtra = 1024

// newSegment gives the function that is entered, whose frame ends at offset
// top, a segment of its own.
func (v *VM) newSegment(g *G, top uint64) {
	s := segment{start: v.fp - g.Lo, size: max(top-v.fp+segmentExtra+v.guard, uint64(v.rules.Stack))}
	old := g.Size
	if old+s.size > v.maxStack {
		v.overflow(g)
		return
	}
	if top > g.Hi-stackSmall { // may find no memory, so before anything has changed
		v.moveCurrent(old, top-g.Lo)
	}
	h := v.get(0)
	s.ret = uint32(h)
	v.set(0, header(pcLess, h>>32))
	r := g.needRare()
	r.Splits++
	s.told = r.Splits <= toldSegments || r.Splits&(r.Splits-1) == 0
	r.Segs = append(r.Segs, s)
	g.Size += s.size
	v.heap.stackBytes += s.size
	v.setEnd(&g.stack, s.start+s.size)
	v.charge(costNewSegment)
	v.touch(g)
	if s.told {
		v.tellStack(g, old)
	}
}

// lessStack frees the segment whose function returns (runtime/asm: lessstack)
// and gives the return address.
func (v *VM) lessStack() uint32 {
	g := v.cur
	segs := g.seldom().Segs
	n := len(segs) - 1
	if n < 0 || segs[n].start != v.fp-g.Lo {
		panic(trap{kind: trapBad, msg: "frame of a stack segment"})
	}
	ret := segs[n].ret
	v.dropSegments(g, n)
	return ret
}

// leaveSegments frees the segments above the relative offset of a frame to
// which a recovery unwinds.
func (v *VM) leaveSegments(g *G, frame uint64) {
	segs := g.seldom().Segs
	n := len(segs)
	for n > 0 && segs[n-1].start > frame {
		n--
	}
	if n < len(segs) {
		v.dropSegments(g, n)
	}
}

func (v *VM) dropSegments(g *G, keep int) {
	old := g.Size
	r, tell := g.needRare(), false
	for _, s := range r.Segs[keep:] {
		tell = tell || s.told
		g.Size -= s.size
		v.heap.stackBytes -= s.size
		v.charge(costOldSegment)
	}
	r.Segs = r.Segs[:keep]
	end := g.Size
	if keep > 0 {
		end = r.Segs[keep-1].start + r.Segs[keep-1].size
	}
	v.setEnd(&g.stack, end)
	if tell {
		v.tellStack(g, old)
	}
}

// tellStack lets the scheduler hear that g's stack had old bytes until now.
func (v *VM) tellStack(g *G, old uint64) {
	g.Requests = append(g.Requests, task.Request{Kind: task.StackGrow, N: int32(g.Size), Object: old})
	v.leave = true
}

// link reads the header of the frame at offset fp of x's stack: where it
// returns to, and how many slots below its caller's frame begins.
func (v *VM) link(x *exec, fp uint64) (ret uint32, base uint64) {
	h := v.mem.U64(mem.Base + fp)
	ret = uint32(h)
	if ret == pcLess {
		for _, s := range x.seldom().Segs {
			if s.start == fp-x.Lo {
				ret = s.ret
			}
		}
	}
	return ret, h >> 32
}
