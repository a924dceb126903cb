package view

import (
	"strings"

	"gopark/sim/view/phrase"
)

// A LockRow is a lock of the scheduler's that a thread has or wants.
type LockRow struct {
	Name   string   `json:"name"`
	Holder string   `json:"holder,omitempty"` // thread; "": nobody has it now
	Spins  []string `json:"spins,omitempty"`  // threads that want it, and run in a circle
	Sleeps []string `json:"sleeps,omitempty"` // and those that sleep meanwhile
}

// locks are those that are held or wanted at this instant. A lock that is free is
// taken and given back at one instant, and so is not among them.
func (b *builder) locks() (list []LockRow) {
	name := func(m int32) string {
		if m < 0 || int(m) >= len(b.now.Threads) {
			return ""
		}
		return b.now.Threads[m].Name
	}
	for i := range b.now.Sched.Locks {
		l := &b.now.Sched.Locks[i]
		if l.Holder < 0 && len(l.Waiters) == 0 {
			continue
		}
		row := LockRow{Name: l.Name, Holder: name(l.Holder)}
		for _, w := range l.Waiters {
			if w.Asleep {
				row.Sleeps = append(row.Sleeps, name(w.Thread))
			} else {
				row.Spins = append(row.Spins, name(w.Thread))
			}
		}
		list = append(list, row)
	}
	return list
}

// Words say who has the lock and who wants it.
func (l LockRow) Words() string {
	w := phrase.NobodyHasIt
	if l.Holder != "" {
		w = phrase.Fill(phrase.HasIt, l.Holder)
	}
	if len(l.Spins) > 0 {
		w = phrase.Fill(phrase.SpinningForIt, w, strings.Join(l.Spins, phrase.Comma))
	}
	if len(l.Sleeps) > 0 {
		w = phrase.Fill(phrase.AsleepUntilItIsFree, w, strings.Join(l.Sleeps, phrase.Comma))
	}
	return w
}
