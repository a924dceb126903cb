package vm

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"

	"gopark/sim/mem"
	"gopark/sim/rtype"
	"gopark/sim/task"
)

// What goes through a pipe is bytes. A value is flattened as encoding/gob would
// do it: strings, slices, maps, interfaces and what pointers point to go along and
// are made anew in the receiver's memory, where each is a copy of its own;
// within a message two pointers to one variable stay so, and cycles are kept. A
// pointer to a global variable, which has the same address in every process, means
// the receiver's own. A channel arrives as a descriptor does (SCM_RIGHTS). What
// has no meaning elsewhere can't be sent: a function that has captured
// variables, an unsafe.Pointer, a timer's channel.

// A codec walks over a value in a process's memory: to write it to a message, or
// to make it from one. Both ways are one code, so that they agree.
type codec struct {
	v     *VM
	msg   []byte // what was written, or what is still to be read
	read  bool
	known map[mem.Addr]uint64 // writing: maps and what pointers point to, by number
	made  []mem.Addr          // reading: the same
	bad   string              // why it can't be written
}

// How a pointer, map, channel or function stands in a message.
const (
	isNil   = iota
	isFixed // an address that is the same everywhere follows
	isSeen  // which of those before follows
	isNew   // the value follows
)

// pack flattens the value to send to ch that is at from; bad says why it
// can't be.
func (v *VM) pack(ch mem.Addr, from place) (msg []byte, bad string) {
	c := codec{v: v}
	c.value(rtype.At(v.mem, v.mem.U64(ch+chElemType)), v.addr(from))
	return c.msg, c.bad
}

// unpack makes the value of msg, of type elem, in v's memory at a place.
func (v *VM) unpack(msg []byte, to place, elem mem.Addr) {
	c, size, at := codec{v: v, msg: msg, read: true}, v.sizeOf(elem), to.at
	if to.g != task.None { // a frame has another layout
		at = v.scratch
		if size > 64 {
			at = v.alloc(size, elem, 1)
		}
		clear(v.mem.Bytes(at, size))
	}
	c.value(rtype.At(v.mem, elem), at)
	if to.g != task.None {
		v.loadValueAt(v.addr(to), at, elem)
	}
}

// word writes x, or reads what was written in its place.
//
//go:noinline
func (c *codec) word(x uint64) uint64 {
	if !c.read {
		c.msg = binary.LittleEndian.AppendUint64(c.msg, x)
		return x
	}
	x = binary.LittleEndian.Uint64(c.msg)
	c.msg = c.msg[8:]
	return x
}

//go:noinline
func (c *codec) load(a mem.Addr) uint64 { return c.v.mem.U64(a) }

// store puts what was read into memory.
//
//go:noinline
func (c *codec) store(a mem.Addr, x uint64) {
	if c.read {
		c.v.mem.PutU64(a, x)
	}
}

func (c *codec) bytes(a mem.Addr, n uint64) {
	if c.read {
		copy(c.v.writable(a, n), c.msg[:n])
		c.msg = c.msg[n:]
		return
	}
	if uint64(len(c.msg))+n > c.v.cfg.Memory/4 {
		panic(trap{kind: trapMemory})
	}
	c.msg = append(c.msg, c.v.bytes(a, n)...)
}

func (c *codec) refuse(t rtype.Type, why string) {
	if c.bad == "" {
		c.bad = fmt.Sprintf("%s can't be sent to another process: %s", t.String(), why)
	}
}

func (c *codec) value(t rtype.Type, a mem.Addr) {
	v, size := c.v, sizeOfType(t)
	switch {
	case c.bad != "" || size == 0:
		return
	case !v.hasPointers(t.Addr):
		c.bytes(a, size)
		return
	}
	switch t.Kind() {
	case rtype.String, rtype.Slice:
		c.slice(t, a)
	case rtype.Array:
		c.values(t.Elem(), a, t.Len())
	case rtype.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			c.value(f.Type, a+f.Offset)
		}
	case rtype.Interface:
		c.inter(t, a)
	case rtype.Pointer:
		elem := t.Elem()
		if x, follows := c.reference(a, elem.Addr, max(sizeOfType(elem), 1)); follows {
			c.value(elem, x)
		}
	case rtype.Map:
		if h, follows := c.reference(a, t.Addr, 0); follows {
			c.entries(t, h)
		}
	case rtype.Chan:
		c.channel(t, a)
	case rtype.Func:
		if f := c.load(a); !c.read && f != 0 && !c.fixed(f) {
			c.refuse(t, "what it has captured is memory of this one")
		} else {
			c.reference(a, 0, 0)
		}
	default:
		if !c.read && c.load(a) != 0 {
			c.refuse(t, "it is an address in the memory of this one")
		}
		c.store(a, c.word(0))
	}
}

// sizeOfType is t.Size, which is not to be inlined everywhere.
//
//go:noinline
func sizeOfType(t rtype.Type) uint64 { return t.Size() }

// fixed reports whether a is where every process has the same variable.
func (c *codec) fixed(a mem.Addr) bool { return a-mem.Base < c.v.heap.base }

