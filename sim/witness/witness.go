// Package witness makes a Recording of the execution trace of a real Go program:
// its events as a log, and from them the state at any instant. It knows what a
// trace tells: which goroutines there are, which thread runs which of them on
// which P, why they stop, the calls that they were in then, and the tasks, regions
// and logs in which the program speaks of itself. What a trace
// does not tell stays empty, and states say so (state.State.Traced): in which
// queue a goroutine is, what a channel holds, who has a lock, variables, the
// size of stacks, and on which core a thread is.
package witness

import (
	"gopark/sim"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
	"gopark/sim/trace/realtrace"
)

// A Recording is what a trace tells of a run. It implements sim.Recording.
type Recording struct {
	reader *realtrace.Reader
	err    error
	done   bool
	log    *trace.Log
	start  int64 // ns, on the trace's clock, of the first event

	head  world
	shots []shot
	past  *world // that At went on with last
	at    int    // events that past has seen

	tasks   map[int64]task.ID // of goroutines that are there
	free    []task.ID
	threads map[int64]int32 // by the system's number
	tids    []int64
	texts   []string
	byText  map[string]int64 // place in texts
	births  []birth
	asides  []aside
	named   map[uint64]string // of the program's tasks that go on
}

// A shot is the world after some events.
type shot struct {
	events int
	world  *world
}

// A birth is a goroutine that is told of first.
type birth struct {
	goid   int64
	system bool
}

// Open begins to read a trace. What Advance finds wrong with it later, Err says.
func Open(data []byte) (*Recording, error) {
	reader, err := realtrace.NewReader(data)
	if err != nil {
		return nil, err
	}
	return &Recording{
		reader: reader, log: &trace.Log{}, tasks: map[int64]task.ID{}, threads: map[int64]int32{},
		texts: []string{""}, byText: map[string]int64{"": 0}, named: map[uint64]string{}, shots: []shot{{0, &world{}}},
	}, nil
}

// Advance implements sim.Recording: it reads on. Bounds are of events only.
func (r *Recording) Advance(_ uint64, events int) (ended bool) {
	for until := r.log.Len() + events; !r.done && (events == 0 || r.log.Len() < until); {
		e, more, err := r.reader.Next()
		if err == nil && !more && r.log.Len() == 0 {
			err = realtrace.Refusal("The trace has no events.")
		}
		r.err, r.done = err, err != nil || !more
		if !r.done {
			r.tell(e)
		}
	}
	return r.done
}

// Err says in one sentence why the trace could not be read to its end.
func (r *Recording) Err() error { return r.err }

// Version is the release of Go in whose format the trace is: 26 for 1.26.
func (r *Recording) Version() int { return r.reader.Version() }

// Now implements sim.Recording.
func (r *Recording) Now() task.Time { return r.head.time }

// Log implements sim.Recording. It has the events of which a log knows; of a
// place where a goroutine is, each says Nowhere.
func (r *Recording) Log() *trace.Log { return r.log }

// Output implements sim.Recording: a trace has none.
func (r *Recording) Output() []sim.Output { return nil }

// Ended implements sim.Recording.
func (r *Recording) Ended() (string, int) {
	switch {
	case r.err != nil:
		return r.err.Error(), 1
	case r.done:
		return "the trace ends here; what the program did then it doesn’t tell", 0
	}
	return "", 0
}

// Stats implements sim.Recording.
func (r *Recording) Stats() []sim.Stat {
	return []sim.Stat{
		{Name: "virtual_ns", Value: r.head.time}, {Name: "events", Value: int64(r.log.Len())},
		{Name: "threads", Value: int64(len(r.tids))}, {Name: "goroutines", Value: int64(len(r.births))},
	}
}

// Text is a text that an event refers to by its B: why a goroutine blocks.
func (r *Recording) Text(n int64) string { return r.texts[n] }

// Born is the i-th goroutine that the trace has told of so far, from 0, and
// whether the runtime has started it for itself; ok is false if there are not so many.
func (r *Recording) Born(i int) (goid int64, system, ok bool) {
	if i >= len(r.births) {
		return 0, false, false
	}
	return r.births[i].goid, r.births[i].system, true
}

// At implements sim.Recording.
func (r *Recording) At(n int) *state.State { return r.state(r.seek(n), n) }

// seek is the world after n events.
func (r *Recording) seek(n int) *world {
	n = max(0, min(n, r.log.Len()))
	if r.past == nil || r.at > n || r.shotBefore(n).events > r.at {
		s := r.shotBefore(n)
		r.past, r.at = s.world.clone(), s.events
	}
	for ; r.at < n; r.at++ {
		r.past.apply(r.log.At(r.at), r)
	}
	r.past.beside(r)
	return r.past
}

func (r *Recording) shotBefore(n int) shot {
	i := len(r.shots) - 1
	for r.shots[i].events > n {
		i--
	}
	return r.shots[i]
}

// shotEvents is how many events lie between two copies of the world at least; if
// there are many goroutines, more.
const shotEvents = 2048

// add logs an event and keeps a copy of the world now and then.
func (r *Recording) add(e trace.Event) {
	r.log.Add(e)
	r.head.apply(e, r)
	if last := r.shots[len(r.shots)-1]; r.log.Len()-last.events >= max(shotEvents, 8*len(r.head.gs)) {
		r.shots = append(r.shots, shot{r.log.Len(), r.head.clone()})
	}
}
