package trace

import (
	"fmt"

	"gopark/sim/task"
)

// A Fold is what a log says about the state after some of its events: threads,
// Ps, goroutines and queues. It takes nothing on trust: Apply rejects an event
// that is illegal in the state before it. It knows what queues are, and no
// scheduler's policy.
type Fold struct {
	Time    task.Time
	Events  int
	Cores   []int32 // thread on each, none
	Kernel  []int32 // the kernel's run queue, head first
	Threads []FoldThread
	HasP    bool
	Procs   int32
	Ps      []FoldP
	Gs      []FoldG // by task
	Global  []task.ID
	IdleP   []int32 // last in first out
	Stopped bool    // from STWBegin to STWEnd
	Marking bool    // from GCMarkBegin to GCMarkEnd
	Over    bool

	spaces   []space // processes, by pid - task.FirstPID
	trusts   bool    // nothing is checked: see Trust
	rules    Rules
	stopper  int32
	halted   bool // the collector works: everything else stands still
	done     bool // it has done, and the world is about to run
	poller   int32
	timers   map[int64]task.Time // armed; only looked up
	goids    map[int64]bool      // given out; only looked up
	kick     task.ID             // must be kicked by the next event
	kickP    int32
	overflow int32     // P whose ring is too long: RunqOverflow must follow
	starving task.Time // since when a P idles although there is work, -1: it doesn't
}

// none is no thread and no P.
const none = -1

// A FoldThread is a thread.
type FoldThread struct {
	Core     int32
	P        int32
	G        task.ID // running or in a system call
	Hand     task.ID // runnable and in no queue
	LockedG  task.ID
	Reserved int32 // P set aside for it
	Lock     int32 // that it waits for
	parks    Why   // it has decided to sleep, why
	woken    bool  // somebody has unparked it
	fresh    bool  // it has not had a P
	Spinning bool
	Idle     bool // on the list of idle Ms
	Where    ThreadState
}

// ThreadState is the kernel's view of a thread.
type ThreadState uint8

// The states of threads.
const (
	ThreadNew ThreadState = iota
	ThreadQueued
	ThreadOnCore
	ThreadOff
	ThreadDead
)

// A FoldP is a P.
type FoldP struct {
	Status PStatus
	M      int32 // that holds it or, if it is reserved, will
	Next   task.ID
	Ring   []task.ID // head first
}

// PStatus is where a P is.
type PStatus uint8

// The states of Ps.
const (
	PLimbo PStatus = iota // let go, or new; the next events say where it goes
	PIdle
	PHeld
	PReserved
	PHalted
	PDead
)

// A FoldG is a goroutine.
type FoldG struct {
	Goid    int64
	Status  GStatus
	Place   Place // if runnable
	P       int32 // whose queue it is in
	M       int32
	LockedM int32
	Reason  int64
	Object  int64
	Since   task.Time
	sleep   task.Time
	asleep  bool
	proc    int32 // its process, as an index of spaces
}

// GStatus is the state of a goroutine.
type GStatus uint8

// The states of goroutines.
const (
	GNone GStatus = iota
	GRunnable
	GRunning
	GWaiting
	GSyscall
	GDead
)

var gstatusNames = [...]string{"idle", "runnable", "running", "waiting", "syscall", "dead"}

// String is the runtime's name.
func (s GStatus) String() string { return gstatusNames[s] }

// StatusOf is the state that has this name.
func StatusOf(name string) GStatus {
	for s, n := range gstatusNames {
		if n == name {
			return GStatus(s)
		}
	}
	return GNone
}

// Rules are what Check must be told of an era.
type Rules struct {
	Ring      int   // slots of a P's ring; 0: it grows
	Sleeper   int64 // goid of a goroutine of the runtime's that sleeps in the kernel and doesn't count; 0: none
	Forks     bool  // the go statement makes a process
	StealHead bool  // a thief runs the first of what it takes, and half of the rest come along
}

// NewFold is the state before the first event.
func NewFold(r Rules) *Fold {
	return &Fold{rules: r, stopper: none, poller: none, spaces: make([]space, 1), kick: task.None, overflow: none,
		timers: map[int64]task.Time{}, goids: map[int64]bool{}, starving: none}
}

// Check reads a log from its start and reports the first event that can't be.
func Check(l *Log, r Rules) error {
	f := NewFold(r)
	for i := range l.Len() {
		if err := f.Apply(l.At(i)); err != nil {
			return fmt.Errorf("event %d: %v\n\t%v", i, err, l.At(i))
		}
	}
	return nil
}

// Trust lets f take events for legal from now on. It is for a Fold that somebody
// set up, from a state in the middle of a log, and that lacks what only checks need.
func (f *Fold) Trust() { f.trusts = true }

