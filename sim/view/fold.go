package view

import (
	"sort"
	"strconv"

	"gopark/sim/task"
	"gopark/sim/trace"
)

// A Fold reads a log once, from its start, and remembers what the views need
// to jump about in it: who was who, and what each lane did. It takes at most 16
// bytes an event beside the log, whose events it looks up instead of copying
// them.
type Fold struct {
	Names Names
	End   int64 // how far the run has got, which may be later than the last event

	log       *trace.Log
	n         int                        // events read
	lanes     [NumLaneKinds][]lane       // by id; for goroutines in the order of creation
	shown     [NumLaneKinds][]threadFold // what a lane shows now; not of goroutines
	byGoid    index                      // a goroutine's lane
	now       []int32                    // by task: the lane of the goroutine that it was last + 1
	past      map[task.ID][]int32        // lanes of those that it was before
	slab      []uint32                   // room for the changes of short lanes
	threads   []threadFold               // by id
	own       bool                       // each goroutine has a thread of its own
	hasP      bool                       // there are Ps
	started   bool                       // a goroutine has run: what is created from now on is not the runtime's
	named     map[int32]string           // threads that are not called M and their number
	bands     []Band
	collects  bool              // the log tells of what the collector does while the world stands still
	regions   []region          // in the order in which they began
	inside    index             // by goid: the innermost region that the goroutine is in
	processes []process         // in the order in which they began
	open      [NumBandKinds]int // place in bands + 1 of what has begun
	told      Told              // nil: the run is simulated, and all is known
	met       int               // goroutines of told that have their names
}

// A process is one that the go statement has made, or the first.
type process struct{ pid, goid int64 }

// A threadFold is what one thread is doing, or one lane shows.
type threadFold struct {
	goid int64 // of the goroutine on it, 0: none
	kind SpanKind
}

// Len is the number of events read.
func (f *Fold) Len() int { return f.n }

// Read reads the events of log that it has not read yet.
func (f *Fold) Read(log *trace.Log) {
	f.log = log
	for ; f.n < log.Len(); f.n++ {
		e := log.At(f.n)
		f.event(&e)
	}
}

// Bytes is about how much of the host's memory the fold takes, beside the log.
func (f *Fold) Bytes() int64 {
	n := int64(cap(f.now)+cap(f.byGoid.low)+len(f.slab)) * 4
	if f.Names.rank != nil {
		n += int64(cap(f.Names.rank.low)) * 4
	}
	n += int64(cap(f.regions))*16 + int64(cap(f.inside.low))*4
	for _, list := range f.past { // a sum has no order
		n += 48 + int64(cap(list))*4
	}
	for k := range f.lanes {
		n += int64(cap(f.lanes[k])) * 40
		for i := range f.lanes[k] {
			n += f.lanes[k][i].bytes()
		}
	}
	return n
}

// Goid is the goid of the goroutine that event i is about, and of the one that
// its thread runs when it happens; 0: none.
func (f *Fold) Goid(i int) (about, actor int64) {
	e := f.log.At(i)
	if e.M >= 0 && int(e.M) < len(f.lanes[LaneM]) {
		l := &f.lanes[LaneM][e.M]
		if k := l.before(i); k >= 0 {
			actor = f.goidIn(l, k)
		}
	}
	return f.goidAt(e.G, i), actor
}

// goidAt is the goid of task g at event i, 0 if there is none.
func (f *Fold) goidAt(g task.ID, i int) int64 {
	if g < 0 || int(g) >= len(f.now) || f.now[g] == 0 {
		return 0
	}
	l := &f.lanes[LaneG][f.now[g]-1]
	if l.event(0) <= i {
		return l.id
	}
	past := f.past[g]
	k := sort.Search(len(past), func(k int) bool { return f.lanes[LaneG][past[k]].event(0) > i })
	if k == 0 {
		return 0
	}
	return f.lanes[LaneG][past[k-1]].id
}

// goidIn is the goid that change k of lane l is about, 0: none.
func (f *Fold) goidIn(l *lane, k int) int64 {
	if k+1 < len(l.words) && l.words[k+1]&wordMask == wordGoid {
		return f.lanes[LaneG][l.words[k+1]>>wordBits].id
	}
	if !l.kind(k).owned() {
		return 0
	}
	i := l.event(k)
	return f.goidAt(f.log.At(i).G, i)
}

// EventAt is how many events had happened by time at.
func (f *Fold) EventAt(at task.Time) int {
	return sort.Search(f.n, func(i int) bool { return f.log.Time(i) > at })
}

// laneOf is the lane of a goroutine, nil if it never was.
func (f *Fold) laneOf(goid int64) *lane {
	if n, ok := f.byGoid.get(goid); ok {
		return &f.lanes[LaneG][n]
	}
	return nil
}

// Next is the first event after event n, counted from 1, that is about
// goroutine goid; 0 if there is none.
func (f *Fold) Next(goid int64, n int) int {
	if l := f.laneOf(goid); l != nil {
		if k := sort.Search(len(l.words), func(k int) bool { return l.event(k)+1 > n }); k < len(l.words) {
			return l.event(k) + 1
		}
	}
	return 0
}

// Previous is the last event before event n that is about goroutine goid; 0 if
// there is none.
func (f *Fold) Previous(goid int64, n int) int {
	if l := f.laneOf(goid); l != nil {
		if k := sort.Search(len(l.words), func(k int) bool { return l.event(k)+1 >= n }); k > 0 {
			return l.event(k-1) + 1
		}
	}
	return 0
}

// created is the event, counted from 1, that made goroutine goid; 0: none.
func (f *Fold) created(goid int64) int { return f.Next(goid, 0) }

// made is how many goroutines the first n events have made.
func (f *Fold) made(n int) int {
	gs := f.lanes[LaneG]
	return sort.Search(len(gs), func(i int) bool { return gs[i].event(0) >= n })
}

// ThreadName is what a thread is called: M3, sysmon.
func (f *Fold) ThreadName(id int32) string {
	if name, ok := f.named[id]; ok {
		return name
	}
	return "M" + strconv.Itoa(int(id))
}

// NameThread notes a thread's own name. The log does not have it.
func (f *Fold) NameThread(id int32, name string) {
	if name == "" || name == f.ThreadName(id) {
		return
	}
	if f.named == nil {
		f.named = map[int32]string{}
	}
	f.named[id] = name
}

// create gives a task its goid. What is created before any goroutine has run,
// but for main, is the runtime's own.
func (f *Fold) create(e *trace.Event) {
	for int(e.G) >= len(f.now) {
		f.now = push(f.now, 0)
	}
	if n := f.now[e.G]; n != 0 {
		if f.past == nil {
			f.past = map[task.ID][]int32{}
		}
		f.past[e.G] = append(f.past[e.G], n-1)
	}
	f.now[e.G] = f.goroutine(e.A) + 1
	f.Names.Add(e.A, !f.started && e.A != 1)
}

// taskOf is the task that goroutine goid is at event i.
func (f *Fold) taskOf(goid int64, i int) (task.ID, bool) {
	n := f.created(goid)
	if n == 0 || n-1 > i {
		return 0, false
	}
	return f.log.At(n - 1).G, true
}
