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

// warm runs what needs neither memory nor the machine: rarer floats and
// conversions, and the frame's own bytes. It reports false for what it doesn't
// know, which is then cold. Fewer cases in the hot switch make it faster in
// WebAssembly, where a switch is a binary search.
func (v *VM) warm(op code.Op) bool {
	w := unsafe.Add(v.mem.Ptr(), v.fp)
	ip := unsafe.Add(v.code, uintptr(v.pc)*8)
	a, b, c := rA(w, ip), rB(w, ip), rC(w, ip)
	switch op {
	case code.FInt:
		*a = uint64(truncate(f64(b)))
	case code.MovN:
		n := uint64(opC(ip))
		copy(unsafe.Slice(a, n), unsafe.Slice(b, n))
	case code.Zero:
		clear(unsafe.Slice(a, imm(ip)))
	default:
		return warmFrame(op, w, ip) || warmFloat(op, a, b, c)
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

// truncateU converts as gc's code for amd64 does.
func truncateU(f float64) uint64 {
	if f < 1<<63 {
		return uint64(truncate(f))
	}
	return uint64(truncate(f-1<<63)) ^ 1<<63
}

func warmFloat(op code.Op, a, b, c *uint64) bool {
	switch op {
	case code.UintF:
		setF64(a, float64(*b))
	case code.FUint:
		*a = truncateU(f64(b))
	case code.AddF32:
		setF32(a, f32(b)+f32(c))
	case code.SubF32:
		setF32(a, f32(b)-f32(c))
	case code.MulF32:
		setF32(a, f32(b)*f32(c))
	case code.DivF32:
		setF32(a, f32(b)/f32(c))
	case code.NegF32:
		*a = *b ^ 1<<31
	case code.EqF32:
		*a = b2u(f32(b) == f32(c))
	case code.NeF32:
		*a = b2u(f32(b) != f32(c))
	case code.LtF32:
		*a = b2u(f32(b) < f32(c))
	case code.LeF32:
		*a = b2u(f32(b) <= f32(c))
	case code.IntF32:
		setF32(a, float32(int64(*b)))
	case code.UintF32:
		setF32(a, float32(*b))
	case code.FF32:
		setF32(a, float32(f64(b)))
	case code.F32F:
		setF64(a, float64(f32(b)))
	default:
		return false
	}
	return true
}

// warmFrame reads and writes the frame at computed offsets. An offset that
// leaves the window is left to cold, which ends the run.
func warmFrame(op code.Op, w, ip unsafe.Pointer) bool {
	if op < code.FlxS8 || op > code.Fsx64 || op == code.FlxN {
		return false
	}
	a := rA(w, ip)
	off := *rC(w, ip)
	if off >= windowBytes-uint64(opB(ip))*8 || off >= windowBytes-uint64(opA(ip))*8 {
		return false
	}
	from, to := frameByte(w, opB(ip), off), frameByte(w, opA(ip), off)
	switch op {
	case code.FlxS8:
		*a = uint64(int64(*(*int8)(from)))
	case code.FlxU8:
		*a = uint64(*(*uint8)(from))
	case code.FlxS16:
		*a = uint64(int64(*(*int16)(from)))
	case code.FlxU16:
		*a = uint64(*(*uint16)(from))
	case code.FlxS32:
		*a = uint64(int64(*(*int32)(from)))
	case code.FlxU32:
		*a = uint64(*(*uint32)(from))
	case code.Flx64:
		*a = *(*uint64)(from)
	case code.Fsx8:
		*(*uint8)(to) = uint8(*rB(w, ip))
	case code.Fsx16:
		*(*uint16)(to) = uint16(*rB(w, ip))
	case code.Fsx32:
		*(*uint32)(to) = uint32(*rB(w, ip))
	case code.Fsx64:
		*(*uint64)(to) = *rB(w, ip)
	}
	return true
}
