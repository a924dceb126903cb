package sim

import (
	"fmt"
	"strconv"
	"strings"

	"gopark/sim/cost"
	"gopark/sim/sched"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
	"gopark/sim/vm"
)

// A computer is a virtual machine over a scheduler over a machine: all that
// changes while a program runs.
type computer struct {
	sched sched.Scheduler
	vm    *vm.VM
	log   *trace.Log

	reseed   Reseed
	reseeded bool // it has happened

	settle func()           // called before the virtual machine runs, if not nil
	after  func(id task.ID) // called when it has run id, if not nil
}

// sinks get what comes out of a program.
type sinks struct {
	write    func(fd int, b []byte)
	annotate func(vm.Annotation)
}

// newComputer builds a computer with prog loaded and nothing started.
func newComputer(prog *Program, era *sched.Era, cfg Config, log *trace.Log, to sinks) (*computer, error) {
	c := &computer{log: log, reseed: cfg.Reseed}
	if !cfg.Annotate {
		to.annotate = nil
	}
	costs := cost.Default.Slower(cfg.Slow)
	wires := vm.Latencies{Pipe: costs.Kernel.Pipe, Unix: costs.Kernel.Unix, TCP: costs.Kernel.Loopback}
	v, err := vm.New(prog.code, vm.Config{
		StepCost: costs.Step, Seed: cfg.Seed, Memory: cfg.Limits.Memory, Args: cfg.Args, Env: cfg.Env, Write: to.write, Files: cfg.Files, Annotate: to.annotate,
		Rules: &era.VM, Wires: wires, Arenas: cfg.Arenas, Watch: cfg.watch,
	}, host{c, cfg})
	if err != nil {
		return nil, err
	}
	c.vm = v
	c.sched = sched.New(era, sched.Config{
		Costs: costs, Cores: cfg.Cores, Procs: cfg.Procs, Seed: cfg.Seed, OSLinked: prog.osLinked, MaxSlice: maxSlice,
		AsyncPreemptOff: godebug(cfg.Env, "asyncpreemptoff") == 1,
		TracePeriod:     cfg.SchedTrace, TraceDetail: cfg.SchedDetail,
		Print: func(text string) { to.write(2, []byte(text)) },
	}, runner{c}, log)
	return c, nil
}

// A runner is the virtual machine as the scheduler has it.
type runner struct{ c *computer }

func (r runner) Run(id task.ID, now task.Time, budget task.Duration, atCalls bool) (task.Duration, task.Request) {
	r.settle()
	took, req := r.c.vm.Run(id, now, budget, atCalls)
	if r.c.after != nil {
		r.c.after(id)
	}
	return took, req
}

func (r runner) Fire(t task.Timer, now task.Time) task.Request {
	r.settle()
	return r.c.vm.Fire(t, now)
}

func (r runner) settle() {
	if r.c.settle != nil {
		r.c.settle()
	}
}

// godebug is the number that GODEBUG gives to a setting, 0 if none: the last
// counts (runtime/runtime1.go:parsegodebug).
func godebug(env map[string]string, setting string) int {
	n := 0
	for _, field := range strings.Split(env["GODEBUG"], ",") {
		if name, value, ok := strings.Cut(field, "="); ok && name == setting {
			n, _ = strconv.Atoi(value)
		}
	}
	return n
}

// maxSlice bounds the virtual time, and so the host's, of one turn.
const maxSlice task.Duration = 1e6

// boot runs the library's package initialisation, for which no time passes,
// and places the goroutines that exist when main starts.
func (c *computer) boot(prog *Program, era *sched.Era) error {
	for _, sym := range prog.inits {
		if err := c.vm.RunInit(sym); err != nil {
			return fmt.Errorf("%s: %w", sym, err)
		}
	}
	c.vm.EndInit(prog.osLinked)
	main, ok := c.vm.Start("runtime.main", false)
	if !ok {
		return fmt.Errorf("the program has no runtime.main")
	}
	var system []task.ID
	for _, row := range era.SystemTasks(prog.osLinked, c.sched.Procs()) {
		id, ok := c.vm.Start(row.Func, true)
		if !ok {
			return fmt.Errorf("the program has no %s", row.Func)
		}
		system = append(system, id)
	}
	c.sched.Boot(main, system)
	return nil
}

// step is one turn. Between turns is the one place where the seed may change: what
// a turn does, it decides as a whole.
func (c *computer) step() (more bool) {
	if r := c.reseed; r.Event > 0 && !c.reseeded && c.log.Len() >= r.Event && c.sched.Ended().Kind == sched.Running {
		c.reseeded = true
		c.sched.Reseed(r.Seed)
		c.vm.Reseed(r.Seed)
		c.log.Add(trace.Event{Time: c.sched.Now(), Kind: trace.Reseed, Core: -1, M: -1, P: -1, G: task.None, A: int64(r.Seed)})
	}
	return c.sched.Step()
}

// restore brings back what a snapshot holds.
func (c *computer) restore(s *shot) {
	c.log.Rewind(s.events)
	c.sched.Restore(s.sched)
	c.vm.Restore(s.vm)
	c.reseeded = s.reseeded
}

// fill is the state at this instant.
func (c *computer) fill(era *sched.Era) *state.State {
	st := &state.State{Era: era.Name, Time: c.sched.Now(), Event: c.log.Len(), Steps: c.vm.Steps()}
	c.sched.Fill(st)
	c.vm.Fill(st)
	live := 0
	for i := range st.Gs {
		if st.Gs[i].Status != "dead" && st.Gs[i].ID != 0 {
			live++
		}
	}
	st.Memory = c.memory(era, c.sched.NumThreads(), live)
	return st
}

// memory is what the process has of memory, with so many threads and goroutines.
func (c *computer) memory(era *sched.Era, threads, goroutines int) state.Memory {
	stacks := int64(c.vm.StackBytes())
	return era.Memory(c.sched.Procs(), threads, goroutines, stacks, max(int64(c.vm.PeakBytes())-stacks, 0))
}

// A host answers the virtual machine's questions about scheduling.
type host struct {
	c   *computer
	cfg Config
}

func (h host) Goid(id task.ID) int64 { return h.c.sched.Goid(id) }
func (h host) NumGoroutine() int     { return h.c.sched.NumGoroutine() }
func (h host) Proc(id task.ID) int   { return h.c.sched.Proc(id) }
func (h host) Procs() int            { return h.c.sched.Procs() }
func (h host) NumCPU() int           { return h.cfg.Cores }

func (h host) Idle() int { return h.c.sched.IdleProcs() }

// Readying says whether somebody is about to make a task ready.
func (h host) Readying(id task.ID) bool { return h.c.sched.Readying(id) }

// Status is what tracebacks say.
func (h host) Status(id task.ID) string { return h.c.sched.Status(id) }

// Thread and Threads are asked by system calls that few programs make, so they
// may cost a Fill.
func (h host) Thread(id task.ID) int32 {
	var st state.State
	h.c.sched.Fill(&st)
	return st.Gs[id].Thread
}

func (h host) Threads() []int32 {
	var st state.State
	h.c.sched.Fill(&st)
	var live []int32
	for _, t := range st.Threads {
		if t.Doing != state.DoingDead {
			live = append(live, t.ID)
		}
	}
	return live
}

// Spinnable follows runtime/lock_spinbit.go:internal_sync_runtime_canSpin.
func (h host) Spinnable(id task.ID) bool { return h.c.sched.CanSpin(id) }
