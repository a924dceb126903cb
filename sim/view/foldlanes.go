package view

import "gopark/sim/trace"

// lanes brings the lanes of the timeline up to date with e.
func (f *Fold) lanes(e trace.Event, goid int64) {
	switch e.Kind {
	case trace.GoCreate, trace.GoUnblock:
		f.Time.goroutine(goid).set(e.Time, SpanRunnable, goid)
	case trace.GoStart:
		f.started = true
		f.onThread(e, SpanRun, goid)
		f.Time.goroutine(goid).set(e.Time, SpanRun, goid)
	case trace.GoStop:
		f.offThread(e, goid)
		f.Time.goroutine(goid).set(e.Time, SpanRunnable, goid)
	case trace.GoBlock:
		f.offThread(e, goid)
		f.Time.goroutine(goid).set(e.Time, SpanWaiting, goid)
	case trace.GoDestroy:
		f.offThread(e, goid)
		f.Time.goroutine(goid).set(e.Time, SpanNone, goid)
	case trace.GoSyscallBegin:
		f.onThread(e, SpanSyscall, goid)
		f.Time.goroutine(goid).set(e.Time, SpanSyscall, goid)
	case trace.GoSyscallEnd:
		f.onThread(e, SpanRun, goid)
		f.Time.goroutine(goid).set(e.Time, SpanRun, goid)
	case trace.GoSyscallEndBlocked:
		f.offThread(e, goid)
		f.Time.goroutine(goid).set(e.Time, SpanRunnable, goid)
	default:
		f.resources(e)
	}
}

// resources brings the lanes up to date with what happens to threads and Ps.
func (f *Fold) resources(e trace.Event) {
	switch e.Kind {
	case trace.ThreadStart:
		t := f.thread(e.M)
		t.onCore = true
		if t.kind == SpanNone || t.kind == SpanPoll {
			t.kind = SpanRuntime
		}
		f.Time.set(LaneM, e.M, e.Time, t.kind, t.goid)
	case trace.ThreadReady:
		f.Time.set(LaneM, e.M, e.Time, SpanRunnable, f.thread(e.M).goid)
	case trace.ThreadStop:
		f.leaveCore(e)
	case trace.ThreadDestroy:
		*f.thread(e.M) = threadFold{}
		f.Time.set(LaneM, e.M, e.Time, SpanNone, 0)
	case trace.PollBegin:
		f.thread(e.M).kind = SpanPoll
		f.Time.set(LaneM, e.M, e.Time, SpanPoll, 0)
	case trace.PollEnd:
		f.thread(e.M).kind = SpanRuntime
		f.Time.set(LaneM, e.M, e.Time, SpanRuntime, 0)
	case trace.ProcStart:
		f.Time.set(LaneP, e.P, e.Time, SpanRuntime, 0)
	case trace.ProcStop, trace.ProcIdle, trace.ProcSteal, trace.ProcHand:
		f.Time.set(LaneP, e.P, e.Time, SpanNone, 0)
	case trace.ProcHalt:
		f.Time.set(LaneP, e.P, e.Time, SpanStopped, 0)
	}
}

// leaveCore ends what M's lane shows. A thread inside a system call leaves its
// core and yet goes on being in it.
func (f *Fold) leaveCore(e trace.Event) {
	t := f.thread(e.M)
	t.onCore = false
	kind := SpanNone
	if t.kind == SpanSyscall || t.kind == SpanPoll {
		kind = t.kind
	}
	f.Time.set(LaneM, e.M, e.Time, kind, t.goid)
}

func (f *Fold) onThread(e trace.Event, kind SpanKind, goid int64) {
	if e.M >= 0 {
		t := f.thread(e.M)
		t.goid, t.kind = goid, kind
		f.Time.set(LaneM, e.M, e.Time, kind, goid)
	}
	if e.P >= 0 {
		f.Time.set(LaneP, e.P, e.Time, kind, goid)
	}
}

// offThread leaves M and P with the scheduler's own work, if M ran goid. At boot
// goroutines stop that never ran.
func (f *Fold) offThread(e trace.Event, goid int64) {
	t := f.thread(e.M)
	if t.goid != goid {
		return
	}
	t.goid, t.kind = 0, SpanRuntime
	f.Time.set(LaneM, e.M, e.Time, SpanRuntime, 0)
	f.Time.set(LaneP, e.P, e.Time, SpanRuntime, 0)
}
