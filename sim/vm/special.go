package vm

import (
	"cmp"
	"slices"

	"gopark/sim/mem"
	"gopark/sim/rtype"
	"gopark/sim/task"
)

// A special is something to do when an object becomes unreachable
// (runtime/mheap.go:special).
type specialKind uint8

const (
	specialNone      specialKind = iota
	specialFinalizer             // call fn with the object, which lives on
	specialCleanup               // call the closure fn
	specialWeak                  // clear the handle
	specialBubble                // nothing: it says which bubble the object belongs to
)

type specialRec struct {
	kind   specialKind
	next   int32 // of the same object, -1
	object mem.Addr
	fn     mem.Addr // closure; or a weak pointer's handle
	at     mem.Addr // what the weak pointer or the finalizer was given
	param  mem.Addr // type of the finalizer's parameter
	typ    mem.Addr // type of the pointer to the object
	id     uint64   // of a cleanup or a bubble
}

// A finalizer is a call that is due.
type finalizer struct{ fn, object, param, typ mem.Addr }

// A runner is one of the runtime's goroutines that make such calls.
type runner struct {
	id     task.ID
	parked bool
}

const (
	finalizerRunner = iota
	cleanupRunner
)

// What runners run. The scheduler may start the first itself.
const (
	symRunFinalizers = "runtime.runFinalizers"
	symRunCleanups   = "runtime.runCleanups"
)

// findSpecial returns a's special of a kind, nil if it has none.
func (v *VM) findSpecial(object mem.Addr, match func(*specialRec) bool) *specialRec {
	c := &v.gc
	head, ok := c.byObject[object]
	if !ok {
		return nil
	}
	for i := head; i >= 0; i = c.specials.at(i).next {
		if s := c.specials.at(i); match(s) {
			return s
		}
	}
	return nil
}

func (v *VM) addSpecial(s specialRec) {
	c := &v.gc
	s.next = -1
	if head, ok := c.byObject[s.object]; ok {
		s.next = head
	}
	i := c.specials.new()
	*c.specials.at(i) = s
	c.byObject[s.object] = i
}

// removeSpecials removes the object's specials that match.
func (v *VM) removeSpecials(object mem.Addr, match func(*specialRec) bool) {
	c := &v.gc
	i, ok := c.byObject[object]
	kept := int32(-1)
	for ok && i >= 0 {
		s := c.specials.at(i)
		next := s.next
		if match(s) {
			c.specials.release(i)
		} else {
			s.next, kept = kept, i
		}
		i = next
	}
	if kept < 0 {
		delete(c.byObject, object)
	} else {
		c.byObject[object] = kept
	}
}

// rootSpecial marks what a special needs: its function, and what the object of
// a finalizer reaches, but not the object (runtime/mgcmark.go:markrootSpans).
func (v *VM) rootSpecial(i int) bool {
	c := &v.gc
	if i < len(c.specials.items) {
		s := &c.specials.items[i]
		v.mark(s.fn)
		if s.kind == specialFinalizer {
			if n, span, ok := v.heap.find(s.object); ok && span.pointers {
				v.scanObject(s.object, 0, span.size, v.heap.types[n])
			}
		}
		return true
	}
	for _, f := range c.finalizers {
		v.mark(f.fn)
		v.mark(f.object)
	}
	for _, fn := range c.cleanups {
		v.mark(fn)
	}
	return false
}

// doSpecials does what is to be done for the objects that were not marked.
// One with a finalizer lives until the collection after that has run; its
// cleanups wait, but weak pointers to it are cleared before.
func (v *VM) doSpecials() {
	c := &v.gc
	for i := range c.specials.items {
		s := c.specials.items[i]
		if s.kind != specialFinalizer || v.isMarked(s.object) {
			continue
		}
		v.queueFinalizers(s.object)
		v.clearWeak(s.object)
		v.removeSpecials(s.object, func(s *specialRec) bool { return s.kind != specialCleanup })
		v.keep(s.object)
	}
	for i := range c.specials.items {
		s := c.specials.items[i]
		if s.kind == specialNone || v.isMarked(s.object) {
			continue
		}
		switch s.kind {
		case specialCleanup:
			c.cleanups = append(c.cleanups, s.fn)
		case specialWeak:
			v.mem.PutU64(s.fn, 0)
		}
		one := s
		v.removeSpecials(s.object, func(s *specialRec) bool { return *s == one })
	}
}

