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
	t := &table{}
	for i := range b.Cores {
		place, what := phrase.OnSomeCore, phrase.NoThread
		if c := &b.Cores[i]; c.ID >= 0 {
			place = phrase.Fill(phrase.Core, strconv.Itoa(int(c.ID)))
		}
		if m := b.Cores[i].M; m != nil {
			what = m.words()
		}
		t.add(place, what)
	}
	t.machines(phrase.WaitsForACore, b.Kernel, b.KernelN)
	t.machines(phrase.OnNoCore, b.Off, b.OffMore)
	for i := range b.Idle {
		t.add(phrase.HeldByNoThread, b.Idle[i].words())
	}
	if b.Traced {
		t.add(phrase.RunnableInSomeQueue, b.Ready.words())
	}
	if b.HasQ {
		t.add(phrase.GlobalQueue, b.Global.words())
	}
	for i := range b.Locks {
		t.add(phrase.Lock, phrase.Fill(phrase.Labelled, b.Locks[i].Name, b.Locks[i].Words()))
	}
	for i := range b.Waiting {
		t.add(phrase.Waiting, b.Waiting[i].words())
	}
	t.more(phrase.Waiting, b.GroupsN, phrase.MorePlace)
	for i := range b.Timers {
		t.add(phrase.Timers, b.Timers[i].words())
	}
	if b.Poll != nil {
		t.add(phrase.NetworkPoller, b.Poll.words())
	}
	if b.GC != nil {
		t.add(phrase.GarbageCollector, b.GC.words())
	}
	if b.Traced {
		t.add(phrase.Unknown, toldUnknown)
	} else {
		t.add(phrase.FreeList, b.Free.words())
	}
	return t.lines
}

// A table is a board's lines so far.
type table struct{ lines []Line }

func (t *table) add(place, what string) { t.lines = append(t.lines, Line{place, what}) }

func (t *table) machines(place string, ms []Machine, more int) {
	for i := range ms {
		t.add(place, ms[i].words())
	}
	t.more(place, more, phrase.MoreThread)
}

func (t *table) more(place string, n int, what string) {
	if n > 0 {
		t.add(place, plural(n, what))
	}
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

func (m *Machine) words() string {
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

func (p *Tray) words() string {
	if p.Unknown {
		return phrase.Fill(phrase.PRunnextAndQueueUnknown, strconv.Itoa(int(p.ID)), p.Status)
	}
	next := phrase.Empty
	if p.Next != nil {
		next = p.Next.Name()
	}
	return phrase.Fill(phrase.PRunnextQueue, strconv.Itoa(int(p.ID)), p.Status, next, p.Queue.words())
}

func (g *Group) words() string {
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
