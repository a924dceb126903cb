package randgo

import "fmt"

func (g *gen) switchOn() {
	t := pick(g, []*typ{tInt, tString, g.basic(), g.plain()})
	head := "switch (" + g.expr(t, 2) + ")"
	tagless := g.one(3)
	if tagless {
		head = "switch"
	}
	g.line("%s {", head)
	n := len(g.vars)
	cases := 1 + g.n(4)
	for i := range cases {
		g.risks = 0
		switch {
		case tagless:
			g.line("case %s:", g.expr(tBool, 2))
		case t.kind == integer && t.src == "int" && g.one(2):
			g.line("case %d, %s:", 100+i, g.expr(t, 2))
		default:
			g.line("case %s:", g.expr(t, 2))
		}
		g.depth++
		g.statements()
		g.vars = g.vars[:n]
		if i < cases-1 && g.one(4) {
			g.line("fallthrough")
		}
		g.depth--
	}
	if g.one(2) {
		g.line("default:")
		g.depth++
		g.statements()
		g.vars = g.vars[:n]
		g.depth--
	}
	g.line("}")
}

func (g *gen) typeSwitch() {
	of := pick(g, []*typ{tAny, tScorer})
	name := g.name("t")
	g.line("switch %s := %s.(type) {", name, g.expr(of, 2))
	n := len(g.vars)
	seen := map[string]bool{}
	for range 1 + g.n(4) {
		t := g.plain()
		if of == tScorer && !t.methods || seen[t.src] {
			continue
		}
		seen[t.src] = true
		g.line("case %s:", t.src)
		g.depth++
		g.line("_ = %s", name)
		g.vars = append(g.vars, &variable{name: name, t: t})
		g.statements()
		g.vars = g.vars[:n]
		g.depth--
	}
	g.line("default:")
	g.line("\tshow(\"default\", %s)", name)
	g.line("}")
	if v := g.variable(tAny); v != "" && g.one(2) {
		t := g.plain()
		g.line("if y, ok := %s.(%s); ok { show(y) }", v, t.src)
		if g.one(4) {
			g.line("show(%s.(%s))", v, t.src)
		}
	}
}

// call calls something with effects and keeps what it returns.
func (g *gen) call() {
	var fit []func()
	for _, f := range g.funcs {
		fit = append(fit, func() { g.keep(f.results, g.callText(f.name, f.params, 2)) })
	}
	for _, v := range g.vars {
		switch {
		case v.t.kind == function:
			fit = append(fit, func() { g.keep(v.t.results, g.callText(v.name, v.t.params, 2)) })
		case v.t.kind == strukt && v.t.methods && !v.fixed:
			fit = append(fit, func() { g.keep([]*typ{tInt}, g.callText(v.name+".bump", []*typ{tInt}, 2)) })
			fit = append(fit, func() {
				g.keep([]*typ{tInt}, g.callText("bumper(&"+v.name+").bump", []*typ{tInt}, 2))
			})
		}
	}
	if len(fit) > 0 {
		pick(g, fit)()
	}
}

// keep binds the results of a call.
func (g *gen) keep(results []*typ, call string) {
	names := ""
	n := len(g.vars)
	for i, t := range results {
		v := &variable{name: g.name("x"), t: t}
		if i > 0 {
			names += ", "
		}
		names += v.name
		g.vars = append(g.vars, v)
	}
	if names == "" {
		g.line("%s", call)
		return
	}
	g.line("%s := %s", names, call)
	for _, v := range g.vars[n:] {
		g.line("_ = %s", v.name)
	}
}

func (g *gen) sliceWork() {
	var fit []*variable
	for _, v := range g.vars {
		if v.t.kind == slice {
			fit = append(fit, v)
		}
	}
	if len(fit) == 0 {
		g.bind(sliceOf(g.part(1)), "nil")
		return
	}
	s := pick(g, fit)
	switch g.n(7) {
	case 0, 1:
		g.risks = 0
		g.line("%s = clip(append(%s, %s))", s.name, s.name, g.elements(s.t.elem, 1+g.n(3), 2))
	case 2:
		g.line("%s = clip(append(%s, %s...))", s.name, g.expr(s.t, 1), g.expr(s.t, 1))
	case 3:
		g.line("show(%q, copy(%s, %s))", "copy", s.name, g.expr(s.t, 2))
	case 4:
		g.bind(s.t, s.name+g.slicing(s.name, 2, true))
	case 5:
		g.block(fmt.Sprintf("if len(%s) > 2", s.name), func() {
			g.line("%s = append(%s[:1], %s[2:]...)", s.name, s.name, s.name)
			g.line("%s[0], %s[len(%s)-1] = %s[len(%s)-1], %s[0]", s.name, s.name, s.name, s.name, s.name, s.name)
		})
	case 6:
		g.line("clear(%s)", s.name)
	}
}

func (g *gen) mapWork() {
	var fit []*variable
	for _, v := range g.vars {
		if v.t.kind == mapping {
			fit = append(fit, v)
		}
	}
	if len(fit) == 0 {
		t := mapOf(g.key(), g.plain())
		g.bind(t, g.mapExpr(t, 2))
		return
	}
	m := pick(g, fit)
	switch g.n(5) {
	case 0:
		g.line("delete(%s, %s)", m.name, g.expr(m.t.key, 2))
	case 1:
		v, ok := &variable{name: g.name("x"), t: m.t.elem}, &variable{name: g.name("ok"), t: tBool}
		g.line("%s, %s := %s[%s]", v.name, ok.name, m.name, g.expr(m.t.key, 2))
		g.line("_, _ = %s, %s", v.name, ok.name)
		g.vars = append(g.vars, v, ok)
	case 2:
		if m.t.elem.kind == integer {
			g.block("if len("+m.name+") < 9", func() {
				g.line("%s[%s] %s= %s", m.name, g.expr(m.t.key, 2), pick(g, []string{"+", "*", "^"}), g.leaf(m.t.elem))
			})
		}
	case 3:
		if g.one(3) {
			g.line("clear(%s)", m.name)
		}
	default:
		g.line("show(%q, %s, len(%s))", m.name, m.name, m.name)
	}
}