// queueFinalizers lets an object's finalizers run: several if it is a tiny
// block, by address.
func (v *VM) queueFinalizers(object mem.Addr) {
	c := &v.gc
	from := len(c.finalizers)
	v.findSpecial(object, func(s *specialRec) bool {
		if s.kind == specialFinalizer {
			c.finalizers = append(c.finalizers, finalizer{s.fn, s.at, s.param, s.typ})
		}
		return false
	})
	slices.SortFunc(c.finalizers[from:], func(a, b finalizer) int { return cmp.Compare(a.object, b.object) })
}

// keep marks an object all of whose pointers were followed already.
func (v *VM) keep(object mem.Addr) {
	if i, s, ok := v.heap.find(object); ok {
		v.heap.flags[i] |= marked
		v.gc.marked += s.size
	}
}

func (v *VM) clearWeak(object mem.Addr) {
	v.findSpecial(object, func(s *specialRec) bool {
		if s.kind == specialWeak {
			v.mem.PutU64(s.fn, 0)
		}
		return false
	})
}

// wakeRunners lets g ready the goroutines that have calls to make.
func (v *VM) wakeRunners(g *G) {
	c := &v.gc
	for i, n := range [...]int{finalizerRunner: len(c.finalizers), cleanupRunner: len(c.cleanups)} {
		if r := &c.runners[i]; n > 0 && v.isParked(r) {
			r.parked = false
			g.Requests = append(g.Requests, task.Request{Kind: task.Ready, Task: r.id})
		}
	}
}

// isParked reports whether runner r waits for work. A scheduler may start the
// first one as if it had come to its first wait already.
func (v *VM) isParked(r *runner) bool {
	if r.parked || r.id < 0 || v.host == nil {
		return r.parked
	}
	g := v.gs[r.id]
	return g.PC == g.Entry && v.host.Status(r.id) == "waiting"
}

var specialNatives = table{
	{"runtime.objectBase", objectBase},
	{"runtime.addFinalizer", addFinalizer},
	{"runtime.removeFinalizer", removeFinalizer},
	{"runtime.addCleanup", addCleanup},
	{"runtime.stopCleanup", stopCleanup},
	{"runtime.runnerMissing", runnerMissing},
	{"runtime.waitFinalizer", func(c *Call) Action { return waitRunner(c, finalizerRunner, task.FinalizerWait) }},
	{"runtime.waitCleanup", func(c *Call) Action { return waitRunner(c, cleanupRunner, task.CleanupWait) }},
	{"runtime.runFinalizer", runFinalizer},
	{"runtime.runCleanup", runCleanup},
	{"weak.runtime_registerWeakPointer", registerWeak},
	{"weak.runtime_makeStrongFromWeak", strongFromWeak},
}

// objectBase returns the address of the heap object that a pointer points
// into, or 0.
func objectBase(c *Call) Action {
	start, _, _, ok := c.VM.objectAt(c.Arg(0))
	if !ok {
		start = 0
	}
	c.SetResult(0, start)
	return Done
}

// finalizerOf matches the finalizer of what p points to. Objects that share a
// tiny block may have one each.
func finalizerOf(p mem.Addr) func(*specialRec) bool {
	return func(s *specialRec) bool { return s.kind == specialFinalizer && s.at == p }
}

// addFinalizer has a pointer, a closure, the type of its parameter and the type
// of the pointer. It reports false if there is a finalizer already.
func addFinalizer(c *Call) Action {
	v := c.VM
	object, _, _, _ := v.objectAt(c.Arg(0))
	had := v.findSpecial(object, finalizerOf(c.Arg(0))) != nil
	if !had {
		v.addSpecial(specialRec{kind: specialFinalizer, object: object, at: c.Arg(0), fn: c.Arg(1), param: c.Arg(2), typ: c.Arg(3)})
	}
	c.Cost(costSpecial)
	c.SetBool(0, !had)
	return Done
}

