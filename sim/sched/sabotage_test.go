package sched

import (
	"fmt"
	"testing"

	"gopark/sim/machine"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/task/tasktest"
	"gopark/sim/trace"
)

// A sabotage breaks a rule on purpose, once, between two turns: something has to
// notice, which is trace.Check, an invariant of the scheduler's own, the comparison
// of its state with its log, or an end that the run would not have come to.
type sabotage struct {
	rule string            // that is broken
	rare string            // why most runs come to the same end nevertheless
	do   func(s *gmp) bool // false: it can't be broken now
}

// inQueue is a P with a goroutine in its ring.
func inQueue(s *gmp) *p {
	for _, x := range s.ps[:s.procs] {
		if x.ring.n > 0 {
			return x
		}
	}
	return nil
}

func inNext(s *gmp) *p {
	for _, x := range s.ps[:s.procs] {
		if x.next != task.None {
			return x
		}
	}
	return nil
}

func withStatus(s *gmp, st gstatus) *g {
	for i := range s.gs {
		if x := &s.gs[i]; x.status == st && !x.system && x.goid > 0 {
			return x
		}
	}
	return nil
}

var sabotages = []sabotage{
	{rule: "runnext is lost when a P is handed off", do: func(s *gmp) bool {
		x := inNext(s)
		if x != nil {
			x.next = task.None
		}
		return x != nil
	}},
	{rule: "a queued goroutine is lost", do: func(s *gmp) bool {
		x := inQueue(s)
		if x != nil {
			x.ring.pop()
		}
		return x != nil
	}},
	{rule: "a goroutine is in a queue twice", do: func(s *gmp) bool {
		x := inQueue(s)
		if x != nil {
			x.ring.push(x.ring.at(0))
		}
		return x != nil
	}},
	{rule: "a goroutine that runs is in a queue too", do: func(s *gmp) bool {
		x := withStatus(s, grunning)
		if x != nil {
			s.runq.push(s.ms[x.m].curg)
		}
		return x != nil
	}},
	{rule: "a queue is not first in, first out", do: func(s *gmp) bool {
		x := inQueue(s)
		if x == nil || x.ring.n < 2 {
			return false
		}
		x.ring.push(x.ring.pop())
		return true
	}},
	{rule: "the global queue is not first in, first out", do: func(s *gmp) bool {
		if s.runq.n < 2 {
			return false
		}
		s.runq.push(s.runq.pop())
		return true
	}},
	{rule: "the ring goes before runnext", do: func(s *gmp) bool {
		x := inNext(s)
		if x == nil || x.ring.n == 0 {
			return false
		}
		x.next, x.ring.buf[x.ring.head] = x.ring.at(0), x.next
		return true
	}},
	{rule: "a P goes idle with work", do: func(s *gmp) bool {
		if len(s.idleP) == 0 || s.runq.n == 0 {
			return false
		}
		s.ps[s.idleP[0]].ring.push(s.runq.pop())
		return true
	}},
	{rule: "the first P that went idle is taken, and not the last", do: func(s *gmp) bool {
		n := len(s.idleP)
		if n < 2 {
			return false
		}
		s.idleP[0], s.idleP[n-1] = s.idleP[n-1], s.idleP[0]
		return true
	}},
	{rule: "two threads have a P", do: func(s *gmp) bool {
		for _, m := range s.ms {
			if m.phase == atRun && m.p != none && m.id != sysmonM {
				for _, o := range s.ms {
					if o != m && o.phase == atRun && o.p != none {
						o.p = m.p
						return true
					}
				}
			}
		}
		return false
	}},
	{rule: "a thread parks with its goroutine", do: func(s *gmp) bool {
		x := withStatus(s, grunning)
		if x != nil {
			s.ms[x.m].phase = atSchedule
		}
		return x != nil
	}},
	{rule: "a waiting goroutine becomes runnable by itself", do: func(s *gmp) bool {
		x := withStatus(s, gwaiting)
		if x != nil {
			x.status = grunnable
		}
		return x != nil
	}},
	{rule: "a goroutine ends without having run", do: func(s *gmp) bool {
		x := withStatus(s, grunnable)
		if x != nil {
			x.status = gdead
		}
		return x != nil
	}},
	{rule: "a goroutine id is given out twice", rare: "no more goroutines are made", do: func(s *gmp) bool {
		for _, x := range s.ps {
			if x.goid > 3 && x.goid < x.goidEnd {
				x.goid = 2
				return true
			}
		}
		return false
	}},
	{rule: "a timer is early", do: func(s *gmp) bool {
		for _, x := range s.ps {
			if len(x.heap) > 0 && x.heap[0].when > s.now+1000 {
				x.heap[0].when = s.now
				return true
			}
		}
		return false
	}},
	{rule: "a timer is forgotten", rare: "main ends without the one that sleeps", do: func(s *gmp) bool {
		for _, x := range s.ps {
			if len(x.heap) == 1 && x.heap[0].key < 0 {
				s.heapRemove(x.heap[0].key)
				return true
			}
		}
		return false
	}},
	{rule: "nobody is woken for new work", rare: "it only takes longer, until who runs looks by himself", do: func(s *gmp) bool {
		if s.spinning != 0 || len(s.idleP) == 0 {
			return false
		}
		s.spinning = 1
		return true
	}},
	{rule: "a wired goroutine runs on another thread", do: func(s *gmp) bool {
		for i := range s.gs {
			if x := &s.gs[i]; x.lockedM != none && x.status == grunnable {
				s.ms[x.lockedM].lockedG, x.lockedM = task.None, none
				return true
			}
		}
		return false
	}},
	{rule: "the world is said to stand still while a P runs", do: func(s *gmp) bool {
		if !s.stopping || s.stopWait <= 0 {
			return false
		}
		s.stopWait = 0
		s.mach.Break(machine.Thread(s.stopper), machine.Thread(s.stopper), s.now)
		return true
	}},
	{rule: "sched.lock is free although a thread has it", do: func(s *gmp) bool {
		for _, m := range s.ms {
			if m.hold > 0 && s.mu.holder == m.id {
				s.mu.holder = none
				return true
			}
		}
		return false
	}},
	{rule: "a thread takes sched.lock before it is free", do: func(s *gmp) bool {
		for _, m := range s.ms {
			if m.waits && m.lock == lockSched && s.mu.holder != none {
				m.waits, m.has = false, true
				return true
			}
		}
		return false
	}},
	{rule: "sysmon does not wait for sched.lock", do: func(s *gmp) bool {
		for i := range s.gs {
			if x := &s.gs[i]; s.mu.holder != none && x.status == gwaiting && x.reason == task.ForceGCIdle {
				s.now, s.cur = s.mach.Now(), sysmonM
				s.inject([]task.ID{task.ID(i)})
				return true
			}
		}
		return false
	}},
	{rule: "a P is taken from a thread that runs a goroutine", do: func(s *gmp) bool {
		x := withStatus(s, grunning)
		if x == nil {
			return false
		}
		pp := s.ps[s.ms[x.m].p]
		s.cur = sysmonM
		s.takeP(pp)
		s.handOff(pp)
		return true
	}},
}

