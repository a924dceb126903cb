package view

import (
	"strconv"

	"gopark/sim"
	"gopark/sim/state"
	"gopark/sim/trace"
)

// A Told is a recording that nobody has simulated: somebody noted what a real
// program did. Of what was not noted, views say that it is unknown.
type Told interface {
	sim.Recording
	// Text is a text that an event refers to by its B: why a goroutine blocks.
	Text(n int64) string
	// Born is the i-th goroutine that was told of so far, from 0, and whether the
	// runtime has started it for itself.
	Born(i int) (goid int64, system, ok bool)
}

// toldUnknown is what nobody knows of a run that was told.
const toldUnknown = "in which queue a runnable goroutine is, the core of a thread, what channels and locks hold, timers, variables, sizes of stacks"

// meet gives the goroutines of a told run their names.
func (f *Fold) meet() {
	if f.told == nil {
		return
	}
	for {
		goid, system, ok := f.told.Born(f.met)
		if !ok {
			return
		}
		f.Names.Add(goid, system)
		f.met++
	}
}

// already, as an argument, says that an event tells what was so when the trace began.
const already = 1

// toldTemplate is the template of an event of a told run, "" if it is the same
// as that of a simulated one.
func (f *Fold) toldTemplate(e trace.Event) string {
	if f.told == nil {
		return ""
	}
	switch e.Kind {
	case trace.GoCreate:
		if e.M < 0 {
			return "{G} is there when the trace begins."
		}
		return "{by} creates {G}."
	case trace.GoStart:
		if e.B == already {
			return "{G} runs already on {M}."
		}
		return "{M} runs {G}< on {P}>."
	case trace.GoStop:
		if trace.Why(e.A) == trace.WhyPreempted { // the trace does not tell what for
			return "{G} stops but stays runnable: it is [preempt|preempted]."
		}
		return "{G} stops but stays runnable<: {A}>."
	case trace.GoBlock:
		if e.M < 0 {
			return "{G} waits already; for what, the trace does not tell."
		}
		return "{G} [park|blocks]<: {told}>."
	case trace.GoUnblock:
		if e.M < 0 {
			return "{G} becomes [ready]."
		}
		return "{by} makes {G} [ready]."
	case trace.GoSyscallBegin:
		if e.B == already {
			return "{G} is in a [system call] already, with {M}."
		}
		return "{G} enters a [system call] and takes {M} with it."
	case trace.GoSyscallEndBlocked:
		return "{G} is back from its [system call], but {M} had lost its P: it waits to run again."
	case trace.GoDestroy:
		return "{G} ends."
	case trace.ProcStart:
		if e.A == already {
			return "{M} has {P} when the trace begins."
		}
	case trace.ProcStop:
		return "{M} lets go of {P}."
	case trace.ProcsChange:
		return "[GOMAXPROCS] is {A}."
	}
	return ""
}

// traced is the board of what a trace told: the threads that have a P, on
// whichever core, those in system calls, the Ps that are nobody's, and who could
// run or waits.
func (b *builder) traced() *Board {
	now := b.now
	board := &Board{Time: now.Time, HasP: true, Ended: now.Ended, Stopped: now.Sched.Stopping, Traced: true}
	held := make([]bool, len(now.Ps))
	for i := range now.Threads {
		t := &now.Threads[i]
		switch {
		case t.P >= 0:
			held[t.P] = true
			m := b.machine(t, b.diff)
			m.Busy, m.P.Unknown = true, true
			board.Cores = append(board.Cores, CoreRow{ID: -1, M: m})
		case t.G >= 0 && len(board.Off) < maxOff:
			board.Off = append(board.Off, *b.machine(t, b.diff))
		default:
			board.OffMore++
		}
	}
	for i := range now.Ps {
		if !held[i] {
			tray := b.tray(&now.Ps[i], b.diff)
			tray.Unknown = true
			board.Idle = append(board.Idle, *tray)
		}
	}
	var ready []int32
	for i := range now.Gs {
		if now.Gs[i].Status == Runnable {
			ready = append(ready, int32(i))
		}
	}
	board.Ready = b.row(ready, globalPills)
	board.Waiting, board.GroupsN = b.groups()
	board.GC = b.collector()
	board.count(now)
	return board
}

