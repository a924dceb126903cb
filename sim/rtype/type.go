// Package rtype reads Go's type descriptors where they lie in simulated
// memory, in the layouts of internal/abi, and compares, hashes and prints
// values by them. It knows nothing of goroutines, maps' insides or bytecode,
// and keeps no state.
package rtype

import "gopark/sim/mem"

// Addr is an address in simulated memory.
type Addr = mem.Addr

// Kind is the kind of a type (internal/abi.Kind).
type Kind uint8

// The kinds.
const (
	Invalid Kind = iota
	Bool
	Int
	Int8
	Int16
	Int32
	Int64
	Uint
	Uint8
	Uint16
	Uint32
	Uint64
	Uintptr
	Float32
	Float64
	Complex64
	Complex128
	Array
	Chan
	Func
	Interface
	Map
	Pointer
	Slice
	String
	Struct
	UnsafePointer

	NumKinds
)

// Flags of a type (internal/abi.TFlag).
const (
	FlagUncommon      = 1 << 0 // an UncommonType follows
	FlagExtraStar     = 1 << 1 // the string has a * to drop
	FlagNamed         = 1 << 2
	FlagRegularMemory = 1 << 3 // equality is equality of bytes
	FlagDirectIface   = 1 << 5 // pointer-shaped: an interface's data word is the value
)

// Offsets in abi.Type, and of what follows it kind by kind.
const (
	offSize     = 0
	offPtrBytes = 8
	offHash     = 16
	offTFlag    = 20
	offAlign    = 21
	offKind     = 23
	offEqual    = 24
	offStr      = 40
	offPtrTo    = 44

	// TypeSize is the size of abi.Type, the head of every descriptor.
	TypeSize = 48

	offElem       = 48 // Array, Chan, Pointer, Slice: Elem
	offArrayLen   = 64
	offChanDir    = 56
	offMapKey     = 48
	offMapElem    = 56
	offFuncIn     = 48
	offFuncOut    = 50
	offPkgPath    = 48 // Struct, Interface
	offFields     = 56 // Struct: []StructField
	offImethods   = 56 // Interface: []Imethod
	fieldSize     = 24
	uncommonSize  = 16
	methodSize    = 16
	imethodSize   = 8
	structHead    = 80
	interfaceHead = 80
)

// uncommonAt is where the UncommonType of a descriptor starts, by kind.
var uncommonAt = [NumKinds]uint64{
	Array: 72, Chan: 64, Func: 56, Interface: interfaceHead, Map: 112, Pointer: 56, Slice: 56, Struct: structHead,
}

// A Type is a descriptor in memory.
type Type struct {
	Mem  *mem.Memory
	Addr Addr
}

// At returns the descriptor at a.
func At(m *mem.Memory, a Addr) Type { return Type{m, a} }

// IsNil reports that there is no descriptor.
func (t Type) IsNil() bool { return t.Addr == 0 }

// Size returns the size of a value in bytes.
func (t Type) Size() uint64 { return t.Mem.U64(t.Addr + offSize) }

// PtrBytes returns how many leading bytes of a value can hold pointers.
func (t Type) PtrBytes() uint64 { return t.Mem.U64(t.Addr + offPtrBytes) }

// Hash returns the hash of the type itself.
func (t Type) Hash() uint32 { return t.Mem.U32(t.Addr + offHash) }

// Flags returns the type's Flag bits.
func (t Type) Flags() uint8 { return t.Mem.U8(t.Addr + offTFlag) }

// Align returns the alignment of a variable in bytes.
func (t Type) Align() uint64 { return uint64(t.Mem.U8(t.Addr + offAlign)) }

// Kind returns the type's kind.
func (t Type) Kind() Kind {
	if k := Kind(t.Mem.U8(t.Addr + offKind)); k < NumKinds {
		return k
	}
	return Invalid
}

// Direct reports that an interface's data word is the value itself, not its
// address: the type is pointer-shaped.
func (t Type) Direct() bool { return t.Flags()&FlagDirectIface != 0 }

