package lesson

import (
	"fmt"
	"slices"
	"strings"

	"gopark/sim"
)

// A Result is the verdict on an answer.
type Result struct {
	Right    bool
	Truth    []string // all right answers, as Option.Value would write them
	Sentence string   // for the reader
	Event    int      // after so many events of the first run the answer can be seen; 0: at its end
}

// A fact is the right answer in one recording. If there is none, truth is empty
// and because says why.
type fact struct {
	truth   string
	because string // a sentence
	event   int    // after which it can be seen; 0: at the end
}

func noFact(why string) fact { return fact{because: why} }

// Grade grades an answer against one recording, which it runs to its end. The
// recording is of the cell's own program under q.Configs, not of a draft.
func Grade(rec sim.Recording, q *Question, answer string) Result {
	return GradeAll([]sim.Recording{rec}, q, answer)
}

// GradeAll grades an answer against recordings that differ in their seeds:
// what happens in any of them is right. If they disagree, so is Varies.
func GradeAll(recs []sim.Recording, q *Question, answer string) Result {
	for _, rec := range recs {
		rec.Advance(0, 0)
	}
	if q.Kind == AskDiffer {
		return q.differs(recs, answer)
	}
	r := Result{}
	var why string
	for i, rec := range recs {
		f := q.fact(rec)
		if f.truth == "" {
			return Result{Sentence: f.because}
		}
		if !slices.ContainsFunc(r.Truth, func(t string) bool { return sameWords(t, f.truth) }) {
			r.Truth = append(r.Truth, f.truth)
		}
		why = f.because
		if i == 0 {
			r.Event = f.event
		}
	}
	if len(r.Truth) > 1 {
		r.Truth, why = append(r.Truth, Varies), ""
	}
	r.Right = slices.ContainsFunc(r.Truth, func(t string) bool { return q.matches(answer, t) })
	r.Sentence = q.sentence(r, answer, why)
	if other := ""; !r.Right && answer != "" && answer != Varies {
		if other = q.otherwise(recs[0], answer); other != "" {
			r.Sentence += " " + other
		}
	}
	return r
}

// matches reports whether answer says truth. What is printed first is right
// however much of it is given.
func (q *Question) matches(answer, truth string) bool {
	if q.Kind == AskFirst && answer != Varies {
		words, printed := strings.Fields(answer), strings.Fields(truth)
		return len(words) > 0 && len(words) <= len(printed) && slices.Equal(words, printed[:len(words)])
	}
	if q.Kind == AskValue {
		return sameValue(answer, truth)
	}
	return sameWords(answer, truth)
}

// sameWords compares but for white space: a reader need not know where a line
// ends.
func sameWords(a, b string) bool {
	return slices.Equal(strings.Fields(a), strings.Fields(b))
}

// fact is the right answer in one ended recording.
func (q *Question) fact(rec sim.Recording) fact {
	switch q.Kind {
	case AskNext:
		return q.nextFact(rec)
	case AskPlace:
		return q.placeFact(rec)
	case AskValue:
		return q.valueFact(rec)
	case AskOutput, AskFirst, AskOrder:
		return q.printedFact(rec)
	}
	panic("lesson: question of unknown kind " + string(q.Kind)) // Parse lets none through
}

func (q *Question) sentence(r Result, answer, why string) string {
	verdict := "Not this time."
	if r.Right {
		verdict = "Right."
	}
	if why != "" {
		return verdict + " " + why
	}
	seen := len(r.Truth) - 1 // without Varies
	if r.Right && answer != Varies {
		verdict = "That can happen."
	}
	return fmt.Sprintf("%s In %d runs with different seeds there were %d different answers: %s.",
		verdict, q.Seeds, seen, shorten(r.Truth[:seen], q))
}

// shorten lists a few answers.
func shorten(answers []string, q *Question) string {
	const most = 4
	var words []string
	for i, a := range answers {
		if i == most {
			words = append(words, "and others")
			break
		}
		if q.Kind == AskFirst {
			a = strings.Fields(a)[0]
		}
		words = append(words, q.label(a))
	}
	return strings.Join(words, "; ")
}

// Printed is everything that a recorded program wrote so far to its standard
// output.
func Printed(rec sim.Recording) string {
	var b strings.Builder
	for _, o := range rec.Output() {
		if o.FD == 1 {
			b.WriteString(o.Text)
		}
	}
	return b.String()
}

// oneLine is an output in one line, cut if it is long.
func oneLine(out string) string {
	const most = 80
	s := strings.Join(strings.Fields(out), " ")
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + " …"
	}
	return s
}
