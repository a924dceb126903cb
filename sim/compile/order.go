package compile

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// This file gives log = append(log, f()) gc's order of evaluation, which the
// language leaves open. gc keeps the results of calls and lets names stand
// (cmd/compile/internal/walk/order.go), so it reads the variable last; go/ssa reads
// from left to right. Programs with goroutines show it: log = append(log, <-c) loses
// nothing that others append while it waits. Other expressions, such as x + f(), are
// left as go/ssa has them.

// readLate moves reads of variables that are appended to behind the calls in the
// same statement.
func (f *function) readLate() {
	for _, b := range f.fn.Blocks {
		from, load := 0, (*ssa.UnOp)(nil)
		for i, in := range b.Instrs {
			switch in := in.(type) {
			case *ssa.UnOp:
				if in.Op == token.MUL && f.appended(in) {
					from, load = i, in
				}
			case *ssa.Call:
				if load != nil && onlyUse(load) == ssa.Instruction(in) {
					copy(b.Instrs[from:i-1], b.Instrs[from+1:i])
					b.Instrs[i-1], load = load, nil
				}
			}
		}
	}
}

// appended reports whether the variable that load reads is appended to, under its
// own name: one that had its value before has another.
func (f *function) appended(load *ssa.UnOp) (same bool) {
	call, ok := onlyUse(load).(*ssa.Call)
	if !ok || f.fn.Syntax() == nil {
		return false
	}
	b, ok := call.Call.Value.(*ssa.Builtin)
	if !ok || b.Name() != "append" || call.Block() != load.Block() {
		return false
	}
	st, ok := onlyUse(call).(*ssa.Store)
	if !ok || st.Addr != load.X {
		return false
	}
	name := load.X.Name()
	if v, ok := load.X.(*ssa.Alloc); ok {
		name = v.Comment
	}
	ast.Inspect(f.fn.Syntax(), func(n ast.Node) bool {
		if e, ok := n.(*ast.CallExpr); ok && e.Lparen == call.Pos() {
			v, ok := e.Args[0].(*ast.Ident)
			same = ok && v.Name == name
		}
		return !same
	})
	return same
}