func removeFinalizer(c *Call) Action {
	object, _, _, _ := c.VM.objectAt(c.Arg(0))
	c.VM.removeSpecials(object, finalizerOf(c.Arg(0)))
	c.Cost(costSpecial)
	return Done
}

// addCleanup has a pointer and a closure, and returns the cleanup's id.
func addCleanup(c *Call) Action {
	v := c.VM
	c.Cost(costSpecial)
	object, _, _, ok := v.objectAt(c.Arg(0))
	v.gc.cleanupID++
	if ok { // what isn't in the heap lives for ever
		v.addSpecial(specialRec{kind: specialCleanup, object: object, fn: c.Arg(1), id: v.gc.cleanupID})
	}
	c.SetResult(0, v.gc.cleanupID)
	return Done
}

func stopCleanup(c *Call) Action {
	id := c.Arg(1)
	if object, _, _, ok := c.VM.objectAt(c.Arg(0)); ok {
		c.VM.removeSpecials(object, func(s *specialRec) bool { return s.kind == specialCleanup && s.id == id })
	}
	return Done
}

// runnerMissing reports whether the goroutine for finalizers (0) or cleanups
// (1) is still to be started; whoever is told so starts it.
func runnerMissing(c *Call) Action {
	r := &c.VM.gc.runners[c.Arg(0)&1]
	missing := r.id == task.None && !c.VM.initializing
	if missing {
		r.id = starting
	}
	c.SetBool(0, missing)
	return Done
}

// starting stands for a goroutine that has not told its id yet.
const starting = task.None - 1

// waitRunner parks a runner until there is something to run.
func waitRunner(c *Call, kind int, reason task.Reason) Action {
	gc := &c.VM.gc
	r := &gc.runners[kind]
	r.id, c.G.System = c.ID, true
	if kind == finalizerRunner && len(gc.finalizers) > 0 || kind == cleanupRunner && len(gc.cleanups) > 0 {
		return Done
	}
	if !c.Fresh() {
		return Again
	}
	r.parked = true
	c.Ask(task.Request{Kind: task.Park, Reason: reason})
	return Done
}

// runFinalizer makes the next finalizer's call: its parameter may have an
// interface type that the pointer implements.
func runFinalizer(c *Call) Action {
	v := c.VM
	q := &v.gc.finalizers
	if len(*q) == 0 {
		return Done
	}
	f := popFront(q)
	args := []uint64{f.object}
	if f.param != 0 && rtype.At(v.mem, f.param).Kind() == rtype.Interface {
		word, _ := v.itab(f.param, f.typ)
		args = []uint64{word, f.object}
	}
	c.CallClosure(f.fn, args...)
	return Done
}

func runCleanup(c *Call) Action {
	q := &c.VM.gc.cleanups
	if len(*q) > 0 {
		c.CallClosure(popFront(q))
	}
	return Done
}

// registerWeak returns the handle of a pointer: 8 bytes that hold it until its
// object is gone. Pointers to different parts of an object have their own.
func registerWeak(c *Call) Action {
	v, p := c.VM, c.Arg(0)
	c.Cost(costSpecial)
	object, _, _, ok := v.objectAt(p)
	if !ok {
		object = p
	}
	s := v.findSpecial(object, func(s *specialRec) bool { return s.kind == specialWeak && s.at == p })
	if s != nil {
		c.SetResult(0, s.fn)
		return Done
	}
	handle := c.Alloc(8, 0)
	v.mem.PutU64(handle, p)
	v.addSpecial(specialRec{kind: specialWeak, object: object, fn: handle, at: p})
	c.SetResult(0, handle)
	return Done
}

func strongFromWeak(c *Call) Action {
	p := mem.Addr(0)
	if h := c.Arg(0); h != 0 {
		p = c.Load64(h)
	}
	c.SetResult(0, p)
	return Done
}
