package tasktest

import (
	"fmt"
	"slices"

	"gopark/sim/task"
)

// A Runner runs a script. It is a plain value but for its slices; Clone
// copies it.
type Runner struct {
	script *Script
	tasks  []proc
	system []task.Reason
	timers []timer
	done   int64
	wait   []waiter
	queue  []task.ID // tasks to be readied by the one that runs
	Parks  int       // how often a task parked
	Notes  []task.ID // tasks in the order of their notes
}

type proc struct {
	pc     int
	left   int64
	parked bool
	token  bool
	over   bool
	inside bool // a collection
}

type waiter struct {
	task task.ID
	n    int64
}

type timer struct {
	target task.ID
	fired  bool
}

// NewRunner makes a runner in which nothing has run. The tasks of the system
// come after the script's and park at once with the given reasons.
func NewRunner(s *Script, system []task.Reason) (r *Runner, ids []task.ID) {
	r = &Runner{script: s, tasks: make([]proc, len(s.ops)+len(system)), system: system}
	for i := range system {
		ids = append(ids, task.ID(len(s.ops)+i))
	}
	return r, ids
}

// Clone is a copy that runs by itself.
func (r *Runner) Clone() *Runner {
	c := *r
	c.tasks, c.timers, c.wait = slices.Clone(r.tasks), slices.Clone(r.timers), slices.Clone(r.wait)
	c.queue, c.Notes = slices.Clone(r.queue), slices.Clone(r.Notes)
	return &c
}

// Set makes r a copy of c.
func (r *Runner) Set(c *Runner) { *r = *c.Clone() }

// Run is task.Runner's.
func (r *Runner) Run(id task.ID, now task.Time, budget task.Duration, atCalls bool) (task.Duration, task.Request) {
	if int(id) >= len(r.script.ops) {
		r.tasks[id].parked = true
		return 0, task.Request{Kind: task.Park, Reason: r.system[int(id)-len(r.script.ops)]}
	}
	p := &r.tasks[id]
	for {
		if len(r.queue) > 0 {
			to := r.queue[0]
			r.queue = r.queue[1:]
			return 0, task.Request{Kind: task.Ready, Task: to}
		}
		if p.pc >= len(r.script.ops[id]) {
			p.over = true
			if id == r.script.Main {
				return 0, task.Request{Kind: task.ExitProcess}
			}
			return 0, task.Request{Kind: task.Exit}
		}
		o := &r.script.ops[id][p.pc]
		took, req := r.op(id, p, o, now, budget, atCalls)
		if took > 0 || req.Kind != task.Nothing {
			return took, req
		}
	}
}

// op does a piece of an operation: time, a request, or, with neither, nothing that shows.
func (r *Runner) op(id task.ID, p *proc, o *op, now task.Time, budget task.Duration, atCalls bool) (task.Duration, task.Request) {
	switch o.name {
	case "run":
		return r.use(p, o.a, budget), task.Request{}
	case "until":
		if n := len(r.Notes); n == 0 || r.Notes[n-1] != id {
			r.Notes = append(r.Notes, id)
		}
		if now >= o.a {
			p.pc++
			return 0, task.Request{}
		}
		return min(budget, o.a-now), task.Request{}
	case "spawn":
		if p.left == 0 {
			p.left = o.a
		}
		next := task.ID(p.left)
		p.left++
		if p.left > o.b {
			p.left = 0
			p.pc++
		}
		if int(next) >= len(r.script.ops) {
			panic(fmt.Sprintf("tasktest: spawn of task %d, which has no line", next))
		}
		return 0, task.Request{Kind: task.Spawn, Task: next, Object: forkPages}
	case "collect":
		return r.collect(p, o, budget)
	}
	p.pc++
	return 0, r.simple(id, p, o, now, atCalls)
}

func (r *Runner) use(p *proc, total, budget int64) task.Duration {
	if p.left == 0 {
		p.left = total
	}
	took := min(budget, p.left)
	p.left -= took
	if p.left == 0 {
		p.pc++
	}
	return took
}

func (r *Runner) collect(p *proc, o *op, budget int64) (task.Duration, task.Request) {
	switch {
	case !p.inside:
		p.inside, p.left = true, max(1, o.a)
		return 0, task.Request{Kind: task.CollectBegin}
	case p.left > 0:
		took := min(budget, p.left)
		p.left -= took
		return took, task.Request{}
	}
	p.inside = false
	p.pc++
	return 0, task.Request{Kind: task.CollectEnd}
}

