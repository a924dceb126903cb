package rtype

import (
	"bytes"

	"gopark/sim/mem"
)

// Bits of a name's first byte (internal/abi.Name).
const (
	nameExported = 1 << 0
	nameTag      = 1 << 1 // tag data follows the name
	namePkgPath  = 1 << 2 // a NameOff of the package path follows
	nameEmbedded = 1 << 3
)

// A Name is an abi.Name in memory: a byte of bits, then a varint length and
// the bytes of the name, the same of the tag, and a package path's NameOff.
type Name struct {
	Mem  *mem.Memory
	Addr Addr // 0: no name
}

// nameAt resolves a NameOff: an offset from the arena's start, 0 for none.
func nameAt(m *mem.Memory, off uint32) Name {
	if off == 0 {
		return Name{m, 0}
	}
	return Name{m, mem.Base + uint64(off)}
}

// Bytes returns the name's bytes, shared with the arena.
func (n Name) Bytes() []byte {
	if n.Addr == 0 {
		return nil
	}
	a, l := n.varint(n.Addr + 1)
	return n.Mem.Bytes(a, l)
}

// String returns the name.
func (n Name) String() string { return string(n.Bytes()) }

// Exported reports that the name may be used from other packages.
func (n Name) Exported() bool { return n.bit(nameExported) }

// Embedded reports an embedded field.
func (n Name) Embedded() bool { return n.bit(nameEmbedded) }

// Blank reports the name _.
func (n Name) Blank() bool { b := n.Bytes(); return len(b) == 1 && b[0] == '_' }

// Tag returns a field's tag.
func (n Name) Tag() string {
	if !n.bit(nameTag) {
		return ""
	}
	a, l := n.varint(n.Addr + 1)
	a, l = n.varint(a + l)
	return n.Mem.String(a, l)
}

// PkgPath returns the package path written with the name, nil if none.
func (n Name) PkgPath() []byte {
	if !n.bit(namePkgPath) {
		return nil
	}
	a, l := n.varint(n.Addr + 1)
	a += l
	if n.bit(nameTag) {
		a, l = n.varint(a)
		a += l
	}
	return nameAt(n.Mem, n.Mem.U32(a)).Bytes()
}

func (n Name) bit(b uint8) bool { return n.Addr != 0 && n.Mem.U8(n.Addr)&b != 0 }

// varint returns the number written at a and the address behind it.
func (n Name) varint(a Addr) (Addr, uint64) {
	v := uint64(0)
	for shift := 0; shift < 63; shift += 7 {
		x := n.Mem.U8(a)
		a++
		v |= uint64(x&0x7f) << shift
		if x&0x80 == 0 {
			break
		}
	}
	return a, v
}

// A Method is a method of a concrete type.
type Method struct {
	Name Name
	Type Addr   // of its func type without receiver; 0 if the linker dropped it
	Ifn  uint32 // entry pc when called through an interface
	Tfn  uint32 // entry pc when called on the type
}

// NumMethod returns the number of a concrete type's methods, those that are
// not exported included.
func (t Type) NumMethod() int {
	if t.Flags()&FlagUncommon == 0 {
		return 0
	}
	return int(t.Mem.U16(t.uncommon() + 4))
}

// Method returns a concrete type's method i. Methods are sorted by name.
func (t Type) Method(i int) Method {
	u := t.uncommon()
	a := u + uint64(t.Mem.U32(u+8)) + uint64(i)*methodSize
	m := Method{
		Name: nameAt(t.Mem, t.Mem.U32(a)),
		Ifn:  t.Mem.U32(a + 8),
		Tfn:  t.Mem.U32(a + 12),
	}
	if off := int32(t.Mem.U32(a + 4)); off > 0 {
		m.Type = mem.Base + uint64(off)
	}
	return m
}

// NumImethod returns the number of an interface type's methods.
func (t Type) NumImethod() int { return int(t.Mem.U64(t.Addr + offImethods + 8)) }

// Imethod returns the name and func type of an interface type's method i.
func (t Type) Imethod(i int) (Name, Addr) {
	a := t.Mem.U64(t.Addr+offImethods) + uint64(i)*imethodSize
	return nameAt(t.Mem, t.Mem.U32(a)), mem.Base + uint64(t.Mem.U32(a+4))
}

// sameMethod reports that concrete type t's method mt is the one that
// interface type it calls name with func type typ (runtime/iface.go:itabInit).
func sameMethod(it Type, name Name, typ Addr, t Type, mt Method) bool {
	if mt.Type != typ || !bytes.Equal(mt.Name.Bytes(), name.Bytes()) {
		return false
	}
	if mt.Name.Exported() {
		return true
	}
	return bytes.Equal(name.in(it.pkgName()), mt.Name.in(nameAt(t.Mem, t.Mem.U32(t.uncommon()))))
}

// in returns the path of the package that a name which isn't exported belongs
// to: its own, or that of the type it stands in.
func (n Name) in(typePkg Name) []byte {
	if p := n.PkgPath(); p != nil {
		return p
	}
	return typePkg.Bytes()
}

// pkgName is the package path in a struct or interface type.
func (t Type) pkgName() Name { return Name{t.Mem, t.Mem.U64(t.Addr + offPkgPath)} }
