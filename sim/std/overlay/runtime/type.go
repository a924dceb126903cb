//go:build gopark

package runtime

import (
	"internal/abi"
	"unsafe"
)

// memBase and textBase are where the machine's memory and code start: offsets
// in type descriptors count from there.
const (
	memBase  uintptr = 0xc000000000
	textBase uintptr = 0x400000
)

func nameAt(off abi.NameOff) abi.Name {
	return abi.Name{Bytes: (*byte)(unsafe.Pointer(memBase + uintptr(off)))}
}

// typeString is how reflect and panics print t.
func typeString(t *abi.Type) string {
	s := nameAt(t.Str).Name()
	if t.TFlag&abi.TFlagExtraStar != 0 {
		return s[1:]
	}
	return s
}

func typePkgPath(t *abi.Type) string {
	if u := t.Uncommon(); u != nil {
		return nameAt(u.PkgPath).Name()
	}
	switch t.Kind() {
	case abi.Struct:
		return (*abi.StructType)(unsafe.Pointer(t)).PkgPath.Name()
	case abi.Interface:
		return (*abi.InterfaceType)(unsafe.Pointer(t)).PkgPath.Name()
	}
	return ""
}

// missingMethod names the first method of interface type want that have lacks.
// Both lists are sorted by name.
func missingMethod(have, want *abi.Type) string {
	var methods []abi.Method
	if u := have.Uncommon(); u != nil {
		methods = u.Methods()
	}
	inter := (*abi.InterfaceType)(unsafe.Pointer(want))
	for i := range inter.Methods {
		m := &inter.Methods[i]
		name := nameAt(m.Name)
		found := false
		for j := range methods {
			if nameAt(methods[j].Name).Name() == name.Name() && methods[j].Mtyp == m.Typ {
				found = true
				break
			}
		}
		if !found {
			return name.Name()
		}
	}
	return ""
}

// typeEqual and typeHash are what descriptors' Equal and Hasher closures run;
// the closure's captured word is the type.
func typeEqual(p, q unsafe.Pointer) bool

func typeHash(p unsafe.Pointer, seed uintptr) uintptr

// typehash hashes the value of type t at p. It panics for dynamic types that
// are not comparable.
func typehash(t *abi.Type, p unsafe.Pointer, seed uintptr) uintptr

// ifaceE2I stores src, whose dynamic type must implement it, as a value of
// interface type t at dst. It panics as a failed assertion does.
func ifaceE2I(t *abi.Type, src any, dst unsafe.Pointer)

func chanlen(c unsafe.Pointer) int

func maplen(m unsafe.Pointer) int

// eface is the layout of an empty interface.
type eface struct {
	typ  *abi.Type
	data unsafe.Pointer
}

// What instructions leave to natives.

func complex128div(n, m complex128) complex128

func fmin32(x, y float32) float32

func fmin64(x, y float64) float64

func fmax32(x, y float32) float32

func fmax64(x, y float64) float64

// zerobase is where all objects of size zero are.
var zerobase uintptr

// memhash hashes n bytes at p.
func memhash(p unsafe.Pointer, seed, n uintptr) uintptr
