package view

import (
	"strconv"
	"strings"

	"gopark/sim/task"
	"gopark/sim/trace"
)

// A Finder looks for events by what people type: "G7", "M2", "P1", "core 0", a
// kind of event ("GoBlock", "steal"), a reason ("chan receive", "preempted") or
// several of them, which all must hold. In a run that was told, other words are looked
// for in what was told: "espresso".
type Finder struct {
	tests []func(f *Fold, i int, e trace.Event) bool
}

// Finder reads what was typed; ok is false if nothing is meant by it.
func (f *Fold) Finder(text string) (x *Finder, ok bool) {
	x = &Finder{}
	words := strings.Fields(strings.ToLower(text))
	for len(words) > 0 {
		n := 0
		for k := len(words); k > 0; k-- { // the longest first: "chan receive"
			if test := finderTest(strings.Join(words[:k], " ")); test != nil {
				x.tests, n = append(x.tests, test), k
				break
			}
		}
		if n == 0 && f.told != nil {
			x.tests, n = append(x.tests, toldTest(words[0])), 1
		}
		if n == 0 {
			return nil, false
		}
		words = words[n:]
	}
	return x, len(x.tests) > 0
}

// toldTest looks for a word in the texts of a run that was told.
func toldTest(s string) func(f *Fold, i int, e trace.Event) bool {
	return func(f *Fold, _ int, e trace.Event) bool {
		switch e.Kind {
		case trace.GoBlock, trace.UserTaskBegin, trace.UserTaskEnd, trace.UserRegionBegin, trace.UserRegionEnd, trace.UserLog:
			return strings.Contains(strings.ToLower(f.told.Text(e.B)), s)
		}
		return false
	}
}

func finderTest(s string) func(f *Fold, i int, e trace.Event) bool {
	number := func(prefix string) (int64, bool) {
		rest, ok := strings.CutPrefix(s, prefix)
		n, err := strconv.ParseInt(strings.TrimSpace(rest), 10, 64)
		return n, ok && err == nil
	}
	if n, ok := number("g"); ok {
		return func(f *Fold, i int, e trace.Event) bool { return f.goidAt(e.G, i) == n }
	}
	if n, ok := number("m"); ok {
		return func(_ *Fold, _ int, e trace.Event) bool { return int64(e.M) == n }
	}
	if n, ok := number("p"); ok {
		return func(_ *Fold, _ int, e trace.Event) bool { return int64(e.P) == n }
	}
	if n, ok := number("core"); ok {
		return func(_ *Fold, _ int, e trace.Event) bool { return int64(e.Core) == n }
	}
	var kinds [trace.NumKinds]bool
	found := false
	for k := range trace.Kinds {
		if name := strings.ToLower(trace.Kinds[k].Name); k > 0 && strings.Contains(name, s) {
			kinds[k], found = true, true
		}
	}
	if found {
		return func(_ *Fold, _ int, e trace.Event) bool { return kinds[e.Kind] }
	}
	var reasons [task.NumReasons]bool
	for r := range task.NumReasons {
		if strings.Contains(strings.ToLower(r.String()), s) && r != task.NoReason {
			reasons[r], found = true, true
		}
	}
	var whys [trace.NumWhys]bool
	for w := range trace.NumWhys {
		if w.String() == s {
			whys[w], found = true, true
		}
	}
	if !found {
		return nil
	}
	return func(f *Fold, i int, e trace.Event) bool {
		switch trace.Kinds[e.Kind].A.Type {
		case trace.ArgReason:
			if f.told != nil { // in its own words
				return toldTest(s)(f, i, e)
			}
			return reasons[e.A]
		case trace.ArgWhy:
			return whys[e.A]
		}
		return false
	}
}

func (x *Finder) match(f *Fold, i int) bool {
	e := f.log.At(i)
	for _, test := range x.tests {
		if !test(f, i, e) {
			return false
		}
	}
	return true
}

// Find is the first event after n, or the last before it if back, that x means,
// counted from 1; 0 if there is none. It looks at no more than most events: if
// that was not enough, next says where to go on, else it is 0.
func (f *Fold) Find(x *Finder, n int, back bool, most int) (found, next int) {
	step, i := 1, n
	if back {
		step, i = -1, n-2
	}
	for k := 0; i >= 0 && i < f.n; k, i = k+1, i+step {
		if k == most {
			if back {
				return 0, i + 2
			}
			return 0, i
		}
		if x.match(f, i) {
			return i + 1, 0
		}
	}
	return 0, 0
}
