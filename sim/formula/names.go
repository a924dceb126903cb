package formula

import (
	"fmt"
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
	Doc  string
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
	statusWords = []string{"runnable", "running", "waiting", "syscall", "dead"}
	threadWords = []string{"running", "ready", "syscall", "idle", "spinning"}
	placeWords  = placeNames()
	reasonWords = reasonNames()
	makesWords  = []string{"chan", "map", "slice"}
	savedWords  = []string{"calls", "signals", "threads"}

	goArg    = Arg{Name: "g", Type: Number}
	procArg  = Arg{Name: "p", Type: Number}
	numArg   = Arg{Name: "n", Type: Number}
	truthArg = Arg{Name: "x", Type: Truth}
	textArg  = Arg{Name: "text", Type: Text}
)

func placeNames() []string {
	words := []string{""}
	for p := trace.Nowhere; p < trace.NumPlaces; p++ {
		words = append(words, p.String())
	}
	return words
}

func reasonNames() []string {
	var words []string
	for r := range task.NumReasons {
		words = append(words, r.String())
	}
	return words
}

// Names lists all there is, in the manual's order.
var Names = []Name{
	{Name: "time", Type: Number, Doc: "Virtual time since the start, in nanoseconds.",
		leaf: func(in *instant, _ *node) Value { return number(in.fold.Time) }},
	{Name: "cores", Type: Number, Doc: "Cores of the computer.",
		leaf: func(in *instant, _ *node) Value { return number(int64(len(in.fold.Cores))) }},
	{Name: "procs", Type: Number, Doc: "How many Ps there are: GOMAXPROCS. 0 where there are no Ps.",
		leaf: func(in *instant, _ *node) Value { return number(int64(in.fold.Procs)) }},
	{Name: "era", Type: Text, Doc: "The era's name, such as \"go1.26\".",
		leaf: func(in *instant, _ *node) Value { return text(in.run.Era) }},

	{Name: "threads", Args: []Arg{{"state", Text, threadWords}}, optional: 1, Type: Number,
		Doc: "Threads that exist, or those in a state: on a core (running), waiting for one (ready), in a system call, on the list of idle Ms, spinning.", leaf: threads},
	{Name: "goroutines", Args: []Arg{{"state", Text, statusWords}}, optional: 1, Type: Number,
		Doc: "The program's goroutines that have not ended, or those in a state. The runtime's own don't count.", leaf: goroutines},
	{Name: "idleprocs", Type: Number, Doc: "Ps with nothing to do.",
		leaf: func(in *instant, _ *node) Value { return number(int64(len(in.fold.IdleP))) }},
	{Name: "global", Type: Number, Doc: "Goroutines in the global queue.",
		leaf: func(in *instant, _ *node) Value { return number(int64(len(in.fold.Global))) }},
	{Name: "ring", Args: []Arg{procArg}, Type: Number, Doc: "Goroutines in P p's own queue, without runnext.",
		leaf: ofP(func(_ *instant, p *trace.FoldP) int64 { return int64(len(p.Ring)) })},
	{Name: "next", Args: []Arg{procArg}, Type: Number, Doc: "The goroutine in P p's runnext; 0: none.", leaf: ofP(nextOf)},
	{Name: "runs", Args: []Arg{procArg}, Type: Number, Doc: "The goroutine that runs on P p; 0: none.", leaf: ofP(runsOn)},

	{Name: "status", Args: []Arg{goArg}, Type: Text, Words: append([]string{""}, statusWords...),
		Doc:  "What goroutine g does: runnable, running, waiting, syscall or dead; \"\" before it exists.",
		leaf: ofG(text(""), func(_ *instant, _ task.ID, g *trace.FoldG) Value { return text(g.Status.String()) })},
	{Name: "place", Args: []Arg{goArg}, Type: Text, Words: placeWords,
		Doc: "Where goroutine g waits for its turn: next, ring, global, hand or thread; \"\" if it is not runnable.", leaf: ofG(text(""), place)},
	{Name: "reason", Args: []Arg{goArg}, Type: Text, Words: reasonWords,
		Doc: "What goroutine g waits for, in the words of Go's tracebacks, such as \"chan receive\"; \"\" if it doesn't wait.", leaf: ofG(text(""), reason)},
	{Name: "stack", Args: []Arg{goArg}, Type: Number, Doc: "Bytes of goroutine g's stack; 0: it has none.", leaf: ofG(number(0), stack)},
	{Name: "thread", Args: []Arg{goArg}, Type: Number, Doc: "The thread that goroutine g is on; -1: none.",
		leaf: ofG(number(-1), func(_ *instant, _ task.ID, g *trace.FoldG) Value { return number(int64(g.M)) })},

	{Name: "saved", Args: []Arg{{"by", Text, savedWords}}, optional: 1, Type: Number,
		Doc: "Bytes of registers that switches have stored so far: of goroutines that stopped at a call (calls) or by a signal (signals), and of threads that left their core (threads).", leaf: saved},
	{Name: "reserved", Type: Number, dear: true, Doc: "Bytes of addresses that are set aside for the process.", leaf: memory(func(m Memory) int64 { return m.Reserved })},
	{Name: "touched", Type: Number, dear: true, Doc: "Bytes of memory that the process has touched, so that they are really there.", leaf: memory(func(m Memory) int64 { return m.Touched })},
	{Name: "kernel", Type: Number, dear: true, Doc: "Bytes that the kernel keeps for the process: stacks and descriptors of its threads.", leaf: memory(func(m Memory) int64 { return m.Kernel })},

	{Name: "output", Type: Text, Doc: "What the program has written to standard output.",
		leaf: func(in *instant, _ *node) Value { return text(in.wrote[0].String()) }},
	{Name: "errors", Type: Text, Doc: "What was written to standard error, a panic's message too.",
		leaf: func(in *instant, _ *node) Value { return text(in.wrote[1].String()) }},
	{Name: "lines", Args: []Arg{textArg}, Type: Number, Doc: "How many lines a text has.", leaf: lines},
	{Name: "line", Args: []Arg{textArg, numArg}, Type: Text, Doc: "Line n of a text, from 1; \"\" if there is none.", leaf: line},
	{Name: "contains", Args: []Arg{textArg, {Name: "part", Type: Text}}, Type: Truth, Doc: "Whether the part stands somewhere in the text.",
		leaf: func(in *instant, n *node) Value {
			return truth(strings.Contains(in.eval(n.args[0]).Text, in.eval(n.args[1]).Text))
		}},
	{Name: "exit", Type: Number, Doc: "The exit code. Only at the end.", ends: true,
		leaf: func(in *instant, _ *node) Value { return number(int64(in.run.Exit)) }},
	{Name: "hung", Type: Truth, Doc: "Whether the program would never have ended: nothing could happen any more and nobody noticed, or a limit ended it. Only at the end.", ends: true,
		leaf: func(in *instant, _ *node) Value { return truth(in.run.Hung) }},
	{Name: "deadlock", Type: Truth, Doc: "Whether Go's runtime has found that all goroutines are asleep.",
		leaf: func(in *instant, _ *node) Value { return truth(in.kinds[trace.Deadlock] > 0) }},

	{Name: "received", Args: []Arg{goArg}, optional: 1, Type: Number, ends: true,
		Doc: "How many values came out of channels, all in all or to goroutine g. Only at the end.", leaf: received},
	{Name: "executed", Args: []Arg{textArg, goArg}, optional: 1, Type: Number, ends: true,
		Doc: "How often source lines in which the text stands were executed, by all or by goroutine g: what counts is the instruction of the line that was run most often, in the first 5 million of the run. Only at the end.", leaf: executed},

	{Name: "imports", Args: []Arg{{Name: "path", Type: Text}}, Type: Truth, Doc: "Whether the source imports a package.", leaf: imports},
	{Name: "calls", Args: []Arg{{Name: "function", Type: Text}}, Type: Number, Doc: "How many calls of a function, as written (\"time.Sleep\", \"wg.Wait\"), stand in the source.", leaf: calls},
	{Name: "makes", Args: []Arg{{"what", Text, makesWords}}, Type: Number, Doc: "How many times the source makes a channel, map or slice with make.", leaf: makes},

	{Name: "max", Args: []Arg{numArg}, Type: Number, Doc: "The largest value so far.", step: extreme(func(a, b int64) bool { return a > b }), leaf: gathered},
	{Name: "min", Args: []Arg{numArg}, Type: Number, Doc: "The smallest value so far.", step: extreme(func(a, b int64) bool { return a < b }), leaf: gathered},
	{Name: "ever", Args: []Arg{truthArg}, Type: Truth, Doc: "Whether it has been true at least once.", step: ever,
		leaf: func(in *instant, n *node) Value { return truth(in.acc[n.slot].num != 0) }},
	{Name: "always", Args: []Arg{truthArg}, Type: Truth, Doc: "Whether it has been true after every event.", step: never,
		leaf: func(in *instant, n *node) Value { return truth(in.acc[n.slot].num == 0) }},
	{Name: "first", Args: []Arg{truthArg}, Type: Number, Doc: "The time at which it became true for the first time; -1: never.", step: first,
		leaf: func(in *instant, n *node) Value {
			if a := &in.acc[n.slot]; a.any {
				return number(a.num)
			}
			return number(-1)
		}},
	{Name: "longest", Args: []Arg{truthArg}, Type: Number, Doc: "The longest time that it has been true without a break.", step: longest,
		leaf: func(in *instant, n *node) Value { return number(max(in.acc[n.slot].num, in.acc[n.slot].longer)) }},
	{Name: "total", Args: []Arg{truthArg}, Type: Number, Doc: "The time that it has been true, all in all.", step: total,
		leaf: func(in *instant, n *node) Value { return number(in.acc[n.slot].longer) }},
	{Name: "at", Args: []Arg{truthArg, numArg}, Type: Number, Doc: "The number's value at the first instant at which something was true; 0: it never was.",
		step: at, leaf: gathered},
	{Name: "count", Args: []Arg{{Name: "Kind"}, truthArg}, optional: 1, event: true, Type: Number,
		Doc: "How many events of a kind there were, or those for which a condition holds. The condition may use g, m, p, core, time and the event's own arguments."},
	{Name: "same", Args: []Arg{{Name: "x"}}, Type: Truth, isSame: true, ends: true,
		Doc:  "Whether x has the same value in all runs that are compared.",
		leaf: func(in *instant, n *node) Value { return truth(in.same[n]) }},
}

// Manual is the list of names as Markdown table rows, for authors.
func Manual() string {
	var b strings.Builder
	for i := range Names {
		d := &Names[i]
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", d.Usage(), strings.TrimPrefix(d.Type.String(), "a "), strings.ReplaceAll(d.Doc, "|", `\|`))
	}
	return b.String()
}

func allowed(words []string, s string) bool { return words == nil || slices.Contains(words, s) }
