package conform_test

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/sched"
	"gopark/sim/task"
)

// A feature is what came, or went, with a release of Go and what no script can
// show, most of it on the side of the seam where no scheduler sees it: a program prints something else, or has
// another log, once the field of task.Rules, or of sched.Era, that carries it is set back to what
// it was in the era before.
type feature struct {
	name, first, era, field string
	old, now                string // what is printed; "" in both: the logs differ
	program                 string // its declarations, or the body of main
}

var features = []feature{
	{"the go statement makes no process", "", "threads", "Forks", "0\n", "1\n", `n := 0; go func() { n = 1 }(); time.Sleep(time.Millisecond); println(n)`},

	{"random numbers differ from run to run", "1.1", "go1.1", "RandAlike", "", "", `println(rand.Int63())`},
	{"throw:", "1.1", "go1.1", "SaysThrow", "throw: all goroutines", "fatal error: all goroutines", `select {}`},
	{"a call of a nil function is a nil dereference", "1.1", "go1.1", "NilFuncText", "call of nil func value", "invalid memory address", `var f func(); go f(); select {}`},
	{"traces without the system's goroutines", "1.1", "go1.1", "TraceSystem", "goroutine 2 [syscall]", "goroutine 1 [select (no cases)]", `runtime.Gosched(); runtime.Gosched(); select {}`},
	{"but with those that have not run", "1.1", "go1.1", "TraceUnstarted", "goroutine 1 [running]", "goroutine 2 [runnable]", `panic(1)`},

	{"a G takes 256 bytes of the heap", "1.1", "go1.1", "OldHeap", "", "", heapOfGs},
	{"a G takes 288 bytes of the heap", "1.2", "go1.2", "OldHeap", "", "", heapOfGs},
	{"8 KB of stack", "1.2", "go1.2", "Stack", "", "", "func f(n int) int {\n\tif n == 0 {\n\t\treturn 0\n\t}\n\treturn 1 + f(n-1)\n}\n\nfunc main() { println(f(300)) }"},
	{"1 GB of stack at most", "1.2", "go1.2", "MaxStack", "4611686018427387904", "1000000000", `println(debug.SetMaxStack(1 << 20))`},
	{"10000 threads at most", "1.2", "go1.2", "CountsThreads", "runtime.newosproc", "program exceeds 10000-thread limit",
		`for range 10_100 { go func() { ts := syscall.NsecToTimespec(9e9); syscall.Nanosleep(&ts, nil) }() }; time.Sleep(time.Second)`},
	{"a go statement with a nil function panics", "1.2", "go1.2", "GoNilStarts", "goroutine 3 [running]", "goroutine 1 [running]", `var f func(); go f(); select {}`},
	{"a collection lets others run", "1.2", "go1.2", "GCYields", "goroutine 2 [runnable]", "goroutine 1 [running]", `panic(1)`},

	{"a goroutine sweeps beside the program", "1.3", "go1.4", "SweepBeside", "", "", heapOfGs},
	{"and lets others run after each span", "1.3", "go1.4", "SweepsSingly", "", "", garbage},
	{"main's first goroutine lets the collector come", "1.4", "go1.4", "OldHeap", "", "", heapOfGs},
	{"stacks are copied", "1.3", "go1.4", "StackSegments", "", "", "func f(n int) int {\n\tif n == 0 {\n\t\treturn 0\n\t}\n\treturn 1 + f(n-1)\n}\n\nfunc main() { println(f(200)) }"},
	{"stacks shrink", "1.3", "go1.4", "StackShrinks", "", "", "func f(n int) int {\n\tif n == 0 {\n\t\treturn 0\n\t}\n\treturn 1 + f(n-1)\n}\n\nfunc main() { f(2000); runtime.GC(); runtime.GC(); f(2000) }"},
	{"go of nil func value", "1.3", "go1.4", "GoNilIsFatal", "nil pointer dereference", "fatal error: go of nil func value", `var f func(); go f(); select {}`},
	{"a nil map is told plainly", "1.3", "go1.4", "NilMapRuntime", "panic: runtime error: assignment", "panic: assignment to entry", `var m map[int]int; m[1] = 1`},
	{"the start counts as the last collection", "1.4", "go1.4", "ForcesFirst", "1\n", "0\n", `debug.SetGCPercent(1 << 20); time.Sleep(90 * time.Second); var m runtime.MemStats; runtime.ReadMemStats(&m); println(m.NumGC)`},
	{"2 KB of stack", "1.4", "go1.4", "Stack", "", "", "func f(n int) int {\n\tif n == 0 {\n\t\treturn 0\n\t}\n\treturn 1 + f(n-1)\n}\n\nfunc main() { println(f(150)) }"},
	{"a guard of 512 bytes", "1.4", "go1.4", "StackGuard", "", "", stackDepths},
	{"locked to thread", "1.4", "go1.4", "TraceLocked", "[select (no cases)]:", ", locked to thread]", `runtime.LockOSThread(); select {}`},
	{"a collection lets nobody run", "1.3", "go1.4", "GCYields", "other main", "main other", `_ = os.Args; go print("other "); runtime.GC(); print("main "); runtime.Gosched()`},
	{"nor one that has found finalizers to run", "1.3", "go1.4", "GCYieldsFin", "", "", `for i := range 3000 { p := new([100]int); runtime.SetFinalizer(p, func(*[100]int) { i++ }) }; println("made")`},
	{"panics are on the stack", "1.3", "go1.4", "PanicSize", "", "", `defer func() { recover(); for range 3000 { func() { defer func() { recover() }(); panic(1) }() }; println("end") }(); panic(1)`},

	{"no collection below 4 MB", "1.5", "go1.5", "OldHeap", "true\n", "false\n", `n := 0; for i := range 1000 { go func() { n += i; select {} }() }; var m runtime.MemStats; runtime.ReadMemStats(&m); println(m.NumGC > 0)`},
	{"who ends can be stopped once more", "1.5", "go1.5", "ExitChecks", "2\n", "3\n",
		`runtime.GOMAXPROCS(1); go func() { println(runtime.NumGoroutine()); os.Exit(0) }(); go func() { n := 0; for i := range 30_000_000 { n ^= i } }(); select {}`},
	{"marking beside the program", "1.5", "go1.5", "MarkBeside", "", "", garbage},
	{"a guard of 640 bytes", "1.5", "go1.5", "StackGuard", "", "", stackDepths},
	{"system goroutines are hidden", "1.5", "go1.5", "TraceUnstarted", "goroutine 2 [runnable]", "goroutine 1 [running]", `panic(1)`},

	{"a value is handed to who waited", "1.6", "go1.13", "BufferedRetry", "main 1", "waiter 1",
		`c := make(chan int, 1); go func() { println("waiter", <-c) }(); runtime.Gosched(); c <- 1; select { case v := <-c: println("main", v); default: }; runtime.Gosched()`},
	{"a panic shows its own goroutine", "1.6", "go1.13", "TraceWords", "goroutine 5 [", "goroutine 1 [running]", `go func() { select {} }(); runtime.Gosched(); panic(1)`},
	{"close readies the last first", "1.7", "go1.13", "CloseFIFO", "5\n0\n1\n", "4\n3\n2\n", `c := make(chan int); for i := range 6 { go func() { <-c; println(i) }() }; runtime.Gosched(); close(c); time.Sleep(1000)`},
	{"unlock of unlocked mutex is fatal", "1.8", "go1.13", "UnlockIsFatal", "recovered", "fatal error: sync: unlock", `defer func() { recover(); println("recovered") }(); var m sync.Mutex; m.Unlock()`},
	{"a mutex starves nobody", "1.9", "go1.13", "MutexStarves", "starved", "served", `var m sync.Mutex; m.Lock(); go func() { m.Lock(); println("served"); os.Exit(0) }(); for range 40 { time.Sleep(time.Millisecond); m.Unlock(); m.Lock() }; println("starved")`},
	{"runtime.GC marks beside the program", "1.9", "go1.13", "ForcedStops", "", "", `go print("other "); runtime.GC(); print("main "); runtime.Gosched()`},
	{"LockOSThread nests", "1.10", "go1.13", "LockNests", "[select (no cases)]:", ", locked to thread]", `runtime.LockOSThread(); runtime.LockOSThread(); runtime.UnlockOSThread(); select {}`},
	{"sync.Cond.Wait", "1.11", "go1.13", "CondReason", "[semacquire]", "[sync.Cond.Wait]", `c := sync.NewCond(new(sync.Mutex)); c.L.Lock(); c.Wait()`},
	{"with length", "1.13", "go1.13", "BoundsValues", "index out of range\n", "index out of range [3] with length 2", `s := []int{1, 2}; n := 3; println(s[n])`},
	{"a guard of 880 bytes", "1.8", "go1.13", "StackGuard", "", "", stackDepths},

	{"a guard of 896 bytes", "1.14", "go1.14", "StackGuard", "", "", stackDepths},

	{"a guard of 928 bytes", "1.15", "go1.26", "StackGuard", "", "", stackDepths},
	{"ten spans are swept at once", "1.19", "go1.26", "SweepsSingly", "", "", garbage},
	{"first stacks adapt", "1.19", "go1.26", "StackAdapts", "", "", "func f(n int, c chan int) {\n\tif n == 0 {\n\t\t<-c\n\t\treturn\n\t}\n\tf(n-1, c)\n\tprint()\n}\n\nfunc main() {\n\tfor range 20 {\n\t\tgo f(400, make(chan int))\n\t}\n\truntime.Gosched()\n\truntime.GC()\n\tgo f(400, make(chan int))\n\truntime.Gosched()\n}"},
	{"sync.Mutex.Lock", "1.20", "go1.26", "LockReasons", "[semacquire]", "[sync.Mutex.Lock]", `var m sync.Mutex; m.Lock(); m.Lock()`},
	{"both ends of a deep stack", "1.21", "go1.26", "TraceEnds", "...additional frames elided...", "...402 frames elided...", `var f func(n int); f = func(n int) { if n == 0 { panic(1) }; f(n - 1) }; f(500)`},
	{"created by … in goroutine 1", "1.21", "go1.26", "TraceParent", "created by main.main\n", "created by main.main in goroutine 1\n", `go panic(1); select {}`},
	{"channels of timers look unbuffered", "1.23", "go1.26", "OldTimers", "1\n", "0\n", `println(cap(time.NewTimer(1).C))`},
	{"workers for idle Ps first", "1.26", "go1.26", "WorkerFirst", "", "", `go func() { for {} }(); runtime.GC()`},
	{"leaked goroutines can be found", "1.26", "go1.26", "FindsLeaks", "false", "true", `os.Setenv("GOEXPERIMENT", "goroutineleakprofile"); println(pprof.Lookup("goroutineleak") != nil)`},
	{"recovered, repanicked", "1.25", "go1.26", "Repanicked", "[recovered]\n\tpanic: 1", "[recovered, repanicked]", `defer func() { panic(recover()) }(); panic(1)`},
}

