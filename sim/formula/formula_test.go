package formula_test

import (
	"strings"
	"testing"

	"gopark/sim/formula"
	"gopark/sim/host"
	"gopark/sim/lesson"
	"gopark/sim/trace"
)

const blocking = `package main

import (
	"fmt"
	"sync"
	"syscall"
)

func main() {
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Go(func() {
			t := syscall.NsecToTimespec(5e6)
			syscall.Nanosleep(&t, nil)
			fmt.Println(i)
		})
	}
	wg.Wait()
}
`

const channels = `package main

func main() {
	c, done := make(chan int), make(chan bool)
	go func() {
		for range 3 {
			<-c
		}
		done <- true
	}()
	for i := range 3 {
		c <- i
	}
	<-done
	println("over")
}
`

const stuck = `package main

func main() {
	<-make(chan int)
}
`

func run(t *testing.T, source string, s lesson.Settings) *formula.Run {
	t.Helper()
	prog, diagnostics, err := host.Load("main.go", source)
	if err != nil || len(diagnostics) > 0 {
		t.Fatal(err, diagnostics)
	}
	rec, err := prog.Record(s.Config())
	if err != nil {
		t.Fatal(err)
	}
	rec.Advance(0, 0)
	return lesson.Run(rec, s.Era, source)
}

// TestHolds asks formulas whose answers are known of real runs.
func TestHolds(t *testing.T) {
	today := lesson.Settings{Era: "go1.26", Procs: 1, Cores: 2, Seed: 1}
	for _, test := range []struct {
		name, source string
		settings     lesson.Settings
		true, false  []string
	}{
		{"blocking", blocking, today, []string{
			"max(threads) >= 4 && procs == 1",
			`max(threads("syscall")) >= 3`,
			`ever(goroutines("syscall") == 3)`,
			`goroutines == 1`,
			`max(goroutines) == 4`,
			`count(ProcSteal) > 0 || count(ProcHand) > 0`,
			`first(goroutines > 1) > 0`,
			`total(threads("syscall") > 0) > 5*ms && total(threads("syscall") > 0) < 6*ms`,
			`longest(status(main) == "waiting") > 4*ms`,
			`exit == 0 && !hung && !deadlock`,
			`imports("sync") && calls("syscall.Nanosleep") == 1 && makes("chan") == 0`,
			`lines(output) == 3 && errors == ""`,
		}, []string{
			"max(threads) > 40",
			`always(goroutines == 1)`,
			`calls("time.Sleep") > 0`,
			`ever(global > 5)`,
		}},
		{"channels", channels, today, []string{
			`makes("chan") == 2`,
			`ever(reason(main) == "chan send" || reason(main) == "chan receive")`,
			`count(GoBlock, reason == "chan receive") >= 1`,
			`count(GoStart, from == "next") >= 3`,
			`count(GoCreate, g == main) == 1`,
			`stack(main) >= 2*KB && min(procs) <= 1`,
			`ever(next(0) != 0) && ever(runs(0) == main)`,
			`contains(errors, "over") && line(errors, 1) == "over" && line(errors, 2) == ""`,
			`status(G100) == "" && place(main) == ""`,
			`max(ring(0)) >= 0 && ring(7) == 0`,
			`thread(main) == 0 && cores == 2 && era == "go1.26"`,
			`received == 4 && received(main) == 1 && received(G3) == 0`,
			`executed("c <- i") == 3 && executed("c <- i", main) == 3 && executed("<-c") == 3 && executed("<-c", main) == 0`,
			`executed("no such line") == 0 && executed("println") == 1`,
			`time > 0 && -time < 0 && (7 % 4) == 3 && 7/2 == 3`,
		}, []string{
			`deadlock`,
			`count(GoBlock, reason == "select") > 0`,
		}},
		{"stuck", stuck, today, []string{
			`deadlock && exit == 2`,
			`status(main) == "waiting" && reason(main) == "chan receive"`,
			`contains(errors, "all goroutines are asleep")`,
			`idleprocs >= 0`,
		}, []string{"hung"}},
		{"stuck threads", stuck, lesson.Settings{Era: "threads", Cores: 2, Seed: 1}, []string{`hung && !deadlock && procs == 0`}, nil},
	} {
		r := run(t, test.source, test.settings)
		for _, want := range [][]string{test.true, test.false} {
			for _, source := range want {
				f, err := formula.ParseTruth(source)
				if err != nil {
					t.Errorf("%s: %v", source, err)
					continue
				}
				result, err := f.Eval(r)
				if err != nil {
					t.Fatal(err)
				}
				if result.Holds() != (&want[0] == &test.true[0]) {
					t.Errorf("%s: %s is %v: %+v", test.name, source, result.Holds(), result.Why(0))
				}
			}
		}
	}
}

