package view

import (
	"strconv"

	"gopark/sim/state"
	"gopark/sim/view/phrase"
)

// A GCRow is the collector at work.
type GCRow struct {
	Phase   string `json:"phase"`
	Heap    int64  `json:"heap"`             // bytes of objects
	Goal    int64  `json:"goal,omitempty"`   // bytes at which the collection is to be over
	Ps      int    `json:"ps,omitempty"`     // Ps that mark and do nothing else
	Share   int    `json:"share,omitempty"`  // percent of the time of the others
	Workers Row    `json:"workers,omitzero"` // goroutines that mark
}

// collector is nil while nothing is collected.
func (b *builder) collector() *GCRow {
	c := &b.now.GC
	if c.Phase == "" || c.Phase == state.GCOff {
		return nil
	}
	row := &GCRow{Phase: c.Phase, Heap: c.Heap, Goal: max(c.Goal, 0), Ps: c.Whole}
	if c.Of > 0 {
		row.Share = 100 * c.Share / c.Of
	}
	var gs []int32
	for _, w := range c.Workers {
		if w.Mode != "" {
			gs = append(gs, w.G)
		}
	}
	row.Workers = b.row(gs, freePills)
	return row
}

func (r *GCRow) words() string {
	w := phrase.Fill(phrase.BytesOfObjects, r.Phase, Count(r.Heap))
	if r.Ps > 0 {
		w = phrase.Fill(phrase.Plural(r.Ps, phrase.PMarksOnly), w, Count(int64(r.Ps)))
	}
	if r.Workers.Len() > 0 {
		w = phrase.Fill(phrase.Workers, w, r.Workers.words())
	}
	return w
}

// A PollRow is the network poller.
type PollRow struct {
	M       string `json:"m,omitempty"`     // thread that waits there
	Until   string `json:"until,omitempty"` // it waits at most so long
	Waiting Row    `json:"waiting"`         // goroutines that wait for the network
}

func (b *builder) poll() *PollRow {
	q := &b.now.Sched
	waits := len(b.now.Net) > 0
	polls := b.now.HasP && q.Poller >= 0 && int(q.Poller) < len(b.now.Threads) && b.now.Rules.SysmonMin > 0
	if !waits && !polls {
		return nil
	}
	row := &PollRow{}
	if polls {
		row.M = b.now.Threads[q.Poller].Name
		if q.PollUntil > b.now.Time {
			row.Until = Duration(q.PollUntil - b.now.Time)
		}
	}
	gs := make([]int32, 0, len(b.now.Net))
	for _, w := range b.now.Net {
		gs = append(gs, w.G)
	}
	row.Waiting = b.row(gs, waitPills)
	return row
}

func (r *PollRow) words() string {
	w := phrase.NobodyWaitsInIt
	switch {
	case r.M != "" && r.Until != "":
		w = phrase.Fill(phrase.WaitsForAtMost, r.M, r.Until)
	case r.M != "":
		w = phrase.Fill(phrase.Waits, r.M)
	}
	return phrase.Fill(phrase.ForTheNetworkWait, w, r.Waiting.words())
}

// A Heap is timers that one P has, or that all share.
type Heap struct {
	Where string `json:"where"` // "P0"; "": there is one heap
	Count int    `json:"n"`
	Next  string `json:"next"` // until the first is due
	Due   bool   `json:"due,omitempty"`
}

func (b *builder) heaps() (list []Heap) {
	last := int32(-2)
	for _, t := range b.now.Timers {
		if t.P != last || len(list) == 0 {
			last = t.P
			h := Heap{Next: Duration(max(0, t.When-b.now.Time)), Due: t.When <= b.now.Time}
			if t.P >= 0 {
				h.Where = "P" + strconv.Itoa(int(t.P))
			}
			list = append(list, h)
		}
		list[len(list)-1].Count++
	}
	return list
}

func (h Heap) words() string {
	where := h.Where
	if where == "" {
		where = phrase.OneHeap
	}
	if h.Due {
		return plural(h.Count, phrase.TimerTheFirstIsDue, where)
	}
	return plural(h.Count, phrase.TimerTheFirstIn, where, h.Next)
}

// looks notes for each thread on a core that has no goroutine where it looks
// for one next.
func (s *Session) looks(board *Board, n int, now *state.State) {
	var o *opener
	for i := range board.Cores {
		m := board.Cores[i].M
		if m == nil || m.G != nil || m.Doing != state.DoingLook && m.Doing != state.DoingSpin {
			continue
		}
		if o == nil {
			o = &opener{s: s, n: n, st: now}
		}
		for _, step := range o.search(m.ID) {
			if step.Found == FoundNow {
				m.Looks = step.Place
			}
		}
	}
}
