package view

import (
	"strconv"
	"strings"

	"gopark/sim/state"
	"gopark/sim/view/phrase"
)

// A Verdict says what may become of a goroutine.
type Verdict string

// The verdicts. Only VerdictNever is a proof; it is given where nobody who may
// still run can come to what would wake the goroutine, and where that is known.
const (
	VerdictRuns  Verdict = "runs"        // it does
	VerdictWill  Verdict = "will run"    // it is runnable, or a clock or the kernel wakes it
	VerdictMay   Verdict = "may run"     // if another does what it waits for
	VerdictStuck Verdict = "deadlocked"  // it and others wait for each other in a circle
	VerdictNever Verdict = "never again" // nobody can wake it any more
	VerdictNone  Verdict = ""            // of a thread or a P
)

// A Piece is a part of a sentence: text, or the name of an object or of an
// instant that can be gone to.
type Piece struct {
	Text string `json:"t"`
	Ref  *Ref   `json:"f,omitempty"`
	Rank int    `json:"r"` // of a goroutine's Colour; else -1
}

// A Step is one link of the chain: a sentence, why the one before is so.
type Step struct {
	Pieces []Piece `json:"p"`
	Depth  int     `json:"d"` // steps of one depth stand side by side
}

// String is the sentence as text.
func (s Step) String() string {
	var b strings.Builder
	for _, p := range s.Pieces {
		b.WriteString(p.Text)
	}
	return b.String()
}

// A Why answers why something runs or does not, from the thing itself to what
// has to happen first.
type Why struct {
	Ref     Ref     `json:"ref"`
	Title   string  `json:"title"`
	Verdict Verdict `json:"verdict,omitempty"`
	Steps   []Step  `json:"steps"`
	Cycle   []*Link `json:"cycle,omitempty"` // goroutines that wait for each other, in their order
}

// Why says why the goroutine, thread or P that ref names does or does not run
// after n events; nil if there is no such thing.
func (s *Session) Why(n int, ref Ref) *Why {
	n = max(0, min(n, s.fold.Len()))
	o := &opener{s: s, n: n, st: s.state(n)}
	o.b = newBuilder(s.fold.Names, nil, o.st)
	if o.st.Traced {
		return o.whyTold(ref)
	}
	w := &asker{opener: o, why: &Why{Ref: ref}}
	switch ref.Kind {
	case RefG:
		g := find(o.st, ref.ID)
		if g < 0 {
			return nil
		}
		w.why.Title = "G" + Plain(ref.ID)
		w.why.Verdict = w.goroutine(g)
	case RefM:
		if ref.ID < 0 || ref.ID >= int64(len(o.st.Threads)) {
			return nil
		}
		w.why.Title = o.st.Threads[ref.ID].Name
		w.thread(&o.st.Threads[ref.ID])
	case RefP:
		if ref.ID < 0 || ref.ID >= int64(len(o.st.Ps)) {
			return nil
		}
		w.why.Title = "P" + Plain(ref.ID)
		w.processor(&o.st.Ps[ref.ID])
	default:
		return nil
	}
	return w.why
}

// An asker follows the chain.
type asker struct {
	*opener
	why   *Why
	chain []int32 // goroutines on the way to where it stands now
	depth int
}

// chainLength bounds how far a chain is followed.
const chainLength = 16

// say adds a step, with the values in the holes of its sentence.
func (w *asker) say(sentence string, values ...*Link) {
	s := Step{Pieces: pieces(nil, sentence, values), Depth: w.depth}
	s.Pieces[0].Text = phrase.Capital(s.Pieces[0].Text)
	w.why.Steps = append(w.why.Steps, s)
}

// pieces adds to p those of a sentence with values in its holes.
func pieces(p []Piece, sentence string, values []*Link) []Piece {
	for sentence != "" {
		text, hole, rest := phrase.Cut(sentence)
		p = put(p, &Piece{Text: text, Rank: -1})
		if hole > 0 {
			l := values[hole-1]
			if l.Kind != "" {
				p = put(p, &Piece{Text: l.Text, Ref: &l.Ref, Rank: l.Rank})
			}
			for i := range l.parts {
				p = put(p, &l.parts[i])
			}
		}
		sentence = rest
	}
	return p
}

// put adds a piece; text that leads nowhere goes on with what is before it.
func put(p []Piece, x *Piece) []Piece {
	if k := len(p) - 1; x.Ref == nil && (x.Text == "" || k >= 0 && p[k].Ref == nil) {
		if k >= 0 {
			p[k].Text += x.Text
		}
		return p
	}
	return append(p, *x)
}

// series is several links as one: "G1, G2 and 3 more". Each but the first has its
// sentence, and so has the last, if there are no more.
func series(links []*Link, next, last string, more int) *Link {
	s := &Link{}
	for i, l := range links {
		says := next
		switch {
		case i == 0:
			says = phrase.LinkFirst
		case i == len(links)-1 && more == 0:
			says = last
		}
		s.parts = pieces(s.parts, says, []*Link{l})
	}
	if more > 0 {
		s.parts = pieces(s.parts, phrase.AndSoManyMore, []*Link{amount(more)})
	}
	return s
}

// list is a series with commas between.
func list(links []*Link, more int) *Link {
	return series(links, phrase.LinkComma, phrase.LinkAnd, more)
}

