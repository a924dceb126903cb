package compile

import (
	"go/types"
	"sort"
	"strings"

	"gopark/sim/code"
)

type stringBuilder = strings.Builder

// kindData writes what follows abi.Type for t's kind.
func (c *compiler) kindData(b *blob, t types.Type, uncommon bool, methods int) {
	switch u := t.Underlying().(type) {
	case *types.Array:
		b.addr(c.typeDesc(u.Elem()))
		b.addr(c.typeDesc(types.NewSlice(u.Elem())))
		b.u64(uint64(u.Len()))
	case *types.Chan:
		b.addr(c.typeDesc(u.Elem()))
		b.u64([...]uint64{types.SendRecv: 3, types.SendOnly: 2, types.RecvOnly: 1}[u.Dir()])
	case *types.Signature:
		c.funcData(b, u, uncommon)
	case *types.Interface:
		c.interfaceData(b, t, u, uncommon)
	case *types.Map:
		c.mapData(b, u)
	case *types.Pointer:
		b.addr(c.typeDesc(u.Elem()))
	case *types.Slice:
		b.addr(c.typeDesc(u.Elem()))
	case *types.Struct:
		c.structData(b, t, u, uncommon)
	}
}

// funcData: the parameter types of a function follow its uncommon part.
func (c *compiler) funcData(b *blob, u *types.Signature, uncommon bool) {
	in, out := u.Params(), u.Results()
	b.u16(uint16(in.Len()))
	n := uint16(out.Len())
	if u.Variadic() {
		n |= 1 << 15
	}
	b.u16(n)
	b.u32(0)
	if uncommon { // written by typeDesc right here; the types come after it
		c.afterUncommon(b, func() { c.funcTypes(b, in, out) })
		return
	}
	c.funcTypes(b, in, out)
}

func (c *compiler) funcTypes(b *blob, in, out *types.Tuple) {
	for i := range in.Len() {
		b.addr(c.typeDesc(in.At(i).Type()))
	}
	for i := range out.Len() {
		b.addr(c.typeDesc(out.At(i).Type()))
	}
}

func (c *compiler) interfaceData(b *blob, t types.Type, u *types.Interface, uncommon bool) {
	ms := sortedMethods(u)
	path := ""
	if named, ok := t.(*types.Named); ok && named.Obj().Pkg() != nil {
		path = named.Obj().Pkg().Path()
	} else if len(ms) > 0 && !ms[len(ms)-1].Exported() {
		path = ms[len(ms)-1].Pkg().Path()
	}
	c.pkgName(b, path)
	at := len(b.d.Bytes) + 24
	if uncommon {
		at += uncommonSize
	}
	b.ref(code.RelAddr, b.d.Sym, int64(at))
	b.u64(uint64(len(ms)))
	b.u64(uint64(len(ms)))
	write := func() {
		for _, m := range ms {
			b.ref(code.RelOff, c.methodName(m), 0)
			b.ref(code.RelOff, c.typeDesc(withoutRecv(m.Type().(*types.Signature))), 0)
		}
	}
	if uncommon {
		c.afterUncommon(b, write)
		return
	}
	write()
}

func (c *compiler) pkgName(b *blob, path string) {
	if path == "" {
		b.u64(0)
		return
	}
	b.addr(c.nameData(path, "", false, false, nil))
}

func (c *compiler) methodName(m *types.Func) string {
	if m.Exported() {
		return c.nameData(m.Name(), "", true, false, nil)
	}
	return c.nameData(m.Name(), "", false, false, m.Pkg())
}

func withoutRecv(s *types.Signature) *types.Signature {
	return types.NewSignatureType(nil, nil, nil, s.Params(), s.Results(), s.Variadic())
}

// mapData writes the part of abi.MapType that package gomap and reflect read;
// the group layout is gomap's own business.
func (c *compiler) mapData(b *blob, u *types.Map) {
	key, elem := u.Key(), u.Elem()
	b.addr(c.typeDesc(key))
	b.addr(c.typeDesc(elem))
	b.u64(0)
	b.addr(c.typeClosure("hash:", "runtime.typeHash", "type:"+c.typeString(key)))
	b.u64(0)
	flags := uint32(0)
	slotKey, slotElem := key, elem
	if c.sizes.Sizeof(key) > 128 {
		flags |= 4
		slotKey = types.NewPointer(key)
	}
	if c.sizes.Sizeof(elem) > 128 {
		flags |= 8
		slotElem = types.NewPointer(elem)
	}
	slot := types.NewStruct([]*types.Var{
		types.NewField(0, nil, "Key", slotKey, false), types.NewField(0, nil, "Elem", slotElem, false)}, nil)
	b.u64(uint64(c.sizes.Sizeof(slot)))
	b.u64(uint64(c.fieldOffset(slot, 1)))
	if needKeyUpdate(key) {
		flags |= 1
	}
	if hashMightPanic(key) {
		flags |= 2
	}
	b.u32(flags)
	b.u32(0)
}

func needKeyUpdate(t types.Type) bool {
	return anyPart(t, func(t types.Type) bool {
		b, ok := t.(*types.Basic)
		_, iface := t.(*types.Interface)
		return iface || ok && b.Info()&(types.IsFloat|types.IsComplex|types.IsString) != 0
	})
}