// heapOfGs collects sooner or later as Gs take more or less of the heap.
const heapOfGs = `_ = os.Args; n := 0; for i := range 3000 { go func() { n += i; select {} }() }; runtime.Gosched()`

// garbage leaves spans to be swept, and lets who sweeps run.
const garbage = `var keep [][]byte
	for i := range 6000 {
		if b := make([]byte, 1000); i%16 == 0 {
			keep = append(keep, b)
		}
		runtime.Gosched()
	}
	println(len(keep))`

// stackDepths meets the end of a stack at depths that the guard decides.
const stackDepths = `func f(n int) int {
	if n == 0 {
		return 0
	}
	return 1 + f(n-1)
}

func main() {
	for n := range 200 {
		done := make(chan bool)
		go func() { println(f(n)); close(done) }()
		<-done
	}
}`

// source makes a program of a feature's text.
func (f *feature) source() string {
	body := f.program
	if !strings.Contains(body, "func main()") {
		body = "func main() { " + body + " }"
	}
	var imports strings.Builder
	for _, path := range []string{"os", "math/rand", "runtime", "runtime/debug", "runtime/pprof", "sync", "syscall", "time"} {
		name := path[strings.LastIndex(path, "/")+1:]
		if regexp.MustCompile(`\b` + name + `\.`).MatchString(body) {
			fmt.Fprintf(&imports, "import %q\n", path)
		}
	}
	return "package main\n\n" + imports.String() + "\n" + body + "\n"
}

