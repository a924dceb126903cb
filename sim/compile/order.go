package compile

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// This file gives expressions gc's order of evaluation where the language leaves
// it open: when a variable is read that stands beside a call, as in x + f(). gc
// keeps the results of calls and lets names stand (cmd/compile/internal/walk/
// order.go), so it reads x last; go/ssa reads from left to right. Programs with
// goroutines show it: log = append(log, <-c) loses nothing that others append
// while it waits.

// readLate moves reads of variables behind the calls of the same expression, if
// those are in the same block.
func (f *function) readLate() {
	if f.fn.Syntax() == nil {
		return
	}
	var nodes map[token.Pos]ast.Expr
	for _, b := range f.fn.Blocks {
		for i := 0; i < len(b.Instrs); i++ {
			load, ok := b.Instrs[i].(*ssa.UnOp)
			if !ok || load.Op != token.MUL {
				continue
			}
			path := pathOf(load)
			to := slices.Index(b.Instrs, path[len(path)-1])
			if to <= i || !slices.ContainsFunc(b.Instrs[i:to], callsOut) {
				continue
			}
			if nodes == nil {
				nodes = f.exprs()
			}
			if e := operand(nodes, path); e == nil || !f.reads(e, load) {
				continue
			}
			moved := withRefs(path[:len(path)-1])
			rest := slices.DeleteFunc(slices.Clone(b.Instrs[i:to]), func(in ssa.Instruction) bool { return slices.Contains(moved, in) })
			copy(b.Instrs[i:], append(rest, moved...))
			i--
		}
	}
}

// withRefs are instrs, each followed by what tells a debugger of it.
func withRefs(instrs []ssa.Instruction) (all []ssa.Instruction) {
	for _, in := range instrs {
		all = append(all, in)
		v, ok := in.(ssa.Value)
		for i := 0; ok && i < len(*v.Referrers()); i++ {
			if ref, ok := (*v.Referrers())[i].(*ssa.DebugRef); ok && ref.Block() == in.Block() {
				all = append(all, ref)
			}
		}
	}
	return all
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

// pathOf is a load and what is done with its value alone, up to where gc reads
// the variable: the operation, the call, or the slice of a call's last arguments.
func pathOf(load *ssa.UnOp) []ssa.Instruction {
	path := []ssa.Instruction{load}
	v := ssa.Value(load)
	use := onlyUse(v)
	if box, ok := use.(*ssa.MakeInterface); ok && readsLate(load.Type()) {
		path = append(path, box)
		v, use = box, onlyUse(box)
	}
	if st, ok := use.(*ssa.Store); ok && st.Val == v {
		if sl := sliceOf(st); sl != nil {
			return append(path, st, sl)
		}
	}
	switch use := use.(type) {
	case *ssa.BinOp, *ssa.Call:
		if len(path) == 1 {
			return append(path, use.(ssa.Instruction))
		}
	}
	return path[:1]
}

// readsLate reports whether a variable of type t is put into an interface where
// it stands; of others gc makes a copy first (walk/convert.go:dataWordFuncName).
func readsLate(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Kind() != types.Bool && u.Kind() != types.Int8 && u.Kind() != types.Uint8 && u.Info()&types.IsComplex == 0
	case *types.Slice, *types.Pointer, *types.Map, *types.Chan, *types.Signature:
		return true
	}
	return false
}

// sliceOf is the slice of a call's last arguments, of which st is one.
func sliceOf(st *ssa.Store) *ssa.Slice {
	addr, ok := st.Addr.(*ssa.IndexAddr)
	if !ok {
		return nil
	}
	array, ok := addr.X.(*ssa.Alloc)
	if !ok || array.Comment != "varargs" {
		return nil
	}
	for _, r := range *array.Referrers() {
		if sl, ok := r.(*ssa.Slice); ok {
			return sl
		}
	}
	return nil
}

// exprs are the function's calls and operations with two operands, by the
// positions that go/ssa gives to their instructions.
func (f *function) exprs() map[token.Pos]ast.Expr {
	nodes := map[token.Pos]ast.Expr{}
	ast.Inspect(f.fn.Syntax(), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			nodes[n.Lparen] = n
		case *ast.BinaryExpr:
			nodes[n.OpPos] = n
		}
		return true
	})
	return nodes
}

// operand is the expression whose value goes along path.
func operand(nodes map[token.Pos]ast.Expr, path []ssa.Instruction) ast.Expr {
	v := path[0].(ssa.Value)
	switch last := path[len(path)-1].(type) {
	case *ssa.BinOp:
		if e, ok := nodes[last.Pos()].(*ast.BinaryExpr); ok {
			if last.X == v {
				return e.X
			}
			return e.Y
		}
	case *ssa.Call:
		return argument(nodes, last, slices.Index(last.Call.Args, v))
	case *ssa.Slice:
		call, ok := onlyUse(last).(*ssa.Call)
		index, isConst := path[len(path)-2].(*ssa.Store).Addr.(*ssa.IndexAddr).Index.(*ssa.Const)
		if ok && isConst {
			return argument(nodes, call, len(call.Call.Args)-1+int(index.Int64()))
		}
	}
	return nil
}

// argument is the expression that is argument i of call, the receiver's excepted.
func argument(nodes map[token.Pos]ast.Expr, call *ssa.Call, i int) ast.Expr {
	if fn := call.Call.StaticCallee(); fn != nil && fn.Signature.Recv() != nil {
		i--
	}
	e, ok := nodes[call.Pos()].(*ast.CallExpr)
	if !ok || i < 0 || i >= len(e.Args) {
		return nil
	}
	return e.Args[i]
}

// reads reports whether e is the variable that load reads, and not another that
// had its value before.
func (f *function) reads(e ast.Expr, load *ssa.UnOp) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		pkg := f.fn.Package()
		if pkg == nil {
			return false
		}
		scope := pkg.Pkg.Scope().Innermost(e.Pos())
		if scope == nil {
			return false
		}
		_, obj := scope.LookupParent(e.Name, e.Pos())
		switch load.X.(type) {
		case *ssa.Global, *ssa.FreeVar, *ssa.Alloc:
			return obj != nil && obj.Pos() == load.X.Pos()
		}
	case *ast.SelectorExpr:
		field, ok := load.X.(*ssa.FieldAddr)
		return ok && field.Pos() == e.Sel.Pos()
	case *ast.StarExpr:
		return load.Pos() == e.Star
	case *ast.IndexExpr:
		elem, ok := load.X.(*ssa.IndexAddr)
		return ok && elem.Pos() == e.Lbrack
	}
	return false
}
