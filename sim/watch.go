package sim

import (
	"gopark/sim/trace"
	"gopark/sim/vm"
)

// A Watcher is a Recording that counts what its log does not tell. It runs once more
// for that, when first asked, with an eye on every instruction.
type Watcher interface {
	// Executed is how often goroutine goid, 0: any, has executed a line of the
	// reader's file: that instruction of the line which it has run most often. Line 0
	// stands for how many values came to it through channels.
	Executed(line int32, goid int64) int64
}

// mostWatched bounds the instructions that are looked at: those of a program that goes
// round for ever would take as long as the reader waits.
const mostWatched = 5e6

// Executed implements Watcher.
func (r *recording) Executed(line int32, goid int64) (most int64) {
	if r.eye == nil || r.eyed != r.head.log.Len() {
		r.eyed = r.head.log.Len()
		r.eye = r.watch(trace.ResumeAt(0, func(int) {}))
	}
	for spot, n := range r.eye.Counts { // any order: the largest
		if spot.Goid() == goid && r.head.vm.Line(spot.PC()) == line {
			most = max(most, n)
		}
	}
	return most
}

// watch runs the recording once more, into log, as far as the head has got.
func (r *recording) watch(log *trace.Log) *vm.Watch {
	w := &vm.Watch{Counts: map[vm.Spot]int64{}}
	c := r.another(log, w)
	if err := c.boot(r.prog, r.era); err != nil {
		panic(err) // the head has been started from the same program
	}
	for (log.Len() < r.head.log.Len() || c.vm.Steps() < r.head.vm.Steps()) && w.Seen < mostWatched && c.step() {
	}
	c.vm.Release()
	return w
}

// another is one more computer like the head; what it writes was written before.
func (r *recording) another(log *trace.Log, watch *vm.Watch) *computer {
	cfg := r.cfg
	cfg.watch = watch
	c, err := newComputer(r.prog, r.era, cfg, log, sinks{func(int, []byte) {}, func(vm.Annotation) {}})
	if err != nil {
		panic("sim: another computer can't be built: " + err.Error())
	}
	return c
}
