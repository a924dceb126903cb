package formula

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// A Formula is parsed, checked and ready to be asked of runs.
type Formula struct {
	source string
	root   *node
	slots  int // accumulators that an evaluation needs
}

// String is the formula as it was written.
func (f *Formula) String() string { return f.source }

// Type is what the formula's value is.
func (f *Formula) Type() Type { return f.root.typ }

// An Error is a mistake in a formula. Column counts bytes from 1.
type Error struct {
	Column  int
	Message string
}

func (e *Error) Error() string { return fmt.Sprintf("column %d: %s", e.Column, e.Message) }

// most bounds a formula's length: it may come from a reader.
const most = 4096

// Parse reads a formula. The error is an *Error.
func Parse(source string) (*Formula, error) {
	if len(source) > most {
		return nil, &Error{most, fmt.Sprintf("a formula has at most %d bytes", most)}
	}
	expr, err := parser.ParseExpr(source)
	if list, ok := err.(scanner.ErrorList); ok {
		return nil, &Error{list[0].Pos.Column, list[0].Msg}
	} else if err != nil {
		return nil, &Error{1, err.Error()}
	}
	c := &checker{source: source}
	root := c.expr(expr)
	if c.err != nil {
		return nil, c.err
	}
	return &Formula{source: source, root: root, slots: c.slots}, nil
}

// ParseTruth is Parse for a formula that must be true or false.
func ParseTruth(source string) (*Formula, error) {
	f, err := Parse(source)
	if err == nil && f.Type() != Truth {
		return nil, &Error{1, fmt.Sprintf("this is %s: compare it with something", f.Type())}
	}
	return f, err
}

// A node is a part of a formula.
type node struct {
	op     token.Token // of an operator; ILLEGAL: a leaf or a call
	typ    Type
	args   []*node
	value  Value // of a constant
	leaf   func(*instant, *node) Value
	slot   int // of an aggregate: its accumulator
	step   func(a *accumulator, in *instant, n *node)
	source string
	kind   int64    // of count: which events
	words  []string // the texts that it can be; nil: any

	unit string // in which a constant is written, "": none

	isConstant bool
	isSame     bool
}

// checker turns an expression into nodes. It keeps the first mistake.
type checker struct {
	source string
	slots  int
	event  *eventNames // inside a count's condition
	inside string      // the aggregate around, "" if there is none
	err    *Error
}

func (c *checker) fail(at ast.Node, format string, args ...any) *node {
	if c.err == nil {
		c.err = &Error{int(at.Pos()), fmt.Sprintf(format, args...)}
	}
	return &node{}
}

func (c *checker) expr(e ast.Expr) *node {
	var n *node
	switch e := e.(type) {
	case *ast.ParenExpr:
		return c.expr(e.X)
	case *ast.BasicLit:
		n = c.literal(e)
	case *ast.Ident:
		n = c.ident(e)
	case *ast.UnaryExpr:
		n = c.unary(e)
	case *ast.BinaryExpr:
		n = c.binary(e)
	case *ast.CallExpr:
		n = c.call(e)
	default:
		n = c.fail(e, "a formula has numbers, texts in quotes, names, calls and operators, and not this")
	}
	n.source = c.source[e.Pos()-1 : e.End()-1]
	return n
}

func (c *checker) literal(e *ast.BasicLit) *node {
	switch e.Kind {
	case token.INT:
		n, err := strconv.ParseInt(e.Value, 0, 64)
		if err != nil {
			return c.fail(e, "%s is too large a number", e.Value)
		}
		return constant(number(n))
	case token.STRING:
		s, err := strconv.Unquote(e.Value)
		if err != nil {
			return c.fail(e, "%s is no text", e.Value)
		}
		return constant(text(s))
	}
	return c.fail(e, "%s: numbers are whole, texts stand in double quotes", e.Value)
}

func constant(v Value) *node {
	return &node{typ: v.Type, value: v, isConstant: true, leaf: func(_ *instant, n *node) Value { return n.value }}
}

// units are the constants.
var units = map[string]Value{
	"ns": number(1), "us": number(1e3), "ms": number(1e6), "s": number(1e9),
	"KB": number(1 << 10), "MB": number(1 << 20), "GB": number(1 << 30),
	"main": number(mainGoroutine), "true": truth(true), "false": truth(false),
}

// mainGoroutine is the id of the goroutine that runs main.main.
const mainGoroutine = 1

func (c *checker) ident(e *ast.Ident) *node {
	if v, ok := units[e.Name]; ok {
		n := constant(v)
		if v.Type == Number && e.Name != "main" {
			n.unit = e.Name
		}
		return n
	}
	if digits, ok := strings.CutPrefix(e.Name, "G"); ok {
		if id, err := strconv.ParseInt(digits, 10, 63); err == nil {
			return constant(number(id))
		}
	}
	if n := c.eventName(e.Name); n != nil {
		return n
	}
	if d := find(e.Name); d != nil {
		return c.named(e, d, nil)
	}
	return c.fail(e, "there is no %s%s", e.Name, c.meant(e.Name))
}

