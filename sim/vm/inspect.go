package vm

import (
	"sort"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/rtype"
	"gopark/sim/state"
	"gopark/sim/task"
)

// Fill completes the goroutines of s, which the scheduler has listed, and adds
// the objects that goroutines meet at. It is called between turns.
func (v *VM) Fill(s *state.State) {
	index := newGIndex(s.Gs)
	var last lastG
	for i := range s.Gs {
		v.of(s.Gs[i].Task).fillG(&s.Gs[i], &last)
	}
	if v.kern != nil {
		v.kern.fill(s, index)
		return
	}
	s.Objects = append(s.Objects, v.objects(s.Time, index)...)
	v.fillTimers(s)
	v.fillGC(&s.GC)
}

// objects are what v's goroutines meet at.
func (v *VM) objects(now task.Time, index gIndex) []state.Object {
	l := &looker{v: v, now: now, index: index, objects: map[mem.Addr]*state.Object{}}
	for _, g := range v.gs {
		if g.Status != gFree {
			l.waits(g)
		}
	}
	l.descriptors()
	l.variables()
	l.globalsHold()
	return l.list()
}

// A lastG is what the goroutine looked at before was called and where it was: of a
// crowd, many are in one place.
type lastG struct {
	made  goLine
	entry uint32
	name  string // of the function that starts at entry
	at    codePlace
}

// A codePlace is what a state says of a pc.
type codePlace struct {
	fn   *code.FuncInfo
	pc   uint32
	file string
	line int32
}

func (v *VM) fillG(sg *state.G, last *lastG) {
	if int(sg.Task) >= len(v.gs) || v.gs[sg.Task].Status == gFree {
		return
	}
	g := v.gs[sg.Task]
	sg.StackSize = int64(g.Size)
	v.moreG(sg, g, &last.made)
	sg.System = sg.System || g.System
	if last.name == "" || last.entry != g.Entry {
		last.entry, last.name = g.Entry, ""
		if f := v.funcAt(g.Entry); f != nil {
			last.name = f.Name
		}
	}
	sg.Entry = last.name
	found := false
	v.walk(g, func(f *frame) bool {
		if sg.StackUsed == 0 {
			sg.StackUsed = int64(f.fp + f.size - g.Lo)
		}
		user := !f.panic && f.fn.Flags&code.UserCode != 0
		if !f.panic && (user || sg.Func == "") {
			if at := &last.at; at.fn != f.fn || at.pc != f.pc {
				*at = codePlace{f.fn, f.pc, v.fileName(f.fn), f.fn.LineAt(f.symPC())}
			}
			sg.Func, sg.File, sg.Line = f.fn.Name, last.at.file, last.at.line
		}
		found = user
		return !found
	})
}

// A looker gathers objects.
type looker struct {
	v       *VM
	now     task.Time
	index   gIndex
	objects map[mem.Addr]*state.Object
	locks   []mem.Addr // objects that are no channels, by address
	named   mem.Addr   // a channel that has a name
}

// A gIndex is where a state has goroutines, by their tasks; -1: nowhere.
type gIndex []int32

func newGIndex(gs []state.G) gIndex {
	last := task.ID(-1)
	for i := range gs {
		last = max(last, gs[i].Task)
	}
	index := make(gIndex, last+1)
	for i := range index {
		index[i] = -1
	}
	for i := range gs {
		index[gs[i].Task] = int32(i)
	}
	return index
}

// list returns the objects in the order of their addresses.
func (l *looker) list() []state.Object {
	var list []state.Object
	for _, o := range l.objects { // any order: sorted below
		list = append(list, *o)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Addr < list[j].Addr })
	return list
}

func (l *looker) waiter(id task.ID) state.Waiter {
	w := state.Waiter{G: -1}
	if id >= 0 && int(id) < len(l.index) {
		w.G = l.index[id]
	}
	return w
}

// kinds names what a goroutine waits at, by its reason.
var kinds = map[task.Reason]string{
	task.MutexLock: "mutex", task.RWMutexLock: "rwmutex", task.RWMutexRLock: "rwmutex",
	task.WaitGroupWait: "waitgroup", task.CondWait: "cond", task.Semacquire: "semaphore",
}

// waits adds what g waits for.
func (l *looker) waits(g *G) {
	for i := g.Waiting; i >= 0; i = l.v.sudogs.at(i).waitLink {
		l.channel(l.v.sudogs.at(i).ch)
	}
	kind := kinds[g.Reason]
	if g.Status != gWaiting || kind == "" || l.objects[g.Object] != nil {
		return
	}
	o := &state.Object{Addr: g.Object, Kind: kind}
	l.v.moreObject(o, g.Reason)
	if q, ok := l.v.sema[g.Object]; ok {
		for i := q.first; i >= 0; i = l.v.sudogs.at(i).next {
			o.Waiters = append(o.Waiters, l.waiter(l.v.sudogs.at(i).g))
		}
	}
	l.objects[g.Object] = o
}

