package vm

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"testing"
	"unsafe"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/vm/wasmcore"
)

// TestChainsAgree compares chains with the plain operations that they stand for.
func TestChainsAgree(t *testing.T) {
	agree(t, func(d *differ) func() code.Op {
		v, plain := d.v, slices.Clone(d.v.prog.Code)
		for pc := range plain {
			plain[pc].Op = plain[pc].Op.Plain()
		}
		return func() code.Op {
			chained := v.code
			v.code = unsafe.Pointer(&plain[0])
			op := hot(0, v)
			v.code = chained
			return op
		}
	}, func(op code.Op) bool { return op.Parts() != nil })
}

// agree runs random instructions by two means, from the same state, for a few
// steps at a time. Registers and memory must agree after each; and each
// operation that is to be tried must have come through without being given back.
// other makes the function that runs one machine by the other means; what it
// changes of how the machine runs, it must change back.
func agree(t *testing.T, other func(d *differ) func() code.Op, tried func(code.Op) bool) {
	succeeded := make([]int, code.NumOps)
	for seed := range uint64(120) {
		d := newDiffer(t, seed)
		d.other = other(d)
		for range 1000 {
			if op, ok := d.step(); ok {
				succeeded[op]++
			}
			if t.Failed() {
				return
			}
		}
	}
	for op := range code.NumOps {
		if tried(op) && succeeded[op] == 0 {
			t.Errorf("%v never succeeded: this test says nothing about it", op)
		}
	}
}

// step runs both from one state, and reports the operation if it was one only,
// a chain with all its parts, and was not given back. Where the two part, it
// looks for the first instruction.
func (d *differ) step() (code.Op, bool) {
	d.stir()
	before := d.v.registers
	op := d.v.prog.Code[before.pc].Op
	d.was = append(d.was[:0], d.arena()...)
	core, difference := d.run(before)
	for budget := int64(1); difference != "" && budget <= before.left; budget++ {
		again := before
		again.left = budget
		if _, difference := d.run(again); difference != "" {
			if d.twoNaNs(again) {
				break
			}
			d.t.Errorf("%s\nafter %d of %d steps from pc %d, where seed %d came to: %s repeats it", difference, budget, before.left, before.pc, d.seed, d.t.Name())
			break
		}
	}
	return op, before.left == parts(op) && core == opNone
}

// twoNaNs reports whether the last step from the registers is arithmetic with
// two NaNs. WebAssembly leaves open which of them the result has the bits of.
func (d *differ) twoNaNs(again registers) bool {
	v := d.v
	copy(d.arena(), d.was)
	v.registers = again
	if v.left--; v.left > 0 {
		d.reference(opNone, registers{})
	}
	in := v.prog.Code[v.pc]
	switch op := in.Op.Plain(); {
	case op >= code.AddF && op <= code.DivF:
		return math.IsNaN(f64(v.slot(in.B))) && math.IsNaN(f64(v.slot(in.C)))
	case op >= code.AddF32 && op <= code.DivF32:
		x, y := f32(v.slot(in.B)), f32(v.slot(in.C))
		return x != x && y != y
	}
	return false
}

// parts is how many plain operations op stands for.
func parts(op code.Op) int64 { return int64(max(1, len(op.Parts()))) }

func (d *differ) arena() []byte { return d.v.mem.Bytes(mem.Base, d.v.size) }

