package randgo

// prelude is what every program has. The variables keep compilers from knowing
// values; fuel ends what would run for long.
const prelude = `
import (
	"fmt"
	"math"
	"math/bits"
	"os"
)

var (
	vBool       bool       = true
	vInt        int        = 7
	vInt8       int8       = -128
	vInt16      int16      = 32767
	vInt32      int32      = -2147483648
	vInt64      int64      = 9223372036854775807
	vUint       uint       = 3
	vUint8      uint8      = 255
	vUint16     uint16     = 65535
	vUint32     uint32     = 4294967295
	vUint64     uint64     = 18446744073709551615
	vUintptr    uintptr    = 12345
	vFloat32    float32    = 1.5
	vFloat64    float64    = -2.25
	vComplex64  complex64  = 1 - 2i
	vComplex128 complex128 = -0.5 + 3i
	vString     string     = "a\xffé世"
)

var fuel int

// burn ends what runs for long.
func burn() {
	if fuel--; fuel < 0 {
		panic("out of fuel")
	}
}

// show prints values. Its argument lists are the only place where they escape.
func show(args ...any) {
	s := fmt.Sprintln(args...)
	if len(s) > 400 {
		s = s[:400] + "…\n"
	}
	os.Stdout.WriteString(s)
}

// showPanic prints what recover returned.
func showPanic(where string, r any) {
	if err, ok := r.(error); ok {
		show(where, "error:", err.Error())
		return
	}
	show(where, "panic:", r)
}

func body(heading string, f func()) {
	fmt.Println(heading)
	fuel = 3000
	defer func() {
		if r := recover(); r != nil {
			showPanic("body", r)
		}
	}()
	f()
}

// clip and short keep strings and slices small, and hide what append reserved.
func clip[T any](s []T) []T {
	if len(s) > 12 {
		s = s[len(s)-12:]
	}
	return s[:len(s):len(s)]
}

func short(s string) string {
	if len(s) > 48 {
		return s[len(s)-48:]
	}
	return s
}

func at[T any](s []T, i int) (v T) {
	if len(s) == 0 {
		return
	}
	return s[uint(i)%uint(len(s))]
}

func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return
}

type number interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr | ~float32 | ~float64
}

type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

func mapped[T, U any](s []T, f func(T) U) []U {
	r := make([]U, 0, len(s))
	for _, x := range s {
		burn()
		r = append(r, f(x))
	}
	return r
}

func folded[T, A any](s []T, a A, f func(A, T) A) A {
	for _, x := range s {
		burn()
		a = f(a, x)
	}
	return a
}

// each yields the elements with their indices.
func each[T any](s []T) func(func(int, T) bool) {
	return func(yield func(int, T) bool) {
		for i, x := range s {
			burn()
			if !yield(i, x) {
				return
			}
		}
	}
}

func countdown[T integer](n T) func(func(T) bool) {
	return func(yield func(T) bool) {
		defer burn()
		for n %= 7; n > 0; n-- {
			if !yield(n) {
				return
			}
		}
	}
}

type pair[A comparable, B any] struct {
	first  A
	second B
}

func (p pair[A, B]) swap(a A) (pair[A, B], bool) { return pair[A, B]{a, p.second}, p.first == a }

func (p *pair[A, B]) set(a A) A {
	old := p.first
	p.first = a
	return old
}

type scorer interface{ score() int }

type bumper interface{ bump(int) int }

var _ = math.Sqrt
var _ = bits.Len64
`