func (c *checker) unary(e *ast.UnaryExpr) *node {
	x := c.expr(e.X)
	want := map[token.Token]Type{token.NOT: Truth, token.SUB: Number}
	typ, ok := want[e.Op]
	switch {
	case !ok:
		return c.fail(e, "there is no %s x; there are !x and -x", e.Op)
	case x.typ != typ && c.err == nil:
		return c.fail(e.X, "%s wants %s, and this is %s", e.Op, typ, x.typ)
	}
	return &node{op: e.Op, typ: typ, args: []*node{x}}
}

// operators say what each operator takes; what it makes is the same, or a truth
// if it compares.
var operators = map[token.Token]struct {
	takes    []Type
	compares bool
}{
	token.LAND: {[]Type{Truth}, false},
	token.LOR:  {[]Type{Truth}, false},
	token.EQL:  {[]Type{Number, Text, Truth}, true},
	token.NEQ:  {[]Type{Number, Text, Truth}, true},
	token.LSS:  {[]Type{Number}, true},
	token.LEQ:  {[]Type{Number}, true},
	token.GTR:  {[]Type{Number}, true},
	token.GEQ:  {[]Type{Number}, true},
	token.ADD:  {[]Type{Number}, false},
	token.SUB:  {[]Type{Number}, false},
	token.MUL:  {[]Type{Number}, false},
	token.QUO:  {[]Type{Number}, false},
	token.REM:  {[]Type{Number}, false},
}

func (c *checker) binary(e *ast.BinaryExpr) *node {
	x, y := c.expr(e.X), c.expr(e.Y)
	if c.err != nil {
		return &node{}
	}
	rule, ok := operators[e.Op]
	switch {
	case !ok:
		return c.fail(e, "there is no operator %s here", e.Op)
	case x.typ != y.typ:
		return c.fail(e, "%s has %s on its left and %s on its right", e.Op, x.typ, y.typ)
	case !slices.Contains(rule.takes, x.typ):
		return c.fail(e, "%s wants %s on both sides, and these are not", e.Op, rule.takes[0])
	}
	c.words(e, x, y)
	n := &node{op: e.Op, typ: x.typ, args: []*node{x, y}}
	if rule.compares {
		n.typ = Truth
	}
	if x.isConstant && y.isConstant {
		folded := constant((&instant{}).eval(n))
		folded.unit = cmp.Or(x.unit, y.unit)
		return folded
	}
	return n
}

func (c *checker) call(e *ast.CallExpr) *node {
	id, ok := e.Fun.(*ast.Ident)
	if !ok {
		return c.fail(e.Fun, "only a name can be called")
	}
	d := find(id.Name)
	switch {
	case d == nil:
		return c.fail(id, "there is no %s%s", id.Name, c.meant(id.Name))
	case d.event:
		return c.count(e, d)
	}
	return c.named(e, d, e.Args)
}

// named makes the node of a name of the table.
func (c *checker) named(at ast.Expr, d *Name, args []ast.Expr) *node {
	if len(args) < len(d.Args)-d.optional || len(args) > len(d.Args) {
		return c.fail(at, "want %s", d.Usage())
	}
	if d.ends && c.inside != "" {
		return c.fail(at, "%s has a value at the end of a run only, and %s looks after every event", d.Name, c.inside)
	}
	if d.dear && c.inside != "" && c.inside != onceOnly {
		return c.fail(at, "%s can be looked at once, as in at(threads == 5, %s), and %s looks after every event", d.Name, d.Name, c.inside)
	}
	n := &node{typ: d.Type, leaf: d.leaf, words: d.Words, isSame: d.isSame}
	outer := c.inside
	if d.step != nil {
		n.step, n.slot = d.step, c.slots
		c.slots++
		c.inside = d.Name
	}
	for i, a := range args {
		if d.Name == onceOnly {
			c.inside = [...]string{"at’s condition", onceOnly}[i]
		}
		n.args = append(n.args, c.argument(d, i, a))
	}
	c.inside = outer
	return n
}

// onceOnly is the aggregate that looks at its number at one instant only.
const onceOnly = "at"

// argument is the i-th argument of a name of the table.
func (c *checker) argument(d *Name, i int, e ast.Expr) *node {
	want, x := &d.Args[i], c.expr(e)
	switch {
	case c.err != nil:
	case want.Type != x.typ && !d.isSame:
		c.fail(e, "%s: %s is %s, and this is %s", d.Usage(), want.Name, want.Type, x.typ)
	case x.isConstant && x.typ == Text && !allowed(want.Words, x.value.Text):
		c.fail(e, "%s: %s is never %q%s", d.Usage(), want.Name, x.value.Text, nearest(x.value.Text, want.Words))
	}
	return x
}
