package sched

import (
	"flag"
	"fmt"
	"testing"

	"gopark/sim/task/tasktest"
	"gopark/sim/trace"
)

var (
	runs    = flag.Int("runs", 12000, "random scripts to run")
	oneSeed = flag.Int64("seed", -1, "run this random script only and print its log")
)

// steps is more than any random script needs.
const steps = 2_000_000

func finish(t testing.TB, s Scheduler) {
	t.Helper()
	for i := 0; s.Step(); i++ {
		if i > steps {
			t.Fatalf("no end after %d steps, at %d ns", i, s.Now())
		}
	}
}

func randomConfig(seed int64) (string, Config) {
	era := Eras[seed%int64(len(Eras))]
	c := Config{Cores: 1 + int(seed/7%8), Seed: uint64(seed), OSLinked: seed%3 == 0}
	c.AsyncPreemptOff = seed%11 == 0
	if seed%2 == 0 || seed%5 == 0 {
		c.Procs = 1 + int(seed/3%8)
	}
	return era.Name, c
}

func runRandom(t *testing.T, seed int64) (Scheduler, *trace.Log) {
	t.Helper()
	script := tasktest.Random(uint64(seed))
	era, c := randomConfig(seed)
	repeat := fmt.Sprintf("go test -run TestRandom ./sim/sched -seed %d\n%s %+v\n%s", seed, era, c, script)
	s, _, log := start(t, era, script, c)
	defer func() {
		if x := recover(); x != nil {
			t.Fatalf("%v\n%s\n%s", x, repeat, tail(log))
		}
	}()
	for i := 0; s.Step(); i++ {
		if i > steps {
			t.Fatalf("no end at %d ns\n%s\n%s", s.Now(), repeat, tail(log))
		}
	}
	if err := trace.Check(log, rules(t, era)); err != nil {
		t.Fatalf("%v\n%s\n%s", err, repeat, tail(log))
	}
	if e, _ := Lookup(era); s.Ended().Kind == Hung || s.Ended().Kind == AllBlocked && e.DeadlockSeen || s.Ended().Kind == ThreadsGone {
		t.Fatalf("%v\n%s\n%s", s.Ended(), repeat, tail(log))
	}
	return s, log
}

func tail(l *trace.Log) string {
	var p trace.Printer
	text := ""
	for i := range l.Len() {
		line := p.Line(l.At(i))
		if i > l.Len()-120 || *oneSeed >= 0 {
			text += line + "\n"
		}
	}
	return text
}

func TestRandom(t *testing.T) {
	if *oneSeed >= 0 {
		s, log := runRandom(t, *oneSeed)
		t.Logf("%s\n%v", log, s.Ended())
		return
	}
	ends := [NumEnds]int{}
	events := 0
	for seed := range int64(*runs) {
		s, log := runRandom(t, seed)
		ends[s.Ended().Kind]++
		events += log.Len()
	}
	t.Logf("%d events; %v", events, ends)
}
