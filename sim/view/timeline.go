package view

import (
	"slices"

	"gopark/sim/view/phrase"
)

// SpanKind says what a lane shows for a while.
type SpanKind uint8

// What a lane shows. Busy kinds are those in which a processor works.
const (
	SpanNone     SpanKind = iota // nothing: an idle P, a sleeping thread, no goroutine
	SpanRun                      // a goroutine runs
	SpanRuntime                  // the scheduler's own work: looking, switching
	SpanSyscall                  // a goroutine is in a system call
	SpanRunnable                 // a goroutine waits for a P, a thread for a core
	SpanWaiting                  // a goroutine waits for something else
	SpanStopped                  // the world stands still
	SpanPoll                     // a thread waits in the network poller
	NumSpanKinds
)

// SpanNames are the words of the legend and of the table.
var SpanNames = [NumSpanKinds]string{
	phrase.Nothing, phrase.Runs, phrase.SchedulersWork, phrase.SystemCall, phrase.Runnable, phrase.Waiting, phrase.WorldStopped, phrase.NetworkPoller,
}

// busyKinds has a bit for each kind that is work.
const busyKinds = 1<<SpanRun | 1<<SpanRuntime

func (k SpanKind) busy() bool { return busyKinds>>k&1 != 0 }

// A LaneKind says what lanes stand for.
type LaneKind uint8

// The kinds of lanes.
const (
	LaneP LaneKind = iota
	LaneM
	LaneG
	LaneCore
	LaneProcess // where the go statement forks; else there are none
	NumLaneKinds
)

var laneNames = [NumLaneKinds]string{phrase.PNumbered, phrase.M, phrase.G, phrase.Core, phrase.Pid}

// A Tile is a rectangle of a lane: from T0 to T1 it shows Kind. N is about how
// many changes are inside; where it is above 1 the tile is as narrow as a pixel, shows
// the first of them, and Busy says for how much of the time, in percent, the
// lane was busy.
type Tile struct {
	T0   int64    `json:"a"`
	T1   int64    `json:"b"`
	Kind SpanKind `json:"k"`
	Goid int64    `json:"g,omitempty"`
	Rank int      `json:"r"`
	N    int      `json:"n,omitempty"`
	Busy int      `json:"u,omitempty"`
}

// A Lane is what to draw of one P, M, G or core.
type Lane struct {
	Name  string `json:"name"`
	ID    int64  `json:"id"`
	Rank  int    `json:"r"`
	Tiles []Tile `json:"tiles"`
}

// A Query asks for what lies in a window of time. Lanes are drawn from the
// First on, at most Max of them.
type Query struct {
	Kind       LaneKind `json:"kind"`
	From, To   int64
	Width      int // pixels
	First, Max int
}

// Lanes answers q; total is the number of lanes there are. It takes time in
// proportion to the pixels asked for, not to the events.
func (f *Fold) Lanes(q Query) (lanes []Lane, total int) {
	f.each(q, func(l *lane, q Query) {
		out := Lane{ID: l.id}
		out.Name, out.Rank = f.laneName(q.Kind, l.id)
		f.tiles(l, q, func(t Tile) {
			t.Rank = -1
			if t.Goid != 0 {
				t.Rank = f.Names.Rank(t.Goid, false)
			}
			out.Tiles = append(out.Tiles, t)
		})
		lanes = append(lanes, out)
	})
	return lanes, f.LaneCount(q.Kind)
}

// each calls do for each lane that q asks for.
func (f *Fold) each(q Query, do func(l *lane, q Query)) {
	n := f.LaneCount(q.Kind)
	q.To = min(q.To, f.End)
	q.First = min(max(0, q.First), n)
	for i := q.First; i < n && i-q.First < q.Max; i++ {
		if q.Kind == LaneProcess {
			do(f.laneOf(f.processes[i].goid), q)
		} else {
			do(&f.lanes[q.Kind][i], q)
		}
	}
}

// LaneCount is the number of lanes there are of a kind.
func (f *Fold) LaneCount(kind LaneKind) int {
	switch {
	case kind == LaneProcess:
		return len(f.processes)
	case kind < NumLaneKinds:
		return len(f.lanes[kind])
	}
	return 0
}

// LaneAt is the place among the lanes of a kind of that of goroutine goid, -1 if
// it has none.
func (f *Fold) LaneAt(kind LaneKind, goid int64) int {
	switch kind {
	case LaneG:
		if n, ok := f.byGoid.get(goid); ok {
			return int(n)
		}
	case LaneProcess:
		return slices.IndexFunc(f.processes, func(p process) bool { return p.goid == goid })
	}
	return -1
}

