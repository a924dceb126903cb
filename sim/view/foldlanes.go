package view

import (
	"gopark/sim/task"
	"gopark/sim/trace"
)

// gKind says what a goroutine's lane shows from an event about it on: a SpanKind
// + 1. An event that is 0 here changes nothing.
var gKind = [trace.NumKinds]SpanKind{
	trace.GoCreate: 1 + SpanRunnable, trace.GoUnblock: 1 + SpanRunnable, trace.GoStop: 1 + SpanRunnable, trace.GoSyscallEndBlocked: 1 + SpanRunnable,
	trace.GoStart: 1 + SpanRun, trace.GoSyscallEnd: 1 + SpanRun, trace.GoBlock: 1 + SpanWaiting, trace.GoSyscallBegin: 1 + SpanSyscall,
	trace.GoDestroy: 1 + SpanNone,
}

// event brings names and lanes up to date with e, the n-th.
func (f *Fold) event(e *trace.Event) {
	if e.Kind == trace.GoCreate {
		f.create(e)
	}
	f.own = f.own || e.Kind == trace.GoStart && trace.Place(e.A) == trace.InThread
	f.hasP = f.hasP || e.Kind == trace.ProcsChange
	f.End = max(f.End, e.Time)
	goid := int64(0)
	if e.G >= 0 && int(e.G) < len(f.now) && f.now[e.G] != 0 {
		l := &f.lanes[LaneG][f.now[e.G]-1]
		goid = l.id
		f.change(l, e)
	}
	switch e.Kind {
	case trace.GoStart:
		f.started = true
		f.onThread(e, SpanRun, goid)
	case trace.GoSyscallBegin:
		f.onThread(e, SpanSyscall, goid)
	case trace.GoSyscallEnd:
		f.onThread(e, SpanRun, goid)
	case trace.GoStop, trace.GoBlock, trace.GoDestroy, trace.GoSyscallEndBlocked:
		f.offThread(e, goid)
	case trace.GoCreate, trace.GoUnblock: // concern no thread, P or core
	default:
		f.resources(e)
	}
}

// change lets a goroutine's lane show what e, which is about it, makes of it. In a crowd
// this is most of the work.
func (f *Fold) change(l *lane, e *trace.Event) {
	n, kind := len(l.words), uint32(SpanNone)
	if k := gKind[e.Kind]; k > 0 {
		kind = uint32(k - 1)
	} else if n > 0 {
		kind = l.words[n-1] & wordMask // no second words: each event names its goroutine
	}
	w := uint32(f.n)<<wordBits | kind
	if n+1 < longList && n < cap(l.words) {
		l.words = append(l.words, w)
		return
	}
	f.makeRoom(l)
	l.push(f.log, e.Time, w)
}

// resources brings the lanes up to date with what happens to threads and Ps, and the
// bands with what stops them all.
func (f *Fold) resources(e *trace.Event) {
	switch e.Kind {
	case trace.ThreadStart:
		t := f.thread(e.M)
		if t.kind == SpanNone || t.kind == SpanPoll {
			t.kind = SpanRuntime
		}
		f.set(LaneM, e.M, e, t.kind, t.goid)
		f.set(LaneCore, int32(e.Core), e, SpanRun, 0)
	case trace.ThreadReady:
		f.set(LaneM, e.M, e, SpanRunnable, f.thread(e.M).goid)
	case trace.ThreadStop:
		f.leaveCore(e)
		f.set(LaneCore, int32(e.Core), e, SpanNone, 0)
	case trace.ThreadDestroy:
		*f.thread(e.M) = threadFold{}
		f.set(LaneM, e.M, e, SpanNone, 0)
	case trace.PollBegin:
		f.thread(e.M).kind = SpanPoll
		f.set(LaneM, e.M, e, SpanPoll, 0)
	case trace.PollEnd:
		f.thread(e.M).kind = SpanRuntime
		f.set(LaneM, e.M, e, SpanRuntime, 0)
	case trace.ProcStart:
		f.set(LaneP, e.P, e, SpanRuntime, 0)
	case trace.ProcStop, trace.ProcIdle, trace.ProcSteal, trace.ProcHand:
		f.set(LaneP, e.P, e, SpanNone, 0)
	case trace.ProcessFork:
		f.fork(e)
	case trace.ProcHalt:
		f.set(LaneP, e.P, e, SpanStopped, 0)
	default:
		f.band(e)
	}
}

