package randgo

import "fmt"

// looping writes a loop with the given head.
func (g *gen) looping(head string, write func()) {
	label := g.name("L")
	g.line("%s:", label)
	g.loops = append(g.loops, label)
	g.block(head, func() {
		g.line("burn()")
		g.line("if fuel < -1 { continue %s }", label)
		write()
		g.statements()
	})
	g.loops = g.loops[:len(g.loops)-1]
}

func (g *gen) loop() {
	v := &variable{name: g.name("i"), t: pick(g, integers), fixed: true}
	n := len(g.vars)
	switch g.n(4) {
	case 0:
		g.vars = append(g.vars, v)
		g.looping(fmt.Sprintf("for %[1]s := %[2]s(0); %[1]s < %[3]d; %[1]s++", v.name, v.t.src, 1+g.n(6)), func() {})
	case 1:
		g.vars = append(g.vars, v)
		g.looping(fmt.Sprintf("for %[1]s := %[2]s(%[3]d); %[1]s > 0; %[1]s -= 2", v.name, v.t.src, 2*g.n(5)), func() {})
	case 2:
		g.looping(fmt.Sprintf("for %[1]s := 0; %[1]s < %[2]d && %[3]s; %[1]s++", v.name, 2+g.n(6), g.expr(tBool, 2)), func() {})
	default:
		if s := g.slices(); len(s) > 0 {
			over := pick(g, s)
			v.t = tInt
			g.vars = append(g.vars, v)
			g.looping(fmt.Sprintf("for %[1]s := 0; %[1]s < len(%[2]s); %[1]s++", v.name, over.name), func() {
				g.line("show(%q, %s[%s])", over.name, over.name, v.name)
			})
			break
		}
		g.looping(fmt.Sprintf("for %[1]s := 0; ; %[1]s++", v.name), func() {
			g.line("if %s > %d { break }", v.name, 1+g.n(5))
		})
	}
	g.vars = g.vars[:n]
}

// slices are the slices and arrays in scope.
func (g *gen) slices() []*variable {
	var fit []*variable
	for _, v := range g.vars {
		if v.t.kind == slice || v.t.kind == array {
			fit = append(fit, v)
		}
	}
	return fit
}

func (g *gen) rangeOver() {
	k, v := &variable{name: g.name("k"), t: tInt}, &variable{name: g.name("v")}
	n := len(g.vars)
	head := ""
	switch s := g.slices(); g.n(6) {
	case 0:
		k.t = pick(g, integers)
		head = fmt.Sprintf("for %s := range %s %% 7", k.name, g.expr(k.t, 2))
	case 1:
		v.t = &typ{src: "rune", name: "Int32", kind: integer, bits: 32}
		head = fmt.Sprintf("for %s, %s := range short(%s)", k.name, v.name, g.expr(tString, 2))
	case 2:
		k.t = pick(g, integers)
		head = fmt.Sprintf("for %s := range countdown(%s)", k.name, g.expr(k.t, 2))
	case 3:
		g.rangeMap()
		return
	default:
		if len(s) == 0 {
			return
		}
		over := pick(g, s)
		v.t = over.t.elem
		name := over.name
		if over.t.kind == array && !over.fixed && g.one(3) {
			name = "&" + name
		} else if over.t.kind == slice && g.one(3) {
			name = "each(" + name + ")"
		}
		head = fmt.Sprintf("for %s, %s := range %s", k.name, v.name, name)
	}
	g.vars = append(g.vars, k)
	if v.t != nil {
		g.vars = append(g.vars, v)
	}
	g.looping(head, func() {
		for _, x := range g.vars[n:] {
			g.line("_ = %s", x.name)
		}
	})
	g.vars = g.vars[:n]
}

// rangeMap adds up what a map holds, since the order is left open.
func (g *gen) rangeMap() {
	var fit []*variable
	for _, v := range g.vars {
		if v.t.kind == mapping {
			fit = append(fit, v)
		}
	}
	if len(fit) == 0 {
		return
	}
	over := pick(g, fit)
	sum := g.bind(pick(g, integers), "0")
	k, v := &variable{name: g.name("k"), t: over.t.key, fixed: true}, &variable{name: g.name("v"), t: over.t.elem, fixed: true}
	g.block(fmt.Sprintf("for %s, %s := range %s", k.name, v.name, over.name), func() {
		outer := g.vars
		g.vars, g.risks = []*variable{k, v}, 0
		g.line("_, _ = %s, %s", k.name, v.name)
		g.line("%s %s= %s", sum.name, pick(g, []string{"+", "^"}), g.expr(sum.t, 3))
		g.vars = outer
	})
}

// gotoLoop loops without a loop statement.
func (g *gen) gotoLoop() {
	label, count := g.name("G"), g.name("c")
	g.block("", func() {
		g.line("%s := 0", count)
		g.line("%s:", label)
		loops := g.loops
		g.loops = nil
		g.block("", g.statements)
		g.loops = loops
		g.line("if %s++; %s < %d { goto %s }", count, count, 1+g.n(4), label)
	})
}
