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

// goidOf is the goroutine that argument i names; 0: none is named.
func (in *instant) goidOf(n *node, i int) int64 {
	if i < len(n.args) {
		return in.eval(n.args[i]).Num
	}
	return 0
}

func received(in *instant, n *node) Value {
	if in.run.Received == nil {
		return number(0)
	}
	return number(in.run.Received(in.goidOf(n, 0)))
}

func executed(in *instant, n *node) Value {
	part, line, times := in.eval(n.args[0]).Text, int32(0), int64(0)
	if in.run.Executed == nil || part == "" {
		return number(0)
	}
	for s := range strings.Lines(in.run.Source) {
		if line++; strings.Contains(s, part) {
			times += in.run.Executed(line, in.goidOf(n, 1))
		}
	}
	return number(times)
}
