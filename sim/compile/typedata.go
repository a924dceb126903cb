package compile

import (
	"encoding/binary"
	"go/types"
	"hash/fnv"
	"sort"

	"gopark/sim/code"
)

// Kinds and flags of internal/abi.
const (
	kindBool = iota + 1
	kindInt
	kindInt8
	kindInt16
	kindInt32
	kindInt64
	kindUint
	kindUint8
	kindUint16
	kindUint32
	kindUint64
	kindUintptr
	kindFloat32
	kindFloat64
	kindComplex64
	kindComplex128
	kindArray
	kindChan
	kindFunc
	kindInterface
	kindMap
	kindPointer
	kindSlice
	kindString
	kindStruct
	kindUnsafePointer

	flagUncommon    = 1 << 0
	flagNamed       = 1 << 2
	flagRegular     = 1 << 3
	flagDirectIface = 1 << 5

	typeSize     = 48
	uncommonSize = 16
)

var basicKinds = map[types.BasicKind]byte{
	types.Bool: kindBool, types.Int: kindInt, types.Int8: kindInt8, types.Int16: kindInt16, types.Int32: kindInt32,
	types.Int64: kindInt64, types.Uint: kindUint, types.Uint8: kindUint8, types.Uint16: kindUint16, types.Uint32: kindUint32,
	types.Uint64: kindUint64, types.Uintptr: kindUintptr, types.Float32: kindFloat32, types.Float64: kindFloat64,
	types.Complex64: kindComplex64, types.Complex128: kindComplex128, types.String: kindString, types.UnsafePointer: kindUnsafePointer,
}

// A blob is a data symbol being written.
type blob struct {
	d *code.Data
}

func (b *blob) u8(v byte)    { b.d.Bytes = append(b.d.Bytes, v) }
func (b *blob) u16(v uint16) { b.d.Bytes = binary.LittleEndian.AppendUint16(b.d.Bytes, v) }
func (b *blob) u32(v uint32) { b.d.Bytes = binary.LittleEndian.AppendUint32(b.d.Bytes, v) }
func (b *blob) u64(v uint64) { b.d.Bytes = binary.LittleEndian.AppendUint64(b.d.Bytes, v) }

func (b *blob) ref(kind code.RelocKind, sym string, add int64) {
	b.d.Relocs = append(b.d.Relocs, code.Reloc{At: uint32(len(b.d.Bytes)), Kind: kind, Sym: sym, Add: add})
	if kind == code.RelOff || kind == code.RelText {
		b.u32(0)
	} else {
		b.u64(0)
	}
}

func (b *blob) addr(sym string) {
	if sym == "" {
		b.u64(0)
	} else {
		b.ref(code.RelAddr, sym, 0)
	}
}

// readOnly begins a read-only DupOK symbol; nil if it exists already.
func (c *compiler) readOnly(sym string, align uint8) *blob {
	if c.data[sym] {
		return nil
	}
	c.data[sym] = true
	d := &code.Data{Sym: sym, Align: align, RO: true, DupOK: true}
	c.obj.Data = append(c.obj.Data, d)
	return &blob{d}
}

func (b *blob) done() { b.d.Size = uint64(len(b.d.Bytes)) }

// nameData is an abi.Name (internal/abi/type.go:Name).
func (c *compiler) nameData(name, tag string, exported, embedded bool, pkg *types.Package) string {
	path := ""
	if pkg != nil {
		path = pkg.Path()
	}
	flag := byte(0)
	if exported {
		flag |= 1
	}
	if tag != "" {
		flag |= 2
	}
	if path != "" {
		flag |= 4
	}
	if embedded {
		flag |= 8
	}
	sym := "name:" + string('0'+rune(flag)) + name + "\x00" + tag + "\x00" + path
	b := c.readOnly(sym, 1)
	if b == nil {
		return sym
	}
	b.u8(flag)
	b.d.Bytes = binary.AppendUvarint(b.d.Bytes, uint64(len(name)))
	b.d.Bytes = append(b.d.Bytes, name...)
	if tag != "" {
		b.d.Bytes = binary.AppendUvarint(b.d.Bytes, uint64(len(tag)))
		b.d.Bytes = append(b.d.Bytes, tag...)
	}
	if path != "" {
		b.ref(code.RelOff, c.nameData(path, "", false, false, nil), 0)
	}
	b.done()
	return sym
}

