// Package code is the machine's bytecode: instructions, functions, data, and
// how they are written down. It knows neither Go's syntax (package compile
// does) nor how to run anything (package vm does).
//
// # The machine
//
// A program is one array of instructions, one pool of 64-bit constants (K) and
// an arena of bytes (package mem) that begins with the program's read-only
// data and globals. A goroutine has a stack in the arena; its current frame
// starts at fp, and instructions address the frame's 64-bit slots, a window of
// at most 65,536. Stacks grow towards higher addresses.
//
// # Instructions
//
// Eight bytes: Op, A, B, C, each 16 bits. Imm is B and C taken together as a
// signed 32-bit number. A jump's target is relative to the instruction after
// it. Cold instructions are followed by one Extra word, which carries more
// operands and is never run by itself. With 8-bit operands
// the load would be the same, but the compiler would have to spill.
//
// An instruction may be a chain (Chain): it is the plain one that it begins
// with, and says besides which others stand behind it.
//
// # Values in slots
//
// A boolean, number, pointer, channel, map, or function takes one slot:
// signed integers sign-extended, unsigned ones and booleans zero-extended,
// float32 as its bits zero-extended. Every other value is its memory image in
// as many slots as it needs: string {ptr, len}, slice {ptr, len, cap},
// interface {type or itab, data}, complex64 one slot, complex128 two, structs
// and arrays ⌈size/8⌉; a zero-size value takes none. Little endian: the low
// bytes of a scalar's slot are its memory image too. Sizes and offsets are
// those of gc on amd64.
//
// No pointer into a stack exists: go/ssa's local Allocs are addressed by slot
// (Fld, Fst …), everything whose address escapes is in the heap. So a stack
// moves by copying.
//
// # Calls
//
// The caller puts the arguments into slots base+1 … of its own frame and calls
// with A = base: the callee's frame starts there. Slot 0 of a frame is its
// header: return pc in the low 32 bits, base (how many slots back the caller's
// frame starts) in the high 32. Parameters stand from slot 1; results are left
// from slot 1 by the callee, so the caller finds them at base+1 …. A receiver
// is the first parameter.
//
// Every function starts with Enter, or EnterLeaf if it may go without a check:
// that is the prologue. Enter's one comparison covers stack growth and
// preemption at calls, as in Go (runtime/stack.go, stackguard0).
//
// A function value is nil or the address of a closure {entry, captured …}
// where entry is TextBase + pc. CallClo puts that address into the goroutine's
// context register (dx, saved in gobuf.ctxt by a switch, as in Go); a function
// with free variables fetches it with GetCtx right after Enter.
//
// # Data
//
// Type descriptors have the layouts of internal/abi (Type, PtrType, …,
// UncommonType) and are named "type:" + the type's full string; itabs are
// abi.ITab, named "itab:concrete,interface"; Fun entries are TextBase + pc.
// NameOff and TypeOff are offsets from mem.Base; TextOff is a pc. Read-only
// data comes first in the arena, so these fit 31 bits. A descriptor's Equal is
// a closure {entry of native runtime.typeEqual, type} or nil.
//
// # Names
//
// Symbols are go/ssa's full names ("fmt.Println", "(*sync.Mutex).Lock",
// "main.main$1"), after //go:linkname. Func.Name is what a traceback prints
// ("main.main.func1"). A function without a body is native: package vm
// implements it by its symbol.
package code

// TextBase is what a program sees as the address of the first instruction.
// Entry pcs and return pcs shown to programs are TextBase + index.
const TextBase = 0x400000

// HeaderSlots is the size of a frame's header.
const HeaderSlots = 1
