package formula

import (
	"slices"
	"strings"

	"gopark/sim/task"
	"gopark/sim/trace"
)

// A Name is something that a formula can ask for.
type Name struct {
	Name string
	Args []Arg
	Type Type
	// Words are the texts that the value can be; nil: any.
	Words []string

	optional int  // of Args, at the end
	event    bool // its first argument is a kind of event
	isSame   bool // takes any type, and compares runs
	ends     bool // has a meaning at the end of a run only
	dear     bool // takes too long to be looked at after every event
	leaf     func(*instant, *node) Value
	step     func(*accumulator, *instant, *node)
}

// An Arg is an argument of a Name's.
type Arg struct {
	Name  string
	Type  Type
	Words []string // the texts that it can be; nil: any
}

// Usage is how to write the name: "threads(state)".
func (d *Name) Usage() string {
	if len(d.Args) == 0 {
		return d.Name
	}
	var args []string
	for i, a := range d.Args {
		if i >= len(d.Args)-d.optional {
			args = append(args, "["+a.Name+"]")
			continue
		}
		args = append(args, a.Name)
	}
	return d.Name + "(" + strings.Join(args, ", ") + ")"
}

func find(name string) *Name {
	for i := range Names {
		if Names[i].Name == name {
			return &Names[i]
		}
	}
	return nil
}

var (
	goArg    = Arg{Name: "g", Type: Number}
	procArg  = Arg{Name: "p", Type: Number}
	numArg   = Arg{Name: "n", Type: Number}
	truthArg = Arg{Name: "x", Type: Truth}
	textArg  = Arg{Name: "text", Type: Text}
)

