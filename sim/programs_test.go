package sim_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/sched"
	"gopark/sim/trace"
)

// A chooser makes a program of bytes, one decision after the other.
type chooser []byte

func (c *chooser) n(n int) int {
	if len(*c) == 0 {
		return 0
	}
	x := int((*c)[0]) % n
	*c = (*c)[1:]
	return x
}

// statements of the goroutines; %d is one of a few channels, locks or numbers.
var statements = []string{
	"ch[%d] <- %d",
	"println(<-ch[%d])",
	"if v, ok := <-ch[%d]; ok { println(v) }",
	"mu[%d].Lock(); n++; mu[%d].Unlock()",
	"mu[%d].Lock(); time.Sleep(%d * time.Microsecond); mu[0].TryLock()",
	"rw.RLock(); work(%d); rw.RUnlock()",
	"rw.Lock(); n += %d; rw.Unlock()",
	"time.Sleep(%d * time.Microsecond)",
	"work(%d * 500)",
	"runtime.Gosched()",
	"select { case ch[%d] <- %d: case v := <-ch[1]: println(v) }",
	"select { case v := <-ch[%d]: println(v); default: }",
	"select { case <-ch[%d]: case <-time.After(%d * time.Microsecond): println(\"late\") }",
	"wg.Add(1); go func() { defer wg.Done(); work(%d) }()",
	"go func() { ch[%d] <- %d }()",
	"func() { defer func() { println(recover() != nil) }(); close(ch[%d]) }()",
	"func() { defer func() { recover() }(); var p *int; println(%d / *p) }()",
	"time.AfterFunc(%d * time.Microsecond, func() { atomic.AddInt64(&n, 1) })",
	"once.Do(func() { work(%d) })",
	"cond.L.Lock(); cond.Broadcast(); cond.L.Unlock()",
	"t := time.NewTimer(%d * time.Microsecond); t.Stop(); t.Reset(1)",
	"m := map[int]int{}; for i := range %d { m[i] = i }; println(len(m))",
	"deep(%d * 10)",
	"runtime.GC()",
	"runtime.LockOSThread(); work(%d); runtime.UnlockOSThread()",
	"println(len(fmt.Sprint(%d, ch[0] == nil)))",
	"os.Stdout.WriteString(\"x\")",
	"runtime.GOMAXPROCS(%d)",
	"panic(%d)",
	"runtime.Goexit()",
	"os.Exit(%d)",
}

const rare = 3 // of the last statements: only where the bytes insist

// program writes the Go program that bytes stand for.
func (c *chooser) program() string {
	var b strings.Builder
	b.WriteString(`package main

import ("fmt"; "os"; "runtime"; "sync"; "sync/atomic"; "time")

var (
	ch = [...]chan int{make(chan int), make(chan int, 1), make(chan int, 3)}
	mu [3]sync.Mutex
	rw sync.RWMutex
	wg sync.WaitGroup
	once sync.Once
	cond = sync.NewCond(&mu[2])
	n int64
)

var _, _, _, _, _ = fmt.Sprint, os.Exit, atomic.AddInt64, time.Now, runtime.Gosched

func work(n int) { for i := range n { _ = i } }
func deep(n int) int { if n <= 0 { return 0 }; return deep(n-1) + 1 }

`)
	workers := 1 + c.n(4)
	for w := range workers {
		fmt.Fprintf(&b, "func w%d() {\n\tdefer wg.Done()\n", w)
		for range c.n(6) {
			fmt.Fprintf(&b, "\t{ %s }\n", c.statement())
		}
		b.WriteString("}\n\n")
	}
	b.WriteString("func main() {\n")
	for range 1 + c.n(4) {
		fmt.Fprintf(&b, "\tfor range %d { wg.Add(1); go w%d() }\n", 1+c.n(3), c.n(workers))
		if c.n(3) == 1 {
			fmt.Fprintf(&b, "\t{ %s }\n", c.statement())
		}
	}
	if c.n(5) != 1 {
		b.WriteString("\twg.Wait()\n")
	}
	b.WriteString("\tprintln(n)\n}\n")
	return b.String()
}