// number is a link to nothing that says a number.
func number(n int) *Link { return plain(strconv.Itoa(n)) }

// amount is the same with its digits grouped, as goes with plurals.
func amount(n int) *Link { return plain(Count(int64(n))) }

// plain is a link to nothing.
func plain(text string) *Link {
	return &Link{Text: text, Rank: -1, parts: []Piece{{Text: text, Rank: -1}}}
}

// g, m and p name what exists.
func (w *asker) g(i int32) *Link {
	if l := w.linkG(i); l != nil {
		return l
	}
	return plain(phrase.NoGoroutine)
}

func (w *asker) m(i int32) *Link {
	if l := w.linkM(i); l != nil {
		return l
	}
	return plain(phrase.NoThread)
}

func (w *asker) p(i int32) *Link {
	if l := w.linkP(i); l != nil {
		return l
	}
	return plain(phrase.NoP)
}

// since is how long goroutine i has done what it does, with the event by which
// it came to that.
func (w *asker) since(i int32) *Link {
	g := &w.st.Gs[i]
	n := w.s.fold.Previous(g.ID, w.n+1)
	for n > 0 && gKind[w.s.rec.Log().At(n-1).Kind] == 0 {
		n = w.s.fold.Previous(g.ID, n)
	}
	if n == 0 {
		return plain(Duration(w.st.Time - g.Since))
	}
	return w.eventLink(n, w.s.rec.Log().At(n-1).Time)
}

// goroutine says why goroutine i does or doesn't run.
func (w *asker) goroutine(i int32) Verdict {
	for k, x := range w.chain {
		if x == i {
			return w.circle(k)
		}
	}
	if len(w.chain) == chainLength {
		w.say(phrase.AndSoOn)
		return VerdictMay
	}
	w.chain = append(w.chain, i)
	defer func() { w.chain = w.chain[:len(w.chain)-1] }()
	switch w.st.Gs[i].Status {
	case Running:
		return w.running(i)
	case Runnable:
		return w.runnable(i)
	case Syscall:
		return w.inKernel(i)
	case Waiting:
		return w.waiting(i)
	}
	w.say(phrase.HasEndedOrIsNotYet, w.g(i))
	return VerdictNever
}

// circle tells of the goroutines from the k-th of the chain on, of which the
// last waits for the first.
func (w *asker) circle(k int) Verdict {
	var names []*Link
	for _, g := range w.chain[k:] {
		names = append(names, w.g(g))
	}
	w.why.Cycle = names
	if len(names) == 1 {
		w.say(phrase.ItWaitsForItselfADeadlock)
		return VerdictStuck
	}
	w.say(phrase.WaitsForADeadlockACircle, names[0], series(append(names[1:len(names):len(names)], names[0]), phrase.WhichWaitsFor, phrase.WhichWaitsFor, 0))
	return VerdictStuck
}

func (w *asker) running(i int32) Verdict {
	g := &w.st.Gs[i]
	t := w.threadOf(g)
	switch {
	case t == nil:
		w.say(phrase.RunsFor, w.g(i), w.since(i))
	case t.Core < 0:
		w.say(phrase.RunsAsFarAsItsScheduler, w.g(i), w.m(t.ID))
		w.depth++
		w.thread(t)
		w.depth--
	case t.P >= 0:
		w.say(phrase.RunsOnWhichHoldsAndIs, w.g(i), w.m(t.ID), w.p(t.P), coreLink(t.Core), w.since(i))
	default:
		w.say(phrase.RunsOnWhichIsOnCore, w.g(i), w.m(t.ID), coreLink(t.Core), w.since(i))
	}
	if g.Func != "" {
		w.say(phrase.ItIsIn, plain(g.Func), plain(lineOf(g.File, g.Line)))
	}
	w.slice(i)
	return VerdictRuns
}

func coreLink(c int32) *Link { return link(RefCore, int64(c), strconv.Itoa(int(c))) }

func (w *asker) threadOf(g *state.G) *state.Thread {
	if g.Thread < 0 || int(g.Thread) >= len(w.st.Threads) {
		return nil
	}
	return &w.st.Threads[g.Thread]
}

// slice says how long a goroutine that runs may go on.
func (w *asker) slice(i int32) {
	g, r := &w.st.Gs[i], &w.st.Rules
	switch {
	case g.Preempt && r.AsyncPreempt:
		w.say(phrase.ItWasAskedToStopAnd)
		return
	case g.Preempt:
		w.say(phrase.ItWasAskedToStopAndWill)
		return
	case g.P < 0 || int(g.P) >= len(w.st.Ps):
		if r.Slice == 0 && r.Sources.G != "" {
			w.say(phrase.NobodyTakesTheThreadFromIt)
		}
		return
	case r.Slice == 0:
		w.say(phrase.NobodyTakesThePFromIt)
		return
	}
	p := &w.st.Ps[g.P]
	if p.SeenTick != p.SchedTick {
		w.say(phrase.ItsTimeSliceOfBeginsWhen, plain(Duration(r.Slice)), w.p(p.ID))
		return
	}
	left := p.SliceStart + r.Slice - w.st.Time
	if left <= 0 {
		w.say(phrase.ItsTimeSliceIsUsedUp)
		return
	}
	w.say(phrase.OfItsTimeSliceAreLeft, plain(Duration(left)))
}
