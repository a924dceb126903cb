package vm

import (
	"bytes"
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"strings"
	"testing"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/task"
)

// A bench calls natives without a program around them.
type bench struct {
	t *testing.T
	v *VM
	c Call
}

func newBench(t *testing.T, cfg Config) *bench {
	t.Helper()
	prog := &code.Program{Code: []code.Instr{{Op: code.EnterLeaf, A: 1}, {Op: code.Ret}}, Symbols: map[string]uint64{}}
	prog.Funcs = []code.FuncInfo{{Entry: 0, End: 2, Func: &code.Func{Sym: "main.main", Code: prog.Code, Frame: 1}}}
	v, err := New(prog, cfg, nil)
	if err != nil {
		t.Fatal(err)
	}
	g := v.newG(0, 0, nil)
	v.cur = g
	b := &bench{t: t, v: v}
	b.c = Call{VM: v, G: g, ID: g.ID, base: v.alloc(512, 0, 1) - mem.Base}
	return b
}

// call runs native sym and returns its first results.
func (b *bench) call(sym string, args ...uint64) []uint64 {
	b.t.Helper()
	n := lookupNative(sym)
	if n == nil {
		b.t.Fatalf("no native %s", sym)
	}
	for i := range 8 {
		b.c.SetResult(i, 0xdead)
	}
	for i, a := range args {
		b.c.SetResult(i, a)
	}
	b.c.G.setNative(nativeState{})
	if act := n(&b.c); act != Done {
		b.t.Fatalf("%s: asks to be called again", sym)
	}
	out := make([]uint64, 4)
	for i := range out {
		out[i] = b.c.Arg(i)
	}
	return out
}

func (b *bench) str(s string) (p, n uint64) { return b.v.newString(s), uint64(len(s)) }

func (b *bench) text(p, n uint64) string { return string(b.c.Bytes(p, n)) }

func TestBytealg(t *testing.T) {
	b := newBench(t, Config{})
	r := rand.New(rand.NewPCG(1, 1))
	random := func() string {
		s := make([]byte, r.IntN(12))
		for i := range s {
			s[i] = 'a' + byte(r.IntN(3))
		}
		return string(s)
	}
	for range 500 {
		x, y, c := random(), random(), 'a'+byte(r.IntN(4))
		xp, xn := b.str(x)
		yp, yn := b.str(y)
		pkg := "internal/bytealg."
		check := func(sym string, want int, args ...uint64) {
			t.Helper()
			if got := int(b.call(pkg+sym, args...)[0]); got != want {
				t.Fatalf("%s(%q, %q or %q) = %d, want %d", sym, x, y, c, got, want)
			}
		}
		check("IndexByte", strings.IndexByte(x, c), xp, xn, xn, uint64(c))
		check("IndexByteString", strings.IndexByte(x, c), xp, xn, uint64(c))
		check("LastIndexByte", strings.LastIndexByte(x, c), xp, xn, xn, uint64(c))
		check("LastIndexByteString", strings.LastIndexByte(x, c), xp, xn, uint64(c))
		check("Count", strings.Count(x, string(c)), xp, xn, xn, uint64(c))
		check("CountString", strings.Count(x, string(c)), xp, xn, uint64(c))
		check("Compare", strings.Compare(x, y), xp, xn, xn, yp, yn, yn)
		check("CompareString", strings.Compare(x, y), xp, xn, yp, yn)
		check("Equal", int(b2u(x == y)), xp, xn, xn, yp, yn, yn)
		check("Index", strings.Index(x, y), xp, xn, xn, yp, yn, yn)
		check("IndexString", strings.Index(x, y), xp, xn, yp, yn)
		if xn == yn {
			if got := b.call("runtime.memequal", xp, yp, xn)[0]; got != b2u(x == y) {
				t.Fatalf("memequal(%q, %q) = %d", x, y, got)
			}
		}
	}
	if got := b.call("internal/bytealg.MakeNoZero", 33); got[1] != 33 || got[2] != 48 {
		t.Errorf("MakeNoZero(33): len %d, cap %d; want 33, 48", got[1], got[2])
	}
}

