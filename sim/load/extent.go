package load

import (
	"go/ast"
	"go/token"
	"math"
)

// An extent says how large a type is. Numbers that overflow stay at the largest.
type extent struct {
	written int // parts of its text, aliases and type arguments written out
	parts   int // parts that a value of it holds in itself
	hops    int // names on the longest way into it
}

func (a extent) plus(b extent) extent {
	return extent{sum(a.written, b.written), sum(a.parts, b.parts), max(a.hops, b.hops)}
}

func sum(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}

func product(a, b int) int {
	if a > 0 && b > math.MaxInt/a {
		return math.MaxInt
	}
	return a * b
}

// extents measures types.
type extents struct {
	specs map[string][]*ast.TypeSpec
	memo  map[string]*named // nil while it is being computed
}

func newExtents(files []*ast.File) *extents {
	x := &extents{map[string][]*ast.TypeSpec{}, map[string]*named{}}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.TypeSpec); ok {
				x.specs[s.Name.Name] = append(x.specs[s.Name.Name], s)
			}
			return true
		})
	}
	return x
}

// of measures a type expression.
func (x *extents) of(e ast.Expr) extent {
	one := extent{1, 1, 0}
	switch e := e.(type) {
	case *ast.Ident:
		return x.name(e.Name).extent
	case *ast.ParenExpr:
		return x.of(e.X)
	case *ast.ArrayType:
		elem := x.of(e.Elt)
		if e.Len == nil {
			elem.parts = 0
		}
		return one.plus(elem)
	case *ast.StructType:
		return one.plus(x.fields(e.Fields))
	case *ast.InterfaceType:
		return one.plus(x.fields(e.Methods))
	case *ast.BinaryExpr: // of a union
		return x.of(e.X).plus(x.of(e.Y))
	case *ast.UnaryExpr:
		return x.of(e.X)
	case *ast.FuncType:
		return x.apart(x.fields(e.Params).plus(x.fields(e.Results)))
	case *ast.MapType:
		return x.apart(x.of(e.Key).plus(x.of(e.Value)))
	case *ast.ChanType:
		return x.apart(x.of(e.Value))
	case *ast.StarExpr:
		return x.apart(x.of(e.X))
	case *ast.IndexExpr:
		return x.instance(e.X, []ast.Expr{e.Index})
	case *ast.IndexListExpr:
		return x.instance(e.X, e.Indices)
	}
	return one
}

// apart is the extent of a type that only refers to its parts.
func (x *extents) apart(e extent) extent { return extent{sum(e.written, 1), 1, e.hops} }

func (x *extents) fields(list *ast.FieldList) extent {
	var all extent
	if list == nil {
		return all
	}
	for _, f := range list.List {
		one := x.of(f.Type)
		if n := len(f.Names); n > 1 {
			one.written, one.parts = product(one.written, n), product(one.parts, n)
		}
		all = all.plus(one)
	}
	return all
}

// A named is what a name stands for.
type named struct {
	extent
	body int // parts written in its declaration
}

// name measures what a name stands for: the largest type that has it. While
// that is being found out, the name is one part.
func (x *extents) name(name string) named {
	one := named{extent{1, 1, 0}, 1}
	if m, ok := x.memo[name]; ok {
		if m == nil {
			return one
		}
		return *m
	}
	x.memo[name] = nil
	all := one
	for _, s := range x.specs[name] {
		e := x.of(s.Type)
		all.body = max(all.body, e.written)
		if s.Assign != token.NoPos {
			all.written = max(all.written, e.written)
		}
		all.parts, all.hops = max(all.parts, e.parts), max(all.hops, e.hops+1)
	}
	x.memo[name] = &all
	return all
}

// instance measures an instance of a generic type: each of its parts may be one
// of the arguments.
func (x *extents) instance(generic ast.Expr, args []ast.Expr) extent {
	all, most := extent{1, 1, 0}, extent{1, 1, 0}
	for _, a := range args {
		e := x.of(a)
		all = all.plus(e)
		most = extent{max(most.written, e.written), max(most.parts, e.parts), 0}
	}
	name, ok := generic.(*ast.Ident)
	if !ok {
		return all
	}
	n := x.name(name.Name)
	return extent{
		written: max(all.written, product(n.body, most.written)),
		parts:   product(n.parts, most.parts),
		hops:    max(all.hops, n.hops),
	}
}
