package sched

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gopark/sim/machine"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/task/tasktest"
	"gopark/sim/trace"
)

// has is which threads have sched.lock, as they see it themselves.
func has(s Scheduler) (holders []int32, mu *mutex) {
	switch s := s.(type) {
	case *gm:
		for _, m := range s.ms {
			if m.has || m.hold > 0 {
				holders = append(holders, m.id)
			}
		}
		return holders, &s.mu
	case *gmp:
		for _, m := range s.ms {
			if m.has || m.hold > 0 {
				holders = append(holders, m.id)
			}
		}
		return holders, &s.mu
	}
	return nil, nil
}

// exclusive reports what is wrong with who has sched.lock now.
func exclusive(s Scheduler) string {
	holders, mu := has(s)
	switch {
	case mu == nil:
	case len(holders) > 1:
		return fmt.Sprintf("threads %v have sched.lock", holders)
	case len(holders) == 1 && mu.holder != holders[0]:
		return fmt.Sprintf("thread %d has sched.lock, which thread %d says it has", mu.holder, holders[0])
	case len(holders) == 0 && mu.holder != none:
		return fmt.Sprintf("thread %d has sched.lock and doesn't know", mu.holder)
	}
	return ""
}

// unwaited reports what sysmon has done since event n of the log while somebody had
// sched.lock, of what it needs that for.
func unwaited(s Scheduler, log *trace.Log, n int) string {
	_, mu := has(s)
	for ; mu != nil && n < log.Len(); n++ {
		e := log.At(n)
		if e.M == sysmonM && (e.Kind == trace.GoUnblock || e.Kind == trace.ProcSteal) && e.P == none && !mu.free(e.Time) {
			return fmt.Sprintf("at %d sysmon does %s without sched.lock, which thread %d has until %d", e.Time, e.Kind, mu.holder, mu.until)
		}
	}
	return ""
}

// No two threads ever have sched.lock, nobody sleeps for it for ever, and what a
// state says of waiters is what the log says.
func TestLockIsExclusive(t *testing.T) {
	waits, sleeps := 0, 0
	for seed := range int64(400) {
		script := tasktest.Random(uint64(seed))
		era, c := randomConfig(seed)
		c.Cores, c.Procs = 1+int(seed)%8, 1+int(seed/3)%8
		s, _, log := start(t, era, script, c)
		f := trace.NewFold(rules(t, era))
		for n := 0; s.Step(); {
			if bad := exclusive(s); bad != "" {
				t.Fatalf("seed %d, %s %+v: %s\n%s\n%s", seed, era, c, bad, script, tail(log))
			}
			if bad := unwaited(s, log, n); bad != "" {
				t.Fatalf("seed %d, %s %+v: %s\n%s\n%s", seed, era, c, bad, script, tail(log))
			}
			if n == log.Len() {
				continue
			}
			for ; n < log.Len(); n++ {
				if err := f.Apply(log.At(n)); err != nil {
					t.Fatal(err)
				}
			}
			var st state.State
			s.Fill(&st)
			waiting := map[int32]bool{}
			for _, l := range st.Sched.Locks {
				for _, w := range l.Waiters {
					waiting[w.Thread] = true
					if w.Asleep {
						sleeps++
					}
				}
			}
			for i := range f.Threads {
				if (f.Threads[i].Lock != none) != waiting[int32(i)] {
					t.Fatalf("seed %d, %s: thread %d waits for lock %d in the log, and %v in the state\n%s", seed, era, i, f.Threads[i].Lock, waiting, tail(log))
				}
			}
		}
		for i := range log.Len() {
			if log.At(i).Kind == trace.LockWait {
				waits++
			}
		}
	}
	if waits < 100 || sleeps == 0 {
		t.Errorf("only %d waits, in %d states somebody slept", waits, sleeps)
	}
}

// crowd is goroutines that do little but ask the scheduler for something.
const crowd = "1: spawn 2..17, wait 16\n2..17: yield, yield, yield, yield, yield, yield, yield, yield, yield, yield, yield, yield, yield, yield, yield, yield, done"

