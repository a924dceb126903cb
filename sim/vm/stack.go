package vm

import (
	"fmt"

	"gopark/sim/mem"
	"gopark/sim/task"
)

// Stack constants of runtime/stack.go and internal/abi/stack.go.
const (
	stackMin   = 2048
	stackSmall = 128 // a frame may protrude so far into them
)

// A stack is a goroutine's, as offsets from the arena's start. It has two
// sizes. Size is what the program is told and what Go would have: by it stacks
// grow, overflow and count. Hi-Lo is what the arena has set aside. The two
// differ once there is a crowd: a million parked goroutines would fill 2 GiB
// with stacks of which they use a tenth. Then a stack gets the room that its
// frames need, and more of it, up to Size, when they need more. That takes no
// time and no event tells of it, because in Go nothing would happen.
type stack struct {
	Lo, Hi uint64
	Size   uint64
	End    uint64 // relative: as far as functions may use it, Size unless it has segments
	Limit  uint64 // no frame may reach beyond without a look at the two sizes
}

const (
	crowdBytes = 8 << 20 // of stacks, from which on new ones get no more room than they need
	minRoom    = 256
	bornRoom   = 384 // of a new stack in a crowd: most functions call others, and to move it costs more than it saves
)

// roomAfter is the next room that there is: twice as much, and below the least of Go's
// stacks one between. A thread's stack is the kernel's, which has pages.
func (v *VM) roomAfter(room uint64) uint64 {
	switch {
	case room >= stackMin || v.rules.StackFixed:
		return room * 2
	case room&(room-1) == 0:
		return room / 2 * 3
	}
	return room / 3 * 4
}

// frameEnd is as far as frames may reach in a stack of Go's.
func (v *VM) frameEnd(s *stack) uint64 { return s.Lo + s.End - v.guard + stackSmall }

// setEnd moves the end of what functions may use.
func (v *VM) setEnd(s *stack, end uint64) {
	s.End = end
	// A leaf has no prologue, and its frame less than stackSmall bytes.
	s.Limit = min(v.frameEnd(s), s.Hi-stackSmall)
}

// newStack makes a stack of the given size with room for need bytes of frames.
func (v *VM) newStack(size, need uint64) stack {
	room, crowd := uint64(minRoom), v.heap.stackBytes >= crowdBytes || v.rules.StackFixed
	for room < size && !crowd || room < need+stackSmall && (room < size || v.rules.StackSegments) {
		room = v.roomAfter(room)
	}
	lo := v.newRoom(room)
	v.heap.stackBytes += size
	s := stack{Lo: lo, Hi: lo + room, Size: size}
	v.setEnd(&s, size)
	return s
}

func (v *VM) freeStack(s *stack) {
	if s.Size > 0 {
		v.freeRoom(s.Lo, s.Hi-s.Lo)
		v.heap.stackBytes -= s.Size
	}
	*s = stack{}
}

// moveStack copies the used bytes of x's stack to one of another size, or with
// other room.
func (v *VM) moveStack(x *exec, size, need, used uint64) {
	if v.widen(&x.stack, size, max(need, used)) {
		return
	}
	old := x.stack
	x.stack = v.newStack(size, max(need, used))
	copy(v.mem.Bytes(mem.Base+x.Lo, used), v.mem.Bytes(mem.Base+old.Lo, used))
	if v.rules.StackSegments {
		v.setEnd(&x.stack, old.End)
	}
	x.FP += x.Lo - old.Lo
	v.freeStack(&old)
}

// widen gives a large stack more room where it lies, if what is behind it is
// free. Nothing can tell that from a move, and in the end a stack takes no more
// of the arena than its own bytes: one of half a gigabyte, which is as large as they get,
// fits into the gigabyte that a program may have.
func (v *VM) widen(s *stack, size, need uint64) bool {
	room := s.Hi - s.Lo
	if room < stackPages*pageSize || v.rules.StackSegments {
		return false
	}
	for room < size && (v.heap.stackBytes < crowdBytes && !v.rules.StackFixed || room < need+stackSmall) {
		room = v.roomAfter(room)
	}
	more := room - (s.Hi - s.Lo)
	if more == 0 || !v.extendSpan(v.heap.pages[(s.Lo-v.heap.base)/pageSize], more/pageSize) {
		return false
	}
	v.heap.stackBytes += size - s.Size
	v.heap.stackRoom += more
	s.Hi, s.Size = s.Hi+more, size
	v.setEnd(s, size)
	return true
}

// moveCurrent is moveStack for the current goroutine, whatever it uses.
func (v *VM) moveCurrent(size, need uint64) {
	g := v.cur
	g.FP = v.fp
	v.moveStack(&g.exec, size, need, g.Hi-g.Lo)
	v.fp = g.FP
}

// room grows the stack until the guard lies above offset top.
func (v *VM) room(top uint64) {
	g := v.cur
	if top+v.guard > g.Lo+g.Size && !v.rules.StackSegments {
		v.grow(g, top)
	} else if top+stackSmall > g.Hi {
		v.moveCurrent(g.Size, top-g.Lo)
	}
}

// checks lets a goroutine that is asked to stop ask the scheduler before it does its
// operation, if the function that this calls in the program or in the runtime has a
// prologue. It reports whether the operation is to be done again.
func (v *VM) checks() bool {
	g := v.cur
	if !v.atCalls || g.Checked || g.Pins > 0 {
		return false
	}
	if v.fresh() {
		g.Checked = true
		g.Requests = append(g.Requests, task.Request{Kind: task.Check})
	}
	v.retry(1)
	return true
}