// reference is the pointer to size bytes of type typ, or the map of type typ if
// size is 0, that stands at a. What it points to is at x, and follows if follows.
func (c *codec) reference(a, typ mem.Addr, size uint64) (x mem.Addr, follows bool) {
	x = c.load(a)
	how := uint64(isNew)
	i, seen := c.known[x]
	switch {
	case c.read:
	case x == 0:
		how = isNil
	case c.fixed(x):
		how = isFixed
	case seen:
		how = isSeen
	}
	switch how = c.word(how); how {
	case isNil:
		x = 0
	case isFixed:
		x = c.word(x)
	case isSeen:
		if i = c.word(i); c.read {
			x = c.made[i]
		}
	case isNew:
		x = c.makes(x, typ, size)
	}
	c.store(a, x)
	return x, how == isNew
}

// makes notes that what is at x follows; reading, it makes the room for it.
func (c *codec) makes(x, typ mem.Addr, size uint64) mem.Addr {
	switch {
	case c.read && size > 0:
		x = c.v.alloc(size, typ, 1)
	case c.read:
		x = c.v.maps.Make(typ, 0)
	case c.known == nil:
		c.known = map[mem.Addr]uint64{}
		fallthrough
	default:
		c.known[x] = uint64(len(c.known))
		return x
	}
	c.made = append(c.made, x)
	return x
}

func (c *codec) values(elem rtype.Type, a mem.Addr, n uint64) {
	size := sizeOfType(elem)
	if !c.v.hasPointers(elem.Addr) {
		c.bytes(a, n*size)
		return
	}
	for i := range n {
		c.value(elem, a+i*size)
	}
}

// slice is a string or a slice: a nil one has no length.
func (c *codec) slice(t rtype.Type, a mem.Addr) {
	data, n, elem, isSlice := c.load(a), c.load(a+8), rtype.Type{}, t.Kind() == rtype.Slice
	size := uint64(1)
	if isSlice {
		elem = t.Elem()
		size = sizeOfType(elem)
	}
	if isSlice && data == 0 {
		n = math.MaxUint64
	}
	if n = c.word(n); n == math.MaxUint64 {
		return // memory that is read into is zero
	}
	if c.read {
		data = c.v.allocArray(size, elem.Addr, n)
		c.store(a, data)
		c.store(a+8, n)
	}
	if !isSlice {
		c.bytes(data, n)
		return
	}
	c.store(a+16, n)
	c.values(elem, data, n)
}

// inter is an interface of type t.
func (c *codec) inter(t rtype.Type, a mem.Addr) {
	v, typ := c.v, c.load(a)
	if !c.read && t.NumImethod() > 0 {
		typ = v.itabType(typ)
	}
	if typ = c.word(typ); typ == 0 {
		return
	}
	if !c.fixed(typ) {
		c.refuse(rtype.At(v.mem, typ), "this one has made the type")
		return
	}
	dyn, at := rtype.At(v.mem, typ), a+8
	if !dyn.Direct() {
		if c.read {
			c.store(at, v.alloc(sizeOfType(dyn), typ, 1))
		}
		at = c.load(at)
	}
	if c.read {
		tab, _ := v.itab(t.Addr, typ)
		c.store(a, tab)
	}
	c.value(dyn, at)
}

func (c *codec) entries(t rtype.Type, h mem.Addr) {
	v := c.v
	n := c.word(v.maps.Len(h))
	if !c.read {
		v.maps.Entries(t.Addr, h, func(key, elem mem.Addr) bool {
			c.value(t.Key(), key)
			c.value(t.Elem(), elem)
			return c.bad == ""
		})
		return
	}
	for range n {
		key := v.alloc(sizeOfType(t.Key()), t.Key().Addr, 1)
		c.value(t.Key(), key)
		elem, _ := v.maps.Assign(t.Addr, h, key)
		c.value(t.Elem(), elem)
	}
}

// channel is the channel that stands at a. The receiver gets the same that it has
// where the sender has it, if it has, as whoever inherited it; otherwise a
// further name for the pipe.
func (c *codec) channel(t rtype.Type, a mem.Addr) {
	v := c.v
	ch := c.word(c.load(a))
	if ch == 0 {
		return
	}
	if !c.read {
		v.chanArg(ch)
		if v.pipeOf(ch) == nil {
			c.refuse(t, "its timer is memory of this one")
		}
		c.bytes(ch, chBytes)
		return
	}
	start, size, _, ok := v.objectAt(ch)
	if !ok || start != ch || size < chBytes || string(v.mem.Bytes(ch, chBytes)) != string(c.msg[:chBytes]) {
		ch = v.allocWords(chBytes)
	}
	c.bytes(ch, chBytes)
	c.store(a, ch)
}

// formatMessage prints what lies in a pipe, as far as bytes tell it.
func (v *VM) formatMessage(msg []byte, elem mem.Addr) string {
	switch k := rtype.At(v.mem, elem).Kind(); {
	case k == rtype.String:
		return strconv.Quote(string(msg[8:min(len(msg), 8+40)]))
	case k == rtype.Bool:
		return strconv.FormatBool(msg[0] != 0)
	case k >= rtype.Int && k <= rtype.Uintptr:
		var word [8]byte
		n := copy(word[:], msg)
		x := binary.LittleEndian.Uint64(word[:])
		if shift := 64 - 8*n; k <= rtype.Int64 {
			return strconv.FormatInt(int64(x<<shift)>>shift, 10)
		}
		return strconv.FormatUint(x, 10)
	}
	return fmt.Sprintf("%d bytes", len(msg))
}
