package rtype

import (
	"bytes"

	"gopark/sim/code"
	"gopark/sim/mem"
)

// The layout of abi.ITab.
const (
	ITabInter = 0
	ITabType  = 8
	ITabHash  = 16
	ITabFun   = 24
)

// ITabSize returns the size in bytes of an itab for interface type inter.
func ITabSize(m *mem.Memory, inter Addr) uint64 {
	return ITabFun + 8*uint64(max(1, At(m, inter).NumImethod()))
}

// Implements looks for interface type inter's methods in concrete type typ and
// calls found with each one's number and entry pc. It returns the name of the
// first that is missing, "" if there is none.
func Implements(m *mem.Memory, inter, typ Addr, found func(i int, entry uint32)) (missing string) {
	it, t := At(m, inter), At(m, typ)
	n := t.NumMethod()
	next := 0 // both lists are sorted the same way: go on where the last was found
	for i := range it.NumImethod() {
		name, ftyp := it.Imethod(i)
		j := findMethod(it, name, ftyp, t, next, n)
		if j < 0 {
			j = findMethod(it, name, ftyp, t, 0, next)
		}
		if j < 0 {
			return name.String()
		}
		if found != nil {
			found(i, t.Method(j).Ifn)
		}
		next = j + 1
	}
	return ""
}

func findMethod(it Type, name Name, ftyp Addr, t Type, from, to int) int {
	for j := from; j < to; j++ {
		if sameMethod(it, name, ftyp, t, t.Method(j)) {
			return j
		}
	}
	return -1
}

// InterfaceHas reports that interface type sub has every method of interface
// type inter, and otherwise names one that is missing.
func InterfaceHas(m *mem.Memory, inter, sub Addr) (missing string) {
	it, st := At(m, inter), At(m, sub)
	for i := range it.NumImethod() {
		name, ftyp := it.Imethod(i)
		if !hasImethod(it, name, ftyp, st) {
			return name.String()
		}
	}
	return ""
}

func hasImethod(it Type, name Name, ftyp Addr, st Type) bool {
	for j := range st.NumImethod() {
		n, f := st.Imethod(j)
		if f == ftyp && bytes.Equal(n.Bytes(), name.Bytes()) &&
			(n.Exported() || bytes.Equal(n.in(st.pkgName()), name.in(it.pkgName()))) {
			return true
		}
	}
	return false
}

// BuildITab writes the itab of concrete type typ for interface type inter to
// dst, ITabSize bytes of zeros, unless a method is missing; then it returns
// the method's name. An entry of Fun is code.TextBase plus the entry pc.
func BuildITab(m *mem.Memory, dst, inter, typ Addr) (missing string) {
	missing = Implements(m, inter, typ, func(i int, entry uint32) {
		m.PutU64(dst+ITabFun+8*uint64(i), code.TextBase+uint64(entry))
	})
	if missing != "" {
		return missing
	}
	m.PutU64(dst+ITabInter, inter)
	m.PutU64(dst+ITabType, typ)
	m.PutU32(dst+ITabHash, At(m, typ).Hash())
	return ""
}
