package vm

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/rtype"
	"gopark/sim/state"
	"gopark/sim/task"
)

// Fill completes the goroutines of s, which the scheduler has listed, and adds
// the objects that goroutines meet at. It is called between turns.
func (v *VM) Fill(s *state.State) {
	index := map[task.ID]int32{}
	var made goLine
	for i := range s.Gs {
		index[s.Gs[i].Task] = int32(i)
		v.of(s.Gs[i].Task).fillG(&s.Gs[i], &made)
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
func (v *VM) objects(now task.Time, index map[task.ID]int32) []state.Object {
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

func (v *VM) fillG(sg *state.G, made *goLine) {
	if int(sg.Task) >= len(v.gs) || v.gs[sg.Task].Status == gFree {
		return
	}
	g := v.gs[sg.Task]
	sg.StackSize = int64(g.Size)
	v.moreG(sg, g, made)
	sg.System = sg.System || g.System
	if f := v.funcAt(g.Entry); f != nil {
		sg.Entry = f.Name
	}
	found := false
	v.walk(g, func(f *frame) bool {
		if sg.StackUsed == 0 {
			sg.StackUsed = int64(f.fp + f.size - g.Lo)
		}
		user := !f.panic && f.fn.Flags&code.UserCode != 0
		if !f.panic && (user || sg.Func == "") {
			sg.Func, sg.File, sg.Line = f.fn.Name, v.fileName(f.fn), f.fn.LineAt(f.symPC())
		}
		found = user
		return !found
	})
}

// A looker gathers objects.
type looker struct {
	v       *VM
	now     task.Time
	index   map[task.ID]int32
	objects map[mem.Addr]*state.Object
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
	if i, ok := l.index[id]; ok {
		w.G = i
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

// A variable is a named value in memory.
type variable struct {
	name string
	typ  mem.Addr
	at   mem.Addr
}

// namedFrames is how many of a goroutine's innermost frames are looked at for what
// their variables hold.
const namedFrames = 1000

// variables names objects by the variables that hold them, and adds the
// channels that the reader's variables hold.
func (l *looker) variables() {
	v := l.v
	for _, x := range v.globals() {
		l.name(x)
	}
	for _, g := range v.byGoid() {
		n := 0
		v.walk(g, func(f *frame) bool {
			if !f.panic && f.fn.Flags&code.UserCode != 0 {
				for _, x := range v.vars(f) {
					l.name(x)
				}
			}
			n++
			return n < namedFrames
		})
	}
}

// globals are the reader's package-level variables, by name.
func (v *VM) globals() []variable {
	if v.readers != nil {
		return v.readers
	}
	list := []variable{}
	for sym, typ := range v.prog.Types { // any order: sorted below
		name, mine := strings.CutPrefix(sym, "main.")
		if !mine {
			continue
		}
		a, ok := v.prog.Symbols[sym]
		t, known := v.prog.Symbols[typ]
		if ok && known {
			list = append(list, variable{name, t, a})
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].name < list[j].name })
	v.readers = list
	return list
}

// vars are the variables of frame f at its pc, outermost scope first.
func (v *VM) vars(f *frame) []variable {
	var list []variable
	at := f.symPC() - f.fn.Entry
	for i := range f.fn.Vars {
		x := &f.fn.Vars[i]
		typ, ok := v.prog.Symbols[x.Type]
		if !ok || at < x.From || at >= x.To {
			continue
		}
		a := mem.Base + f.fp + 8*uint64(x.Slot)
		if x.Indirect {
			a = v.mem.U64(a)
		}
		if v.mem.Valid(a, v.sizeOf(typ)) {
			list = append(list, variable{x.Name, typ, a})
		}
	}
	return list
}

// name gives what variable x holds its name: a channel, or a semaphore in it
// or in what it points to.
func (l *looker) name(x variable) {
	v := l.v
	t := rtype.At(v.mem, x.typ)
	switch t.Kind() {
	case rtype.Chan:
		if o := l.channel(v.mem.U64(x.at)); o != nil && o.Name == "" {
			o.Name, o.Type = x.name, t.String()
		}
		return
	case rtype.Pointer:
		x = variable{x.name, t.Elem().Addr, v.mem.U64(x.at)}
	}
	if k := rtype.At(v.mem, x.typ).Kind(); k != rtype.Struct && k != rtype.Array {
		return
	}
	size := v.sizeOf(x.typ)
	for _, o := range l.objects { // any order: each is named on its own
		if o.Name == "" && o.Addr-x.at < size {
			at := v.fieldAt(x, o.Addr)
			t := rtype.At(v.mem, at.typ)
			o.Name, o.Type = at.name, t.String()
			if strings.HasPrefix(o.Type, "sync.") {
				o.Value = v.format(at.typ, at.at)
			}
		}
	}
}

// fieldAt is the part of x that address a is in, down to a type of package
// sync, named as the source would say it.
func (v *VM) fieldAt(x variable, a mem.Addr) variable {
	t := rtype.At(v.mem, x.typ)
	for !strings.HasPrefix(t.String(), "sync.") {
		if t.Kind() == rtype.Array && t.Elem().Size() > 0 {
			i := (a - x.at) / t.Elem().Size()
			t = t.Elem()
			x = variable{x.name + "[" + strconv.FormatUint(i, 10) + "]", t.Addr, x.at + i*t.Size()}
			continue
		}
		found := false
		if t.Kind() != rtype.Struct {
			break
		}
		for i := range t.NumField() {
			f := t.Field(i)
			if a-x.at-f.Offset < f.Type.Size() {
				t, found = f.Type, true
				x = variable{x.name + "." + f.Name.String(), t.Addr, x.at + f.Offset}
				break
			}
		}
		if !found {
			break
		}
	}
	return x
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
	var list []*G
	for _, g := range v.gs {
		if g.Status != gFree {
			list = append(list, g)
		}
	}
	slices.SortStableFunc(list, func(a, b *G) int { return cmp.Compare(v.goid(a), v.goid(b)) })
	return list
}
