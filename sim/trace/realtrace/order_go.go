package realtrace

func (o *order) goCreate(t *thread, e *Event) (bool, error) {
	if err := e.need(e.Type != GoCreateSyscall, false); err != nil {
		return false, err
	}
	id := e.Args[0]
	if o.gs[id] != nil || id == 0 || id >= maxG {
		return false, e.cant("a goroutine is created that is there already")
	}
	g := &counted{status: GRunnable, gen: o.gen}
	o.gs[id] = g
	switch e.Type {
	case GoCreateBlocked:
		g.status = GWaiting
	case GoCreateSyscall:
		if t.g != None {
			return false, e.cant("a goroutine appears on a thread that has one")
		}
		g.status, t.g = GSyscall, int64(id)
	}
	return true, nil
}

func (o *order) goStart(t *thread, e *Event) (bool, error) {
	g := o.gs[e.Args[0]]
	if g == nil || g.status != GRunnable || !g.follows(o.gen, e.Args[1]) {
		return false, nil
	}
	if err := e.need(true, false); err != nil {
		return false, err
	}
	if t.g != None {
		return false, e.cant("a goroutine starts on a thread that has one")
	}
	g.status, g.n = GRunning, e.Args[1]
	t.g = int64(e.Args[0])
	return true, nil
}

// runs is the goroutine on the event's thread, which must be in this status.
func (o *order) runs(t *thread, e *Event, status uint64) (*counted, error) {
	if err := e.need(status == GRunning, true); err != nil {
		return nil, err
	}
	g := o.gs[uint64(t.g)]
	if g == nil || g.status != status {
		return nil, e.cant("a goroutine does what only one that runs can do")
	}
	return g, nil
}

func (o *order) goLeave(t *thread, e *Event) (bool, error) {
	g, err := o.runs(t, e, GRunning)
	if err != nil {
		return false, err
	}
	switch e.Type {
	case GoDestroy:
		delete(o.gs, uint64(t.g))
	case GoStop:
		g.status = GRunnable
	case GoBlock:
		g.status = GWaiting
	}
	t.g = None
	return true, nil
}

func (o *order) goUnblock(_ *thread, e *Event) (bool, error) {
	g := o.gs[e.Args[0]]
	if g == nil || g.status != GWaiting || !g.follows(o.gen, e.Args[1]) {
		return false, nil
	}
	g.status, g.n = GRunnable, e.Args[1]
	return true, nil
}

// goSwitch hands the thread from one goroutine to another, as coroutines do.
func (o *order) goSwitch(t *thread, e *Event) (bool, error) {
	if _, err := o.runs(t, e, GRunning); err != nil {
		return false, err
	}
	next := o.gs[e.Args[0]]
	return next != nil && next.status == GWaiting && next.follows(o.gen, e.Args[1]), nil
}

// switched appends what a switch means for the two goroutines.
func (o *order) switched(t *thread, e Event, out *[]Event) {
	left := Event{Type: GoBlock, Time: e.Time, M: e.M, P: e.P, G: e.G}
	if e.Type == GoSwitchDestroy {
		left.Type = GoDestroy
		delete(o.gs, uint64(t.g))
	} else {
		o.gs[uint64(t.g)].status = GWaiting
	}
	next := o.gs[e.Args[0]]
	next.status, next.n = GRunning, e.Args[1]
	t.g = int64(e.Args[0])
	*out = append(*out, left, Event{Type: GoStart, Time: e.Time, M: e.M, P: e.P, G: None, Args: e.Args})
}

func (o *order) syscallBegin(t *thread, e *Event) (bool, error) {
	g, err := o.runs(t, e, GRunning)
	if err != nil {
		return false, err
	}
	p := o.ps[uint64(t.p)]
	if p == nil || !p.follows(o.gen, e.Args[0]) {
		return false, e.cant("a system call begins on a P to which other things happened")
	}
	g.status, p.status, p.n = GSyscall, PSyscall, e.Args[0]
	return true, nil
}

func (o *order) syscallEnd(t *thread, e *Event) (bool, error) {
	g, err := o.runs(t, e, GSyscall)
	if err != nil {
		return false, err
	}
	p := o.ps[uint64(t.p)]
	if p == nil || p.status != PSyscall {
		return false, e.cant("a system call ends without a P")
	}
	g.status, p.status = GRunning, PRunning
	return true, nil
}

func (o *order) syscallEndBlocked(t *thread, e *Event) (bool, error) {
	if t.p != None {
		if p := o.ps[uint64(t.p)]; p == nil || p.status == PSyscall {
			return false, nil // it is yet to lose its P
		}
	}
	g, err := o.runs(t, e, GSyscall)
	if err != nil {
		return false, err
	}
	g.status, t.g = GRunnable, None
	return true, nil
}

// destroySyscall is the end of a goroutine that C called. Its thread may have a
// P still, which is nobody's from now on.
func (o *order) destroySyscall(t *thread, e *Event) (bool, error) {
	if _, err := o.runs(t, e, GSyscall); err != nil {
		return false, err
	}
	delete(o.gs, uint64(t.g))
	t.g = None
	if t.p != None {
		p := o.ps[uint64(t.p)]
		if p == nil || p.status != PSyscall {
			return false, e.cant("a goroutine that C called ends on a P that runs")
		}
		p.status, t.p = PSyscallAbandoned, None
	}
	return true, nil
}

func (o *order) goStatus(t *thread, e *Event) (bool, error) {
	id, m, status := e.Args[0], int64(e.Args[1]), e.Args[2]
	if status < GRunnable || status > GWaiting || id == 0 || id >= maxG {
		return false, e.cant("a goroutine has a status that there is not")
	}
	g := o.gs[id]
	switch {
	case g == nil && o.gen != o.first:
		return false, e.cant("a goroutine is there that nobody has created")
	case g == nil:
		g = &counted{status: status}
		o.gs[id] = g
		e.Initial = true
	case g.status != status:
		return false, e.cant("a goroutine's status is not what it was")
	}
	g.gen, g.n = o.gen, 0
	switch {
	case status == GRunning:
		t.g = int64(id)
	case status == GSyscall && m == None:
		return false, e.cant("a goroutine is in a system call on no thread")
	case status == GSyscall && m == e.M:
		if o.gen != o.first && t.g != int64(id) {
			return false, e.cant("another goroutine is in that system call")
		}
		t.g = int64(id)
	case status == GSyscall:
		if other := o.ms[m]; other == nil {
			o.ms[m] = &thread{None, int64(id)}
		} else if other.g != int64(id) {
			return false, e.cant("another goroutine is in that system call")
		}
		e.M, e.G = m, o.ms[m].g
		if e.Initial {
			e.G = None
		}
	}
	return true, nil
}
