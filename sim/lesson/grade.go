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
}

// Grade grades an answer against one recording, which it runs to its end. The
// recording is of the cell's own program under q.Configs, not of a draft.
func Grade(rec sim.Recording, q *Question, answer string) Result {
	return GradeAll([]sim.Recording{rec}, q, answer)
}

// GradeAll grades an answer against recordings that differ in their seeds:
// what happens in any of them is right. If they disagree, so is Varies.
func GradeAll(recs []sim.Recording, q *Question, answer string) Result {
	r := Result{}
	var why string
	for _, rec := range recs {
		rec.Advance(0, 0)
		truth, because := q.truth(rec)
		if truth == "" {
			return Result{Sentence: because}
		}
		if !slices.ContainsFunc(r.Truth, func(t string) bool { return sameWords(t, truth) }) {
			r.Truth = append(r.Truth, truth)
		}
		why = because
	}
	if len(r.Truth) > 1 {
		r.Truth, why = append(r.Truth, Varies), ""
	}
	r.Right = slices.ContainsFunc(r.Truth, func(t string) bool { return q.matches(answer, t) })
	r.Sentence = q.sentence(r, answer, why)
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

// truth is the right answer in one ended recording, with a sentence that says
// so. If there is none, truth is empty and the sentence says why.
func (q *Question) truth(rec sim.Recording) (truth, because string) {
	switch q.Kind {
	case AskNext:
		return q.nextTruth(rec)
	case AskValue:
		return q.valueTruth(rec)
	case AskOutput, AskFirst, AskOrder:
		out := Printed(rec)
		if strings.TrimSpace(out) == "" {
			why, _ := rec.Ended()
			return "", "The program printed nothing. It ended because " + why + "."
		}
		if q.Kind != AskFirst {
			return out, "It prints " + oneLine(out) + "."
		}
		return out, "It prints " + strings.Fields(out)[0] + " first."
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
