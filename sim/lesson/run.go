package lesson

import (
	"gopark/sim"
	"gopark/sim/formula"
	"gopark/sim/task"
)

// Run is a recording that has ended, as formulas ask it; source is the program.
func Run(rec sim.Recording, era, source string) *formula.Run {
	if era == "" {
		era = sim.DefaultEra
	}
	r := &formula.Run{Log: rec.Log(), End: rec.Now(), Era: era, Source: source, System: map[int64]bool{}}
	r.Rules, _ = sim.Rules(era)
	for _, o := range rec.Output() {
		r.Output = append(r.Output, formula.Piece{Event: o.Event, Error: o.FD == 2, Text: o.Text})
	}
	_, r.Exit = rec.Ended()
	if l, ok := rec.(interface{ Limited() bool }); ok {
		r.Hung = l.Limited()
	}
	r.Memory = func(n int) formula.Memory {
		m := &rec.At(n).Memory
		return formula.Memory{Reserved: m.Reserved, Touched: m.Touched, Kernel: m.Kernel}
	}
	if w, ok := rec.(sim.Watcher); ok {
		r.Executed = w.Executed
	}
	end := rec.At(rec.Log().Len())
	r.Saves = formula.Saves{Call: end.Rules.CallSave, Signal: end.Rules.SignalSave, Thread: end.Rules.ThreadSave}
	// The runtime's own goroutines never end.
	for _, g := range end.Gs {
		if g.System {
			r.System[g.ID] = true
		}
	}
	r.Stack = func(n int, g task.ID) int64 {
		if gs := rec.At(n).Gs; int(g) < len(gs) {
			return gs[g].StackSize
		}
		return 0
	}
	return r
}
