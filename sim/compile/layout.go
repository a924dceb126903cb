package compile

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A class says how a value of some type sits in slots; see package code.
type class struct {
	scalar bool
	size   int // bytes in memory
	signed bool
	float  bool
}

var basicClass = map[types.BasicKind]class{
	types.Bool: {true, 1, false, false}, types.UntypedBool: {true, 1, false, false},
	types.Int: {true, 8, true, false}, types.Int8: {true, 1, true, false}, types.Int16: {true, 2, true, false},
	types.Int32: {true, 4, true, false}, types.Int64: {true, 8, true, false},
	types.Uint: {true, 8, false, false}, types.Uint8: {true, 1, false, false}, types.Uint16: {true, 2, false, false},
	types.Uint32: {true, 4, false, false}, types.Uint64: {true, 8, false, false}, types.Uintptr: {true, 8, false, false},
	types.Float32: {true, 4, false, true}, types.Float64: {true, 8, false, true},
	types.UnsafePointer: {true, 8, false, false}, types.UntypedNil: {true, 8, false, false},
	types.UntypedInt: {true, 8, true, false}, types.UntypedRune: {true, 4, true, false}, types.UntypedFloat: {true, 8, false, true},
	types.Complex64: {size: 8}, types.Complex128: {size: 16}, types.UntypedComplex: {size: 16},
	types.String: {size: 16}, types.UntypedString: {size: 16},
}

// classOf is the class of a type that values have.
func (c *compiler) classOf(t types.Type) class {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return basicClass[u.Kind()]
	case *types.Pointer, *types.Chan, *types.Map, *types.Signature:
		return class{scalar: true, size: 8}
	case *types.Slice:
		return class{size: 24}
	case *types.Interface:
		return class{size: 16}
	case *types.Tuple:
		return class{size: 8 * c.slots(t)}
	case *types.Struct, *types.Array:
		return class{size: int(c.sizes.Sizeof(t))}
	}
	return class{}
}

// slots is how many slots a value of type t takes.
func (c *compiler) slots(t types.Type) int {
	if tuple, ok := t.(*types.Tuple); ok {
		n := 0
		for i := range tuple.Len() {
			n += c.slots(tuple.At(i).Type())
		}
		return n
	}
	cl := c.classOf(t)
	if cl.scalar {
		return 1
	}
	return (cl.size + 7) / 8
}

// valueSlots is slots for what an instruction defines, iterators included.
func (c *compiler) valueSlots(v ssa.Value) int {
	switch v := v.(type) {
	case *ssa.Range:
		if isString(v.X.Type()) {
			return 3 // the string, and the position in it
		}
		return 1
	case *ssa.Next:
		if v.IsString {
			return 3
		}
		k, e := c.nextTypes(v)
		return 1 + c.slots(k) + c.slots(e)
	}
	return c.slots(v.Type())
}

// nextTypes are the key and element types of the map that a Next walks.
func (c *compiler) nextTypes(v *ssa.Next) (key, elem types.Type) {
	m := v.Iter.(*ssa.Range).X.Type().Underlying().(*types.Map)
	return m.Key(), m.Elem()
}

// tupleOffset is the slot of component i in a tuple value.
func (c *compiler) tupleOffset(v ssa.Value, i int) int {
	if n, ok := v.(*ssa.Next); ok {
		if n.IsString {
			return i
		}
		if i < 2 {
			return i
		}
		k, _ := c.nextTypes(n)
		return 1 + c.slots(k)
	}
	tuple := v.Type().(*types.Tuple)
	n := 0
	for j := range i {
		n += c.slots(tuple.At(j).Type())
	}
	return n
}

func (c *compiler) fieldOffset(t types.Type, i int) int64 {
	st := t.Underlying().(*types.Struct)
	if offs := c.offsets[st]; offs != nil {
		return offs[i]
	}
	fields := make([]*types.Var, st.NumFields())
	for j := range fields {
		fields[j] = st.Field(j)
	}
	c.offsets[st] = c.sizes.Offsetsof(fields)
	return c.offsets[st][i]
}

func elemOf(t types.Type) types.Type {
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return u.Elem()
	case *types.Slice:
		return u.Elem()
	case *types.Array:
		return u.Elem()
	case *types.Chan:
		return u.Elem()
	case *types.Map:
		return u.Elem()
	}
	return nil
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

func isComplex(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsComplex != 0
}

func isFloat(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsFloat != 0
}

func isEmptyInterface(t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	return ok && i.NumMethods() == 0
}

// direct reports whether an interface holds values of type t in its data word
// (pointer-shaped types, internal/abi.TFlagDirectIface).
func direct(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Chan, *types.Map, *types.Signature:
		return true
	case *types.Basic:
		return u.Kind() == types.UnsafePointer
	case *types.Struct:
		return u.NumFields() == 1 && direct(u.Field(0).Type())
	case *types.Array:
		return u.Len() == 1 && direct(u.Elem())
	}
	return false
}
