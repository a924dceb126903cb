package view

import (
	"gopark/sim/state"
	"gopark/sim/view/phrase"
)

// memoryOf says what memory the process of thread t has, "" where there are no
// processes.
func memoryOf(now *state.State, t *state.Thread) string {
	if t.G < 0 || int(t.G) >= len(now.Gs) {
		return ""
	}
	for i := range now.Procs {
		if p := &now.Procs[i]; p.Task == now.Gs[t.G].Task {
			const page = 4096
			return phrase.Fill(phrase.MemoryItsOwn, Bytes(p.Pages*page), Bytes((p.Pages-p.Shared)*page))
		}
	}
	return ""
}
