//go:build gopark

package reflect

import (
	"internal/abi"
	"unsafe"
)

//gopark:drop abi.go badlinkname.go makefunc.go float32reg_generic.go
//gopark:drop callReflect callMethod funcLayout call layoutType layoutKey layoutCache

// The machine passes arguments and results in 64-bit slots, in order, so a
// function of any type can be called as one from frame to frame: the slots
// that its own type lacks are ignored.

// maxSlots bounds the arguments, or the results, of a function that is called
// or made by reflection: 512 bytes.
const maxSlots = 64

// A frame is of pointers, so that the collector looks at all of it.
type frame [maxSlots]unsafe.Pointer

func slotsOf(t *abi.Type) uintptr { return (t.Size_ + 7) / 8 }

// put stores the value at p in the slots from i on and returns the next one.
func (f *frame) put(i uintptr, t *abi.Type, p unsafe.Pointer) uintptr {
	next := i + slotsOf(t)
	if next > maxSlots {
		panic("reflect: arguments or results of more than 512 bytes")
	}
	switch t.Kind() {
	case abi.Int8:
		f[i] = unsafe.Pointer(uintptr(*(*int8)(p)))
	case abi.Int16:
		f[i] = unsafe.Pointer(uintptr(*(*int16)(p)))
	case abi.Int32:
		f[i] = unsafe.Pointer(uintptr(*(*int32)(p)))
	default:
		if next > i {
			f[next-1] = nil
			memmove(unsafe.Pointer(&f[i]), p, t.Size_)
		}
	}
	return next
}

// putValue stores v, which has type t.
func (f *frame) putValue(i uintptr, t *abi.Type, v Value) uintptr {
	if v.flag&flagIndir != 0 {
		return f.put(i, t, v.ptr)
	}
	return f.put(i, t, unsafe.Pointer(&v.ptr))
}

// get returns the value in the slots from i on and the next slot.
func (f *frame) get(i uintptr, t *abi.Type) (Value, uintptr) {
	next := i + slotsOf(t)
	if next > maxSlots {
		panic("reflect: arguments or results of more than 512 bytes")
	}
	if t.Size_ == 0 {
		return Zero(toRType(t)), next
	}
	if t.IsDirectIface() {
		return Value{t, f[i], flag(t.Kind())}, next
	}
	p := unsafe_New(t)
	memmove(p, unsafe.Pointer(&f[i]), t.Size_)
	return Value{t, p, flagIndir | flag(t.Kind())}, next
}

// invoke calls the function whose entry is the word at fn.
func (f *frame) invoke(fn unsafe.Pointer) {
	*f = (*(*func(frame) frame)(unsafe.Pointer(&fn)))(*f)
}

// closure returns the pointer that stands for function value f.
func closure(f func(frame) frame) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&f)) }

func (v Value) call(op string, in []Value) []Value {
	t := (*funcType)(unsafe.Pointer(v.typ()))
	var f frame
	var fn unsafe.Pointer
	i := uintptr(0)
	switch {
	case v.flag&flagMethod != 0:
		_, t, fn = methodReceiver(op, v, int(v.flag)>>flagMethodShift)
		storeRcvr(v, unsafe.Pointer(&f[0]))
		i = 1
	case v.flag&flagIndir != 0:
		fn = *(*unsafe.Pointer)(v.ptr)
	default:
		fn = v.ptr
	}
	if fn == nil {
		panic("reflect.Value.Call: call of nil function")
	}
	for j, arg := range callArgs(op, t, in) {
		arg.mustBeExported()
		i = f.putValue(i, t.In(j), arg.assignTo("reflect.Value.Call", t.In(j), nil))
	}
	f.invoke(fn)
	out := make([]Value, t.NumOut())
	i = 0
	for j := range out {
		out[j], i = f.get(i, t.Out(j))
	}
	return out
}

// callArgs checks the arguments against the parameters and gathers those of a
// variadic one.
func callArgs(op string, t *funcType, in []Value) []Value {
	fixed := t.NumIn()
	if op == "CallSlice" && !t.IsVariadic() {
		panic("reflect: CallSlice of non-variadic function")
	}
	gather := t.IsVariadic() && op != "CallSlice"
	if gather {
		fixed--
	}
	if len(in) < fixed {
		panic("reflect: " + op + " with too few input arguments")
	}
	if len(in) > fixed && !gather {
		panic("reflect: " + op + " with too many input arguments")
	}
	for _, x := range in {
		if x.Kind() == Invalid {
			panic("reflect: " + op + " using zero Value argument")
		}
	}
	for i, x := range in[:fixed] {
		if !x.Type().AssignableTo(toRType(t.In(i))) {
			panic("reflect: " + op + " using " + x.Type().String() + " as type " + stringFor(t.In(i)))
		}
	}
	if !gather {
		return in
	}
	rest := MakeSlice(toRType(t.In(fixed)), len(in)-fixed, len(in)-fixed)
	elem := rest.Type().Elem()
	for i, x := range in[fixed:] {
		if !x.Type().AssignableTo(elem) {
			panic("reflect: cannot use " + x.Type().String() + " as type " + elem.String() + " in " + op)
		}
		rest.Index(i).Set(x)
	}
	return append(in[:fixed:fixed], rest)
}

// MakeFunc returns a function of type typ that runs fn.
func MakeFunc(typ Type, fn func(args []Value) (results []Value)) Value {
	if typ.Kind() != Func {
		panic("reflect: call of MakeFunc with non-Func type")
	}
	t := (*funcType)(unsafe.Pointer(typ.common()))
	stub := func(f frame) frame {
		f.serve(t, fn)
		return f
	}
	return Value{&t.Type, closure(stub), flag(Func)}
}

// serve answers a call to a function of type t with what fn returns.
func (f *frame) serve(t *funcType, fn func([]Value) []Value) {
	in := make([]Value, t.NumIn())
	i := uintptr(0)
	for j := range in {
		in[j], i = f.get(i, t.In(j))
	}
	out := fn(in)
	if len(out) != t.NumOut() {
		panic("reflect: wrong return count from function created by MakeFunc")
	}
	i = 0
	for j, v := range out {
		if v.typ() == nil {
			panic("reflect: function created by MakeFunc using " + funcName(fn) + " returned zero Value")
		}
		if v.flag&flagRO != 0 {
			panic("reflect: function created by MakeFunc using " + funcName(fn) +
				" returned value obtained from unexported field")
		}
		i = f.putValue(i, t.Out(j), v.assignTo("reflect.MakeFunc", t.Out(j), nil))
	}
}

// makeMethodValue turns a method value into a function.
func makeMethodValue(op string, v Value) Value {
	if v.flag&flagMethod == 0 {
		panic("reflect: internal error: invalid use of makeMethodValue")
	}
	rcvr := Value{v.typ(), v.ptr, v.flag&(flagRO|flagAddr|flagIndir) | flag(v.typ().Kind())}
	method := int(v.flag) >> flagMethodShift
	methodReceiver(op, rcvr, method) // panics early
	stub := func(args frame) frame {
		var f frame
		_, _, fn := methodReceiver("call", rcvr, method)
		storeRcvr(rcvr, unsafe.Pointer(&f[0]))
		copy(f[1:], args[:])
		f.invoke(fn)
		return f
	}
	t := v.Type().(*rtype)
	return Value{t.common(), closure(stub), v.flag&flagRO | flag(Func)}
}

// methodValueCallCodePtr is what Pointer answers for every method value.
func methodValueCallCodePtr() uintptr { return abi.FuncPCABIInternal(storeRcvr) }
