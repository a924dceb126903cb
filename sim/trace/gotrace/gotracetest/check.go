// Package gotracetest reads what gotrace wrote with golang.org/x/exp/trace, which
// is the reader of Go's own tools, and compares it with the log: how often what
// happened to goroutines, and how long each ran. It knows nothing of how a trace
// is written.
package gotracetest

import (
	"bytes"
	"fmt"
	"io"
	"maps"

	exp "golang.org/x/exp/trace"

	"gopark/sim/task"
	"gopark/sim/trace"
	"gopark/sim/trace/gotrace"
)

// A Tally is what happened in a run after main started.
type Tally struct {
	Counts  map[string]int  // by what happened: "create", "block: sync" …
	Running map[int64]int64 // by goid: nanoseconds until it last stopped running
	Turns   map[int64]int   // by goid: how often it ran
	Funcs   map[string]int  // innermost function of the stacks of blocks
	Notes   []string        // what the program itself says, in order: "G1 task 1 begins: brew" …
	Slack   int64           // nanoseconds by which a time may be late
	Events  int
}

func newTally() *Tally {
	return &Tally{Counts: map[string]int{}, Running: map[int64]int64{}, Turns: map[int64]int{}, Funcs: map[string]int{}}
}

// Check reads data, which gotrace wrote of log, to its end and returns what it
// says, or what is wrong with it or contradicts the log.
func Check(data []byte, log *trace.Log) (*Tally, error) {
	got, err := Read(data)
	if err != nil {
		return nil, err
	}
	want := ofLog(log)
	if !maps.Equal(got.Counts, want.Counts) {
		return got, fmt.Errorf("the trace counts %v, the log %v", got.Counts, want.Counts)
	}
	if !maps.Equal(got.Turns, want.Turns) {
		return got, fmt.Errorf("goroutines run %v times in the trace, %v in the log", got.Turns, want.Turns)
	}
	for id, ns := range want.Running {
		late := (want.Slack + got.Slack) * int64(want.Turns[id])
		if d := got.Running[id] - ns; d > late || d < -late {
			return got, fmt.Errorf("goroutine %d runs for %d ns in the trace, %d in the log", id, got.Running[id], ns)
		}
	}
	return got, nil
}

// Read reads a trace to its end.
func Read(data []byte) (*Tally, error) {
	r, err := exp.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	t, since, statuses := newTally(), map[int64]int64{}, int64(0)
	for {
		e, err := r.ReadEvent()
		if err == io.EOF {
			return t, nil
		}
		if err != nil {
			return t, fmt.Errorf("after %d events: %w", t.Events, err)
		}
		t.Events++
		switch e.Kind() {
		case exp.EventRangeBegin:
			t.Counts["begin"]++
		case exp.EventRangeEnd:
			t.Counts["end"]++
		case exp.EventSync:
			statuses = 0
		case exp.EventTaskBegin, exp.EventTaskEnd, exp.EventRegionBegin, exp.EventRegionEnd, exp.EventLog:
			t.Notes = append(t.Notes, fmt.Sprintf("G%d %s", e.Goroutine(), note(e)))
		case exp.EventStateTransition:
			st := e.StateTransition()
			if isStatus(st) {
				statuses++
				t.Slack = max(t.Slack, statuses)
			}
			switch st.Resource.Kind {
			case exp.ResourceGoroutine:
				t.goroutine(e, st, since)
			case exp.ResourceProc:
				t.proc(st)
			}
		}
	}
}

func note(e exp.Event) string {
	switch e.Kind() {
	case exp.EventTaskBegin:
		return fmt.Sprintf("task %d begins: %s", e.Task().ID, e.Task().Type)
	case exp.EventTaskEnd:
		return fmt.Sprintf("task %d ends: %s", e.Task().ID, e.Task().Type)
	case exp.EventRegionBegin:
		return fmt.Sprintf("region begins in task %d: %s", e.Region().Task, e.Region().Type)
	case exp.EventRegionEnd:
		return fmt.Sprintf("region ends in task %d: %s", e.Region().Task, e.Region().Type)
	}
	return fmt.Sprintf("logs in task %d: %s: %s", e.Log().Task, e.Log().Category, e.Log().Message)
}

