package trace

import "gopark/sim/task"

// goroutine applies an event about one goroutine.
func (f *Fold) goroutine(e Event) {
	f.require(e.G != task.None, "no goroutine")
	if e.Kind == GoCreate {
		f.create(e)
		return
	}
	g := &f.Gs[e.G]
	switch e.Kind {
	case GoStart:
		f.start(e, g)
	case GoStop, GoBlock, GoDestroy:
		f.leave(e, g)
	case GoUnblock:
		f.require(g.Status == GWaiting, "goroutine %d is %s", g.Goid, g.Status)
		f.require(!g.asleep, "goroutine %d sleeps until %d", g.Goid, g.sleep)
		f.put(e, g)
	case GoSyscallBegin:
		if g.Status == GRunnable && g.Place == Nowhere { // at boot
			t := &f.Threads[e.M]
			f.require(t.G == task.None && t.Where == ThreadNew, "thread %d is not new", e.M)
			g.Status, g.M, t.G, g.Since = GSyscall, e.M, e.G, e.Time
			return
		}
		f.runs(e, g, GRunning)
		g.Status, g.Since = GSyscall, e.Time
	case GoSyscallEnd:
		f.runs(e, g, GSyscall)
		f.require(!f.HasP || f.Threads[e.M].P != none, "thread %d has lost its P", e.M)
		g.Status, g.Since = GRunning, e.Time
	case GoSyscallEndBlocked:
		f.runs(e, g, GSyscall)
		f.require(f.Threads[e.M].P == none, "thread %d has P%d", e.M, f.Threads[e.M].P)
		f.Threads[e.M].G = task.None
		f.put(e, g)
	case GoPreempt:
		f.require(g.Status == GRunning || g.Status == GSyscall, "goroutine %d is %s", g.Goid, g.Status)
	case GoLock:
		f.runs(e, g, GRunning)
		f.require(g.LockedM == none && f.Threads[e.M].LockedG == task.None, "goroutine %d or thread %d is locked", g.Goid, e.M)
		g.LockedM, f.Threads[e.M].LockedG = e.M, e.G
	case GoUnlock:
		f.runs(e, g, GRunning)
		f.require(g.LockedM == e.M, "goroutine %d is not locked to thread %d", g.Goid, e.M)
		g.LockedM, f.Threads[e.M].LockedG = none, task.None
	case GoHandLocked:
		f.require(int64(g.LockedM) == e.A, "goroutine %d is locked to thread %d", g.Goid, g.LockedM)
		f.take(e, g, Place(e.B))
		f.Threads[e.M].Hand = task.None
		f.hold(int32(e.A), e.G, g)
	case GoHand:
		f.require(e.A >= 0 && e.A < int64(len(f.Threads)), "no thread %d", e.A)
		f.require(g.LockedM == none || int64(g.LockedM) == e.A, "goroutine %d is locked to thread %d", g.Goid, g.LockedM)
		f.take(e, g, Place(e.B))
		if Place(e.B) == InHand {
			f.Threads[e.M].Hand = task.None
		}
		f.require(f.Threads[e.A].G == task.None, "thread %d runs task %d", e.A, f.Threads[e.A].G)
		f.hold(int32(e.A), e.G, g)
	}
}

func (f *Fold) create(e Event) {
	f.require(int(e.G) < len(f.Gs)+65536, "task %d, but the last so far was %d: they are to be dense", e.G, len(f.Gs)-1)
	for int(e.G) >= len(f.Gs) {
		f.Gs = append(f.Gs, FoldG{M: none, LockedM: none, P: none})
	}
	g := &f.Gs[e.G]
	f.require(g.Status == GNone || g.Status == GDead, "task %d is goroutine %d, which is %s", e.G, g.Goid, g.Status)
	f.require(e.A > 0, "goid %d", e.A)
	f.require(!f.goids[e.A], "goid %d was used before", e.A)
	if !f.trusts {
		f.goids[e.A] = true
	}
	*g = FoldG{Goid: e.A, M: none, LockedM: none, P: none, proc: f.procOn(e.M)}
	if len(f.goids) == 1 {
		f.spaces[0].g = e.G // the first is main's
	}
	f.put(e, g)
}

