package witness

import (
	"strconv"
	"strings"

	"gopark/sim/task"
	"gopark/sim/trace"
	"gopark/sim/trace/realtrace"
)

// Already is the B of a GoStart and the A of a ProcStart that tell what was so
// when the trace began, and not what happens.
const Already = 1

// kinds are the events that a log has for those of a trace; of others it has
// none, or more than one.
var kinds = map[realtrace.Type]trace.Kind{
	realtrace.GoStop: trace.GoStop, realtrace.GoBlock: trace.GoBlock, realtrace.GoDestroy: trace.GoDestroy, realtrace.GoDestroySyscall: trace.GoDestroy,
	realtrace.GoSyscallBegin: trace.GoSyscallBegin, realtrace.GoSyscallEnd: trace.GoSyscallEnd, realtrace.GoSyscallEndBlocked: trace.GoSyscallEndBlocked,
	realtrace.GoUnblock: trace.GoUnblock, realtrace.GoSwitch: trace.GoUnblock, realtrace.GoSwitchDestroy: trace.GoUnblock, realtrace.GoStart: trace.GoStart,
	realtrace.ProcsChange: trace.ProcsChange, realtrace.ProcStart: trace.ProcStart, realtrace.ProcStop: trace.ProcStop, realtrace.ProcSteal: trace.ProcSteal,
	realtrace.UserTaskBegin: trace.UserTaskBegin, realtrace.UserTaskEnd: trace.UserTaskEnd, realtrace.UserLog: trace.UserLog,
	realtrace.UserRegionBegin: trace.UserRegionBegin, realtrace.UserRegionEnd: trace.UserRegionEnd,
	realtrace.STWBegin: trace.STWBegin, realtrace.STWEnd: trace.STWEnd, realtrace.GCBegin: trace.GCMarkBegin, realtrace.GCEnd: trace.GCMarkEnd,
}

// tell logs what a trace's event says.
func (r *Recording) tell(e realtrace.Event) {
	if r.start == 0 {
		r.start = e.Time
	}
	out := trace.Event{Time: e.Time - r.start, Core: -1, M: r.thread(e.M), P: int32(e.P), G: r.task(e.G)}
	kind, ok := kinds[e.Type]
	out.Kind = kind
	if ok {
		r.arguments(&out, e)
	}
	switch e.Type {
	case realtrace.ProcStatus:
		if e.Initial && e.Args[1] != realtrace.PIdle && e.Args[1] != realtrace.PSyscallAbandoned {
			r.add(trace.Event{Time: out.Time, Kind: trace.ProcStart, Core: -1, M: out.M, P: int32(e.Args[0]), G: task.None, A: Already})
		}
		return
	case realtrace.GoStatus, realtrace.GoStatusStack:
		r.status(out, e)
		return
	case realtrace.GoCreate, realtrace.GoCreateBlocked, realtrace.GoCreateSyscall:
		r.create(out, e)
		return
	case realtrace.HeapAlloc, realtrace.HeapGoal, realtrace.GoLabel, realtrace.GCActive:
		r.aside(out, e)
		return
	}
	if !ok || e.Key+e.Text != "" && out.G == task.None { // nobody says it
		return
	}
	r.add(out)
	if out.Kind == trace.GCMarkEnd { // a trace tells no more of it: all is done
		out.Kind = trace.GCEnd
		r.add(out)
	}
	if about := r.task(e.G); out.Kind != trace.GoDestroy {
		r.calls(about, e.Stack)
	}
	if out.Kind == trace.GoDestroy {
		delete(r.tasks, e.G)
		r.free = append(r.free, out.G)
	}
}

// arguments fills in who and why, where a trace's event says it otherwise.
func (r *Recording) arguments(out *trace.Event, e realtrace.Event) {
	switch e.Type {
	case realtrace.GoStart, realtrace.GoUnblock, realtrace.GoSwitch, realtrace.GoSwitchDestroy:
		out.G = r.task(int64(e.Args[0]))
	case realtrace.GoStop:
		out.A = int64(trace.WhyPreempted)
		if strings.Contains(e.Text, "Gosched") {
			out.A = int64(trace.WhyGosched)
		}
	case realtrace.GoBlock:
		out.B = r.text(e.Text)
	case realtrace.GoSyscallBegin:
		out.A = -1
	case realtrace.UserTaskBegin, realtrace.UserTaskEnd, realtrace.UserRegionBegin, realtrace.UserRegionEnd, realtrace.UserLog:
		out.A, out.B = int64(min(e.Args[0], 1<<62)), r.text(r.note(e))
	case realtrace.ProcsChange:
		out.A, out.G = int64(e.Args[0]), task.None
	case realtrace.ProcStart:
		out.P, out.G = int32(e.Args[0]), task.None
	case realtrace.ProcStop:
		out.G = task.None
	case realtrace.ProcSteal:
		out.P, out.A, out.G = int32(e.Args[0]), int64(r.thread(int64(e.Args[2]))), task.None
	case realtrace.STWBegin:
		out.A = int64(trace.WhyCollect)
		switch {
		case e.Text == "GOMAXPROCS":
			out.A = int64(trace.WhyProcs)
		case !strings.HasPrefix(e.Text, "GC "):
			out.A = int64(trace.WhyNone)
		}
	}
}

