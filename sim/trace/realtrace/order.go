package realtrace

// An order follows every P, goroutine and thread, and so knows whether an event
// can have happened yet.
type order struct {
	gen, first uint64 // generation; the trace's first
	gs         map[uint64]*counted
	ps         map[uint64]*counted
	ms         map[int64]*thread
	gc         collector
}

// A counted is a P or a goroutine: its status, and how many of the events that
// count themselves have happened to it in this generation.
type counted struct {
	status uint64
	gen    uint64
	n      uint64
}

func (c *counted) follows(gen, n uint64) bool { return c.gen == gen && n == c.n+1 }

// A thread is what is on it.
type thread struct{ p, g int64 }

// A collector counts the beginnings and ends of collections.
type collector struct {
	known, on bool
	n         uint64
}

func newOrder() order {
	return order{gs: map[uint64]*counted{}, ps: map[uint64]*counted{}, ms: map[int64]*thread{}}
}

func (o *order) begin(gen uint64) {
	o.gen = gen
	if o.first == 0 {
		o.first = gen
	}
}

// maxP and maxG bound the numbers of Ps, and of goroutines.
const (
	maxP = 1 << 16
	maxG = 1 << 62
)

// advance takes event e in, and appends what it is to out; or it is too early.
func (o *order) advance(e Event, out *[]Event) (ok bool, err error) {
	t := &thread{None, None}
	if e.M != None {
		if known := o.ms[e.M]; known != nil {
			t = known
		} else {
			o.ms[e.M] = t
		}
	}
	e.P, e.G = t.p, t.g
	handle := handlers[e.Type]
	if handle == nil { // it says nothing of who runs
		*out = append(*out, e)
		return true, nil
	}
	ok, err = handle(o, t, &e)
	if ok && err == nil {
		if e.Type == GoDestroySyscall && e.P != None { // it loses its P first
			*out = append(*out, Event{Type: ProcSteal, Time: e.Time, M: e.M, P: e.P, G: e.G, Args: [4]uint64{uint64(e.P), 0, uint64(e.M)}})
		}
		*out = append(*out, e)
		if e.Type == GoSwitch || e.Type == GoSwitchDestroy {
			o.switched(t, e, out)
		}
	}
	return ok, err
}

// A handler brings what is known past an event, or finds it too early, or
// impossible.
type handler func(o *order, t *thread, e *Event) (ok bool, err error)

// handlers has a row for each event that says who runs where.
var handlers [256]handler

func init() {
	for typ, h := range map[Type]handler{
		ProcStart: (*order).procStart, ProcStop: (*order).procStop, ProcSteal: (*order).procSteal, ProcStatus: (*order).procStatus,
		GoCreate: (*order).goCreate, GoCreateBlocked: (*order).goCreate, GoCreateSyscall: (*order).goCreate,
		GoStart: (*order).goStart, GoStop: (*order).goLeave, GoBlock: (*order).goLeave, GoDestroy: (*order).goLeave,
		GoUnblock: (*order).goUnblock, GoSwitch: (*order).goSwitch, GoSwitchDestroy: (*order).goSwitch,
		GoSyscallBegin: (*order).syscallBegin, GoSyscallEnd: (*order).syscallEnd, GoSyscallEndBlocked: (*order).syscallEndBlocked,
		GoDestroySyscall: (*order).destroySyscall, GoStatus: (*order).goStatus, GoStatusStack: (*order).goStatus,
		GCActive: (*order).collects, GCBegin: (*order).collects, GCEnd: (*order).collects,
	} {
		handlers[typ] = h
	}
}

func (e *Event) cant(why string) error { return damaged("at %d ns, %s", e.Time, why) }

// need requires that an event happens on a thread with a P, or with a running
// goroutine.
func (e *Event) need(p, g bool) error {
	switch {
	case e.M == None:
		return e.cant("something happens on no thread")
	case p && e.P == None:
		return e.cant("something happens on a thread without a P")
	case g && e.G == None:
		return e.cant("something happens to a goroutine on a thread that has none")
	}
	return nil
}

func (o *order) procStatus(t *thread, e *Event) (bool, error) {
	id, status := e.Args[0], e.Args[1]
	if status < PRunning || status > PSyscallAbandoned || id >= maxP {
		return false, e.cant("a P has a status that there is not")
	}
	p := o.ps[id]
	switch {
	case p == nil:
		p = &counted{status: status}
		o.ps[id] = p
		e.Initial = true
	case status == PSyscallAbandoned && p.status == PSyscall: // told by whoever is about to take it
		if !o.holder(id, e) {
			return false, e.cant("a P in a system call is on no thread")
		}
	case status == PSyscallAbandoned && p.status == PSyscallAbandoned:
	case p.status != status:
		return false, e.cant("a P's status is not what it was")
	}
	p.gen, p.n = o.gen, 0
	if status == PRunning || status == PSyscall {
		t.p = int64(id)
	}
	return true, nil
}

// holder makes e an event of the thread that has the P.
func (o *order) holder(p uint64, e *Event) bool {
	for m, t := range o.ms { // any order: one thread has it
		if t.p == int64(p) {
			e.M, e.P, e.G = m, t.p, t.g
			return true
		}
	}
	return false
}

func (o *order) procStart(t *thread, e *Event) (bool, error) {
	p := o.ps[e.Args[0]]
	if p == nil || p.status != PIdle || !p.follows(o.gen, e.Args[1]) || t.p != None {
		return false, nil
	}
	if err := e.need(false, false); err != nil {
		return false, err
	}
	p.status, p.n = PRunning, e.Args[1]
	t.p = int64(e.Args[0])
	return true, nil
}

func (o *order) procStop(t *thread, e *Event) (bool, error) {
	if err := e.need(true, false); err != nil {
		return false, err
	}
	p := o.ps[uint64(t.p)]
	if p == nil || p.status != PRunning && p.status != PSyscall {
		return false, e.cant("a P stops that does not run")
	}
	p.status, t.p = PIdle, None
	return true, nil
}

func (o *order) procSteal(t *thread, e *Event) (bool, error) {
	id := e.Args[0]
	p := o.ps[id]
	if p == nil || p.status != PSyscall && p.status != PSyscallAbandoned || !p.follows(o.gen, e.Args[1]) {
		return false, nil
	}
	if err := e.need(false, false); err != nil {
		return false, err
	}
	was := p.status
	p.status, p.n = PIdle, e.Args[1]
	if was == PSyscallAbandoned {
		e.Args[2] = 0 // whose it was is no longer known
		return true, nil
	}
	victim := o.ms[int64(e.Args[2])]
	if victim == nil || victim.p != int64(id) {
		return false, e.cant("a P is taken from a thread that does not have it")
	}
	victim.p = None
	return true, nil
}

// collects puts the beginnings and ends of collections in order.
func (o *order) collects(_ *thread, e *Event) (bool, error) {
	c := &o.gc
	begins := e.Type != GCEnd
	if !c.known && begins {
		*c = collector{true, true, e.Args[0]}
		return true, nil
	}
	if e.Args[0] != c.n+1 {
		return false, nil
	}
	if again := e.Type == GCActive; !c.known || c.on != (again || !begins) {
		return false, e.cant("a collection begins or ends twice")
	}
	c.n, c.on = e.Args[0], begins
	return true, e.need(true, true)
}
