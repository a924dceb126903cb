package vm

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gopark/sim/code"
	"gopark/sim/task"
)

// fibProgram computes fib(n), prints it and exits.
func fibProgram(n int32) *code.Program {
	a := newAsm()
	a.fn("fib", 1, 1, 4, 2, 0) // n at 1; 2, 3 temporaries; calls at 4
	a.jumpC(code.JGtI, 1, 1, "rec")
	a.op(code.Ret, 0, 0, 0)
	a.label("rec")
	a.op(code.AddI, 5, 1, 0xffff)
	a.call(4, "fib")
	a.op(code.Mov, 2, 5, 0)
	a.op(code.AddI, 5, 1, 0xfffe)
	a.call(4, "fib")
	a.op(code.Add, 1, 2, 5)
	a.op(code.Ret, 0, 0, 0)
	a.fn("main", 0, 0, 4, 2, 0)
	a.imm(code.LoadI, 5, n)
	a.call(4, "fib")
	a.imm(code.Print, 5, int32(code.PrintInt))
	a.imm(code.LoadI, 5, 0)
	a.native(4, "runtime.exit")
	a.op(code.Ret, 0, 0, 0)
	return a.program()
}

func TestFib(t *testing.T) {
	b := newPark(t, fibProgram(20), Config{})
	b.start("main")
	b.expect("6765")
	if b.exit != 0 || b.ended != "exitprocess" {
		t.Errorf("ended with %s %d", b.ended, b.exit)
	}
}

// The virtual time of a computation does not depend on how it is sliced, nor on
// its operations being chained.
func TestSlices(t *testing.T) {
	var first task.Time
	for _, slice := range []int64{-1, 1, 2, 3, 7, 1000, 1 << 40} {
		p := fibProgram(12)
		if slice < 0 { // without chains
			slice = 1
		} else if code.Chain(p.Code); !slices.ContainsFunc(p.Code, func(in code.Instr) bool { return in.Op == code.AddICall }) {
			t.Fatal("nothing is chained")
		}
		b := newPark(t, p, Config{})
		b.slice = slice
		b.start("main")
		before := b.v.extra
		b.expect("144")
		if first == 0 {
			first = b.now
		}
		if b.now != first {
			t.Errorf("slices of %d: took %d, want %d", slice, b.now, first)
		}
		if got := int64(b.v.Steps() + b.v.extra - before); got-b.now > 3 {
			t.Errorf("slices of %d: %d steps in %d ns", slice, got, b.now)
		}
	}
}

func TestDeepRecursionGrowsStack(t *testing.T) {
	a := newAsm()
	a.fn("sum", 1, 1, 30, 2, 0)
	a.jumpC(code.JGtI, 1, 0, "rec")
	a.op(code.Ret, 0, 0, 0)
	a.label("rec")
	a.op(code.Mov, 9, 1, 0)
	a.op(code.AddI, 31, 1, 0xffff)
	a.call(30, "sum")
	a.op(code.Add, 1, 9, 31)
	a.op(code.Ret, 0, 0, 0)
	a.fn("main", 0, 0, 4, 2, 0)
	a.imm(code.LoadI, 5, 10000)
	a.call(4, "sum")
	a.imm(code.Print, 5, int32(code.PrintInt))
	a.op(code.Ret, 0, 0, 0)
	b := newPark(t, a.program(), Config{})
	b.start("main")
	got := b.run()
	if !strings.HasPrefix(got, "50005000fatal error: all goroutines are asleep") {
		t.Errorf("printed %q", got)
	}
	if h := &b.v.heap; len(h.stacks[order(stackMin)]) == 0 || h.stackBytes != 0 || h.freePages() == 0 {
		t.Errorf("old stacks were not given back: %d bytes", h.stackBytes)
	}
}

func TestStackOverflow(t *testing.T) {
	a := newAsm()
	a.fn("main.f", 0, 0, 30, 2, 0)
	a.call(30, "main.f")
	a.op(code.Ret, 0, 0, 0)
	b := newPark(t, a.program(), Config{Rules: &task.Rules{MaxStack: 64 << 10}})
	b.start("main.f")
	got := b.run()
	for _, want := range []string{"runtime: goroutine stack exceeds 65536-byte limit\n", "fatal error: stack overflow\n\nruntime stack:\n", "goroutine 1 [running]:\nmain.f(", "...additional frames elided..."} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if b.exit != 2 || b.ended != "crash" {
		t.Errorf("ended with %s %d", b.ended, b.exit)
	}
}

func TestNilDereference(t *testing.T) {
	a := newAsm()
	a.panicFuncs()
	a.fn("main.main", 0, 0, 4, 2, 0)
	a.imm(code.LoadI, 1, 0)
	a.op(code.Ld64, 2, 1, 16)
	a.op(code.Ret, 0, 0, 0)
	b := newPark(t, a.program(), Config{})
	b.start("main.main")
	got := b.run()
	want := "panic: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x10 pc=0x40000c]\n\ngoroutine 1 [running]:\nmain.main()\n\tx.go:21 +0x3\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A program can make up frame headers, closures and channels, but not hurt
// anything but its own run.
func TestCorruption(t *testing.T) {
	for name, body := range map[string]func(a *asm){
		"header": func(a *asm) { a.imm(code.LoadI, 0, 0x7fffffff) },
		"link":   func(a *asm) { a.imm(code.LoadI, 0, 5); a.imm(code.LoadK, 0, a.k(1<<50|5)) },
		"closure": func(a *asm) {
			a.imm(code.LoadK, 1, a.k(a.data(code.TextBase+1)))
			a.op(code.CallClo, 4, 1, 0)
		},
		"channel": func(a *asm) {
			typ := a.k(a.typ(8, 2))
			a.imm(code.LoadK, 1, a.k(a.data(1, 1<<40, 3, 8, 0, 0, 9, 9, 77, 77, 78, 78, 0, 0)))
			a.op(code.Send, 1, 2, 0)
			a.imm(code.Extra, 0, typ)
		},
	} {
		a := newAsm()
		a.panicFuncs()
		a.fn("main.main", 0, 0, 6, 2, 0)
		body(a)
		a.op(code.Ret, 0, 0, 0)
		b := newPark(t, a.program(), Config{})
		b.start("main.main")
		if got := b.run(); !strings.Contains(got, "corrupted memory") && !strings.Contains(got, "invalid memory address") {
			t.Errorf("%s: printed %q", name, got)
		}
	}
}

func BenchmarkFib(b *testing.B) {
	p := fibProgram(30)
	b.ResetTimer()
	for range b.N {
		m := newPark(b, p, Config{})
		m.slice = 100_000
		m.start("main")
		if got := m.run(); got != "832040" {
			b.Fatal(got)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(m.v.Steps())/float64(b.N), "ns/instr")
	}
	_ = fmt.Sprint
}
