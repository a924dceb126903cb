package wasmcore

import (
	"fmt"

	"gopark/sim/code"
)

// Locals of the core's function. The first is its parameter.
const (
	regs uint32 = iota // address of the registers
	ip                 // address of the present instruction
	w                  // address of the frame's first slot
	memp               // address of the arena's first byte
	p0                 // scratch
	p1
	p2
	left // steps
	size // bytes of the arena
	roEnd
	rwSize
	x0 // scratch
	x1
	x2
	x3
	x4
	x5
)

// How many locals of each type follow the parameter.
const (
	numI32 = p2 - regs
	numI64 = x5 - p2
)

// An operand is one of an instruction's three.
type operand uint32

const (
	opA operand = iota
	opB
	opC
)

// A label is a block's place among those that are open, from 1.
type label uint32

// A gen writes the code of the core's function.
type gen struct {
	code  expr
	depth label // blocks that are open
	done  label // to break there: the budget is used up
	leave label // to break there: the present instruction is Go's to do
	next  label // to continue: the next instruction

	op    code.Op
	shape string // op's operands
}

func (g *gen) emit(e expr) { g.code = append(g.code, e...) }

func (g *gen) open(kind byte) label {
	g.emit(expr{kind, noResult})
	g.depth++
	return g.depth
}

func (g *gen) end() {
	g.emit(expr{opEnd})
	g.depth--
}

func (g *gen) br(to label)              { g.emit(cat(expr{opBr}, uleb(uint32(g.depth-to)))) }
func (g *gen) brIf(cond expr, to label) { g.emit(cat(cond, expr{opBrIf}, uleb(uint32(g.depth-to)))) }

// when emits what do does, to be run if cond.
func (g *gen) when(cond expr, do func()) {
	g.emit(cond)
	g.open(opIf)
	do()
	g.end()
}

// leaveIf gives the present instruction back. It may have had no effect yet.
func (g *gen) leaveIf(cond expr) { g.brIf(cond, g.leave) }

// letter is what code's table says of an operand.
func (g *gen) letter(o operand) byte {
	if int(o) >= len(g.shape) {
		return g.shape[len(g.shape)-1] // B and C together
	}
	return g.shape[o]
}

// want stops the generator when a row uses an operand as what it isn't.
func (g *gen) want(o operand, letters string) byte {
	l := g.letter(o)
	for _, ok := range []byte(letters) {
		if l == ok {
			return l
		}
	}
	panic(fmt.Sprintf("wasmcore: %v has operands %q: operand %d is none of %q", g.op, g.shape, o, letters))
}

// raw is an operand's 16 bits as they stand in the instruction.
func (g *gen) raw(o operand, op byte) expr { return load(op, get(ip), 2+2*uint32(o)) }

// u16 is a number, unsigned.
func (g *gen) u16(o operand) expr {
	g.want(o, "n")
	return g.raw(o, i64Load16U)
}

// slot is the host address of a slot.
func (g *gen) slot(o operand) expr {
	g.want(o, "dub")
	return bin(i32Add, get(w), bin(i32Shl, g.raw(o, i32Load16U), constI32(3)))
}

// val is an operand's value: what is in the slot, or the number, sign-extended.
func (g *gen) val(o operand) expr {
	switch g.want(o, "ubni") {
	case 'u', 'b':
		return load(i64Load, g.slot(o), 0)
	case 'n':
		return g.raw(o, i64Load16S)
	default:
		return load(i64Load32S, get(ip), 4)
	}
}

// fval is a slot's value, loaded as a float.
func (g *gen) fval(load0 byte, o operand) expr {
	g.want(o, "u")
	return load(load0, g.slot(o), 0)
}

// set writes a slot.
func (g *gen) set(o operand, x expr) {
	g.want(o, "db")
	g.emit(store(i64Store, g.slot(o), 0, x))
}

// setF is set for a float64.
func (g *gen) setF(o operand, x expr) {
	g.want(o, "d")
	g.emit(store(f64Store, g.slot(o), 0, x))
}

// jump goes where the operand says. The dispatch then adds an instruction.
func (g *gen) jump(o operand) {
	g.want(o, "j")
	by := load(i32Load, get(ip), 4)
	if o == opC {
		by = g.raw(o, i32Load16S)
	}
	g.emit(set(ip, bin(i32Add, get(ip), bin(i32Shl, by, constI32(3)))))
}

// extra is a number in the Extra word behind the instruction.
func (g *gen) extra(o operand) expr { return load(i64Load16U, get(ip), instrBytes+2+2*uint32(o)) }

// extraImm is the number that B and C of the Extra word make.
func (g *gen) extraImm() expr { return load(i64Load32S, get(ip), instrBytes+4) }

// extraVal is the slot that A of the Extra word names.
func (g *gen) extraVal() expr {
	slot := bin(i32Shl, load(i32Load16U, get(ip), instrBytes+2), constI32(3))
	return load(i64Load, bin(i32Add, get(w), slot), 0)
}

// skip goes over n instructions.
func (g *gen) skip(n int) {
	if n > 0 {
		g.emit(set(ip, bin(i32Add, get(ip), constI32(int32(n)*instrBytes))))
	}
}

// charge takes n steps.
func (g *gen) charge(n int) {
	if n > 0 {
		g.emit(set(left, bin(i64Sub, get(left), constI64(int64(n)))))
	}
}

// reg is a register's value; put writes one.
func reg(f Field) expr         { return load(f.load(), get(regs), f.Offset) }
func put(f Field, x expr) expr { return store(f.store(), get(regs), f.Offset, x) }
