package vm

import (
	"gopark/sim/gomap"
	"gopark/sim/task"
)

// fork makes the process in which g will run, which the current goroutine of v,
// or a timer of its, has made there. r is the request that will start it.
func (v *VM) fork(g *G, r *task.Request) {
	k := v.kern
	v.lookAtPages()
	if k.exist >= v.maxProcesses() {
		v.cantFork("resource temporarily unavailable")
		return
	}
	if !k.grow(v.mem.Size()+kernelBytes, v.cfg.Memory) {
		v.cantFork("cannot allocate memory")
		return
	}
	c := v.copy()
	c.proc = k.add(c, v.proc.index)
	v.proc.made = append(v.proc.made, c.proc.index)
	if k.files != nil {
		k.files.Fork(v.proc.index, c.proc.index)
	}
	k.give(g.ID, c)
	c.keepOnly(g.ID)
	v.freeStack(&v.gs[g.ID].stack)
	v.gs[g.ID] = &noG
	r.Object = v.shareMemory(c)
}

// maxProcesses is how many processes may exist, zombies among them: a user may
// have one for each 256 KiB of memory (Linux's kernel/fork.c:set_max_threads and
// fork_init, RLIMIT_NPROC).
func (v *VM) maxProcesses() int { return int(v.cfg.Memory >> 18) }

// cantFork ends all processes: each of them that fails alone would leave its
// memory to the others, and a program that forks without end would go on
// until it meets another limit.
func (v *VM) cantFork(why string) {
	k, live := v.kern, 0
	for _, p := range k.procs {
		live += int(b2u(p.vm != nil))
	}
	v.printf("fork: %s\nThe simulated computer has a memory limit of %d bytes (-limit-memory), and so at most %d processes. There are %d, which with all that they may come to write have %d bytes, and %d zombies, which have ended and for which nobody has waited (syscall.Wait4). Let the program start fewer, or raise the limit.\n",
		why, v.cfg.Memory, v.maxProcesses(), live, k.bytes, k.exist-live)
	halt := task.Request{Kind: task.Halt, N: 2}
	if v.cur == nil {
		v.fireq = append(v.fireq, halt)
		return
	}
	v.cur.Requests = append(v.cur.Requests, halt)
	v.leave = true
}

// copy is a machine like v, with memory and tables of its own.
func (v *VM) copy() *VM {
	c := v.bare()
	c.mem.Copy(v.mem, v.kern.arena())
	c.copyState(v)
	return c
}

// bare is a machine for v's program that has no state yet, and no arena.
func (v *VM) bare() *VM {
	c := &VM{prog: v.prog, k: v.k, natives: v.natives, cfg: v.cfg, rules: v.rules, guard: v.guard, host: v.host,
		kern: v.kern, mem: v.mem.Empty(), liveMaps: v.liveMaps, readers: v.readers, holding: v.holding, scratch: v.scratch}
	c.code, c.ncode, c.pool, c.roEnd = v.code, v.ncode, v.pool, v.roEnd
	c.maps = gomap.Ops{Mem: c.mem, Rand: c.rand, Alloc: c.allocMap}
	return c
}

// keepOnly makes v, a copy of its parent, a process in which goroutine id alone
// runs. The parent's timers are not inherited: those of channels are memory, and
// armed again by who waits for them.
func (v *VM) keepOnly(id task.ID) {
	for i, g := range v.gs {
		if task.ID(i) != id && g.Status != gFree {
			v.freeStack(&g.stack)
			v.gs[i] = &noG
		}
	}
	v.gs[id].Bubble = 0
	v.sudogs = slab[sudog]{most: v.sudogs.most}
	clear(v.sema)
	v.fireq, v.firing = nil, -1
	for i := range v.timers {
		v.timers[i].armed, v.timers[i].blocked, v.timers[i].name = false, 0, 0
	}
	v.lib.blocked = nil
	for i := range v.lib.polls {
		v.lib.polls[i].waits, v.lib.polls[i].timer = [2]task.ID{}, [2]int32{}
	}
	v.gc.due, v.gc.waiting = false, 0
	v.gc.runners = [2]runner{{id: task.None}, {id: task.None}}
}
