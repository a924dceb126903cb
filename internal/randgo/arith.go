package randgo

import (
	"fmt"
	"strconv"
)

// intExpr is arithmetic on integers of type t.
func (g *gen) intExpr(t *typ, depth int) string {
	d := depth - 1
	switch g.n(16) {
	case 0, 1, 2, 3, 4:
		return fmt.Sprintf("(%s %s %s)", g.expr(t, d), pick(g, []string{"+", "-", "*", "&", "|", "^", "&^"}), g.operand(t, d))
	case 5:
		return g.division(t, d)
	case 6, 7:
		return g.shift(t, d)
	case 8:
		return fmt.Sprintf("(%s%s)", pick(g, []string{"-", "^", "+"}), g.expr(t, d))
	case 9, 10:
		return fmt.Sprintf("%s(%s)", t.src, g.expr(pick(g, integers), d))
	case 11:
		return fmt.Sprintf("%s(%s)", t.src, g.expr(pick(g, floats), d))
	case 12:
		return fmt.Sprintf("%s(%s, %s)", pick(g, []string{"min", "max"}), g.expr(t, d), g.operand(t, d))
	case 13:
		return g.convertTo(t, g.bitsCall(t, d))
	case 14:
		return fmt.Sprintf("%s(%s)", t.src, g.length(d))
	}
	if s := g.found(t, depth); s != "" {
		return s
	}
	return g.leaf(t)
}

func (g *gen) division(t *typ, d int) string {
	op := pick(g, []string{"/", "%"})
	if g.risk(3) {
		return fmt.Sprintf("(%s %s %s)", g.expr(t, d), op, g.expr(t, d))
	}
	if g.one(2) {
		return fmt.Sprintf("(%s %s (%s | 1))", g.expr(t, d), op, g.expr(t, d))
	}
	lit := g.literal(t)
	for lit == "0" {
		lit = g.literal(t)
	}
	return fmt.Sprintf("(%s %s %s)", g.expr(t, d), op, lit)
}

func (g *gen) shift(t *typ, d int) string {
	op := pick(g, []string{"<<", ">>"})
	switch g.n(5) {
	case 0:
		return fmt.Sprintf("(%s %s %d)", g.expr(t, d), op, g.n(70))
	case 1:
		if g.risk(2) {
			return fmt.Sprintf("(%s %s %s)", g.expr(t, d), op, g.expr(pick(g, integers[:5]), d))
		}
	case 2:
		return fmt.Sprintf("(%s %s (%s & %d))", g.expr(t, d), op, g.expr(pick(g, integers[5:]), d), t.bits-1)
	case 3:
		return fmt.Sprintf("(%s%s%d | %s>>%d)", g.leaf(t), "<<", g.n(t.bits), g.leaf(t), g.n(t.bits))
	}
	return fmt.Sprintf("(%s %s %s)", g.expr(t, d), op, g.expr(pick(g, integers[5:]), d))
}

// bitsCall calls a function of math/bits; the result has t's basic type.
func (g *gen) bitsCall(t *typ, d int) string {
	if !t.unsigned || t.name == "Uintptr" {
		return fmt.Sprintf("%s(bits.%s(%s))", lower(t.name), pick(g, []string{"LeadingZeros64", "TrailingZeros64", "OnesCount64", "Len64"}),
			g.expr(integers[9], d))
	}
	width := t.name[len("Uint"):]
	basic := &typ{src: lower(t.name), name: t.name, kind: integer, bits: t.bits, unsigned: true}
	x := g.expr(basic, d)
	switch g.n(3) {
	case 0:
		return fmt.Sprintf("bits.RotateLeft%s(%s, int(%s))", width, x, g.expr(pick(g, integers), d))
	case 1:
		return fmt.Sprintf("bits.Reverse%s(%s)", width, x)
	}
	return fmt.Sprintf("%s(bits.%s%s(%s))", basic.src, pick(g, []string{"LeadingZeros", "TrailingZeros", "OnesCount", "Len"}), width, x)
}

// lower is the basic type of a name.
func lower(name string) string { return string(name[0]|0x20) + name[1:] }

