package vm

import (
	"sort"
	"strconv"
	"strings"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/rtype"
)

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
	for a, o := range l.objects { // any order: sorted below
		if o.Kind != "chan" {
			l.locks = append(l.locks, a)
		}
	}
	sort.Slice(l.locks, func(i, j int) bool { return l.locks[i] < l.locks[j] })
	for _, x := range v.globals() {
		l.name(x)
	}
	for _, g := range v.byGoid() {
		n := 0
		v.walk(g, func(f *frame) bool {
			if !f.panic && f.fn.Flags&code.UserCode != 0 {
				l.nameIn(f)
			}
			n++
			return n < namedFrames
		})
	}
}

// A holder is a variable of a function that may hold what goroutines meet at.
type holder struct {
	*code.Var
	typ    mem.Addr
	isChan bool
}

// holders are those of fn, outermost scope first: of most functions, none.
func (v *VM) holders(fn *code.FuncInfo) []holder {
	list, ok := v.holding[fn]
	if ok {
		return list
	}
	for i := range fn.Vars {
		x := &fn.Vars[i]
		typ, known := v.prog.Symbols[x.Type]
		if !known {
			continue
		}
		switch rtype.At(v.mem, typ).Kind() {
		case rtype.Chan, rtype.Pointer, rtype.Struct, rtype.Array:
			list = append(list, holder{x, typ, rtype.At(v.mem, typ).Kind() == rtype.Chan})
		}
	}
	if v.holding == nil {
		v.holding = map[*code.FuncInfo][]holder{}
	}
	v.holding[fn] = list
	return list
}

// nameIn names what the variables of frame f hold at its pc.
func (l *looker) nameIn(f *frame) {
	v := l.v
	at := f.symPC() - f.fn.Entry
	for _, h := range v.holders(f.fn) {
		if at < h.From || at >= h.To || !h.isChan && len(l.locks) == 0 {
			continue
		}
		a := v.varAt(f, h.Var)
		if !v.mem.Valid(a, v.sizeOf(h.typ)) || h.isChan && v.mem.U64(a) == l.named && l.named != 0 {
			continue
		}
		l.name(variable{h.Name, h.typ, a})
	}
}

// varAt is where variable x of frame f is.
func (v *VM) varAt(f *frame, x *code.Var) mem.Addr {
	a := mem.Base + f.fp + 8*uint64(x.Slot)
	if x.Indirect {
		a = v.mem.U64(a)
	}
	return a
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
		if a := v.varAt(f, x); v.mem.Valid(a, v.sizeOf(typ)) {
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
		ch := v.mem.U64(x.at)
		if o := l.channel(ch); o != nil {
			if o.Name == "" {
				o.Name, o.Type = x.name, t.String()
			}
			l.named = ch
		}
		return
	case rtype.Pointer:
		x = variable{x.name, t.Elem().Addr, v.mem.U64(x.at)}
	}
	if k := rtype.At(v.mem, x.typ).Kind(); k != rtype.Struct && k != rtype.Array {
		return
	}
	size := v.sizeOf(x.typ)
	i := sort.Search(len(l.locks), func(i int) bool { return l.locks[i] >= x.at })
	for ; i < len(l.locks) && l.locks[i]-x.at < size; i++ {
		if o := l.objects[l.locks[i]]; o.Name == "" {
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
