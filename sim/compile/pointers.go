package compile

import (
	"fmt"
	"go/types"
)

// A ptrmap says which words of a value hold pointers.
type ptrmap []bool

// prefix is how many words reach to the last pointer.
func (p ptrmap) prefix() int {
	for n := len(p); n > 0; n-- {
		if p[n-1] {
			return n
		}
	}
	return 0
}

// maxMaskWords bounds the words a pointer mask is written for; larger types get
// none and count as pointers throughout.
const maxMaskWords = 1 << 14

// pointerWords is the pointer map of t, or of its first words if t is huge.
func (c *compiler) pointerWords(t types.Type) ptrmap {
	n := int(min((c.sizes.Sizeof(t)+7)/8, maxMaskWords))
	p := make(ptrmap, n)
	c.markPointers(p, t, 0)
	return p
}

func (c *compiler) markPointers(p ptrmap, t types.Type, off int64) {
	set := func(word int64) {
		if i := off/8 + word; i < int64(len(p)) {
			p[i] = true
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if k := u.Kind(); k == types.String || k == types.UnsafePointer {
			set(0)
		}
	case *types.Pointer, *types.Chan, *types.Map, *types.Signature, *types.Slice:
		set(0)
	case *types.Interface:
		set(0)
		set(1)
	case *types.Array:
		if !holdsPointers(u.Elem()) {
			return
		}
		size := c.sizes.Sizeof(u.Elem())
		for i := int64(0); i < u.Len() && off+i*size < int64(len(p))*8; i++ {
			c.markPointers(p, u.Elem(), off+i*size)
		}
	case *types.Struct:
		for i := range u.NumFields() {
			c.markPointers(p, u.Field(i).Type(), off+c.fieldOffset(t, i))
		}
	}
}

// holdsPointers reports whether there is a pointer in a value of type t.
func holdsPointers(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Kind() == types.String || u.Kind() == types.UnsafePointer
	case *types.Array:
		return u.Len() > 0 && holdsPointers(u.Elem())
	case *types.Struct:
		for f := range u.Fields() {
			if holdsPointers(f.Type()) {
				return true
			}
		}
		return false
	}
	return true
}

// pointerMask is the symbol of the bit mask of p (abi.Type.GCData), "" without pointers.
func (c *compiler) pointerMask(p ptrmap) string {
	n := p.prefix()
	if n == 0 {
		return ""
	}
	mask := make([]byte, (n+7)/8)
	for i := range n {
		if p[i] {
			mask[i/8] |= 1 << (i % 8)
		}
	}
	sym := fmt.Sprintf("gcmask:%x", mask)
	if b := c.readOnly(sym, 1); b != nil {
		b.d.Bytes = mask
		b.done()
	}
	return sym
}