// channel adds the channel at ch.
func (l *looker) channel(ch mem.Addr) *state.Object {
	v := l.v
	if ch == 0 || l.objects[ch] != nil {
		return l.objects[ch]
	}
	if start, size, _, ok := v.objectAt(ch); !ok || start != ch || size < chBytes {
		return nil
	}
	n, elem := v.mem.U64(ch+chSize), v.mem.U64(ch+chElemType)
	width := uint64(v.mem.U16(ch + chElemSize))
	if !v.isType(elem) || v.mem.U64(ch+chQCount) > n || v.mem.U16(ch+chPipe) == 0 && !v.mem.Valid(v.mem.U64(ch+chBuf), n*width) {
		return nil
	}
	o := &state.Object{Addr: ch, Kind: "chan", Type: "chan " + rtype.At(v.mem, elem).String(),
		Cap: int(n), Closed: v.mem.U32(ch+chClosed) != 0}
	if p := v.pipeOf(ch); p != nil {
		l.objects[ch] = o
		l.fill(o, ch, elem, p)
		return o
	}
	for k := range min(v.mem.U64(ch+chQCount), maxShown) {
		o.Buffer = append(o.Buffer, v.format(elem, v.bufAt(ch, (v.mem.U64(ch+chRecvX)+k)%n)))
	}
	v.moreChannel(o, ch)
	l.objects[ch] = o
	o.Recv = l.queue(ch, chRecvQ, 0)
	o.Send = l.queue(ch, chSendQ, elem)
	return o
}

// maxShown bounds the buffered values shown of a channel.
const maxShown = 64

func (l *looker) queue(ch mem.Addr, at uint64, elem mem.Addr) (list []state.Waiter) {
	v := l.v
	n := len(v.sudogs.items)
	for i := v.queueAt(ch, at).first; i >= 0 && int(i) < n && len(list) <= n; i = v.sudogs.at(i).next {
		s := v.sudogs.at(i)
		if s.ch != ch {
			break
		}
		w := l.waiter(s.g)
		w.Select = s.sel
		if elem != 0 {
			w.Value = v.format(elem, v.addr(s.place))
		}
		list = append(list, w)
	}
	return list
}

// format prints a value for people.
func (v *VM) format(typ, a mem.Addr) string {
	f := rtype.Formatter{Mem: v.mem, Max: 60, Entries: v.maps.Entries}
	return f.Format(typ, a)
}

// isType reports whether a is one of the program's descriptors: those lie in
// read-only data.
func (v *VM) isType(a mem.Addr) bool {
	return a-mem.Base < v.prog.ROSize && v.mem.Valid(a, rtype.TypeSize)
}

// Stack is the stack of task id with its frames and their variables, nil if
// there is no such goroutine. It is called between turns.
func (v *VM) Stack(id task.ID) *state.Stack {
	v = v.of(id)
	if id < 0 || int(id) >= len(v.gs) || v.gs[id].Status == gFree {
		return nil
	}
	g := v.gs[id]
	s := &state.Stack{G: int32(id), Lo: mem.Base + g.Lo, Hi: mem.Base + g.Lo + g.Size, Size: int64(g.Size), Guard: int64(v.guard), Grown: int(g.Grown), Segments: 1 + len(g.seldom().Segs), Splits: int(g.seldom().Splits),
		Pieces: v.pieces(g), Room: int64(g.Hi - g.Lo)}
	v.walk(g, func(f *frame) bool {
		sf := v.callOf(f)
		if !f.panic {
			if s.Used == 0 {
				s.Used = int64(f.fp + f.size - g.Lo)
			}
			for _, x := range v.vars(f) {
				sf.Vars = append(sf.Vars, state.Var{Name: x.name, Type: rtype.At(v.mem, x.typ).String(), Value: v.format(x.typ, x.at)})
			}
		}
		s.Frames = append(s.Frames, sf)
		return len(s.Frames) < 10000
	})
	return s
}

// Calls are at most the max innermost frames of task id, without variables:
// what Stack has, at a fraction of its cost.
func (v *VM) Calls(id task.ID, max int) []state.Frame {
	var frames []state.Frame
	v = v.of(id)
	if id < 0 || int(id) >= len(v.gs) || v.gs[id].Status == gFree {
		return nil
	}
	v.walk(v.gs[id], func(f *frame) bool {
		frames = append(frames, v.callOf(f))
		return len(frames) < max
	})
	return frames
}

// callOf is frame f without its variables.
func (v *VM) callOf(f *frame) state.Frame {
	if f.panic {
		return state.Frame{Func: "panic", File: v.cfg.GOROOT + "/src/runtime/panic.go"}
	}
	sf := state.Frame{Func: f.fn.Name, File: v.fileName(f.fn), Line: f.fn.LineAt(f.symPC()),
		PC: code.TextBase + uint64(f.pc), Bytes: int64(f.size), User: f.fn.Flags&code.UserCode != 0}
	if sf.User {
		sf.From, sf.To = f.fn.Line, f.fn.Line
		for _, l := range f.fn.Lines {
			if l.Line > 0 {
				sf.From, sf.To = min(sf.From, l.Line), max(sf.To, l.Line)
			}
		}
	}
	return sf
}

// byGoid lists the live goroutines in the order of their ids.
func (v *VM) byGoid() []*G {
	type numbered struct {
		goid int64
		g    *G
	}
	all := make([]numbered, 0, len(v.gs))
	for _, g := range v.gs {
		if g.Status != gFree {
			all = append(all, numbered{v.goid(g), g})
		}
	}
	list := make([]*G, len(all))
	sorted := true
	for i := range all {
		sorted = sorted && (i == 0 || all[i-1].goid <= all[i].goid)
	}
	if !sorted {
		sort.SliceStable(all, func(i, j int) bool { return all[i].goid < all[j].goid })
	}
	for i := range all {
		list[i] = all[i].g
	}
	return list
}
