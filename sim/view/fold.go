package view

import (
	"slices"
	"strconv"

	"gopark/sim/task"
	"gopark/sim/trace"
)

// A Fold reads a log once, from its start, and remembers what the views need
// of it: who was who, what each lane did, and which events are whose.
type Fold struct {
	Names Names
	Time  Timeline

	n       int              // events read
	goids   []int32          // by event: goid of the event's G, 0: none
	actors  []int32          // by event: goid of the goroutine that its M runs, 0: none
	goid    []int64          // by task
	threads []threadFold     // by id
	own     bool             // each goroutine has a thread of its own
	started bool             // a goroutine has run: what is created from now on is not the runtime's
	named   map[int32]string // threads that are not called M and their number
}

// A threadFold is what one thread is doing.
type threadFold struct {
	goid   int64 // of the goroutine on it
	kind   SpanKind
	onCore bool
}

// Len is the number of events read.
func (f *Fold) Len() int { return f.n }

// Read reads the events of log that it has not read yet.
func (f *Fold) Read(log *trace.Log) {
	for ; f.n < log.Len(); f.n++ {
		f.event(log.At(f.n))
	}
}

// Goid is the goid of the goroutine that event i is about, and of the one that
// its thread runs; 0: none.
func (f *Fold) Goid(i int) (about, actor int64) {
	return int64(f.goids[i]), int64(f.actors[i])
}

// Next is the first event after event n, counted from 1, that is about
// goroutine goid; 0 if there is none. It looks through all events there are
// between, which takes some milliseconds for millions; lists of each goroutine's
// events would take more memory than the log.
func (f *Fold) Next(goid int64, n int) int {
	if i := slices.Index(f.goids[min(n, f.n):], int32(goid)); i >= 0 && goid != 0 {
		return n + i + 1
	}
	return 0
}

// Previous is the last event before event n that is about goroutine goid; 0 if
// there is none.
func (f *Fold) Previous(goid int64, n int) int {
	for i := min(n-1, f.n) - 1; i >= 0 && goid != 0; i-- {
		if f.goids[i] == int32(goid) {
			return i + 1
		}
	}
	return 0
}

func (f *Fold) thread(id int32) *threadFold {
	if id < 0 {
		return &threadFold{} // no thread
	}
	for int(id) >= len(f.threads) {
		f.threads = append(f.threads, threadFold{})
	}
	return &f.threads[id]
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

// goidOf is the goid of task g now, 0 if there is none.
func (f *Fold) goidOf(g task.ID) int64 {
	if g < 0 || int(g) >= len(f.goid) {
		return 0
	}
	return f.goid[g]
}

func (f *Fold) event(e trace.Event) {
	if e.Kind == trace.GoCreate {
		f.create(e)
	}
	f.own = f.own || e.Kind == trace.GoStart && trace.Place(e.A) == trace.InThread
	goid, actor := f.goidOf(e.G), int64(0)
	if e.M >= 0 {
		actor = f.thread(e.M).goid
	}
	f.goids = append(f.goids, int32(goid))
	f.actors = append(f.actors, int32(actor))
	f.Time.End = max(f.Time.End, e.Time)
	f.lanes(e, goid)
}

// create gives a task its goid. What is created before any goroutine has run,
// but for main, is the runtime's own.
func (f *Fold) create(e trace.Event) {
	for int(e.G) >= len(f.goid) {
		f.goid = append(f.goid, 0)
	}
	f.goid[e.G] = e.A
	f.Names.Add(e.A, !f.started && e.A != 1)
}
