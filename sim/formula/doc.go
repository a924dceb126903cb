// Package formula knows a small language in which a lesson states facts about
// a run, and finds out from the run's log whether they hold. It doesn't know how
// a run is made, who states the fact, or what a page shows of it.
//
//	max(threads) >= 5 && procs == 1
//	longest(status(main) == "runnable") >= 10*ms
//	count(GoStart, from == "next") > 3
//	same(output)
//
// A formula is written like a Go expression and read by Go's own parser. Its
// values are numbers, texts and truths; Names lists what can be asked. A
// quantity such as threads has a value after each event of the log. Standing
// alone it means the value at the end of the run; within max, min, ever,
// always, longest, total and first it is looked at after every event.
//
// A formula may be about several runs, the same program under other settings.
// It holds if it holds in each; same(x) says that x is equal in all of them.
package formula

// Type is the type of a formula's value.
type Type uint8

// The types.
const (
	Number Type = iota // a count, bytes, virtual nanoseconds or a goroutine's id
	Text
	Truth
)

// String is the type with an article, for messages.
func (t Type) String() string { return [...]string{"a number", "a text", "true or false"}[t] }

// A Value is a number, a text or a truth.
type Value struct {
	Type Type
	Num  int64 // of a Truth: 0 or 1
	Text string
}

func truth(b bool) Value {
	if b {
		return Value{Type: Truth, Num: 1}
	}
	return Value{Type: Truth}
}

func number(n int64) Value { return Value{Type: Number, Num: n} }

func text(s string) Value { return Value{Type: Text, Text: s} }

// Holds reports whether v is true.
func (v Value) Holds() bool { return v.Type == Truth && v.Num != 0 }