// note is what a program says of itself, in quotation marks: the name of a task or a
// region, or what it logs. Of a task whose beginning was not traced only the number is
// known.
func (r *Recording) note(e realtrace.Event) string {
	id := e.Args[0]
	number := " (" + strconv.FormatUint(id, 10) + ")"
	switch e.Type {
	case realtrace.UserTaskBegin:
		r.named[id] = quoted(e.Text) + number
		return r.named[id]
	case realtrace.UserTaskEnd:
		name := r.named[id]
		delete(r.named, id)
		if name == "" {
			name = strconv.FormatUint(id, 10)
		}
		return name
	}
	text := quoted(e.Text)
	if e.Key != "" {
		text = quoted(e.Key) + ": " + text
	}
	if name := r.named[id]; name != "" {
		text += " in the task " + name
	}
	return text
}

// mostNote is how much of a text of the program's is shown.
const mostNote = 200

func quoted(s string) string {
	if len(s) > mostNote {
		s = strings.ToValidUTF8(s[:mostNote], "") + "…"
	}
	return "“" + strings.ToValidUTF8(s, "?") + "”"
}

// status tells of a goroutine that is there when the trace begins.
func (r *Recording) status(out trace.Event, e realtrace.Event) {
	id := int64(e.Args[0])
	if !e.Initial {
		r.calls(r.task(id), e.Stack)
		return
	}
	before := out
	before.M, before.P = -1, -1
	out.G = r.born(before, id, e.Stack, 0)
	out.B = Already
	switch e.Args[2] {
	case realtrace.GRunning:
		out.Kind = trace.GoStart
	case realtrace.GSyscall:
		out.Kind, out.A = trace.GoSyscallBegin, -1
	case realtrace.GWaiting:
		out.Kind, out.B, out.M, out.P = trace.GoBlock, 0, -1, -1
	default:
		return
	}
	r.add(out)
	r.calls(out.G, e.Stack)
}

// create tells of a new goroutine.
func (r *Recording) create(out trace.Event, e realtrace.Event) {
	creator := out.G
	out.G = r.born(out, int64(e.Args[0]), e.Born, max(e.G, 0))
	r.calls(creator, e.Stack)
	if e.Stack != 0 {
		r.also(aside{what: asideMade, g: out.G, n: int64(e.Stack)})
	}
	switch e.Type {
	case realtrace.GoCreateBlocked:
		out.Kind, out.A, out.B, out.M, out.P = trace.GoBlock, 0, 0, -1, -1
	case realtrace.GoCreateSyscall:
		out.Kind, out.A, out.B = trace.GoSyscallBegin, -1, 0
	default:
		return
	}
	r.add(out)
}

// born logs that a goroutine is there, and gives it a number.
func (r *Recording) born(out trace.Event, id int64, stack int32, parent int64) task.ID {
	g := task.ID(len(r.tasks) + len(r.free))
	if n := len(r.free); n > 0 {
		g, r.free = r.free[n-1], r.free[:n-1]
	}
	r.tasks[id] = g
	entry := ""
	if calls := r.reader.Calls(stack); len(calls) > 0 {
		entry = calls[len(calls)-1].Func
	}
	system := strings.HasPrefix(entry, "runtime.") && entry != "runtime.main"
	r.births = append(r.births, birth{id, system})
	out.Kind, out.G, out.A, out.B = trace.GoCreate, g, id, int64(trace.Nowhere)
	r.add(out)
	r.also(aside{what: asideBorn, g: g, n: parent, text: r.text(entry), system: system})
	return g
}

// An aside is what a trace tells and a log has no place for. It holds from the
// event that it stands beside on.
type aside struct {
	event  int // the log's length
	what   asideKind
	g      task.ID
	n      int64
	text   int64 // place in texts
	system bool
}

type asideKind uint8

const (
	asideBorn  asideKind = iota // g was started with function text, by goid n
	asideMade                   // … in these calls
	asideCalls                  // g was in these calls, n
	asideLabel                  // what g does for the collector
	asideHeap                   // bytes of heap
	asideGoal                   // bytes at which a collection is to be over
)

func (r *Recording) also(a aside) {
	a.event = r.log.Len()
	r.asides = append(r.asides, a)
	r.head.beside(r)
}

// calls notes in which calls a goroutine is.
func (r *Recording) calls(g task.ID, stack int32) {
	if g != task.None && stack != 0 {
		r.also(aside{what: asideCalls, g: g, n: int64(stack)})
	}
}

// aside notes what is no event of a log.
func (r *Recording) aside(out trace.Event, e realtrace.Event) {
	switch e.Type {
	case realtrace.HeapAlloc:
		r.also(aside{what: asideHeap, n: int64(min(e.Args[0], 1<<62))})
	case realtrace.HeapGoal:
		r.also(aside{what: asideGoal, n: int64(min(e.Args[0], 1<<62))})
	case realtrace.GoLabel:
		if out.G != task.None {
			r.also(aside{what: asideLabel, g: out.G, text: r.text(e.Text)})
		}
	case realtrace.GCActive:
		if !r.head.marking {
			out.Kind = trace.GCMarkBegin
			r.add(out)
		}
	}
}

func (r *Recording) task(id int64) task.ID {
	if g, ok := r.tasks[id]; ok {
		return g
	}
	return task.None
}

// thread is the number of a thread in the log, in the order of appearance.
func (r *Recording) thread(m int64) int32 {
	if m == realtrace.None {
		return -1
	}
	n, ok := r.threads[m]
	if !ok {
		n = int32(len(r.tids))
		r.threads[m] = n
		r.tids = append(r.tids, m)
	}
	return n
}

func (r *Recording) text(s string) int64 {
	n, ok := r.byText[s]
	if !ok {
		n = int64(len(r.texts))
		r.byText[s] = n
		r.texts = append(r.texts, s)
	}
	return n
}
