package vm

import (
	"slices"

	"gopark/sim/files"
	"gopark/sim/mem"
	"gopark/sim/state"
	"gopark/sim/task"
)

// A kernel is what the processes of a run have in common where the go statement
// forks: who exists, whose the goroutines and timers are, pipes, page frames,
// files. Each process is a machine of its own, so that nothing else can be
// shared by mistake: arena, heap, collector, semaphores, timers and the rest
// are fields of a VM, and fork copies a VM as a snapshot does. The first process's
// machine answers for all of them; its methods find the one that is meant (of).
//
// Fork copies the arena at once. What Linux copies only when it is written shows
// in numbers and costs: see frames.go.
type kernel struct {
	procs  []*process // by pid - task.FirstPID
	owner  []int32    // by task: the process that it runs in, as an index of procs; -1: none
	free   []task.ID  // last in, first out
	timers []timerRef // by task.Timer
	pipes  []pipe     // by number
	frames frames     // of the processes' memories
	files  *files.System
	bytes  uint64 // of all arenas, and of what lies in pipes
	peak   uint64
	steps  uint64 // instructions of all
}

// A process is a process, or what is left of one.
type process struct {
	vm      *VM // nil: it has ended
	index   int32
	parent  int32         // index; -1: init
	base    *mem.Snapshot // of its memory as it was at its last fork; nil: it never forked
	table   []pageEntry   // by page of base
	checked uint64        // the machine's steps at the last look at what was written
	every   uint64        // steps until the next
	faults  pageFaults    // in all
	untold  pageFaults    // those of them that the scheduler has not heard of
	code    int32         // its exit code, once it has ended
	waited  bool          // its parent knows, or init
	waits   bool          // it is parked until a child ends
}

// A timerRef says whose a timer is.
type timerRef struct{ proc, timer int32 }

// initPID adopts those whose parent has ended.
const initPID = 1

func (p *process) pid() int32 { return task.FirstPID + p.index }

func (v *VM) initKernel() {
	v.kern = &kernel{bytes: v.mem.Size()}
	v.proc = v.kern.add(v, -1)
}

func (k *kernel) add(v *VM, parent int32) *process {
	p := &process{vm: v, index: int32(len(k.procs)), parent: parent}
	k.procs = append(k.procs, p)
	return p
}

// noG stands in a process's table for goroutines that are other processes'.
var noG = G{ID: task.None, Status: gFree}

// of is the machine whose goroutine task id is: v itself where processes share
// nothing because there is one.
func (v *VM) of(id task.ID) *VM {
	if v.kern == nil {
		return v
	}
	if int(id) < len(v.kern.owner) && id >= 0 && v.kern.owner[id] >= 0 {
		return v.kern.procs[v.kern.owner[id]].vm
	}
	return v
}

// runProcess is Run for a task of v's.
func (v *VM) runProcess(id task.ID, now task.Time, budget task.Duration) (took task.Duration, req task.Request) {
	if len(v.gs[id].Requests) == 0 {
		if f := v.faultsDue(); f.Kind != task.Nothing {
			return 0, f
		}
	}
	before := v.steps
	took, req = v.run1(id, now, budget, false)
	v.kern.steps += v.steps - before
	return took, req
}

// newID is the id of a new goroutine of v's.
func (k *kernel) newID(v *VM) task.ID {
	if n := len(k.free); n > 0 {
		id := k.free[n-1]
		k.free = k.free[:n-1]
		k.give(id, v)
		return id
	}
	k.owner = append(k.owner, -1)
	k.give(task.ID(len(k.owner)-1), v)
	return task.ID(len(k.owner) - 1)
}

// give makes id a goroutine of v's.
func (k *kernel) give(id task.ID, v *VM) {
	k.owner[id] = v.proc.index
	for int(id) >= len(v.gs) {
		v.gs = append(v.gs, &noG)
	}
}

// grow takes n more bytes of the computer's memory, if there are so many.
func (k *kernel) grow(n, limit uint64) bool {
	if k.bytes+n > limit {
		return false
	}
	k.bytes += n
	k.peak = max(k.peak, k.bytes)
	return true
}

// fork makes the process in which g will run, which the current goroutine of v,
// or a timer of its, has made there. r is the request that will start it.
func (v *VM) fork(g *G, r *task.Request) {
	k := v.kern
	v.lookAtPages()
	if !k.grow(v.mem.Size(), v.cfg.Memory) {
		v.noMemoryToFork()
		return
	}
	c := v.copy()
	c.proc = k.add(c, v.proc.index)
	if k.files != nil {
		k.files.Fork(v.proc.index, c.proc.index)
	}
	k.give(g.ID, c)
	c.keepOnly(g.ID)
	v.freeStack(&v.gs[g.ID].stack)
	v.gs[g.ID] = &noG
	r.Object = v.shareMemory(c)
}

