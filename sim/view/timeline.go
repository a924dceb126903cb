package view

import (
	"slices"
	"sort"
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
	"nothing", "runs", "scheduler's work", "system call", "runnable", "waiting", "world stopped", "network poller",
}

func (k SpanKind) busy() bool { return k == SpanRun || k == SpanRuntime }

// A LaneKind says what lanes stand for.
type LaneKind uint8

// The kinds of lanes.
const (
	LaneP LaneKind = iota
	LaneM
	LaneG
	NumLaneKinds
)

// A change is the instant from which a lane shows something else.
type change struct {
	at   int64
	busy int64 // nanoseconds the lane was busy before at
	goid int32 // a million goroutines have eight changes each, so this is small
	kind SpanKind
}

// A lane is what one P, M or G did, as changes in the order of time.
type lane struct {
	id      int64
	changes []change
}

// set makes the lane show kind from time at on.
func (l *lane) set(at int64, kind SpanKind, goid int64) {
	n := len(l.changes)
	if n == 0 {
		if kind != SpanNone {
			l.changes = append(l.changes, change{at: at, kind: kind, goid: int32(goid)})
		}
		return
	}
	last := &l.changes[n-1]
	if last.kind == kind && last.goid == int32(goid) {
		return
	}
	if last.at == at {
		last.kind, last.goid = kind, int32(goid)
		return
	}
	l.changes = append(l.changes, change{at: at, busy: last.busyAt(at), kind: kind, goid: int32(goid)})
}

// busyAt is the lane's busy time up to at, if c is the last change before it.
func (c *change) busyAt(at int64) int64 {
	if c.kind.busy() {
		return c.busy + at - c.at
	}
	return c.busy
}

// A Timeline holds the lanes of a run as far as the log has got. It is built
// event by event and never rebuilt; a query takes time in proportion to the
// pixels asked for, not to the events.
type Timeline struct {
	lanes [NumLaneKinds][]lane // by id; for goroutines in the order of creation
	goAt  map[int64]int        // index of a goroutine's lane
	End   int64
}

// set makes the lane of a P or an M show kind from time at on; id -1 is none.
func (t *Timeline) set(of LaneKind, id int32, at int64, kind SpanKind, goid int64) {
	if id >= 0 {
		t.lane(of, id).set(at, kind, goid)
	}
}

// lane is the lane of a P or an M with that id.
func (t *Timeline) lane(kind LaneKind, id int32) *lane {
	for int(id) >= len(t.lanes[kind]) {
		t.lanes[kind] = append(t.lanes[kind], lane{id: int64(len(t.lanes[kind]))})
	}
	return &t.lanes[kind][id]
}

// goroutine is the lane of a goroutine, made when it is first asked for.
func (t *Timeline) goroutine(goid int64) *lane {
	if t.goAt == nil {
		t.goAt = map[int64]int{}
	}
	at, ok := t.goAt[goid]
	if !ok {
		at = len(t.lanes[LaneG])
		t.goAt[goid] = at
		t.lanes[LaneG] = append(t.lanes[LaneG], lane{id: goid})
	}
	return &t.lanes[LaneG][at]
}

// A Tile is a rectangle of a lane: from T0 to T1 it shows Kind. N counts the
// changes inside; where it is above 1 the tile is as narrow as a pixel, shows
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

// A Lane is what to draw of one P, M or G.
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

// Lanes answers q; total is the number of lanes there are.
func (t *Timeline) Lanes(names Names, q Query) (lanes []Lane, total int) {
	all := t.lanes[q.Kind]
	total = len(all)
	q.To = min(q.To, t.End)
	q.First = min(max(0, q.First), total)
	for i := q.First; i < total && len(lanes) < q.Max; i++ {
		lanes = append(lanes, all[i].tiles(names, q))
	}
	return lanes, total
}

func (l *lane) tiles(names Names, q Query) Lane {
	out := Lane{ID: l.id, Rank: -1, Name: string("PMG"[q.Kind]) + Plain(l.id)}
	if q.Kind == LaneG {
		out.Rank = names.Rank(l.id, false)
	}
	if q.To <= q.From || q.Width <= 0 {
		return out
	}
	pixel := max(1, (q.To-q.From)/int64(q.Width))
	for at, i := q.From, l.find(q.From); at < q.To; {
		end := l.endOf(i, q.To)
		if i < 0 { // before the lane's first change
			at, i = end, i+1
			continue
		}
		tile := Tile{T0: at, T1: end, N: 1}
		if end-at < pixel {
			end = min(at+pixel, q.To)
			last := max(i, l.find(end-1))
			tile.T1, tile.N = end, last-i+1
			busy := l.changes[last].busyAt(end) - l.changes[i].busyAt(at)
			tile.Busy = int(100 * busy / max(1, end-at))
			tile.Kind, tile.Goid = l.loudest(i, last)
			i = last
			if l.endOf(i, q.To) <= end {
				i++
			}
		} else {
			tile.Kind, tile.Goid = l.changes[i].kind, int64(l.changes[i].goid)
			i++
		}
		if tile.Kind != SpanNone {
			tile.Rank = -1
			if tile.Goid != 0 {
				tile.Rank = names.Rank(tile.Goid, false)
			}
			out.Tiles = append(out.Tiles, tile)
		}
		at = end
	}
	return out
}

// loudest is what a pixel shows for the changes from i to last: a goroutine
// that runs if there is one among the first few.
func (l *lane) loudest(i, last int) (SpanKind, int64) {
	for j := i; j <= last && j < i+8; j++ {
		if l.changes[j].kind == SpanRun {
			return SpanRun, int64(l.changes[j].goid)
		}
	}
	for j := i; j <= last && j < i+8; j++ {
		if l.changes[j].kind != SpanNone {
			return l.changes[j].kind, int64(l.changes[j].goid)
		}
	}
	return l.changes[i].kind, int64(l.changes[i].goid)
}

// find is the last change at or before at, -1 if there is none.
func (l *lane) find(at int64) int {
	return sort.Search(len(l.changes), func(i int) bool { return l.changes[i].at > at }) - 1
}

// endOf is when change i is over, to at the latest.
func (l *lane) endOf(i int, to int64) int64 {
	if i+1 < len(l.changes) {
		return min(l.changes[i+1].at, to)
	}
	return to
}

// Spans lists what a lane shows, from the start, as a table has it: at most
// max rows.
func (l Lane) Spans(max int) []Tile {
	return slices.Clip(l.Tiles[:min(max, len(l.Tiles))])
}