// Short lists of changes lie in slabs and grow by shortRoom until they have longList words:
// most goroutines make no more, and lists of their own for each of a million take the host
// longer than all else here.
const (
	shortRoom = 4
	longList  = 32
	slabWords = 1 << 14
)

// makeRoom lets a lane with a short list take one more word.
func (f *Fold) makeRoom(l *lane) {
	n := len(l.words)
	if n < cap(l.words) || n >= longList {
		return
	}
	room := n + shortRoom
	if len(f.slab) < room {
		f.slab = make([]uint32, slabWords)
	}
	words := f.slab[:n:room]
	f.slab = f.slab[room:]
	copy(words, l.words)
	l.words = words
}

// fork notes a process. The log does not tell of the first, which is main's.
func (f *Fold) fork(e *trace.Event) {
	if len(f.processes) == 0 {
		f.processes = append(f.processes, process{task.FirstPID, 1})
	}
	f.processes = append(f.processes, process{e.A, f.goidAt(e.G, f.n)})
}

func (f *Fold) thread(id int32) *threadFold {
	if id < 0 {
		return &threadFold{} // no thread
	}
	for int(id) >= len(f.threads) {
		f.threads = append(f.threads, threadFold{})
	}
	return &f.threads[id]
}

// goroutine is the number of a goroutine's lane, made when it is first asked for.
func (f *Fold) goroutine(goid int64) int32 {
	n, ok := f.byGoid.get(goid)
	if !ok {
		n = int32(len(f.lanes[LaneG]))
		f.byGoid.put(goid, n)
		f.lanes[LaneG] = push(f.lanes[LaneG], lane{id: goid})
	}
	return n
}

// set makes the lane of a P, an M or a core show kind from e on; id -1 is none.
func (f *Fold) set(of LaneKind, id int32, e *trace.Event, kind SpanKind, goid int64) {
	if id < 0 {
		return
	}
	for int(id) >= len(f.lanes[of]) {
		f.lanes[of] = append(f.lanes[of], lane{id: int64(len(f.lanes[of]))})
		f.shown[of] = append(f.shown[of], threadFold{})
	}
	l, was := &f.lanes[of][id], &f.shown[of][id]
	if len(l.words) == 0 && kind == SpanNone || len(l.words) > 0 && of != LaneCore && was.kind == kind && was.goid == goid {
		return
	}
	*was = threadFold{goid, kind}
	about := int32(-1)
	if implied := e.G >= 0 && kind.owned(); goid != 0 && !implied {
		about, _ = f.byGoid.get(goid)
	}
	l.record(f.log, f.n, e.Time, kind, about)
}

// leaveCore ends what M's lane shows. A thread inside a system call leaves its
// core and yet goes on being in it.
func (f *Fold) leaveCore(e *trace.Event) {
	t := f.thread(e.M)
	kind := SpanNone
	if t.kind == SpanSyscall || t.kind == SpanPoll {
		kind = t.kind
	}
	f.set(LaneM, e.M, e, kind, t.goid)
}

func (f *Fold) onThread(e *trace.Event, kind SpanKind, goid int64) {
	if e.M >= 0 {
		*f.thread(e.M) = threadFold{goid, kind}
		f.set(LaneM, e.M, e, kind, goid)
	}
	if e.P >= 0 {
		f.set(LaneP, e.P, e, kind, goid)
	}
}

// offThread leaves M and P with the scheduler's own work, if M ran goid. At boot
// goroutines stop that never ran.
func (f *Fold) offThread(e *trace.Event, goid int64) {
	t := f.thread(e.M)
	if t.goid != goid {
		return
	}
	t.goid, t.kind = 0, SpanRuntime
	f.set(LaneM, e.M, e, SpanRuntime, 0)
	f.set(LaneP, e.P, e, SpanRuntime, 0)
}
