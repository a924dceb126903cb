package vm

import (
	"gopark/sim/gomap"
	"gopark/sim/mem"
	"gopark/sim/rtype"
)

// Maps for package reflect and the helpers of package maps. What the language
// itself does to maps are instructions.

// unhashableKey is the text that looking up a key panics with if it holds a typ.
// An empty or nil map only asks whether the key could be hashed, and words it
// differently (internal/runtime/maps/map.go:mapKeyError).
func (v *VM) unhashableKey(h, typ mem.Addr) (text string, plain bool) {
	name := rtype.At(v.mem, typ).String()
	if v.maps.Len(h) == 0 {
		return "hash of unhashable type: " + name, true
	}
	return "hash of unhashable type " + name, false
}

func (c *Call) badKey(h, typ mem.Addr) Action {
	text, plain := c.VM.unhashableKey(h, typ)
	if plain {
		return c.PanicPlain(text)
	}
	return c.PanicString(text)
}

func makeMap(c *Call) Action {
	typ, hint := c.Arg(0), c.Int(1)
	c.SetResult(0, c.VM.maps.Make(typ, int64(hint)))
	return Done
}

func mapGet(c *Call) Action {
	h := c.Arg(1)
	elem, bad := c.VM.maps.Get(c.Arg(0), h, c.Arg(2))
	if bad != 0 {
		return c.badKey(h, bad)
	}
	c.Cost(costMap)
	c.SetResult(0, elem)
	return Done
}

func mapAssign(c *Call) Action {
	typ, m, key, val := c.Arg(0), c.Arg(1), c.Arg(2), c.Arg(3)
	return assign(c, typ, m, key, val)
}

func assign(c *Call, typ, m, key, val mem.Addr) Action {
	if m == 0 {
		return c.PanicPlain(nilMapText)
	}
	elem, bad := c.VM.maps.Assign(typ, m, key)
	if bad != 0 {
		return unhashable(c, bad)
	}
	c.Cost(costMap)
	move(c, elem, val, rtype.At(c.Mem(), typ).Elem().Size())
	return Done
}

func mapDelete(c *Call) Action {
	h := c.Arg(1)
	if bad := c.VM.maps.Delete(c.Arg(0), h, c.Arg(2)); bad != 0 {
		return c.badKey(h, bad)
	}
	c.Cost(costMap)
	return Done
}

// A string key stands in two argument slots, which are its memory image too.

func keySlots(c *Call, i int) mem.Addr { return mem.Base + c.base + 8 + 8*uint64(i) }

func mapGetString(c *Call) Action {
	elem, _ := c.VM.maps.Get(c.Arg(0), c.Arg(1), keySlots(c, 2))
	c.Cost(costMap)
	c.SetResult(0, elem)
	return Done
}

func mapAssignString(c *Call) Action {
	return assign(c, c.Arg(0), c.Arg(1), keySlots(c, 2), c.Arg(4))
}

func mapDeleteString(c *Call) Action {
	c.VM.maps.Delete(c.Arg(0), c.Arg(1), keySlots(c, 2))
	c.Cost(costMap)
	return Done
}

func mapClear(c *Call) Action {
	c.VM.maps.Clear(c.Arg(0), c.Arg(1))
	return Done
}

func mapLen(c *Call) Action {
	c.SetResult(0, c.VM.maps.Len(c.Arg(0)))
	return Done
}

func mapIterInit(c *Call) Action {
	typ, m := c.Arg(0), c.Arg(1)
	it := c.VM.allocWords(gomap.IterSize)
	c.VM.maps.IterInit(typ, m, it)
	c.SetResult(0, it)
	return Done
}

func mapIterNext(c *Call) Action {
	key, elem := c.VM.maps.Next(c.Arg(0))
	c.Cost(costMap)
	c.SetResult(0, key)
	c.SetResult(1, elem)
	return Done
}

// mapsClone is maps.clone(m any) any: m's type word comes with it.
func mapsClone(c *Call) Action {
	typ, m := c.Arg(0), c.Arg(1)
	if m != 0 {
		m = c.VM.maps.Clone(typ, m)
		c.CostBytes(c.VM.maps.Len(m) * 16)
	}
	c.SetResult(0, typ)
	c.SetResult(1, m)
	return Done
}

var mapNatives = table{
	{"reflect.makemap", makeMap},
	{"reflect.mapaccess", mapGet},
	{"reflect.mapaccess_faststr", mapGetString},
	{"reflect.mapassign0", mapAssign},
	{"reflect.mapassign_faststr0", mapAssignString},
	{"reflect.mapdelete", mapDelete},
	{"reflect.mapdelete_faststr", mapDeleteString},
	{"reflect.mapclear", mapClear},
	{"reflect.maplen", mapLen},
	{"runtime.maplen", mapLen},
	{"internal/reflectlite.maplen", mapLen},
	{"internal/runtime/maps.iterinit", mapIterInit},
	{"internal/runtime/maps.iternext", mapIterNext},
	{"maps.clone", mapsClone},
}
