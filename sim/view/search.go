package view

import (
	"gopark/sim/state"
	"gopark/sim/trace"
	"gopark/sim/view/phrase"
)

// A SearchStep is a place where a thread looks for work, as
// runtime/proc.go:findRunnable does, and how far it is.
type SearchStep struct {
	Place string `json:"place"`
	Func  string `json:"func"`            // of the runtime
	Found string `json:"found,omitempty"` // FoundNothing: it was looked at; FoundNow: it is the next to be
	Event int    `json:"n,omitempty"`     // that tells so
}

// What is said of a place where a thread looks: looked at in vain, and the next to be.
const (
	FoundNothing = phrase.Nothing
	FoundNow     = phrase.Now
)

// placeWords names the places. Of eras whose findRunnable is in C, the
// functions have the same names but for their case.
var placeWords = [state.NumPlaces]struct{ words, fn string }{
	state.PlaceHanded:     {phrase.WhatAnotherThreadChoseForIt, "nextgandunlock"},
	state.PlaceTimers:     {phrase.TimersOfItsPThatAre, "(*timers).check"},
	state.PlaceGCWorker:   {phrase.AWorkerOfTheCollectorsIf, "findRunnableGCWorker"},
	state.PlaceTick:       {phrase.TheGlobalQueueEvery61Ticks, "globrunqget"},
	state.PlaceLocal:      {phrase.ItsPsRunnextAndQueue, "runqget"},
	state.PlaceGlobal:     {phrase.TheGlobalQueue, "globrunqget"},
	state.PlaceNetpoll:    {phrase.TheNetworkWithoutWaiting, "netpoll"},
	state.PlaceSteal:      {phrase.TheQueuesOfOtherPs, "stealWork"},
	state.PlaceStealNext:  {phrase.TimersAndRunnextOfOtherPs, "runqgrab"},
	state.PlaceGlobalLast: {phrase.TheGlobalQueueAgainUnderThe, "globrunqget"},
	state.PlaceIdleGC:     {phrase.AWorkerOfTheCollectorsSince, "gcController"},
	state.PlaceAgain:      {phrase.AllQueuesOnceMoreWithoutA, "checkRunqsNoP"},
	state.PlacePoll:       {phrase.TheNetworkWaitingUntilTheNext, "netpoll"},
	state.PlaceSleep:      {phrase.NowhereItSleeps, "stopm"},
}

// looked says which place an event tells was looked at in vain.
var looked = [trace.NumWheres]state.Place{
	trace.LookTimers: state.PlaceTimers, trace.LookTick: state.PlaceTick, trace.LookLocal: state.PlaceLocal,
	trace.LookGlobal: state.PlaceGlobal, trace.LookNet: state.PlaceNetpoll, trace.LookSteal: state.PlaceSteal,
	trace.LookTimer2: state.PlaceStealNext, trace.LookNext: state.PlaceStealNext, trace.LookAgain: state.PlaceAgain,
}

// searchBack is how many events back a search is followed.
const searchBack = 512

// search is where thread m looks for work at this instant: what its events have
// told since it began to.
func (o *opener) search(m int32) []SearchStep {
	places := o.st.Rules.Places
	last, at := -1, map[state.Place]int{}
	log := o.s.rec.Log()
	for i := o.n - 1; i >= 0 && i >= o.n-searchBack; i-- {
		e := log.At(i)
		if e.M != m {
			continue
		}
		if e.Kind != trace.Look && e.Kind != trace.SpinBegin && e.Kind != trace.SpinEnd {
			break
		}
		if e.Kind != trace.Look {
			continue
		}
		p := looked[e.A]
		if at[p] == 0 {
			at[p] = i + 1
		}
		for k, x := range places {
			if x == p {
				last = max(last, k)
			}
		}
	}
	var steps []SearchStep
	for k, p := range places {
		s := SearchStep{Place: placeWords[p].words, Func: placeWords[p].fn, Event: at[p]}
		switch {
		case k <= last:
			s.Found = FoundNothing
		case k == last+1:
			s.Found = FoundNow
		}
		steps = append(steps, s)
	}
	return steps
}
