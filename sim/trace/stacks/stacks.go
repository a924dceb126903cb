// Package stacks knows where in the program goroutines were at the events of a
// log: the call stack of who caused an event, each different one kept once. It
// knows neither programs nor what is made of it.
package stacks

import (
	"encoding/binary"

	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// MaxCalls is how many calls of a stack are kept: as many as Go's own traces have.
const MaxCalls = 128

// A Table has the stacks at the events of a log. The zero Table is empty, and
// so is a nil one.
type Table struct {
	calls []Call         // each different call
	known map[Call]int32 // its index; only looked up
	lists [][]int32      // stacks, as indices of calls; stack n is the n-1-th
	byKey map[string]int32

	at   []int32   // stack of who caused event i, 0: none
	born []int32   // first stack of the goroutine that event i creates
	runs []task.ID // what each thread runs
}

// A Call is a frame of a stack. PC is 0 where the simulator has none.
type Call struct {
	Func, File string
	Line       int32
	PC         uint64
}

// A Looker says what a task's innermost calls are, at most max.
type Looker interface {
	Calls(id task.ID, max int) []state.Frame
}

// Look notes the stacks that the events of log up to the n-th need, of which
// only the last few are new. It is called as the run goes by, or goes by again.
func (s *Table) Look(log *trace.Log, n int, l Looker) {
	for i := len(s.at); i < n; i++ {
		e := log.At(i)
		at, born := int32(0), int32(0)
		switch e.Kind {
		case trace.GoStop, trace.GoBlock, trace.GoSyscallBegin, trace.STWBegin, trace.GCBegin:
			at = s.of(e.G, l)
		case trace.GoUnblock, trace.ProcsChange:
			at = s.of(s.running(e.M), l)
		case trace.GoCreate:
			at, born = s.of(s.running(e.M), l), s.of(e.G, l)
		}
		s.follow(e)
		s.at, s.born = append(s.at, at), append(s.born, born)
	}
}

func (s *Table) running(m int32) task.ID {
	if m < 0 || int(m) >= len(s.runs) {
		return task.None
	}
	return s.runs[m]
}

// follow keeps in mind what the event's thread runs.
func (s *Table) follow(e trace.Event) {
	for int(e.M) >= len(s.runs) {
		s.runs = append(s.runs, task.None)
	}
	switch e.Kind {
	case trace.GoStart:
		s.runs[e.M] = e.G
	case trace.GoStop, trace.GoBlock, trace.GoDestroy, trace.GoSyscallEndBlocked:
		if e.M >= 0 {
			s.runs[e.M] = task.None
		}
	}
}

// of is the number of task id's stack, 0 if it has none.
func (s *Table) of(id task.ID, l Looker) int32 {
	if id == task.None {
		return 0
	}
	return s.Add(l.Calls(id, MaxCalls))
}

// Add is the number of a stack, 0 if it is empty or there is no table.
func (s *Table) Add(frames []state.Frame) int32 {
	if s == nil || len(frames) == 0 {
		return 0
	}
	if s.known == nil {
		s.known, s.byKey = map[Call]int32{}, map[string]int32{}
	}
	var key []byte
	list := make([]int32, len(frames))
	for i, f := range frames {
		c := Call{f.Func, f.File, f.Line, f.PC}
		k, ok := s.known[c]
		if !ok {
			k = int32(len(s.calls))
			s.calls = append(s.calls, c)
			s.known[c] = k
		}
		list[i] = k
		key = binary.AppendUvarint(key, uint64(k))
	}
	n, ok := s.byKey[string(key)]
	if !ok {
		s.lists = append(s.lists, list)
		n = int32(len(s.lists))
		s.byKey[string(key)] = n
	}
	return n
}

// Event is the number of the stack of who caused event i of the log, and of
// the goroutine that it creates; 0: none.
func (s *Table) Event(i int) (at, born int32) {
	if s == nil || i >= len(s.at) {
		return 0, 0
	}
	return s.at[i], s.born[i]
}

// Stack is stack n, n > 0, as numbers of calls, innermost first.
func (s *Table) Stack(n int32) []int32 { return s.lists[n-1] }

// Call is call k.
func (s *Table) Call(k int32) Call { return s.calls[k] }

// Entry is the function with which the goroutine begins that event i creates,
// "" if that isn't known.
func (s *Table) Entry(i int) string {
	_, born := s.Event(i)
	if born == 0 {
		return ""
	}
	list := s.Stack(born)
	return s.Call(list[len(list)-1]).Func
}
