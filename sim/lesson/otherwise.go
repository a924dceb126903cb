package lesson

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopark/sim"
	"gopark/sim/formula"
	"gopark/sim/state"
	"gopark/sim/trace"
)

// otherwise says what would have had to be true for a wrong answer to be right;
// "" if nothing can be said of it.
func (q *Question) otherwise(rec sim.Recording, answer string) string {
	switch q.Kind {
	case AskNext:
		return q.otherNext(rec, strings.TrimSpace(answer))
	case AskPlace:
		return q.otherPlace(rec, answer)
	case AskValue:
		return q.otherValue(rec, answer)
	case AskFirst, AskOutput, AskOrder:
		return q.otherPrint(rec, answer)
	}
	return ""
}

// otherNext says why goroutine name was not the next to run in a place.
func (q *Question) otherNext(rec sim.Recording, name string) string {
	n, place := q.Instant(rec)
	if n < 0 || !isGoroutine(name) {
		return ""
	}
	s := rec.At(n)
	g := named(s, name)
	if g == nil {
		return q.notYet(rec, n, name)
	}
	switch g.Status {
	case "dead":
		return name + " has ended before this instant."
	case "running":
		if placeOf(s, g) == place {
			return name + " runs at this instant: it would have had to stop and be taken again before any other."
		}
		return name + " runs already, somewhere else."
	case "syscall":
		return name + " is in a system call: it would have had to come back and find " + placeName(s, place) + " free."
	case "waiting":
		return fmt.Sprintf("%s waits (%s): it would have had to be made runnable first, and %s.", name, g.Reason, wakes(rec, n, g))
	}
	return queued(rec, n, g, place)
}

// notYet is about a goroutine that does not exist after n events.
func (q *Question) notYet(rec sim.Recording, n int, name string) string {
	for i := n; i < rec.Log().Len(); i++ {
		if e := rec.Log().At(i); e.Kind == trace.GoCreate && fmt.Sprintf("G%d", e.A) == name {
			return fmt.Sprintf("%s does not exist yet: it is created %s later.", name, since(e.Time-rec.At(n).Time))
		}
	}
	return "There is no " + name + " in this run."
}

// wakes says when a goroutine that waits is made runnable, as part of a sentence.
func wakes(rec sim.Recording, n int, g *state.G) string {
	for i := n; i < rec.Log().Len(); i++ {
		if e := rec.Log().At(i); e.Kind == trace.GoUnblock && e.G == g.Task {
			by := onThread(rec.At(i+1), int32(e.M))
			if by != "" {
				by = ", by " + by
			}
			return "that happens only " + since(e.Time-rec.At(n).Time) + " later" + by
		}
	}
	return "in this run nobody does that any more"
}

// since is a time for people.
func since(ns int64) string {
	switch {
	case ns < 10_000:
		return strconv.FormatInt(ns, 10) + " ns"
	case ns < 10_000_000:
		return strconv.FormatInt(ns/1000, 10) + " µs"
	}
	return strconv.FormatInt(ns/1_000_000, 10) + " ms"
}

func placeName(s *state.State, place int32) string {
	if s.HasP {
		return fmt.Sprintf("P%d", place)
	}
	return fmt.Sprintf("core %d", place)
}

// queued is about a goroutine that waits in a queue.
func queued(rec sim.Recording, n int, g *state.G, place int32) string {
	s, name := rec.At(n), goid(g)
	index := func(list []int32) int {
		return slices.IndexFunc(list, func(i int32) bool { return i >= 0 && s.Gs[i].Task == g.Task })
	}
	for _, p := range s.Ps {
		before := p.Queue
		i := index(before)
		switch {
		case p.Next >= 0 && s.Gs[p.Next].Task == g.Task:
			if p.ID == place {
				return left(rec, n, g)
			}
			return fmt.Sprintf("%s is in P%d’s runnext: P%d would have had to find nothing of its own, and steal it from there.", name, p.ID, place)
		case i < 0:
			continue
		case p.ID != place:
			return fmt.Sprintf("%s is number %d in P%d’s queue: P%d would have had to find nothing of its own, and steal it.", name, i+1, p.ID, place)
		}
		ahead := before[:i]
		if p.Next >= 0 {
			ahead = append([]int32{p.Next}, ahead...)
		}
		if len(ahead) == 0 {
			return left(rec, n, g)
		}
		return fmt.Sprintf("%s is number %d in P%d’s queue; for it to run next, %s before it would have had to be gone: stolen by another P.", name, i+1, p.ID, list(s, ahead))
	}
	if i := index(s.Sched.Queue); i >= 0 {
		return inGlobal(s, name, i, place)
	}
	for i, id := range s.Kernel {
		if id == g.Thread {
			return fmt.Sprintf("The thread of %s is number %d in the kernel’s queue; those before it would have had to go to another core.", name, i+1)
		}
	}
	return ""
}

