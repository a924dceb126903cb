package vm

import (
	"sort"
	"strings"

	"gopark/sim/mem"
	"gopark/sim/rtype"
)

// What package reflect asks of the runtime beyond memory, maps and channels.

// typesByString returns the program's types that print as s, so that reflect
// finds the ones that exist before it makes new ones.
func typesByString(c *Call) Action {
	list := c.VM.lib.typeIndex(c.VM)[c.ArgString(0)]
	a := c.AllocArray(8, 0, uint64(len(list)))
	for i, t := range list {
		c.Store64(a+8*uint64(i), t)
	}
	c.SetResult(0, a)
	c.SetResult(1, uint64(len(list)))
	c.SetResult(2, uint64(len(list)))
	return Done
}

// typeIndex returns the program's type descriptors by what they print as.
func (l *library) typeIndex(v *VM) map[string][]mem.Addr {
	if l.types != nil {
		return l.types
	}
	l.types = map[string][]mem.Addr{}
	for sym, a := range v.prog.Symbols { // any order: sorted below
		if strings.HasPrefix(sym, "type:") {
			s := rtype.At(v.mem, a).String()
			l.types[s] = append(l.types[s], a)
		}
	}
	for _, list := range l.types { // any order: each is sorted by itself
		sort.Slice(list, func(i, j int) bool { return list[i] < list[j] })
	}
	return l.types
}

// growSlice has a type, a slice and how many more elements are wanted; the
// length stays (runtime/slice.go:reflect_growslice).
func growSlice(c *Call) Action {
	typ, p, n, room, more := c.Arg(0), c.Arg(1), c.Arg(2), c.Arg(3), c.Arg(4)
	if int64(more) < 0 || room+more < room {
		return c.PanicString("growslice: len out of range")
	}
	q, newCap, ok := c.VM.grown(p, room, room, n+more, typ) // keeps what lies behind the length too
	if !ok {
		return Done // it panics
	}
	c.SetResult(0, q)
	c.SetResult(1, n)
	c.SetResult(2, newCap)
	return Done
}

// ifaceE2I stores src, an any, as an interface of type inter at dst.
func ifaceE2I(c *Call) Action {
	inter, typ, data, dst := c.Arg(0), c.Arg(1), c.Arg(2), c.Arg(3)
	word, missing := mem.Addr(0), ""
	if typ != 0 {
		word, missing = c.VM.itab(inter, typ)
	}
	c.Cost(costIface)
	if word == 0 {
		c.CallGo(symPanicAssert, 0, typ, inter, c.NewString(missing), uint64(len(missing)))
		return Done
	}
	c.Store64(dst, word)
	c.Store64(dst+8, data)
	return Done
}

func chanLen(c *Call) Action {
	c.SetResult(0, c.VM.chanLen(c.Arg(0)))
	return Done
}

var reflectNatives = table{
	{"reflect.growslice", growSlice},
	{"reflect.typesByString", typesByString},
	{"reflect.ifaceE2I", ifaceE2I},
	{"runtime.ifaceE2I", ifaceE2I},
	{"internal/reflectlite.ifaceE2I", ifaceE2I},
	{"reflect.chanlen", chanLen},
}
