package randgo

import (
	"fmt"
	"strings"
)

// expr is an expression of type t without effects, of at most depth levels.
// It is never a constant, so that no compiler refuses to fold it.
func (g *gen) expr(t *typ, depth int) string {
	if depth <= 0 {
		return g.leaf(t)
	}
	if g.one(4) {
		if s := g.found(t, depth); s != "" {
			return s
		}
	}
	switch t.kind {
	case boolean:
		return g.boolExpr(t, depth)
	case integer:
		return g.intExpr(t, depth)
	case float:
		return g.floatExpr(t, depth)
	case cmplx:
		return g.complexExpr(t, depth)
	case str:
		return g.stringExpr(t, depth)
	}
	return g.composite(t, depth)
}

// leaf is a variable, or the shortest expression that there is.
func (g *gen) leaf(t *typ) string {
	if v := g.variable(t); v != "" && !g.one(4) {
		return v
	}
	if t.name != "" {
		if g.one(2) {
			return g.convertTo(t, "v"+t.name)
		}
		return g.opaque(t)
	}
	return g.composite(t, 0)
}

// opaque is a literal that is no constant.
func (g *gen) opaque(t *typ) string {
	return fmt.Sprintf("[]%s{%s}[0]", t.src, g.literal(t))
}

// convertTo converts text, of t's basic type, to t.
func (g *gen) convertTo(t *typ, text string) string {
	if strings.EqualFold(t.src, t.name) {
		return text
	}
	return t.src + "(" + text + ")"
}

// variable is a variable of type t, or "".
func (g *gen) variable(t *typ) string {
	var fit []string
	for _, v := range g.vars {
		if v.t.src == t.src {
			fit = append(fit, v.name)
		}
	}
	if len(fit) == 0 {
		return ""
	}
	return pick(g, fit)
}

// found is a part of a variable that has type t, or "".
func (g *gen) found(t *typ, depth int) string {
	var fit []func() string
	for _, v := range g.vars {
		fit = append(fit, g.partsOf(v, t, depth)...)
	}
	for _, f := range g.pures {
		if f.results[0].src == t.src {
			fit = append(fit, func() string { return g.callText(f.name, f.params, depth-1) })
		}
	}
	if len(fit) == 0 {
		return ""
	}
	return pick(g, fit)()
}

// partsOf lists ways from v to a value of type t.
func (g *gen) partsOf(v *variable, t *typ, depth int) (fit []func() string) {
	same := v.t.elem != nil && v.t.elem.src == t.src
	switch {
	case v.t.kind == slice && same:
		fit = append(fit, func() string { return g.element(v.name, depth) })
	case v.t.kind == array && same:
		fit = append(fit, func() string { return g.arrayElement(v, depth) })
	case v.t.kind == pointer && same:
		fit = append(fit, func() string {
			if g.risk(2) {
				return "(*" + v.name + ")"
			}
			return fmt.Sprintf("deref(%s)", v.name)
		})
	case v.t.kind == mapping && same:
		fit = append(fit, func() string { return fmt.Sprintf("%s[%s]", v.name, g.expr(v.t.key, depth-1)) })
	case v.t.kind == strukt:
		for _, f := range v.t.fields {
			if f.t.src == t.src {
				fit = append(fit, func() string { return v.name + "." + f.name })
			}
		}
	}
	if t.src == "int" && v.t.methods {
		fit = append(fit, func() string { return v.name + ".score()" })
	}
	if t.src == "int" && v.t.kind == iface && g.risks > 0 {
		fit = append(fit, func() string { g.risks = 0; return v.name + ".score()" })
	}
	return fit
}

// element indexes a slice, mostly within its bounds.
func (g *gen) element(name string, depth int) string {
	if g.risk(2) {
		return fmt.Sprintf("%s[%s]", name, g.index(depth-1))
	}
	return fmt.Sprintf("at(%s, %s)", name, g.expr(tInt, depth-1))
}