// inGlobal is about the i-th goroutine of the global queue.
func inGlobal(s *state.State, name string, i int, place int32) string {
	says := fmt.Sprintf("%s is number %d in the global queue", name, i+1)
	if i > 0 {
		return says + fmt.Sprintf("; %s before it would have had to be taken by others.", list(s, s.Sched.Queue[:i]))
	}
	for _, p := range s.Ps {
		if p.ID != place {
			continue
		}
		own := p.Queue
		if p.Next >= 0 {
			own = append([]int32{p.Next}, own...)
		}
		if len(own) > 0 && s.Sched.TickCheck > 0 {
			return says + fmt.Sprintf(", and P%d has %s of its own. It would have had to be the one time in %d that a P looks there first.", p.ID, list(s, own), s.Sched.TickCheck)
		}
		return says + fmt.Sprintf("; P%d would have had to look there first.", p.ID)
	}
	return says + "."
}

// left says what became of a goroutine that was the first in its place and yet
// did not run next.
func left(rec sim.Recording, n int, g *state.G) string {
	name := goid(g)
	for i := n; i < rec.Log().Len(); i++ {
		e := rec.Log().At(i)
		switch {
		case e.G != g.Task:
		case e.Kind == trace.RunqKick:
			return name + " was to be next, and did not stay so: a younger one took its place in runnext. It would have had to come later."
		case e.Kind == trace.StealNext, e.Kind == trace.Steal:
			return fmt.Sprintf("%s was to be next, and P%d has stolen it before that.", name, e.P)
		case e.Kind == trace.GoStart:
			return name + " was at the head here, but another one came before it."
		}
	}
	return ""
}

// list names goroutines by their indices, the first few.
func list(s *state.State, indices []int32) string {
	const most = 3
	var names []string
	for _, i := range indices[:min(len(indices), most)] {
		names = append(names, goid(&s.Gs[i]))
	}
	if more := len(indices) - most; more > 0 {
		return strings.Join(names, ", ") + fmt.Sprintf(" and %d more", more)
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// otherValue says of a formula when it has the value that was answered, or what
// its parts were.
func (q *Question) otherValue(rec sim.Recording, answer string) string {
	from, to, why := q.span(rec)
	if why != "" {
		return ""
	}
	v, parts, err := q.value(rec, from, to)
	if err != nil {
		return ""
	}
	switch v.Type {
	case formula.Truth:
		return q.otherTruth(v, parts)
	case formula.Number:
		if a, ok := AmountOf(strings.TrimLeft(answer, "GMP")); ok {
			return q.otherNumber(rec, a.Num, to)
		}
	}
	return ""
}

func (q *Question) otherTruth(v formula.Value, parts []formula.Finding) string {
	var was []string
	for _, p := range parts {
		if p.Was != "" && p.Holds == v.Holds() {
			was = append(was, p.Was)
		}
	}
	if len(was) == 0 {
		return ""
	}
	return "For the other answer this would have had to be otherwise: " + strings.Join(was, "; ") + "."
}

// otherNumber says when what is asked for had a value.
func (q *Question) otherNumber(rec sim.Recording, n int64, to int) string {
	if q.Then != "" {
		return ""
	}
	f, err := formula.Parse(fmt.Sprintf("(%s) == %d", q.Ask, n))
	if err != nil {
		return "" // an Ask that is no number
	}
	said := strconv.FormatInt(n, 10)
	if q.Pick != "" {
		said = thing(rec.At(to), q.Pick, n)
	}
	first, err := f.First(Run(rec, q.Era, ""), 0)
	switch {
	case err != nil:
		return ""
	case first < 0:
		return "In this run it never is " + said + "."
	case first < to:
		return fmt.Sprintf("It was %s at %s, before that.", said, since(rec.At(first).Time))
	}
	return fmt.Sprintf("It is %s only from %s on.", said, since(rec.At(first).Time))
}
