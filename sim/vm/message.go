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

// A packer flattens a value of a process's memory.
type packer struct {
	v    *VM
	out  []byte
	seen map[mem.Addr]uint64 // where a map or what a pointer points to stands, + 1
	bad  string
}

// How a pointer, map or function stands in a message.
const (
	isNil   = iota
	isFixed // an address that is the same everywhere follows
	isSeen  // which of those before follows
	isNew   // the value follows
)

// pack flattens the value to send to ch that is at from; bad says why it
// can't be.
func (v *VM) pack(ch mem.Addr, from place) (msg []byte, bad string) {
	p := packer{v: v}
	p.value(rtype.At(v.mem, v.mem.U64(ch+chElemType)), v.addr(from))
	return p.out, p.bad
}

func (p *packer) word(x uint64) { p.out = binary.LittleEndian.AppendUint64(p.out, x) }

func (p *packer) refuse(t rtype.Type, why string) {
	if p.bad == "" {
		p.bad = fmt.Sprintf("%s can't be sent to another process: %s", t.String(), why)
	}
}

func (p *packer) value(t rtype.Type, a mem.Addr) {
	v, size := p.v, t.Size()
	if p.bad != "" || size == 0 {
		return
	}
	if uint64(len(p.out)) > v.cfg.Memory/4 {
		panic(trap{kind: trapMemory})
	}
	if !v.hasPointers(t.Addr) {
		p.out = append(p.out, v.bytes(a, size)...)
		return
	}
	switch t.Kind() {
	case rtype.String:
		n := v.mem.U64(a + 8)
		p.word(n)
		p.out = append(p.out, v.bytes(v.mem.U64(a), n)...)
	case rtype.Slice:
		p.slice(t.Elem(), v.mem.U64(a), v.mem.U64(a+8))
	case rtype.Array:
		p.values(t.Elem(), a, t.Len())
	case rtype.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			p.value(f.Type, a+f.Offset)
		}
	case rtype.Interface:
		p.inter(t, v.mem.U64(a), a+8)
	case rtype.Pointer:
		if x := v.mem.U64(a); p.reference(x) {
			p.value(t.Elem(), x)
		}
	case rtype.Map:
		if h := v.mem.U64(a); p.reference(h) {
			p.word(v.maps.Len(h))
			v.maps.Entries(t.Addr, h, func(key, elem mem.Addr) bool {
				p.value(t.Key(), key)
				p.value(t.Elem(), elem)
				return p.bad == ""
			})
		}
	case rtype.Chan:
		p.channel(t, v.mem.U64(a))
	case rtype.Func:
		if f := v.mem.U64(a); f != 0 && !p.fixed(f) {
			p.refuse(t, "what it has captured is memory of this one")
		} else {
			p.reference(f)
		}
	default:
		if v.mem.U64(a) != 0 {
			p.refuse(t, "it is an address in the memory of this one")
		}
		p.word(0)
	}
}

// fixed reports whether a is where every process has the same variable.
func (p *packer) fixed(a mem.Addr) bool { return a-mem.Base < p.v.heap.base }

// reference writes a pointer to a, or to a map; what it points to is to follow
// if it reports so.
func (p *packer) reference(a mem.Addr) bool {
	switch {
	case a == 0:
		p.word(isNil)
	case p.fixed(a):
		p.word(isFixed)
		p.word(a)
	case p.seen[a] > 0:
		p.word(isSeen)
		p.word(p.seen[a] - 1)
	default:
		if p.seen == nil {
			p.seen = map[mem.Addr]uint64{}
		}
		p.seen[a] = uint64(len(p.seen)) + 1
		p.word(isNew)
		return true
	}
	return false
}

func (p *packer) values(elem rtype.Type, a mem.Addr, n uint64) {
	size := elem.Size()
	if size == 0 || n == 0 {
		return
	}
	if !p.v.hasPointers(elem.Addr) {
		p.out = append(p.out, p.v.bytes(a, n*size)...)
		return
	}
	for i := range n {
		p.value(elem, a+i*size)
	}
}

func (p *packer) slice(elem rtype.Type, a mem.Addr, n uint64) {
	if a == 0 {
		n = math.MaxUint64
	}
	p.word(n)
	if a != 0 {
		p.values(elem, a, n)
	}
}

// inter writes an interface of type t whose first word is tab and whose second
// is at data.
func (p *packer) inter(t rtype.Type, tab, data mem.Addr) {
	typ := tab
	if t.NumImethod() > 0 {
		typ = p.v.itabType(tab)
	}
	p.word(typ)
	if typ == 0 {
		return
	}
	dyn := rtype.At(p.v.mem, typ)
	switch {
	case !p.fixed(typ):
		p.refuse(dyn, "this one has made the type")
	case dyn.Direct():
		p.value(dyn, data)
	default:
		p.value(dyn, p.v.mem.U64(data))
	}
}

func (p *packer) channel(t rtype.Type, ch mem.Addr) {
	v := p.v
	if ch == 0 {
		p.word(isNil)
		return
	}
	v.chanArg(ch)
	if v.pipeOf(ch) == nil {
		p.refuse(t, "its timer is memory of this one")
		return
	}
	p.word(isNew)
	p.word(ch)
	p.out = append(p.out, v.mem.Bytes(ch, chBytes)...)
}

// An unpacker makes values out of a message.
type unpacker struct {
	v    *VM
	in   []byte
	seen []mem.Addr
}

