package vm

import (
	"gopark/sim/mem"
	"gopark/sim/rtype"
)

// Memory by type and by byte. There are no write barriers, so typed moves are
// moves.

// move is memmove. Nothing faults when there is nothing to move.
func move(c *Call, dst, src mem.Addr, n uint64) {
	if n == 0 {
		return
	}
	from := c.Bytes(src, n)
	copy(c.WriteBytes(dst, n), from)
	c.CostBytes(n)
}

func wipe(c *Call, a mem.Addr, n uint64) {
	if n == 0 {
		return
	}
	clear(c.WriteBytes(a, n))
	c.CostBytes(n)
}

func sizeOf(c *Call, typ mem.Addr) uint64 { return c.Load64(typ) }

func memmove(c *Call) Action {
	move(c, c.Arg(0), c.Arg(1), c.Arg(2))
	return Done
}

func memclr(c *Call) Action {
	wipe(c, c.Arg(0), c.Arg(1))
	return Done
}

func typedMove(c *Call) Action {
	move(c, c.Arg(1), c.Arg(2), sizeOf(c, c.Arg(0)))
	return Done
}

func newObject(c *Call) Action {
	typ := c.Arg(0)
	c.SetResult(0, c.Alloc(sizeOf(c, typ), typ))
	return Done
}

func newArray(c *Call) Action {
	typ, n := c.Arg(0), c.Arg(1)
	size := sizeOf(c, typ)
	if int64(n) < 0 || size > 0 && n > c.Mem().Limit()/size {
		return c.PanicPlain("runtime: allocation size out of range")
	}
	c.SetResult(0, c.AllocArray(size, typ, n))
	return Done
}

func memequal(c *Call) Action {
	p, q, n := c.Arg(0), c.Arg(1), c.Arg(2)
	c.SetBool(0, n == 0 || string(c.Bytes(p, n)) == string(c.Bytes(q, n)))
	c.CostBytes(n)
	return Done
}

// typeEqual is what a descriptor's Equal runs: its closure has captured the type.
func typeEqual(c *Call) Action {
	typ := c.Load64(c.VM.ctx + 8)
	return equalValues(c, typ, c.Arg(0), c.Arg(1))
}

// equalValues sets result 0 to whether the values at p and q are equal.
func equalValues(c *Call, typ, p, q mem.Addr) Action {
	eq, bad := rtype.Equal(c.Mem(), typ, p, q)
	if bad != 0 {
		return c.PanicString("comparing uncomparable type " + rtype.At(c.Mem(), bad).String())
	}
	c.SetBool(0, eq)
	return Done
}

// typeHash is what a map type's Hasher runs: its closure has captured the type.
func typeHash(c *Call) Action {
	return hashValue(c, c.Load64(c.VM.ctx+8), c.Arg(0), c.Arg(1))
}

func hashValue(c *Call, typ, p mem.Addr, seed uint64) Action {
	h, bad := rtype.Hash(c.Mem(), typ, p, seed, c.VM.rand)
	if bad != 0 {
		return unhashable(c, bad)
	}
	c.SetResult(0, h)
	return Done
}

// unhashable panics for a map key or other value that can't be hashed.
func unhashable(c *Call, typ mem.Addr) Action {
	return c.PanicString("hash of unhashable type " + rtype.At(c.Mem(), typ).String())
}

func memhash(c *Call) Action {
	p, seed, n := c.Arg(0), c.Arg(1), c.Arg(2)
	h := rtype.HashBytes(nil, seed)
	if n > 0 {
		h = rtype.HashBytes(c.Bytes(p, n), seed)
	}
	c.CostBytes(n)
	c.SetResult(0, h)
	return Done
}

// strhash hashes the string that its first argument points to.
func strhash(c *Call) Action {
	p, seed := c.Arg(0), c.Arg(1)
	b := c.Bytes(c.Load64(p), c.Load64(p+8))
	c.CostBytes(uint64(len(b)))
	c.SetResult(0, rtype.HashBytes(b, seed))
	return Done
}

var memoryNatives = table{
	{"runtime.memmove", memmove},
	{"reflect.memmove", memmove},
	{"runtime.memclr", memclr},
	{"runtime.memclrNoHeapPointers", memclr},
	{"runtime.memequal", memequal},
	{"runtime.memhash", memhash},
	{"runtime.strhash", strhash},
	{"runtime.newobject", newObject},
	{"runtime.newarray", newArray},
	{"runtime.typedmemmove", typedMove},
	{"runtime.typeEqual", typeEqual},
	{"runtime.typeHash", typeHash},
	{"internal/reflectlite.typedmemmove", typedMove},
	{"reflect.typedmemmove", typedMove},
	{"reflect.unsafe_New", newObject},
	{"internal/reflectlite.unsafe_New", newObject},
	{"reflect.unsafe_NewArray", newArray},
	{"runtime.typehash", func(c *Call) Action { return hashValue(c, c.Arg(0), c.Arg(1), c.Arg(2)) }},
	{"reflect.typehash", func(c *Call) Action { return hashValue(c, c.Arg(0), c.Arg(1), c.Arg(2)) }},
	{"reflect.verifyNotInHeapPtr", func(c *Call) Action { c.SetBool(0, c.Arg(0) != 0); return Done }},
	{"reflect.typedmemclr", typedClear},
	{"reflect.typedmemclrpartial", typedClearPartial},
	{"reflect.typedarrayclear", typedArrayClear},
	{"reflect.typedslicecopy", typedSliceCopy},
	{"internal/runtime/maps.typedmemmove", typedMove},
	{"internal/runtime/maps.typedmemclr", typedClear},
	{"internal/runtime/maps.newobject", newObject},
	{"internal/runtime/maps.newarray", newArray},
	{"internal/bytealg.abigen_runtime_memequal", memequal},
}

func typedClear(c *Call) Action {
	wipe(c, c.Arg(1), sizeOf(c, c.Arg(0)))
	return Done
}

func typedClearPartial(c *Call) Action {
	wipe(c, c.Arg(1), c.Arg(3))
	return Done
}

func typedArrayClear(c *Call) Action {
	wipe(c, c.Arg(1), sizeOf(c, c.Arg(0))*c.Arg(2))
	return Done
}

// typedSliceCopy has a type and two slices.
func typedSliceCopy(c *Call) Action {
	n := min(c.Arg(2), c.Arg(5))
	move(c, c.Arg(1), c.Arg(4), n*sizeOf(c, c.Arg(0)))
	c.SetResult(0, n)
	return Done
}
