package load

import (
	"go/ast"
	"go/types"
	"slices"
)

// orderMapLiterals puts the entries of the program's map literals into the order
// in which gc stores them, which shows when a variable key equals a constant one:
// first those of constants alone (cmd/compile/internal/walk/order.go, OMAPLIT).
// Evaluating those has no effect.
func orderMapLiterals(s *source) {
	for _, f := range s.files {
		ast.Inspect(f, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			m, ok := s.info.TypeOf(lit).Underlying().(*types.Map)
			if !ok {
				return true
			}
			slices.SortStableFunc(lit.Elts, func(a, b ast.Expr) int { return staticRank(s.info, a, m) - staticRank(s.info, b, m) })
			return true
		})
	}
}

func staticRank(info *types.Info, e ast.Expr, m *types.Map) int {
	if kv, ok := e.(*ast.KeyValueExpr); ok && isStatic(info, kv.Key, m.Key()) && isStatic(info, kv.Value, m.Elem()) {
		return 0
	}
	return 1
}

// isStatic reports whether gc takes e, converted to a type, for a static literal
// (walk/complit.go:isStaticCompositeLiteral). A conversion to an interface is
// none once its operand has an address (walk/order.go, OCONVIFACE).
func isStatic(info *types.Info, e ast.Expr, to types.Type) bool {
	e = ast.Unparen(e)
	tv := info.Types[e]
	switch {
	case tv.IsNil():
		return true
	case types.IsInterface(to):
		return false
	case tv.Value != nil:
		return true
	}
	lit, ok := e.(*ast.CompositeLit)
	if !ok {
		return false
	}
	switch t := tv.Type.Underlying().(type) {
	case *types.Array:
		return !slices.ContainsFunc(lit.Elts, func(e ast.Expr) bool {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				e = kv.Value
			}
			return !isStatic(info, e, t.Elem())
		})
	case *types.Struct:
		for i, e := range lit.Elts {
			field := t.Field(min(i, t.NumFields()-1))
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				e = kv.Value
				field, _ = info.Uses[kv.Key.(*ast.Ident)].(*types.Var)
			}
			if field == nil || !isStatic(info, e, field.Type()) {
				return false
			}
		}
		return true
	}
	return false
}
