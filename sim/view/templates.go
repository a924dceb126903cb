package view

import (
	"gopark/sim/task"
	"gopark/sim/trace"
	"gopark/sim/view/phrase"
)

// templateOf is the template of e's kind, or of its kind and an argument.
func templateOf(e trace.Event) string {
	switch e.Kind {
	case trace.GoStart:
		switch trace.Place(e.A) {
		case trace.InThread:
		case trace.InGlobal:
			if e.P < 0 {
				return phrase.MRunsGTheHeadOf
			}
		default:
			if e.P < 0 { // the other places are those of a P
				return phrase.MRunsG
			}
		}
		return phrase.Starts[e.A]
	case trace.GoCreate:
		if e.M < 0 {
			return phrase.GIsMadeBeforeMainStarts
		}
		return phrase.ByCreatesGWhichGoesTo
	case trace.GoUnblock:
		if e.M < 0 {
			return phrase.GBecomesReadyItGoesTo
		}
		return phrase.ByMakesGReadyItGoes
	case trace.GlobalTake:
		if e.A == 1 {
			return phrase.MTakesGFromTheHead
		}
	case trace.Steal:
		if e.B == 1 {
			return phrase.MSteal
		}
	case trace.GoStop:
		if trace.Why(e.A) == trace.WhyPreempted { // for its slice, or for a stop of the world
			return phrase.GStopsButStaysRunnableIt
		}
	case trace.GoPreempt:
		if trace.Why(e.A) == trace.WhyTime {
			return phrase.GSTimeSliceHasLasted
		}
	case trace.GoSyscallBegin:
		if e.A < 0 {
			return phrase.GEntersASystemCallAnd
		}
	case trace.Look:
		return phrase.MLooksANothing
	case trace.PollBegin:
		if e.A < 0 {
			return phrase.MWithoutAPWaitsIn
		}
		return phrase.MWithoutAPWaitsInThe
	case trace.TimerSet, trace.TimerFire:
		return timerTemplate(e)
	}
	return phrase.Events[e.Kind]
}

func timerTemplate(e trace.Event) string {
	switch {
	case e.Kind == trace.TimerSet && e.A < 0:
		return phrase.GWillBeWokenAtB
	case e.Kind == trace.TimerSet:
		return phrase.ATimerIsSetForB
	case e.A < 0:
		return phrase.TheTimerThatGSleepsOn
	}
	return phrase.MRunsATimerDueAt
}

// reasonWord is the word that explains a wait reason, "" if none does.
func reasonWord(r task.Reason) string {
	switch r {
	case task.ChanReceive, task.ChanSend, task.ChanReceiveNil, task.ChanSendNil:
		return "channel"
	case task.Select, task.SelectNoCases:
		return "select"
	case task.MutexLock, task.RWMutexLock, task.RWMutexRLock, task.Semacquire, task.CondWait, task.WaitGroupWait:
		return "semaphore"
	case task.Sleeping:
		return "timer"
	case task.IOWait:
		return "netpoll"
	}
	return ""
}
