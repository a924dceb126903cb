package sim

import (
	"encoding/json"
	"fmt"

	"gopark/sim/code"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// CheckFolds runs rec once more. Whenever a turn is over, what the whole log
// says must agree with what a part of it says, counted from a state.
func CheckFolds(rec Recording) error {
	r := rec.(*recording)
	r.seek(r.shots[0].events, r.shots[0].events, true, func(int) {})
	s := r.shots[0]
	r.past.log.Rewind(s.events)
	r.past.sched.Restore(s.sched)
	r.past.vm.Restore(s.vm)
	whole, part := trace.NewFold(r.era.Rules()), (*trace.Fold)(nil)
	bring := func(f *trace.Fold) error {
		for f.Events < r.past.log.Len() {
			if err := f.Apply(r.head.log.At(f.Events)); err != nil {
				return err
			}
		}
		return nil
	}
	for turn := 0; ; turn++ {
		st := &state.State{Event: r.past.log.Len()}
		r.past.sched.Fill(st)
		if turn%97 == 0 {
			part = foldOf(st, r.era.Rules())
		}
		if err := bring(whole); err != nil {
			return err
		}
		if err := bring(part); err != nil {
			return err
		}
		if turn%5 > 0 {
			// Rarely enough that the test is over soon, and at other turns each time.
		} else if a, b := laidOver(st, whole), laidOver(st, part); a != b {
			i := 0
			for i < min(len(a), len(b)) && a[i] == b[i] {
				i++
			}
			cut := func(s string) string { return s[max(0, i-300):min(len(s), i+100)] }
			return fmt.Errorf("turn %d, event %d:\nthe whole log says … %s …\nthe part says      … %s …", turn, st.Event, cut(a), cut(b))
		}
		if !r.past.step() {
			return nil
		}
	}
}

// laidOver is st with what a fold says, as text.
func laidOver(st *state.State, f *trace.Fold) string {
	c := *st
	c.Cores, c.Threads = append([]state.Core(nil), c.Cores...), append([]state.Thread(nil), c.Threads...)
	c.Ps, c.Gs = append([]state.P(nil), c.Ps...), append([]state.G(nil), c.Gs...)
	overlay(&c, f)
	b, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// Often lets rec, which has not run yet, take a snapshot after so much work.
func Often(rec Recording, work uint64) { rec.(*recording).every = work }

// Snapshots is how many rec has, and the bytes that it counts for them.
func Snapshots(rec Recording) (n int, bytes int64) {
	r := rec.(*recording)
	return len(r.shots), r.held
}

// Sum is a checksum of the virtual machine's state after n events.
func Sum(rec Recording, n int) (sum uint64) {
	r := rec.(*recording)
	r.seek(r.clamp(n), r.clamp(n), false, func(int) { sum = r.past.vm.Sum() })
	return sum
}

// Linked is what a program became, for tests.
func (p *Program) Linked() *code.Program { return p.code }

// Sought is the state after n events as the second computer gets there, and the
// stack of goroutine g.
func Sought(rec Recording, n int, g int32) (st *state.State, stack *state.Stack) {
	r := rec.(*recording)
	r.seek(n, n, true, func(k int) { st, stack = r.look(k), r.past.vm.Stack(task.ID(g)) })
	return st, stack
}

// CheckWatched runs rec once more under a watch: the log must be the same.
func CheckWatched(rec Recording) error {
	r := rec.(*recording)
	log := &trace.Log{}
	r.watch(log)
	for i := range r.head.log.Len() {
		if i >= log.Len() || log.At(i) != r.head.log.At(i) {
			return fmt.Errorf("event %d of %d is another one under a watch, which has seen %d", i, r.head.log.Len(), log.Len())
		}
	}
	return nil
}
