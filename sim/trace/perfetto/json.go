package perfetto

import (
	"bufio"
	"fmt"
	"io"

	"gopark/internal/plainjson"
	"gopark/sim/task"
)

// An event is a trace event of Chrome's.
type event struct {
	Phase string           `json:"ph"`
	Name  string           `json:"name,omitempty"`
	Cat   string           `json:"cat,omitempty"`
	Time  plainjson.Number `json:"ts,omitempty"`
	Pid   int              `json:"pid"`
	Tid   int64            `json:"tid"`
	ID    int64            `json:"id,omitempty"`
	Bind  string           `json:"bp,omitempty"` // of the end of an arrow: "e", the slice around it
	Scope string           `json:"s,omitempty"`  // of an instant
	Args  *args            `json:"args,omitempty"`
}

// args are what a click on a slice shows.
type args struct {
	Name  string `json:"name,omitempty"` // of a lane
	Sort  *int64 `json:"sort_index,omitempty"`
	Where string `json:"where,omitempty"` // in the program
	Why   string `json:"why,omitempty"`
}

// A lane is a row of slices.
type lane struct {
	group int
	id    int64
}

// A writer writes events and keeps in mind which slice each lane has open.
type writer struct {
	w     *bufio.Writer
	n     int
	named map[lane]bool   // only looked up
	open  map[lane]string // only looked up
	order []lane          // in the order of their names
	now   task.Time
}

func newWriter(w io.Writer) *writer {
	x := &writer{w: bufio.NewWriter(w), named: map[lane]bool{}, open: map[lane]string{}}
	x.w.WriteString(`{"displayTimeUnit":"ns","traceEvents":[`)
	for group, name := range groupNames {
		if name == "" {
			continue
		}
		order := int64(group)
		x.put(event{Phase: "M", Name: "process_name", Pid: group, Args: &args{Name: name}})
		x.put(event{Phase: "M", Name: "process_sort_index", Pid: group, Args: &args{Sort: &order}})
	}
	return x
}

func (w *writer) put(e event) {
	if w.n > 0 {
		w.w.WriteByte(',')
	}
	w.n++
	w.w.WriteByte('\n')
	w.w.WriteString(plainjson.Marshal(e))
}

// name gives a lane its name, once.
func (w *writer) name(l lane, name string) {
	if w.named[l] {
		return
	}
	w.named[l] = true
	w.order = append(w.order, l)
	w.put(event{Phase: "M", Name: "thread_name", Pid: l.group, Tid: l.id, Args: &args{Name: name}})
	w.put(event{Phase: "M", Name: "thread_sort_index", Pid: l.group, Tid: l.id, Args: &args{Sort: &l.id}})
}

func (w *writer) time() plainjson.Number {
	return plainjson.Number(fmt.Sprintf("%d.%03d", w.now/1000, w.now%1000))
}

// show lets the lane be what, "" for nothing, from now on.
func (w *writer) show(l lane, what string, a *args) {
	if w.open[l] == what {
		return
	}
	if w.open[l] != "" {
		w.put(event{Phase: "E", Time: w.time(), Pid: l.group, Tid: l.id})
	}
	w.open[l] = what
	if what != "" {
		w.put(event{Phase: "B", Name: what, Cat: groupNames[l.group], Time: w.time(), Pid: l.group, Tid: l.id, Args: a})
	}
}

func (w *writer) instant(l lane, what string) {
	w.put(event{Phase: "i", Name: what, Cat: groupNames[l.group], Time: w.time(), Pid: l.group, Tid: l.id, Scope: "t"})
}

// arrow begins or ends an arrow.
func (w *writer) arrow(l lane, id int64, end bool) {
	e := event{Phase: "s", Name: "wakes", Cat: "wake", Time: w.time(), Pid: l.group, Tid: l.id, ID: id}
	if end {
		e.Phase, e.Bind = "f", "e"
	}
	w.put(e)
}

// close ends every slice and the file.
func (w *writer) close() error {
	for _, l := range w.order {
		w.show(l, "", nil)
	}
	w.w.WriteString("\n]}\n")
	return w.w.Flush()
}
