package compile

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// keepsArgs reports that fn is marked: a pointer that its caller converted to
// uintptr to pass it stays alive until it returns. Go's compiler keeps the
// pointer in the caller (cmd/compile/internal/escape/call.go:rewriteArgument).
// Here any word of a frame may be a pointer, and it is enough that fn's own
// parameters stay, however it was called.
func keepsArgs(fn *ssa.Function) bool {
	decl, ok := fn.Syntax().(*ast.FuncDecl)
	return ok && decl.Doc != nil && slices.ContainsFunc(decl.Doc.List, func(c *ast.Comment) bool {
		return c.Text == "//go:uintptrescapes" || c.Text == "//go:uintptrkeepalive"
	})
}

// allocated is the type of what a New makes: the uintptrs that such a function
// is passed in a slice lie in the heap, where the type says what a pointer is.
func (f *function) allocated(in *ssa.Alloc) types.Type {
	t := elemOf(in.Type())
	array, ok := t.(*types.Array)
	if !ok || in.Comment != "varargs" || !types.Identical(array.Elem().Underlying(), types.Typ[types.Uintptr]) {
		return t
	}
	for _, ref := range *in.Referrers() {
		slice, ok := ref.(*ssa.Slice)
		if ok && slices.ContainsFunc(*slice.Referrers(), callsKeeper) {
			return types.NewArray(types.Typ[types.UnsafePointer], array.Len())
		}
	}
	return t
}

func callsKeeper(in ssa.Instruction) bool {
	call, ok := in.(ssa.CallInstruction)
	if !ok {
		return false
	}
	callee := call.Common().StaticCallee()
	return callee != nil && keepsArgs(callee)
}
