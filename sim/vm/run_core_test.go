//go:build js && wasmcore

package vm

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"testing"
	"unsafe"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/vm/wasmcore"
)

// coreVar names the environment variable that gives the host the core.
const coreVar = "GOPARK_CORE"

// TestCoreThere: what the other tests run on is what they are meant to.
func TestCoreThere(t *testing.T) {
	d := newDiffer(t, 1)
	d.v.left = 0
	want := uint32(opNone)
	if os.Getenv(coreVar) == "" {
		want = coreAbsent
	}
	if got := runCore(unsafe.Pointer(&d.v.registers)); got != want {
		t.Errorf("runCore returns %#x, want %#x (%s=%q)", got, want, coreVar, os.Getenv(coreVar))
	}
}

// TestCoreAgrees runs random instructions on the core and on the Go loop, from
// the same state, for a few steps at a time. Registers and memory must agree
// after each; and each operation that the core knows must have come through
// without being given back.
func TestCoreAgrees(t *testing.T) {
	if os.Getenv(coreVar) == "" {
		t.Skip("there is no core to compare with: " + coreVar + " is not set")
	}
	succeeded := make([]int, code.NumOps)
	for seed := range uint64(120) {
		d := newDiffer(t, seed)
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
		if wasmcore.Has(op) && succeeded[op] == 0 {
			t.Errorf("%v never succeeded: this test says nothing about it", op)
		}
	}
}

// A differ is a machine with random code and memory.
type differ struct {
	t    *testing.T
	seed uint64
	rng  rng
	v    *VM
	ops  []code.Op // that the core knows
	home uint64    // a good place for a frame
	was  []byte
	now  []byte
}

const (
	differPool    = 8   // constants
	differCode    = 400 // instructions
	differRoom    = 8   // for the longest chain
	differFuncs   = 20  // a function begins every so many instructions
	differSlots   = 24  // that instructions use
	differData    = 16 << 10
	differRO      = 2 << 10
	differEntries = 64 // words at the arena's start point to entries
	differTypes   = 1 << 10
)

// differSizes are those of the types that the first constants name.
var differSizes = []uint64{1, 4, 8, 16, 24}

