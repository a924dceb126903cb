package view

import (
	"fmt"

	"gopark/sim"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// A fake is a recording made by hand: five goroutines started on one P, as in
// the lesson on runnext. Its scheduler is a few lines of test code; the events
// and states it makes are legal, no more.
type fake struct {
	log    trace.Log
	given  trace.Log // what Advance has given out
	states []*state.State
	out    []sim.Output
	now    *state.State
}

func newFake(goroutines int) *fake {
	f := &fake{now: &state.State{
		Era: "go1.26", HasP: true,
		Cores: []state.Core{{ID: 0, Thread: -1}, {ID: 1, Thread: -1}},
		Sched: state.Sched{TickCheck: 61, GoMaxProcs: 1},
	}}
	f.keep()
	f.boot()
	for i := range goroutines {
		f.spawn(task.ID(1+i), int64(7+i))
	}
	f.block(0)
	for f.next() >= 0 {
		f.work()
	}
	f.finish()
	return f
}

func (f *fake) event(dt int64, k trace.Kind, m, p int32, g task.ID, a, b int64, change func(s *state.State)) {
	f.now.Time += dt
	core := int16(-1)
	if m >= 0 && int(m) < len(f.now.Threads) {
		core = int16(f.now.Threads[m].Core)
	}
	f.log.Add(trace.Event{Time: f.now.Time, Kind: k, Core: core, M: m, P: p, G: g, A: a, B: b})
	f.now.Event = f.log.Len()
	if change != nil {
		change(f.now)
	}
	f.keep()
}

// keep stores a copy of the present state.
func (f *fake) keep() {
	c := *f.now
	c.Cores = append([]state.Core(nil), f.now.Cores...)
	c.Threads = append([]state.Thread(nil), f.now.Threads...)
	c.Gs = append([]state.G(nil), f.now.Gs...)
	c.Ps = append([]state.P(nil), f.now.Ps...)
	for i := range c.Ps {
		c.Ps[i].Queue = append([]int32(nil), f.now.Ps[i].Queue...)
		c.Ps[i].Free = append([]int32(nil), f.now.Ps[i].Free...)
	}
	c.Objects = append([]state.Object(nil), f.now.Objects...)
	f.states = append(f.states, &c)
}

func (f *fake) boot() {
	f.event(0, trace.Cores, -1, -1, -1, 2, 0, nil)
	f.event(0, trace.ProcsChange, -1, -1, -1, 1, 0, func(s *state.State) {
		s.Ps = []state.P{{ID: 0, Status: "idle", Thread: -1, Next: -1}}
	})
	f.event(0, trace.GoCreate, -1, 0, 0, 1, int64(trace.InNext), func(s *state.State) {
		s.Gs = append(s.Gs, state.G{Task: 0, ID: 1, Status: Runnable, Entry: "main.main", Thread: -1, P: -1, StackSize: 2048})
		s.Ps[0].Next = 0
	})
	f.event(0, trace.ThreadStart, 0, -1, -1, 0, 0, func(s *state.State) {
		s.Threads = []state.Thread{{ID: 0, Name: "M0", Doing: state.DoingLook, G: -1, P: -1, LockedG: -1}}
		s.Cores[0].Thread = 0
	})
	f.event(100, trace.ProcStart, 0, 0, -1, 0, 0, func(s *state.State) {
		s.Threads[0].P, s.Ps[0].Thread, s.Ps[0].Status = 0, 0, "running"
	})
	f.start()
}

// next is the index of the goroutine that runs next, -1 if none can.
func (f *fake) next() int32 {
	p := &f.now.Ps[0]
	switch {
	case p.Next >= 0:
		return p.Next
	case len(p.Queue) > 0:
		return p.Queue[0]
	}
	return -1
}

func (f *fake) start() {
	from := trace.InNext
	if f.now.Ps[0].Next < 0 {
		from = trace.InRing
	}
	g := f.next()
	f.event(50, trace.GoStart, 0, 0, f.now.Gs[g].Task, int64(from), 0, func(s *state.State) {
		p := &s.Ps[0]
		if from == trace.InNext {
			p.Next = -1
		} else {
			p.Queue = p.Queue[1:]
			p.SchedTick++
		}
		s.Gs[g].Status, s.Gs[g].Thread, s.Gs[g].P, s.Gs[g].Since = Running, 0, 0, s.Time
		s.Gs[g].Func, s.Gs[g].File, s.Gs[g].Line = "main.main", "main.go", 9
		if g != 0 {
			s.Gs[g].Func, s.Gs[g].Line = "main.main.func1", 12
		}
		s.Threads[0].G, s.Threads[0].Doing = g, state.DoingRun
	})
}

func (f *fake) spawn(id task.ID, goid int64) {
	f.event(700, trace.GoCreate, 0, 0, id, goid, int64(trace.InNext), func(s *state.State) {
		g := int32(len(s.Gs))
		s.Gs = append(s.Gs, state.G{Task: id, ID: goid, Status: Runnable, Entry: "main.main.func1",
			Parent: 1, Thread: -1, P: -1, StackSize: 2048, Since: s.Time})
		s.Gs[0].Line = 11
		if old := s.Ps[0].Next; old >= 0 {
			s.Ps[0].Queue = append(s.Ps[0].Queue, old)
		}
		s.Ps[0].Next = g
	})
	if n := len(f.now.Ps[0].Queue); n > 0 {
		kicked := f.now.Gs[f.now.Ps[0].Queue[n-1]].Task
		f.event(0, trace.RunqKick, 0, 0, kicked, 0, 0, nil)
	}
}

func (f *fake) block(g int32) {
	f.event(900, trace.GoBlock, 0, 0, f.now.Gs[g].Task, int64(task.WaitGroupWait), 0xc000012080, func(s *state.State) {
		s.Gs[g].Status, s.Gs[g].Reason, s.Gs[g].Line, s.Gs[g].Since = Waiting, task.WaitGroupWait.String(), 15, s.Time
		s.Gs[g].Thread, s.Gs[g].P = -1, -1
		s.Threads[0].G, s.Threads[0].Doing, s.Threads[0].Detail = -1, state.DoingLook, "P0's runnext and queue"
		s.Objects = []state.Object{{Addr: 0xc000012080, Kind: "waitgroup", Name: "wg", Waiters: []state.Waiter{{G: g}}}}
	})
	f.start()
}

// work lets the goroutine that runs print and end, and starts another.
func (f *fake) work() {
	g := f.now.Threads[0].G
	f.out = append(f.out, sim.Output{Time: f.now.Time + 400, Event: f.log.Len(), FD: 1, Text: fmt.Sprint(g-1, " ")})
	f.end(g)
	f.start()
}

func (f *fake) end(g int32) {
	f.event(1400, trace.GoDestroy, 0, 0, f.now.Gs[g].Task, 0, 0, func(s *state.State) {
		s.Gs[g].Status, s.Gs[g].Thread, s.Gs[g].P = Dead, -1, -1
		s.Ps[0].Free = append(s.Ps[0].Free, g)
		s.Threads[0].G, s.Threads[0].Doing, s.Threads[0].Detail = -1, state.DoingLook, "P0's runnext and queue"
	})
}

// finish lets the last goroutine wake main, and main end the process.
func (f *fake) finish() {
	last := f.now.Threads[0].G
	f.out = append(f.out, sim.Output{Time: f.now.Time + 400, Event: f.log.Len(), FD: 1, Text: fmt.Sprint(last-1, " ")})
	f.event(900, trace.GoUnblock, 0, 0, 0, 0, int64(trace.InNext), func(s *state.State) {
		s.Gs[0].Status, s.Gs[0].Reason, s.Gs[0].Since = Runnable, "", s.Time
		s.Ps[0].Next = 0
		s.Objects = nil
	})
	f.end(last)
	f.start()
	f.event(300, trace.Exit, 0, 0, 0, 0, 0, func(s *state.State) { s.Ended = "main returned" })
}

// Advance gives out at most so many more events.
func (f *fake) Advance(_ uint64, events int) bool {
	for n := 0; (events == 0 || n < events) && f.given.Len() < f.log.Len(); n++ {
		f.given.Add(f.log.At(f.given.Len()))
	}
	return f.given.Len() == f.log.Len()
}

func (f *fake) Ended() (string, int) {
	if f.given.Len() < f.log.Len() {
		return "", 0
	}
	return "main returned", 0
}

func (f *fake) Now() task.Time        { return f.states[f.given.Len()].Time }
func (f *fake) Log() *trace.Log       { return &f.given }
func (f *fake) Output() []sim.Output  { return f.out }
func (f *fake) At(n int) *state.State { return f.states[n] }
func (f *fake) Stats() []sim.Stat     { return []sim.Stat{{Name: "goroutines", Value: 6}} }

func (f *fake) Stack(n int, g int32) *state.Stack {
	s := f.states[n].Gs[g]
	if s.Status == Dead {
		return &state.Stack{G: g}
	}
	st := &state.Stack{G: g, Lo: 0xc000100000, Hi: 0xc000100800, Size: 2048, Guard: 928}
	if g != 0 {
		st.Frames = append(st.Frames,
			state.Frame{Func: "fmt.Fprint", File: "fmt/print.go", Line: 263, Bytes: 96},
			state.Frame{Func: "fmt.Print", File: "fmt/print.go", Line: 272, Bytes: 72})
	}
	st.Frames = append(st.Frames, state.Frame{Func: s.Entry, File: "main.go", Line: s.Line, Bytes: 56, User: true,
		Vars: []state.Var{{Name: "i", Type: "int", Value: fmt.Sprint(g - 1)}}})
	for _, fr := range st.Frames {
		st.Used += fr.Bytes
	}
	return st
}