func (g *gen) arrayElement(v *variable, depth int) string {
	switch {
	case g.risk(4):
		return fmt.Sprintf("%s[%s]", v.name, g.index(depth-1))
	case g.one(2):
		return fmt.Sprintf("%s[%d]", v.name, g.n(v.t.n))
	}
	return fmt.Sprintf("%s[%s%%%d]", v.name, g.expr(tUint, depth-1), v.t.n)
}

// index is an index that is often in range.
func (g *gen) index(depth int) string {
	switch g.n(3) {
	case 0:
		return g.expr(pick(g, integers), depth)
	case 1:
		return fmt.Sprintf("%s&3", g.expr(pick(g, integers), depth))
	}
	return fmt.Sprintf("%s%%5", g.expr(tUint, depth))
}

// callText is a call with arguments.
func (g *gen) callText(name string, params []*typ, depth int) string {
	var args []string
	for _, p := range params {
		args = append(args, g.expr(p, depth))
	}
	return name + "(" + strings.Join(args, ", ") + ")"
}

func (g *gen) boolExpr(t *typ, depth int) string {
	d := depth - 1
	switch g.n(8) {
	case 0:
		return "!" + g.expr(t, d)
	case 1, 2:
		return fmt.Sprintf("(%s %s %s)", g.expr(t, d), pick(g, []string{"&&", "||"}), g.expr(t, d))
	case 3:
		of := g.plain()
		return g.convertTo(t, fmt.Sprintf("(%s %s %s)", g.expr(of, d), pick(g, []string{"==", "!="}), g.expr(of, d)))
	case 4:
		if v := g.variable(tAny); v != "" {
			return g.convertTo(t, fmt.Sprintf("(%s == any(%s))", v, g.expr(g.basic(), d)))
		}
	}
	of := pick(g, [][]*typ{integers, integers, floats, {tString}})
	o := pick(g, of)
	return g.convertTo(t, fmt.Sprintf("(%s %s %s)", g.expr(o, d), pick(g, []string{"==", "!=", "<", "<=", ">", ">="}), g.operand(o, d)))
}

// operand is a right operand: an expression, or a constant.
func (g *gen) operand(t *typ, depth int) string {
	if g.one(3) {
		return g.literal(t)
	}
	return g.expr(t, depth)
}

func (g *gen) stringExpr(t *typ, depth int) string {
	d := depth - 1
	switch g.n(9) {
	case 0, 1:
		return fmt.Sprintf("(%s + %s)", g.expr(t, d), g.operand(t, d))
	case 2:
		return g.convertTo(t, fmt.Sprintf("string(rune(%s))", g.expr(pick(g, integers), d)))
	case 3:
		return t.src + "([]byte(" + g.expr(t, d) + "))"
	case 4:
		return t.src + "([]rune(" + g.expr(t, d) + "))"
	case 5:
		if v := g.variable(t); v != "" && g.risk(1) {
			return v + g.slicing(v, depth, false)
		}
	case 6:
		return g.convertTo(t, fmt.Sprintf("fmt.Sprint(%s)", g.expr(g.basic(), d)))
	case 7:
		return fmt.Sprintf("%s(%s, %s)", pick(g, []string{"min", "max"}), g.expr(t, d), g.operand(t, d))
	}
	return g.leaf(t)
}

// slicing is what stands behind v to slice it: it may panic.
func (g *gen) slicing(v string, depth int, three bool) string {
	low, high := g.bound(v, depth-1), g.bound(v, depth-1)
	switch g.n(4) {
	case 0:
		return "[" + low + ":]"
	case 1:
		return "[:" + high + "]"
	case 2:
		if three {
			return "[" + low + ":" + high + ":" + g.bound(v, depth-1) + "]"
		}
	}
	return "[" + low + ":" + high + "]"
}

// bound is a bound of a slice of v.
func (g *gen) bound(v string, depth int) string {
	switch g.n(5) {
	case 0:
		return g.expr(pick(g, integers), depth)
	case 1:
		return fmt.Sprintf("%s%%4", g.expr(tUint, depth))
	case 2:
		return fmt.Sprintf("len(%s)", v)
	case 3:
		return fmt.Sprintf("len(%s)/2", v)
	}
	return fmt.Sprintf("len(%s)-%d", v, g.n(3))
}
