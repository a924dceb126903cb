package randgo

import (
	"fmt"
	"strings"
)

// params makes parameters and returns their declaration.
func (g *gen) params(f *fn) string {
	var parts []string
	for _, t := range f.params {
		v := &variable{name: g.name("p"), t: t}
		g.vars = append(g.vars, v)
		parts = append(parts, v.name+" "+t.src)
	}
	return strings.Join(parts, ", ")
}

// declarePure declares a function without effects.
func (g *gen) declarePure() {
	f := &fn{name: g.top("pure"), results: []*typ{g.plain()}}
	for range 1 + g.n(3) {
		f.params = append(f.params, g.plain())
	}
	g.vars = nil
	params := g.params(f)
	vars := g.vars
	g.function(fmt.Sprintf("%s(%s) %s", f.name, params, f.results[0].src), func() {
		g.vars = vars
		if g.one(2) {
			g.line("if %s { return %s }", g.expr(tBool, 2), g.expr(f.results[0], 2))
		}
		if g.one(3) {
			v := g.bind(pick(g, integers), "1")
			g.block(fmt.Sprintf("for i := range %d", 2+g.n(5)), func() {
				g.vars = append(g.vars, &variable{name: "i", t: tInt, fixed: true})
				g.line("_ = i")
				g.line("%s = %s", v.name, g.expr(v.t, 2))
			})
		}
		g.line("return %s", g.expr(f.results[0], 3))
	})
	g.vars = nil
	g.pures = append(g.pures, f)
}

// declareFunc declares a function with statements; it may change what its
// arguments name, and panic.
func (g *gen) declareFunc() {
	f := &fn{name: g.top("fn")}
	for range g.n(4) {
		f.params = append(f.params, g.any(1))
	}
	for range g.n(3) {
		f.results = append(f.results, g.any(1))
	}
	g.vars = nil
	params := g.params(f)
	vars := g.vars
	var results []string
	for _, t := range f.results {
		v := &variable{name: g.name("r"), t: t}
		vars = append(vars, v)
		results = append(results, v.name+" "+t.src)
	}
	g.function(fmt.Sprintf("%s(%s) (%s)", f.name, params, strings.Join(results, ", ")), func() {
		g.vars = vars
		g.work = 4 + g.n(8)
		g.line("burn()")
		if g.one(2) {
			g.line("defer func() { if r := recover(); r != nil { showPanic(%q, r) } }()", f.name)
		}
		g.statements()
		if len(f.results) > 0 {
			g.risks = 1
			g.returns(f)
		}
	})
	g.vars = nil
	g.funcs = append(g.funcs, f)
}

func (g *gen) returns(f *fn) {
	if g.one(2) {
		g.line("return")
		return
	}
	var parts []string
	for _, t := range f.results {
		parts = append(parts, g.expr(t, 2))
	}
	g.line("return %s", strings.Join(parts, ", "))
}

// declareGeneric declares a generic function on numbers, or on integers.
func (g *gen) declareGeneric() {
	t := &typ{src: "T", kind: integer, bits: 8}
	name, constraint := g.top("gen"), "integer"
	ops := []string{"+", "-", "*", "&", "|", "^", "&^"}
	if g.one(2) {
		constraint, ops = "number", ops[:3]
	}
	var text func(depth int) string
	text = func(depth int) string {
		if depth == 0 {
			return pick(g, []string{"a", "b", "c"})
		}
		switch g.n(8) {
		case 0:
			return "(-" + text(depth-1) + ")"
		case 1:
			return fmt.Sprintf("%s(%s, %s)", pick(g, []string{"min", "max"}), text(depth-1), text(depth-1))
		case 2:
			return fmt.Sprintf("T(%s(%s))", pick(g, integers).src, text(depth-1))
		case 3:
			if constraint == "integer" {
				return fmt.Sprintf("(%s %s %d)", text(depth-1), pick(g, []string{"<<", ">>"}), g.n(20))
			}
		case 4:
			return fmt.Sprintf("(%s %s %d)", text(depth-1), pick(g, ops), 1+g.n(100))
		}
		return fmt.Sprintf("(%s %s %s)", text(depth-1), pick(g, ops), text(depth-1))
	}
	g.function(fmt.Sprintf("%s[%s %s](a, b, c %s) %s", name, t.src, constraint, t.src, t.src), func() {
		g.line("if a %s b { return %s }", pick(g, []string{"<", "==", ">="}), text(3))
		g.line("d := %s", text(2))
		g.line("a, b = b, d")
		g.line("return %s", text(4))
	})
	for _, t := range g.types {
		if t.kind == integer || constraint == "number" && t.kind == float {
			g.pures = append(g.pures, &fn{name: name, params: []*typ{t, t, t}, results: []*typ{t}})
		}
	}
	for range 3 {
		t := pick(g, integers)
		g.pures = append(g.pures, &fn{name: name, params: []*typ{t, t, t}, results: []*typ{t}})
	}
}