// length is len of something.
func (g *gen) length(d int) string {
	var fit []string
	for _, v := range g.vars {
		switch v.t.kind {
		case slice, str, mapping:
			fit = append(fit, v.name)
		}
	}
	if len(fit) == 0 {
		return "len(" + g.expr(tString, d) + ")"
	}
	return "len(" + pick(g, fit) + ")"
}

func (g *gen) floatExpr(t *typ, depth int) string {
	d := depth - 1
	switch g.n(10) {
	case 0, 1, 2, 3:
		return fmt.Sprintf("(%s %s %s)", g.expr(t, d), pick(g, []string{"+", "-", "*", "/"}), g.floatOperand(t, d))
	case 4:
		return fmt.Sprintf("(-%s)", g.expr(t, d))
	case 5:
		return fmt.Sprintf("%s(%s)", t.src, g.expr(pick(g, integers), d))
	case 6:
		return fmt.Sprintf("%s(%s)", t.src, g.expr(pick(g, floats), d))
	case 7:
		return fmt.Sprintf("%s(%s(%s))", t.src, pick(g, []string{"real", "imag"}), g.expr(complexes[64/t.bits-1], d))
	case 8:
		return fmt.Sprintf("%s(math.%s(float64(%s)))", t.src, pick(g, []string{"Sqrt", "Abs", "Floor", "Ceil", "Trunc", "RoundToEven", "Round"}), g.expr(t, d))
	}
	return fmt.Sprintf("%s(%s, %s)", pick(g, []string{"min", "max"}), g.expr(t, d), g.floatOperand(t, d))
}

// floatOperand is a right operand that is no zero constant.
func (g *gen) floatOperand(t *typ, d int) string {
	if lit := g.literal(t); g.one(3) && lit != "0" {
		return lit
	}
	return g.expr(t, d)
}

func (g *gen) complexExpr(t *typ, depth int) string {
	d := depth - 1
	half := floats[128/t.bits-1]
	switch g.n(6) {
	case 0, 1:
		return fmt.Sprintf("(%s %s %s)", g.expr(t, d), pick(g, []string{"+", "-", "*", "/"}), g.expr(t, d))
	case 2:
		return fmt.Sprintf("(-%s)", g.expr(t, d))
	case 3:
		return fmt.Sprintf("%s(complex(%s, %s))", t.src, g.expr(half, d), g.expr(half, d))
	case 4:
		return fmt.Sprintf("%s(%s)", t.src, g.expr(pick(g, complexes), d))
	}
	return g.leaf(t)
}

// literal is a constant of type t, which must be basic: edge values mostly.
func (g *gen) literal(t *typ) string {
	switch t.kind {
	case boolean:
		return pick(g, []string{"true", "false"})
	case float:
		return pick(g, []string{"0", "1", "-1", "0.5", "1e10", "-3.75", "1e-7", "16777217", "255.5", "-128.5", "3.4e38", "2147483648", "1e-45"})
	case cmplx:
		return pick(g, []string{"0", "1i", "-2.5", "(1 + 2i)", "(-1 - 1e5i)"})
	case str:
		return pick(g, []string{`""`, `"go"`, `"h\xc3"`, `"héé"`, `"\x00a"`, `"世界"`, `"zzzzzzzzzz"`, `"\xff\xfe"`})
	}
	return g.intLiteral(t)
}

func (g *gen) intLiteral(t *typ) string {
	bits := uint(t.bits)
	var v uint64
	switch g.n(6) {
	case 0:
		v = uint64(g.n(4))
	case 1:
		v = uint64(g.n(256))
	case 2:
		v = 1 << uint(g.n(t.bits))
	case 3:
		v = 1<<uint(g.n(t.bits)) - 1
	case 4:
		v = -uint64(g.n(10))
	default:
		v = g.next() >> uint(g.n(64))
	}
	if t.unsigned {
		return strconv.FormatUint(v<<(64-bits)>>(64-bits), 10)
	}
	return strconv.FormatInt(int64(v<<(64-bits))>>(64-bits), 10)
}