// unpack makes the value of msg, of type elem, in v's memory at a place.
func (v *VM) unpack(msg []byte, to place, elem mem.Addr) {
	u, size := unpacker{v: v, in: msg}, v.sizeOf(elem)
	if to.g == task.None {
		u.value(rtype.At(v.mem, elem), to.at)
		return
	}
	a := v.scratch
	if size > 64 {
		a = v.alloc(size, elem, 1)
	}
	clear(v.mem.Bytes(a, size))
	u.value(rtype.At(v.mem, elem), a)
	v.loadValueAt(v.addr(to), a, elem)
}

func (u *unpacker) word() uint64 {
	x := binary.LittleEndian.Uint64(u.in)
	u.in = u.in[8:]
	return x
}

func (u *unpacker) bytes(a mem.Addr, n uint64) {
	copy(u.v.writable(a, n), u.in[:n])
	u.in = u.in[n:]
}

func (u *unpacker) value(t rtype.Type, a mem.Addr) {
	v, size := u.v, t.Size()
	if size == 0 {
		return
	}
	if !v.hasPointers(t.Addr) {
		u.bytes(a, size)
		return
	}
	switch t.Kind() {
	case rtype.String:
		n := u.word()
		s := v.alloc(n, 0, 1)
		u.bytes(s, n)
		v.mem.PutU64(a, s)
		v.mem.PutU64(a+8, n)
	case rtype.Slice:
		u.slice(t.Elem(), a)
	case rtype.Array:
		u.values(t.Elem(), a, t.Len())
	case rtype.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			u.value(f.Type, a+f.Offset)
		}
	case rtype.Interface:
		u.inter(t, a)
	case rtype.Pointer:
		elem := t.Elem()
		v.mem.PutU64(a, u.reference(func(known func(mem.Addr)) {
			x := v.alloc(elem.Size(), elem.Addr, 1)
			known(x)
			u.value(elem, x)
		}))
	case rtype.Map:
		v.mem.PutU64(a, u.reference(func(known func(mem.Addr)) { u.entries(t, known) }))
	case rtype.Chan:
		v.mem.PutU64(a, u.channel())
	default:
		v.mem.PutU64(a, u.reference(nil))
	}
}

// reference reads a pointer. If what it points to follows, make reads that, and
// says where it is before it reads what may point to it again.
func (u *unpacker) reference(make func(known func(mem.Addr))) mem.Addr {
	switch u.word() {
	case isFixed:
		return u.word()
	case isSeen:
		return u.seen[u.word()]
	case isNew:
		i := len(u.seen)
		make(func(a mem.Addr) { u.seen = append(u.seen, a) })
		return u.seen[i]
	}
	return 0
}

func (u *unpacker) values(elem rtype.Type, a mem.Addr, n uint64) {
	size := elem.Size()
	if size == 0 || n == 0 {
		return
	}
	if !u.v.hasPointers(elem.Addr) {
		u.bytes(a, n*size)
		return
	}
	for i := range n {
		u.value(elem, a+i*size)
	}
}

func (u *unpacker) slice(elem rtype.Type, a mem.Addr) {
	n := u.word()
	if n == math.MaxUint64 {
		clear(u.v.writable(a, 24))
		return
	}
	s := u.v.allocArray(elem.Size(), elem.Addr, n)
	u.values(elem, s, n)
	u.v.mem.PutU64(a, s)
	u.v.mem.PutU64(a+8, n)
	u.v.mem.PutU64(a+16, n)
}

func (u *unpacker) inter(t rtype.Type, a mem.Addr) {
	typ := u.word()
	if typ == 0 {
		clear(u.v.writable(a, 16))
		return
	}
	dyn, at := rtype.At(u.v.mem, typ), a+8
	if !dyn.Direct() {
		at = u.v.alloc(dyn.Size(), typ, 1)
		u.v.mem.PutU64(a+8, at)
	}
	tab, _ := u.v.itab(t.Addr, typ)
	u.v.mem.PutU64(a, tab)
	u.value(dyn, at)
}

func (u *unpacker) entries(t rtype.Type, known func(mem.Addr)) {
	v, n := u.v, u.word()
	h := v.maps.Make(t.Addr, int64(n))
	known(h)
	for range n {
		key := v.alloc(t.Key().Size(), t.Key().Addr, 1)
		u.value(t.Key(), key)
		elem, _ := v.maps.Assign(t.Addr, h, key)
		u.value(t.Elem(), elem)
	}
}

// channel reads one: the same that the receiver has where the sender has it, as
// whoever inherited it does, or a further name for the pipe.
func (u *unpacker) channel() mem.Addr {
	if u.word() == isNil {
		return 0
	}
	v, ch, head := u.v, u.word(), u.in[:chBytes]
	u.in = u.in[chBytes:]
	if start, size, _, ok := v.objectAt(ch); ok && start == ch && size >= chBytes && string(v.mem.Bytes(ch, chBytes)) == string(head) {
		return ch
	}
	ch = v.allocWords(chBytes)
	copy(v.mem.Bytes(ch, chBytes), head)
	return ch
}

// formatMessage prints what lies in a pipe, as far as bytes tell it.
func (v *VM) formatMessage(msg []byte, elem mem.Addr) string {
	t := rtype.At(v.mem, elem)
	k := t.Kind()
	switch {
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