// closures makes functions that count, in a loop, and calls them.
func (g *gen) closures() {
	t := pick(g, integers)
	list, step := g.name("x"), g.expr(t, 2)
	g.line("var %s []func(%s) %s", list, t.src, t.src)
	g.block(fmt.Sprintf("for i := %s(0); i < %d; i++", t.src, 1+g.n(4)), func() {
		g.line("n := i + %s", step)
		g.line("%s = append(%s, func(d %s) %s { n += d; %s; return n ^ i })", list, list, t.src, t.src,
			pick(g, []string{"i++", "d--", "i += 0"}))
	})
	g.block(fmt.Sprintf("for j, f := range %s", list), func() {
		g.line("show(%q, j, f(%s), f(1))", list, g.leaf(t))
	})
}

// generic calls the prelude's generic functions.
func (g *gen) generic() {
	s := g.slices()
	if len(s) == 0 {
		return
	}
	v := pick(g, s)
	name := v.name
	if v.t.kind == array {
		if v.fixed {
			return
		}
		name += "[:]"
	}
	u := g.plain()
	if g.one(2) {
		r := g.bind(sliceOf(u), fmt.Sprintf("mapped(%s, %s)", name, g.closure(funcOf([]*typ{v.t.elem}, []*typ{u}), 3)))
		g.showVariable(r)
		return
	}
	r := g.bind(u, fmt.Sprintf("folded(%s, %s, %s)", name, g.expr(u, 1), g.closure(funcOf([]*typ{u, v.t.elem}, []*typ{u}), 3)))
	g.showVariable(r)
}

// methodValue uses methods as values, of generic types too.
func (g *gen) methodValue() {
	a, b := g.plain(), g.any(1)
	if a.kind == float || a.kind == cmplx {
		a = tInt
	}
	p, f := g.name("x"), g.name("x")
	g.line("%s := pair[%s, %s]{%s, %s}", p, a.src, b.src, g.expr(a, 2), g.expr(b, 2))
	g.line("%s := %s.%s", f, p, pick(g, []string{"swap", "set"}))
	g.line("%s.set(%s)", p, g.expr(a, 1))
	if b.kind != pointer {
		g.line("show(%q, %s)", p, p)
	}
	if b.kind != pointer && g.one(2) {
		g.line("_ = %s", f)
		g.line("show((pair[%s, %s]).swap(%s, %s))", a.src, b.src, p, g.expr(a, 1))
		return
	}
	g.line("%s(%s)", f, g.expr(a, 1))
	g.line("show(%q, %s.first)", p, p)
}

// deferred defers a call with arguments that are evaluated now, or a closure.
func (g *gen) deferred() {
	if len(g.loops) > 0 && g.one(2) {
		return
	}
	if g.one(2) {
		t := g.plain()
		g.line("defer show(%q, %s)", g.name("defer"), g.expr(t, 2))
		return
	}
	loops := g.loops
	g.loops = nil
	n := len(g.vars)
	g.line("defer func() {")
	g.depth++
	if g.one(2) {
		g.line("if r := recover(); r != nil { showPanic(%q, r) }", g.name("defer"))
	}
	g.statements()
	g.depth--
	g.line("}()")
	g.vars, g.loops = g.vars[:n], loops
}

// guarded runs statements that may panic, and recovers.
func (g *gen) guarded() {
	loops := g.loops
	g.loops = nil
	n := len(g.vars)
	g.line("func() {")
	g.depth++
	g.line("defer func() { if r := recover(); r != nil { showPanic(%q, r) } }()", g.name("guard"))
	g.statements()
	g.depth--
	g.line("}()")
	g.vars, g.loops = g.vars[:n], loops
}

// panics panics, sometimes.
func (g *gen) panics() {
	g.line("if %s { panic(%s) }", g.expr(tBool, 3), g.expr(g.plain(), 2))
}
