// Package compare puts runs of one program side by side: what they printed, where
// their logs part, and what they cost, as plain values that a terminal and a page
// can show. It knows logs and recordings; it decides nothing that a run did not do.
//
// What the model does not hold is no number here but a reason: see Cell.
package compare

import (
	"gopark/sim"
	"gopark/sim/trace/stacks"
)

// A Run is one of the runs to compare, which has ended.
type Run struct {
	Name   string // "go1.4", "go1.26 procs=2 seed=7"
	Rec    sim.Recording
	Stacks *stacks.Table // nil: goroutines have no names, and the runtime's own count as the program's
	Saves  Saves
}

// Saves is how many bytes of registers are saved when something stops running.
type Saves struct {
	Call   int64 // a goroutine, at a call
	Signal int64 // a goroutine that a signal stopped; 0: signals stop none
	Thread int64
}

// A Comparison is what there is to say about several runs.
type Comparison struct {
	Runs    []string  `json:"runs"`
	Outputs []Output  `json:"outputs"` // each different one once
	Parts   []Parting `json:"parts"`   // of each run but the first from the first
	Rows    []Row     `json:"rows"`
}

// An Output is what some of the runs printed and how they ended.
type Output struct {
	Runs  []int  `json:"runs"` // indices of Comparison.Runs
	Text  string `json:"text"` // both streams as they came
	Ended string `json:"ended"`
	Code  int    `json:"code"`
}

// A Parting is where two logs part.
type Parting struct {
	A     int   `json:"a"` // indices of Comparison.Runs
	B     int   `json:"b"`
	Log   Split `json:"log"`   // the first line of the logs that differs once main has started
	Order Split `json:"order"` // the first that differs of what happens to the program's own goroutines, whenever and wherever
}

// A Split is the first difference of two lists of lines.
type Split struct {
	Same   int    `json:"same"`   // lines that are the same
	Before string `json:"before"` // the last of them
	A      string `json:"a"`      // "" if that list ends here
	B      string `json:"b"`
	AtA    int    `json:"atA"` // the event that A is, counted from 1; if that list ends here, the log's last
	AtB    int    `json:"atB"`
}

// Equal reports whether there is no difference.
func (s Split) Equal() bool { return s.A == "" && s.B == "" }

// A Row is a counter.
type Row struct {
	Name  string `json:"name"`
	Unit  string `json:"unit"` // "ns", "bytes" or "" for a number of things
	Doc   string `json:"doc"`  // what is counted
	Cells []Cell `json:"cells"`
}

// A Cell is a counter of one run. Without Known the model does not hold it, and Why says so.
type Cell struct {
	Value int64  `json:"value"`
	Known bool   `json:"known"`
	Why   string `json:"why,omitempty"`
}

// New compares runs. The first is what the others are compared with. pause, if not
// nil, is called now and then by a page that must not be silent for long.
func New(runs []Run, pause func()) *Comparison {
	if pause == nil {
		pause = func() {}
	}
	c := &Comparison{}
	for i, r := range runs {
		c.Runs = append(c.Runs, r.Name)
		c.output(i, r)
		if i > 0 {
			p := Parting{A: 0, B: i, Log: splitLogs(runs[0].Rec.Log(), r.Rec.Log())}
			pause()
			p.Order = splitOrders(runs[0], r, pause)
			c.Parts = append(c.Parts, p)
		}
	}
	for _, row := range rows {
		c.Rows = append(c.Rows, Row{Name: row.name, Unit: row.unit, Doc: row.doc})
	}
	for _, r := range runs {
		t := count(r)
		pause()
		for k := range rows {
			c.Rows[k].Cells = append(c.Rows[k].Cells, rows[k].cell(t))
		}
	}
	return c
}

// output adds what run i printed to those who printed the same.
func (c *Comparison) output(i int, r Run) {
	o := Output{Runs: []int{i}}
	o.Ended, o.Code = r.Rec.Ended()
	for _, piece := range r.Rec.Output() {
		o.Text += piece.Text
	}
	for k := range c.Outputs {
		if x := &c.Outputs[k]; x.Text == o.Text && x.Code == o.Code && x.Ended == o.Ended {
			x.Runs = append(x.Runs, i)
			return
		}
	}
	c.Outputs = append(c.Outputs, o)
}