// TestSame compares runs.
func TestSame(t *testing.T) {
	var runs []*formula.Run
	for _, era := range []string{"go1.0", "go1.26"} {
		runs = append(runs, run(t, blocking, lesson.Settings{Era: era, Procs: 1, Cores: 2, Seed: 1}))
	}
	for source, want := range map[string]bool{
		`same(lines(output))`:          true,
		`same(era)`:                    false,
		`same(exit) && !same(procs)`:   true,
		`era == "go1.0" || !same(era)`: true,
	} {
		f, err := formula.ParseTruth(source)
		if err != nil {
			t.Fatal(err)
		}
		result, err := f.Eval(runs...)
		if err != nil {
			t.Fatal(err)
		}
		if result.Holds() != want {
			t.Errorf("%s: %v", source, result.Values)
		}
	}
}

// TestWhy says what an attempt lacks.
func TestWhy(t *testing.T) {
	r := run(t, channels, lesson.Settings{Era: "go1.26", Procs: 1, Cores: 2, Seed: 1})
	f, _ := formula.ParseTruth(`makes("chan") == 1 && contains(errors, "over") && max(goroutines) > 5 && (cores > 2 || procs > 1)`)
	result, err := f.Eval(r)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, w := range result.Why(0) {
		b.WriteString(map[bool]string{true: "yes ", false: "no "}[w.Holds] + w.Part + ": " + w.Was + "\n")
	}
	const want = `no makes("chan") == 1: makes("chan") was 2
yes contains(errors, "over"): 
no max(goroutines) > 5: max(goroutines) was 2
no cores > 2 || procs > 1: cores was 2 and procs was 1
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// TestFirst finds instants.
func TestFirst(t *testing.T) {
	r := run(t, channels, lesson.Settings{Era: "go1.26", Procs: 1, Cores: 2, Seed: 1})
	f, _ := formula.ParseTruth(`reason(main) == "chan send"`)
	n, err := f.First(r, 0)
	if err != nil || n <= 0 {
		t.Fatal(n, err)
	}
	for at, want := range map[int]bool{n - 1: false, n: true} {
		if v, _, err := f.Since(r, 0, at); err != nil || v.Holds() != want {
			t.Errorf("after %d events it is %v, %v", at, v, err)
		}
	}
	later, err := f.First(r, n+20)
	if err != nil || later != -1 && later < n+20 {
		t.Error(later, err)
	}
	runs, _ := formula.Parse("count(GoStart)")
	all, _, _ := runs.Since(r, 0, r.Log.Len())
	early, _, _ := runs.Since(r, 0, n)
	late, _, _ := runs.Since(r, n, r.Log.Len())
	if early.Num == 0 || late.Num == 0 || early.Num+late.Num != all.Num {
		t.Errorf("%d starts before the instant and %d after it, of %d", early.Num, late.Num, all.Num)
	}
	never, _ := formula.ParseTruth("threads > 1000")
	if n, _ := never.First(r, 0); n != -1 {
		t.Error(n)
	}
}

// TestSaves: what switches store is counted by who is stopped, and how.
func TestSaves(t *testing.T) {
	const program = `package main

import "runtime"

func main() {
	go func() {
		for n := 0; n < 12_000_000; n++ {
		}
	}()
	for range 10 {
		runtime.Gosched()
	}
	<-make(chan int)
}
`
	for settings, want := range map[lesson.Settings][]string{
		{Era: "go1.26", Procs: 1, Cores: 1}: {
			`saved("calls") == 24 * (count(GoBlock) + count(GoStop, why == "gosched"))`,
			`saved("signals") == 2264 * count(GoStop, why == "preempted") && count(GoStop, why == "preempted") == 1`,
			`saved == saved("calls") + saved("signals") + saved("threads")`,
			`touched > 2*KB && reserved > touched && kernel > 20*KB`,
			`at(goroutines == 2, touched) > 2*KB && at(goroutines == 9, touched) == 0`,
		},
		{Era: "go1.0", Procs: 1, Cores: 1}:   {`saved("signals") == 0`, `saved("calls") > 10*24`},
		{Era: "threads", Procs: 1, Cores: 1}: {`saved("calls") == 0 && saved("threads") >= 10*2600`, `at(goroutines == 2, reserved) > 16*MB && at(goroutines == 2, touched) < 1*MB`},
	} {
		r := run(t, program, settings)
		for _, source := range want {
			f, err := formula.ParseTruth(source)
			if err != nil {
				t.Fatal(source, err)
			}
			result, err := f.Eval(r)
			if err != nil || !result.Holds() {
				t.Errorf("%s: %s: %v %v", settings.Era, source, err, result.Why(0))
			}
		}
	}
}

// TestUnits: what a quantity was is said in the unit that it is compared with.
func TestUnits(t *testing.T) {
	r := run(t, channels, lesson.Settings{Era: "go1.26", Procs: 1, Cores: 2, Seed: 1})
	for source, want := range map[string]string{
		`max(stack(main)) == 64*KB`: "max(stack(main)) was 2 KB",
		`max(stack(main)) == 65536`: "max(stack(main)) was 2048",
		`64*KB == max(stack(main))`: "max(stack(main)) was 2 KB",
		`cores*2 > 2*4`:             "cores*2 was 4",
	} {
		f, err := formula.ParseTruth(source)
		if err != nil {
			t.Fatal(err)
		}
		result, _ := f.Eval(r)
		if got := result.Why(0)[0].Was; got != want {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
}

// TestMistakes holds messages to what an author needs.
func TestMistakes(t *testing.T) {
	for source, want := range map[string]string{
		`threds > 3`:                         "column 1: there is no threds: did you mean threads?",
		`threads > "3"`:                      "column 1: > has a number on its left and a text on its right",
		`threads`:                            "column 1: this is a number: compare it with something",
		`threads("sleeping") > 0`:            `column 9: threads([state]): state is never "sleeping": did you mean spinning?`,
		`status(main) == "runable"`:          `column 17: it is never "runable": did you mean runnable?`,
		`count(GoStrat) > 1`:                 "column 7: there is no event GoStrat: did you mean GoStart?",
		`count(GoStart, into == "next") > 1`: "column 16: there is no into",
		`count(GoStart, from == "nxt") > 1`:  `column 24: it is never "nxt": did you mean next?`,
		`ever(exit == 0)`:                    "column 6: exit has a value at the end of a run only, and ever looks after every event",
		`ever(received > 1)`:                 "column 6: received has a value at the end of a run only, and ever looks after every event",
		`executd("x") > 1`:                   "column 1: there is no executd: did you mean executed?",
		`executed(main) > 1`:                 "column 10: executed(text, [g]): text is a text, and this is a number",
		`max(1, 2) > 1`:                      "column 1: want max(n)",
		`ring > 1`:                           "column 1: want ring(p)",
		`output + "x" == "y"`:                "column 1: + wants a number on both sides, and these are not",
		`!threads`:                           "column 2: ! wants true or false, and this is a number",
		`threads >`:                          "column 10: expected operand, found 'EOF'",
		`threads == 1.5`:                     "column 12: 1.5: numbers are whole, texts stand in double quotes",
		`saved("signal") > 1`:                `column 7: saved([by]): by is never "signal": did you mean signals?`,
		`touchd > 4*KB`:                      "column 1: there is no touchd: did you mean touched?",
		`max(touched) > 1`:                   "column 5: touched can be looked at once, as in at(threads == 5, touched), and max looks after every event",
		`at(touched > 1, time) > 1`:          "column 4: touched can be looked at once, as in at(threads == 5, touched), and at’s condition looks after every event",
		`touched(main) > 1`:                  "column 1: want touched",
		`func() {}`:                          "column 1: a formula has numbers, texts in quotes, names, calls and operators, and not this",
	} {
		_, err := formula.ParseTruth(source)
		if err == nil || err.Error() != want {
			t.Errorf("%s\n\tgot  %v\n\twant %s", source, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`max(threads) >= 5 && procs == 1`, `count(GoBlock, reason == "select") > 0`, `same(output)`, `!ever(place(G7) == "global")`} {
		f.Add(s)
	}
	empty := &formula.Run{Log: &trace.Log{}}
	f.Fuzz(func(t *testing.T, source string) {
		x, err := formula.Parse(source)
		if err != nil {
			return
		}
		if _, err := x.Eval(empty, empty); err != nil {
			t.Error(err)
		}
	})
}
