package lesson

import (
	"fmt"
	"slices"
	"strings"

	"gopark/sim"
	"gopark/sim/formula"
)

// differs grades a question of kind AskDiffer: its options are formulas, and
// those are right whose values differ in the two recordings, that of the
// question's era and that of the other.
func (q *Question) differs(recs []sim.Recording, answer string) Result {
	r := Result{}
	runs := []*formula.Run{Run(recs[0], q.Era, ""), Run(recs[1], q.Against, "")}
	values := func(source string) (is [2]string) {
		f, err := formula.Parse(source)
		if err != nil {
			panic("lesson: " + err.Error()) // Parse lets none through
		}
		result, err := f.Eval(runs...)
		if err != nil {
			return is
		}
		for i, v := range result.Values {
			is[i] = oneLine(plainValue(v))
		}
		return is
	}
	for _, o := range q.Options {
		if is := values(o.Value); is[0] != is[1] {
			r.Truth = append(r.Truth, o.Value)
		}
	}
	if len(r.Truth) == 0 {
		r.Sentence = fmt.Sprintf("None of these differs between %s and %s.", EraTitle(q.Era), EraTitle(q.Against))
		return r
	}
	r.Right = slices.ContainsFunc(r.Truth, func(t string) bool { return sameWords(t, answer) })
	i := slices.IndexFunc(q.Options, func(o Option) bool { return sameWords(o.Value, answer) })
	if i < 0 {
		return r
	}
	is := values(q.Options[i].Value)
	if r.Right {
		r.Sentence = fmt.Sprintf("Right. With %s: %s; with %s: %s.", EraTitle(q.Era), is[0], EraTitle(q.Against), is[1])
		return r
	}
	r.Sentence = fmt.Sprintf("Not this time. With %s and with %s it is the same: %s. What differs: %s.",
		EraTitle(q.Era), EraTitle(q.Against), is[0], strings.Join(q.labelled(r.Truth), "; "))
	return r
}

// labelled is answers as the reader sees them, one by one.
func (q *Question) labelled(answers []string) (words []string) {
	for _, a := range answers {
		words = append(words, q.label(a))
	}
	return words
}