// With one queue and one lock more cores are no help: the lock becomes the
// program. With a queue for each P they are, for goroutines that block and wake
// each other where they are.
func TestLockBecomesTheProgram(t *testing.T) {
	pairs := "1: spawn 2..17, wait 16\n"
	for id := 2; id <= 17; id += 2 {
		a := strings.Repeat(fmt.Sprintf("run 1us, ready %d, park, ", id+1), 40)
		b := strings.Repeat(fmt.Sprintf("park, run 1us, ready %d, ", id), 40)
		pairs += fmt.Sprintf("%d: %sdone\n%d: %sdone\n", id, a, id+1, b)
	}
	took := func(era, script string, cores int) (end, waited int64) {
		s, _, log := start(t, era, script, Config{Cores: cores, Procs: cores})
		finish(t, s)
		for i := range log.Len() {
			if e := log.At(i); e.Kind == trace.LockTake {
				waited += e.B
			}
		}
		return s.Now(), waited
	}
	one, none := took("go1.0", crowd, 1)
	if none != 0 {
		t.Errorf("on one core threads wait for %d ns", none)
	}
	last := int64(0)
	for _, cores := range []int{2, 4, 8} {
		end, waited := took("go1.0", crowd, cores)
		if end < one*9/10 || waited <= last {
			t.Errorf("go1.0, %d cores: %d ns, of which threads waited for %d in all; 1 core: %d ns", cores, end, waited, one)
		}
		last = waited
	}
	old, _ := took("go1.0", pairs, 4)
	today, _ := took("go1.26", pairs, 4)
	if today*4 > old*3 {
		t.Errorf("with queues of their own: %d ns, with one queue %d ns", today, old)
	}
}

// A thread that waits looks four times with 1.7 µs in between, gives its core to
// others once, and sleeps; who lets go wakes it.
func TestHowALockIsWaitedFor(t *testing.T) {
	// Task 2's thread makes another one, under the lock: that takes 11 µs.
	s, _, log := start(t, "go1.0", "1: spawn 2, run 6us, yield, wait 1\n2: run 50us, done", Config{Cores: 2, Procs: 3})
	g := s.(*gm)
	g.mu.holder, g.mu.until = 99, 0 // somebody has it for ever
	looks := 0
	for s.Step() && g.ms[0].waits == false {
	}
	since := g.now
	for s.Step() && len(g.mach.Sleepers(lockSched+1)) == 0 {
		looks++
	}
	if d := g.now - since; d < 4*1_700 || d > 5*1_700 || !g.mu.sleeping {
		t.Errorf("it sleeps after %d ns and %d turns\n%s", d, looks, tail(log))
	}
	g.mu.holder = none
	g.locks.wake(&g.mu, &locking{}, 0, g.now, 0)
	finish(t, s)
	if g.mu.waits == 0 {
		t.Error("nobody has got the lock after a wait")
	}
}

// If who lets go of the lock forgets who sleeps, that thread sleeps for ever, and
// the run shows it.
func TestForgottenSleeper(t *testing.T) {
	s, _, _ := start(t, "go1.0", crowd, Config{Cores: 8, Procs: 8})
	g := s.(*gm)
	forgotten := false
	for s.Step() && s.Now() < 1e9 {
		if !forgotten && g.mu.sleeping && len(g.mach.Sleepers(lockSched+1)) > 0 {
			g.mu.sleeping, forgotten = false, true
		}
		if forgotten {
			g.mu.sleeping = false // and nobody else reminds him
		}
	}
	if !forgotten || s.Ended().Kind == Exited {
		t.Errorf("nobody slept (%v), or nobody missed who did: %v", !forgotten, s.Ended())
	}
}