// runs checks that goroutine g is on the event's thread.
func (f *Fold) runs(e Event, g *FoldG, s GStatus) {
	f.require(g.Status == s, "goroutine %d is %s", g.Goid, g.Status)
	f.require(g.M == e.M && f.Threads[e.M].G == e.G, "goroutine %d is on thread %d", g.Goid, g.M)
	f.require(f.Threads[e.M].Where == ThreadOnCore, "thread %d is on no core", e.M)
	f.require(e.P == f.Threads[e.M].P, "thread %d has P%d", e.M, f.Threads[e.M].P)
}

func (f *Fold) start(e Event, g *FoldG) {
	t := &f.Threads[e.M]
	f.require(t.Where == ThreadOnCore, "thread %d is on no core", e.M)
	f.require(t.G == task.None, "thread %d runs task %d", e.M, t.G)
	f.require(t.P == e.P && (t.P != none) == f.HasP, "thread %d has P%d", e.M, t.P)
	f.require(!t.Spinning, "thread %d spins", e.M)
	f.require(!f.halted && !f.done, "the world is stopped")
	f.require(g.LockedM == none || g.LockedM == e.M, "goroutine %d is locked to thread %d", g.Goid, g.LockedM)
	f.require(t.LockedG == task.None || t.LockedG == e.G, "thread %d is locked to task %d", e.M, t.LockedG)
	f.take(e, g, Place(e.A))
	t.Hand = task.None
	g.Status, g.M, t.G, g.Since = GRunning, e.M, e.G, e.Time
}

// take takes a runnable goroutine out of the place where it is said to be.
func (f *Fold) take(e Event, g *FoldG, from Place) {
	f.require(g.Status == GRunnable, "goroutine %d is %s", g.Goid, g.Status)
	f.require(g.Place == from, "goroutine %d is in %s", g.Goid, g.Place)
	switch from {
	case InNext:
		f.require(g.P == e.P && f.Ps[e.P].Next == e.G, "goroutine %d is not in P%d's runnext", g.Goid, e.P)
		f.Ps[e.P].Next = task.None
	case InRing:
		p := &f.Ps[e.P]
		f.require(len(p.Ring) > 0 && p.Ring[0] == e.G, "goroutine %d is not at the head of P%d's ring", g.Goid, e.P)
		f.require(p.Next == task.None, "P%d's runnext goes before its ring", e.P)
		p.Ring = p.Ring[1:]
	case InGlobal:
		f.require(len(f.Global) > 0 && f.Global[0] == e.G, "goroutine %d is not at the head of the global queue", g.Goid)
		f.Global = f.Global[1:]
	case InHand:
		f.require(f.Threads[e.M].Hand == e.G, "goroutine %d is not in thread %d's hand", g.Goid, e.M)
	case InThread:
	default:
		f.require(false, "goroutine %d is %s", g.Goid, from)
	}
}

// leave ends the run of a goroutine.
func (f *Fold) leave(e Event, g *FoldG) {
	if e.Kind == GoBlock && g.Status == GRunnable && g.Place == Nowhere { // at boot
		g.Status, g.Reason = GWaiting, e.A
		return
	}
	f.runs(e, g, GRunning)
	f.Threads[e.M].G = task.None
	switch e.Kind {
	case GoStop:
		f.put(e, g)
	case GoBlock:
		g.Status, g.M, g.Reason, g.Object, g.Since = GWaiting, none, e.A, e.B, e.Time
	case GoDestroy:
		if g.LockedM != none {
			f.Threads[g.LockedM].LockedG = task.None
		}
		*g = FoldG{Goid: g.Goid, Status: GDead, M: none, LockedM: none, P: none, Since: e.Time, proc: g.proc}
	}
}