// laneName is what a lane is called, and whose colour its name has, -1: nobody's.
func (f *Fold) laneName(kind LaneKind, id int64) (name string, rank int) {
	switch kind {
	case LaneM:
		return f.ThreadName(int32(id)), -1
	case LaneG:
		return phrase.Fill(laneNames[kind], Plain(id)), f.Names.Rank(id, false)
	case LaneProcess:
		for _, p := range f.processes {
			if p.goid == id {
				return phrase.Fill(laneNames[kind], Plain(p.pid)), f.Names.Rank(id, false)
			}
		}
	}
	return phrase.Fill(laneNames[kind], Plain(id)), -1
}

// ofG reports whether lanes of a kind are those of goroutines.
func (k LaneKind) ofG() bool { return k == LaneG || k == LaneProcess }

// tiles gives the tiles of l, from left to right, to put.
func (f *Fold) tiles(l *lane, q Query, put func(Tile)) {
	if q.To <= q.From || q.Width <= 0 || len(l.words) == 0 {
		return
	}
	pixel := max(1, (q.To-q.From)/int64(q.Width))
	k := l.find(f.log, q.From)
	at, busy := q.From, busyMemo{at: -1}
	if k < 0 { // before the lane's first change
		k, at = 0, l.at(f.log, 0)
	}
	for at < q.To {
		next, end := f.until(l, q.Kind, k, q.To)
		if end <= at {
			k = next
			continue
		}
		tile := Tile{T0: at, T1: end, N: 1, Kind: l.kind(k)}
		switch {
		case end-at < pixel:
			tile.T1 = min(at+pixel, q.To)
			last := max(k, l.find(f.log, tile.T1-1))
			f.many(l, q.Kind, &tile, k, last, &busy)
			k = last
			if n, e := f.until(l, q.Kind, k, q.To); e <= tile.T1 {
				k = n
			}
		case q.Kind == LaneCore && tile.Kind == SpanRun:
			f.onCore(l, k, Query{Kind: LaneM, From: at, To: end, Width: int((end-at)/pixel) + 1}, put)
			k, tile.Kind = next, SpanNone
		default:
			tile.Goid = f.aboutIn(l, k, q.Kind)
			k = next
		}
		if tile.Kind != SpanNone {
			put(tile)
		}
		at = tile.T1
	}
}

// alike bounds for how many changes that change nothing a tile is followed.
const alike = 64

// until is the change after k that shows something else, and when that is.
func (f *Fold) until(l *lane, of LaneKind, k int, to int64) (next int, end int64) {
	next = l.next(k)
	for n := 0; n < alike && of.ofG() && next < len(l.words) && l.kind(next) == l.kind(k); n++ {
		next = l.next(next)
	}
	if next >= len(l.words) {
		return next, to
	}
	return next, min(l.at(f.log, next), to)
}

// onCore gives the tiles of the thread that change k of a core's lane put on it.
func (f *Fold) onCore(l *lane, k int, q Query, put func(Tile)) {
	if m := f.log.At(l.event(k)).M; m >= 0 && int(m) < len(f.lanes[LaneM]) {
		f.tiles(&f.lanes[LaneM][m], q, put)
	}
}

// aboutIn is the goroutine that a tile of a lane is about.
func (f *Fold) aboutIn(l *lane, k int, kind LaneKind) int64 {
	switch kind {
	case LaneG, LaneProcess:
		return l.id
	case LaneCore:
		e := f.log.At(l.event(k))
		if e.M < 0 || int(e.M) >= len(f.lanes[LaneM]) {
			return 0
		}
		m := &f.lanes[LaneM][e.M]
		if i := m.find(f.log, e.Time); i >= 0 {
			return f.goidIn(m, i)
		}
		return 0
	}
	return f.goidIn(l, k)
}

// A busyMemo is what the pixel before ended with: how long the lane had been busy.
type busyMemo struct{ at, busy int64 }

// many makes a tile of the changes from k to last.
func (f *Fold) many(l *lane, kind LaneKind, t *Tile, k, last int, memo *busyMemo) {
	t.N = last - k + 1
	if memo.at != t.T0 {
		memo.busy = l.busyUpTo(f.log, k, t.T0)
	}
	busy := l.busyUpTo(f.log, last, t.T1)
	t.Busy = int(100 * (busy - memo.busy) / max(1, t.T1-t.T0))
	*memo = busyMemo{t.T1, busy}
	show := f.loudest(l, k, last)
	t.Kind, t.Goid = l.kind(show), f.aboutIn(l, show, kind)
}

// loudest is the change that a pixel shows of those from k to last: one that
// runs if there is one among the first few.
func (f *Fold) loudest(l *lane, k, last int) int {
	some := -1
	for i, n := k, 0; i <= last && n < 8; i, n = l.next(i), n+1 {
		switch l.kind(i) {
		case SpanRun:
			return i
		case SpanNone:
		default:
			if some < 0 {
				some = i
			}
		}
	}
	return max(some, k)
}

// Spans lists what a lane shows, from the start, as a table has it: at most
// max rows.
func (l Lane) Spans(max int) []Tile {
	return slices.Clip(l.Tiles[:min(max, len(l.Tiles))])
}
