package compile

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// This file gives expressions gc's order of evaluation where the language leaves
// it open: when a variable is read that stands beside a call, as in x + f(). gc
// keeps the results of calls and lets names stand (cmd/compile/internal/walk/
// order.go), so it reads x last; go/ssa reads from left to right. Programs with
// goroutines show it: log = append(log, <-c) loses nothing that others append
// while it waits. Done for what is appended to and for operands, not for
// arguments, results and literals.

// readLate moves reads of variables behind the calls of the same expression, if
// those are in the same block.
func (f *function) readLate() {
	for _, b := range f.fn.Blocks {
		for i := 0; i < len(b.Instrs); i++ {
			load, ok := b.Instrs[i].(*ssa.UnOp)
			if !ok || load.Op != token.MUL || f.fn.Syntax() == nil {
				continue
			}
			use, to, calls := onlyUse(load), i+1, false
			for to < len(b.Instrs) && b.Instrs[to] != use {
				calls = calls || callsOut(b.Instrs[to])
				to++
			}
			if calls && to < len(b.Instrs) && f.reads(load, use) {
				copy(b.Instrs[i:to-1], b.Instrs[i+1:to])
				b.Instrs[to-1] = load
				i--
			}
		}
	}
}

// callsOut reports whether in may run other code, or wait for it.
func callsOut(in ssa.Instruction) bool {
	switch in := in.(type) {
	case *ssa.Call:
		_, builtin := in.Call.Value.(*ssa.Builtin)
		return !builtin
	case *ssa.UnOp:
		return in.Op == token.ARROW
	}
	return false
}

// reads reports whether use's operand is the variable that load reads, and not another
// that had its value before.
func (f *function) reads(load *ssa.UnOp, use ssa.Instruction) (ok bool) {
	ast.Inspect(f.fn.Syntax(), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if call, is := use.(*ssa.Call); is && n.Lparen == use.Pos() {
				b, is := call.Call.Value.(*ssa.Builtin)
				ok = is && b.Name() == "append" && call.Call.Args[0] == ssa.Value(load) && f.isVar(n.Args[0], load)
			}
		case *ast.BinaryExpr:
			if op, is := use.(*ssa.BinOp); is && n.OpPos == use.Pos() {
				ok = op.X == ssa.Value(load) && f.isVar(n.X, load) || op.Y == ssa.Value(load) && f.isVar(n.Y, load)
			}
		}
		return !ok
	})
	return ok
}

// isVar reports whether e stands for what load reads.
func (f *function) isVar(e ast.Expr, load *ssa.UnOp) bool {
	at := load.X.Pos()
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if pkg := f.fn.Package(); pkg != nil {
			if scope := pkg.Pkg.Scope().Innermost(e.Pos()); scope != nil {
				_, obj := scope.LookupParent(e.Name, e.Pos())
				return obj != nil && obj.Pos() == at
			}
		}
	case *ast.SelectorExpr:
		return at == e.Sel.Pos()
	}
	return false
}
