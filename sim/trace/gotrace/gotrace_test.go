package gotrace_test

import (
	"bytes"
	"errors"
	"flag"
	"strings"
	"testing"

	"gopark/sim/sched"
	"gopark/sim/sched/schedtest"
	"gopark/sim/task/tasktest"
	"gopark/sim/trace"
	"gopark/sim/trace/gotrace"
	"gopark/sim/trace/gotrace/gotracetest"
)

var (
	runs    = flag.Int("runs", 2000, "random scripts to write as traces")
	oneSeed = flag.Int64("seed", -1, "write only this random script")
)

// TestRandom writes what random scripts did, in all eras, and reads it back.
func TestRandom(t *testing.T) {
	from, to := int64(0), int64(*runs)
	if *oneSeed >= 0 {
		from, to = *oneSeed, *oneSeed+1
	}
	read, refused, counts := 0, 0, map[string]int{}
	for seed := from; seed < to; seed++ {
		e := &sched.Eras[seed%int64(len(sched.Eras))]
		script := tasktest.Random(uint64(seed))
		c := sched.Config{Cores: 1 + int(seed/7%4), Seed: uint64(seed), OSLinked: seed%3 == 0, Procs: int(seed / 3 % 6)}
		log := schedtest.Run(t, e, script, c)
		var b bytes.Buffer
		err := gotrace.Write(&b, gotrace.Run{Log: log, Rules: e.Rules()})
		if errors.Is(err, gotrace.ErrNoPs) {
			refused++
			continue
		}
		var tally *gotracetest.Tally
		if err == nil {
			tally, err = gotracetest.Check(b.Bytes(), log)
		}
		if err != nil {
			t.Fatalf("%v\nto repeat it: go test ./sim/trace/gotrace -run TestRandom -seed %d\n%s\n%s", err, seed, script, log)
		}
		read += tally.Events
		for name, n := range tally.Counts {
			counts[name] += n
		}
	}
	t.Logf("%d events; %d runs without Ps; %v", read, refused, counts)
	if *oneSeed >= 0 {
		return
	}
	for _, name := range []string{"create", "destroy", "start", "unblock", "syscall", "syscall end", "syscall end, blocked",
		"stop: preempted", "stop: runtime.Gosched", "block: sleep", "begin", "end", "P starts", "P stops"} {
		if counts[name] == 0 {
			t.Errorf("no random script has a %q: the test looks at less than it should", name)
		}
	}
	if refused == 0 {
		t.Error("no era without Ps was refused")
	}
}

// TestGenerations writes a run that is long enough for several generations.
func TestGenerations(t *testing.T) {
	e, _ := sched.Lookup("go1.26")
	var script strings.Builder
	script.WriteString("1: spawn 2..41, wait 40, quit 0\n2..41: ")
	for range 400 {
		script.WriteString("run 300, yield, syscall 6us, run 50, sleep 40us, ")
	}
	script.WriteString("done\n")
	log := schedtest.Run(t, e, script.String(), sched.Config{Cores: 3, Procs: 3, Seed: 5})
	var b bytes.Buffer
	if err := gotrace.Write(&b, gotrace.Run{Log: log, Rules: e.Rules()}); err != nil {
		t.Fatal(err)
	}
	tally, err := gotracetest.Check(b.Bytes(), log)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(b.Bytes(), []byte{50, 8, 0x80, 0x94, 0xeb, 0xdc, 3}); n < 3 {
		t.Errorf("%d generations for %d events, want more", n, tally.Events)
	}
}

// TestNothingWithoutMain: a log that has no run in it is refused too.
func TestNothingWithoutMain(t *testing.T) {
	if err := gotrace.Write(&bytes.Buffer{}, gotrace.Run{Log: &trace.Log{}}); !errors.Is(err, gotrace.ErrNoPs) {
		t.Errorf("got %v", err)
	}
}

// TestIllegalLog: what could not have happened is not written.
func TestIllegalLog(t *testing.T) {
	e, _ := sched.Lookup("go1.26")
	log := schedtest.Run(t, e, "1: spawn 2, run 50us, wait 1, quit 0\n2: run 10us, done\n", sched.Config{Cores: 2, Procs: 2})
	short := &trace.Log{}
	for i := range log.Len() {
		if e := log.At(i); e.Kind != trace.GoUnblock && e.Kind != trace.ProcStop {
			short.Add(e)
		}
	}
	if err := gotrace.Write(&bytes.Buffer{}, gotrace.Run{Log: short, Rules: e.Rules()}); err == nil {
		t.Error("a log without its GoUnblock and ProcStop was written")
	}
}