// put makes a goroutine runnable, in the place that the event's B says.
func (f *Fold) put(e Event, g *FoldG) {
	g.Status, g.Place, g.M, g.P, g.Reason, g.Object, g.Since = GRunnable, Place(e.B), none, none, 0, 0, e.Time
	switch g.Place {
	case InNext:
		f.require(e.P != none, "there is no P")
		p := &f.Ps[e.P]
		if p.Next != task.None {
			f.kick, f.kickP = p.Next, e.P
		}
		p.Next, g.P = e.G, e.P
	case InRing:
		f.require(e.P != none, "there is no P")
		f.toRing(e.P, e.G)
	case InGlobal:
		f.Global = append(f.Global, e.G)
	case InHand:
		f.hold(e.M, e.G, g)
	case Nowhere:
		f.require(e.Kind == GoCreate && e.Time == 0, "a goroutine is nowhere")
	case InThread:
		f.require(!f.HasP, "a goroutine has a thread of its own and there are Ps")
	default:
		f.require(false, "into place %d", e.B)
	}
}

func (f *Fold) hold(m int32, id task.ID, g *FoldG) {
	t := &f.Threads[m]
	f.require(t.Hand == task.None, "thread %d has task %d in hand", m, t.Hand)
	t.Hand, g.Place, g.M = id, InHand, none
	g.P = none
}

func (f *Fold) toRing(p int32, id task.ID) {
	f.Ps[p].Ring = append(f.Ps[p].Ring, id)
	f.Gs[id].Place, f.Gs[id].P = InRing, p
	if f.rules.Ring > 0 && len(f.Ps[p].Ring) > f.rules.Ring {
		f.overflow = p
	}
}

func (f *Fold) toGlobal(id task.ID) {
	f.Global = append(f.Global, id)
	f.Gs[id].Place, f.Gs[id].P = InGlobal, none
}

// queues applies an event that moves goroutines between queues, or a search.
func (f *Fold) queues(e Event) {
	switch e.Kind {
	case RunqKick:
		f.require(f.kick == e.G && f.kickP == e.P, "task %d was not kicked", e.G)
		f.kick = task.None
		f.toRing(e.P, e.G)
	case RunqOverflow:
		f.runqOverflow(e)
	case RunqDrain:
		p := &f.Ps[e.P]
		ids := append([]task.ID{}, p.Ring...)
		if p.Next != task.None {
			ids = append([]task.ID{p.Next}, ids...)
		}
		f.require(e.P >= f.Procs && e.A == int64(len(ids)), "P%d of %d has %d goroutines", e.P, f.Procs, len(ids))
		for _, id := range ids {
			f.Gs[id].Place, f.Gs[id].P = InGlobal, none
		}
		f.Global = append(ids, f.Global...)
		p.Ring, p.Next = nil, task.None
	case RunqFlush:
		p := &f.Ps[e.P]
		ids := p.Ring
		if p.Next != task.None {
			ids = append([]task.ID{p.Next}, ids...)
		}
		f.require(f.Marking && e.A == int64(len(ids)), "P%d has %d goroutines", e.P, len(ids))
		for _, id := range ids {
			f.toGlobal(id)
		}
		p.Ring, p.Next = nil, task.None
	case RunqDeal:
		f.runqDeal(e)
	case GlobalTake:
		f.require(e.A > 0 && e.A <= int64(len(f.Global)) && f.Global[0] == e.G, "the global queue has %d goroutines", len(f.Global))
		f.holder(e)
		ids := f.Global[:e.A]
		f.Global = f.Global[e.A:]
		f.hold(e.M, e.G, &f.Gs[e.G])
		for _, id := range ids[1:] {
			f.toRing(e.P, id)
		}
	case Steal, StealNext:
		f.steal(e)
	case Look:
		f.require(f.Threads[e.M].G == task.None, "thread %d runs task %d", e.M, f.Threads[e.M].G)
	case SpinBegin:
		f.holder(e)
		f.require(!f.Threads[e.M].Spinning, "thread %d spins", e.M)
		f.Threads[e.M].Spinning = true
	case SpinEnd:
		f.require(f.Threads[e.M].Spinning, "thread %d doesn't spin", e.M)
		f.Threads[e.M].Spinning = false
	}
}

