package vm

import (
	"math"
	"unsafe"

	"gopark/sim/code"
)

func f64(p *uint64) float64       { return math.Float64frombits(*p) }
func f32(p *uint64) float32       { return math.Float32frombits(uint32(*p)) }
func setF64(p *uint64, f float64) { *p = math.Float64bits(f) }
func setF32(p *uint64, f float32) { *p = uint64(math.Float32bits(f)) }
func frameByte(w unsafe.Pointer, slot uint16, off uint64) unsafe.Pointer {
	return unsafe.Add(w, uint64(slot)*8+off)
}

// windowBytes bounds a computed offset into the frame.
const windowBytes = 65536 * 8

// warm runs what needs neither memory nor the machine and yet can't be hot,
// because it would call a function or loop for long: of arithmetic and moves. It
// reports false for what it doesn't know, which is then cold.
func (v *VM) warm(op code.Op) bool {
	w := unsafe.Add(v.mem.Ptr(), v.fp)
	ip := unsafe.Add(v.code, uintptr(v.pc)*8)
	a, b := rA(w, ip), rB(w, ip)
	switch op {
	case code.FInt:
		*a = uint64(truncate(f64(b)))
	case code.MovN:
		n := uint64(opC(ip))
		copy(unsafe.Slice(a, n), unsafe.Slice(b, n))
	case code.Zero:
		clear(unsafe.Slice(a, imm(ip)))
	default:
		return warmFloat(op, a, b)
	}
	return true
}

// truncate converts as amd64's CVTTSD2SI does, on every host.
func truncate(f float64) int64 {
	if f >= -1<<63 && f < 1<<63 {
		return int64(f)
	}
	return math.MinInt64
}

// truncate32 converts as amd64's CVTTSD2SL does.
func truncate32(f float64) int64 {
	if n := truncate(f); n == int64(int32(n)) {
		return n
	}
	return math.MinInt32
}

// truncateU converts as gc's code for amd64 does
// (cmd/compile/internal/ssagen/ssa.go:floatToUint).
func truncateU(f float64) uint64 {
	if f < 1<<63 {
		return uint64(truncate(f))
	}
	return uint64(truncate(f-1<<63)) | 1<<63
}

func warmFloat(op code.Op, a, b *uint64) bool {
	switch op {
	case code.UintF:
		setF64(a, float64(*b))
	case code.FInt32:
		*a = uint64(truncate32(f64(b)))
	case code.FUint:
		*a = truncateU(f64(b))
	case code.UintF32:
		setF32(a, float32(*b))
	default:
		return false
	}
	return true
}
