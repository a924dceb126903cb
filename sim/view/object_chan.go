package view

import (
	"strconv"
	"strings"

	"gopark/sim/state"
	"gopark/sim/view/phrase"
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
	f.fact(phrase.Address, hex(x.Addr), phrase.WhereItLiesInMemory)
	f.add("qcount", strconv.Itoa(x.Len), phrase.Values, phrase.ValuesInTheBuffer)
	f.add("dataqsiz", strconv.Itoa(x.Cap), phrase.Values, phrase.PlacesOfTheBuffer0Who)
	if x.Room > 0 {
		f.word(phrase.Bytes, Count(x.Bytes), phrase.BytesUnit, phrase.WhatLiesInThePipeThat)
		f.word(phrase.Pages, strconv.Itoa(x.Pages), phrase.Page, phrase.Fill(phrase.InWhichThatLiesOfThe, Count(x.Room/4096)))
	}
	f.add("elemsize", Count(x.Elem), phrase.BytesUnit, phrase.SizeOfOneValue)
	f.fact(phrase.ElementType, strings.TrimPrefix(x.Type, "chan "), phrase.TheirType)
	f.own("closed", yes(x.Closed), phrase.AClosedChannelGivesWhatIt)
	if x.Cap > 0 && x.Room == 0 {
		f.own("sendx", strconv.Itoa(x.SendX), phrase.ThePlaceIntoWhichTheNext)
		f.own("recvx", strconv.Itoa(x.RecvX), phrase.ThePlaceFromWhichTheNext)
		obj.Buffer = slots(x)
	}
	if x.Room > 0 {
		obj.Buffer = inPipe(x)
	}
	if x.Timer >= 0 {
		f.word(phrase.Timer, phrase.Yes, "", phrase.ATimerSendsOnIt, link(RefTimer, int64(x.Timer), phrase.ItsTimer))
	}
	obj.Fields = f.list
	obj.Queues = []Wait{
		o.wait("recvq", phrase.GoroutinesThatWantToReceiveFirst, x.Recv),
		o.wait("sendq", phrase.GoroutinesThatWantToSendFirst, x.Send),
	}
	return obj
}

func chanSays(x *state.Object) string {
	switch {
	case x.Closed:
		return phrase.AClosedChannel
	case x.Cap == 0:
		return phrase.AChannelWithoutABufferA
	case pipeFull(x):
		return phrase.AChannelWhosePipeIsFull
	case x.Len == x.Cap:
		return phrase.AChannelWhoseBufferIsFull
	case x.Len == 0:
		return phrase.AChannelWhoseBufferIsEmpty
	}
	return plural(x.Len, phrase.AChannelThatHoldsValueOf, strconv.Itoa(x.Cap))
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
	obj := &Object{Title: objectName(x), Says: phrase.GoroutinesWaitHereUntilAnotherLets}
	f := o.in(o.st.Rules.Sources.Sema, "semaRoot")
	f.fact(phrase.Address, hex(x.Addr), phrase.TheSemaphoresQueuesOfWaitersAre)
	if x.Type != "" {
		f.fact(phrase.Type, x.Type, phrase.WhatTheProgramCallsIt)
	}
	if x.Value != "" {
		f.fact(phrase.Value, x.Value, phrase.WhatItsFieldsSay)
	}
	if lockedWord(x) {
		if l, when, ok := o.holder(x); ok {
			f.word(phrase.HeldBy, l.Text, "", phrase.WhoLockedItAMutexDoes, l, when)
		} else if len(o.st.Procs) > 0 {
			f.fact(phrase.HeldBy, phrase.Unknown, phrase.AMutexOfAProcess)
		} else {
			f.fact(phrase.HeldBy, phrase.Unknown, phrase.AMutexDoesNotRememberWho)
		}
	}
	obj.Fields = f.list
	obj.Queues = []Wait{o.wait(phrase.Waiters, phrase.FirstComeFirstOneThatWas, x.Waiters)}
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
		return link(RefEvent, int64(n), phrase.AMoment)
	}
	return link(RefEvent, int64(n), Duration(o.st.Time-at))
}

func (o *opener) linkTimer(t *state.Timer) *Link {
	if t.ID < 0 {
		l := o.linkG(t.G)
		if l == nil {
			return link(RefTimer, 0, t.What)
		}
		return link(RefTimer, -l.ID, phrase.Fill(phrase.SleepOf, l.Text))
	}
	return link(RefTimer, int64(t.ID), phrase.Fill(phrase.TimerNumbered, strconv.Itoa(int(t.ID))))
}

func (o *opener) openTimer(id int64) *Object {
	for i := range o.st.Timers {
		t := &o.st.Timers[i]
		if l := o.linkTimer(t); l.ID != id {
			continue
		}
		obj := &Object{Title: o.linkTimer(t).Text, Says: phrase.Fill(phrase.ItIsDueIn, Duration(t.When-o.st.Time))}
		if t.When <= o.st.Time {
			obj.Says = phrase.ItIsDueAndRunsWhen
		}
		f := o.in(o.st.Rules.Sources.Timer, "timer")
		f.own("when", Duration(t.When), phrase.WhenItExpiresOnTheRuns)
		if t.Period > 0 {
			f.own("period", Duration(t.Period), phrase.AfterThatItIsSetAgain)
		}
		if t.Func != "" {
			f.fact(phrase.Runs, t.Func, phrase.TheFunctionThatItRuns)
		}
		if t.Chan != 0 {
			f.add("arg", hex(t.Chan), "", phrase.TheChannelThatItSendsThe, o.linkAt(t.Chan))
		}
		if l := o.linkG(t.G); l != nil {
			f.word(phrase.Wakes, l.Text, "", phrase.TheGoroutineThatSleepsOnIt, l)
		}
		if l := o.linkP(t.P); l != nil {
			f.word(phrase.Heap, l.Text, "", phrase.TheHeapThatItIsIn, l)
		}
		obj.Fields = f.list
		return obj
	}
	return nil
}
