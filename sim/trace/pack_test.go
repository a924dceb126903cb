package trace

import (
	"testing"

	"gopark/sim/task"
)

// Whatever an event holds, the log gives it back: at the edges of what can be
// packed, beyond them, and in between.
func TestPackedEventsComeBack(t *testing.T) {
	edges := func(bits int) []int64 {
		return []int64{-1, 0, 1, 1<<bits - 2, 1<<bits - 1, 1 << bits, -2, 1<<63 - 1, -1 << 63}
	}
	var want []Event
	l := &Log{}
	add := func(e Event) {
		want = append(want, e)
		l.Add(e)
	}
	plain := Event{Time: 5e9, Kind: GoBlock, Core: 1, M: 2, P: 3, G: 4, A: 5, B: 0xc000123450}
	for _, x := range edges(timeBits) {
		e := plain
		e.Time += x
		add(e)
	}
	for _, x := range edges(coreBits) {
		e := plain
		e.Core = int16(x)
		add(e)
	}
	for _, bits := range []int{procBits, threadBits, goBits, narrowBits, wideBits, wideBits + 1} {
		for _, x := range edges(bits) {
			for _, y := range edges(bits) {
				e := plain
				e.P, e.A, e.B = int32(x), x, y
				add(e)
				e = plain
				e.M, e.G = int32(x), task.ID(y)
				add(e)
				e = plain
				e.A, e.B = x, y
				add(e)
			}
		}
	}
	for high := range int64(5) {
		e := plain
		e.B ^= high << wideBits
		add(e)
		e.B = high << wideBits
		add(e)
	}
	for k := range NumKinds + 3 {
		e := plain
		e.Kind = k
		add(e)
	}
	for i, e := range want {
		if got := l.At(i); got != e {
			t.Errorf("event %d is %+v, want %+v", i, got, e)
		}
		if at := l.Time(i); at != e.Time {
			t.Errorf("event %d is at %d, want %d", i, at, e.Time)
		}
	}
	if l.Len() != len(want) {
		t.Errorf("%d events, want %d", l.Len(), len(want))
	}
}

// A log of what goroutines do most takes 16 bytes an event, and adding one
// makes nothing else.
func TestLogIsSmall(t *testing.T) {
	l := &Log{}
	const n = 40 * chunk
	for i := range n / 4 {
		now, g := int64(i)*200, task.ID(i)
		l.Add(Event{Time: now, Kind: GoCreate, G: g, A: int64(i) + 100, B: int64(InNext)})
		l.Add(Event{Time: now + 50, Kind: GoStart, G: g, A: int64(InRing)})
		l.Add(Event{Time: now + 80, Kind: GoBlock, G: g, A: int64(task.ChanReceive), B: 0xc000400000 + int64(i)*96})
		l.Add(Event{Time: now + 90, Kind: Look, M: 7, P: 3, G: task.None, A: int64(LookSteal), B: 2})
	}
	if got := float64(l.Bytes()) / n; got > 17 {
		t.Errorf("%.1f bytes an event, want 17 at most", got)
	}
	if got := testing.AllocsPerRun(1000, func() { l.Add(Event{Time: 1e6, Kind: GoUnblock}) }); got > 0.1 {
		t.Errorf("%.2f allocations an event", got)
	}
}

func BenchmarkLogAdd(b *testing.B) {
	l := &Log{}
	for i := range b.N {
		l.Add(Event{Time: int64(i), Kind: GoBlock, M: 3, P: 1, G: 77, A: 4, B: 0xc000400000})
	}
}

func BenchmarkLogAt(b *testing.B) {
	l := &Log{}
	for i := range 10 * chunk {
		l.Add(Event{Time: int64(i), Kind: GoBlock, M: 3, P: 1, G: 77, A: 4, B: 0xc000400000})
	}
	for i := range b.N {
		l.At(i % l.Len())
	}
}
