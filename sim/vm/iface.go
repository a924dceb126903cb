package vm

import (
	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/rtype"
)

// itabKey names an itab built at run time.
type itabKey struct{ inter, typ mem.Addr }

func (v *VM) ifaceOp(op code.Op, in code.Instr) {
	switch op {
	case code.ItabType:
		v.set(in.A, v.itabType(v.get(in.B)))
	case code.AssertI:
		v.assertI(in)
	case code.AssertE:
		v.assertE(in)
	case code.EqIface:
		v.eqIface(in)
	case code.EqVal:
		typ := v.typeWord()
		v.equal(in.A, typ, v.slotAddr(in.B), v.slotAddr(in.C))
	default:
		panic(badOp(op))
	}
}

func (v *VM) itabType(tab mem.Addr) mem.Addr {
	if tab == 0 {
		return 0
	}
	v.bytes(tab, itabFun)
	return v.mem.U64(tab + rtype.ITabType)
}

// dynamicType is the type of the interface at slot; empty says how to read it.
func (v *VM) dynamicType(slot uint16, empty bool) mem.Addr {
	if empty {
		return v.get(slot)
	}
	return v.itabType(v.get(slot))
}

// assertI is x.(T) for an interface type T.
func (v *VM) assertI(in code.Instr) {
	inter := v.typeWord()
	commaOK := in.C&1 != 0
	typ, data := v.dynamicType(in.B, in.C&2 != 0), v.get(in.B+1)
	word, missing := uint64(0), ""
	if typ != 0 {
		word, missing = v.itab(inter, typ)
	}
	v.charge(costIface)
	switch {
	case word == 0 && !commaOK:
		p := v.newString(missing)
		v.goPanic(symPanicAssert, 0, typ, inter, p, uint64(len(missing)))
		return
	case word == 0:
		data = 0
	}
	v.set(in.A, word)
	v.set(in.A+1, data)
	if commaOK {
		v.set(in.A+2, b2u(word != 0))
	}
}

// itab returns the first word of an interface of type inter that holds a typ,
// 0 and the missing method if it doesn't implement it.
func (v *VM) itab(inter, typ mem.Addr) (word mem.Addr, missing string) {
	if rtype.At(v.mem, inter).NumImethod() == 0 {
		return typ, ""
	}
	key := itabKey{inter, typ}
	if tab, ok := v.itabs[key]; ok && tab != 0 {
		return tab, ""
	}
	if missing := rtype.Implements(v.mem, inter, typ, nil); missing != "" {
		return 0, missing
	}
	tab := v.allocWords(rtype.ITabSize(v.mem, inter))
	rtype.BuildITab(v.mem, tab, inter, typ)
	v.itabs[key] = tab
	v.itabList = append(v.itabList, tab)
	return tab, ""
}

// assertE panics: interface a is no T.
func (v *VM) assertE(in code.Instr) {
	want, static := v.typeWord(), v.typeWord()
	v.goPanic(symPanicAssert, static, v.dynamicType(in.A, in.B == 1), want, 0, 0)
}

func (v *VM) eqIface(in code.Instr) {
	typ := v.get(in.B)
	if typ != v.get(in.C) {
		v.set(in.A, 0)
		return
	}
	eq, bad := rtype.EqualData(v.mem, typ, v.get(in.B+1), v.get(in.C+1))
	v.setEqual(in.A, eq, bad)
}

func (v *VM) equal(slot uint16, typ, a, b mem.Addr) {
	eq, bad := rtype.Equal(v.mem, typ, a, b)
	v.chargeBytes(v.sizeOf(typ))
	v.setEqual(slot, eq, bad)
}

func (v *VM) setEqual(slot uint16, eq bool, bad mem.Addr) {
	if bad != 0 {
		v.panicText("comparing uncomparable type " + rtype.At(v.mem, bad).String())
		return
	}
	v.set(slot, b2u(eq))
}
