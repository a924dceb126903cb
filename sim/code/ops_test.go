package code

import (
	"slices"
	"testing"
)

// Every operation has a row in the table of shapes, and no two share a name.
func TestEveryOpHasAShape(t *testing.T) {
	seen := map[string]Op{}
	for op := Bad; op < NumOps; op++ {
		name := op.String()
		if (shapes[op].name == "") != (op >= firstChain) || (op.Parts() != nil) != (op >= firstChain) {
			t.Errorf("operation %d, %s: either a shape, or links and a number behind all that have one", op, name)
			continue
		}
		if other, dup := seen[name]; dup {
			t.Errorf("operations %d and %d are both called %s", other, op, name)
		}
		seen[name] = op
	}
	if NumOps > 255 {
		t.Errorf("%d operations: the hot loop tells 255", NumOps)
	}
}

// Chains stand wherever their parts do, the longest first, and nowhere else;
// the parts stay what they are.
func TestChain(t *testing.T) {
	body := []Op{Enter, Mov, Mov, Call, Lda64, Extra, AddF, Sta64, Extra, MulF, SubF, MulF, MulF, AddF, Mov, Ret}
	want := []Op{Enter, MovMov, MovCall, Call, Lda64AddFSta64, Extra, AddF, Sta64, Extra, MulF, SubF, MulFMulF, MulFAddF, AddF, MovRet, Ret}
	f := &Func{Sym: "f", Frame: 3, Out: 3, Recover: -1, Relocs: []Reloc{{At: 3, Kind: RelCall, Sym: "f"}}}
	for _, op := range body {
		in := Instr{Op: op}
		if op != Extra && op != Ret {
			in.A, in.B, in.C = 1, 1, 1
		}
		f.Code = append(f.Code, in)
	}
	f.Code[3].A = 3
	for range 2 { // what is chained already stays so
		Chain(f.Code)
		for pc, op := range want {
			if got := f.Code[pc].Op; got != op {
				t.Errorf("at %d stands %s, want %s", pc, got, op)
			}
		}
	}
	if err := Verify(f); err != nil {
		t.Error(err)
	}
	for pc, op := range want {
		if op.Parts() == nil {
			continue
		}
		broken := *f
		broken.Code = slices.Clone(f.Code)
		last := pc + 1 + op.Extras()
		broken.Code[last] = Instr{Op: Zero}
		if err := Verify(&broken); err == nil {
			t.Errorf("%s at %d passes without what it is chained to", op, pc)
		}
	}
}

// A local array that is indexed at run time must lie in the frame, since only
// the index is checked then.
func TestVerifyLocalArray(t *testing.T) {
	for _, test := range []struct {
		op    Op
		root  uint16
		words uint16
		ok    bool
	}{{Fli64, 1, 3, true}, {Fli64, 2, 3, false}, {Fsi64, 1, 3, true}, {Fsi64, 3, 2, false}, {Fli64, 1, 0, false}, {Fsi64, 1, 65535, false}} {
		in := Instr{Op: test.op, A: 1, B: test.root, C: 1}
		if test.op == Fsi64 {
			in.A, in.B = test.root, 1
		}
		f := &Func{Sym: "f", Frame: 3, Recover: -1, Code: []Instr{{Op: Enter}, in, {Op: Extra, A: test.words}, {Op: Ret}}}
		if err := Verify(f); (err == nil) != test.ok {
			t.Errorf("%s of %d words from slot %d on, in a frame of 3: %v", test.op, test.words, test.root, err)
		}
	}
}