// Who sleeps on a futex: first come, first woken, or the last.
func TestFutexOrder(t *testing.T) {
	for _, last := range []bool{false, true} {
		r := &sleepers{}
		m := machine.New(machine.Config{Cores: 4}, r, &trace.Log{})
		m.Boot()
		for range 3 {
			m.Create(0, 0)
		}
		for range 20 {
			m.Step()
		}
		if got := fmt.Sprint(m.Sleepers(7)); got != "[0 1 2 3]" {
			t.Fatal(got)
		}
		want := machine.Thread(0)
		if last {
			want = 3
		}
		if got := m.Wake(machine.None, 7, last, m.Now()); got != want {
			t.Errorf("last %v: thread %d is woken, want %d", last, got, want)
		}
		if got := m.Wake(machine.None, 8, last, m.Now()); got != machine.None {
			t.Errorf("thread %d sleeps on another futex", got)
		}
	}
}

type sleepers struct{}

func (*sleepers) Run(t machine.Thread, now, budget int64) (int64, machine.Request) {
	return 0, machine.Request{Kind: machine.Park, Until: machine.Never, Futex: 7}
}
func (*sleepers) Alarm(int64) {}

// A thread that puts goroutines into the global queue, one whose wired goroutine has ended
// or is not to be had, one that finds another's, and sysmon before it takes a P wait for
// sched.lock, and do none of it before.
func TestWhoWaitsForTheLock(t *testing.T) {
	in := func(ph phase) func(*gmp) bool {
		return func(g *gmp) bool { return slices.ContainsFunc(g.ms, func(m *m) bool { return m.phase == ph }) }
	}
	for _, c := range []struct {
		what, era, script string
		begin             func(*gmp) bool // it is about to
		done              trace.Kind
		sysmon            bool
	}{
		{"netpoll", "go1.13", "1: spawn 2..3, yield, run 2ms, yield, wait 2\n2..3: poll 1ms, done",
			func(g *gmp) bool { return g.injects(g.ps[0]) }, trace.GoUnblock, false},
		{"exit", "go1.26", "1: spawn 2, sleep 1ms, sleep 1ms, wait 1\n2: lock, run 100, done",
			in(atUnwired), trace.ProcHand, false},
		{"found another's", "go1.26", "1: spawn 2, sleep 1ms, ready 2, run 100, wait 1\n2: lock, park, run 100, done",
			func(g *gmp) bool { return in(atLocked)(g) && g.gs[2].status == grunnable }, trace.ProcHand, false},
		{"not to be had", "go1.26", "1: spawn 2, sleep 1ms, ready 2, wait 1\n2: lock, park, run 100, done",
			in(atUnneeded), trace.ThreadPark, false},
		{"stops after that", "go1.13", "1: spawn 2, sleep 1ms, ready 2, wait 1\n2: lock, park, run 100, done",
			in(atStop), trace.ThreadPark, false},
		{"sysmon", "go1.26", "1: spawn 2, syscall 5ms, wait 1\n2: run 10, done",
			func(g *gmp) bool { return g.ms[0].phase == atReturn }, trace.ProcSteal, true},
	} {
		s, _, log := start(t, c.era, c.script, Config{Cores: 1, Procs: 1})
		g := s.(*gmp)
		for !c.begin(g) || g.mu.holder != none {
			if !s.Step() {
				t.Fatalf("%s: never\n%s", c.what, log)
			}
		}
		before := log.Len()
		g.mu.holder = 99
		for range 200 {
			if g.mach.Now() > 4e6 || !c.sysmon && len(g.mach.Sleepers(lockSched+1)) > 0 || !s.Step() {
				break
			}
		}
		waits := 0
		for i := before; i < log.Len(); i++ {
			switch log.At(i).Kind {
			case c.done:
				t.Errorf("%s: done without the lock\n%s", c.what, log)
			case trace.LockWait:
				waits++
			}
		}
		if waits == 0 && !c.sysmon {
			t.Errorf("%s: nobody waits\n%s", c.what, log)
		}
		g.mu.holder = none
		g.locks.wake(&g.mu, &locking{}, 0, g.mach.Now(), 0)
		at := log.Len()
		finish(t, s)
		for i := at; i <= log.Len(); i++ {
			if i == log.Len() {
				t.Errorf("%s: never done\n%s", c.what, log)
			} else if log.At(i).Kind == c.done {
				break
			}
		}
	}
}

