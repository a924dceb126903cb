package view

import (
	"strconv"
	"strings"

	"gopark/sim/state"
)

// openAt opens the channel, lock or semaphore at addr.
func (o *opener) openAt(addr uint64) *Object {
	x := o.objectAt(addr)
	if x == nil {
		return nil
	}
	if x.Kind == "chan" {
		return o.openChan(x)
	}
	return o.openLock(x)
}

func (o *opener) openChan(x *state.Object) *Object {
	obj := &Object{Title: objectName(x), Says: chanSays(x)}
	f := o.in(o.st.Rules.Sources.Chan, "hchan")
	f.word("address", hex(x.Addr), "", "Where it lies in memory.")
	f.add("qcount", strconv.Itoa(x.Len), "values", "Values in the buffer.")
	f.add("dataqsiz", strconv.Itoa(x.Cap), "values", "Places of the buffer; 0: who sends and who receives must meet.")
	if x.Room > 0 {
		f.word("bytes", Count(x.Bytes), "bytes", "What lies in the pipe that the channel is: the kernel’s copy of the values, as an encoder writes them.")
		f.word("pages", strconv.Itoa(x.Pages), "pages", "In which that lies, of the "+Count(x.Room/4096)+" that a pipe has. What doesn’t fit the rest of the last page begins a new one; when all are taken, who sends waits, however many places the channel was made with.")
	}
	f.add("elemsize", Count(x.Elem), "bytes", "Size of one value.")
	f.word("element type", strings.TrimPrefix(x.Type, "chan "), "", "Their type.")
	f.add("closed", yes(x.Closed), "", "A closed channel gives what it holds, then zeros, and panics on a send.")
	if x.Cap > 0 && x.Room == 0 {
		f.add("sendx", strconv.Itoa(x.SendX), "", "The place into which the next value goes.")
		f.add("recvx", strconv.Itoa(x.RecvX), "", "The place from which the next comes.")
		obj.Buffer = slots(x)
	}
	if x.Room > 0 {
		obj.Buffer = inPipe(x)
	}
	if x.Timer >= 0 {
		f.word("timer", "yes", "", "A timer sends on it.", link(RefTimer, int64(x.Timer), "its timer"))
	}
	obj.Fields = f.list
	obj.Queues = []Wait{
		o.wait("recvq", "Goroutines that want to receive, first come first.", x.Recv),
		o.wait("sendq", "Goroutines that want to send, first come first, each with its value.", x.Send),
	}
	return obj
}

func chanSays(x *state.Object) string {
	switch {
	case x.Closed:
		return "A closed channel."
	case x.Cap == 0:
		return "A channel without a buffer: a value goes from hand to hand."
	case pipeFull(x):
		return "A channel whose pipe is full: what is to be sent next needs more bytes than are left."
	case x.Len == x.Cap:
		return "A channel whose buffer is full: who sends now must wait."
	case x.Len == 0:
		return "A channel whose buffer is empty: who receives now must wait."
	}
	return "A channel that holds " + plural(x.Len, "value", "values") + " of at most " + strconv.Itoa(x.Cap) + "."
}

// pipeFull reports whether someone waits to send to a pipe that has places for more
// values, but not the bytes.
func pipeFull(x *state.Object) bool { return x.Room > 0 && x.Len < x.Cap && len(x.Send) > 0 }

// slots are the places of a channel's buffer in memory's order. The state has
// its first values, oldest first.
func slots(x *state.Object) []Slot {
	list := make([]Slot, min(x.Cap, 64))
	mark := func(i int, m string) {
		if i < len(list) {
			list[i].Marks = strings.TrimSpace(list[i].Marks + " " + m)
		}
	}
	for k, v := range x.Buffer {
		if i := (x.RecvX + k) % x.Cap; i < len(list) {
			list[i].Value, list[i].Used = v, true
		}
	}
	mark(x.RecvX, "recvx")
	mark(x.SendX, "sendx")
	return list
}

