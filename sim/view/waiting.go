package view

import (
	"sort"

	"gopark/sim/state"
	"gopark/sim/view/phrase"
)

// A Group is goroutines that wait for one thing: a channel with its buffer and
// both queues, a lock, or just a reason such as sleep.
type Group struct {
	Title   string   `json:"title"` // "chan results", "sleep"
	Type    string   `json:"type,omitempty"`
	Value   string   `json:"value,omitempty"` // "counter 3, 1 waiting"
	Cap     int      `json:"cap,omitempty"`
	Len     int      `json:"len,omitempty"`
	Buffer  []string `json:"buffer,omitempty"` // oldest first; at most bufferShown
	IsChan  bool     `json:"isChan,omitempty"`
	Closed  bool     `json:"closed,omitempty"`
	Recv    Row      `json:"recv"`
	Send    Row      `json:"send"`
	Waiters Row      `json:"waiters"`
	When    string   `json:"when,omitempty"` // the earliest waker, if a timer is one
	System  bool     `json:"system,omitempty"`
	Ref     *Ref     `json:"ref,omitempty"` // of the channel or lock
}

const bufferShown = 16

// groups are the objects somebody waits at or that hold something, then the
// waiting goroutines that no object accounts for, by reason. The second result
// says how many groups were left out.
func (b *builder) groups() (groups []Group, more int) {
	seen := make([]bool, len(b.now.Gs))
	for i := range b.now.Objects {
		groups = append(groups, b.object(&b.now.Objects[i], seen))
	}
	wake := b.timers()
	byReason := map[string]int{}
	var rest []restGroup
	for i := range b.now.Gs {
		g := &b.now.Gs[i]
		if g.Status != Waiting || seen[i] {
			continue
		}
		key := g.Reason
		if g.System {
			key = "\x00" // the runtime's own wait together, whatever for
		}
		at, ok := byReason[key]
		if !ok {
			at = len(rest)
			byReason[key] = at
			rest = append(rest, restGroup{title: g.Reason, system: g.System})
		}
		rest[at].add(int32(i), wake)
	}
	sort.SliceStable(rest, func(i, j int) bool { return rest[i].compare(rest[j]) < 0 })
	for _, r := range rest {
		groups = append(groups, b.restGroup(r))
	}
	if len(groups) > maxGroups {
		more = len(groups) - maxGroups
		groups = groups[:maxGroups]
	}
	return groups, more
}

// A restGroup is goroutines that wait for the same reason, at no object.
type restGroup struct {
	title  string
	system bool
	gs     []int32
	first  int64 // earliest timer, 0: none
}

func (r *restGroup) add(g int32, wake map[int32]int64) {
	r.gs = append(r.gs, g)
	if when, ok := wake[g]; ok && (r.first == 0 || when < r.first) {
		r.first = when
	}
}

// compare puts the reader's goroutines first.
func (r restGroup) compare(o restGroup) int {
	switch {
	case r.system == o.system:
		return 0
	case r.system:
		return 1
	}
	return -1
}

func (b *builder) restGroup(r restGroup) Group {
	g := Group{Title: r.title, System: r.system, Waiters: b.row(r.gs, waitPills)}
	if r.system {
		g.Title = phrase.GoroutinesOfTheRuntimes
	}
	if g.Title == "" {
		g.Title = phrase.Waiting
	}
	if r.first > 0 {
		g.When = phrase.Fill(phrase.NextWakesIn, Duration(r.first-b.now.Time))
		if r.first <= b.now.Time {
			g.When = phrase.DueToWakeNow
		}
	}
	return g
}

// timers maps a sleeping goroutine to when its timer fires.
func (b *builder) timers() map[int32]int64 {
	wake := map[int32]int64{}
	for _, t := range b.now.Timers {
		if t.G >= 0 {
			wake[t.G] = t.When
		}
	}
	return wake
}

func (b *builder) object(o *state.Object, seen []bool) Group {
	g := Group{
		Title: o.Kind, Type: o.Type, Value: o.Value, Cap: o.Cap, Len: len(o.Buffer), Closed: o.Closed,
		IsChan: o.Kind == "chan", Buffer: o.Buffer,
	}
	if o.Addr != 0 {
		g.Ref = &Ref{RefAt, int64(o.Addr)}
	}
	if o.Room > 0 && o.Cap > 0 {
		g.Value = phrase.Fill(phrase.PipeOfBytes, Count(o.Bytes), Count(o.Room))
	}
	if len(g.Buffer) > bufferShown {
		g.Buffer = g.Buffer[:bufferShown]
	}
	if o.Name != "" || o.Addr != 0 {
		g.Title = objectName(o)
	}
	g.Recv, g.Send = b.waiters(o.Recv, seen), b.waiters(o.Send, seen)
	g.Waiters = b.waiters(o.Waiters, seen)
	return g
}

func (b *builder) waiters(ws []state.Waiter, seen []bool) Row {
	var r Row
	for i, w := range ws {
		if w.G >= 0 && int(w.G) < len(seen) {
			seen[w.G] = true
		}
		if i >= waitPills {
			r.More++
			continue
		}
		if p := b.pill(w.G); p != nil {
			p.Value = w.Value
			r.Pills = append(r.Pills, *p)
		}
	}
	return r
}
