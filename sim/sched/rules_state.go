package sched

import (
	"gopark/sim/machine"
	"gopark/sim/state"
)

// stateRules are the era's rules as a picture needs them.
func (e *Era) stateRules(places []state.Place) state.Rules {
	r := state.Rules{
		Sources: e.Sources, Places: places,
		RunNext: e.RunNext, Ring: e.Ring, FreeLocal: e.FreeLocal, GoidBatch: e.GoidBatch,
		Slice: e.Slice, AsyncPreempt: e.AsyncPreempt, RetakeAfter: e.RetakeAfter, KeepsP: e.SyscallKeepsP,
		NeedSpin: e.NeedSpin, OldM: e.OldM, NamesParent: e.VM.TraceParent, TimerHeaps: e.TimerHeaps, SysmonMin: e.SysmonMin, SysmonMax: e.SysmonMax, ForceGC: e.ForceGC,
		DeadlockSeen: e.DeadlockSeen,
		StackMin:     e.VM.Stack, StackGuard: e.VM.StackGuard, StackMax: e.VM.MaxStack,
		StackSegments: e.VM.StackSegments, StackShrinks: e.VM.StackShrinks,
		SizeG: e.Sizes.G, ThreadBytes: kernelThreads.Sizes.Thread, ThreadTouched: kernelThreads.Sizes.Touched,
		CallWords: e.CallWords, CallSave: e.CallSave, SignalSave: e.SignalSave, ThreadSave: machine.ThreadSave,
	}
	if e.VM.CountsThreads {
		r.MaxThreads = e.MaxThreads
	}
	return r
}

// places are where schedule and findRunnable of this era look, in their order.
func (s *gmp) places() []state.Place {
	e := s.era
	var list []state.Place
	add := func(has bool, p ...state.Place) {
		if has {
			list = append(list, p...)
		}
	}
	add(e.TimerHeaps == 0, state.PlaceTimers)
	add(e.VM.MarkBeside, state.PlaceGCWorker)
	add(e.TickCheck > 0, state.PlaceTick)
	add(true, state.PlaceLocal, state.PlaceGlobal, state.PlaceNetpoll, state.PlaceSteal)
	add(e.StealNextAt > 0, state.PlaceStealNext)
	add(true, state.PlaceGlobalLast)
	add(e.VM.MarkBeside, state.PlaceIdleGC)
	add(true, state.PlaceAgain, state.PlacePoll, state.PlaceSleep)
	return list
}

// gmPlaces are those of Go 1.0 (runtime/proc.c:nextgandunlock).
var gmPlaces = []state.Place{state.PlaceHanded, state.PlaceGlobal, state.PlaceSleep}

// fillSched adds what only a scheduler with Ps has.
func (s *gmp) fillSched(st *state.State) {
	q := &st.Sched
	q.GoidGen, q.Live, q.NeedSpin, q.IdleLocked = s.goidGen, s.live, s.needSpin, int(s.locked)
	q.Stopper, q.Poller, q.LastPoll = s.stopper, s.poller, s.lastPoll
	if s.stopping {
		q.StopWait = int(s.stopWait)
	}
	if s.poller != none && s.pollUntil != machine.Never {
		q.PollUntil = s.pollUntil
	}
	if s.era.SysmonMin > 0 {
		q.SysmonDeep, q.SysmonDelay, q.SysmonIdle = s.monSleep == monDeep, s.monDelay, s.monIdle
		if at := s.mach.Alarm(); at != machine.Never {
			q.SysmonNext = at
		}
	}
	for _, id := range s.net {
		st.Net = append(st.Net, state.Poll{G: int32(id), When: s.gs[id].when})
	}
	s.fillGC(&st.GC)
}

var workerModes = [...]string{notMarking: "", markWhole: "dedicated", markShare: "fractional", markIdle: "idle"}

// fillGC says what the collector's workers are about; what they mark is the
// virtual machine's to say.
func (s *gmp) fillGC(gc *state.GC) {
	c := &s.collect
	gc.Ended = c.ended
	if !c.on {
		return
	}
	gc.Phase, gc.Begun, gc.Whole, gc.Share, gc.Of, gc.Idle = state.GCMark, c.begun, int(c.given), int(c.share), int(c.of), int(c.idle)
	for i := range s.gs {
		x := &s.gs[i]
		if x.worker == notMarking {
			continue
		}
		w := state.Worker{G: int32(i), P: none, Mode: workerModes[x.worker]}
		if x.m != none {
			w.P = s.ms[x.m].p
		}
		for _, p := range s.ps[:s.procs] {
			if int32(p.marker) == w.G {
				w.P = p.id
			}
		}
		gc.Workers = append(gc.Workers, w)
	}
	for _, id := range c.pool {
		gc.Workers = append(gc.Workers, state.Worker{G: int32(id), P: none})
	}
}