func isStatus(st exp.StateTransition) bool {
	if st.Resource.Kind == exp.ResourceProc {
		from, to := st.Proc()
		return from == to || from == exp.ProcUndetermined || from == exp.ProcNotExist
	}
	from, to := st.Goroutine()
	return from == to || from == exp.GoUndetermined
}

func (t *Tally) proc(st exp.StateTransition) {
	switch from, to := st.Proc(); {
	case from == exp.ProcIdle && to == exp.ProcRunning:
		t.Counts["P starts"]++
	case from == exp.ProcRunning && to == exp.ProcIdle:
		t.Counts["P stops"]++
	}
}

func (t *Tally) goroutine(e exp.Event, st exp.StateTransition, since map[int64]int64) {
	from, to := st.Goroutine()
	id, now := int64(st.Resource.Goroutine()), int64(e.Time())
	if from == to {
		return
	}
	if from == exp.GoUndetermined {
		since[id] = now
		return
	}
	if from == exp.GoRunning {
		t.Running[id] += now - since[id]
		t.Turns[id]++
	}
	since[id] = now
	switch {
	case from == exp.GoNotExist:
		t.Counts["create"]++
	case to == exp.GoNotExist:
		t.Counts["destroy"]++
	case to == exp.GoSyscall:
		t.Counts["syscall"]++
	case from == exp.GoSyscall && to == exp.GoRunning:
		t.Counts["syscall end"]++
	case from == exp.GoSyscall:
		t.Counts["syscall end, blocked"]++
	case from == exp.GoWaiting:
		t.Counts["unblock"]++
	case from == exp.GoRunnable:
		t.Counts["start"]++
	case to == exp.GoWaiting:
		t.Counts["block: "+st.Reason]++
		for f := range st.Stack.Frames() {
			t.Funcs[f.Func]++
			break
		}
	default:
		t.Counts["stop: "+st.Reason]++
	}
}

// ofLog is the tally that the log says.
func ofLog(log *trace.Log) *Tally {
	t := newTally()
	goids, since := map[task.ID]int64{}, map[task.ID]int64{}
	started, clock := false, int64(0)
	for i := range log.Len() {
		e := log.At(i)
		if e.Kind == trace.GoCreate {
			goids[e.G] = e.A
		}
		if !started {
			if started = e.Kind == trace.GoStart; started {
				since[e.G] = e.Time
			}
			continue
		}
		clock = max(clock+1, e.Time)
		t.Slack = max(t.Slack, clock-e.Time)
		if name := logged(e); name != "" {
			t.Counts[name]++
		}
		switch e.Kind {
		case trace.GoStart, trace.GoSyscallEnd:
			since[e.G] = e.Time
		case trace.GoStop, trace.GoBlock, trace.GoDestroy, trace.GoSyscallBegin:
			t.Running[goids[e.G]] += e.Time - since[e.G]
			t.Turns[goids[e.G]]++
		}
	}
	return t
}

// logged is the name under which an event of a log counts.
func logged(e trace.Event) string {
	switch e.Kind {
	case trace.GoStop:
		return "stop: " + gotrace.StopReason(trace.Why(e.A))
	case trace.GoBlock:
		return "block: " + gotrace.BlockReason(task.Reason(e.A))
	}
	return map[trace.Kind]string{
		trace.GoCreate: "create", trace.GoDestroy: "destroy", trace.GoStart: "start", trace.GoUnblock: "unblock",
		trace.GoSyscallBegin: "syscall", trace.GoSyscallEnd: "syscall end", trace.GoSyscallEndBlocked: "syscall end, blocked",
		trace.ProcStart: "P starts", trace.ProcStop: "P stops", trace.ProcSteal: "P stops",
		trace.STWBegin: "begin", trace.GCBegin: "begin", trace.STWEnd: "end", trace.GCEnd: "end",
	}[e.Kind]
}
