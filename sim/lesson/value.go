package lesson

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"gopark/sim"
	"gopark/sim/formula"
	"gopark/sim/state"
)

// readable is how long a formula may be that is shown with a yes or a no, in bytes.
const readable = 40

// valueFact is a formula's value at the instant that q is about.
func (q *Question) valueFact(rec sim.Recording) fact {
	from, to, why := q.span(rec)
	if why != "" {
		return noFact(why)
	}
	v, _, err := q.value(rec, from, to)
	if err != nil {
		return noFact(err.Error())
	}
	f := fact{truth: plainValue(v), event: to}
	switch {
	case q.Pick != "":
		f.because = "It is " + thing(rec.At(to), q.Pick, v.Num) + "."
	case v.Type == formula.Text:
		f.because = q.Ask + " is “" + f.truth + "”."
	case v.Type == formula.Truth && len(q.Ask) > readable:
		f.because = "The answer is " + f.truth + "."
	case v.Type == formula.Truth: // first in words: not everybody reads formulas
		f.because = "The answer is " + f.truth + ": " + q.Ask + " is " + f.truth + "."
	default:
		f.because = q.Ask + " is " + f.truth + "."
	}
	return f
}

// value is what q asks for after to events, counted from the from-th on.
func (q *Question) value(rec sim.Recording, from, to int) (formula.Value, []formula.Finding, error) {
	f, err := formula.Parse(q.Ask)
	if err != nil {
		panic("lesson: " + err.Error()) // Parse lets none through
	}
	return f.Since(Run(rec, q.Era, ""), from, to)
}

// span is between which events q counts: with Then from At on, else from the
// start. why says that it doesn't come to that.
func (q *Question) span(rec sim.Recording) (from, to int, why string) {
	to = rec.Log().Len()
	if q.At == "" {
		return 0, to, ""
	}
	n, _ := q.Instant(rec)
	switch {
	case n < 0:
		return 0, 0, q.neverComes()
	case q.Then == "":
		return 0, n, ""
	case q.Then == ThenEnd:
		return n, to, ""
	}
	if to = firstInstant(rec, q.Era, q.Then, n+1); to < 0 {
		return 0, 0, "In this run it never comes to that: " + q.Then + "."
	}
	return n, to, ""
}

// thing is what the reader points at, by its number: as the board writes it.
func thing(s *state.State, kind Thing, number int64) string {
	for _, t := range s.Threads {
		if kind == ThingM && int64(t.ID) == number {
			return t.Name
		}
	}
	return strings.ToUpper(string(kind)) + strconv.FormatInt(number, 10)
}

// plainValue is v as an option would give it.
func plainValue(v formula.Value) string {
	switch {
	case v.Type == formula.Text:
		return v.Text
	case v.Type == formula.Truth && v.Holds():
		return "yes"
	case v.Type == formula.Truth:
		return "no"
	}
	return strconv.FormatInt(v.Num, 10)
}

// firstInstant is the number of events after which a formula holds for the
// first time, among those from the from-th on; -1: it never does.
func firstInstant(rec sim.Recording, era, source string, from int) int {
	f, err := formula.ParseTruth(source)
	if err != nil {
		panic("lesson: " + err.Error()) // Parse lets none through
	}
	n, err := f.First(Run(rec, era, ""), from)
	if err != nil {
		return -1
	}
	return n
}

// units are what may stand behind a number in a text, and what each is in
// nanoseconds or bytes.
var units = map[string]float64{
	"ns": 1, "us": 1e3, "µs": 1e3, "ms": 1e6, "s": 1e9, "second": 1e9, "seconds": 1e9,
	"nanoseconds": 1, "microseconds": 1e3, "milliseconds": 1e6,
	"byte": 1, "bytes": 1, "kb": 1 << 10, "kib": 1 << 10, "mb": 1 << 20, "mib": 1 << 20, "gb": 1 << 30, "gib": 1 << 30,
}

var numerals = []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// An Amount is a number of a text with its unit, as formulas have it: "8 KB" is
// 8192, "1.5 ms" is 1500000, "five threads" is 5, "no threads" 0.
type Amount struct {
	Num  int64
	last float64 // what the last digit written is worth; 0: there is no unit, the number is exact
	unit string  // one of units, "" if there is none
}

// Is reports whether n is what the text says: with a unit, n has to round to
// it, and not to be off by more than a twentieth.
func (a Amount) Is(n int64) bool {
	off := math.Abs(float64(n - a.Num))
	return off == 0 || off <= a.last/2 && off <= math.Abs(float64(a.Num))/20
}

// AmountOf is the first amount in a text.
func AmountOf(text string) (a Amount, ok bool) {
	words := strings.Fields(strings.ToLower(text))
	for i, w := range words {
		w = strings.Trim(w, punctuation)
		number, unit := splitUnit(w)
		number = strings.ReplaceAll(number, ",", "")
		x, err := strconv.ParseFloat(number, 64)
		if err != nil {
			if x, ok = numeral(w); !ok {
				continue
			}
			unit = ""
		}
		if unit == "" && i+1 < len(words) {
			unit = strings.Trim(words[i+1], punctuation)
		}
		if factor, ok := units[unit]; ok {
			_, decimals, _ := strings.Cut(number, ".")
			x *= factor
			a.last, a.unit = factor/math.Pow10(len(decimals)), unit
		}
		a.Num = int64(math.Round(x))
		return a, true
	}
	return a, false
}

const punctuation = "(),;:.!?\"'*`"

func splitUnit(w string) (number, unit string) {
	i := strings.IndexFunc(w, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' && r != ',' && r != '-' })
	if i < 0 {
		return w, ""
	}
	return w[:i], w[i:]
}

func numeral(w string) (float64, bool) {
	for n, s := range numerals {
		if s == w || n == 0 && w == "no" || n == 1 && w == "once" || n == 2 && w == "twice" {
			return float64(n), true
		}
	}
	return 0, false
}

// sameValue reports whether an answer says a truth: the same words, or the same
// amount.
func sameValue(answer, truth string) bool {
	if sameWords(answer, truth) {
		return true
	}
	want, err := strconv.ParseInt(truth, 10, 64)
	got, ok := AmountOf(answer)
	return err == nil && ok && got.Is(want)
}
