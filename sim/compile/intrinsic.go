package compile

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
)

// Functions of the library that gc makes an instruction of are operations here
// too (cmd/compile/internal/ssagen/intrinsics.go). They have no frame there
// either: a nil pointer is met in the function that names it.

// unaryOps and binaryOps compute a number from one or two.
var (
	unaryOps = map[string]code.Op{
		"math.Sqrt": code.Sqrt, "math.sqrt": code.Sqrt, "math.Abs": code.AbsF,
		"math/bits.TrailingZeros64": code.Ctz, "math/bits.Len64": code.BitLen, "math/bits.Len32": code.BitLen,
		"math/bits.Len": code.BitLen, "math/bits.Len16": code.BitLen, "math/bits.Len8": code.BitLen,
		"math.Float64bits": code.Mov, "math.Float64frombits": code.Mov,
		"math.Float32bits": code.Mov, "math.Float32frombits": code.Mov,
	}
	binaryOps = map[string]code.Op{
		"math/bits.RotateLeft64": code.Rotl, "math/bits.RotateLeft": code.Rotl, "math/bits.RotateLeft32": code.Rotl32,
	}
)

// The atomic operations, by what precedes the type's name.
const (
	atomicLoad  = "Load"
	atomicStore = "Store"
	atomicAdd   = "Add"
	atomicSwap  = "Swap"
	atomicCas   = "CompareAndSwap"
)

// An atomicFunc is a function of sync/atomic.
type atomicFunc struct {
	does string
	elem types.Type // what the address points to
}

// atomics has the functions, and the methods, whose receivers begin with the word.
var atomics = atomicTable()

func atomicTable() map[string]atomicFunc {
	t := map[string]atomicFunc{}
	for _, row := range []struct {
		name string
		elem types.BasicKind
	}{
		{"Int32", types.Int32}, {"Uint32", types.Uint32}, {"Int64", types.Int64}, {"Uint64", types.Uint64},
		{"Uintptr", types.Uintptr}, {"Pointer", types.UnsafePointer},
	} {
		for _, does := range []string{atomicLoad, atomicStore, atomicAdd, atomicSwap, atomicCas} {
			if row.elem == types.UnsafePointer && does == atomicAdd {
				continue
			}
			a := atomicFunc{does, types.Typ[row.elem]}
			t["sync/atomic."+does+row.name] = a
			if row.elem != types.UnsafePointer {
				t["(*sync/atomic."+row.name+")."+does] = a
			}
		}
	}
	return t
}

// mayBeIntrinsic reports whether a call is of a function in a package that has
// intrinsics.
func mayBeIntrinsic(in *ssa.Call) bool {
	callee := in.Call.StaticCallee()
	if callee == nil || isClosure(in.Call.Value) || callee.Pkg == nil {
		return false
	}
	switch callee.Pkg.Pkg.Path() {
	case "math", "math/bits", "sync/atomic":
		return true
	}
	return false
}

// intrinsic emits a call as an operation, if there is one for it.
func (f *function) intrinsic(dst uint16, in *ssa.Call) bool {
	if !mayBeIntrinsic(in) {
		return false
	}
	sym, args := f.funcSym(in.Call.StaticCallee()), in.Call.Args
	if op, ok := unaryOps[sym]; ok {
		f.emit(op, dst, f.operand(args[0]), 0)
		return true
	}
	if op, ok := binaryOps[sym]; ok {
		f.emit(op, dst, f.operand(args[0]), f.operand(args[1]))
		return true
	}
	if sym == "math/bits.Mul64" || sym == "math/bits.Mul" {
		x, y := f.operand(args[0]), f.operand(args[1])
		f.emit(code.MulHU, dst, x, y)
		f.emit(code.Mul, dst+1, x, y)
		return true
	}
	a, ok := atomics[sym]
	if ok {
		f.atomic(dst, a, args)
	}
	return ok
}

// atomic emits a on args, of which the first is the address.
func (f *function) atomic(dst uint16, a atomicFunc, args []ssa.Value) {
	wide := code.Op(0)
	if f.classOf(a.elem).size == 8 {
		wide = 1 // the operations for 64 bits follow those for 32
	}
	addr := f.operand(args[0])
	switch a.does {
	case atomicLoad:
		f.loadMem(dst, a.elem, addr, 0)
		return
	case atomicStore:
		f.emit(code.SwapA32+wide, f.temp(1), addr, f.operand(args[1]))
		return
	case atomicCas:
		old, new := f.operand(args[1]), f.operand(args[2])
		f.emit(code.CasA32+wide, dst, addr, old)
		f.emit(code.Extra, new, 0, 0)
		return
	case atomicAdd:
		f.emit(code.AddA32+wide, dst, addr, f.operand(args[1]))
	case atomicSwap:
		f.emit(code.SwapA32+wide, dst, addr, f.operand(args[1]))
	}
	if f.classOf(a.elem).signed {
		f.extend(dst, a.elem)
	}
}