// sabotaged runs a script, breaks a rule after some turns, and says what noticed:
// "" if nothing did, or "-" if it could not be broken.
func sabotaged(t *testing.T, era, script string, c Config, b sabotage, after int) (found string) {
	sound, _, _ := start(t, era, script, c)
	turns := 0
	for sound.Step() {
		turns++
	}
	s, _, log := start(t, era, script, c)
	done := false
	defer func() {
		if x := recover(); x != nil && done {
			found = "an invariant"
		} else if x != nil {
			panic(x)
		}
	}()
	for i := 0; ; i++ {
		if i >= after && !done {
			n := log.Len()
			done = b.do(s.(*gmp))
			if unwaited(s, log, n) != "" {
				return "sysmon's property"
			}
		}
		if done && i < after+20_000 { // a state that is wrong may be right again soon
			if bad := exclusive(s); bad != "" {
				return "the lock's property"
			}
		}
		if !s.Step() {
			break
		}
		if i > 3*turns+10_000 {
			return "no end"
		}
	}
	if !done {
		return "-"
	}
	if err := trace.Check(log, rules(t, era)); err != nil {
		return "Check"
	}
	f := trace.NewFold(rules(t, era))
	for i := range log.Len() {
		f.Apply(log.At(i))
	}
	var st state.State
	s.Fill(&st)
	if compare(&st, f) != "" {
		return "state against log"
	}
	if sound.Ended() != s.Ended() {
		return "the end"
	}
	return ""
}

