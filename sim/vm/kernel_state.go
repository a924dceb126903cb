package vm

import (
	"slices"

	"gopark/sim/mem"
	"gopark/sim/state"
	"gopark/sim/task"
)

// snapshotAll is Snapshot where processes are many. A process's memory is shared
// with its own in like or, if it is younger, with what it was when it was made.
func (v *VM) snapshotAll(like *Snapshot, most int64) (s *Snapshot, added int64) {
	k := v.kern
	s = &Snapshot{mems: make([]*mem.Snapshot, len(k.procs))}
	for i, p := range k.procs {
		if p.vm == nil {
			continue
		}
		s.bytes += p.vm.recordBytes()
		if p.packed {
			s.mems[i] = p.image.Share()
			continue
		}
		was := p.base
		if like != nil && i < len(like.mems) && like.mems[i] != nil {
			was = like.mems[i]
		}
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
// the first's machine. Memories are packed until somebody needs them.
func (v *VM) restoreAll(s *Snapshot) {
	k := v.kern
	*k = *s.kern.clone(func(from *VM) *VM { return from })
	k.resident, k.spare = 0, nil
	for i, p := range k.procs {
		from := p.vm
		if from == nil {
			v.over = v.over || i == 0
			continue
		}
		if p.vm = v; i > 0 {
			p.vm = v.bare()
		}
		p.vm.proc = p
		p.vm.copyState(from)
		p.packed, p.image = true, s.mems[i]
		p.vm.mem.SetSize(p.image)
		if i == 0 {
			p.vm.mem.Leave()
		}
	}
}

// clone copies the kernel and, with copy, each of its processes' machines.
func (k *kernel) clone(copy func(*VM) *VM) *kernel {
	n := *k
	n.procs = make([]*process, len(k.procs))
	for i, p := range k.procs {
		q := *p
		q.table, q.made = slices.Clone(p.table), slices.Clone(p.made)
		if p.vm != nil {
			q.vm = copy(p.vm)
		}
		n.procs[i] = &q
	}
	n.owner, n.free, n.timers = slices.Clone(k.owner), slices.Clone(k.free), slices.Clone(k.timers)
	n.pipes = clonePipes(k.pipes)
	n.frames, n.spare = k.frames.clone(), nil
	if k.files != nil {
		n.files = k.files.Clone()
	}
	return &n
}

// fill adds processes and objects to s. A pipe has as many names as processes
// have for it; the first counts.
func (k *kernel) fill(s *state.State, index gIndex) {
	k.fillTimers(s)
	if i := slices.IndexFunc(k.procs, func(p *process) bool { return p.vm != nil }); i >= 0 {
		k.load(k.procs[i]).fillGC(&s.GC) // each has one of its own: that of the oldest is shown
	}
	at := map[uint64]int{}
	for _, p := range k.procs {
		if p.vm != nil || !p.waited {
			s.Procs = append(s.Procs, k.stateOf(p))
		}
		if p.vm == nil {
			continue
		}
		for _, o := range k.load(p).objects(s.Time, index) {
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

// fillTimers completes the timers that the scheduler has put into s.
func (k *kernel) fillTimers(s *state.State) {
	for i := range s.Timers {
		t := &s.Timers[i]
		if t.ID < 0 || int(t.ID) >= len(k.timers) {
			continue
		}
		of := k.timers[t.ID]
		if p := k.procs[of.proc]; p.vm != nil {
			k.load(p).fillTimer(t, int(of.timer))
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
	default:
		s.Status = "zombie"
	}
	return s
}