func TestBitsAndMath(t *testing.T) {
	b := newBench(t, Config{})
	for _, x := range []uint64{0, 1, 0x80, 0xff, 0x1234, 0xffff, 1 << 31, 0xdeadbeef, 1 << 63, math.MaxUint64, 0x0123456789abcdef} {
		x8, x16, x32 := uint8(x), uint16(x), uint32(x)
		for sym, row := range map[string][2]uint64{
			"Len8": {uint64(x8), uint64(bits.Len8(x8))}, "Len64": {x, uint64(bits.Len64(x))},
			"LeadingZeros8": {uint64(x8), uint64(bits.LeadingZeros8(x8))}, "LeadingZeros32": {uint64(x32), uint64(bits.LeadingZeros32(x32))},
			"TrailingZeros8": {uint64(x8), uint64(bits.TrailingZeros8(x8))}, "TrailingZeros16": {uint64(x16), uint64(bits.TrailingZeros16(x16))},
			"TrailingZeros64": {x, uint64(bits.TrailingZeros64(x))}, "OnesCount32": {uint64(x32), uint64(bits.OnesCount32(x32))},
			"Reverse8": {uint64(x8), uint64(bits.Reverse8(x8))}, "Reverse16": {uint64(x16), uint64(bits.Reverse16(x16))},
			"Reverse64": {x, bits.Reverse64(x)}, "ReverseBytes16": {uint64(x16), uint64(bits.ReverseBytes16(x16))},
			"ReverseBytes32": {uint64(x32), uint64(bits.ReverseBytes32(x32))}, "ReverseBytes64": {x, bits.ReverseBytes64(x)},
		} {
			if got := b.call("math/bits."+sym, row[0])[0]; got != row[1] {
				t.Errorf("%s(%#x) = %#x, want %#x", sym, row[0], got, row[1])
			}
		}
		for _, k := range []int{0, 1, 7, -3, 64} {
			if got, want := b.call("math/bits.RotateLeft64", x, uint64(k))[0], bits.RotateLeft64(x, k); got != want {
				t.Errorf("RotateLeft64(%#x, %d) = %#x, want %#x", x, k, got, want)
			}
			if got, want := b.call("math/bits.RotateLeft8", uint64(x8), uint64(k))[0], uint64(bits.RotateLeft8(x8, k)); got != want {
				t.Errorf("RotateLeft8(%#x, %d) = %#x, want %#x", x8, k, got, want)
			}
		}
		hi, lo := bits.Mul64(x, 0xfedcba9876543210)
		if got := b.call("math/bits.Mul64", x, 0xfedcba9876543210); got[0] != hi || got[1] != lo {
			t.Errorf("Mul64(%#x): %x", x, got)
		}
		f := math.Float64frombits(x)
		for sym, want := range map[string]float64{
			"Sqrt": math.Sqrt(f), "Floor": math.Floor(f), "Ceil": math.Ceil(f), "Trunc": math.Trunc(f), "Abs": math.Abs(f), "RoundToEven": math.RoundToEven(f),
		} {
			if got := math.Float64frombits(b.call("math."+sym, x)[0]); got != want && (got == got || want == want) {
				t.Errorf("%s(%v) = %v, want %v", sym, f, got, want)
			}
		}
	}
}

func TestAtomics(t *testing.T) {
	b := newBench(t, Config{})
	a := b.v.alloc(16, 0, 1)
	neg := func(x int64) uint64 { return uint64(x) }
	for _, row := range []struct {
		sym   string
		args  []uint64
		want  uint64
		after uint64 // the word, 8 bytes
	}{
		{"StoreInt64", []uint64{neg(-5)}, a, neg(-5)},
		{"LoadInt64", nil, neg(-5), neg(-5)},
		{"AddInt64", []uint64{3}, neg(-2), neg(-2)},
		{"SwapUint64", []uint64{7}, neg(-2), 7},
		{"CompareAndSwapUint64", []uint64{8, 9}, 0, 7},
		{"CompareAndSwapUint64", []uint64{7, 1 << 40}, 1, 1 << 40},
		{"StoreInt32", []uint64{neg(-1)}, a, 1<<40 | 0xffffffff},
		{"LoadInt32", nil, neg(-1), 1<<40 | 0xffffffff},
		{"LoadUint32", nil, 0xffffffff, 1<<40 | 0xffffffff},
		{"CompareAndSwapInt32", []uint64{neg(-1), neg(-2)}, 1, 1<<40 | 0xfffffffe},
		{"AddInt32", []uint64{neg(-1)}, neg(-3), 1<<40 | 0xfffffffd},
		{"AddUint32", []uint64{4}, 1, 1<<40 | 1},
		{"OrInt32", []uint64{6}, 1, 1<<40 | 7},
		{"AndUint32", []uint64{5}, 7, 1<<40 | 5},
		{"SwapPointer", []uint64{a}, 1<<40 | 5, a},
	} {
		got := b.call("sync/atomic."+row.sym, append([]uint64{a}, row.args...)...)[0]
		if word := b.v.mem.U64(a); got != row.want || word != row.after {
			t.Errorf("%s%d = %#x, word %#x; want %#x, %#x", row.sym, row.args, got, word, row.want, row.after)
		}
	}
}

func TestMemoryMoves(t *testing.T) {
	b := newBench(t, Config{})
	p, _ := b.str("0123456789")
	b.call("runtime.memmove", p+2, p, 5)
	if got := b.text(p, 10); got != "0101234789" {
		t.Errorf("overlapping memmove: %q", got)
	}
	b.call("runtime.memmove", 0, 0, 0)
	b.call("runtime.memclr", p+1, 3)
	if got := b.text(p, 5); got != "0\x00\x00\x002" {
		t.Errorf("memclr: %q", got)
	}
	h1, h2 := b.call("runtime.memhash", p, 1, 10)[0], b.call("runtime.memhash", p, 2, 10)[0]
	if h1 == h2 || h1 != b.call("runtime.memhash", p, 1, 10)[0] {
		t.Error("memhash does not depend on the seed alone")
	}
}

