package gotrace

import (
	"encoding/binary"

	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// Stacks are the call stacks at the events of a log, each different one once.
// The zero Stacks has none.
type Stacks struct {
	calls []call         // each different call
	known map[call]int32 // its index; only looked up
	lists [][]int32      // stacks, as indices of calls; stack n is the n-1-th
	byKey map[string]int32

	at   []int32   // stack of who caused event i, 0: none
	born []int32   // first stack of the goroutine that event i creates
	runs []task.ID // what each thread runs
}

type call struct {
	fn, file string
	line     int32
	pc       uint64
}

// A Looker says what a task's innermost calls are, at most max.
type Looker interface {
	Calls(id task.ID, max int) []state.Frame
}

// Look notes the stacks that the events of log up to the n-th need, of which
// only the last few are new. It is called as the run goes by, or goes by again.
func (s *Stacks) Look(log *trace.Log, n int, l Looker) {
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

func (s *Stacks) running(m int32) task.ID {
	if m < 0 || int(m) >= len(s.runs) {
		return task.None
	}
	return s.runs[m]
}

// follow keeps in mind what the event's thread runs.
func (s *Stacks) follow(e trace.Event) {
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
func (s *Stacks) of(id task.ID, l Looker) int32 {
	if id == task.None {
		return 0
	}
	frames := l.Calls(id, MaxFrames)
	if len(frames) == 0 {
		return 0
	}
	if s.known == nil {
		s.known, s.byKey = map[call]int32{}, map[string]int32{}
	}
	var key []byte
	list := make([]int32, len(frames))
	for i, f := range frames {
		c := call{f.Func, f.File, f.Line, f.PC}
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

func (s *Stacks) frames(n int32) []int32 { return s.lists[n-1] }

// pc is the address of a call. Readers want one for each call: where the
// simulator has none it is a small number of its own.
func (s *Stacks) pc(k int32) uint64 {
	if pc := s.calls[k].pc; pc != 0 {
		return pc
	}
	return uint64(k) + 1
}

// event is the stack of who caused event i, and that of the goroutine it creates.
func (s *Stacks) event(i int) (at, born int32) {
	if s == nil || i >= len(s.at) {
		return 0, 0
	}
	return s.at[i], s.born[i]
}