// Comparable reports that values can be compared with ==. A comparison may
// still panic where an interface holds something else.
func (t Type) Comparable() bool { return t.Mem.U64(t.Addr+offEqual) != 0 }

// Named reports a defined (or predeclared) type.
func (t Type) Named() bool { return t.Flags()&FlagNamed != 0 }

// Elem returns the element type of an array, channel, map, pointer or slice.
func (t Type) Elem() Type {
	switch t.Kind() {
	case Array, Chan, Pointer, Slice:
		return t.at(offElem)
	case Map:
		return t.at(offMapElem)
	}
	return Type{t.Mem, 0}
}

// Key returns a map's key type.
func (t Type) Key() Type { return t.at(offMapKey) }

// Len returns an array's length.
func (t Type) Len() uint64 { return t.Mem.U64(t.Addr + offArrayLen) }

// ChanDir returns a channel's directions: 1 receive, 2 send, 3 both.
func (t Type) ChanDir() uint64 { return t.Mem.U64(t.Addr + offChanDir) }

// NumIn returns the number of a function's parameters.
func (t Type) NumIn() int { return int(t.Mem.U16(t.Addr + offFuncIn)) }

// NumOut returns the number of a function's results.
func (t Type) NumOut() int { return int(t.Mem.U16(t.Addr+offFuncOut) & (1<<15 - 1)) }

// Variadic reports that a function's last parameter is variadic.
func (t Type) Variadic() bool { return t.Mem.U16(t.Addr+offFuncOut)>>15 != 0 }

// In returns a function's parameter type i.
func (t Type) In(i int) Type { return t.at(t.paramsAt() + 8*uint64(i)) }

// Out returns a function's result type i.
func (t Type) Out(i int) Type { return t.at(t.paramsAt() + 8*uint64(t.NumIn()+i)) }

func (t Type) paramsAt() uint64 {
	if t.Flags()&FlagUncommon != 0 {
		return uncommonAt[Func] + uncommonSize
	}
	return uncommonAt[Func]
}

// A Field is a field of a struct type.
type Field struct {
	Name   Name
	Type   Type
	Offset uint64
}

// NumField returns the number of a struct's fields.
func (t Type) NumField() int { return int(t.Mem.U64(t.Addr + offFields + 8)) }

// Field returns a struct's field i.
func (t Type) Field(i int) Field {
	a := t.Mem.U64(t.Addr+offFields) + uint64(i)*fieldSize
	return Field{
		Name:   Name{t.Mem, t.Mem.U64(a)},
		Type:   Type{t.Mem, t.Mem.U64(a + 8)},
		Offset: t.Mem.U64(a + 16),
	}
}

// String returns the type's name as reflect prints it: package-qualified by
// the package's name.
func (t Type) String() string {
	s := nameAt(t.Mem, t.Mem.U32(t.Addr+offStr)).String()
	if t.Flags()&FlagExtraStar != 0 && s != "" {
		return s[1:]
	}
	return s
}

// PtrTo returns the descriptor of the pointer to t if the program has one.
func (t Type) PtrTo() Type {
	if off := t.Mem.U32(t.Addr + offPtrTo); off != 0 {
		return Type{t.Mem, mem.Base + uint64(off)}
	}
	return Type{t.Mem, 0}
}

// PkgPath returns the import path of the package that declares the type; ""
// if it is predeclared or has no name.
func (t Type) PkgPath() string {
	if t.Flags()&FlagUncommon != 0 {
		return nameAt(t.Mem, t.Mem.U32(t.uncommon())).String()
	}
	switch t.Kind() {
	case Struct, Interface:
		return t.pkgName().String()
	}
	return ""
}

func (t Type) at(off uint64) Type { return Type{t.Mem, t.Mem.U64(t.Addr + off)} }

func (t Type) uncommon() Addr {
	if at := uncommonAt[t.Kind()]; at != 0 {
		return t.Addr + at
	}
	return t.Addr + TypeSize
}