func TestProcess(t *testing.T) {
	b := newBench(t, Config{Args: []string{"prog", "-x"}, Env: map[string]string{"B": "2", "A": "1", "C": ""}})
	list := func(r []uint64) string {
		var s []string
		for i := range r[1] {
			s = append(s, b.text(b.v.mem.U64(r[0]+16*i), b.v.mem.U64(r[0]+16*i+8)))
		}
		return fmt.Sprintf("%q", s)
	}
	if got := list(b.call("os.runtime_args")); got != `["prog" "-x"]` {
		t.Errorf("args: %s", got)
	}
	if got := list(b.call("syscall.runtime_envs")); got != `["A=1" "B=2" "C="]` {
		t.Errorf("envs: %s", got)
	}
	if r := b.call("time.now"); r[0] != 1257894000 || r[1] != 0 || r[2] != 1 {
		t.Errorf("time.now at the start: %d", r[:3])
	}
	r := b.call("runtime.Version")
	if got := b.text(r[0], r[1]); got != goVersion {
		t.Errorf("version %q", got)
	}
}

// TestFiles goes once through the system calls, as package syscall makes them.
func TestFiles(t *testing.T) {
	var out bytes.Buffer
	b := newBench(t, Config{Write: func(fd int, p []byte) { fmt.Fprint(&out, fd, string(p)) }})
	sys := func(sym string, args ...uint64) []uint64 {
		t.Helper()
		r := b.call("syscall."+sym, args...)
		if n := len(b.c.G.Requests); n != 1 || b.c.G.Requests[0].Kind != task.Syscall || b.c.G.Requests[0].Wait <= 0 {
			t.Errorf("%s asks for %v, want one Syscall that takes time", sym, b.c.G.Requests)
		}
		b.c.G.Requests = b.c.G.Requests[:0]
		return r
	}
	path, n := b.str("/tmp/x")
	hello, hn := b.str("hello")
	fd := sys("open", path, n, 0x42, 0o644)
	if fd[0] != 3 || fd[1] != 0 {
		t.Fatalf("open: %d", fd)
	}
	if r := sys("write", 3, hello, hn, hn); r[0] != 5 || r[1] != 0 {
		t.Errorf("write: %d", r)
	}
	if r := sys("seek", 3, ^uint64(1), 2); r[0] != 3 {
		t.Errorf("seek: %d", r)
	}
	buf := b.v.alloc(16, 0, 1)
	if r := sys("read", 3, buf, 10, 10); r[0] != 2 || b.text(buf, 2) != "lo" {
		t.Errorf("read: %d, %q", r, b.text(buf, 2))
	}
	if r := sys("pread", 3, buf, 4, 4, 0); r[0] != 4 || b.text(buf, 4) != "hell" {
		t.Errorf("pread: %d", r)
	}
	st := b.v.alloc(32, 0, 1)
	if r := sys("stat", path, n, st); r[0] != 0 || b.v.mem.U32(st) != 0x81a4 || b.v.mem.U64(st+8) != 5 || b.v.mem.U64(st+16) != Epoch {
		t.Errorf("stat: %d, mode %#x, size %d", r, b.v.mem.U32(st), b.v.mem.U64(st+8))
	}
	dir, dn := b.str("/tmp")
	if r := sys("readdir", dir, dn); b.text(r[0], r[1]) != "x/" || r[2] != 0 {
		t.Errorf("readdir: %q, errno %d", b.text(r[0], r[1]), r[2])
	}
	kept := b.v.lib.clone()
	sys("unlink", path, n)
	sys("closefd", 3)
	if r := sys("stat", path, n, st); r[0] != 2 {
		t.Errorf("stat of an unlinked file: errno %d", r[0])
	}
	if _, e := kept.files.Stat("/tmp/x"); e != 0 {
		t.Errorf("the file is gone from an older copy too: errno %d", e)
	}
	sys("write", 1, hello, hn, hn)
	if out.String() != "1hello" {
		t.Errorf("standard output: %q", &out)
	}
}

// TestFilesInSnapshot checks that restoring a snapshot brings files and open
// descriptors back.
func TestFilesInSnapshot(t *testing.T) {
	b := newBench(t, Config{})
	path, n := b.str("/tmp/x")
	hello, hn := b.str("hello")
	buf := b.v.alloc(16, 0, 1)
	fd := b.call("syscall.open", path, n, 0x42, 0o644)[0]
	b.call("syscall.write", fd, hello, hn, hn)
	b.c.G.Requests = b.c.G.Requests[:0]
	b.v.cur = nil // between turns
	snap, _ := b.v.Snapshot(nil, 1<<30)
	b.v.cur = b.c.G
	for range 2 {
		if r := b.call("syscall.pread", fd, buf, 10, 10, 0); r[0] != 5 || b.text(buf, 5) != "hello" {
			t.Errorf("pread: %d bytes, errno %d, %q", int64(r[0]), r[1], b.text(buf, 5))
		}
		b.call("syscall.pwrite", fd, path, n, n, 0)
		b.call("syscall.unlink", path, n)
		b.call("syscall.closefd", fd)
		b.v.cur = nil
		b.v.Restore(snap)
		b.c.G = b.v.gs[0]
		b.v.cur = b.c.G
	}
}
