package formula

import (
	"go/ast"

	"gopark/sim/task"
	"gopark/sim/trace"
)

// eventNames are what a count's condition may call the parts of its event.
type eventNames struct {
	names []string
	kind  trace.Kind
}

// subjects are the parts that every event has.
var subjects = map[string]func(*instant) int64{
	"g":    func(in *instant) int64 { return in.goid(in.event.G) },
	"m":    func(in *instant) int64 { return int64(in.event.M) },
	"p":    func(in *instant) int64 { return int64(in.event.P) },
	"core": func(in *instant) int64 { return int64(in.event.Core) },
}

// count makes the node of count(Kind) or count(Kind, condition).
func (c *checker) count(e *ast.CallExpr, d *Name) *node {
	if len(e.Args) < 1 || len(e.Args) > 2 {
		return c.fail(e, "want %s", d.Usage())
	}
	kind := c.kind(e.Args[0])
	n := &node{typ: Number, step: count, slot: c.slots, kind: int64(kind), leaf: gathered}
	c.slots++
	condition := constant(truth(true))
	if len(e.Args) == 2 {
		event, inside := c.event, c.inside
		c.event, c.inside = namesOf(kind), d.Name
		condition = c.expr(e.Args[1])
		c.event, c.inside = event, inside
		if c.err == nil && condition.typ != Truth {
			return c.fail(e.Args[1], "a condition is true or false, and this is %s", condition.typ)
		}
	}
	n.args = []*node{condition}
	return n
}

func (c *checker) kind(e ast.Expr) trace.Kind {
	id, ok := e.(*ast.Ident)
	if !ok {
		c.fail(e, "want a kind of event, such as GoStart")
		return trace.Nothing
	}
	for k := trace.Nothing + 1; k < trace.NumKinds; k++ {
		if k.String() == id.Name {
			return k
		}
	}
	c.fail(e, "there is no event %s%s", id.Name, likeKind(id.Name))
	return trace.Nothing
}

func namesOf(k trace.Kind) *eventNames {
	names := []string{"g", "m", "p", "core"}
	for _, a := range []trace.Arg{trace.Kinds[k].A, trace.Kinds[k].B} {
		if a.Name != "" {
			names = append(names, a.Name)
		}
	}
	return &eventNames{names, k}
}

// eventName is the node of a part of the event, or nil: a condition's names
// hide others.
func (c *checker) eventName(name string) *node {
	if c.event == nil {
		return nil
	}
	info := &trace.Kinds[c.event.kind]
	switch name {
	case info.A.Name:
		return argument(info.A, func(e *trace.Event) int64 { return e.A })
	case info.B.Name:
		return argument(info.B, func(e *trace.Event) int64 { return e.B })
	}
	if subject, ok := subjects[name]; ok {
		return &node{typ: Number, leaf: func(in *instant, _ *node) Value { return number(subject(in)) }}
	}
	return nil
}

// argument is an event's A or B as a number, or in the log's words.
func argument(a trace.Arg, get func(*trace.Event) int64) *node {
	var word func(int64) string
	var last int64
	switch a.Type {
	case trace.ArgPlace:
		word, last = func(n int64) string { return trace.Place(n).String() }, int64(trace.NumPlaces)
	case trace.ArgWhere:
		word, last = func(n int64) string { return trace.Where(n).String() }, int64(trace.NumWheres)
	case trace.ArgWhy:
		word, last = func(n int64) string { return trace.Why(n).String() }, int64(trace.NumWhys)
	case trace.ArgReason:
		word, last = func(n int64) string { return task.Reason(n).String() }, int64(task.NumReasons)
	default:
		return &node{typ: Number, leaf: func(in *instant, _ *node) Value { return number(get(&in.event)) }}
	}
	return &node{
		typ: Text, words: allWords(word, last),
		leaf: func(in *instant, _ *node) Value { return text(word(get(&in.event))) },
	}
}