// run runs both from the registers, and says where they part.
func (d *differ) run(before registers) (core code.Op, difference string) {
	v, arena := d.v, d.arena()
	copy(arena, d.was)
	v.registers = before
	extra := v.extra
	core = d.other()
	after := v.registers
	d.now = append(d.now[:0], arena...)
	copy(arena, d.was)
	v.registers = before
	hot := d.reference(core, after)
	switch {
	case v.extra != extra:
		return core, "a hot instruction took steps that are not its own, which the core could not tell"
	case core.Plain() != hot.Plain():
		return core, fmt.Sprintf("the other returns %v, the Go loop %v", core, hot)
	case after != v.registers:
		return core, fmt.Sprintf("registers of the other\n%+v\nof the Go loop\n%+v", after, v.registers)
	case !bytes.Equal(d.now, arena):
		at := 0
		for d.now[at] == arena[at] {
			at++
		}
		at &^= 7
		last := v.prog.Code[max(after.pc, 1)-1]
		return core, fmt.Sprintf("at %#x (frame at %#x) the other leaves %x, the Go loop %x; the last instruction is perhaps %v",
			at, after.fp, d.now[at:at+8], arena[at:at+8], last)
	}
	return core, ""
}

// reference runs what the core has run, in Go. The core also knows some of
// what is warm.
func (d *differ) reference(core code.Op, after registers) code.Op {
	for {
		op := hot(0, d.v)
		if op == core && d.v.left == after.left || op == opNone || !wasmcore.Has(op) || !d.v.warm(op) {
			return op
		}
	}
}

// stir chooses the budget, and brings back what has run away.
func (d *differ) stir() {
	v := d.v
	v.left = int64(d.n(4))
	if d.n(3) == 0 {
		v.left = 1 + int64(d.n(100))
	}
	if v.pc >= v.ncode || d.n(50) == 0 {
		v.pc = uint32(d.n(differCode))
	}
	if v.fp > differData/2 || v.fp < d.home || d.n(50) == 0 {
		v.fp = d.home
	}
	v.limit = uintptr(v.memp) + uintptr(v.fp) + uintptr(d.n(40))*64
	if d.n(4) == 0 {
		v.set(d.slot(), d.value())
	}
	if in := v.prog.Code[v.pc]; d.n(2) == 0 && (in.Op == code.CallClo || in.Op == code.CallItab) {
		v.set(in.B, mem.Base+uint64(d.n(differEntries/2))*8)
	}
	d.ready()
	if d.n(4) == 0 { // a slice, and perhaps an index of it
		slot := d.slot()
		v.set(slot, mem.Base+differRO+uint64(d.n(differData/16))*8)
		v.set(slot+1, uint64(d.n(64)))
		v.set(d.slot(), uint64(d.n(32)))
	}
}

// ready sometimes gives what comes next, all parts of a chain, what it needs to
// succeed.
func (d *differ) ready() {
	v, pc := d.v, d.v.pc
	if d.n(3) > 0 {
		return
	}
	op := v.prog.Code[pc].Op
	v.left = parts(op)
	chain := op.Parts()
	if chain == nil {
		chain = []code.Part{{Op: op}}
	}
	for _, part := range chain {
		in := v.prog.Code[pc]
		address, index := mem.Base+differRO+uint64(d.n(differData/16))*8, uint64(d.n(8))
		switch part.Op {
		case code.Lda64, code.LdaU8:
			v.set(in.B, address)
			v.set(in.C, index)
		case code.LeaS:
			v.set(in.B, address)
			v.set(in.B+1, 64)
			v.set(in.C, index)
		case code.Stx8:
			v.set(in.A, address)
			v.set(in.A+1, 64)
			v.set(in.B, index)
		case code.Sta64:
			v.set(in.A, address)
			v.set(in.B, index)
		case code.Ld192:
			v.set(in.B, address)
			v.mem.PutU64(address+uint64(in.C), mem.Base+differRO)
			v.mem.PutU64(address+uint64(in.C)+8, 64)
		case code.Ldx64:
			v.set(in.C, index)
		case code.AppendStr:
			v.set(in.B, address)
			v.set(in.B+1, 40)
			v.set(in.B+2, 40+index)
			v.set(in.C, mem.Base+uint64(d.n(differData)))
			v.set(in.C+1, uint64(d.n(16)))
		}
		pc += 1 + uint32(part.Op.Extras())
	}
}
