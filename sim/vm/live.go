package vm

import (
	"math/bits"

	"gopark/sim/code"
)

// Which slots of a frame may still be read is worked out from the bytecode: a
// backward data-flow over the function, when a collection first meets one of
// its frames. What an operation reads it may be said to read too much of, and
// what it writes too little; an operation without a row makes all slots of its
// functions count as live.

// A slotSet is a set of slots by number.
type slotSet []uint64

func (s slotSet) has(i uint64) bool { return i/64 < uint64(len(s)) && s[i/64]>>(i%64)&1 != 0 }

// set adds or removes n slots from i on.
func (s slotSet) set(i, n int, on bool) {
	for end := min(i+n, len(s)*64); i < end; i++ {
		if on {
			s[i/64] |= 1 << (i % 64)
		} else {
			s[i/64] &^= 1 << (i % 64)
		}
	}
}

// each calls do for each member below limit.
func (s slotSet) each(limit uint64, do func(i uint64)) {
	for w, x := range s {
		for ; x != 0; x &= x - 1 {
			i := uint64(w*64 + bits.TrailingZeros64(x))
			if i >= limit {
				return
			}
			do(i)
		}
	}
}

// A liveMap has the live slots at each instruction of a function: those that
// it, or one after it, may read before they are written. The slot behind the
// frame's last stands for the context register.
type liveMap struct {
	words int
	ctx   uint64   // the context register's slot
	sets  []uint64 // words for each instruction; nil: unknown
}

// maxLiveMaps bounds the functions whose maps are kept.
const maxLiveMaps = 256

// liveAt returns the live slots at pc of f, nil if unknown. Behind its last
// instruction, which panicked or called what doesn't return, a function goes on
// only where a recovered panic leaves it.
func (v *VM) liveAt(f *code.FuncInfo, pc uint32) (live slotSet, ctx uint64) {
	m, ok := v.liveMaps[f.Entry]
	if !ok {
		if v.liveMaps == nil || len(v.liveMaps) >= maxLiveMaps {
			v.liveMaps = map[uint32]liveMap{}
		}
		m = v.liveness(f)
		v.liveMaps[f.Entry] = m
	}
	if pc == f.End && m.sets != nil {
		if f.Recover < 0 {
			return slotSet{}, m.ctx
		}
		pc = f.Entry + uint32(f.Recover)
	}
	if at := int(pc-f.Entry) * m.words; m.sets != nil && at < len(m.sets) {
		return m.sets[at : at+m.words], m.ctx
	}
	return nil, 0
}

// A liveFlow computes one function's liveMap.
type liveFlow struct {
	v    *VM
	f    *code.FuncInfo
	body []code.Instr
	end  int // slots
	m    liveMap
	set  slotSet // being computed
}

func (v *VM) liveness(f *code.FuncInfo) liveMap {
	l := &liveFlow{v: v, f: f, body: v.prog.Code[f.Entry:f.End]}
	l.end = max(int(f.Frame)+int(f.Out), int(f.Params)+1, int(f.Results)+1)
	l.m.words, l.m.ctx = (l.end+64)/64, uint64(l.end)
	if f.Flags&code.NativeFn != 0 || len(l.body)*l.m.words > 1<<20 {
		return liveMap{}
	}
	starts := make([]bool, len(l.body))
	for pc := 0; pc < len(l.body); pc += 1 + l.body[pc].Op.Extras() {
		starts[pc] = true
	}
	l.m.sets = make([]uint64, len(l.body)*l.m.words)
	l.set = make(slotSet, l.m.words)
	for changed := true; changed; {
		changed = false
		for pc := len(l.body) - 1; pc >= 0; pc-- {
			if !starts[pc] {
				continue
			}
			if !l.step(pc) {
				return liveMap{}
			}
			old := l.at(pc)
			for i, x := range l.set {
				changed = changed || x&^old[i] != 0
				old[i] |= x
			}
		}
	}
	l.shown()
	return l.m
}

// shown keeps alive what the views can look at: variables in the heap whose
// address is in a slot, for as long as the compiler says that it is. It also
// keeps the parameters of functions that ask for it.
func (l *liveFlow) shown() {
	for i := range l.f.Vars {
		x := &l.f.Vars[i]
		for pc := x.From; x.Indirect && pc < x.To && int(pc) < len(l.body); pc++ {
			l.at(int(pc)).set(int(x.Slot), 1, true)
		}
	}
	for pc := 0; l.f.Flags&code.KeepsArgs != 0 && pc < len(l.body); pc++ {
		l.at(pc).set(code.HeaderSlots, int(l.f.Params), true)
	}
}

func (l *liveFlow) at(pc int) slotSet { return l.m.sets[pc*l.m.words:][:l.m.words] }

// follow adds what is live at pc, where control may go.
func (l *liveFlow) follow(pc int) {
	if pc >= 0 && pc < len(l.body) {
		for i, x := range l.at(pc) {
			l.set[i] |= x
		}
	}
}

// step computes what is live before the instruction at pc, in l.set. It reports
// false for an operation that it doesn't know.
func (l *liveFlow) step(pc int) bool {
	in := l.body[pc]
	in.Op = in.Op.Plain()
	clear(l.set)
	next := pc + 1 + in.Op.Extras()
	switch op := in.Op; {
	case op == code.Jmp:
		l.follow(next + int(in.Imm()))
	case op == code.Jz || op == code.Jnz:
		l.follow(next)
		l.follow(next + int(in.Imm()))
	case op >= code.JEq && op <= code.AddJLt:
		l.follow(next)
		l.follow(pc + 1 + int(int16(in.C)))
	case op != code.Ret && op != code.Panic:
		l.follow(next)
	}
	known := l.writes(in, pc) && l.reads(in, pc)
	if l.f.Recover >= 0 { // any instruction may panic, and a deferred call recover
		l.follow(int(l.f.Recover))
	}
	return known
}
