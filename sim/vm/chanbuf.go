package vm

import (
	"gopark/sim/mem"
	"gopark/sim/task"
)

// A place is where the value to send or receive stands: slots of a
// goroutine's frame, whose stack may move, or its memory image in the heap.
type place struct {
	g  task.ID // None: at is an address
	at uint64  // relative offset
}

func (v *VM) addr(p place) mem.Addr {
	if p.g == task.None {
		return p.at
	}
	return mem.Base + v.gs[p.g].Lo + p.at
}

func (v *VM) place(slot uint16) place {
	return place{v.cur.ID, v.fp - v.cur.Lo + uint64(slot)*8}
}

// put stores the value of a channel's element type whose image is at from.
func (v *VM) put(ch mem.Addr, to place, from mem.Addr) {
	if to.g != task.None {
		v.loadValueAt(v.addr(to), from, v.mem.U64(ch+chElemType))
	} else if size := uint64(v.mem.U16(ch + chElemSize)); size > 0 {
		copy(v.writable(to.at, size), v.mem.Bytes(from, size))
	}
}

// putZero stores the element type's zero.
func (v *VM) putZero(ch mem.Addr, to place) {
	n := uint64(v.mem.U16(ch + chElemSize))
	if to.g != task.None {
		n = (n + 7) &^ 7
	}
	clear(v.writable(v.addr(to), n))
}

// bufAt is the address of buffer element i.
func (v *VM) bufAt(ch mem.Addr, i uint64) mem.Addr {
	return v.mem.U64(ch+chBuf) + i*uint64(v.mem.U16(ch+chElemSize))
}

// next advances sendx or recvx.
func (v *VM) advance(ch mem.Addr, at uint64) {
	i := v.mem.U64(ch+at) + 1
	if i == v.mem.U64(ch+chSize) {
		i = 0
	}
	v.mem.PutU64(ch+at, i)
}

func (v *VM) toBuffer(ch mem.Addr, from place) {
	size := uint64(v.mem.U16(ch + chElemSize))
	if size > 0 {
		copy(v.mem.Bytes(v.bufAt(ch, v.mem.U64(ch+chSendX)), size), v.bytes(v.addr(from), size))
	}
	v.advance(ch, chSendX)
	v.mem.PutU64(ch+chQCount, v.mem.U64(ch+chQCount)+1)
}

func (v *VM) fromBuffer(ch mem.Addr, to place, store bool) {
	a := v.bufAt(ch, v.mem.U64(ch+chRecvX))
	if size := uint64(v.mem.U16(ch + chElemSize)); size > 0 {
		if store {
			v.put(ch, to, a)
		}
		clear(v.mem.Bytes(a, size))
	}
	v.advance(ch, chRecvX)
	v.mem.PutU64(ch+chQCount, v.mem.U64(ch+chQCount)-1)
}
