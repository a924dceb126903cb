package vm

import (
	"fmt"
	"maps"
	"slices"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/task"
)

// A Snapshot is the machine's state between two calls of Run.
type Snapshot struct {
	mem *mem.Snapshot
	vm  VM // the state's fields are copies of their own; the fixed ones are not used
}

// Snapshot copies the state.
func (v *VM) Snapshot() *Snapshot {
	if v.cur != nil {
		panic("vm: snapshot during a turn")
	}
	s := &Snapshot{mem: v.mem.Snapshot()}
	s.vm.copyState(v)
	return s
}

// Restore brings back what s holds. s stays good for more.
func (v *VM) Restore(s *Snapshot) {
	v.mem.Restore(s.mem)
	v.copyState(&s.vm)
}

// copyState makes v's state a deep copy of from's, except for the arena.
func (v *VM) copyState(from *VM) {
	v.heap, v.gc = from.heap.clone(), from.gc.clone()
	v.gs = make([]*G, len(from.gs))
	for i, g := range from.gs {
		v.gs[i] = g.clone()
	}
	v.freeG = slices.Clone(from.freeG)
	v.sudogs, v.panics = from.sudogs.clone(), from.panics.clone()
	v.defers = from.defers.clone()
	for i := range v.defers.items {
		v.defers.items[i].args = slices.Clone(v.defers.items[i].args)
	}
	v.timers, v.freeTimers = slices.Clone(from.timers), slices.Clone(from.freeTimers)
	v.coros, v.freeCoros = slices.Clone(from.coros), slices.Clone(from.freeCoros)
	for i := range v.coros {
		v.coros[i].exec = v.coros[i].exec.clone()
	}
	v.sema, v.itabs = maps.Clone(from.sema), maps.Clone(from.itabs)
	v.itabList = slices.Clone(from.itabList)
	v.lib = from.lib.clone()
	v.fireq, v.firing = slices.Clone(from.fireq), from.firing
	v.rng, v.steps, v.extra = from.rng, from.steps, from.extra
	v.firstStack, v.maxStack, v.written, v.full = from.firstStack, from.maxStack, from.written, from.full
	v.over, v.dying = from.over, from.dying
}

func (g *G) clone() *G {
	c := *g
	c.exec = g.exec.clone()
	c.Requests = slices.Clone(g.Requests)
	return &c
}

func (x exec) clone() exec {
	if x.rare != nil {
		r := *x.rare
		r.Inj, r.Recovering, r.Segs = slices.Clone(r.Inj), slices.Clone(r.Recovering), slices.Clone(r.Segs)
		x.rare = &r
	}
	return x
}

// RunInit runs function sym, a package's initialisation, to its end before the
// run's time begins: no time passes, no instruction is counted, and nobody
// schedules. It fails if the function parks, starts a goroutine or ends the
// process.
func (v *VM) RunInit(sym string) error {
	a, ok := v.prog.Symbols[sym]
	if !ok {
		return fmt.Errorf("vm: the program has no %s", sym)
	}
	g := v.newG(uint32(a-code.TextBase), 0, nil)
	v.initializing = true
	defer func() { v.initializing, v.steps, v.extra = false, 0, 0 }()
	for {
		_, r := v.Run(g.ID, 0, 1<<40, false)
		switch r.Kind {
		case task.Exit:
			return nil
		case task.Nothing, task.Yield, task.GoYield, task.LockThread, task.UnlockThread, task.CollectBegin, task.CollectEnd, task.StackGrow:
		case task.ExitProcess, task.Crash:
			return fmt.Errorf("vm: %s ended the process with code %d", sym, r.N)
		default:
			return fmt.Errorf("vm: %s asks for %v", sym, r.Kind)
		}
		if v.steps > 1<<32 {
			return fmt.Errorf("vm: %s does not end", sym)
		}
	}
}
