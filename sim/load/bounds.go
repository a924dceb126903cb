package load

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"gopark/sim/std"
)

// Limits of what is read: more is a diagnostic, not a hung page. Types of a
// thousand parts and blocks a dozen deep are what people write; the front end
// and the compiler take time in the square of these.
const (
	maxSource  = 4 << 20 // bytes of all files
	maxDepth   = 5000    // of syntax: sums, calls of calls
	maxNesting = 300     // of blocks, functions, types and composite literals
	maxParts   = 10000   // of a type with everything it holds written out
	maxHops    = 200     // from a type to what it holds, by way of names
	maxBranch  = 5000    // of a function: ifs, loops, cases
)

// checkBounds reports what would keep the type checker or the compiler busy
// without end. It looks at syntax only: names stand for whatever has that name.
func (c *checker) checkBounds() {
	for _, f := range c.files {
		c.checkDepth(f)
		c.checkBranches(f)
	}
	if len(c.diags) > 0 {
		return
	}
	x := newExtents(c.files)
	for _, f := range c.files {
		ast.Inspect(f, func(n ast.Node) bool {
			if len(c.diags) > 0 {
				return false
			}
			if t, ok := n.(ast.Expr); ok && isType(t) {
				e := x.of(t)
				if e.parts > maxParts || e.written > maxParts {
					c.report(t.Pos(), fmt.Sprintf("the type is too large: written out it has more than %d parts", maxParts))
				} else if e.hops > maxHops {
					c.report(t.Pos(), fmt.Sprintf("the type is too deep: more than %d types, each in the next", maxHops))
				}
				return false
			}
			return true
		})
	}
	if len(c.diags) == 0 {
		c.checkGrowth(x)
	}
}

// checkDepth guards the recursion of everything behind the parser: a host that
// runs out of stack can't be saved.
func (c *checker) checkDepth(f *ast.File) {
	var open []bool // of each node around: does it nest?
	nesting := 0
	ast.Inspect(f, func(n ast.Node) bool {
		if len(c.diags) > 0 {
			return false
		}
		if n == nil {
			last := len(open) - 1
			if open[last] {
				nesting--
			}
			open = open[:last]
			return true
		}
		nests := isNest(n)
		if nests {
			nesting++
		}
		open = append(open, nests)
		if len(open) > maxDepth || nesting > maxNesting {
			c.report(n.Pos(), "the program is nested too deeply")
		}
		return true
	})
}

// checkBranches reports functions whose control flow go/ssa, which relates each
// block to all others, would look at for long.
func (c *checker) checkBranches(f *ast.File) {
	for _, d := range f.Decls {
		n := 0
		ast.Inspect(d, func(node ast.Node) bool {
			before := n
			switch node := node.(type) {
			case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt:
				n++
			case *ast.CaseClause:
				n += max(1, len(node.List))
			case *ast.CommClause:
				n += 3 // go/ssa looks through all of a select for each
			case *ast.BinaryExpr:
				if node.Op == token.LAND || node.Op == token.LOR {
					n++
				}
			}
			if before <= maxBranch && n > maxBranch {
				c.report(node.Pos(), fmt.Sprintf("the function has more than %d branches; divide it", maxBranch))
			}
			return n <= maxBranch
		})
	}
}

func isNest(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BlockStmt, *ast.CompositeLit:
		return true
	case ast.Expr:
		return isType(n)
	}
	return false
}

// isType reports whether an expression is a type, or may be one.
func isType(e ast.Expr) bool {
	switch e.(type) {
	case *ast.ArrayType, *ast.StructType, *ast.FuncType, *ast.InterfaceType, *ast.MapType, *ast.ChanType,
		*ast.StarExpr, *ast.IndexExpr, *ast.IndexListExpr:
		return true
	}
	return false
}

// maxGlobals is how many bytes all variables of a program outside of functions
// may take: the linker lays them out before the program runs. Those of sparseGlobal
// bytes and more without pointers it keeps out of that, up to maxSparse each.
const (
	maxGlobals   = 256 << 20
	sparseGlobal = 64 << 20
	maxSparse    = 2 << 30
)

// checkGlobals reports variables that no simulated computer has room for.
func (c *checker) checkGlobals(pkg *types.Package) {
	total := int64(0)
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		v, ok := scope.Lookup(name).(*types.Var)
		if !ok {
			continue
		}
		n := std.Sizes.Sizeof(v.Type())
		if n >= sparseGlobal && n < maxSparse && pointerFree(v.Type()) {
			continue
		}
		if n > maxGlobals || n < 0 {
			c.report(v.Pos(), fmt.Sprintf("variable %s is too large: package variables may take %d MB in all; let make allocate it", name, maxGlobals>>20))
			return
		}
		if total += n; total > maxGlobals {
			c.report(v.Pos(), fmt.Sprintf("the package's variables are too large: they may take %d MB in all", maxGlobals>>20))
			return
		}
	}
}

func pointerFree(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return t.Info()&(types.IsNumeric|types.IsBoolean) != 0
	case *types.Array:
		return pointerFree(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			if !pointerFree(f.Type()) {
				return false
			}
		}
		return true
	}
	return false
}
