package sched

import (
	"gopark/sim/machine"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// A mutex is a lock of the runtime's own, in virtual time: somebody has it for
// as long as what it protects takes, and others wait. It is a word that holds
// unlocked, locked or sleeping (runtime/lock_futex.go), so it is unfair: who
// looks first when it is free has it.
type mutex struct {
	holder   int32     // the thread that has it, none: nobody
	until    task.Time // but not before this: its last holder's core has gone ahead
	sleeping bool      // whoever lets go must see whether somebody sleeps
	core     int32     // whose cache has it
	waits    int64     // that are over
	waited   task.Duration
}

// lockSched is the number of sched.lock; that of P n's queue is n+1.
const lockSched = 0

// A locking is what a thread has to do with mutexes.
type locking struct {
	has    bool          // it has sched.lock
	hold   task.Duration // it has it for so much of its busy time still
	astir  bool          // it has to do one of these things first:
	wakes  bool          // to wake who sleeps, since it has let go
	waits  bool          // to wait …
	lock   int32         // … for this one
	since  task.Time
	looks  int8 // so often it has looked since it began to spin
	marked bool // it has slept, so perhaps others do: it leaves the mutex marked
	owes   bool // to wake somebody, for which sched.lock was taken when it was due
}

// How a thread waits for a mutex (runtime/lock_futex.go, lock_spinbit.go). All that wait
// spin, in the newest release too: sched.lock is one that prefers latency there.
const (
	activeSpins  = 4 // looks with 30 PAUSE instructions in between
	passiveSpins = 1 // then one with a sched_yield
	tailWake     = 16
)

// locks is what mutexes need of their scheduler.
type locks struct {
	mach  *machine.Machine
	spins int8 // active ones: with a single core they are no use
	stack bool // of an Era: LockStack
	say   func(k trace.Kind, a, b int64)
}

func newLocks(e *Era, mach *machine.Machine, say func(k trace.Kind, a, b int64)) locks {
	x := locks{mach: mach, stack: e.LockStack, say: say}
	if mach.Cores > 1 {
		x.spins = activeSpins
	}
	return x
}

// fill is what a view wants to know of the mutex.
func (mu *mutex) fill(name string) state.Lock {
	return state.Lock{Name: name, Holder: mu.holder, Waits: mu.waits, Waited: mu.waited}
}

// fillWaiter adds thread t to those that wait for what is in list, if it does.
func (x *locks) fillWaiter(list []state.Lock, l *locking, t *state.Thread) {
	if !l.waits {
		return
	}
	k := &list[l.lock]
	asleep := x.mach.Sleeps(machine.Thread(t.ID), machine.Futex(l.lock+1))
	k.Waiters = append(k.Waiters, state.LockWaiter{Thread: t.ID, Asleep: asleep, Since: l.since})
	if t.Doing != state.DoingReady {
		t.Doing, t.Detail = state.DoingLock, k.Name
	}
}

// free reports whether nobody has the mutex at the time now.
func (mu *mutex) free(now task.Time) bool { return mu.holder == none && mu.until <= now }

// taken reports whether a thread would have to wait for the mutex: another has
// it. What it had itself a moment ago it has until that time is over.
func (mu *mutex) taken(l *locking, now task.Time) bool {
	return !l.has && l.hold == 0 && !mu.free(now)
}

// take takes sched.lock for thread t, or lets it wait for it (ok is false): then
// whoever asks does nothing and is called again. took is what it takes to get the lock, besides waiting.
func (x *locks) take(mu *mutex, l *locking, t int32, line task.Duration, now task.Time) (took task.Duration, ok bool) {
	if mu.taken(l, now) {
		x.wait(mu, l, lockSched, now)
		return 0, false
	}
	mu.holder, l.has, l.hold = t, true, 0
	return x.move(mu, t, line), true
}

// letGo lets go of it when what its thread is busy with has passed.
func (mu *mutex) letGo(l *locking, busy task.Duration, now task.Time) {
	l.has, l.hold = false, busy
	if busy == 0 {
		mu.pass(l, 0, now)
	}
}

// move is what it takes to get the word, and what it protects, from another
// core's cache: a cache line each.
func (x *locks) move(mu *mutex, t int32, line task.Duration) task.Duration {
	c := x.mach.Core(machine.Thread(t))
	if c == mu.core || c < 0 {
		return 0
	}
	mu.core = c
	return 2 * line
}

// wait lets a thread wait for lock id, which is not free.
func (x *locks) wait(mu *mutex, l *locking, id int32, now task.Time) {
	l.waits, l.astir, l.lock, l.since, l.looks, l.marked = true, true, id, now, 0, false
	x.say(trace.LockWait, int64(id), int64(mu.holder))
}

// look is a turn of a thread that waits: it has waited, or it spins for the
// time it gets, or asks the kernel for something.
func (x *locks) look(mu *mutex, l *locking, now task.Time) (spin task.Duration, req machine.Request) {
	if mu.free(now) {
		l.waits = false
		mu.sleeping = mu.sleeping || l.marked
		mu.waits++
		mu.waited += now - l.since
		x.say(trace.LockTake, int64(l.lock), now-l.since)
		return 0, req
	}
	l.looks++
	switch {
	case l.looks <= x.spins:
		return x.mach.Costs.Pause, req
	case l.looks <= x.spins+passiveSpins:
		return 0, machine.Request{Kind: machine.Yield}
	}
	l.looks = 0
	if mu.holder == none { // the kernel finds that the word has changed
		return mu.until - now, req
	}
	l.marked, mu.sleeping = true, true
	return 0, machine.Request{Kind: machine.Park, Until: machine.Never, Why: trace.WhyLock, Futex: machine.Futex(l.lock + 1)}
}

// pass lets took of a thread's busy time pass, of which it has the mutex for
// l.hold. It is less if somebody sleeps, whom it has to wake at that instant.
func (mu *mutex) pass(l *locking, took task.Duration, now task.Time) task.Duration {
	if mu.sleeping {
		took = min(took, l.hold)
	}
	part := min(took, l.hold)
	l.hold -= part
	if l.hold == 0 {
		mu.holder, mu.until, l.wakes = none, now+part, mu.sleeping
		l.astir = l.astir || l.wakes
	}
	return took
}

// quit lets go of the mutex for a thread that goes to sleep: what is left of the
// time passes without it.
func (x *locks) quit(mu *mutex, l *locking, t int32, now task.Time, chance uint32) {
	if l.hold > 0 {
		mu.holder, mu.until, l.wakes, l.hold = none, now+l.hold, mu.sleeping, 0
	}
	if l.wakes {
		x.wake(mu, l, t, now, chance)
	}
}

// wake wakes one of the threads that sleep for sched.lock: who came first, or, if
// they are a stack, nearly always who came last. It reports whether there was one.
func (x *locks) wake(mu *mutex, l *locking, t int32, now task.Time, chance uint32) bool {
	l.wakes = false
	woken := x.mach.Wake(machine.Thread(t), lockSched+1, x.stack && chance%tailWake != 0, now)
	mu.sleeping = x.stack && x.mach.Sleeps(machine.None, lockSched+1)
	return woken != machine.None
}