// holder checks that the event's thread has the event's P and no goroutine.
func (f *Fold) holder(e Event) {
	t := &f.Threads[e.M]
	f.require(t.P == e.P && e.P != none && t.Where == ThreadOnCore, "thread %d doesn't have P%d", e.M, e.P)
	f.require(t.G == task.None, "thread %d runs task %d", e.M, t.G)
}

func (f *Fold) runqOverflow(e Event) {
	p := &f.Ps[e.P]
	n := len(p.Ring)
	f.require(f.overflow == e.P && p.Ring[n-1] == e.G, "P%d's ring is not too long", e.P)
	f.require(e.A == int64(f.rules.Ring/2), "half a ring is %d", f.rules.Ring/2)
	f.overflow = none
	out := append([]task.ID{}, p.Ring[:e.A]...)
	p.Ring = p.Ring[e.A : n-1]
	for _, id := range append(out, e.G) {
		f.toGlobal(id)
	}
}

// runqDeal works the order out from the other end: a goroutine with k behind it in its
// P's queue is the (k+1)st from the tail of the Ps' own.
func (f *Fold) runqDeal(e Event) {
	f.require(f.Stopped && e.A == int64(f.Procs), "%d Ps", f.Procs)
	var own []task.ID
	longest := 0
	for i := range f.Ps {
		longest = max(longest, len(f.Ps[i].Ring))
	}
	for k := longest - 1; k >= 0; k-- {
		for i := len(f.Ps) - 1; i >= 0; i-- {
			if ring := f.Ps[i].Ring; k < len(ring) && e.B > 0 {
				own = append(own, ring[len(ring)-1-k])
			}
		}
	}
	for i := range f.Ps {
		if e.B == 0 {
			own = append(own, f.Ps[i].Ring...)
		}
		f.Ps[i].Ring = nil
	}
	all := append(own, f.Global...)
	n := min(int64(len(all)), e.B)
	if e.B == 0 {
		all, n = append(f.Global, own...), int64(len(all))
	}
	f.Global = nil
	for i, id := range all[:n] {
		f.toRing(int32((i+1)%int(e.A)), id)
	}
	for _, id := range all[n:] {
		f.toGlobal(id)
	}
}

func (f *Fold) steal(e Event) {
	f.holder(e)
	f.require(e.A >= 0 && e.A < int64(len(f.Ps)) && int32(e.A) != e.P, "no victim P%d", e.A)
	v := &f.Ps[e.A]
	if e.Kind == StealNext {
		f.require(v.Next == e.G, "P%d's runnext is task %d", e.A, v.Next)
		v.Next = task.None
		f.hold(e.M, e.G, &f.Gs[e.G])
		return
	}
	n := len(v.Ring)
	if f.rules.StealHead {
		f.stealHead(e, v)
		return
	}
	n -= n / 2
	f.require(n > 0 && e.B == int64(n) && v.Ring[n-1] == e.G, "half of P%d's ring is %d", e.A, n)
	ids := v.Ring[:n-1]
	v.Ring = v.Ring[n:]
	f.hold(e.M, e.G, &f.Gs[e.G])
	for _, id := range ids {
		f.toRing(e.P, id)
	}
}

func (f *Fold) stealHead(e Event, v *FoldP) {
	n := 1 + (len(v.Ring)-1)/2
	f.require(len(v.Ring) > 0 && e.B == int64(n) && v.Ring[0] == e.G, "the first and half of the rest of P%d's ring is %d", e.A, n)
	ids := v.Ring[1:n]
	v.Ring = v.Ring[n:]
	f.hold(e.M, e.G, &f.Gs[e.G])
	for _, id := range ids {
		f.toRing(e.P, id)
	}
}