// illegal is what a check panics with; Apply recovers it.
type illegal string

func (f *Fold) require(ok bool, format string, args ...any) {
	if !ok && !f.trusts {
		panic(illegal(fmt.Sprintf(format, args...)))
	}
}

// Apply brings the state past event e.
func (f *Fold) Apply(e Event) (err error) {
	defer func() {
		switch x := recover().(type) {
		case nil:
		case illegal:
			err = fmt.Errorf("%s", string(x))
		default:
			panic(x)
		}
	}()
	f.require(!f.Over, "after the end")
	f.require(e.Time >= f.Time, "time goes back from %d", f.Time)
	f.require(e.Kind > Nothing && e.Kind < NumKinds, "kind %d", e.Kind)
	f.require(f.Events == 0 == (e.Kind == Cores), "Cores is the first event and no other")
	f.require(f.kick == task.None || e.Kind == RunqKick && e.G == f.kick && e.P == f.kickP,
		"task %d was pushed out of P%d's runnext and not kicked to the ring", f.kick, f.kickP)
	f.require(f.overflow == none || e.Kind == RunqOverflow && e.P == f.overflow, "P%d's ring is too long", f.overflow)
	f.starve(e.Time)
	f.noLimbo(e.Time)
	f.Time = e.Time
	f.Events++
	f.subjects(e)
	if f.rules.Forks {
		f.lives(e)
	}
	switch k := e.Kind; {
	case k >= ProcessFork:
		f.process(e)
	case k <= ThreadDestroy:
		f.thread(e)
	case k <= ProcHalt:
		f.proc(e)
	case k <= GoHand:
		f.goroutine(e)
	case k <= SpinEnd:
		f.queues(e)
	default:
		f.rest(e)
	}
	return nil
}

// subjects checks that what an event names exists and is where it says.
func (f *Fold) subjects(e Event) {
	switch e.Kind {
	case Cores, ProcsChange:
		return
	case ThreadCreate:
		f.require(e.A == int64(len(f.Threads)), "thread %d is not the next", e.A)
		return
	}
	if e.M != none {
		f.require(e.M >= 0 && int(e.M) < len(f.Threads), "no thread %d", e.M)
		core := f.Threads[e.M].Core
		if e.Kind == ThreadStart {
			core = int32(e.Core)
		}
		f.require(core == int32(e.Core), "thread %d is on core %d", e.M, core)
		f.require(f.Threads[e.M].Where != ThreadDead, "thread %d has ended", e.M)
		f.require(f.Threads[e.M].Lock == none || waiting(e.Kind), "thread %d waits for lock %d", e.M, f.Threads[e.M].Lock)
	}
	if e.P != none {
		f.require(e.P >= 0 && int(e.P) < len(f.Ps), "no P%d", e.P)
	}
	if e.G != task.None && e.Kind != GoCreate {
		f.require(e.G >= 0 && int(e.G) < len(f.Gs) && f.Gs[e.G].Status != GNone, "no task %d", e.G)
	}
}

// waiting reports whether an event of kind k may happen on a thread that waits
// for a lock.
func waiting(k Kind) bool {
	switch k {
	case ThreadReady, ThreadStart, ThreadStop, LockTake:
		return true
	}
	return false
}

// maxStarve is how long a P may idle while there is work and nobody looks for
// it. sysmon's slowest round is 10 ms.
const maxStarve = 25_000_000

// starve watches that no P idles beyond the rules while goroutines are queued.
func (f *Fold) starve(now task.Time) {
	if now == f.Time || f.trusts {
		return
	}
	if !f.idleWithWork() {
		f.starving = none
		return
	}
	if f.starving == none {
		f.starving = f.Time
	}
	f.require(now-f.starving <= maxStarve, "since %d a P idles although goroutines are queued and nobody looks for work", f.starving)
}

// noLimbo requires that a P that was let go has gone somewhere at the same instant.
func (f *Fold) noLimbo(now task.Time) {
	if now == f.Time || f.trusts {
		return
	}
	for i := range f.Procs {
		f.require(f.Ps[i].Status != PLimbo, "P%d is nowhere", i)
	}
}

func (f *Fold) idleWithWork() bool {
	if len(f.IdleP) == 0 || f.Stopped {
		return false
	}
	work := len(f.Global) > 0
	for i := range f.Ps {
		p := &f.Ps[i]
		work = work || p.Next != task.None || len(p.Ring) > 0
		if p.Status == PReserved || p.Status == PHeld && f.Threads[p.M].Spinning {
			return false // somebody looks, or is about to
		}
	}
	return work
}
