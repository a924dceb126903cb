package machine

import (
	"fmt"
	"strings"
	"testing"

	"gopark/sim/cost"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// A script is a Runner whose threads each do a list of things, in words:
// "run 500", "park", "park 900" (until), "sys 2000", "yield", "exit",
// "make 2" (a thread for list 2), "wake 1", "hold", "release", of which each of
// the last four takes 1.
type script struct {
	m     *Machine
	lists [][]string
	of    []int // list of each thread
	pc    []int
	left  []int64
	bells []task.Time
}

func (s *script) thread(list int) {
	s.of, s.pc, s.left = append(s.of, list), append(s.pc, 0), append(s.left, 0)
}

func (s *script) Alarm(now task.Time) { s.bells = append(s.bells, now) }

func (s *script) Run(t Thread, now task.Time, budget task.Duration) (task.Duration, Request) {
	for {
		list := s.lists[s.of[t]]
		if s.pc[t] >= len(list) {
			return 0, Request{Kind: Exit}
		}
		var word string
		var n int64
		fmt.Sscan(list[s.pc[t]], &word, &n)
		if word == "run" {
			if s.left[t] == 0 {
				s.left[t] = n
			}
			took := min(budget, s.left[t])
			if s.left[t] -= took; s.left[t] == 0 {
				s.pc[t]++
			}
			return took, Request{}
		}
		s.pc[t]++
		switch word {
		case "make":
			s.m.Create(t, now)
			s.thread(int(n))
			return 1, Request{}
		case "wake":
			s.m.Unpark(t, Thread(n), now)
			return 1, Request{}
		case "hold":
			s.m.Hold(t)
			return 1, Request{}
		case "release":
			s.m.Release(now)
			return 1, Request{}
		case "park":
			if n == 0 {
				n = Never
			}
			return 0, Request{Kind: Park, Until: n, Why: trace.WhyParked}
		case "sys":
			return 0, Request{Kind: Syscall, Wait: n}
		case "yield":
			return 0, Request{Kind: Yield}
		case "exit":
			return 0, Request{Kind: Exit}
		}
	}
}

// simple costs make times in tests easy to follow.
var simple = cost.Kernel{ThreadLatency: 100, ThreadSwitch: 10, WakeLatency: 50, Slice: 1000, SyscallOnCore: 20, SyscallLeast: 1}

func newScript(cores int, lists ...string) (*script, *trace.Log) {
	log := &trace.Log{}
	s := &script{}
	for _, l := range lists {
		s.lists = append(s.lists, strings.Split(l, ", "))
	}
	s.m = New(Config{Cores: cores, Costs: simple, Quantum: 10}, s, log)
	s.m.Boot()
	s.thread(0)
	return s, log
}

func (s *script) finish(t *testing.T) {
	t.Helper()
	for i := 0; s.m.Step(); i++ {
		if i > 100_000 {
			t.Fatal("no end")
		}
	}
}

// starts are the events that put threads on cores or take them off, without
// the first: "time core thread+" and "time core thread-why".
func starts(l *trace.Log) string {
	var out []string
	for i := range l.Len() {
		switch e := l.At(i); e.Kind {
		case trace.ThreadStart:
			out = append(out, fmt.Sprintf("%d c%d m%d", e.Time, e.Core, e.M))
		case trace.ThreadStop:
			out = append(out, fmt.Sprintf("%d c%d -m%d %s", e.Time, e.Core, e.M, trace.Why(e.A)))
		}
	}
	return strings.Join(out[1:], "; ")
}

func TestMachine(t *testing.T) {
	for _, c := range []struct {
		name  string
		cores int
		lists []string
		want  string
	}{
		{"time slices on one core", 1, []string{"make 1, run 1500", "run 1200"},
			"1000 c0 -m0 preempted; 1000 c0 m1; 2010 c0 -m1 preempted; 2010 c0 m0; 2521 c0 -m0 exit; 2521 c0 m1; 2731 c0 -m1 exit"},
		{"two cores run at once", 2, []string{"make 1, run 1500", "run 1200"},
			"100 c1 m1; 1310 c1 -m1 exit; 1501 c0 -m0 exit"},
		{"a long system call gives the core away", 1, []string{"make 1, run 200, sys 500, run 10", "run 300"},
			"201 c0 -m0 syscall; 201 c0 m1; 511 c0 -m1 exit; 701 c0 m0; 721 c0 -m0 exit"},
		{"a short one does not", 1, []string{"make 1, run 200, sys 20, run 10", "run 300"},
			"231 c0 -m0 exit; 231 c0 m1; 541 c0 -m1 exit"},
		{"park and wake", 2, []string{"make 1, run 200, wake 1, run 10", "park, run 10"},
			"100 c1 m1; 110 c1 -m1 parked; 212 c0 -m0 exit; 251 c1 m1; 261 c1 -m1 exit"},
		{"a wake before the park is kept", 2, []string{"make 1, run 105, wake 1, run 10", "run 30, park, run 10"},
			"100 c1 m1; 117 c0 -m0 exit; 151 c1 -m1 exit"},
		{"park until a time", 1, []string{"run 10, park 300, run 10"},
			"10 c0 -m0 parked; 300 c0 m0; 310 c0 -m0 exit"},
		{"a wake before that time", 2, []string{"make 1, run 200, wake 1, run 10", "park 900, run 10"},
			"100 c1 m1; 110 c1 -m1 parked; 212 c0 -m0 exit; 251 c1 m1; 261 c1 -m1 exit"},
		{"yield", 1, []string{"make 1, run 200, yield, run 10", "run 20"},
			"201 c0 -m0 preempted; 201 c0 m1; 231 c0 -m1 exit; 231 c0 m0; 251 c0 -m0 exit"},
		{"a core that is free is taken", 2, []string{"make 1, make 1, run 500", "run 300"},
			"100 c1 m1; 410 c1 -m1 exit; 410 c1 m2; 502 c0 -m0 exit; 720 c1 -m2 exit"},
		{"hold", 2, []string{"make 1, run 150, hold, run 500, release, run 10", "run 100"},
			"100 c1 m1; 663 c0 -m0 exit; 701 c1 -m1 exit"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, log := newScript(c.cores, c.lists...)
			s.finish(t)
			if got := starts(log); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if err := trace.Check(log, trace.Rules{}); err != nil {
				t.Error(err)
			}
			if s.m.Threads() != 0 {
				t.Errorf("%d threads are left", s.m.Threads())
			}
		})
	}
}

func TestAlarm(t *testing.T) {
	s, _ := newScript(1, "run 500")
	s.m.SetAlarm(120)
	s.finish(t)
	if len(s.bells) != 1 || s.bells[0] != 120 {
		t.Errorf("alarms at %v, want one at 120", s.bells)
	}
}

func TestNothingLeftToDo(t *testing.T) {
	s, _ := newScript(2, "run 5, park")
	s.finish(t)
	if s.m.Now() != 5 || s.m.Threads() != 1 {
		t.Errorf("at %d with %d threads, want at 5 with 1", s.m.Now(), s.m.Threads())
	}
}

func TestRunnerMustKeepTheBargain(t *testing.T) {
	m := New(Config{}, liar{}, &trace.Log{})
	m.Boot()
	defer func() {
		if recover() == nil {
			t.Error("a thread took no time and asked for nothing, and nobody complained")
		}
	}()
	m.Step()
}

type liar struct{}

func (liar) Run(Thread, task.Time, task.Duration) (task.Duration, Request) { return 0, Request{} }
func (liar) Alarm(task.Time)                                               {}
