package view

import (
	"gopark/sim/state"
	"gopark/sim/trace"
	"gopark/sim/view/phrase"
)

// never asks for a proof that goroutine i is never woken; without one it is v.
func (w *asker) never(i int32, v Verdict) Verdict {
	if insp, ok := w.s.inspector(); ok {
		if r := insp.Reach(w.n, i); r.Looked && r.Lost {
			w.say(phrase.NobodyWhoMayStillRunCan, w.g(i))
			return VerdictNever
		}
	}
	return v
}

// candidatesShown is how many goroutines that could help are named.
const candidatesShown = 6

// others names who could let goroutine i go on: those from whose stacks what it
// waits for can be reached, and those who did before.
func (w *asker) others(i int32, objects []*state.Object) Verdict {
	insp, ok := w.s.inspector()
	var r state.Reach
	if ok {
		r = insp.Reach(w.n, i)
	}
	if r.Looked && r.Lost {
		w.lost(i, &r)
		return VerdictNever
	}
	before := w.helped(objects)
	var from []int32
	for _, g := range r.From {
		if x := w.indexOfTask(g); x >= 0 && !w.st.Gs[x].System && w.st.Gs[x].Status != Dead {
			from = append(from, x)
		}
	}
	switch {
	case r.Timer && len(from) == 0:
		w.say(phrase.ATimerThatIsArmedLeads)
	case r.Global:
		w.say(phrase.APackageLevelVariableLeadsThere)
	case len(w.st.Procs) > 0:
		w.say(phrase.AnotherProcessMayHaveTheOther)
	case !r.Looked:
		w.say(phrase.WhoCouldComeIsTooMuch)
	}
	if len(before) > 0 {
		names := make([]*Link, 0, 3)
		for _, g := range before {
			names = append(names, w.linkGoid(g, false))
		}
		w.say(phrase.WokeGoroutinesThereBefore, list(names, 0))
	}
	return w.candidates(from, before, r.All)
}

// indexOfTask is the index of the goroutine that the machine calls task t.
func (w *asker) indexOfTask(t int32) int32 {
	if t >= 0 && int(t) < len(w.st.Gs) && int32(w.st.Gs[t].Task) == t {
		return t
	}
	for i := range w.st.Gs {
		if int32(w.st.Gs[i].Task) == t {
			return int32(i)
		}
	}
	return -1
}

// candidates says where those stand that could help, and follows the only one.
func (w *asker) candidates(from []int32, before []int64, all bool) Verdict {
	if len(from) == 0 {
		for _, goid := range before {
			if g := find(w.st, goid); g >= 0 && w.st.Gs[g].Status != Dead {
				from = append(from, g)
			}
		}
	}
	if len(from) == 1 {
		if all {
			w.say(phrase.OnlyHasItAtHand, w.g(from[0]))
		} else {
			w.say(phrase.HasItAtHand, w.g(from[0]))
		}
		w.depth++
		defer func() { w.depth-- }()
		if v := w.goroutine(from[0]); v == VerdictStuck {
			return v
		}
		return VerdictMay
	}
	w.depth++
	defer func() { w.depth-- }()
	for k, g := range from {
		if k == candidatesShown {
			w.say(phrase.Plural(len(from)-k, phrase.OtherHasItAtHandToo), amount(len(from)-k))
			break
		}
		w.say(phrase.Could, w.g(g), plain(note(&w.st.Gs[g], w.st.Time)))
	}
	return VerdictMay
}

// lost says why nobody can wake goroutine i.
func (w *asker) lost(i int32, r *state.Reach) {
	var names []*Link
	for _, g := range r.From {
		if x := w.indexOfTask(g); x >= 0 && len(names) < candidatesShown {
			names = append(names, w.g(x))
		}
	}
	switch {
	case !r.All:
		w.say(phrase.WhoeverCouldReachItWillNever, w.g(i))
		return
	case len(names) > 0:
		w.say(phrase.OnlyCouldReachItAndWill, list(names, len(r.From)-len(names)), w.g(i))
	case r.Global:
		w.say(phrase.OnlyAPackageLevelVariableLeads, w.g(i))
	default:
		w.say(phrase.NothingLeadsToItAnyMore, w.g(i))
	}
	if len(w.chain) > 1 {
		return
	}
	for _, g := range r.From { // the first of them stands for all
		if x := w.indexOfTask(g); x >= 0 && w.st.Gs[x].Status == Waiting {
			w.depth++
			w.goroutine(x)
			w.depth--
			return
		}
	}
}

// helpBack is how many events back those are looked for who helped before.
const helpBack = 20_000

// helped are the goroutines that woke others at one of the objects before, the
// last first.
func (w *asker) helped(objects []*state.Object) (goids []int64) {
	log := w.s.rec.Log()
	for i := w.n - 1; i >= 0 && i >= w.n-helpBack && len(goids) < 3; i-- {
		e := log.At(i)
		if e.Kind != trace.GoBlock || !atOneOf(objects, uint64(e.B)) {
			continue
		}
		about, _ := w.s.fold.Goid(i)
		n := w.s.fold.Next(about, i+1)
		if n == 0 || n > w.n || log.At(n-1).Kind != trace.GoUnblock {
			continue
		}
		if _, by := w.s.fold.Goid(n - 1); by != 0 && by != about && !contains(goids, by) {
			goids = append(goids, by)
		}
	}
	return goids
}

func contains(list []int64, x int64) bool {
	for _, y := range list {
		if y == x {
			return true
		}
	}
	return false
}

func atOneOf(objects []*state.Object, addr uint64) bool {
	for _, x := range objects {
		if x.Addr == addr && addr != 0 {
			return true
		}
	}
	return false
}
