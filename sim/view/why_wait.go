package view

import (
	"strconv"
	"strings"

	"gopark/sim/state"
	"gopark/sim/task"
)

// waiting says what goroutine i waits for, and who could let it go on.
func (w *asker) waiting(i int32) Verdict {
	g := &w.st.Gs[i]
	if g.System {
		w.say("{} is one of the runtime's own and waits, for {}, until it is needed: "+g.Reason+".", w.g(i), w.since(i))
		return VerdictMay
	}
	switch task.ReasonOf(g.Reason) {
	case task.Sleeping:
		return w.asleep(i)
	case task.IOWait:
		return w.network(i)
	case task.ChanReceiveNil, task.ChanSendNil:
		w.say("{} waits, for {}, for a nil channel, which nobody can ever use.", w.g(i), w.since(i))
		return VerdictNever
	case task.SelectNoCases:
		w.say("{} waits, for {}, in a select without cases: for ever.", w.g(i), w.since(i))
		return VerdictNever
	case task.GCWait, task.GCAssistWait:
		w.say("{} waits, for {}, for the collector: {}.", w.g(i), w.since(i), link(RefGC, 0, w.st.GC.Phase))
		return VerdictWill
	}
	return w.blocked(i)
}

func (w *asker) asleep(i int32) Verdict {
	for k := range w.st.Timers {
		t := &w.st.Timers[k]
		if t.ID >= 0 || t.G != i {
			continue
		}
		w.say("{} sleeps, for {}. {} is due in "+Duration(t.When-w.st.Time)+".", w.g(i), w.since(i), link(RefTimer, -w.st.Gs[i].ID, "Its timer"))
		w.whoLooks(t)
		return VerdictWill
	}
	if w.s.fold.own {
		w.say("{} sleeps, for {}; the kernel's clock wakes it.", w.g(i), w.since(i))
	} else {
		w.say("{} goes to sleep; its timer is about to be set.", w.g(i))
	}
	return VerdictWill
}

// whoLooks says who will see that a timer is due.
func (w *asker) whoLooks(t *state.Timer) {
	switch {
	case w.st.Rules.TimerHeaps > 0:
		w.say("A goroutine of the runtime's looks after it, and needs a thread and a P for that.")
	case t.P < 0 || int(t.P) >= len(w.st.Ps):
	case w.st.Ps[t.P].Thread >= 0:
		w.say("It is in the heap of {}, whose thread runs it when it next looks for work; thieves look there too.", w.p(t.P))
	case w.st.Sched.Poller >= 0:
		w.say("It is in the heap of {}, which is idle; {} waits in the network poller until the next timer is due.", w.p(t.P), w.m(w.st.Sched.Poller))
	default:
		w.say("It is in the heap of {}, which is idle; who has nothing else to do waits for it.", w.p(t.P))
	}
}

func (w *asker) network(i int32) Verdict {
	w.say("{} waits for the network, for {}. No thread waits with it.", w.g(i), w.since(i))
	for _, x := range w.st.Net {
		if x.G == i && x.When > w.st.Time && x.When < 1<<62 {
			w.say("The answer comes in " + Duration(x.When-w.st.Time) + ".")
		}
	}
	switch {
	case w.st.Sched.Poller >= 0:
		w.say("{} waits in the network poller and will find it.", w.m(w.st.Sched.Poller))
	case w.st.HasP:
		w.say("Who looks for work next asks the network; sysmon does, if nobody did for 10 ms.")
	}
	return VerdictWill
}

// blocked is a goroutine that waits for another.
func (w *asker) blocked(i int32) Verdict {
	g := &w.st.Gs[i]
	var objects []*state.Object
	var names []*Link
	for k := range w.st.Objects {
		if x := &w.st.Objects[k]; waitsAt(x, i) {
			objects, names = append(objects, x), append(names, w.linkAt(x.Addr))
		}
	}
	line := lineOf(g.File, g.Line)
	switch len(objects) {
	case 0:
		w.say("{} waits, for {}"+line+": "+g.Reason+".", w.g(i), w.since(i))
	case 1:
		w.say("{} waits, for {}"+line+": "+g.Reason+", {}.", w.g(i), w.since(i), names[0])
	default:
		w.say("{} waits, for {}"+line+", in a select for "+list(len(names), 0)+".", append([]*Link{w.g(i), w.since(i)}, names...)...)
	}
	if w.st.Ended != "" && len(w.chain) == 1 {
		w.say("The run is over: " + strings.TrimSuffix(w.st.Ended, ".") + ".")
	}
	timed := false
	for _, x := range objects {
		if x.Kind == "chan" {
			w.channel(x, i)
			timed = w.timed(x) || timed
			continue
		}
		if v, told := w.lock(x, i); told {
			return v
		}
	}
	if timed && len(objects) == 1 {
		return VerdictWill
	}
	v := w.others(i, objects)
	if timed {
		return VerdictWill
	}
	return v
}

