package sim

import (
	"gopark/sim/trace"
	"gopark/sim/vm"
)

// A Watcher is a Recording that counts what its log does not tell. It runs once more
// for that, when first asked, with an eye on every instruction.
type Watcher interface {
	// Executed is how often goroutine goid, 0: any, has executed a line of the
	// reader's file: that instruction of the line which it has run most often.
	Executed(line int32, goid int64) int64
	// Received is how many values came to goroutine goid, 0: any, through channels.
	Received(goid int64) int64
}

// mostWatched bounds the instructions that are looked at: those of a program that goes
// round for ever would take as long as the reader waits.
const mostWatched = 5e6

// Executed implements Watcher.
func (r *recording) Executed(line int32, goid int64) (most int64) {
	c := r.watched()
	ran := map[uint32]int64{}
	for spot, n := range c.watch.Ran { // any order: a sum
		if (goid == 0 || spot.Goid == goid) && c.vm.Line(spot.PC) == line {
			ran[spot.PC] += n
			most = max(most, ran[spot.PC])
		}
	}
	return most
}

// Received implements Watcher.
func (r *recording) Received(goid int64) (n int64) {
	received := r.watched().watch.Received
	if goid != 0 {
		return received[goid]
	}
	for _, k := range received { // any order: a sum
		n += k
	}
	return n
}

// A watched is a computer that has run under a watch as far as the head has got.
type watched struct {
	vm    *vm.VM
	watch *vm.Watch
	to    int // events
}

func (r *recording) watched() *watched {
	if r.eye == nil || r.eye.to != r.head.log.Len() {
		r.eye = r.watch(trace.ResumeAt(0, func(int) {}))
	}
	return r.eye
}

// watch runs the recording once more, into log.
func (r *recording) watch(log *trace.Log) *watched {
	w := &watched{watch: vm.NewWatch(), to: r.head.log.Len()}
	cfg := r.cfg
	cfg.watch = w.watch
	c, err := newComputer(r.prog, r.era, cfg, log, sinks{func(int, []byte) {}, func(vm.Annotation) {}})
	if err == nil {
		err = c.boot(r.prog, r.era)
	}
	if err != nil {
		panic("sim: the computer that is watched can't be built: " + err.Error())
	}
	for (log.Len() < w.to || c.vm.Steps() < r.head.vm.Steps()) && w.watch.Seen < mostWatched && c.step() {
	}
	w.vm = c.vm
	c.vm.Release()
	return w
}
