package view

import (
	"sort"

	"gopark/sim/trace"
)

// A lane is what one P, M, core or G did: changes in the order of the log. Each
// is a word, the number of its event and, in the lowest bits, what the lane shows
// from then on. When that is and, mostly, which goroutine it is about, the log
// has: so a change takes four bytes, and ten million of them fit.
//
// Where the event can't say which goroutine it is about, a second word follows,
// marked by wordGoid: the number of that goroutine's lane.
type lane struct {
	id    int64
	words []uint32
	sums  *sums // nil: it is short
}

const (
	wordBits = 4
	wordMask = 1<<wordBits - 1
	wordGoid = wordMask // in place of a SpanKind: the rest belongs to the word before

	sumEvery = 32 // words
	sumFrom  = 64 // words from which on a lane has sums
)

// sums let a query skip: for each sumEvery words, when they begin and how long
// the lane was busy before.
type sums struct {
	blocks []sum
	at     int64 // of the last word
	busy   int64 // before it
	on     bool  // what the lane shows from it on is busy
}

type sum struct{ at, busy int64 }

// record lets the lane show kind from event i on. about is the number of the
// lane of the goroutine that it is about and that the event does not name, or -1.
func (l *lane) record(log *trace.Log, i int, at int64, kind SpanKind, about int32) {
	l.push(log, at, uint32(i)<<wordBits|uint32(kind))
	if about >= 0 {
		l.push(log, at, uint32(about)<<wordBits|wordGoid)
	}
}

// owned says that the lane's goroutine is the one that the event is about.
func (k SpanKind) owned() bool { return k == SpanRun || k == SpanSyscall }

func (l *lane) push(log *trace.Log, at int64, w uint32) {
	n := len(l.words)
	if n < cap(l.words) {
		l.words = append(l.words, w)
	} else {
		l.words = push(l.words, w)
	}
	switch {
	case l.sums != nil:
		l.sums.add(n, w, at)
	case n+1 == sumFrom:
		l.sums = &sums{}
		for k, w := range l.words {
			l.sums.add(k, w, l.at(log, k))
		}
	}
}

// push is append for lists of which there are many, or which are long: room costs
// more than copying.
func push[T any](list []T, x T) []T {
	if n := len(list); n == cap(list) {
		more := max(4, n/2)
		if n >= 1024 {
			more = n / 8
		}
		grown := make([]T, n, n+more)
		copy(grown, list)
		list = grown
	}
	return append(list, x)
}

// add takes in w, word k, which is at the time at.
func (s *sums) add(k int, w uint32, at int64) {
	if s.on {
		s.busy += at - s.at
	}
	s.at = at
	if kind := w & wordMask; kind != wordGoid {
		s.on = busyKinds>>kind&1 != 0
	}
	if k%sumEvery == 0 {
		s.blocks = push(s.blocks, sum{at, s.busy})
	}
}

// owner is the word of the change that word k belongs to.
func (l *lane) owner(k int) int {
	if l.words[k]&wordMask == wordGoid {
		return k - 1
	}
	return k
}

// next is the change after k.
func (l *lane) next(k int) int {
	if k++; k < len(l.words) && l.words[k]&wordMask == wordGoid {
		k++
	}
	return k
}

func (l *lane) event(k int) int { return int(l.words[l.owner(k)] >> wordBits) }

func (l *lane) kind(k int) SpanKind { return SpanKind(l.words[l.owner(k)] & wordMask) }

func (l *lane) at(log *trace.Log, k int) int64 { return log.Time(l.event(k)) }

// find is the last change at or before at, -1 if there is none.
func (l *lane) find(log *trace.Log, at int64) int {
	from, to := 0, len(l.words)
	if l.sums != nil {
		b := sort.Search(len(l.sums.blocks), func(i int) bool { return l.sums.blocks[i].at > at }) - 1
		if b < 0 {
			return -1
		}
		from = b * sumEvery
		to = min(from+sumEvery, to)
	}
	k := from + sort.Search(to-from, func(i int) bool { return l.at(log, from+i) > at }) - 1
	if k < 0 {
		return -1
	}
	return l.owner(k)
}

// before is the last change by an event before the i-th, -1 if there is none.
func (l *lane) before(i int) int {
	k := sort.Search(len(l.words), func(k int) bool { return l.event(k) >= i }) - 1
	if k < 0 {
		return -1
	}
	return l.owner(k)
}

// busyUpTo is how long the lane was busy up to the time at, of which k is the
// last change before.
func (l *lane) busyUpTo(log *trace.Log, k int, at int64) int64 {
	i, busy := 0, int64(0)
	when := int64(0)
	if l.sums != nil {
		b := k / sumEvery
		i, busy, when = b*sumEvery, l.sums.blocks[b].busy, l.sums.blocks[b].at
	} else {
		when = l.at(log, 0)
	}
	for ; i < k; i++ {
		next := l.at(log, i+1)
		if l.kind(i).busy() {
			busy += next - when
		}
		when = next
	}
	if l.kind(k).busy() {
		busy += at - when
	}
	return busy
}

// bytes is how much of the host's memory the lane takes.
func (l *lane) bytes() int64 {
	n := int64(cap(l.words)) * 4
	if l.sums != nil {
		n += int64(cap(l.sums.blocks)) * 16
	}
	return n
}

// An index gives small numbers to goids, which are small numbers themselves
// but for those of a trace from elsewhere.
type index struct {
	low  []int32 // by goid; the number + 1, 0: none
	high map[int64]int32
}

const indexLow = 1 << 23

func (x *index) get(goid int64) (n int32, ok bool) {
	if goid >= 0 && goid < int64(len(x.low)) {
		n = x.low[goid]
	} else {
		n = x.high[goid]
	}
	return n - 1, n != 0
}

func (x *index) put(goid int64, n int32) {
	if goid < 0 || goid >= indexLow {
		if x.high == nil {
			x.high = map[int64]int32{}
		}
		x.high[goid] = n + 1
		return
	}
	for int64(len(x.low)) <= goid {
		x.low = push(x.low, 0)
	}
	x.low[goid] = n + 1
}
