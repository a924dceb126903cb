package compare

import (
	"fmt"
	"strings"

	"gopark/sim/task"
	"gopark/sim/trace"
)

// splitLogs finds the first difference of two logs, each read from the instant
// when main starts. Goroutines are the same if their goids are. A Reseed, by which
// a reader forked one of the runs, is not what parts them.
func splitLogs(a, b *trace.Log) Split {
	x, y := newReader(a), newReader(b)
	var s Split
	for x.next() && y.next() && x.e == y.e && x.goid == y.goid {
		s.Same++
		x.i++
		y.i++
	}
	s.A, s.B = lineAt(a, x.i), lineAt(b, y.i)
	s.AtA, s.AtB = min(x.i+1, a.Len()), min(y.i+1, b.Len())
	if s.Same > 0 {
		s.Before = lineAt(a, x.i-1)
	}
	return s
}

// A reader reads the events of a log, with goids in place of tasks.
type reader struct {
	log   *trace.Log
	i     int // of e
	e     trace.Event
	goid  int64
	goids []int64 // by task
}

// newReader reads on from the event with which the first goroutine runs.
func newReader(log *trace.Log) *reader {
	r := &reader{log: log}
	for r.next() && r.e.Kind != trace.GoStart {
		r.i++
	}
	return r
}

// next looks at event i; false: there is none.
func (r *reader) next() bool {
	for r.i < r.log.Len() && r.log.At(r.i).Kind == trace.Reseed {
		r.i++
	}
	if r.i >= r.log.Len() {
		return false
	}
	e := r.log.At(r.i)
	r.goid = 0
	if e.G != task.None {
		for int(e.G) >= len(r.goids) {
			r.goids = append(r.goids, 0)
		}
		if e.Kind == trace.GoCreate {
			r.goids[e.G] = e.A
		}
		r.goid = r.goids[e.G]
		e.G = 0
	}
	r.e = e
	return true
}

// lineAt is event i as text, "" past the end. What number the task has that is
// the goroutine is left out: it means nothing outside a run.
func lineAt(log *trace.Log, i int) string {
	if i >= log.Len() {
		return ""
	}
	var p trace.Printer
	for k := range i { // it has to know goids
		if e := log.At(k); e.Kind == trace.GoCreate {
			p.Line(e)
		}
	}
	line := strings.TrimSpace(p.Line(log.At(i)))
	if before, after, ok := strings.Cut(line, " task="); ok {
		_, after, _ = strings.Cut(after, " ")
		line = before + " " + after
	}
	return line
}

// splitOrders finds the first difference of what happens to the program's own
// goroutines in two runs.
func splitOrders(a, b Run, pause func()) Split {
	x, y := newOrder(a), newOrder(b)
	var s Split
	for {
		s.A, s.B = x.next(), y.next()
		s.AtA, s.AtB = x.i, y.i
		if s.Same%pauseEvery == pauseEvery-1 {
			pause()
		}
		if s.A != s.B || s.A == "" {
			return s
		}
		s.Same++
		s.Before = s.A
	}
}

// pauseEvery is after how many lines there is a pause.
const pauseEvery = 4096

// An order reads what happens to a program's goroutines, line by line.
type order struct {
	run   Run
	names names
	i     int
	on    bool // main has started
}

func newOrder(r Run) *order { return &order{run: r, names: names{run: r}} }

// next is the next line, "" at the end.
func (o *order) next() string {
	log := o.run.Rec.Log()
	for o.i < log.Len() {
		e := log.At(o.i)
		o.names.follow(o.i, e)
		o.i++
		o.on = o.on || e.Kind == trace.GoStart
		if line := o.names.line(e); o.on && line != "" {
			return line
		}
	}
	return ""
}

// names call the program's goroutines by the order in which it made them, since
// the goids of two releases differ.
type names struct {
	run  Run
	by   []string // by task; "": the runtime's own
	made int
}

func (n *names) follow(i int, e trace.Event) {
	if e.Kind != trace.GoCreate {
		return
	}
	for int(e.G) >= len(n.by) {
		n.by = append(n.by, "")
	}
	entry := n.run.Stacks.Entry(i)
	switch {
	case e.A == 1: // runtime.main's goid, in every era
		n.by[e.G] = "main"
	case own(entry):
		n.by[e.G] = ""
	default:
		n.made++
		n.by[e.G] = strings.TrimSpace(fmt.Sprintf("#%d %s", n.made, entry))
	}
}

// own reports whether a goroutine that begins with this function is the
// runtime's own.
func own(entry string) bool { return strings.HasPrefix(entry, "runtime.") && entry != "runtime.main" }

// line says what happens to one of the program's goroutines, "" if nothing does.
func (n *names) line(e trace.Event) string {
	if e.G == task.None || int(e.G) >= len(n.by) || n.by[e.G] == "" {
		return ""
	}
	text := fmt.Sprintf("%-10s %s", e.Kind, n.by[e.G])
	switch e.Kind {
	case trace.GoCreate, trace.GoStart, trace.GoUnblock, trace.GoDestroy:
		return text
	case trace.GoStop:
		return text + ": " + trace.Why(e.A).String()
	case trace.GoBlock:
		return text + ": " + task.Reason(e.A).String()
	}
	return ""
}