func (c *chooser) statement() string {
	i := c.n(len(statements))
	if i >= len(statements)-rare && c.n(4) > 0 {
		i = 0
	}
	s := statements[i]
	var args []any
	for k := range strings.Count(s, "%d") {
		if k == 0 {
			args = append(args, c.n(3))
		} else {
			args = append(args, c.n(200))
		}
	}
	if strings.HasPrefix(s, "mu[%d].Lock(); n++") {
		return fmt.Sprintf("mu[%[1]d].Lock(); n++; mu[%[1]d].Unlock()", args[0])
	}
	return fmt.Sprintf(s, args...)
}

var programLimits = sim.Limits{Time: 50e6, Instructions: 300_000, Memory: 64 << 20, Output: 1 << 14}

// checkProgram runs what bytes stand for, twice: the log is legal, both runs
// are the same, and an instant looks the same from before and from behind.
func checkProgram(t *testing.T, b []byte, era string, cores, procs int, seed uint64) {
	c := chooser(b)
	source := c.program()
	p, diags, err := host.Load("random.go", source)
	if err != nil || len(diags) > 0 {
		t.Fatalf("%v %v\n%s", err, diags, source)
	}
	e, ok := sched.Lookup(era)
	if !ok {
		t.Fatal("no era ", era)
	}
	cfg := sim.Config{Era: era, Cores: cores, Procs: procs, Seed: seed, Limits: programLimits}
	var runs [2]sim.Recording
	for i := range runs {
		if runs[i], err = p.Record(cfg); err != nil {
			t.Fatal(err)
		}
		runs[i].Advance(0, 0)
	}
	why := fmt.Sprintf("%s, %d cores, %d procs, seed %d\n%s", era, cores, procs, seed, source)
	if err := trace.Check(runs[0].Log(), e.Rules()); err != nil {
		t.Fatalf("%v\n%s", err, why)
	}
	if runs[0].Log().String() != runs[1].Log().String() || output(runs[0]) != output(runs[1]) {
		t.Fatalf("two runs differ\n%s", why)
	}
	n := runs[0].Log().Len()
	instants := []int{0, n / 3, n / 2, n - 1, n}
	var forward []string
	for _, i := range instants {
		forward = append(forward, picture(t, runs[0], max(i, 0)))
	}
	for k := len(instants) - 1; k >= 0; k-- {
		if got := picture(t, runs[1], max(instants[k], 0)); got != forward[k] {
			t.Fatalf("event %d of %d looks different from behind\n%s\n%s\nforwards\n%s", instants[k], n, why, got, forward[k])
		}
	}
}

var programs = flag.Int("programs", 24, "random programs to run under the eras")

// The same with bytes from a generator: faster than the fuzzer, which measures
// what code each input reaches.
func TestRandomPrograms(t *testing.T) {
	for seed := range uint64(*programs) {
		r := rand.New(rand.NewPCG(seed, 1))
		b := make([]byte, 20+r.IntN(120))
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		era := sched.Eras[int(seed)%len(sched.Eras)].Name
		checkProgram(t, b, era, 1+r.IntN(8), r.IntN(9), seed)
	}
}

// FuzzPrograms: random programs under every era.
func FuzzPrograms(f *testing.F) {
	if _, err := host.Library(); err != nil {
		f.Fatal(err)
	}
	for i := range statements {
		f.Add([]byte{2, 4, byte(i), 1, 3, 7, 1, 9, byte(i + 5), 1, 20, 3, 11, byte(i + 11), 2, 90, 2, byte(i), 1, 1, 4}, byte(i), byte(i), uint64(i))
	}
	f.Fuzz(func(t *testing.T, b []byte, era, shape byte, seed uint64) {
		if len(b) > 200 {
			return
		}
		checkProgram(t, b, sched.Eras[int(era)%len(sched.Eras)].Name, 1+int(shape)%8, int(shape)/8%9, seed)
	})
}
