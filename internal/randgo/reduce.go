package randgo

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"slices"
	"strings"
)

// Reduce takes away statements and declarations of a program for as long as
// still says that what is left is still of interest, and returns what is left.
// A program that doesn't compile is of no interest.
func Reduce(source string, still func(string) bool) string {
	for size := 16; size > 0; {
		smaller := reduceOnce(source, size, still)
		if smaller == source {
			size /= 2
		}
		source = smaller
	}
	return source
}

// reduceOnce tries each run of up to size neighbours of every list once.
func reduceOnce(source string, size int, still func(string) bool) string {
	for at := 0; ; {
		smaller, more := without(source, at, size)
		if !more {
			return source
		}
		if smaller != "" && still(smaller) {
			source = smaller
			continue
		}
		at++
	}
}

// without is source without the at-th run of size statements or declarations;
// "" if that makes no sense. It reports whether there is such a run.
func without(source string, at, size int) (smaller string, more bool) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", source, parser.SkipObjectResolution)
	if err != nil {
		return "", false
	}
	seen := 0
	cut := func(n int) (int, int, bool) {
		starts := (n + size - 1) / size
		i := at - seen
		seen += starts
		if i < 0 || i >= starts || more {
			return 0, 0, false
		}
		more = true
		return i * size, min(n, (i+1)*size), true
	}
	if i, j, ok := cut(len(file.Decls)); ok {
		file.Decls = slices.Delete(file.Decls, i, j)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			if i, j, ok := cut(len(n.List)); ok {
				n.List = slices.Delete(n.List, i, j)
			}
		case *ast.CaseClause:
			if i, j, ok := cut(len(n.Body)); ok {
				n.Body = slices.Delete(n.Body, i, j)
			}
		case *ast.FieldList:
			if i, j, ok := cut(len(n.List)); ok && n.Opening.IsValid() {
				n.List = slices.Delete(n.List, i, j)
			}
		case *ast.IfStmt:
			if _, _, ok := cut(1); ok {
				n.Else = nil
			}
		}
		return true
	})
	var b strings.Builder
	if !more || format.Node(&b, fset, file) != nil {
		return "", more
	}
	return b.String(), true
}