// Names lists all there is, in the manual's order. What each means is in docs.
var Names = []Name{
	{Name: "time", Type: Number,
		leaf: func(in *instant, _ *node) Value { return number(in.fold.Time) }},
	{Name: "cores", Type: Number,
		leaf: func(in *instant, _ *node) Value { return number(int64(len(in.fold.Cores))) }},
	{Name: "procs", Type: Number,
		leaf: func(in *instant, _ *node) Value { return number(int64(in.fold.Procs)) }},
	{Name: "era", Type: Text,
		leaf: func(in *instant, _ *node) Value { return text(in.run.Era) }},

	{Name: "threads", Args: []Arg{{"state", Text, threadWords}}, optional: 1, Type: Number, leaf: threads},
	{Name: "goroutines", Args: []Arg{{"state", Text, statusWords}}, optional: 1, Type: Number, leaf: goroutines},
	{Name: "idleprocs", Type: Number,
		leaf: func(in *instant, _ *node) Value { return number(int64(len(in.fold.IdleP))) }},
	{Name: "global", Type: Number,
		leaf: func(in *instant, _ *node) Value { return number(int64(len(in.fold.Global))) }},
	{Name: "ring", Args: []Arg{procArg}, Type: Number,
		leaf: ofP(func(_ *instant, p *trace.FoldP) int64 { return int64(len(p.Ring)) })},
	{Name: "next", Args: []Arg{procArg}, Type: Number, leaf: ofP(nextOf)},
	{Name: "runs", Args: []Arg{procArg}, Type: Number, leaf: ofP(runsOn)},

	{Name: "status", Args: []Arg{goArg}, Type: Text, Words: append([]string{""}, statusWords...),
		leaf: ofG(text(""), func(_ *instant, _ task.ID, g *trace.FoldG) Value { return text(g.Status.String()) })},
	{Name: "place", Args: []Arg{goArg}, Type: Text, Words: placeWords, leaf: ofG(text(""), place)},
	{Name: "reason", Args: []Arg{goArg}, Type: Text, Words: reasonWords, leaf: ofG(text(""), reason)},
	{Name: "stack", Args: []Arg{goArg}, Type: Number, leaf: ofG(number(0), stack)},
	{Name: "thread", Args: []Arg{goArg}, Type: Number,
		leaf: ofG(number(-1), func(_ *instant, _ task.ID, g *trace.FoldG) Value { return number(int64(g.M)) })},

	{Name: "saved", Args: []Arg{{"by", Text, savedWords}}, optional: 1, Type: Number, leaf: saved},
	{Name: "reserved", Type: Number, dear: true, leaf: memory(func(m Memory) int64 { return m.Reserved })},
	{Name: "touched", Type: Number, dear: true, leaf: memory(func(m Memory) int64 { return m.Touched })},
	{Name: "kernel", Type: Number, dear: true, leaf: memory(func(m Memory) int64 { return m.Kernel })},

	{Name: "output", Type: Text,
		leaf: func(in *instant, _ *node) Value { return text(in.wrote[0].String()) }},
	{Name: "errors", Type: Text,
		leaf: func(in *instant, _ *node) Value { return text(in.wrote[1].String()) }},
	{Name: "lines", Args: []Arg{textArg}, Type: Number, leaf: lines},
	{Name: "line", Args: []Arg{textArg, numArg}, Type: Text, leaf: line},
	{Name: "contains", Args: []Arg{textArg, {Name: "part", Type: Text}}, Type: Truth,
		leaf: func(in *instant, n *node) Value {
			return truth(strings.Contains(in.eval(n.args[0]).Text, in.eval(n.args[1]).Text))
		}},
	{Name: "exit", Type: Number, ends: true,
		leaf: func(in *instant, _ *node) Value { return number(int64(in.run.Exit)) }},
	{Name: "hung", Type: Truth, ends: true,
		leaf: func(in *instant, _ *node) Value { return truth(in.run.Hung) }},
	{Name: "deadlock", Type: Truth,
		leaf: func(in *instant, _ *node) Value { return truth(in.kinds[trace.Deadlock] > 0) }},

	{Name: "received", Args: []Arg{goArg}, optional: 1, Type: Number, ends: true, leaf: received},
	{Name: "executed", Args: []Arg{textArg, goArg}, optional: 1, Type: Number, ends: true, leaf: executed},

	{Name: "imports", Args: []Arg{{Name: "path", Type: Text}}, Type: Truth, leaf: imports},
	{Name: "calls", Args: []Arg{{Name: "function", Type: Text}}, Type: Number, leaf: calls},
	{Name: "makes", Args: []Arg{{"what", Text, makesWords}}, Type: Number, leaf: makes},

	{Name: "max", Args: []Arg{numArg}, Type: Number, step: extreme(func(a, b int64) bool { return a > b }), leaf: gathered},
	{Name: "min", Args: []Arg{numArg}, Type: Number, step: extreme(func(a, b int64) bool { return a < b }), leaf: gathered},
	{Name: "ever", Args: []Arg{truthArg}, Type: Truth, step: ever,
		leaf: func(in *instant, n *node) Value { return truth(in.acc[n.slot].num != 0) }},
	{Name: "always", Args: []Arg{truthArg}, Type: Truth, step: never,
		leaf: func(in *instant, n *node) Value { return truth(in.acc[n.slot].num == 0) }},
	{Name: "first", Args: []Arg{truthArg}, Type: Number, step: first,
		leaf: func(in *instant, n *node) Value {
			if a := &in.acc[n.slot]; a.any {
				return number(a.num)
			}
			return number(-1)
		}},
	{Name: "longest", Args: []Arg{truthArg}, Type: Number, step: longest,
		leaf: func(in *instant, n *node) Value { return number(max(in.acc[n.slot].num, in.acc[n.slot].longer)) }},
	{Name: "total", Args: []Arg{truthArg}, Type: Number, step: total,
		leaf: func(in *instant, n *node) Value { return number(in.acc[n.slot].longer) }},
	{Name: "at", Args: []Arg{truthArg, numArg}, Type: Number,
		step: at, leaf: gathered},
	{Name: "count", Args: []Arg{{Name: "Kind"}, truthArg}, optional: 1, event: true, Type: Number},
	{Name: "same", Args: []Arg{{Name: "x"}}, Type: Truth, isSame: true, ends: true,
		leaf: func(in *instant, n *node) Value { return truth(in.same[n]) }},
}

func allowed(words []string, s string) bool { return words == nil || slices.Contains(words, s) }
