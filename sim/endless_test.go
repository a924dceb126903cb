package sim_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
)

// endless are programs that never end, each in its own way, or ask for more
// than there is. why must be in the message that ends the run, or in what the
// program writes about its end.
var endless = []struct{ name, why, imports, text string }{
	{"loop", "-limit-instructions", "", `func main() { for {} }`},
	{"call-free loop beside others", "-limit-instructions", "", `func main() { go func() { for {} }(); go func() { for {} }(); for {} }`},
	{"output", "-limit-output", "fmt", `func main() { for { fmt.Println("again and again") } }`},
	{"print", "-limit-output", "", `func main() { for { println("again and again") } }`},
	{"allocation", "-limit-memory", "", `type T struct { next *T; x [100]int }; func main() { var l *T; for { l = &T{next: l} } }`},
	{"append", "-limit-memory", "", `func main() { var b []byte; for { b = append(b, 1, 2, 3); b = append(b, b...) } }`},
	{"string", "-limit-memory", "", `func main() { s := "x"; for { s += s } }`},
	{"huge string", "-limit-memory", "strings", `func main() { println(len(strings.Repeat("abc", 1<<30))) }`},
	{"huge slice", "-limit-memory", "", `func main() { n := 1 << 40; s := make([]int, n); s[1] = 2 }`},
	{"huge array", "-limit-memory", "", `func main() { p := new([1 << 40]int); p[1]++ }`},
	{"huge channel", "-limit-memory", "", `func main() { n := 1 << 35; c := make(chan int, n); c <- 2 }`},
	{"map", "-limit-memory", "", `func main() { m := map[int]string{}; for i := 0; ; i++ { m[i] = "x" } }`},
	{"goroutines", "-limit-", "", `func main() { c := make(chan int); for { go func() { <-c }() } }`},
	{"goroutines of goroutines", "-limit-memory", "", `func f() { for { go f() } }; func main() { f() }`},
	{"goroutines with stacks", "-limit-memory", "", `func f(n int, c chan int) int { if n == 0 { <-c; return 0 }; return f(n-1, c) + 1 }; func main() { c := make(chan int); for { go f(1000, c) } }`},
	{"goroutines that wait for a lock", "-limit-memory", "sync", `func main() { var m sync.Mutex; m.Lock(); for { go m.Lock() } }`},
	{"threads", "thread exhaustion", "runtime", `func main() { for { go func() { runtime.LockOSThread(); select {} }(); runtime.Gosched() } }`},
	{"recursion", "-limit-memory", "", `func f(n int) int { return f(n+1) + 1 }; func main() { println(f(0)) }`},
	{"recursion through String", "-limit-", "fmt", `type T struct { p *T }; func (t T) String() string { return fmt.Sprint(t) }; func main() { fmt.Println(T{}) }`},
	{"defers", "-limit-memory", "", `func main() { for { defer func() {}() } }`},
	{"panics, recovered", "-limit-instructions", "", `func f() { defer func() { recover() }(); panic(1) }; func main() { for { f() } }`},
	{"panics, nested", "-limit-memory", "", `func f() { defer f(); panic(1) }; func main() { f() }`},
	{"panic while printing a panic", "panic while printing panic value", "", `type E struct{}; func (E) Error() string { panic(E{}) }; func main() { panic(E{}) }`},
	{"timers", "-limit-memory", "time", `func main() { for { time.AfterFunc(time.Hour, func() {}) } }`},
	{"tickers", "-limit-", "time", `func main() { for { time.NewTicker(time.Microsecond) } }`},
	{"ticker", "-limit-events", "time", `func main() { for range time.NewTicker(time.Microsecond).C {} }`},
	{"sleep", "-limit-events", "time", `func main() { for { time.Sleep(1) } }`},
	{"long sleep", "-limit-time", "time", `func main() { for { time.Sleep(time.Second) } }`},
	{"yield", "-limit-events", "runtime", `func main() { go func() { for { runtime.Gosched() } }(); for { runtime.Gosched() } }`},
	{"ping and pong", "-limit-events", "", `func main() { c := make(chan int); go func() { for { c <- 1 } }(); for { <-c } }`},
	{"collections", "-limit-", "runtime", `func main() { for { runtime.GC() } }`},
	{"finalizers", "-limit-", "runtime", `type T struct{ x [10]int }; func f(*T) { runtime.SetFinalizer(&T{}, f); runtime.GC() }; func main() { f(nil); for { runtime.Gosched() } }`},
	{"processors", "-limit-", "runtime", `func main() { for i := 1; ; i *= 2 { runtime.GOMAXPROCS(i | 1); go func() {}() } }`},
	{"file", "no space left", "os", `func main() { f, _ := os.Create("/tmp/x"); b := make([]byte, 1<<20); for { if _, err := f.Write(b); err != nil { panic(err) } } }`},
	{"files", "too many open files", "fmt;os", `func main() { for i := 0; ; i++ { if _, err := os.Create(fmt.Sprint("/tmp/", i)); err != nil { panic(err) } } }`},
	{"closed files", "-limit-", "fmt;os", `func main() { for i := 0; ; i++ { f, err := os.Create(fmt.Sprint("/tmp/", i)); if err != nil { panic(err.Error()+" -limit-") }; f.Close() } }`},
	{"hole in a file", "file too large", "os", `func main() { f, _ := os.Create("/tmp/x"); _, err := f.WriteAt([]byte("x"), 1<<60); panic(err) }`},
	{"types", "-limit-memory", "reflect", `func main() { t := reflect.TypeOf(1); for { t = reflect.PointerTo(t) } }`},
	{"number", "-limit-", "math/big", `func main() { x := big.NewInt(3); for { x.Mul(x, x) } }`},
}

var endlessLimits = sim.Limits{Time: 5e9, Instructions: 5e6, Memory: 16 << 20, Output: 1 << 16, Events: 300_000}

// Every endless program ends by a limit, with a message that names it, and the
// host's memory stays near what the limits say.
func TestEndless(t *testing.T) {
	for _, e := range endless {
		t.Run(e.name, func(t *testing.T) {
			source := "package main\n"
			for _, path := range strings.FieldsFunc(e.imports, func(r rune) bool { return r == ';' }) {
				source += fmt.Sprintf("import %q\n", path)
			}
			p, diags, err := host.Load("endless.go", source+e.text+"\n")
			if err != nil || len(diags) > 0 {
				t.Fatal(err, diags)
			}
			before := heap()
			rec, err := p.Record(sim.Config{Limits: endlessLimits, Seed: 1})
			if err != nil {
				t.Fatal(err)
			}
			rec.Advance(0, 0)
			why, code := rec.Ended()
			out := output(rec)
			if code == 0 || !strings.Contains(why+out, e.why) {
				t.Errorf("ended with code %d: %s; %.300s; want %q", code, why, out, e.why)
			}
			if grown := int64(heap()) - int64(before); grown > 400<<20 {
				t.Errorf("the recording takes %d MB", grown>>20)
			}
			runtime.KeepAlive(rec)
		})
	}
}

// heap is the host's live memory.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