// noMemoryToFork ends all processes: each of them that fails alone would leave
// its memory to the others, and a program that forks without end would go on
// until it meets another limit.
func (v *VM) noMemoryToFork() {
	live := 0
	for _, p := range v.kern.procs {
		live += int(b2u(p.vm != nil))
	}
	v.printf("fork: cannot allocate memory\nThe simulated computer's memory limit of %d bytes (-limit-memory) is used up: %d processes have %d bytes, and each may come to write to all of its own. Let the program start fewer, or raise the limit.\n",
		v.cfg.Memory, live, v.kern.bytes)
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
	c := &VM{prog: v.prog, k: v.k, natives: v.natives, cfg: v.cfg, rules: v.rules, guard: v.guard, host: v.host,
		kern: v.kern, mem: v.mem.Clone(), liveMaps: v.liveMaps, readers: v.readers, scratch: v.scratch}
	c.code, c.ncode, c.pool, c.roEnd = v.code, v.ncode, v.pool, v.roEnd
	c.maps = v.maps
	c.maps.Mem, c.maps.Rand, c.maps.Alloc = c.mem, c.rand, c.allocMap
	c.copyState(v)
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
	v.gc.due, v.gc.waiting = false, 0
	v.gc.runners = [2]runner{{id: task.None}, {id: task.None}}
}

// nameTimer is what the scheduler calls timer i of v's.
func (v *VM) nameTimer(i int) task.Timer {
	if v.kern == nil {
		return task.Timer(i)
	}
	t := &v.timers[i]
	if t.name == 0 {
		v.kern.timers = append(v.kern.timers, timerRef{v.proc.index, int32(i)})
		t.name = int32(len(v.kern.timers))
	}
	return task.Timer(t.name - 1)
}

// askLast is what g, whose next request is its process's last, asks for instead
// of it: what there is to tell before, and then that. A goroutine that returns
// ends its process, as main does. It is Nothing for other requests.
func (v *VM) askLast(g *G) task.Request {
	r := g.Requests[0]
	switch {
	case v.initializing:
		return task.Request{}
	case r.Kind == task.Exit && !g.System:
		r = task.Request{Kind: task.ExitProcess}
	case r.Kind != task.ExitProcess && r.Kind != task.Crash:
		return task.Request{}
	}
	v.lookAtPages()
	if f := v.tellFaults(); f.Kind != task.Nothing {
		return f
	}
	for i := range v.timers {
		if t := &v.timers[i]; t.armed && t.bubble == 0 {
			t.armed = false
			return task.Request{Kind: task.StopTimer, Timer: v.nameTimer(i)}
		}
	}
	k, p := v.kern, v.proc
	if p.parent >= 0 {
		if parent := k.procs[p.parent]; parent.waits {
			parent.waits = false
			return task.Request{Kind: task.Ready, Task: parent.vm.only().ID}
		}
	}
	r.Object = uint64(p.pages())
	k.bury(p, r.N)
	return r
}

// only is the goroutine of v's that is not the runtime's own.
func (v *VM) only() *G {
	for _, g := range v.gs {
		if g.Status != gFree && !g.System {
			return g
		}
	}
	panic("vm: a process without a goroutine")
}

// bury ends process p. Its children are init's from now on, which waits for
// whoever ends.
func (k *kernel) bury(p *process, code int32) {
	p.code = code
	p.waited = p.parent < 0
	for _, c := range k.procs {
		if c.parent == p.index {
			c.parent = -1
			c.waited = c.waited || c.vm == nil
		}
	}
	for i, o := range k.owner {
		if o == p.index {
			k.owner[i] = -1
			if !p.vm.gs[i].System { // those of the runtime's have still to be stopped
				k.free = append(k.free, task.ID(i))
			}
		}
	}
	if k.files != nil {
		k.files.EndProcess(p.index)
	}
	k.frames.unmap(p.table)
	k.bytes -= p.vm.mem.Size()
	p.table, p.base = nil, nil
	p.vm.over = true
	p.vm = nil
}

// pages is how many pages the process has that it could write to.
func (p *process) pages() int64 { return int64((p.vm.mem.Size() - p.vm.prog.ROSize) / mem.PageSize) }

// numGoroutines is what runtime.NumGoroutine answers in a process of many.
func (v *VM) numGoroutines() (n int) {
	for _, g := range v.gs {
		if g.Status != gFree && !g.System {
			n++
		}
	}
	return n
}

// wait4 has a pid, -1 for any, and options; it answers a pid, a status as
// Linux has it and an error.
func wait4(c *Call) Action {
	const noHang, echild = 1, 10
	if !c.Fresh() {
		return Again
	}
	answer := func(pid, status int32, e files.Errno) Action {
		c.SetResult(0, uint64(int64(pid)))
		c.SetResult(1, uint64(status))
		c.SetResult(2, uint64(e))
		c.Cost(waitPath)
		return Done
	}
	if c.VM.kern == nil {
		return answer(-1, 0, echild)
	}
	self, children := c.VM.proc, false
	for _, p := range c.VM.kern.procs {
		if p.parent != self.index || p.waited || c.Int(0) > 0 && c.Int(0) != int(p.pid()) {
			continue
		}
		if p.vm == nil {
			p.waited = true
			c.Ask(task.Request{Kind: task.Reap, N: p.pid()})
			return answer(p.pid(), (p.code&0xff)<<8, 0)
		}
		children = true
	}
	switch {
	case !children:
		return answer(-1, 0, echild)
	case c.Int(1)&noHang != 0:
		return answer(0, 0, 0)
	}
	self.waits = true
	c.Ask(task.Request{Kind: task.Park, Reason: task.ChildWait})
	return Again
}

