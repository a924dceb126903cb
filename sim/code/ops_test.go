package code

import "testing"

// Every operation has a row in the table of shapes, and no two share a name.
func TestEveryOpHasAShape(t *testing.T) {
	seen := map[string]Op{}
	for op := Bad; op < NumOps; op++ {
		sh := shapes[op]
		if sh.name == "" {
			t.Errorf("operation %d has no shape", op)
			continue
		}
		if other, dup := seen[sh.name]; dup {
			t.Errorf("operations %d and %d are both called %s", other, op, sh.name)
		}
		seen[sh.name] = op
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