func newDiffer(t *testing.T, seed uint64) *differ {
	d := &differ{t: t, seed: seed, rng: newRand(seed), home: 4 << 10}
	for op := range code.NumOps {
		if wasmcore.Has(op) {
			d.ops = append(d.ops, op)
		}
	}
	p := &code.Program{Data: make([]byte, differData), ROSize: differRO, Symbols: map[string]uint64{}}
	for i := range differPool {
		p.K = append(p.K, d.value())
		if i < len(differSizes) {
			p.K[i] = mem.Base + differTypes + 8*uint64(i)
		}
	}
	for len(p.Code) < differCode {
		p.Code = d.instrs(p.Code)
	}
	v, err := New(p, Config{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	d.v = v
	b := v.mem.Bytes(mem.Base, differData)
	for i := 0; i < len(b); i += 8 {
		v.mem.PutU64(mem.Base+uint64(i), d.value())
	}
	for i := range differEntries { // closures
		v.mem.PutU64(mem.Base+uint64(i)*8, code.TextBase+uint64(d.n(differCode/differFuncs)*differFuncs))
	}
	for i, size := range differSizes {
		v.mem.PutU64(mem.Base+differTypes+8*uint64(i), size)
	}
	v.memp, v.size = v.mem.Ptr(), v.mem.Size()
	v.rwSize, v.rwp = v.size-p.ROSize, unsafe.Add(v.memp, p.ROSize)
	v.fp = d.home
	return d
}

// instrs appends an instruction, or those that a chain stands for.
func (d *differ) instrs(text []code.Instr) []code.Instr {
	pc := len(text)
	op := d.ops[d.n(len(d.ops))]
	switch {
	case pc >= differCode-differRoom: // so that nothing runs off the end
		return append(text, code.Instr{Op: code.Jmp}.WithImm(int32(-pc-1)))
	case pc%differFuncs == 0:
		op = []code.Op{code.Enter, code.EnterLeaf}[d.n(2)]
	case d.n(100) == 0:
		op = code.Concat // one that neither knows
	}
	chain := op.Parts()
	if chain == nil {
		chain = []code.Part{{Op: op}}
	}
	written := uint16(0)
	for _, part := range chain {
		if part.Op == code.Call && op != code.Call && d.n(2) == 0 {
			part.Op = code.CallLeaf
		}
		in := d.instr(part.Op, len(text))
		switch part.From {
		case 'A':
			in.A = written
		case 'B':
			in.B = written
		case 'C':
			in.C = written
		}
		written = in.A
		text = append(text, in)
		for _, letter := range part.Op.ExtraOperands() {
			text = append(text, d.extra(letter))
		}
	}
	text[pc].Op = op
	return text
}

// extra is an Extra word of a kind.
func (d *differ) extra(letter rune) code.Instr {
	e := code.Instr{Op: code.Extra, A: d.slot(), B: uint16(1 + d.n(40)), C: uint16(d.n(40) * d.n(2))}
	switch letter {
	case 'k':
		return e.WithImm(int32(d.n(differPool)))
	case 's':
		e.C = code.NoSlot
		for _, p := range []*uint16{&e.A, &e.B, &e.C} {
			if d.n(2) == 0 {
				*p = code.NoSlot
			} else if p != &e.C || d.n(9) == 0 {
				*p = d.slot()
			}
		}
	}
	return e
}

func (d *differ) n(n int) int { return int(d.rng.next() % uint64(n)) }

// value is a word that some operation finds interesting.
func (d *differ) value() uint64 {
	switch d.n(13) {
	case 0:
		return uint64(d.n(70))
	case 1:
		return uint64(-1 - d.n(3))
	case 2:
		return 1<<63 + uint64(d.n(3)) - 1
	case 3:
		return d.rng.next()
	case 4:
		return d.rng.next() >> d.n(64)
	case 5:
		return math.Float64bits(float64(d.n(100)) / 8)
	case 6:
		return math.Float64bits(math.Ldexp(float64(d.n(5)-2), 60+d.n(6)))
	case 7:
		return uint64(math.Float32bits(float32(d.n(100)) / 8))
	case 8:
		return code.TextBase + uint64(d.n(differCode/differFuncs+1)*differFuncs+d.n(8)/7) // mostly an entry
	case 9:
		return mem.Base + differData - uint64(d.n(64))
	case 10:
		return mem.Base + uint64(d.n(differEntries))*8
	default:
		return mem.Base + uint64(d.n(differData/8))*8
	}
}

// slot prefers few slots, so that values meet.
func (d *differ) slot() uint16 { return uint16(d.n(differSlots)) }

// instr is an instruction for pc that stays in the code.
func (d *differ) instr(op code.Op, pc int) code.Instr {
	in := code.Instr{Op: op}
	words := []*uint16{&in.A, &in.B, &in.C}
	kinds := op.Operands()
	for i := range len(kinds) {
		jump := d.n(differCode) - pc - 1
		switch whole := i == 1 && len(kinds) == 2; {
		case kinds[i] == 'j' && whole:
			in = in.WithImm(int32(jump))
		case kinds[i] == 'j':
			*words[i] = uint16(int16(jump))
		case kinds[i] == 'k':
			in = in.WithImm(int32(d.n(differPool)))
		case kinds[i] == 'f':
			in = in.WithImm(int32(d.n(differCode/differFuncs) * differFuncs))
		case kinds[i] == 'i':
			in = in.WithImm(int32(d.n(20) - 2))
		case kinds[i] == 'n':
			*words[i] = uint16(d.n(20) - d.n(2)*2)
		default:
			*words[i] = d.slot()
		}
	}
	if op == code.Call || op == code.CallLeaf || op == code.CallClo || op == code.CallItab {
		in.A = uint16(d.n(8))
	}
	if op == code.Zero {
		in = in.WithImm(int32(d.n(10)))
	}
	if op >= code.FldS8 && op <= code.Fst32 {
		in.C = uint16(d.n(64))
	}
	return in
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
			d.t.Errorf("%s\nafter %d of %d steps from pc %d, where seed %d came to: TestCoreAgrees repeats it", difference, budget, before.left, before.pc, d.seed)
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
	core = code.Op(runCore(unsafe.Pointer(&v.registers)))
	after := v.registers
	d.now = append(d.now[:0], arena...)
	copy(arena, d.was)
	v.registers = before
	hot := d.reference(core, after)
	switch {
	case core != hot:
		return core, fmt.Sprintf("the core returns %v, the Go loop %v", core, hot)
	case after != v.registers:
		return core, fmt.Sprintf("registers of the core\n%+v\nof the Go loop\n%+v", after, v.registers)
	case !bytes.Equal(d.now, arena):
		at := 0
		for d.now[at] == arena[at] {
			at++
		}
		at &^= 7
		last := v.prog.Code[max(after.pc, 1)-1]
		return core, fmt.Sprintf("at %#x (frame at %#x) the core leaves %x, the Go loop %x; the last instruction is perhaps %v",
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
