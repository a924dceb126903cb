package compile

import (
	"fmt"
	"go/types"
	"strconv"
	"strings"
)

// writeType writes t. With full set, packages are written by path and local
// types with a number, so that equal strings mean identical types; without, as
// reflect prints it: by package name.
func (c *compiler) writeType(b *strings.Builder, t types.Type, full bool) {
	switch t := t.(type) {
	case *types.Basic:
		b.WriteString(basicName(t))
	case *types.Alias:
		c.writeType(b, types.Unalias(t), full)
	case *types.Named:
		c.writeNamed(b, t, full)
	case *types.Pointer:
		b.WriteByte('*')
		c.writeType(b, t.Elem(), full)
	case *types.Slice:
		b.WriteString("[]")
		c.writeType(b, t.Elem(), full)
	case *types.Array:
		fmt.Fprintf(b, "[%d]", t.Len())
		c.writeType(b, t.Elem(), full)
	case *types.Map:
		b.WriteString("map[")
		c.writeType(b, t.Key(), full)
		b.WriteByte(']')
		c.writeType(b, t.Elem(), full)
	case *types.Chan:
		c.writeChan(b, t, full)
	case *types.Signature:
		b.WriteString("func")
		c.writeSignature(b, t, full)
	case *types.Struct:
		c.writeStruct(b, t, full)
	case *types.Interface:
		c.writeInterface(b, t, full)
	case *types.Tuple:
		c.writeTuple(b, t, false, full)
	default:
		b.WriteString(types.TypeString(t, c.qualify))
	}
}

func basicName(t *types.Basic) string {
	switch t.Kind() {
	case types.UnsafePointer:
		return "unsafe.Pointer"
	case types.Byte:
		return "uint8"
	case types.Rune:
		return "int32"
	}
	return t.Name()
}

func (c *compiler) writeNamed(b *strings.Builder, t *types.Named, full bool) {
	if p := t.Obj().Pkg(); p != nil {
		if full {
			b.WriteString(p.Path())
		} else {
			b.WriteString(p.Name())
		}
		b.WriteByte('.')
	}
	b.WriteString(t.Obj().Name())
	args := c.ownerArgs(t.Obj())
	owners := len(args)
	for a := range t.TypeArgs().Types() {
		args = append(args[:len(args):len(args)], a)
	}
	for i, a := range args {
		switch i {
		case 0:
			b.WriteByte('[')
		case owners:
			b.WriteByte(';')
		default:
			b.WriteByte(',')
		}
		c.writeType(b, a, true) // reflect prints type arguments as the linker does
	}
	if len(args) > 0 {
		b.WriteByte(']')
	}
	if n := c.localNumber(t.Obj()); full && n > 0 {
		b.WriteString("·" + strconv.Itoa(n))
	}
}

func (c *compiler) writeChan(b *strings.Builder, t *types.Chan, full bool) {
	switch t.Dir() {
	case types.SendOnly:
		b.WriteString("chan<- ")
	case types.RecvOnly:
		b.WriteString("<-chan ")
	default:
		b.WriteString("chan ")
		if e, ok := types.Unalias(t.Elem()).(*types.Chan); ok && e.Dir() == types.RecvOnly {
			b.WriteByte('(')
			c.writeType(b, e, full)
			b.WriteByte(')')
			return
		}
	}
	c.writeType(b, t.Elem(), full)
}

func (c *compiler) writeSignature(b *strings.Builder, t *types.Signature, full bool) {
	c.writeTuple(b, t.Params(), t.Variadic(), full)
	switch r := t.Results(); r.Len() {
	case 0:
	case 1:
		b.WriteByte(' ')
		c.writeType(b, r.At(0).Type(), full)
	default:
		b.WriteByte(' ')
		c.writeTuple(b, r, false, full)
	}
}

func (c *compiler) writeTuple(b *strings.Builder, t *types.Tuple, variadic, full bool) {
	b.WriteByte('(')
	for i := range t.Len() {
		if i > 0 {
			b.WriteString(", ")
		}
		pt := t.At(i).Type()
		if s, ok := pt.(*types.Slice); ok && variadic && i == t.Len()-1 {
			b.WriteString("...")
			pt = s.Elem()
		}
		c.writeType(b, pt, full)
	}
	b.WriteByte(')')
}

func (c *compiler) writeStruct(b *strings.Builder, t *types.Struct, full bool) {
	b.WriteString("struct {")
	for i := range t.NumFields() {
		f := t.Field(i)
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteByte(' ')
		if !f.Embedded() {
			if full && !f.Exported() && f.Pkg() != nil {
				b.WriteString(f.Pkg().Path() + ".")
			}
			b.WriteString(f.Name() + " ")
		} else if full && !namesItself(f) {
			b.WriteString("? " + f.Name() + " ")
			if !f.Exported() && f.Pkg() != nil {
				b.WriteString("of " + f.Pkg().Path() + " ")
			}
		}
		c.writeType(b, f.Type(), full)
		if tag := t.Tag(i); tag != "" {
			b.WriteString(" " + strconv.Quote(tag))
		}
	}
	if t.NumFields() > 0 {
		b.WriteByte(' ')
	}
	b.WriteByte('}')
}

// namesItself reports that an embedded field's type says its name and the package
// that this belongs to: no alias was embedded, nor a type without a package.
func namesItself(f *types.Var) bool {
	t := f.Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := t.(*types.Named)
	return ok && named.Obj().Name() == f.Name() && (f.Exported() || named.Obj().Pkg() == f.Pkg())
}

func (c *compiler) writeInterface(b *strings.Builder, t *types.Interface, full bool) {
	if t.IsComparable() && t.NumMethods() == 0 {
		b.WriteString("comparable")
		return
	}
	b.WriteString("interface {")
	for i, m := range sortedMethods(t) {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteByte(' ')
		if !m.Exported() && m.Pkg() != nil {
			if full {
				b.WriteString(m.Pkg().Path() + ".")
			} else {
				b.WriteString(m.Pkg().Name() + ".")
			}
		}
		b.WriteString(m.Name())
		c.writeSignature(b, m.Type().(*types.Signature), full)
	}
	if t.NumMethods() > 0 {
		b.WriteByte(' ')
	}
	b.WriteByte('}')
}
