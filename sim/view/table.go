package view

import (
	"strconv"
	"strings"
)

// A Line is one row of a board written down: a place and what is there.
type Line struct {
	Place, What string
}

// Table is the board in words, for people who can't see it, for printers and
// for tests.
func (b *Board) Table() []Line {
	var t []Line
	for _, c := range b.Cores {
		line := Line{"core " + strconv.Itoa(int(c.ID)), "no thread"}
		if c.ID < 0 {
			line.Place = "on some core"
		}
		if c.M != nil {
			line.What = c.M.words()
		}
		t = append(t, line)
	}
	for _, m := range b.Kernel {
		t = append(t, Line{"waits for a core", m.words()})
	}
	t = add(t, "waits for a core", b.KernelN, "more threads")
	for _, m := range b.Off {
		t = append(t, Line{"on no core", m.words()})
	}
	t = add(t, "on no core", b.OffMore, "more threads")
	for _, p := range b.Idle {
		t = append(t, Line{"held by no thread", p.words()})
	}
	if b.Traced {
		t = append(t, Line{"runnable, in some queue", b.Ready.words()})
	}
	if b.HasQ {
		t = append(t, Line{"global queue", b.Global.words()})
	}
	for _, l := range b.Locks {
		t = append(t, Line{"lock", l.Name + ": " + l.Words()})
	}
	for _, g := range b.Waiting {
		t = append(t, Line{"waiting", g.words()})
	}
	t = add(t, "waiting", b.GroupsN, "more places")
	for _, h := range b.Timers {
		t = append(t, Line{"timers", h.words()})
	}
	if b.Poll != nil {
		t = append(t, Line{"network poller", b.Poll.words()})
	}
	if b.GC != nil {
		t = append(t, Line{"garbage collector", b.GC.words()})
	}
	if b.Traced {
		return append(t, Line{"unknown", toldUnknown})
	}
	return append(t, Line{"free list", b.Free.words()})
}

func add(t []Line, place string, n int, what string) []Line {
	if n == 0 {
		return t
	}
	return append(t, Line{place, Count(int64(n)) + " " + what})
}

func (r Row) words() string {
	if r.Len() == 0 {
		return "empty"
	}
	var names []string
	for _, p := range r.Pills {
		name := p.Name()
		if p.Value != "" {
			name += " with " + p.Value
		}
		names = append(names, name)
	}
	if r.More > 0 {
		names = append(names, "and "+Count(int64(r.More))+" more")
	}
	return strings.Join(names, " ")
}

func (m Machine) words() string {
	w := m.Name + " " + m.Doing
	if m.Detail != "" {
		w += ": " + m.Detail
	}
	if m.G != nil {
		w += " " + m.G.Name()
	}
	if m.Looks != "" {
		w += ", next at " + m.Looks
	}
	if m.Left != "" {
		w += ", " + m.Left + " left"
	}
	if m.P != nil {
		w += "; holds " + m.P.words()
	}
	return w
}

func (p Tray) words() string {
	if p.Unknown {
		return "P" + strconv.Itoa(int(p.ID)) + " " + p.Status + "; runnext and queue unknown"
	}
	next := "empty"
	if p.Next != nil {
		next = p.Next.Name()
	}
	return "P" + strconv.Itoa(int(p.ID)) + " " + p.Status + "; runnext " + next + "; queue " + p.Queue.words()
}

func (g Group) words() string {
	w := g.Title
	if g.Type != "" {
		w += " (" + g.Type + ")"
	}
	if g.Value != "" {
		w += ", " + g.Value
	}
	if g.Closed {
		w += ", closed"
	}
	if g.Cap > 0 {
		w += ", buffer " + strconv.Itoa(g.Len) + " of " + strconv.Itoa(g.Cap) + " [" + strings.Join(g.Buffer, " ") + "]"
	}
	for _, q := range []struct {
		name string
		row  Row
	}{{"senders", g.Send}, {"receivers", g.Recv}, {"", g.Waiters}} {
		if q.row.Len() > 0 {
			w += ": " + strings.TrimSpace(q.name+" "+q.row.words())
		}
	}
	return w
}
