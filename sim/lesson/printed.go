package lesson

import (
	"fmt"
	"strings"

	"gopark/sim"
)

// printedFact is what the program prints: all of it, or what follows the instant
// that q is about.
func (q *Question) printedFact(rec sim.Recording) fact {
	from := -1
	if q.At != "" {
		if from, _ = q.Instant(rec); from < 0 {
			return noFact(q.neverComes())
		}
	}
	out, event := printedAfter(rec, from)
	ended, _ := rec.Ended()
	switch {
	case strings.TrimSpace(out) == "" && from < 0:
		return noFact("The program printed nothing. It ended because " + ended + ".")
	case strings.TrimSpace(out) == "":
		return noFact("After that the program prints nothing. It ended because " + ended + ".")
	case q.Kind == AskFirst && from < 0:
		return fact{out, "It prints “" + oneLine(firstLine(out)) + "” first.", event}
	case q.Kind == AskFirst:
		return fact{out, "It prints “" + oneLine(firstLine(out)) + "” next.", event}
	case from < 0:
		event = 0
	}
	return fact{out, "It prints " + oneLine(out) + ".", event}
}

// printedAfter is what a program wrote to its standard output after so many
// events, and the event after which the first of it stood there.
func printedAfter(rec sim.Recording, from int) (text string, event int) {
	var b strings.Builder
	for _, o := range rec.Output() {
		if o.FD != 1 || o.Event <= from {
			continue
		}
		if b.Len() == 0 {
			event = o.Event
		}
		b.WriteString(o.Text)
	}
	return b.String(), event
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimLeft(s, "\n"), "\n")
	return line
}

// otherPrint says when the first line of an answer that differs is printed, and
// who would have had to run before whom.
func (q *Question) otherPrint(rec sim.Recording, answer string) string {
	from := -1
	if q.At != "" {
		from, _ = q.Instant(rec)
	}
	var printed []sim.Output // line by line
	for _, o := range rec.Output() {
		if o.FD != 1 || o.Event <= from {
			continue
		}
		for line := range strings.Lines(o.Text) {
			o.Text = line
			printed = append(printed, o)
		}
	}
	rest := strings.Fields(answer)
	for i, o := range printed {
		words := strings.Fields(o.Text)
		if len(rest) >= len(words) && sameWords(strings.Join(rest[:len(words)], " "), o.Text) {
			rest = rest[len(words):]
			continue
		}
		return wouldPrint(rec, printed[i:], rest)
	}
	return ""
}

// wouldPrint says of a line that is expected in the first place of what is
// printed, where it comes instead.
func wouldPrint(rec sim.Recording, printed []sim.Output, rest []string) string {
	if len(rest) == 0 {
		return ""
	}
	for i, o := range printed[1:] {
		words := strings.Fields(o.Text)
		if len(words) == 0 || len(words) > len(rest) || !sameWords(strings.Join(rest[:len(words)], " "), o.Text) {
			continue
		}
		line := strings.Join(words, " ")
		late, early := writer(rec, o), writer(rec, printed[0])
		if late == "" || early == "" || late == early {
			return fmt.Sprintf("“%s” comes %s after that.", line, lines(i+1))
		}
		return fmt.Sprintf("“%s” is printed by %s, %s later; for it to come here, %s would have had to run before %s.", line, late, lines(i+1), late, early)
	}
	return fmt.Sprintf("“%s” would have had to be printed here, and from here on it never is.", firstLine(strings.Join(rest, " ")))
}

func lines(n int) string {
	if n == 1 {
		return "one line"
	}
	return fmt.Sprintf("%d lines", n)
}

// writer is the goroutine that wrote a piece of output, if it was alone; "": nobody
// can tell.
func writer(rec sim.Recording, o sim.Output) string {
	name := ""
	for _, g := range rec.At(o.Event).Gs {
		if g.System || g.Status != "running" && g.Status != "syscall" {
			continue
		}
		if name != "" {
			return ""
		}
		name = goid(&g)
	}
	return name
}