// Each rule that is broken is noticed, in all runs but a few in which it made no
// difference: a goroutine that was to be preempted had ended.
func TestSabotage(t *testing.T) {
	var scripts []string
	for seed := range uint64(60) {
		scripts = append(scripts, tasktest.Random(seed))
	}
	scripts = append(scripts, crowd, "1: spawn 2..40, run 60ms, wait 39\n2..40: run 5ms, yield, done",
		"1: spawn 2..9, run 1ms, collect 1000, wait 8\n2..9: run 3ms, yield, run 2ms, done",
		"1: spawn 2, sleep 1ms, wait 1\n2: lock, run 100, yield, yield, run 100, yield, done")
	for range 16 {
		scripts = append(scripts, crowd)
	}
	for _, b := range sabotages {
		t.Run(b.rule, func(t *testing.T) {
			by, applied, noticed := map[string]int{}, 0, 0
			for i, script := range scripts {
				era := []string{"go1.1", "go1.4", "go1.13", "go1.26"}[i%4]
				found := sabotaged(t, era, script, Config{Cores: 1 + i%8, Procs: 1 + i%5, Seed: uint64(i)}, b, i*7%97)
				if found != "-" {
					applied++
				}
				if found != "-" && found != "" {
					noticed++
					by[found]++
				}
			}
			t.Log(fmt.Sprintf("broken %d times, noticed %d times, by", applied, noticed), by)
			if noticed == 0 || b.rare == "" && noticed*2 < applied {
				t.Errorf("broken %d times, noticed %d times", applied, noticed)
			}
		})
	}
}

// unmissed are kinds of events whose absence Check can't notice, and why not.
var unmissed = map[trace.Kind]string{
	trace.Look:      "who looks and finds nothing changes nothing",
	trace.GoPreempt: "a request to stop may be in vain",
	trace.Exit:      "a log may stop anywhere", trace.Crash: "a log may stop anywhere",
	trace.Deadlock: "a log may stop anywhere", trace.ThreadLimit: "a log may stop anywhere",
	trace.ThreadDestroy: "a thread may sleep for ever",
	trace.PollEnd:       "a poll ends when the next begins", trace.PollBegin: "of a poll that ends later nothing else tells",
	trace.GoLock: "a goroutine need not be wired", trace.GoUnlock: "a goroutine may stay wired",
	trace.ProcsChange:   "",
	trace.UserTaskBegin: ofTraces, trace.UserTaskEnd: ofTraces, trace.UserRegionBegin: ofTraces, trace.UserRegionEnd: ofTraces, trace.UserLog: ofTraces,
	trace.Reseed:       "chance is nothing that a log could check",
	trace.ProcessFault: "pages need not be written", trace.ProcessWait: "a parent need not wait", // no random script has them
	trace.TimerStop: "a timer may be moved instead", trace.TimerFire: "a timer may be late",
	trace.StackGrow: "", trace.StackShrink: "", trace.StackLink: "", trace.StackUnlink: "",
	trace.GCMarkBegin: "", trace.GCMarkEnd: "", trace.RunqFlush: "", // no script has them
}

// ofTraces is said of what no scheduler logs.
const ofTraces = "only traces of real programs have it"

// Leave any one event out of a log, and Check notices.
func TestMissingEventsAreNoticed(t *testing.T) {
	tried, noticed := [trace.NumKinds]int{}, [trace.NumKinds]int{}
	for seed := range int64(500) {
		script := tasktest.Random(uint64(seed))
		era, c := randomConfig(seed)
		if seed%100 == 99 { // a ring that is full
			era, script = "go1.26", "1: spawn 2..700, run 3ms, wait 699\n2..700: run 1us, yield, done"
		}
		s, _, log := start(t, era, script, c)
		finish(t, s)
		first := map[trace.Kind]bool{}
		for i := range log.Len() {
			k := log.At(i).Kind
			if first[k] || tried[k] >= 40 {
				continue
			}
			first[k] = true
			tried[k]++
			less := &trace.Log{}
			for j := range log.Len() {
				if j != i {
					less.Add(log.At(j))
				}
			}
			if trace.Check(less, rules(t, era)) != nil {
				noticed[k]++
			}
		}
	}
	for k := trace.Cores; k < trace.NumKinds; k++ {
		if _, listed := unmissed[k]; listed {
			continue
		}
		t.Logf("%s: left out %d times, noticed %d times", k, tried[k], noticed[k])
		if noticed[k] == 0 || noticed[k]*4 < tried[k] {
			t.Errorf("%s: left out %d times, noticed %d times", k, tried[k], noticed[k])
		}
	}
}
