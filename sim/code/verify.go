package code

import (
	"cmp"
	"fmt"
	"strings"
)

// Verify checks what the machine takes for granted of a function: known
// operations, chains in front of all their parts, slots inside the frame however
// wide an operand is, jumps to instructions, pool indices in range, calls at the
// frame's end and each with its relocation, prologues nowhere but in front,
// unchecked ones only where nothing is called, no way to run off the end. A
// function that passes may do nonsense, but only in the arena.
func Verify(f *Func) error {
	v := &verifier{f: f, starts: make([]bool, len(f.Code)+1)}
	if len(f.Code) == 0 || f.Code[0].Op != Enter && f.Code[0].Op != EnterLeaf {
		return fmt.Errorf("%s: no prologue", f.Sym)
	}
	if int(f.Frame)+int(f.Out) >= NoSlot {
		return fmt.Errorf("%s: frame of %d+%d slots", f.Sym, f.Frame, f.Out)
	}
	for pc := 0; pc < len(f.Code); {
		op := f.Code[pc].Op
		if op >= NumOps || op.shape().name == "" || op == Bad || op == Extra {
			return v.errorf(pc, "not an instruction")
		}
		v.starts[pc] = true
		pc += 1 + op.Extras()
		if pc > len(f.Code) {
			return v.errorf(pc-1-op.Extras(), "cut off")
		}
	}
	for pc := 0; pc < len(f.Code); pc += 1 + f.Code[pc].Op.Extras() {
		if err := v.instr(pc); err != nil {
			return err
		}
	}
	if err := v.function(); err != nil {
		return err
	}
	if f.Recover >= 0 && (int(f.Recover) >= len(f.Code) || !v.starts[f.Recover]) {
		return v.errorf(0, "recovers at %d", f.Recover)
	}
	return v.end()
}

type verifier struct {
	f      *Func
	starts []bool // pcs at which an instruction begins
}

func (v *verifier) errorf(pc int, format string, args ...any) error {
	return fmt.Errorf("%s: pc %d (%s): %s", v.f.Sym, pc, v.f.Code[pc].Op, fmt.Sprintf(format, args...))
}