// Sysmon waits for sched.lock before it makes runnable who waited for the network.
func TestSysmonWaitsForTheLock(t *testing.T) {
	s, _, _ := start(t, "go1.26", "1: spawn 2, yield, run 100ms, wait 1\n2: poll 1ms, done", Config{Procs: 1})
	x := s.(*gmp)
	for s.Now() < 2_000_000 && s.Step() {
	}
	if len(x.net) != 1 {
		t.Fatalf("%d wait for the network", len(x.net))
	}
	x.lastPoll = 0
	now := s.Now() + 20_000_000
	x.mu.until = now + 1
	x.Alarm(now)
	if len(x.net) != 1 || !x.monWaits {
		t.Error("sysmon did not wait for the lock")
	}
	x.Alarm(now + 1)
	if len(x.net) != 0 || x.monWaits {
		t.Error("sysmon did nothing when the lock was free")
	}
}

// Of the threads that go1.0 wakes under its lock the last is woken when it has let go:
// it costs the waker as much, but others don't wait for that.
func TestLastIsWokenWithoutTheLock(t *testing.T) {
	s, _, _ := start(t, "go1.0", "1: run 1ms, done", Config{Cores: 2})
	g := s.(*gm)
	m, wake := g.ms[0], g.mach.Costs.Wake
	g.cur, m.busy = m.id, 0
	if !g.lock(m) {
		t.Fatal("the lock is not free")
	}
	m.busy = 0
	g.wakeLater()
	g.wakeLater()
	g.unlock(m)
	if m.hold != wake || m.busy != 2*wake || m.after != 0 {
		t.Errorf("it works for %d ns, the first %d of them with the lock, want %d and %d", m.busy, m.hold, 2*wake, wake)
	}
	g.wakeLater() // no lock is needed to wake the keeper of timers
	if m.busy != 3*wake || m.after != 0 {
		t.Errorf("without the lock it works for %d ns, and puts %d off", m.busy, m.after)
	}
}

// The collection that is forced after two minutes is started under sched.lock: sysmon
// puts the goroutine that does it into the global queue.
func TestForcedCollectionWaitsForTheLock(t *testing.T) {
	for _, era := range []string{"go1.4", "go1.26"} {
		s, _, log := start(t, era, "1: spawn 2, collect 1000, yield, run 100ms, wait 1\n2: run 10, done", Config{Cores: 1, Procs: 1})
		x := s.(*gmp)
		forcer := -1
		for forcer < 0 || x.collect.ended == 0 || x.mu.holder != none {
			if !s.Step() {
				t.Fatalf("%s: nobody waits to collect\n%s", era, log)
			}
			forcer = slices.IndexFunc(x.gs, func(g g) bool { return g.status == gwaiting && g.reason == task.ForceGCIdle })
		}
		now := s.Now() + x.era.ForceGC + 1
		x.mu.until = now + 1
		x.Alarm(now)
		if !x.monWaits || x.gs[forcer].status != gwaiting || x.collect.asked != 0 {
			t.Errorf("%s: sysmon did not wait for the lock", era)
		}
		n := log.Len()
		x.Alarm(now + 1)
		if x.monWaits || x.gs[forcer].status != grunnable || int(x.runq.at(x.runq.n-1)) != forcer {
			t.Errorf("%s: with the lock it did not start a collection", era)
		}
		if bad := unwaited(s, log, n); bad != "" {
			t.Errorf("%s: %s", era, bad)
		}
		// And the property notices if it does not wait.
		x.mu.until = now + 2
		if unwaited(s, log, n) == "" {
			t.Errorf("%s: nobody notices that it did not wait", era)
		}
	}
}
