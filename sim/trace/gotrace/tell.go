package gotrace

import (
	"gopark/sim/task"
	"gopark/sim/trace"
)

// A telling writes one kind of event; stack and born are numbers of stacks.
type telling func(t *teller, e trace.Event, stack, born uint64)

// tellings has a row for each kind of which a Go trace knows. What it doesn't
// know is what untold lists.
var tellings = [trace.NumKinds]telling{
	trace.ProcsChange: func(t *teller, e trace.Event, stack, _ uint64) {
		t.w.event(e.M, evProcsChange, uint64(e.A), stack)
	},
	trace.ProcStart: func(t *teller, e trace.Event, _, _ uint64) {
		t.w.event(e.M, evProcStart, uint64(e.P), t.nextP(e.P, e.M))
	},
	trace.ProcStop: func(t *teller, e trace.Event, _, _ uint64) {
		t.w.event(e.M, evProcStop)
	},
	trace.ProcSteal: func(t *teller, e trace.Event, _, _ uint64) {
		t.w.event(e.M, evProcSteal, uint64(e.P), t.nextP(e.P, e.M), uint64(e.A))
	},

	trace.GoCreate: func(t *teller, e trace.Event, stack, born uint64) {
		t.w.event(e.M, evGoCreate, uint64(e.A), born, stack)
	},
	trace.GoStart: func(t *teller, e trace.Event, _, _ uint64) {
		t.w.event(e.M, evGoStart, t.goid(e.G), t.nextG(e.G))
	},
	trace.GoStop: func(t *teller, e trace.Event, stack, _ uint64) {
		t.w.event(e.M, evGoStop, t.w.text(StopReason(trace.Why(e.A))), stack)
	},
	trace.GoBlock: func(t *teller, e trace.Event, stack, _ uint64) {
		t.w.event(e.M, evGoBlock, t.w.text(BlockReason(task.Reason(e.A))), stack)
	},
	trace.GoUnblock: func(t *teller, e trace.Event, stack, _ uint64) {
		t.w.event(e.M, evGoUnblock, t.goid(e.G), t.nextG(e.G), stack)
	},
	trace.GoSyscallBegin: func(t *teller, e trace.Event, stack, _ uint64) {
		t.w.event(e.M, evGoSyscallBegin, t.nextP(e.P, e.M), stack)
	},
	trace.GoSyscallEnd: func(t *teller, e trace.Event, _, _ uint64) {
		t.w.event(e.M, evGoSyscallEnd)
	},
	trace.GoSyscallEndBlocked: func(t *teller, e trace.Event, _, _ uint64) {
		t.w.event(e.M, evGoSyscallEndBlocked)
	},
	trace.GoDestroy: func(t *teller, e trace.Event, _, _ uint64) {
		t.w.event(e.M, evGoDestroy)
	},

	trace.STWBegin: func(t *teller, e trace.Event, stack, _ uint64) {
		t.w.event(e.M, evSTWBegin, t.w.text(stopKind(trace.Why(e.A), t.fold.Marking)), stack)
	},
	trace.STWEnd: func(t *teller, e trace.Event, _, _ uint64) {
		t.w.event(e.M, evSTWEnd)
	},
	trace.GCBegin: func(t *teller, e trace.Event, stack, _ uint64) {
		t.gc, t.gcOn = t.gc+1, true
		t.w.event(e.M, evGCBegin, t.gc, stack)
	},
	trace.GCEnd: func(t *teller, e trace.Event, _, _ uint64) {
		t.gc, t.gcOn = t.gc+1, false
		t.w.event(e.M, evGCEnd, t.gc)
	},
}

// untold are the kinds that a Go trace has no event for.
var untold = map[trace.Kind]string{
	trace.Nothing: "is no event",

	trace.Cores: "of the computer", trace.ThreadCreate: "of the kernel", trace.ThreadReady: "of the kernel",
	trace.ThreadStart: "of the kernel", trace.ThreadStop: "of the kernel", trace.ThreadPark: "of the kernel",
	trace.ThreadUnpark: "of the kernel", trace.ThreadDestroy: "of the kernel",
	trace.LockWait: "of the runtime's own locks", trace.LockTake: "of the runtime's own locks",

	trace.ProcIdle: "where a P waits", trace.ProcHand: "where a P waits", trace.ProcHalt: "where a P waits",

	trace.GoPreempt: "only the stop is told", trace.GoLock: "not told", trace.GoUnlock: "not told",
	trace.GoHandLocked: "in which queue a goroutine is", trace.GoHand: "in which queue a goroutine is",
	trace.RunqKick: "in which queue a goroutine is", trace.RunqOverflow: "in which queue a goroutine is",
	trace.RunqDrain: "in which queue a goroutine is", trace.RunqFlush: "in which queue a goroutine is",
	trace.RunqDeal:    "in which queue a goroutine is",
	trace.GCMarkBegin: "of the collector", trace.GCMarkEnd: "of the collector",
	trace.GlobalTake: "in which queue a goroutine is",
	trace.Steal:      "in which queue a goroutine is", trace.StealNext: "in which queue a goroutine is",

	trace.Look: "of the search for work", trace.SpinBegin: "of the search for work", trace.SpinEnd: "of the search for work",
	trace.PollBegin: "of the search for work", trace.PollEnd: "of the search for work",
	trace.TimerSet: "of timers", trace.TimerStop: "of timers", trace.TimerFire: "of timers",
	trace.StackGrow: "only in an experiment", trace.StackShrink: "only in an experiment",
	trace.StackLink: "Go no longer links stacks", trace.StackUnlink: "Go no longer links stacks",

	trace.Exit: "the trace ends", trace.Crash: "the trace ends", trace.Deadlock: "the trace ends", trace.ThreadLimit: "the trace ends",
	trace.Reseed:      "the seed is no part of a trace",
	trace.ProcessFork: "Go makes no processes", trace.ProcessFault: "Go makes no processes",
	trace.ProcessWait: "Go makes no processes", trace.ProcessExit: "Go makes no processes",

	trace.UserTaskBegin: "notes tell it", trace.UserTaskEnd: "notes tell it", trace.UserRegionBegin: "notes tell it",
	trace.UserRegionEnd: "notes tell it", trace.UserLog: "notes tell it",
}

// tell writes event i, before which things stand as in t.fold.
func (t *teller) tell(i int, e trace.Event) {
	row := tellings[e.Kind]
	if row == nil {
		return
	}
	at, born := t.run.Stacks.Event(i)
	t.w.at(e.Time)
	row(t, e, t.w.stack(at), t.w.stack(born))
}

func (t *teller) goid(id task.ID) uint64 { return uint64(t.fold.Gs[id].Goid) }

// nextG counts what happens to a goroutine.
func (t *teller) nextG(id task.ID) uint64 {
	t.gseq[id]++
	return t.gseq[id]
}

// nextP counts what happens to a P, and tells the status of one that is new.
func (t *teller) nextP(p, m int32) uint64 {
	for int(p) >= len(t.pseq) {
		t.pseq, t.pnew = append(t.pseq, 0), append(t.pnew, false)
	}
	if !t.pnew[p] {
		t.status(m, p, procIdle)
	}
	t.pseq[p]++
	return t.pseq[p]
}
