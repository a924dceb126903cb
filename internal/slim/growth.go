package slim

import "bytes"

// Go asks its host for memory four megabytes at a time, or less
// (runtime/mheap.go:grow). Each time the host makes a new buffer for JavaScript, of the
// whole size, which V8 takes for new memory, so that it looks for garbage: a heap that
// grows to a gigabyte makes it do so a thousand times, for seconds. So the function that
// asks gets another body, which asks for an eighth of what there is, and hands that out.
// Memory that nobody has touched yet takes none of the host's.

// growName is the function, and growBody what Go makes of it
// (runtime/sys_wasm.s:growMemory).
const growName = "runtime.growMemory"

var growBody = []byte{
	1, 1, typeI32, opGlobalGet, globalSP, opSet, 1,
	opGet, 1, opGet, 1, opLoad, 2, growPages, opGrow, 0, opStore, 2, growResult,
	opGet, 1, opConst, 8, opAdd, opTee, 1, opGlobalSet, globalSP, opConst, 0, opReturn, opUnreachable, opEnd,
}

const (
	opGlobalGet, opGlobalSet = 0x23, 0x24
	opSize, opGrow           = 0x3f, 0x40
	opReturn, opTee, opEqual = 0x0f, 0x22, 0x46

	globalSP              = 0     // of Go's globals, the stack pointer
	growPages, growResult = 8, 16 // from it, the argument and the result

	growShift = 3 // 1>>growShift of memory is asked for
)

// The variables of the function's other body. The first is the parameter that all
// of Go's functions have.
const (
	varPages = iota + 1 // wanted
	varLeast            // how many of them have to be asked for
	varMore             // how many are
)

// growAhead gives the function that grows memory its other body, if it has the one
// that is known.
func (t *functab) growAhead(list []section) error {
	globals := find(list, globalSection)
	if globals == nil {
		return errModule
	}
	return t.replace(find(list, codeSection), func(f record, body []byte) ([]byte, error) {
		if f.name != growName || !bytes.Equal(body, growBody) {
			return body, nil
		}
		spare, err := appendItem(globals, []byte{typeI32, 1, opConst, 0, opEnd})
		return growFrom(byte(spare)), err
	})
}

// growFrom is the body, which keeps how many pages there are to spare in a global.
func growFrom(spare byte) []byte {
	a := &assembler{1, varMore, typeI32}
	a.op(opGlobalGet, globalSP, opLoad, 2, growPages)
	a.set(varPages)
	a.op(opGlobalGet, spare)
	a.get(varPages)
	a.op(opLess, opIf, typeEmpty)
	{
		a.get(varPages)
		a.op(opGlobalGet, spare, opSub)
		a.set(varLeast)
		a.op(opSize, 0)
		a.constant(growShift)
		a.op(opShiftRight)
		a.set(varMore)
		a.get(varMore)
		a.get(varLeast)
		a.op(opLess, opIf, typeEmpty)
		a.get(varLeast)
		a.set(varMore)
		a.op(opEnd)
		a.unlessGrown(func() {
			a.get(varLeast)
			a.set(varMore)
			a.unlessGrown(func() { a.returns(func() { a.constant(-1) }) })
		})
		a.op(opGlobalGet, spare)
		a.get(varMore)
		a.op(opAdd, opGlobalSet, spare)
	}
	a.op(opEnd)
	a.op(opGlobalGet, spare)
	a.get(varPages)
	a.op(opSub, opGlobalSet, spare)
	a.returns(func() { // where the new pages begin
		a.op(opSize, 0, opGlobalGet, spare, opSub)
		a.get(varPages)
		a.op(opSub)
	})
	a.op(opEnd)
	return *a
}

// unlessGrown asks the host for pages, and does what is to be done if it has none.
func (a *assembler) unlessGrown(do func()) {
	a.get(varMore)
	a.op(opGrow, 0)
	a.constant(-1)
	a.op(opEqual, opIf, typeEmpty)
	do()
	a.op(opEnd)
}

// returns returns a result as Go's functions do.
func (a *assembler) returns(result func()) {
	a.op(opGlobalGet, globalSP)
	result()
	a.op(opStore, 2, growResult)
	a.op(opGlobalGet, globalSP, opConst, 8, opAdd, opGlobalSet, globalSP)
	a.op(opConst, 0, opReturn)
}