// openTold is what a trace told of one thing.
func (o *opener) openTold(ref Ref) *Object {
	f := o.in("", "")
	obj := &Object{Ref: ref}
	switch ref.Kind {
	case RefG:
		g := find(o.st, ref.ID)
		if g < 0 {
			return nil
		}
		obj.Title = "G" + Plain(ref.ID)
		obj.Says = "A goroutine of the traced program: " + note(&o.st.Gs[g], o.st.Time) + "."
		o.toldG(f, &o.st.Gs[g])
	case RefM:
		if ref.ID < 0 || ref.ID >= int64(len(o.st.Threads)) {
			return nil
		}
		t := &o.st.Threads[ref.ID]
		obj.Title, obj.Says = t.Name, "A thread of the system, by the system’s number. What it does without a goroutine or a P a trace does not tell."
		f.word("does", doingTold(t), "", "What it does, as far as that is told.")
		f.word("goroutine", textOf(o.linkG(t.G)), "", "On the thread, running or in a system call.", some(o.linkG(t.G))...)
		f.word("P", textOf(o.linkP(t.P)), "", "That it holds.", some(o.linkP(t.P))...)
		f.word("core", unknown, "", "A trace does not tell on which core a thread is.")
	case RefP:
		if ref.ID < 0 || ref.ID >= int64(len(o.st.Ps)) {
			return nil
		}
		p := &o.st.Ps[ref.ID]
		obj.Title, obj.Says = "P"+strconv.FormatInt(ref.ID, 10), "A processor of Go’s scheduler: a thread needs one to run Go code."
		f.word("status", p.Status, "", "Whether a thread has it.")
		f.word("thread", textOf(o.linkM(p.Thread)), "", "That has it.", some(o.linkM(p.Thread))...)
		f.word("runnext", unknown, "", "A trace does not tell in which queue a goroutine is.")
		f.word("queue", unknown, "", "A trace does not tell in which queue a goroutine is.")
	case RefGC:
		obj.Title, obj.Says = "GC", "The garbage collector, as far as the trace tells."
		f.word("phase", o.st.GC.Phase, "", "What it does.")
		f.word("heap", heapTold(o.st.GC.Heap), "bytes", "Of objects, when it was told last.")
		f.word("goal", heapTold(o.st.GC.Goal), "bytes", "At which a collection is to be over.")
	default:
		return nil
	}
	obj.Fields = f.list
	return obj
}

const unknown = "unknown"

func (o *opener) toldG(f *fields, g *state.G) {
	f.word("goid", Plain(g.ID), "", "The number that the runtime has given it.")
	f.word("status", g.Status, "", "What it does.")
	if g.Status == Waiting {
		f.word("reason", orUnknown(g.Reason), "", "Why it waits, in the trace’s words. At which channel or lock, it does not tell.")
	}
	f.word("since", Duration(g.Since), "", "When that began.")
	f.word("function", orUnknown(g.Entry), "", "That it was started with.")
	if parent := find(o.st, g.Parent); parent >= 0 {
		f.word("made by", "G"+Plain(g.Parent), "", "The goroutine whose go statement made it.", some(o.linkG(parent))...)
	} else if g.Parent == 0 {
		f.word("made by", unknown, "", "It was there before the trace began.")
	}
	if g.GoLine > 0 {
		f.word("made at", base(g.GoFile)+":"+strconv.Itoa(int(g.GoLine)), "", "The go statement that made it.")
	}
	f.word("thread", textOf(o.linkM(g.Thread)), "", "It is on.", some(o.linkM(g.Thread))...)
	f.word("stack", unknown, "", "A trace has the calls, but no addresses, sizes or variables.")
}

func heapTold(n int64) string {
	if n <= 0 {
		return unknown
	}
	return Count(n)
}

func orUnknown(s string) string {
	if s == "" {
		return unknown
	}
	return s
}

func textOf(l *Link) string {
	if l == nil {
		return "none"
	}
	return l.Text
}

func some(l *Link) []*Link {
	if l == nil {
		return nil
	}
	return []*Link{l}
}

func doingTold(t *state.Thread) string {
	if t.Doing == state.DoingUntold {
		return unknown
	}
	return t.Doing
}

// whyTold says of a goroutine what a trace knows: what it does since when, and
// what becomes of it.
func (o *opener) whyTold(ref Ref) *Why {
	g := find(o.st, ref.ID)
	if ref.Kind != RefG || g < 0 || o.st.Gs[g].Status == Dead {
		return nil
	}
	w := &Why{Ref: ref, Title: "G" + Plain(ref.ID), Verdict: VerdictMay}
	x := &o.st.Gs[g]
	say := func(text string, l *Link) {
		step := Step{Depth: len(w.Steps), Pieces: []Piece{{Text: text, Rank: -1}}}
		if l != nil {
			step.Pieces = append(step.Pieces, Piece{Text: l.Text, Ref: &l.Ref, Rank: l.Rank}, Piece{Text: ".", Rank: -1})
		}
		w.Steps = append(w.Steps, step)
	}
	switch x.Status {
	case Running:
		w.Verdict = VerdictRuns
		say("It runs since "+Duration(x.Since)+" on ", o.linkM(x.Thread))
		return w
	case Runnable:
		say("It could run since "+Duration(x.Since)+". In which queue it waits, and behind whom, a trace does not tell.", nil)
	case Waiting:
		say("It waits since "+Duration(x.Since)+": "+orUnknown(x.Reason)+". For which channel or lock, a trace does not tell.", nil)
	case Syscall:
		say("It is in a system call since "+Duration(x.Since)+", on ", o.linkM(x.Thread))
	}
	for n, tries := o.n, 0; tries < alike; tries++ {
		n = o.s.fold.Next(ref.ID, n)
		if n == 0 {
			say("In the rest of the trace it never runs again.", nil)
			w.Verdict = VerdictNone
			return w
		}
		if e := o.s.rec.Log().At(n - 1); e.Kind == trace.GoStart {
			say("It runs again at "+Duration(e.Time)+", with ", link(RefEvent, int64(n), "event "+Count(int64(n))))
			w.Verdict = VerdictWill
			return w
		} else if e.Kind == trace.GoUnblock {
			_, by := o.s.fold.Goid(n - 1)
			who := link(RefEvent, int64(n), "event "+Count(int64(n)))
			if by != 0 && by != ref.ID {
				say("At "+Duration(e.Time)+" G"+Plain(by)+" makes it ready, with ", who)
			} else {
				say("At "+Duration(e.Time)+" it is made ready, with ", who)
			}
		}
	}
	return w
}