// typeDesc makes sure that t's descriptor is in the object and returns its
// symbol.
func (c *compiler) typeDesc(t types.Type) string {
	t = types.Unalias(t)
	full := c.typeString(t)
	sym := "type:" + full
	b := c.readOnly(sym, 8)
	if b == nil {
		return sym
	}
	hash := fnv.New32a()
	hash.Write([]byte(full))
	methods := c.methodSet(t)
	named, _ := t.(*types.Named)
	_, basic := t.(*types.Basic)
	unsafePtr := basic && t.(*types.Basic).Kind() == types.UnsafePointer
	uncommon := len(methods) > 0 || named != nil || unsafePtr
	flags := byte(0)
	if named != nil || basic {
		flags |= flagNamed
	}
	if uncommon {
		flags |= flagUncommon
	}
	if direct(t) {
		flags |= flagDirectIface
	}
	if c.regular(t) {
		flags |= flagRegular
	}
	ptrs := c.pointerWords(t)
	b.u64(uint64(c.sizes.Sizeof(t)))
	b.u64(uint64(ptrs.prefix() * 8))
	b.u32(hash.Sum32())
	b.u8(flags)
	b.u8(uint8(c.sizes.Alignof(t)))
	b.u8(uint8(c.sizes.Alignof(t)))
	b.u8(c.kind(t))
	if types.Comparable(t) {
		b.addr(c.typeClosure("eq:", "runtime.typeEqual", sym))
	} else {
		b.u64(0)
	}
	b.addr(c.pointerMask(ptrs))
	b.ref(code.RelOff, c.nameData(c.reflectString(t), "", named == nil || named.Obj().Exported(), false, nil), 0)
	if named != nil {
		b.ref(code.RelOff, c.typeDesc(types.NewPointer(t)), 0)
	} else {
		b.u32(0)
	}
	c.kindData(b, t, uncommon, len(methods))
	if uncommon {
		c.uncommon(b, named, methods)
	}
	b.done()
	return sym
}

func (c *compiler) kind(t types.Type) byte {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return basicKinds[u.Kind()]
	case *types.Array:
		return kindArray
	case *types.Chan:
		return kindChan
	case *types.Signature:
		return kindFunc
	case *types.Interface:
		return kindInterface
	case *types.Map:
		return kindMap
	case *types.Pointer:
		return kindPointer
	case *types.Slice:
		return kindSlice
	case *types.Struct:
		return kindStruct
	}
	return 0
}

// typeClosure is a closure over a type of what does something with its values:
// abi.Type.Equal and abi.MapType.Hasher.
func (c *compiler) typeClosure(prefix, native, typ string) string {
	sym := prefix + typ
	if b := c.readOnly(sym, 8); b != nil {
		b.ref(code.RelEntry, native, 0)
		b.addr(typ)
		b.done()
	}
	return sym
}

// regular reports whether equality and hash of t are those of its bytes.
func (c *compiler) regular(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&(types.IsFloat|types.IsComplex|types.IsString) == 0
	case *types.Pointer, *types.Chan:
		return true
	case *types.Array:
		return c.regular(u.Elem())
	case *types.Struct:
		end := int64(0)
		for i := range u.NumFields() {
			f := u.Field(i)
			if f.Name() == "_" || !c.regular(f.Type()) || c.fieldOffset(t, i) != end {
				return false
			}
			end += c.sizes.Sizeof(f.Type())
		}
		return end == c.sizes.Sizeof(t)
	}
	return false
}

// sortedMethods are an interface's methods in the order of its itabs:
// exported ones first, then by name and package (cmd/compile's Sym.Less).
func sortedMethods(t *types.Interface) []*types.Func {
	ms := make([]*types.Func, t.NumMethods())
	for i := range ms {
		ms[i] = t.Method(i)
	}
	sort.Slice(ms, func(i, j int) bool { return methodLess(ms[i], ms[j]) })
	return ms
}

func methodLess(a, b *types.Func) bool {
	if a.Exported() != b.Exported() {
		return a.Exported()
	}
	if a.Name() != b.Name() {
		return a.Name() < b.Name()
	}
	return !a.Exported() && a.Pkg().Path() < b.Pkg().Path()
}

// reflectString is the type's name as reflect prints it.
func (c *compiler) reflectString(t types.Type) string {
	var b stringBuilder
	c.writeType(&b, t, false)
	return b.String()
}