func waitsAt(x *state.Object, i int32) bool {
	for _, ws := range [][]state.Waiter{x.Recv, x.Send, x.Waiters} {
		for _, y := range ws {
			if y.G == i {
				return true
			}
		}
	}
	return false
}

// channel says how it stands with a channel that goroutine i waits at.
func (w *asker) channel(x *state.Object, i int32) {
	role, queue := "receives", x.Send
	for _, y := range x.Recv {
		if y.G == i {
			role, queue = "sends", x.Recv
		}
	}
	what := "It has no buffer"
	if x.Cap > 0 {
		what = "Of its buffer's " + plural(x.Cap, "place", "places") + ", " + strconv.Itoa(x.Len) + " are full"
	}
	if role == "receives" && pipeFull(x) {
		what = "Its pipe holds " + Count(x.Bytes) + " bytes in " + strconv.Itoa(x.Pages) + " of " + Count(x.Room/4096) + " pages, and the value to be sent next takes " + Count(x.Send[0].Bytes)
	}
	at := 0
	for k, y := range queue {
		if y.G == i {
			at = k
		}
	}
	s := what + ": somebody must come who " + role
	if role == "sends" {
		s += " on {}, or closes it"
	} else {
		s += " from {}"
	}
	if at > 0 {
		s += "; " + plural(at, "goroutine is", "goroutines are") + " ahead in its queue"
	}
	w.say(s+".", w.linkAt(x.Addr))
}

// timed says when a timer will send on channel x, if one is set to.
func (w *asker) timed(x *state.Object) bool {
	for k := range w.st.Timers {
		if t := &w.st.Timers[k]; t.ID >= 0 && (t.ID == x.Timer || t.Chan == x.Addr) {
			w.say("{} sends on it in "+Duration(max(0, t.When-w.st.Time))+".", w.linkTimer(t))
			w.whoLooks(t)
			return true
		}
	}
	return false
}

// lock says who holds a lock that goroutine i waits for, and follows it. told is
// false if that is no question of a holder, or it is unknown.
func (w *asker) lock(x *state.Object, i int32) (v Verdict, told bool) {
	switch x.Kind {
	case "waitgroup":
		if x.Base != 0 {
			w.say("Its counter is " + strconv.Itoa(int(int32(x.Word>>32))) + ": so many calls of Done are missing.")
		}
		return "", false
	case "cond":
		w.say("Somebody must call Signal or Broadcast.")
		return "", false
	case "semaphore":
		w.say("Somebody must release it.")
		return "", false
	}
	if x.Writer {
		w.say("It has announced itself, so that nobody else may begin to read; " + plural(x.Readers, "reader", "readers") + " must leave first. Which, a lock does not remember.")
		return "", false
	}
	if !lockedWord(x) {
		if x.Kind == "mutex" && x.Base != 0 {
			w.say("It is not locked now: one that waited is about to take it.")
		}
		return "", false
	}
	who, when, ok := w.holder(x)
	if !ok {
		w.say("Who locked it is not known: a mutex does not remember.")
		return "", false
	}
	h := find(w.st, who.ID)
	if h == i {
		w.say("{} holds it itself, for {} now: Go's locks are not for locking twice.", who, when)
		w.why.Cycle = []*Link{who}
		return VerdictStuck, true
	}
	w.say("{} has held it for {}, and must unlock it first.", who, when)
	if h < 0 || w.st.Gs[h].Status == Dead {
		w.say("{} has ended and did not unlock it; another could, but seldom does.", who)
		return w.never(i, VerdictMay), true
	}
	w.depth++
	defer func() { w.depth-- }()
	switch v = w.goroutine(h); v {
	case VerdictStuck:
		return v, true
	case VerdictNever:
		return w.never(i, VerdictMay), true
	}
	return VerdictMay, true
}
