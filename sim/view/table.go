package view

import (
	"strconv"
	"strings"

	"gopark/sim/view/phrase"
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
		line := Line{phrase.Fill(phrase.Core, strconv.Itoa(int(c.ID))), phrase.NoThread}
		if c.ID < 0 {
			line.Place = phrase.OnSomeCore
		}
		if c.M != nil {
			line.What = c.M.words()
		}
		t = append(t, line)
	}
	for _, m := range b.Kernel {
		t = append(t, Line{phrase.WaitsForACore, m.words()})
	}
	t = add(t, phrase.WaitsForACore, b.KernelN, phrase.MoreThread)
	for _, m := range b.Off {
		t = append(t, Line{phrase.OnNoCore, m.words()})
	}
	t = add(t, phrase.OnNoCore, b.OffMore, phrase.MoreThread)
	for _, p := range b.Idle {
		t = append(t, Line{phrase.HeldByNoThread, p.words()})
	}
	if b.Traced {
		t = append(t, Line{phrase.RunnableInSomeQueue, b.Ready.words()})
	}
	if b.HasQ {
		t = append(t, Line{phrase.GlobalQueue, b.Global.words()})
	}
	for _, l := range b.Locks {
		t = append(t, Line{phrase.Lock, phrase.Fill(phrase.Labelled, l.Name, l.Words())})
	}
	for _, g := range b.Waiting {
		t = append(t, Line{phrase.Waiting, g.words()})
	}
	t = add(t, phrase.Waiting, b.GroupsN, phrase.MorePlace)
	for _, h := range b.Timers {
		t = append(t, Line{phrase.Timers, h.words()})
	}
	if b.Poll != nil {
		t = append(t, Line{phrase.NetworkPoller, b.Poll.words()})
	}
	if b.GC != nil {
		t = append(t, Line{phrase.GarbageCollector, b.GC.words()})
	}
	if b.Traced {
		return append(t, Line{phrase.Unknown, toldUnknown})
	}
	return append(t, Line{phrase.FreeList, b.Free.words()})
}

func add(t []Line, place string, n int, what string) []Line {
	if n == 0 {
		return t
	}
	return append(t, Line{place, plural(n, what)})
}

func (r Row) words() string {
	if r.Len() == 0 {
		return phrase.Empty
	}
	var names []string
	for _, p := range r.Pills {
		name := p.Name()
		if p.Value != "" {
			name = phrase.Fill(phrase.With, name, p.Value)
		}
		names = append(names, name)
	}
	if r.More > 0 {
		names = append(names, phrase.Fill(phrase.AndMore, Count(int64(r.More))))
	}
	return strings.Join(names, " ")
}

func (m Machine) words() string {
	w := phrase.Fill(phrase.JoinedBySpace, m.Name, m.Doing)
	if m.Detail != "" {
		w = phrase.Fill(phrase.Labelled, w, m.Detail)
	}
	if m.G != nil {
		w += " " + m.G.Name()
	}
	if m.Looks != "" {
		w = phrase.Fill(phrase.NextAt, w, m.Looks)
	}
	if m.Left != "" {
		w = phrase.Fill(phrase.WithTimeLeft, w, m.Left)
	}
	if m.P != nil {
		w = phrase.Fill(phrase.Holds, w, m.P.words())
	}
	return w
}

func (p Tray) words() string {
	if p.Unknown {
		return phrase.Fill(phrase.PRunnextAndQueueUnknown, strconv.Itoa(int(p.ID)), p.Status)
	}
	next := phrase.Empty
	if p.Next != nil {
		next = p.Next.Name()
	}
	return phrase.Fill(phrase.PRunnextQueue, strconv.Itoa(int(p.ID)), p.Status, next, p.Queue.words())
}

func (g Group) words() string {
	w := g.Title
	if g.Type != "" {
		w = phrase.Fill(phrase.InBrackets, w, g.Type)
	}
	if g.Value != "" {
		w = phrase.Fill(phrase.JoinedByComma, w, g.Value)
	}
	if g.Closed {
		w = phrase.Fill(phrase.Closed, w)
	}
	if g.Cap > 0 {
		w = phrase.Fill(phrase.BufferOf, w, strconv.Itoa(g.Len), strconv.Itoa(g.Cap), strings.Join(g.Buffer, " "))
	}
	for _, q := range []struct {
		says string
		row  Row
	}{{phrase.Senders, g.Send}, {phrase.Receivers, g.Recv}, {phrase.Labelled, g.Waiters}} {
		if q.row.Len() > 0 {
			w = phrase.Fill(q.says, w, q.row.words())
		}
	}
	return w
}
