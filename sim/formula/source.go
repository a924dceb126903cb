package formula

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
)

// syntax is the program's file, parsed once. A program that ran has no
// mistakes in it.
func (r *Run) syntax() *ast.File {
	if r.file == nil {
		r.file, _ = parser.ParseFile(token.NewFileSet(), "main.go", r.Source, parser.SkipObjectResolution)
		if r.file == nil {
			r.file = &ast.File{}
		}
	}
	return r.file
}

func imports(in *instant, n *node) Value {
	path := in.eval(n.args[0]).Text
	for _, imp := range in.run.syntax().Imports {
		if p, _ := strconv.Unquote(imp.Path.Value); p == path {
			return truth(true)
		}
	}
	return truth(false)
}

func calls(in *instant, n *node) Value {
	name := in.eval(n.args[0]).Text
	return in.countCalls(func(c *ast.CallExpr) bool { return written(c.Fun) == name })
}

func makes(in *instant, n *node) Value {
	what := in.eval(n.args[0]).Text
	return in.countCalls(func(c *ast.CallExpr) bool {
		return written(c.Fun) == "make" && len(c.Args) > 0 && kindOf(c.Args[0]) == what
	})
}

func kindOf(t ast.Expr) string {
	switch t.(type) {
	case *ast.ChanType:
		return "chan"
	case *ast.MapType:
		return "map"
	case *ast.ArrayType:
		return "slice"
	}
	return ""
}

func (in *instant) countCalls(is func(*ast.CallExpr) bool) Value {
	count := int64(0)
	ast.Inspect(in.run.syntax(), func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok && is(c) {
			count++
		}
		return true
	})
	return number(count)
}

// written is a function's name as it stands in a call: f, pkg.F, x.y.Method.
func written(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return written(e.X) + "." + e.Sel.Name
	}
	return ""
}

// received is how many values came out of channels.
func received(in *instant, n *node) Value { return number(in.ran(0, n.args)) }

// executed is how often lines with a text in them were executed.
func executed(in *instant, n *node) Value {
	part, times := in.eval(n.args[0]).Text, int64(0)
	for i, line := range strings.Split(in.run.Source, "\n") {
		if part != "" && strings.Contains(line, part) {
			times += in.ran(int32(i+1), n.args[1:])
		}
	}
	return number(times)
}

// ran is Run.Executed of a line and of who is named, if anybody is.
func (in *instant) ran(line int32, who []*node) int64 {
	goid := int64(0)
	if len(who) > 0 {
		goid = in.eval(who[0]).Num
	}
	if in.run.Executed == nil {
		return 0
	}
	return in.run.Executed(line, goid)
}
