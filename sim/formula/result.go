package formula

import (
	"fmt"
	"go/token"
	"strconv"
	"strings"
)

// A Result is what a formula was in some runs.
type Result struct {
	Values []Value // by run

	formula *Formula
	ends    []*instant
}

// Holds reports whether the formula is true in every run.
func (r *Result) Holds() bool {
	for _, v := range r.Values {
		if !v.Holds() {
			return false
		}
	}
	return len(r.Values) > 0
}

// Why says of each part that is joined by && what it was in run i, in the order
// of the formula: what holds, and what would have to be otherwise.
func (r *Result) Why(i int) []Finding {
	var all []Finding
	var visit func(n *node)
	visit = func(n *node) {
		if n.op == token.LAND {
			visit(n.args[0])
			visit(n.args[1])
			return
		}
		all = append(all, r.ends[i].finding(n))
	}
	visit(r.formula.root)
	return all
}

// A Finding is a part of a formula and what it came to.
type Finding struct {
	Part  string // as written
	Holds bool
	Was   string // the values compared: "max(threads) was 3"; "" if there is no more to say
}

func (in *instant) finding(n *node) Finding {
	return Finding{Part: n.source, Holds: in.eval(n).Holds(), Was: strings.Join(in.was(n), " and ")}
}

// was says of all that is compared below n what it was.
func (in *instant) was(n *node) (was []string) {
	switch _, compares := operators[n.op]; {
	case n.op == token.LOR || n.op == token.LAND:
		return append(in.was(n.args[0]), in.was(n.args[1])...)
	case !compares || len(n.args) != 2 || n.typ != Truth:
		return nil
	}
	for i, a := range n.args {
		if !a.isConstant && a.typ != Truth {
			was = append(was, fmt.Sprintf("%s was %s", a.source, in.eval(a).in(n.args[1-i].unit)))
		}
	}
	return was
}

// in is a number in a unit, and any other value as it is.
func (v Value) in(unit string) string {
	if unit == "" || v.Type != Number {
		return v.String()
	}
	x := float64(v.Num) / float64(units[unit].Num)
	return strconv.FormatFloat(x, 'f', -1, 64) + " " + strings.Replace(unit, "us", "µs", 1)
}

// String is the value as a formula would write it.
func (v Value) String() string {
	switch v.Type {
	case Truth:
		return strconv.FormatBool(v.Num != 0)
	case Text:
		return shortened(v.Text)
	}
	return strconv.FormatInt(v.Num, 10)
}

// shortened quotes a text and cuts a long one.
func shortened(s string) string {
	const long = 60
	if r := []rune(s); len(r) > long {
		return strconv.Quote(string(r[:long])) + " …"
	}
	return strconv.Quote(s)
}
