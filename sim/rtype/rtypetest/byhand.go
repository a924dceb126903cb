package rtypetest

import (
	"gopark/sim/mem"
	"gopark/sim/rtype"
)

// Types that the host's reflection can't make: with methods that are not
// exported.

// PkgName writes the abi.Name of something unexported, with the path of its
// package unless that is "", and returns its NameOff.
func (e *Encoder) PkgName(name, pkg string) uint32 {
	if pkg == "" {
		return e.Name(name, "", false, false)
	}
	b := append(varint([]byte{4}, len(name)), name...)
	a := e.Alloc(uint64(len(b)+4), 0)
	copy(e.Mem.Bytes(a, uint64(len(b))), b)
	e.Mem.PutU32(a+uint64(len(b)), e.Name(pkg, "", false, false))
	return uint32(a - mem.Base)
}

// ConcreteType writes a named int of package pkg with one method, whose entry
// pc is 7.
func (e *Encoder) ConcreteType(pkg string, method uint32, ftype mem.Addr) mem.Addr {
	m := e.Mem
	a := e.Alloc(48+16+16, 0)
	m.PutU64(a, 8)
	m.PutU8(a+20, rtype.FlagUncommon|rtype.FlagNamed|rtype.FlagRegularMemory)
	m.PutU8(a+23, uint8(rtype.Int))
	m.PutU32(a+48, e.Name(pkg, "", false, false))
	m.PutU16(a+52, 1)
	m.PutU32(a+56, 16)
	m.PutU32(a+64, method)
	m.PutU32(a+68, uint32(ftype-mem.Base))
	m.PutU32(a+72, 7)
	return a
}

// InterfaceType writes an interface type of package pkg with one method.
func (e *Encoder) InterfaceType(pkg string, method uint32, ftype mem.Addr) mem.Addr {
	m := e.Mem
	a := e.Alloc(80+8, 0)
	m.PutU64(a, 16)
	m.PutU8(a+23, uint8(rtype.Interface))
	m.PutU64(a+48, mem.Base+uint64(e.Name(pkg, "", false, false)))
	e.slice(a+56, a+80, 1)
	m.PutU32(a+80, method)
	m.PutU32(a+84, uint32(ftype-mem.Base))
	return a
}
