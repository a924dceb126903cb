package vm

import (
	"fmt"
	"testing"

	"gopark/sim/code"
	"gopark/sim/task"
)

// spend runs a function that begins with what setup emits and returns how long
// that took, and what slot 1 holds then.
func spend(t *testing.T, setup func(a *asm)) (took task.Time, slot1 string) {
	a := newAsm()
	a.fn("main", 0, 0, 16, 4, 0)
	setup(a)
	a.imm(code.Print, 1, int32(code.PrintInt))
	a.imm(code.LoadI, 17, 0)
	a.native(16, "runtime.exit")
	a.op(code.Ret, 0, 0, 0)
	b := newPark(t, a.program(), Config{})
	b.start("main")
	slot1 = b.run()
	return b.now, slot1
}

// An operation that stands for several costs what they cost, and does what they do.
func TestSteps(t *testing.T) {
	type ins struct{ op, extra code.Instr }
	slots := func(a *asm) { // 1 … 6: 3, 5, an address, 7 and a slice of two points there
		a.imm(code.LoadI, 1, 3)
		a.imm(code.LoadI, 2, 5)
		a.imm(code.LoadK, 3, a.k(a.data(40, 41, 42, 43)))
		a.imm(code.LoadI, 4, 1)
		a.op(code.Mov, 5, 3, 0)
		a.imm(code.LoadI, 6, 2)
		a.op(code.Mov, 7, 3, 0)
	}
	x := func(a, b, c uint16) code.Instr { return code.Instr{Op: code.Extra, A: a, B: b, C: c} }
	untested := severalSteps()
	for _, test := range []struct {
		ins
		want string
	}{
		{ins{code.Instr{Op: code.IncJLt, A: 1, B: 2}, code.Instr{}}, "4"},
		{ins{code.Instr{Op: code.IncJLe, A: 1, B: 2}, code.Instr{}}, "4"},
		{ins{code.Instr{Op: code.IncJLtI, A: 1, B: 9}, code.Instr{}}, "4"},
		{ins{code.Instr{Op: code.DecJGeI, A: 1}, code.Instr{}}, "2"},
		{ins{code.Instr{Op: code.AddJLt, A: 1, B: 2, C: 1}, x(2, 0, 0)}, "8"},
		{ins{code.Instr{Op: code.LeaA, A: 1, B: 3, C: 4}, x(4, 8, 8)}, "16"},
		{ins{code.Instr{Op: code.LeaS, A: 1, B: 5, C: 4}, x(0, 16, 0)}, "16"},
		{ins{code.Instr{Op: code.AddA32, A: 1, B: 3, C: 2}, code.Instr{}}, "45"},
		{ins{code.Instr{Op: code.AddA64, A: 1, B: 3, C: 2}, code.Instr{}}, "45"},
		{ins{code.Instr{Op: code.SwapA32, A: 1, B: 3, C: 2}, code.Instr{}}, "40"},
		{ins{code.Instr{Op: code.SwapA64, A: 1, B: 3, C: 2}, code.Instr{}}, "40"},
		{ins{code.Instr{Op: code.CasA32, A: 1, B: 3, C: 2}, x(2, 0, 0)}, "0"},
		{ins{code.Instr{Op: code.CasA64, A: 1, B: 3, C: 2}, x(2, 0, 0)}, "0"},
	} {
		name := test.op.Op.String()
		address := test.op.Op == code.LeaA || test.op.Op == code.LeaS
		end := func(a *asm) {
			if address { // print how far from the array it is
				a.op(code.Sub, 1, 1, 3)
			}
		}
		plain, _ := spend(t, func(a *asm) { slots(a); end(a) })
		took, got := spend(t, func(a *asm) {
			slots(a)
			a.p.Code = append(a.p.Code, test.op)
			if test.op.Op.Extras() > 0 {
				a.p.Code = append(a.p.Code, test.extra)
			}
			end(a)
		})
		if got != test.want {
			t.Errorf("%s leaves %s, want %s", name, got, test.want)
		}
		if took-plain != task.Time(test.op.Op.Steps()) {
			t.Errorf("%s takes %d, want %d", name, took-plain, test.op.Op.Steps())
		}
		delete(untested, test.op.Op)
	}
	for op := range untested {
		t.Errorf("no test of what %s costs", op)
	}
}

// severalSteps are the plain operations that cost more than a step.
func severalSteps() map[code.Op]bool {
	ops := map[code.Op]bool{}
	for op := code.Bad; op < code.NumOps; op++ {
		if op.Steps() > 1 && op.Plain() == op {
			ops[op] = true
		}
	}
	return ops
}

// Loops of fused steps run as often as they should, to the same virtual time
// however they are sliced.
func TestFusedLoops(t *testing.T) {
	for _, test := range []struct {
		op    code.Instr
		extra bool
		turns int
	}{
		{code.Instr{Op: code.IncJLt, A: 2, B: 3}, false, 10},
		{code.Instr{Op: code.IncJLe, A: 2, B: 3}, false, 11},
		{code.Instr{Op: code.IncJLtI, A: 2, B: 10}, false, 10},
		{code.Instr{Op: code.AddJLt, A: 2, B: 4}, true, 5},
	} {
		var first task.Time
		for _, slice := range []int64{1, 2, 3, 1000} {
			a := newAsm()
			a.fn("main", 0, 0, 16, 4, 0)
			a.imm(code.LoadI, 1, 0)
			a.imm(code.LoadI, 2, 0)
			a.imm(code.LoadI, 3, 10)
			a.imm(code.LoadI, 4, 2)
			a.label("again")
			a.op(code.AddI, 1, 1, 1)
			a.jumpC(test.op.Op, test.op.A, test.op.B, "again")
			if test.extra {
				a.op(code.Extra, 3, 0, 0)
			}
			a.imm(code.Print, 1, int32(code.PrintInt))
			a.imm(code.LoadI, 17, 0)
			a.native(16, "runtime.exit")
			a.op(code.Ret, 0, 0, 0)
			b := newPark(t, a.program(), Config{})
			b.slice = slice
			b.start("main")
			b.expect(fmt.Sprint(test.turns))
			if first == 0 {
				first = b.now
			}
			if b.now != first {
				t.Errorf("%s in slices of %d takes %d, want %d", test.op.Op, slice, b.now, first)
			}
		}
	}
}
