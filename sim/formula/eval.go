package formula

import (
	"go/token"

	"gopark/sim/task"
)

// An accumulator is what an aggregate has gathered so far.
type accumulator struct {
	any    bool
	num    int64
	held   bool  // the condition held after the latest event
	longer int64 // of longest: the stretch that holds now
}

// Eval asks the formula of each run, from its first event to its last.
func (f *Formula) Eval(runs ...*Run) (*Result, error) {
	r := &Result{formula: f}
	for _, run := range runs {
		in, err := f.gather(run, 0, -1)
		if err != nil {
			return nil, err
		}
		r.ends = append(r.ends, in)
	}
	f.compare(r.ends)
	for _, in := range r.ends {
		r.Values = append(r.Values, in.eval(f.root))
	}
	return r, nil
}

// First is the number of events after which the formula is true for the first
// time, among those from the from-th on; -1: it never is. Aggregates look from
// there on.
func (f *Formula) First(run *Run, from int) (int, error) {
	in := newInstant(run, f.slots)
	for i := range run.Log.Len() {
		look := f.root
		if i+1 < from {
			look = nothing
		}
		if err := in.advance(look, i); err != nil {
			return -1, err
		}
		if i+1 >= from && in.eval(f.root).Holds() {
			return i + 1, nil
		}
	}
	return -1, nil
}

// Since is the formula's value after to events, where max, ever, count and the
// like have looked at those after the from-th alone.
func (f *Formula) Since(run *Run, from, to int) (Value, []Finding, error) {
	in, err := f.gather(run, from, to)
	if err != nil {
		return Value{}, nil, err
	}
	r := &Result{formula: f, ends: []*instant{in}}
	f.compare(r.ends)
	return in.eval(f.root), r.Why(0), nil
}

// nothing is a formula in which no aggregate looks.
var nothing = constant(truth(true))

// gather runs through the first n events of a log; n < 0: all. Aggregates look
// from the from-th on.
func (f *Formula) gather(run *Run, from, n int) (*instant, error) {
	in := newInstant(run, f.slots)
	if n < 0 || n > run.Log.Len() {
		n = run.Log.Len()
	}
	for i := range n {
		look := f.root
		if i < from {
			look = nothing
		}
		if err := in.advance(look, i); err != nil {
			return nil, err
		}
	}
	if n == run.Log.Len() {
		in.pass(run.End)
		in.fold.Events = max(in.fold.Events, lastWrite(run)) // what a crash printed belongs to the end
		in.write()
	}
	return in, nil
}

func lastWrite(run *Run) int {
	if len(run.Output) == 0 {
		return 0
	}
	return run.Output[len(run.Output)-1].Event
}

// advance applies the i-th event and lets every aggregate look.
func (in *instant) advance(root *node, i int) error {
	e := in.run.Log.At(i)
	in.pass(e.Time)
	if err := in.apply(e); err != nil {
		return err
	}
	in.write()
	in.step(root)
	return nil
}

// pass lets time go by, to now, while every condition stays what it is.
func (in *instant) pass(now task.Time) {
	passed := now - in.fold.Time
	if passed <= 0 {
		return
	}
	for i := range in.acc {
		if a := &in.acc[i]; a.held {
			a.longer += passed
		}
	}
	in.fold.Time = now
}

// step lets the aggregates below n look, innermost first.
func (in *instant) step(n *node) {
	for _, a := range n.args {
		in.step(a)
	}
	if n.step != nil {
		n.step(&in.acc[n.slot], in, n)
	}
}

// compare finds out what each same(x) is: at the end of all runs.
func (f *Formula) compare(ends []*instant) {
	var visit func(n *node)
	visit = func(n *node) {
		for _, a := range n.args {
			visit(a)
		}
		if !n.isSame {
			return
		}
		equal := true
		for _, in := range ends[1:] {
			equal = equal && in.eval(n.args[0]) == ends[0].eval(n.args[0])
		}
		for _, in := range ends {
			if in.same == nil {
				in.same = map[*node]bool{}
			}
			in.same[n] = equal
		}
	}
	if len(ends) > 0 {
		visit(f.root)
	}
}

func (in *instant) eval(n *node) Value {
	if n.leaf != nil {
		return n.leaf(in, n)
	}
	x := in.eval(n.args[0])
	switch n.op {
	case token.NOT:
		return truth(x.Num == 0)
	case token.LAND:
		return truth(x.Num != 0 && in.eval(n.args[1]).Num != 0)
	case token.LOR:
		return truth(x.Num != 0 || in.eval(n.args[1]).Num != 0)
	}
	if n.op == token.SUB && len(n.args) == 1 {
		return number(-x.Num)
	}
	return operate(n.op, x, in.eval(n.args[1]))
}

func operate(op token.Token, x, y Value) Value {
	switch op {
	case token.EQL:
		return truth(x == y)
	case token.NEQ:
		return truth(x != y)
	case token.LSS:
		return truth(x.Num < y.Num)
	case token.LEQ:
		return truth(x.Num <= y.Num)
	case token.GTR:
		return truth(x.Num > y.Num)
	case token.GEQ:
		return truth(x.Num >= y.Num)
	case token.ADD:
		return number(x.Num + y.Num)
	case token.SUB:
		return number(x.Num - y.Num)
	case token.MUL:
		return number(x.Num * y.Num)
	case token.QUO, token.REM:
		if y.Num == 0 {
			return number(0) // as if there were nothing to divide
		}
		if op == token.QUO {
			return number(x.Num / y.Num)
		}
		return number(x.Num % y.Num)
	}
	panic("formula: operator " + op.String()) // the checker lets none through
}
