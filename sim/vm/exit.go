package vm

import (
	"slices"

	"gopark/sim/files"
	"gopark/sim/mem"
	"gopark/sim/task"
)

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
	if k.files != nil && !p.closed { // others may have waited for the end of what it writes
		p.closed = true
		k.files.Clock = v.now()
		k.files.EndProcess(p.index)
		if list := v.arrivals(k.files); len(list) > 0 {
			g.Requests = append(list, g.Requests...)
			return task.Request{}
		}
	}
	r.Object, r.Task = uint64(p.pages()), task.None
	if p.parent >= 0 {
		if parent := k.procs[p.parent]; parent.waits {
			parent.waits = false
			r.Task = parent.vm.only().ID
		}
	}
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

// bury ends process p.
func (k *kernel) bury(p *process, code int32) {
	p.code = code
	if p.parent < 0 {
		k.reap(p)
	}
	k.orphan(p)
	for i, o := range k.owner {
		if o == p.index {
			k.owner[i] = -1
			if !p.vm.gs[i].System { // those of the runtime's have still to be stopped
				k.free = append(k.free, task.ID(i))
			}
		}
	}
	k.frames.unmap(p.table)
	k.bytes -= p.vm.mem.Size() + kernelBytes
	p.table, p.base = nil, nil
	p.vm.over = true
	if !p.packed {
		k.resident--
		if p.index > 0 { // the first's machine goes on answering for others
			k.spare = p.vm.mem.Leave()
		}
	}
	p.vm, p.image, p.packed = nil, nil, false
}

// pages is how many pages the process has that it could write to, one that is
// partly read-only among them: those that have frames.
func (p *process) pages() int64 {
	return int64(p.vm.mem.Size()/mem.PageSize - p.vm.prog.ROSize/mem.PageSize)
}

// reap takes what is left of p out of the table of processes.
func (k *kernel) reap(p *process) {
	if !p.waited {
		p.waited = true
		k.exist--
	}
}

// orphan gives p's children to init, which waits for them.
func (k *kernel) orphan(p *process) {
	for _, i := range p.made {
		c := k.procs[i]
		c.parent = -1
		if c.vm == nil {
			k.reap(c)
		}
	}
	p.made = nil
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
	for i, child := range self.made {
		p := c.VM.kern.procs[child]
		if c.Int(0) > 0 && c.Int(0) != int(p.pid()) {
			continue
		}
		if p.vm == nil {
			c.VM.kern.reap(p)
			self.made = slices.Delete(self.made, i, i+1)
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