// eraOf adds an era to the rows for the length of a test.
func eraOf(t *testing.T, e sched.Era) string {
	t.Helper()
	n := len(sched.Eras)
	e.Name = "mixed"
	sched.Eras = append(sched.Eras, e)
	t.Cleanup(func() { sched.Eras = sched.Eras[:n] })
	return e.Name
}

// outcome is what a program prints and its log.
func outcome(t *testing.T, source, era string, procs int) (out, log string) {
	t.Helper()
	limits := sim.DefaultLimits
	limits.Time = 400e9 // as some sleep for minutes
	rec, diagnostics := load(t, "main.go", source, sim.Config{Era: era, Procs: procs, Cores: max(procs, 2), Seed: 1, Limits: limits, History: -1})
	if rec == nil {
		t.Fatal(diagnostics)
	}
	rec.Advance(0, 0)
	var b strings.Builder
	if err := rec.Log().Write(&b); err != nil {
		t.Fatal(err)
	}
	return merged(rec), b.String()
}

func rowsOf(t *testing.T, era string) (before, since sched.Era) {
	t.Helper()
	for i := range sched.Eras {
		if sched.Eras[i].Name == era {
			return sched.Eras[i-1], sched.Eras[i]
		}
	}
	t.Fatalf("no era %s", era)
	return
}

