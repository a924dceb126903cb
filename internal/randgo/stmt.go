package randgo

import (
	"fmt"
	"strings"
)

// statements writes a block's statements; what it declares goes out of scope.
func (g *gen) statements() {
	for n := 1 + g.n(6); n > 0 && g.work > 0; n-- {
		g.work--
		g.risks = 1
		g.statement()
	}
}

// block writes a block in braces: head is what stands before the brace.
func (g *gen) block(head string, write func()) {
	n := len(g.vars)
	g.line("%s {", head)
	g.depth++
	write()
	g.depth--
	g.line("}")
	g.vars = g.vars[:n]
}

// weighted lists the statements; each is as likely as it is often there.
func weighted() []func(*gen) {
	return []func(*gen){
		(*gen).declare, (*gen).declare, (*gen).declare, (*gen).assign, (*gen).assign, (*gen).assign, (*gen).assign,
		(*gen).opAssign, (*gen).opAssign, (*gen).swap, (*gen).ifElse, (*gen).ifElse, (*gen).loop, (*gen).loop, (*gen).loop,
		(*gen).rangeOver, (*gen).rangeOver, (*gen).rangeOver, (*gen).switchOn, (*gen).typeSwitch, (*gen).call, (*gen).call, (*gen).call,
		(*gen).sliceWork, (*gen).sliceWork, (*gen).mapWork, (*gen).mapWork, (*gen).deferred, (*gen).guarded, (*gen).jump,
		(*gen).show, (*gen).show, (*gen).closures, (*gen).generic, (*gen).methodValue, (*gen).gotoLoop, (*gen).panics,
	}
}

func (g *gen) statement() {
	f := pick(g, weighted())
	if g.depth > 6 {
		f = pick(g, []func(*gen){(*gen).assign, (*gen).opAssign, (*gen).show})
	}
	f(g)
}

// bind declares a variable with a value.
func (g *gen) bind(t *typ, value string) *variable {
	v := &variable{name: g.name("x"), t: t}
	g.line("var %s %s = %s", v.name, t.src, value)
	g.line("_ = %s", v.name)
	g.vars = append(g.vars, v)
	return v
}

func (g *gen) declare() {
	t := g.any(2)
	if g.one(8) {
		t = funcOf([]*typ{g.basic(), g.plain()}[:1+g.n(2)], []*typ{g.plain()})
	}
	if g.one(8) && t.kind != function {
		v := &variable{name: g.name("x"), t: t}
		g.line("var %s %s", v.name, t.src)
		g.line("_ = %s", v.name)
		g.vars = append(g.vars, v)
		return
	}
	g.bind(t, g.expr(t, 3))
}

// locals declares what most bodies use.
func (g *gen) locals() {
	for range 3 + g.n(4) {
		g.risks = 0
		g.declare()
	}
}

// target is a place to assign to, of any type; it does not panic.
func (g *gen) target() (string, *typ) {
	var fit []*variable
	for _, v := range g.vars {
		if !v.fixed {
			fit = append(fit, v)
		}
	}
	if len(fit) == 0 {
		v := g.bind(tInt, "vInt")
		return v.name, v.t
	}
	v := pick(g, fit)
	switch {
	case v.t.kind == array && g.one(2):
		return fmt.Sprintf("%s[%d]", v.name, g.n(v.t.n)), v.t.elem
	case v.t.kind == strukt && g.one(2):
		f := pick(g, v.t.fields)
		return v.name + "." + f.name, f.t
	}
	return v.name, v.t
}

func (g *gen) assign() {
	if g.one(3) && g.assignPart() {
		return
	}
	name, t := g.target()
	g.line("%s = %s", name, g.bounded(t, g.expr(t, 3)))
}

// bounded keeps a value small that loops could make grow.
func (g *gen) bounded(t *typ, value string) string {
	switch t.kind {
	case str:
		return t.src + "(short(string(" + value + ")))"
	}
	return value
}

