package view

import (
	"strconv"

	"gopark/sim/state"
)

// Codes of a goroutine's status (runtime2.go:_Gidle and after; the same since 1.0).
var statusCodes = [...]string{FieldRunnable: "_Grunnable, 1", FieldRunning: "_Grunning, 2", FieldSyscall: "_Gsyscall, 3", FieldWaiting: "_Gwaiting, 4", FieldDead: "_Gdead, 6"}

func (o *opener) openG(i int32) *Object {
	if i < 0 {
		return nil
	}
	g, r := &o.st.Gs[i], &o.st.Rules
	obj := &Object{Title: "G" + Plain(g.ID), Says: "A goroutine: " + note(g, o.st.Time) + "."}
	f := o.in(r.Sources.G, "g")
	f.add("goid", Plain(g.ID), "", "Its number, which is never given out again.")
	code := g.Status
	if r.Sources.G != "" {
		code += " (" + statusCodes[fieldState(g.Status)] + ")"
	}
	name := r.Sources.Status
	if name == "" {
		name = "status"
	}
	f.add(name, code, "", "What it does, as the scheduler has it.")
	if g.Status != Dead {
		f.word("since", Duration(o.st.Time-g.Since), "", "How long it has been doing that. The runtime itself notes it only when it collects garbage (waitsince).")
	}
	if g.Status == Waiting {
		links := o.waitLinks(i)
		f.add("waitreason", g.Reason, "", "Why it waits, as a traceback would say it.", links...)
	}
	o.gWhere(f, g)
	o.gMade(f, g)
	o.gStack(f, g)
	if g.Status == Waiting && g.Sudogs > 0 {
		f.word("wait queues", strconv.Itoa(g.Sudogs), "", "The wait queues that it stands in: one for each case of a select.")
		if g.Sudogs > 1 {
			f.word("decided", yes(g.Won), "", "Whether a case of its select has won already.")
		}
	}
	if g.Defers > 0 {
		f.add("defer|_defer", strconv.Itoa(g.Defers), "calls", "Calls that it will make when functions return.")
	}
	if g.Panics > 0 {
		f.add("panic|_panic", strconv.Itoa(g.Panics), "panics", "Panics under way, innermost first.")
	}
	if r.Slice > 0 {
		f.add("preempt", yes(g.Preempt), "", preemptSays(r))
	} else {
		f.word("asked to stop", yes(g.Preempt), "", preemptSays(r))
	}
	if g.System {
		f.word("system", "yes", "", "The runtime started it for itself: it is not counted when the runtime asks whether all are asleep.")
	}
	obj.Fields = f.list
	return obj
}

func preemptSays(r *state.Rules) string {
	switch {
	case r.AsyncPreempt:
		return "Whether it was asked to stop; a signal makes it, wherever it is."
	case r.Slice > 0:
		return "Whether it was asked to stop; it looks at its next function call."
	}
	return "Whether the collector asks it to stop; nothing else ever does, and it looks when it calls the runtime."
}

// gWhere is where it runs.
func (o *opener) gWhere(f *fields, g *state.G) {
	if g.Thread >= 0 {
		l := o.linkM(g.Thread)
		f.ref("m", "The thread that runs it, or is in the kernel with it.", l)
	}
	if l := o.linkP(g.P); l != nil {
		f.word("P", l.Text, "", "The processor of the scheduler's that its thread holds.", l)
	}
	if l := o.linkM(g.LockedM); l != nil {
		f.ref("lockedm", "The only thread that may run it (LockOSThread).", l)
	}
	if at, says := o.gQueue(g); at != nil {
		f.word("queue", at.Text, "", says, at)
	}
	for i := range o.st.Timers {
		t := &o.st.Timers[i]
		if t.ID < 0 && t.G >= 0 && o.st.Gs[t.G].ID == g.ID {
			f.word("sleeps", Duration(t.When-o.st.Time), "left", "The timer that will wake it.", link(RefTimer, -g.ID, "its timer"))
		}
	}
	if g.Status == Dead {
		return
	}
	if g.Func != "" {
		f.word("at", g.Func+lineOf(g.File, g.Line), "", "Where in the source it is.")
	}
	if g.PC != 0 {
		f.add("sched.pc", hex(g.PC), "", "The instruction with which it goes on, as of the last time it left its thread or came back to it.")
	}
}