// Each feature is carried by its field.
func TestFeatures(t *testing.T) {
	for _, f := range features {
		t.Run(f.era+"/"+f.field, func(t *testing.T) {
			before, since := rowsOf(t, f.era)
			mixed := since
			to, from := reflect.ValueOf(&mixed.VM).Elem().FieldByName(f.field), reflect.ValueOf(before.VM).FieldByName(f.field)
			if !to.IsValid() {
				to, from = reflect.ValueOf(&mixed).Elem().FieldByName(f.field), reflect.ValueOf(before).FieldByName(f.field)
			}
			if to.Equal(from) {
				t.Errorf("%s is the same in %s and %s", f.field, before.Name, since.Name)
			}
			to.Set(from)
			procs := 1
			if f.field == "WorkerFirst" {
				procs = 4
			}
			out, log := outcome(t, f.source(), f.era, procs)
			oldOut, oldLog := outcome(t, f.source(), eraOf(t, mixed), procs)
			if !strings.Contains(out, f.now) || !strings.Contains(oldOut, f.old) {
				t.Errorf("printed is\n%s\nand with %s set back\n%s\nwant %q and %q\n%s", out, f.field, oldOut, f.now, f.old, f.source())
			}
			if log == oldLog && out == oldOut {
				t.Errorf("%s makes no difference to\n%s", f.field, f.source())
			}
		})
	}
}

// Who wants a sync.Mutex spins for it since Go 1.5, if others run.
func TestMutexSpins(t *testing.T) {
	f := feature{program: `var m sync.Mutex; var w sync.WaitGroup; for i := range 2 { w.Go(func() { for k := range 5000 { m.Lock(); for range 50 {}; m.Unlock(); for range 60 + (k*(7+6*i))%90 {} } }) }; w.Wait()`}
	before, since := rowsOf(t, "go1.5")
	if before.MutexSpins || !since.MutexSpins {
		t.Fatal("spinning did not come with Go 1.5")
	}
	since.MutexSpins = false
	_, spins := outcome(t, f.source(), "go1.5", 2)
	_, sleeps := outcome(t, f.source(), eraOf(t, since), 2)
	if a, b := strings.Count(spins, "GoBlock"), strings.Count(sleeps, "GoBlock"); a >= b {
		t.Errorf("%d goroutines were blocked with spinning, %d without", a, b)
	}
}

// Whatever differs between the rules of two eras is a feature.
func TestFeaturesAreAll(t *testing.T) {
	told := map[string]bool{}
	for _, f := range features {
		told[f.era+" "+f.field] = true
	}
	for i := range sched.Eras[1:] {
		before, since := sched.Eras[i], sched.Eras[i+1]
		if before.VM == kernelOnly(t) {
			continue // the first with a runtime of its own is no successor
		}
		a, b := reflect.ValueOf(before.VM), reflect.ValueOf(since.VM)
		for j := range a.NumField() {
			if name := a.Type().Field(j).Name; !a.Field(j).Equal(b.Field(j)) && !told[since.Name+" "+name] {
				t.Errorf("%s: %s is not what it was in %s, and no feature says so", since.Name, name, before.Name)
			}
		}
	}
}

// kernelOnly are the rules of the era in which the kernel does it all.
func kernelOnly(t *testing.T) task.Rules {
	_, threads := rowsOf(t, "threads")
	return threads.VM
}