// inPipe is what lies in a pipe, oldest first: it has no places.
func inPipe(x *state.Object) (list []Slot) {
	for _, v := range x.Buffer {
		list = append(list, Slot{Value: v, Used: true})
	}
	return list
}

func (o *opener) openLock(x *state.Object) *Object {
	obj := &Object{Title: objectName(x), Says: "Goroutines wait here until another lets one of them go on."}
	f := o.in(o.st.Rules.Sources.Sema, "semaRoot")
	f.word("address", hex(x.Addr), "", "The semaphore’s; queues of waiters are found by it.")
	if x.Type != "" {
		f.word("type", x.Type, "", "What the program calls it.")
	}
	if x.Value != "" {
		f.word("value", x.Value, "", "What its fields say.")
	}
	if lockedWord(x) {
		if l, when, ok := o.holder(x); ok {
			f.word("held by", l.Text, "", "Who locked it. A mutex does not remember that: Gopark saw who set its bit.", l, when)
		} else {
			f.word("held by", "unknown", "", "A mutex does not remember who locked it, and it is too long ago to look it up.")
		}
	}
	obj.Fields = f.list
	obj.Queues = []Wait{o.wait("waiters", "First come first; one that was woken and lost the lock to another goes to the front.", x.Waiters)}
	return obj
}

// The lowest bit of a mutex's word says that it is locked
// (internal/sync/mutex.go:mutexLocked).
func lockedWord(x *state.Object) bool {
	return (x.Kind == "mutex" || x.Kind == "rwmutex") && x.Base != 0 && x.Word&1 != 0
}

// holder is who locked mutex x, and when.
func (o *opener) holder(x *state.Object) (who, when *Link, ok bool) {
	insp, can := o.s.inspector()
	if !can || !lockedWord(x) {
		return who, when, false
	}
	w, ok := insp.LastWrite(o.n, x.Base, 1)
	if !ok || w.After&1 == 0 {
		return who, when, false
	}
	return o.linkGoid(w.Goid, false), o.eventLink(w.Event, w.Time), true
}

// eventLink leads to event n, and says how long ago that was.
func (o *opener) eventLink(n int, at int64) *Link {
	if at >= o.st.Time {
		return link(RefEvent, int64(n), "a moment")
	}
	return link(RefEvent, int64(n), Duration(o.st.Time-at))
}

func (o *opener) linkTimer(t *state.Timer) *Link {
	if t.ID < 0 {
		l := o.linkG(t.G)
		if l == nil {
			return link(RefTimer, 0, t.What)
		}
		return link(RefTimer, -l.ID, "sleep of "+l.Text)
	}
	return link(RefTimer, int64(t.ID), "timer "+strconv.Itoa(int(t.ID)))
}

func (o *opener) openTimer(id int64) *Object {
	for i := range o.st.Timers {
		t := &o.st.Timers[i]
		if l := o.linkTimer(t); l.ID != id {
			continue
		}
		obj := &Object{Title: o.linkTimer(t).Text, Says: "It is due in " + Duration(t.When-o.st.Time) + "."}
		if t.When <= o.st.Time {
			obj.Says = "It is due, and runs when somebody looks."
		}
		f := o.in(o.st.Rules.Sources.Timer, "timer")
		f.add("when", Duration(t.When), "", "When it expires, on the run’s clock.")
		if t.Period > 0 {
			f.add("period", Duration(t.Period), "", "After that it is set again.")
		}
		if t.Func != "" {
			f.word("runs", t.Func, "", "The function that it runs.")
		}
		if t.Chan != 0 {
			f.add("arg", hex(t.Chan), "", "The channel that it sends the time on.", o.linkAt(t.Chan))
		}
		if l := o.linkG(t.G); l != nil {
			f.word("wakes", l.Text, "", "The goroutine that sleeps on it.", l)
		}
		if l := o.linkP(t.P); l != nil {
			f.word("heap", l.Text, "", "The heap that it is in.", l)
		}
		obj.Fields = f.list
		return obj
	}
	return nil
}
