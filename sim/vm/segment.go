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
}

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
	g.Segs = append(g.Segs, s)
	g.Size += s.size
	v.heap.stackBytes += s.size
	v.setEnd(&g.stack, s.start+s.size)
	v.charge(costNewSegment)
	v.tellStack(g, old)
}

// lessStack frees the segment whose function returns (runtime/asm: lessstack)
// and gives the return address.
func (v *VM) lessStack() uint32 {
	g := v.cur
	n := len(g.Segs) - 1
	if n < 0 || g.Segs[n].start != v.fp-g.Lo {
		panic(trap{kind: trapBad, msg: "frame of a stack segment"})
	}
	ret := g.Segs[n].ret
	v.dropSegments(g, n)
	return ret
}

// leaveSegments frees the segments above the relative offset of a frame to
// which a recovery unwinds.
func (v *VM) leaveSegments(g *G, frame uint64) {
	n := len(g.Segs)
	for n > 0 && g.Segs[n-1].start > frame {
		n--
	}
	if n < len(g.Segs) {
		v.dropSegments(g, n)
	}
}

func (v *VM) dropSegments(g *G, keep int) {
	old := g.Size
	for _, s := range g.Segs[keep:] {
		g.Size -= s.size
		v.heap.stackBytes -= s.size
		v.charge(costOldSegment)
	}
	g.Segs = g.Segs[:keep]
	end := g.Size
	if keep > 0 {
		end = g.Segs[keep-1].start + g.Segs[keep-1].size
	}
	v.setEnd(&g.stack, end)
	v.tellStack(g, old)
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
		for i := len(x.Segs) - 1; i >= 0; i-- {
			if x.Segs[i].start == fp-x.Lo {
				ret = x.Segs[i].ret
			}
		}
	}
	return ret, h >> 32
}
