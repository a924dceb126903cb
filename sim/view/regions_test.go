package view

import (
	"fmt"
	"testing"

	"gopark/sim/task"
	"gopark/sim/trace"
)

// regionLog has a goroutine with so many regions, each with one inside, one after the
// other, a hundred nanoseconds each. The first is inside one that has begun before the
// log does.
func regionLog(n int) *Fold {
	log := &trace.Log{}
	add := func(at int64, k trace.Kind, a int64) {
		log.Add(trace.Event{Time: task.Time(at), Kind: k, M: 0, P: 0, G: 0, A: a})
	}
	add(0, trace.GoCreate, 1)
	add(0, trace.GoStart, 0)
	for i := range n {
		at := int64(100 * i)
		add(at+10, trace.UserRegionBegin, 0)
		add(at+20, trace.UserRegionBegin, 0)
		add(at+30, trace.UserRegionEnd, 0)
		add(at+90, trace.UserRegionEnd, 0)
		if i == 0 {
			add(at+95, trace.UserRegionEnd, 0)
		}
	}
	add(int64(100*n), trace.UserRegionBegin, 0)
	f := &Fold{}
	f.Read(log)
	return f
}

func TestRegionsInWindows(t *testing.T) {
	f := regionLog(1000)
	for _, c := range []struct {
		from, to int64
		most     int
		want     string
	}{
		{0, 100, 10, "0 10–90, 1 20–30, 0 0–95, true"},
		{200, 205, 10, "true"}, // between regions
		{50_025, 50_026, 10, "0 50010–50090, 1 50020–50030, true"},
		{50_085, 50_120, 10, "0 50010–50090, 0 50110–50190, 1 50120–50130, true"},
		{99_950, 100_100, 10, "0 99910–99990, 0 100000–100000, true"},
		{0, 20_000, 20, "false"}, // all are narrower than a pixel or so, but for one
	} {
		list, all := f.Bands(c.from, c.to, c.most)
		got := ""
		for _, b := range list {
			got += fmt.Sprintf("%d %d–%d, ", b.Depth, b.Start, b.End)
			if b.Goid != 1 || b.Kind != BandRegion {
				t.Errorf("%+v is not G1's", b)
			}
		}
		if got += fmt.Sprint(all); got != c.want && c.want != "false" || all && c.want == "false" {
			t.Errorf("from %d to %d: %s, want %s", c.from, c.to, got, c.want)
		}
	}
}

// TestRegionsAreSmall: with regions too a fold takes no more than 16 bytes an event.
func TestRegionsAreSmall(t *testing.T) {
	if f := regionLog(100_000); f.Bytes() > int64(16*f.Len()) {
		t.Errorf("%d events take %.1f bytes each", f.Len(), float64(f.Bytes())/float64(f.Len()))
	}
}