func hashMightPanic(t types.Type) bool {
	return anyPart(t, func(t types.Type) bool { _, ok := t.(*types.Interface); return ok })
}

func anyPart(t types.Type, is func(types.Type) bool) bool {
	switch u := t.Underlying().(type) {
	case *types.Array:
		return anyPart(u.Elem(), is)
	case *types.Struct:
		for f := range u.Fields() {
			if anyPart(f.Type(), is) {
				return true
			}
		}
		return false
	default:
		return is(u)
	}
}

func (c *compiler) structData(b *blob, t types.Type, u *types.Struct, uncommon bool) {
	path := ""
	for f := range u.Fields() {
		if !f.Exported() && f.Pkg() != nil {
			path = f.Pkg().Path()
		}
	}
	c.pkgName(b, path)
	at := len(b.d.Bytes) + 24
	if uncommon {
		at += uncommonSize
	}
	n := u.NumFields()
	b.ref(code.RelAddr, b.d.Sym, int64(at))
	b.u64(uint64(n))
	b.u64(uint64(n))
	write := func() {
		for i := range n {
			f := u.Field(i)
			var pkg *types.Package
			if !f.Exported() {
				pkg = f.Pkg()
			}
			b.addr(c.nameData(f.Name(), u.Tag(i), f.Exported(), f.Embedded(), pkg))
			b.addr(c.typeDesc(f.Type()))
			b.u64(uint64(c.fieldOffset(t, i)))
		}
	}
	if uncommon {
		c.afterUncommon(b, write)
		return
	}
	write()
}

// afterUncommon has f write behind the UncommonType that typeDesc adds next.
func (c *compiler) afterUncommon(b *blob, f func()) { c.after = append(c.after, f) }

// methodSet is the method set of t in itab order; empty for interfaces.
func (c *compiler) methodSet(t types.Type) []*types.Selection {
	if types.IsInterface(t) {
		return nil
	}
	set := c.prog.MethodSets.MethodSet(t)
	sels := make([]*types.Selection, 0, set.Len())
	for i := range set.Len() {
		sels = append(sels, set.At(i))
	}
	sort.Slice(sels, func(i, j int) bool {
		return methodLess(sels[i].Obj().(*types.Func), sels[j].Obj().(*types.Func))
	})
	return sels
}

// uncommon writes abi.UncommonType, what was postponed, and the methods.
func (c *compiler) uncommon(b *blob, named *types.Named, methods []*types.Selection) {
	after := c.after
	c.after = nil
	if named != nil && named.Obj().Pkg() != nil {
		b.ref(code.RelOff, c.nameData(named.Obj().Pkg().Path(), "", false, false, nil), 0)
	} else if named == nil && len(methods) == 0 { // unsafe.Pointer is as good as declared
		b.ref(code.RelOff, c.nameData("unsafe", "", false, false, nil), 0)
	} else {
		b.u32(0)
	}
	exported := 0
	for _, m := range methods {
		if m.Obj().Exported() {
			exported++
		}
	}
	b.u16(uint16(len(methods)))
	b.u16(uint16(exported))
	moff := len(b.d.Bytes)
	b.u32(0)
	b.u32(0)
	start := moff - 8
	for _, f := range after {
		f()
	}
	off := uint32(len(b.d.Bytes) - start)
	b.d.Bytes[moff], b.d.Bytes[moff+1], b.d.Bytes[moff+2] = byte(off), byte(off>>8), byte(off>>16)
	for _, m := range methods {
		fn := c.prog.MethodValue(m)
		obj := m.Obj().(*types.Func)
		b.ref(code.RelOff, c.methodName(obj), 0)
		b.ref(code.RelOff, c.typeDesc(withoutRecv(m.Type().(*types.Signature))), 0)
		b.ref(code.RelText, c.ifaceMethod(m), 0)
		b.ref(code.RelText, c.want(fn), 0)
	}
}

// ifaceMethod is the function that an interface calls: its receiver is the
// data word, which points to the value unless the type is pointer-shaped.
func (c *compiler) ifaceMethod(sel *types.Selection) string {
	recv := sel.Recv()
	if direct(recv) {
		return c.want(c.prog.MethodValue(sel))
	}
	ptr := c.prog.MethodSets.MethodSet(types.NewPointer(recv)).Lookup(sel.Obj().Pkg(), sel.Obj().Name())
	return c.want(c.prog.MethodValue(ptr))
}

// itab makes sure that the itab of concrete for iface exists.
func (c *compiler) itab(concrete, iface types.Type) string {
	sym := "itab:" + c.typeString(concrete) + "," + c.typeString(iface)
	b := c.readOnly(sym, 8)
	if b == nil {
		return sym
	}
	b.addr(c.typeDesc(iface))
	b.addr(c.typeDesc(concrete))
	b.u64(0) // Hash: nobody reads it
	set := c.prog.MethodSets.MethodSet(concrete)
	for _, m := range sortedMethods(iface.Underlying().(*types.Interface)) {
		b.ref(code.RelEntry, c.ifaceMethod(set.Lookup(m.Pkg(), m.Name())), 0)
	}
	b.done()
	return sym
}