func getpid(c *Call) Action {
	c.SetResult(0, uint64(c.VM.pid()))
	return Done
}

func getppid(c *Call) Action {
	n := int32(0)
	if k := c.VM.kern; k != nil {
		n = k.parentPID(c.VM.proc)
	}
	c.SetResult(0, uint64(n))
	return Done
}

func (k *kernel) parentPID(p *process) int32 {
	if p.parent < 0 {
		return initPID
	}
	return k.procs[p.parent].pid()
}

var kernelNatives = table{
	{"syscall.wait4", wait4},
	{"syscall.Getpid", getpid},
	{"syscall.Getppid", getppid},
}

// snapshotAll is Snapshot where processes are many. A process's memory is shared
// with its own in like or, if it is younger, with what it was when it was made.
func (v *VM) snapshotAll(like *Snapshot, most int64) (s *Snapshot, added int64) {
	k := v.kern
	s = &Snapshot{mems: make([]*mem.Snapshot, len(k.procs))}
	for i, p := range k.procs {
		if p.vm == nil {
			continue
		}
		was := p.base
		if like != nil && i < len(like.mems) && like.mems[i] != nil {
			was = like.mems[i]
		}
		s.bytes += p.vm.recordBytes()
		m, n := p.vm.mem.Snapshot(was, v.prog.ROSize, most-added-s.bytes)
		if m == nil {
			s.Release()
			return nil, 0
		}
		s.mems[i] = m
		added += n
	}
	s.kern = k.clone(func(o *VM) *VM {
		c := &VM{}
		c.copyState(o)
		return c
	})
	return s, added + s.bytes
}

// restoreAll is Restore where processes are many. v, which answers for all, stays
// the first's machine, and others that exist are used again for their memory.
func (v *VM) restoreAll(s *Snapshot) {
	now := v.kern.procs
	*v.kern = *s.kern.clone(func(from *VM) *VM { return from })
	for i, p := range v.kern.procs {
		from := p.vm
		if from == nil {
			v.over = v.over || i == 0
			continue
		}
		switch {
		case i == 0:
			p.vm = v
		case i < len(now) && now[i].vm != nil:
			p.vm = now[i].vm
		default:
			p.vm = v.copy()
		}
		p.vm.proc = p
		p.vm.mem.Restore(s.mems[i], v.prog.ROSize)
		p.vm.copyState(from)
	}
}

// clone copies the kernel and, with copy, each of its processes' machines.
func (k *kernel) clone(copy func(*VM) *VM) *kernel {
	n := *k
	n.procs = make([]*process, len(k.procs))
	for i, p := range k.procs {
		q := *p
		q.table = slices.Clone(p.table)
		if p.vm != nil {
			q.vm = copy(p.vm)
		}
		n.procs[i] = &q
	}
	n.owner, n.free, n.timers = slices.Clone(k.owner), slices.Clone(k.free), slices.Clone(k.timers)
	n.pipes = clonePipes(k.pipes)
	n.frames = k.frames.clone()
	if k.files != nil {
		n.files = k.files.Clone()
	}
	return &n
}

// fill adds processes and objects to s. A pipe has as many names as processes
// have for it; the first counts.
func (k *kernel) fill(s *state.State, index map[task.ID]int32) {
	at := map[uint64]int{}
	for _, p := range k.procs {
		s.Procs = append(s.Procs, k.stateOf(p))
		if p.vm == nil {
			continue
		}
		for _, o := range p.vm.objects(index) {
			o.Addr = p.vm.global(o.Addr)
			i, known := at[o.Addr]
			switch {
			case !known:
				at[o.Addr] = len(s.Objects)
				s.Objects = append(s.Objects, o)
			case s.Objects[i].Name == "":
				s.Objects[i].Name, s.Objects[i].Type = o.Name, o.Type
			}
		}
	}
}

func (k *kernel) stateOf(p *process) state.Process {
	s := state.Process{PID: p.pid(), Parent: k.parentPID(p), Task: task.None, Code: p.code, Faults: p.faults.all, Copied: p.faults.copied}
	switch {
	case p.vm != nil:
		s.Status, s.Task = "running", p.vm.only().ID
		s.Pages = p.pages()
		for _, e := range p.table {
			if e.frame >= 0 && k.frames.users[e.frame] > 1 {
				s.Shared++
			}
		}
	case p.waited:
		s.Status = "ended"
	default:
		s.Status = "zombie"
	}
	return s
}
