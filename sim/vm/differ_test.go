package vm

import (
	"math"
	"testing"
	"unsafe"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/vm/wasmcore"
)

// A differ is a machine with random code and memory.
type differ struct {
	t     *testing.T
	seed  uint64
	rng   rng
	v     *VM
	ops   []code.Op // that the core knows
	other func() code.Op
	home  uint64 // a good place for a frame
	was   []byte
	now   []byte
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
