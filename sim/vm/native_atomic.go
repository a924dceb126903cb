package vm

import "gopark/sim/mem"

// Atomic operations. A goroutine is never stopped inside a native, so each is
// an ordinary read and write.

func load32(c *Call, a mem.Addr) uint64     { return uint64(c.Load32(a)) }
func load64(c *Call, a mem.Addr) uint64     { return c.Load64(a) }
func store32(c *Call, a mem.Addr, v uint64) { c.Store32(a, uint32(v)) }
func store64(c *Call, a mem.Addr, v uint64) { c.Store64(a, v) }

// A word says how a type's values are read from memory into a slot and back.
type word struct {
	load  func(c *Call, a mem.Addr) uint64
	store func(c *Call, a mem.Addr, v uint64)
}

var (
	signed32   = word{func(c *Call, a mem.Addr) uint64 { return uint64(int32(c.Load32(a))) }, store32}
	unsigned32 = word{load32, store32}
	word64     = word{load64, store64}
)

// change makes a native that replaces a word by op of it and an operand. It
// answers the old value or the new one.
func (w word) change(op func(old, operand uint64) uint64, wantOld bool) Native {
	return func(c *Call) Action {
		a, operand := c.Arg(0), c.Arg(1)
		old := w.load(c, a)
		w.store(c, a, op(old, operand))
		c.Cost(costAtomic)
		if wantOld {
			c.SetResult(0, old)
		} else {
			c.SetResult(0, w.load(c, a))
		}
		return Done
	}
}

func (w word) loads(c *Call) Action {
	c.SetResult(0, w.load(c, c.Arg(0)))
	return Done
}

func (w word) stores(c *Call) Action {
	w.store(c, c.Arg(0), c.Arg(1))
	c.Cost(costAtomic)
	return Done
}

func (w word) swapIfEqual(c *Call) Action {
	a, old, new := c.Arg(0), c.Arg(1), c.Arg(2)
	same := w.load(c, a) == old
	if same {
		w.store(c, a, new)
	}
	c.Cost(costAtomic)
	c.SetBool(0, same)
	return Done
}

func add(old, x uint64) uint64  { return old + x }
func and(old, x uint64) uint64  { return old & x }
func or(old, x uint64) uint64   { return old | x }
func take(old, x uint64) uint64 { return x }

var atomicNatives = atomicTable()

// atomicTable lists sync/atomic's functions for each of its types. Methods of
// the typed atomics are Go and call them.
func atomicTable() table {
	t := table{}
	for _, row := range []struct {
		name string
		word
	}{
		{"Int32", signed32}, {"Uint32", unsigned32}, {"Int64", word64}, {"Uint64", word64},
		{"Uintptr", word64}, {"Pointer", word64},
	} {
		p, name, w := "sync/atomic.", row.name, row.word
		t = append(t, symNative{p + "Load" + name, w.loads})
		t = append(t, symNative{p + "Store" + name, w.stores})
		t = append(t, symNative{p + "Swap" + name, w.change(take, true)})
		t = append(t, symNative{p + "CompareAndSwap" + name, w.swapIfEqual})
		if name == "Pointer" {
			continue
		}
		t = append(t, symNative{p + "Add" + name, w.change(add, false)})
		t = append(t, symNative{p + "And" + name, w.change(and, true)})
		t = append(t, symNative{p + "Or" + name, w.change(or, true)})
	}
	return t
}