// assignPart stores through an index, a pointer or a map; that may panic, so
// the value must not.
func (g *gen) assignPart() bool {
	var fit []*variable
	for _, v := range g.vars {
		if v.t.kind == slice || v.t.kind == array && !v.fixed || v.t.kind == pointer || v.t.kind == mapping {
			fit = append(fit, v)
		}
	}
	if len(fit) == 0 {
		return false
	}
	v := pick(g, fit)
	g.risks = 0
	value := g.bounded(v.t.elem, g.expr(v.t.elem, 3))
	switch v.t.kind {
	case slice:
		g.line("%s[%s] = %s", v.name, g.index(2), value)
	case array:
		if g.one(2) {
			g.line("%s[%s%%%d] = %s", v.name, g.expr(tUint, 2), v.t.n, value)
		} else {
			g.line("%s[%s] = %s", v.name, g.index(2), value)
		}
	case pointer:
		g.line("*%s = %s", v.name, value)
	case mapping:
		g.block("if len("+v.name+") < 9", func() { g.line("%s[%s] = %s", v.name, g.expr(v.t.key, 2), value) })
	}
	return true
}

func (g *gen) opAssign() {
	name, t := g.target()
	switch t.kind {
	case integer:
		switch g.n(4) {
		case 0:
			g.line("%s%s", name, pick(g, []string{"++", "--"}))
		case 1:
			g.line("%s %s= %s", name, pick(g, []string{"<<", ">>"}), g.expr(pick(g, integers[5:]), 2))
		case 2:
			g.line("%s %s= %s", name, pick(g, []string{"/", "%"}), g.expr(t, 2))
		default:
			g.line("%s %s= %s", name, pick(g, []string{"+", "-", "*", "&", "|", "^", "&^"}), g.operand(t, 2))
		}
	case float:
		g.line("%s %s= %s", name, pick(g, []string{"+", "-", "*", "/"}), g.floatOperand(t, 2))
	case cmplx:
		g.line("%s %s= %s", name, pick(g, []string{"+", "-", "*"}), g.expr(t, 2))
	case str:
		g.line("%s = %s", name, g.bounded(t, name+" + "+g.expr(t, 2)))
	default:
		g.line("%s = %s", name, g.expr(t, 2))
	}
}

// swap assigns to two places at once.
func (g *gen) swap() {
	a, t := g.target()
	b, u := g.target()
	g.risks = 0
	if t.src == u.src && g.one(2) {
		g.line("%s, %s = %s, %s", a, b, b, a)
		return
	}
	g.line("%s, %s = %s, %s", a, b, g.bounded(t, g.expr(t, 2)), g.bounded(u, g.expr(u, 2)))
}

func (g *gen) ifElse() {
	head := "if " + g.expr(tBool, 3)
	if g.one(4) {
		v := &variable{name: g.name("x"), t: g.basic()}
		value := g.expr(v.t, 2)
		n := len(g.vars)
		g.vars = append(g.vars, v)
		g.risks = 0
		g.line("if %s := %s; %s {", v.name, value, g.expr(tBool, 2))
		g.depth++
		g.line("_ = %s", v.name)
		g.statements()
		g.depth--
		g.line("}")
		g.vars = g.vars[:n]
		return
	}
	if g.one(2) {
		g.block(head, g.statements)
		return
	}
	n := len(g.vars)
	g.line("%s {", head)
	g.depth++
	g.statements()
	g.vars = g.vars[:n]
	g.depth--
	g.block("} else", g.statements)
}

// show prints a variable, or an expression.
func (g *gen) show() {
	if len(g.vars) == 0 || g.one(3) {
		t := g.plain()
		g.line("show(%q, %s)", g.name("e"), g.expr(t, 3))
		return
	}
	g.showVariable(pick(g, g.vars))
}

func (g *gen) showVariable(v *variable) {
	switch v.t.kind {
	case function:
	case pointer:
		g.line("if %s != nil { show(%q, *%s) } else { show(%q) }", v.name, v.name, v.name, v.name+" nil")
	case slice:
		g.line("show(%q, %s, len(%s), %s == nil)", v.name, v.name, v.name, v.name)
	default:
		g.line("show(%q, %s)", v.name, v.name)
	}
}

// showAll prints all variables: the end of a body.
func (g *gen) showAll() {
	for _, v := range g.vars {
		g.showVariable(v)
	}
}

// jump breaks or continues a loop around it, or returns.
func (g *gen) jump() {
	if len(g.loops) == 0 {
		return
	}
	label := pick(g, g.loops)
	if label == "" {
		label = g.loops[len(g.loops)-1]
	}
	word := pick(g, []string{"break", "continue"})
	g.line("if %s { %s }", g.expr(tBool, 2), strings.TrimSpace(word+" "+label))
}
