package compare

import (
	"gopark/sim/task"
	"gopark/sim/trace"
)

// A tally is what a log adds up to.
type tally struct {
	run   Run
	stats map[string]int64 // only looked up

	started bool
	end     task.Time
	cores   int64

	created, live, most                     int64
	parks, yields, calls, signals, ends     int64
	threadSwitches, preempts                int64
	syscalls, retakes                       int64
	steals, stolen, globals, unparks        int64
	threads, threadsMost, threadsLive       int64
	gcs, grows, schedWaits                  int64
	schedLock                               task.Duration
	forks, copied                           int64
	ran, queued, queuedMost, locked, halted task.Duration
	busy                                    task.Duration // of all cores

	onCore  []int32 // thread that was on each core last
	since   []task.Time
	stopped task.Time
	gs      []gtally // by task
}

// A gtally is what is known of a goroutine under way.
type gtally struct {
	since  task.Time // of does
	does   doing
	reason task.Reason
	own    bool // the runtime's
}

type doing uint8

const (
	nothing doing = iota
	runs
	couldRun
	waits
)

// count reads a run's log.
func count(r Run) *tally {
	t := &tally{run: r, stats: map[string]int64{}}
	for _, s := range r.Rec.Stats() {
		t.stats[s.Name] = s.Value
	}
	log := r.Rec.Log()
	for i := range log.Len() {
		e := log.At(i)
		t.end = e.Time
		switch {
		case e.Kind <= trace.ThreadDestroy:
			t.thread(e)
		case e.Kind >= trace.GoCreate && e.Kind <= trace.GoHand:
			t.goroutine(i, e)
		default:
			t.other(e)
		}
	}
	t.finish()
	return t
}

// finish adds what was under way when the run ended.
func (t *tally) finish() {
	t.end = max(t.end, t.stats["virtual_ns"])
	for c := range t.since {
		if t.since[c] >= 0 {
			t.busy += t.end - t.since[c]
		}
	}
	for i := range t.gs {
		t.spend(&t.gs[i], t.end)
	}
}

// spend adds the time for which a goroutine did what it did.
func (t *tally) spend(g *gtally, now task.Time) {
	d := now - g.since
	switch {
	case g.does == runs:
		t.ran += d
	case g.does == couldRun:
		t.queued += d
		t.queuedMost = max(t.queuedMost, d)
	case g.does == waits && mutex(g.reason):
		t.locked += d
	}
}

func (t *tally) thread(e trace.Event) {
	switch e.Kind {
	case trace.Cores:
		t.cores = e.A
		for range e.A {
			t.onCore, t.since = append(t.onCore, -1), append(t.since, -1)
		}
	case trace.ThreadCreate:
		t.threads++
		t.threadsLive++
		t.threadsMost = max(t.threadsMost, t.threadsLive)
	case trace.ThreadDestroy:
		t.threadsLive--
	case trace.ThreadUnpark:
		t.unparks++
	case trace.LockTake:
		if e.A == 0 { // sched.lock
			t.schedWaits++
			t.schedLock += e.B
		}
	case trace.ThreadStart:
		if last := t.onCore[e.Core]; last >= 0 && last != e.M {
			t.threadSwitches++
		}
		t.onCore[e.Core], t.since[e.Core] = e.M, e.Time
	case trace.ThreadStop:
		t.busy += e.Time - t.since[e.Core]
		t.since[e.Core] = -1
	}
}

func (t *tally) goroutine(i int, e trace.Event) {
	for int(e.G) >= len(t.gs) {
		t.gs = append(t.gs, gtally{})
	}
	g := &t.gs[e.G]
	next := nothing
	switch e.Kind {
	case trace.GoCreate:
		*g = gtally{own: own(t.run.Stacks.Entry(i)), since: e.Time}
		if !g.own {
			t.live++
			t.created++
			t.most = max(t.most, t.live)
		}
		next = couldRun
	case trace.GoStart:
		t.started = true
		next = runs
	case trace.GoUnblock, trace.GoSyscallEndBlocked:
		next = couldRun
	case trace.GoSyscallEnd:
		next = runs
	case trace.GoSyscallBegin:
		t.syscalls++
	case trace.GoStop, trace.GoBlock, trace.GoDestroy:
		next = t.stop(e, g)
	case trace.GoPreempt:
		t.preempts++
		return
	default:
		return
	}
	t.spend(g, e.Time)
	g.since, g.does = e.Time, next
	if next == waits {
		g.reason = task.Reason(e.A)
	}
}

// stop counts how a goroutine stopped running, and says what it does next.
func (t *tally) stop(e trace.Event, g *gtally) doing {
	switch {
	case e.Kind == trace.GoDestroy:
		t.ends++
		if !g.own {
			t.live--
		}
		return nothing
	case e.Kind == trace.GoBlock:
		if t.started { // else it never ran
			t.parks++
		}
		return waits
	case trace.Why(e.A) != trace.WhyPreempted:
		t.yields++
	case t.run.Saves.Signal > 0:
		t.signals++
	default:
		t.calls++
	}
	return couldRun
}

// mutex reports whether a goroutine waits for a lock.
func mutex(r task.Reason) bool {
	switch r {
	case task.MutexLock, task.RWMutexLock, task.RWMutexRLock:
		return true
	}
	return false
}

func (t *tally) other(e trace.Event) {
	switch e.Kind {
	case trace.ProcSteal:
		t.retakes++
	case trace.Steal:
		t.steals++
		t.stolen += e.B
	case trace.StealNext:
		t.steals++
		t.stolen++
	case trace.GlobalTake:
		t.globals++
	case trace.STWBegin:
		t.stopped = e.Time
	case trace.STWEnd:
		t.halted += e.Time - t.stopped
	case trace.GCBegin:
		t.gcs++
	case trace.StackGrow:
		t.grows++
	case trace.ProcessFork:
		t.forks++
	case trace.ProcessFault:
		t.copied += e.B
	}
}