func (v *verifier) instr(pc int) error {
	in := v.f.Code[pc]
	if !follows(v.f.Code, pc, in.Op) {
		return v.errorf(pc, "without what it is chained to")
	}
	in.Op = in.Op.Plain()
	sh := &shapes[in.Op]
	for i, kind := range sh.operands {
		if err := v.operand(pc, in, i, kind); err != nil {
			return err
		}
	}
	if err := v.wide(pc, in); err != nil {
		return err
	}
	if in.Op == CallClo || in.Op == CallItab {
		if err := v.callAt(pc, in.A); err != nil {
			return err
		}
	}
	for i, kind := range sh.extras {
		x := v.f.Code[pc+1+i]
		if x.Op != Extra {
			return v.errorf(pc, "extra word %d is missing", i)
		}
		var err error
		switch kind {
		case 'k':
			err = v.pool(pc, x.Imm())
		case 'u':
			err = v.slot(pc, x.A, false)
		case 'w':
			err = v.words(pc, in, x.A)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// operand checks the i-th operand of an instruction, which the table of shapes
// says is of that kind.
func (v *verifier) operand(pc int, in Instr, i int, kind rune) error {
	word := [3]uint16{in.A, in.B, in.C}[i]
	switch kind {
	case 'd', 'b':
		// What has a type for operand may write nothing: slot 0 stands for no slot.
		if word < HeaderSlots && !strings.Contains(shapes[in.Op].extras, "k") {
			return v.errorf(pc, "writes slot %d, where its caller is noted", word)
		}
		return v.slot(pc, word, false)
	case 'u':
		return v.slot(pc, word, false)
	case 'o':
		return v.slot(pc, word, true)
	case 'k':
		return v.pool(pc, in.Imm())
	case 'j':
		d := in.Imm()
		if i == 2 {
			d = int32(int16(in.C))
		}
		if to := pc + 1 + int(d); to < 0 || to >= len(v.f.Code) || !v.starts[to] {
			return v.errorf(pc, "jumps to %d", to)
		}
	case 'f', 'v':
		return v.callAt(pc, in.A)
	}
	return nil
}

func (v *verifier) slot(pc int, s uint16, absent bool) error {
	if absent && s == NoSlot || int(s) < int(v.f.Frame)+int(v.f.Out)+HeaderSlots {
		return nil
	}
	return v.errorf(pc, "slot %d of %d+%d", s, v.f.Frame, v.f.Out)
}

// words: a local array of n words lies in the frame.
func (v *verifier) words(pc int, in Instr, n uint16) error {
	root := in.B
	if in.Op == Fsi64 {
		root = in.A
	}
	if n == 0 || int(root)+int(n) > int(v.f.Frame)+int(v.f.Out)+HeaderSlots {
		return v.errorf(pc, "%d slots from %d on of %d+%d", n, root, v.f.Frame, v.f.Out)
	}
	return nil
}

func (v *verifier) pool(pc int, i int32) error {
	if i < 0 || int(i) >= len(v.f.K) {
		return v.errorf(pc, "constant %d of %d", i, len(v.f.K))
	}
	return nil
}

// callAt: a called frame may not overlap the caller's, except that a native
// stub works on its own parameters.
func (v *verifier) callAt(pc int, base uint16) error {
	if base == v.f.Frame || base == 0 && v.f.Flags&NativeFn != 0 {
		return nil
	}
	return v.errorf(pc, "base %d in a frame of %d", base, v.f.Frame)
}

// leafWindow is how many slots a function without a checked prologue may use:
// they lie in the stack's guard.
const leafWindow = 16

// function checks what is not about one instruction.
func (v *verifier) function() error {
	f := v.f
	window := int(f.Frame) + int(f.Out) + HeaderSlots
	if int(f.Params) >= window && f.Flags&NativeFn == 0 {
		return v.errorf(0, "%d slots of parameters in %d", f.Params, window)
	}
	if f.Code[0].Op == EnterLeaf && (window > leafWindow+HeaderSlots) {
		return v.errorf(0, "%d slots and no check", window)
	}
	for _, x := range f.Vars {
		if int(x.Slot) >= window {
			return v.errorf(0, "variable %s in slot %d", x.Name, x.Slot)
		}
	}
	next := 0
	for pc := 0; pc < len(f.Code); pc += 1 + f.Code[pc].Op.Extras() {
		op := f.Code[pc].Op.Plain()
		want := RelNone
		switch op {
		case Call:
			want = RelCall
		case Native:
			want = RelNative
		case Enter, EnterLeaf:
			if pc > 0 {
				return v.errorf(pc, "a prologue in the middle")
			}
			continue
		default:
			continue
		}
		if next >= len(f.Relocs) || int(f.Relocs[next].At) != pc || f.Relocs[next].Kind != want {
			return v.errorf(pc, "calls nothing")
		}
		next++
	}
	if next < len(f.Relocs) {
		return v.errorf(0, "%d relocations too many", len(f.Relocs)-next)
	}
	return nil
}

// wide checks operands of more than one slot that the machine reads and writes
// without looking.
func (v *verifier) wide(pc int, in Instr) error {
	last := func(slot uint16, slots int) error {
		if slots < 0 || int(slot)+slots > int(v.f.Frame)+int(v.f.Out)+HeaderSlots {
			return v.errorf(pc, "%d slots from %d in %d+%d", slots, slot, v.f.Frame, v.f.Out)
		}
		return nil
	}
	switch in.Op {
	case MovN:
		return cmp.Or(last(in.A, int(in.C)), last(in.B, int(in.C)))
	case Zero:
		return last(in.A, int(in.Imm()))
	case Ld128:
		return last(in.A, 2)
	case Ld192:
		return last(in.A, 3)
	case St128:
		return last(in.B, 2)
	case St192:
		return last(in.B, 3)
	case FldS8, FldU8, FldS16, FldU16, FldS32, FldU32:
		return last(in.B, int(in.C)/8+1)
	case Fst8, Fst16, Fst32:
		return last(in.A, int(in.C)/8+1)
	case Go, Defer:
		return cmp.Or(last(in.A, int(in.B)+1), last(in.C, 2))
	case CallClo, CallItab, Call:
		if v.f.Code[0].Op == EnterLeaf {
			return v.errorf(pc, "a call without a checked prologue")
		}
	}
	return nil
}

// end: the last instruction must not fall through.
func (v *verifier) end() error {
	last := len(v.f.Code) - 1
	for last > 0 && !v.starts[last] {
		last--
	}
	switch v.f.Code[last].Op {
	case Ret, Jmp, Panic:
		return nil
	}
	return v.errorf(last, "falls off the end")
}
