package vm

import (
	"math"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/rtype"
	"gopark/sim/state"
	"gopark/sim/task"
)

// A goLine is where the go statement at a pc stands: that of the goroutine looked
// at before, since many come from one.
type goLine struct {
	pc   uint32
	file string
	line int32
}

// moreG fills in what the machine knows of g beyond where it is.
func (v *VM) moreG(sg *state.G, g *G, made *goLine) {
	sg.StackLo, sg.PC = mem.Base+g.Lo, code.TextBase+uint64(g.PC)
	sg.Won, sg.Grown, sg.Segments = g.Won >= 0, int(g.Grown), 1+len(g.seldom().Segs)
	for i := g.Waiting; i >= 0; i = v.sudogs.at(i).waitLink {
		sg.Sudogs++
	}
	for i := g.Defers; i >= 0; i = v.defers.at(i).next {
		sg.Defers++
	}
	for i := g.Panics; i >= 0; i = v.panics.at(i).link {
		sg.Panics++
	}
	if g.GoPC == 0 {
		return
	}
	if made.pc != g.GoPC {
		*made = goLine{pc: g.GoPC}
		if f := v.funcAt(g.GoPC - 1); f != nil {
			made.file, made.line = v.fileName(f), f.LineAt(g.GoPC-1)
		}
	}
	sg.GoFile, sg.GoLine = made.file, made.line
}

// fillTimers says what the timers run that the scheduler has listed.
func (v *VM) fillTimers(s *state.State) {
	for i := range s.Timers {
		if t := &s.Timers[i]; t.ID >= 0 && int(t.ID) < len(v.timers) {
			v.fillTimer(t, int(t.ID))
		}
	}
}

func (v *VM) fillTimer(t *state.Timer, i int) {
	r := &v.timers[i]
	t.Period = r.period
	switch fn := v.closureFunc(r.fn); {
	case fn == nil:
	case fn.Sym == symSendTime:
		t.Func, t.Chan = fn.Name, r.arg[1]
	case fn.Sym == symGoFunc: // time.AfterFunc
		t.Func = fn.Name
		if f := v.closureFunc(r.arg[1]); f != nil {
			t.Func = f.Name
		}
	default:
		t.Func = fn.Name
	}
}

// closureFunc is the function of the closure at a, nil if there is none.
func (v *VM) closureFunc(a mem.Addr) *code.FuncInfo {
	if a == 0 || !v.mem.Valid(a, 8) {
		return nil
	}
	if fn := v.mem.U64(a); v.isEntry(fn) {
		return v.funcAt(uint32(fn - code.TextBase))
	}
	return nil
}

// fillGC says how far the collector is; who works for it the scheduler has said.
func (v *VM) fillGC(gc *state.GC) {
	c := &v.gc
	gc.Cycles, gc.Heap, gc.Goal, gc.Trigger = int64(c.stats.cycles), int64(v.heap.live), -1, -1
	if c.goal != math.MaxUint64 {
		gc.Goal, gc.Trigger = int64(c.goal), int64(c.trigger)
	}
	switch {
	case c.phase == gcOff && gc.Phase == "":
		gc.Phase = state.GCOff
	case c.phase == gcBeside:
		gc.Phase, gc.Left = state.GCMark, c.beside.work
	case c.phase == gcSweep && c.beside.sweeping:
		gc.Phase = state.GCSweep
	case c.phase != gcOff:
		gc.Phase = state.GCStopped
	}
}

// The places of a lock's word and semaphores (sync.Mutex, RWMutex, WaitGroup).
var lockBase = [task.NumReasons]uint64{
	task.MutexLock: 4, task.RWMutexLock: 8, task.RWMutexRLock: 12, task.WaitGroupWait: 8,
}

// moreObject fills in what a lock's word says, for a goroutine that waits there
// for the given reason.
func (v *VM) moreObject(o *state.Object, why task.Reason) {
	o.Timer = -1
	off := lockBase[why]
	if off == 0 || o.Addr < mem.Base+off || !v.mem.Valid(o.Addr-off, 8) {
		return
	}
	o.Base = o.Addr - off
	o.Word = v.mem.U64(o.Base)
	if why == task.RWMutexLock && v.mem.Valid(o.Base, 24) {
		o.Writer, o.Readers = true, int(int32(v.mem.U32(o.Base+20)))
	}
}

// moreChannel fills in what a channel's own words say.
func (v *VM) moreChannel(o *state.Object, ch mem.Addr) {
	o.Len, o.SendX, o.RecvX = int(v.mem.U64(ch+chQCount)), int(v.mem.U64(ch+chSendX)), int(v.mem.U64(ch+chRecvX))
	o.Elem = int64(v.mem.U16(ch + chElemSize))
	o.Timer = int32(v.mem.U64(ch+chTimer)) - 1
}

// pieces are the segments of a stack, outermost first.
func (v *VM) pieces(g *G) []state.Piece {
	segs := g.seldom().Segs
	if !v.rules.StackSegments {
		return nil
	}
	first := g.Size
	for _, s := range segs {
		first -= s.size
	}
	list := []state.Piece{{Size: int64(first)}}
	for _, s := range segs {
		p := state.Piece{From: int64(s.start), Size: int64(s.size)}
		v.walk(g, func(f *frame) bool {
			if !f.panic && f.fp-g.Lo == s.start {
				p.Func = f.fn.Name
			}
			return f.fp-g.Lo > s.start
		})
		list = append(list, p)
	}
	return list
}

// Globals are the reader's package-level variables with their values, by name.
func (v *VM) Globals() (list []state.Var) {
	for _, x := range v.globals() {
		list = append(list, state.Var{Name: x.name, Type: rtype.At(v.mem, x.typ).String(), Value: v.format(x.typ, x.at)})
	}
	return list
}

// globalsHold marks the objects that package-level variables of the reader's hold.
func (l *looker) globalsHold() {
	v := l.v
	for _, x := range v.globals() {
		a := x.at
		switch rtype.At(v.mem, x.typ).Kind() {
		case rtype.Chan:
			if o := l.objects[v.mem.U64(a)]; o != nil {
				o.Global = true
			}
			continue
		case rtype.Pointer:
			a = v.mem.U64(a)
			x.typ = rtype.At(v.mem, x.typ).Elem().Addr
		}
		size := v.sizeOf(x.typ)
		for _, o := range l.objects { // any order: each is looked at on its own
			o.Global = o.Global || o.Addr-a < size
		}
	}
}
