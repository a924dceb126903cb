package randgo

import (
	"fmt"
	"strings"
)

// composite is an expression of a type with parts.
func (g *gen) composite(t *typ, depth int) string {
	if v := g.variable(t); v != "" && g.one(2) {
		return v
	}
	switch t.kind {
	case slice:
		return g.sliceExpr(t, depth)
	case array:
		return g.arrayExpr(t, depth)
	case strukt:
		return g.structExpr(t, depth)
	case pointer:
		return g.pointerExpr(t, depth)
	case mapping:
		return g.mapExpr(t, depth)
	case function:
		return g.closure(t, depth)
	case empty:
		return g.anyExpr(depth)
	case iface:
		return g.scorerExpr(depth)
	}
	return g.leaf(t)
}

func (g *gen) elements(t *typ, n, depth int) string {
	var parts []string
	for range n {
		parts = append(parts, g.expr(t, depth-1))
	}
	return strings.Join(parts, ", ")
}

func (g *gen) sliceExpr(t *typ, depth int) string {
	if depth <= 0 {
		return pick(g, []string{t.src + "{}", t.src + "(nil)"})
	}
	switch g.n(7) {
	case 0:
		if v := g.variable(t); v != "" && g.risk(1) {
			return v + g.slicing(v, depth, true)
		}
	case 1:
		for _, v := range g.vars {
			if v.t.kind == array && v.t.elem.src == t.elem.src && !v.fixed {
				return v.name + "[:]"
			}
		}
	case 2:
		return fmt.Sprintf("make(%s, %d, %d)", t.src, g.n(4), 4+g.n(4))
	case 3:
		if g.risk(2) {
			return fmt.Sprintf("make(%s, %s%%20)", t.src, g.expr(tInt, depth-1))
		}
	case 4:
		if t.elem.src == "uint8" {
			return fmt.Sprintf("%s(%s)", t.src, g.expr(tString, depth-1))
		}
	case 5:
		return fmt.Sprintf("clip(append(%s, %s))", g.expr(t, depth-1), g.elements(t.elem, 1+g.n(3), depth))
	}
	return t.src + "{" + g.elements(t.elem, 1+g.n(4), depth) + "}"
}

func (g *gen) arrayExpr(t *typ, depth int) string {
	if depth <= 0 {
		return t.src + "{}"
	}
	switch g.n(4) {
	case 0:
		if v := g.variable(sliceOf(t.elem)); v != "" && g.risk(1) {
			return fmt.Sprintf("%s(%s)", t.src, v)
		}
	case 1:
		return fmt.Sprintf("%s{%d: %s}", t.src, g.n(t.n), g.expr(t.elem, depth-1))
	}
	return t.src + "{" + g.elements(t.elem, g.n(t.n+1), depth) + "}"
}

func (g *gen) structExpr(t *typ, depth int) string {
	if depth <= 0 {
		return t.src + "{}"
	}
	var parts []string
	for _, f := range t.fields {
		if !g.one(4) {
			parts = append(parts, f.name+": "+g.expr(f.t, depth-1))
		}
	}
	return t.src + "{" + strings.Join(parts, ", ") + "}"
}

func (g *gen) pointerExpr(t *typ, depth int) string {
	var fit []string
	for _, v := range g.vars {
		switch {
		case v.fixed:
		case v.t.src == t.elem.src:
			fit = append(fit, "&"+v.name)
		case v.t.kind == array && v.t.elem.src == t.elem.src:
			fit = append(fit, fmt.Sprintf("&%s[%d]", v.name, g.n(v.t.n)))
		case v.t.kind == strukt:
			for _, f := range v.t.fields {
				if f.t.src == t.elem.src {
					fit = append(fit, "&"+v.name+"."+f.name)
				}
			}
		}
	}
	if len(fit) > 0 && !g.one(4) {
		return pick(g, fit)
	}
	if g.one(8) {
		return "(" + t.src + ")(nil)"
	}
	return "new(" + g.expr(t.elem, depth-1) + ")"
}

func (g *gen) mapExpr(t *typ, depth int) string {
	var parts []string
	if depth > 0 {
		for range g.n(4) {
			parts = append(parts, g.expr(t.key, depth-1)+": "+g.expr(t.elem, depth-1))
		}
	}
	return t.src + "{" + strings.Join(parts, ", ") + "}"
}

// anyExpr holds what can be compared, hashed and printed; nil sometimes.
func (g *gen) anyExpr(depth int) string {
	if g.one(8) {
		return "any(nil)"
	}
	t := g.basic()
	for t.hasFloat() {
		t = g.plain()
	}
	return "any(" + g.expr(t, depth-1) + ")"
}

func (g *gen) scorerExpr(depth int) string {
	var fit []*typ
	for _, t := range g.types {
		if t.methods {
			fit = append(fit, t)
		}
	}
	if len(fit) == 0 || g.one(8) {
		return "scorer(nil)"
	}
	return "scorer(" + g.expr(pick(g, fit), depth-1) + ")"
}

// closure is a function literal without effects: it reads what is around it.
func (g *gen) closure(t *typ, depth int) string {
	n, risks := len(g.vars), g.risks
	g.risks = 0
	var params []string
	for _, p := range t.params {
		name := g.name("p")
		params = append(params, name+" "+p.src)
		g.vars = append(g.vars, &variable{name: name, t: p})
	}
	text := fmt.Sprintf("func(%s) %s { return %s }", strings.Join(params, ", "), t.results[0].src, g.expr(t.results[0], depth-1))
	g.vars, g.risks = g.vars[:n], risks
	return text
}
