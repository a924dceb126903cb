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

// executed is how often lines with a text in them were executed, or how many values were
// received: the last argument may name a goroutine.
func executed(lines bool) func(in *instant, n *node) Value {
	return func(in *instant, n *node) Value {
		if in.run.Executed == nil {
			return number(0)
		}
		part, goid, args := "", int64(0), n.args
		if lines {
			part, args = in.eval(args[0]).Text, args[1:]
		}
		if len(args) > 0 {
			goid = in.eval(args[0]).Num
		}
		if !lines {
			return number(in.run.Executed(0, goid))
		}
		times := int64(0)
		for i, line := range strings.Split(in.run.Source, "\n") {
			if part != "" && strings.Contains(line, part) {
				times += in.run.Executed(int32(i+1), goid)
			}
		}
		return number(times)
	}
}