// prologue is what Enter does when its comparison fails
// (runtime/stack.go:newstack).
func (v *VM) prologue(slots uint16) {
	g := v.cur
	if v.checks() {
		return
	}
	top := v.fp + uint64(slots)*8
	if top <= v.frameEnd(&g.stack) {
		g.Checked = false
		if top > g.Limit {
			v.moveCurrent(g.Size, top-g.Lo)
			if v.rules.StackFixed {
				v.touch(g)
			}
		}
		return
	}
	if !v.fresh() {
		v.retry(1)
		return
	}
	g.Checked = false
	if v.rules.StackSegments {
		v.newSegment(g, top)
		return
	}
	old := g.Size
	v.grow(g, top)
	if g.Size > old {
		v.tellStack(g, old)
	}
}

// grow moves g's stack to one at least twice as large in which the guard lies
// above what is now offset top.
func (v *VM) grow(g *G, top uint64) {
	size := 2 * g.Size
	for top-g.Lo+v.guard > size {
		size *= 2
	}
	if size > v.maxStack {
		v.overflow(g)
		return
	}
	used := v.fp - g.Lo
	v.moveCurrent(size, top-g.Lo)
	v.charge(costGrow)
	v.charge(used / movedPerStep)
	g.Grown++
}

// touch lets the kernel find pages for as much of a stack as was never in use before.
func (v *VM) touch(g *G) {
	used := g.Size
	if v.rules.StackFixed {
		used = g.Hi - g.Lo
	}
	if r := g.needRare(); used > r.Touched {
		v.charge((used - r.Touched) / (4 << 10) * costTouch)
		r.Touched = used
	}
}

// overflow ends the run as Go does (runtime/stack.go:newstack), or the kernel.
func (v *VM) overflow(g *G) {
	if v.rules.StackFixed {
		v.print("signal SIGSEGV: stack overflow: the ", fmt.Sprint(v.maxStack), " bytes of a thread's stack are used up, and what follows is its guard page\n")
		v.save()
		v.traceAfterPanic(g, 0)
		v.exitProcess(128+11, task.Crash)
		return
	}
	v.print("runtime: goroutine stack exceeds ", fmt.Sprint(v.maxStack), "-byte limit\n")
	v.print(fmt.Sprintf("runtime: sp=%#x stack=[%#x, %#x]\n", mem.Base+v.fp, mem.Base+g.Lo, mem.Base+g.Lo+g.Size))
	v.throw("stack overflow")
}

// shrink moves the stack of g, which doesn't run, to one half as large if that
// is roomy enough (runtime/stack.go:shrinkstack). In a crowd it takes back room
// that isn't needed.
func (v *VM) shrink(g *G) {
	used := v.stackTop(&g.exec) - g.Lo
	switch {
	case v.mem.Size()+g.Size > v.cfg.Memory:
	case g.Size/2 >= stackMin && used+800 < g.Size/4:
		owner := v.gs[v.gc.owner]
		owner.Requests = append(owner.Requests, task.Request{Kind: task.StackShrink, Task: g.ID, Object: g.Size, N: int32(g.Size / 2)})
		v.moveStack(&g.exec, g.Size/2, used, used)
		v.gc.cost += int64(used / bytesPerStep)
	case v.heap.stackBytes >= crowdBytes && g.Hi-g.Lo > minRoom:
		v.trim(g)
	}
}

// tidyStep is how many goroutines tidy looks at: about as many as a span has
// stacks of the smallest sizes.
const tidyStep = 100

// tidy takes back room from some goroutines that wait, in turn: one that called
// something and parked after that has more than it needs.
func (v *VM) tidy() {
	h := &v.heap
	if h.tidying || h.stackBytes < crowdBytes || v.gc.phase != gcOff {
		return
	}
	h.tidying = true
	for range min(tidyStep, len(v.gs)) {
		if v.mem.Size()+stackPages*pageSize > v.cfg.Memory {
			break // a move could fail
		}
		h.tidyAt = (h.tidyAt + 1) % len(v.gs)
		if g := v.gs[h.tidyAt]; g.Status == gWaiting && g.Hi-g.Lo > minRoom {
			v.trim(g)
		}
	}
	h.tidying = false
}

// trim takes back room of g, which doesn't run, if half of it is enough.
func (v *VM) trim(g *G) {
	used := v.stackTop(&g.exec) - g.Lo
	if used+stackSmall <= (g.Hi-g.Lo)/2 {
		v.moveStack(&g.exec, g.Size, used, used)
	}
}

// newRoom returns the offset of size bytes for a stack, a room that there is. What
// they held before is still there.
func (v *VM) newRoom(size uint64) uint64 {
	h := &v.heap
	free := &h.stacks[order(size)]
	if len(*free) == 0 && size < stackMin {
		v.tidy()
	}
	n := len(*free)
	if n == 0 && size >= stackPages*pageSize {
		i := v.newSpan(size/pageSize, span{kind: spanStacks, size: size})
		h.stackRoom += size
		return h.spans[i].start
	}
	if n == 0 {
		start := h.spans[v.newSpan(stackPages, span{kind: spanStacks, size: size})].start
		for n = 0; n < stackPages*pageSize/int(size); n++ {
			*free = append(*free, start+stackPages*pageSize-uint64(n+1)*size)
		}
	}
	a := (*free)[n-1]
	*free = (*free)[:n-1]
	h.stackRoom += size
	return a
}

func (v *VM) freeRoom(lo, size uint64) {
	h := &v.heap
	h.stackRoom -= size
	if size >= stackPages*pageSize {
		h.freeSpan(h.pages[(lo-h.base)/pageSize])
		return
	}
	h.stacks[order(size)] = append(h.stacks[order(size)], lo)
}