// gQueue is the run queue that g stands in.
func (o *opener) gQueue(g *state.G) (*Link, string) {
	w := o.place(g)
	switch w.kind {
	case inNext:
		l := o.linkP(w.which)
		l.Text += "’s runnext"
		return l, "It is the next to run there, within the time slice of the one before."
	case inQueue:
		l := o.linkP(w.which)
		l.Text += "’s queue, place " + strconv.Itoa(w.at+1) + " of " + strconv.Itoa(w.of)
		return l, "First in, first out."
	case inGlobal:
		return link(RefSched, 0, "the global queue, place "+strconv.Itoa(w.at+1)+" of "+strconv.Itoa(w.of)), "First in, first out."
	}
	return nil, ""
}

// A spot is a place in a queue.
type spot struct {
	place
	at, of int
}

// place is the run queue or free list that g stands in.
func (o *opener) place(g *state.G) spot {
	in := func(list []int32, kind placeKind, which int32) (spot, bool) {
		for i, x := range list {
			if x >= 0 && int(x) < len(o.st.Gs) && &o.st.Gs[x] == g {
				return spot{place{kind, which, g.ID}, i, len(list)}, true
			}
		}
		return spot{}, false
	}
	for i := range o.st.Ps {
		p := &o.st.Ps[i]
		if w, ok := in([]int32{p.Next}, inNext, p.ID); ok {
			return w
		}
		if w, ok := in(p.Queue, inQueue, p.ID); ok {
			return w
		}
		if w, ok := in(p.Free, inFree, p.ID); ok {
			return w
		}
	}
	if w, ok := in(o.st.Sched.Queue, inGlobal, -1); ok {
		return w
	}
	w, _ := in(o.st.Sched.Free, inFree, -1)
	return w
}

func lineOf(file string, line int32) string {
	if line <= 0 {
		return ""
	}
	return ", " + base(file) + ":" + strconv.Itoa(int(line))
}

// gMade is where it comes from.
func (o *opener) gMade(f *fields, g *state.G) {
	if g.Entry != "" {
		f.word("started with", g.Entry, "", "The function that it was started with.")
	}
	if g.GoLine > 0 {
		f.add("gopc", base(g.GoFile)+":"+strconv.Itoa(int(g.GoLine)), "", "The go statement that made it.")
	}
	if g.Parent > 0 {
		src := ""
		if o.st.Rules.NamesParent {
			src = "parentGoid"
		}
		if src != "" {
			f.add(src, Plain(g.Parent), "", "The goroutine that made it.", o.linkGoid(g.Parent, false))
		} else {
			f.word("made by", "G"+Plain(g.Parent), "", "The goroutine that made it. This release does not keep that; the log knows.", o.linkGoid(g.Parent, false))
		}
	}
	if made := o.s.fold.created(g.ID); made > 0 {
		f.word("made at", Duration(o.s.rec.Log().At(made-1).Time), "", "When it was made.", link(RefEvent, int64(made), "event "+Count(int64(made))))
	}
}

// gStack is its stack in numbers; Session.XRay has it in full.
func (o *opener) gStack(f *fields, g *state.G) {
	r := &o.st.Rules
	if g.StackSize == 0 || g.Status == Dead {
		return
	}
	if r.Sources.G == "" {
		f.word("stack reserved", Bytes(g.StackSize), "", "Addresses for its thread’s stack, which never moves; at their end is a guard page.")
		f.word("stack used", Count(g.StackUsed), "bytes", "What its calls use of them.")
		return
	}
	f.word("stack size", Bytes(g.StackSize), "", "How large its stack is now.")
	f.word("stack used", Count(g.StackUsed), "bytes", "Of that, what its calls use.")
	switch {
	case r.StackSegments:
		f.word("segments", strconv.Itoa(g.Segments), "", "Pieces that its stack is made of.")
	case g.StackLo != 0:
		f.add("stack.hi", hex(g.StackLo+uint64(g.StackSize)), "", "The end at which its first call stands.")
		f.add("stack.lo", hex(g.StackLo), "", "The other end.")
		if r.StackGuard > 0 {
			f.add("stackguard0", hex(g.StackLo+uint64(r.StackGuard)), "", "The bound that function prologues compare with; to ask it to stop, the runtime puts a value there that no stack pointer is above.")
		}
		f.word("copied", plural(g.Grown, "time", "times"), "", "How often it was copied to a larger one.")
	}
}

// waitLinks are what goroutine i waits for.
func (o *opener) waitLinks(i int32) (links []*Link) {
	for k := range o.st.Objects {
		x := &o.st.Objects[k]
		for _, ws := range [][]state.Waiter{x.Recv, x.Send, x.Waiters} {
			for _, w := range ws {
				if w.G == i {
					links = append(links, o.linkAt(x.Addr))
				}
			}
		}
	}
	return links
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