// simple does an operation of a single moment.
func (r *Runner) simple(id task.ID, p *proc, o *op, now task.Time, atCalls bool) task.Request {
	switch o.name {
	case "check":
		if atCalls {
			return task.Request{Kind: task.Check}
		}
	case "note":
		r.Notes = append(r.Notes, id)
	case "ready":
		if r.wake(task.ID(o.a)) {
			return task.Request{Kind: task.Ready, Task: task.ID(o.a)}
		}
	case "again":
		p.pc--
		if p.left = 1 - p.left; p.left == 0 {
			return r.park(p, id, task.ChanReceive)
		}
		if r.wake(task.ID(o.a)) {
			return task.Request{Kind: task.Ready, Task: task.ID(o.a)}
		}
	case "park":
		return r.park(p, id, o.why)
	case "wait":
		if r.done >= o.a {
			return task.Request{}
		}
		r.wait = append(r.wait, waiter{id, o.a})
		return task.Request{Kind: task.Park, Reason: task.WaitGroupWait}
	case "done":
		r.done++
		rest := r.wait[:0]
		for _, w := range r.wait {
			if r.done >= w.n {
				r.queue = append(r.queue, w.task)
			} else {
				rest = append(rest, w)
			}
		}
		r.wait = rest
	case "timer":
		for int64(len(r.timers)) <= o.a {
			r.timers = append(r.timers, timer{})
		}
		r.timers[o.a] = timer{target: task.ID(o.c)}
		return task.Request{Kind: task.SetTimer, Timer: task.Timer(o.a), When: now + o.b}
	case "exit":
		p.over = true
		return task.Request{Kind: task.Exit}
	default:
		return request(o, now)
	}
	return task.Request{}
}

func (r *Runner) park(p *proc, id task.ID, why task.Reason) task.Request {
	if p.token {
		p.token = false
		return task.Request{}
	}
	p.parked = true
	r.Parks++
	return task.Request{Kind: task.Park, Reason: why, Object: uint64(id)}
}

// request is an operation that is nothing but a request.
func request(o *op, now task.Time) task.Request {
	switch o.name {
	case "sleep":
		return task.Request{Kind: task.Sleep, When: now + o.a}
	case "poll":
		return task.Request{Kind: task.Poll, When: now + o.a}
	case "syscall":
		return task.Request{Kind: task.Syscall, Wait: o.a}
	case "stop":
		return task.Request{Kind: task.StopTimer, Timer: task.Timer(o.a)}
	case "yield":
		return task.Request{Kind: task.Yield}
	case "goyield":
		return task.Request{Kind: task.GoYield}
	case "lock":
		return task.Request{Kind: task.LockThread}
	case "unlock":
		return task.Request{Kind: task.UnlockThread}
	case "procs":
		return task.Request{Kind: task.SetProcs, N: int32(o.a)}
	case "fault":
		return task.Request{Kind: task.Fault, N: int32(o.a), Object: uint64(o.a / 2)}
	case "reap":
		return task.Request{Kind: task.Reap, N: int32(o.a)}
	case "crash":
		return task.Request{Kind: task.Crash, N: int32(o.a), Task: task.None}
	case "quit":
		return task.Request{Kind: task.ExitProcess, N: int32(o.a), Task: task.None}
	}
	panic("tasktest: no operation " + o.name)
}

// wake reports whether task id is parked and is to be readied now.
func (r *Runner) wake(id task.ID) bool {
	if int(id) >= len(r.tasks) {
		return false
	}
	p := &r.tasks[id]
	if p.parked {
		p.parked = false
		return true
	}
	p.token = true
	return false
}

// Fire is task.Runner's: a timer readies its target.
func (r *Runner) Fire(t task.Timer, now task.Time) task.Request {
	x := &r.timers[t]
	if x.fired {
		x.fired = false
		return task.Request{}
	}
	if r.wake(x.target) {
		x.fired = true
		return task.Request{Kind: task.Ready, Task: x.target}
	}
	return task.Request{}
}

// forkPages is how large the memory of a task is where spawning one forks.
const forkPages = 100
