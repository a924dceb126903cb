package raster

import (
	"fmt"
	"testing"

	"gopark/sim/task"
	"gopark/sim/trace"
	"gopark/sim/view"
)

// turns is a fold of n events in which two goroutines take turns on P0: each
// runs for 60 ns and blocks, and 40 ns later the other starts.
func turns(n int) *view.Fold {
	log, f := &trace.Log{}, &view.Fold{}
	add := func(at int64, k trace.Kind, g task.ID, a int64) {
		log.Add(trace.Event{Time: at, Kind: k, G: g, A: a})
	}
	add(0, trace.GoCreate, 0, 1)
	add(0, trace.GoCreate, 1, 2)
	for i := 0; log.Len() < n; i++ {
		at, g := int64(100*i), task.ID(i%2)
		if i >= 2 {
			add(at, trace.GoUnblock, g, 0)
		}
		add(at, trace.GoStart, g, 0)
		add(at+60, trace.GoBlock, g, int64(task.ChanReceive))
	}
	f.Read(log)
	return f
}

var (
	inks     = &Inks{Soft: RGB(92, 99, 112), Line: RGB(220, 216, 205), Well: RGB(241, 238, 230)}
	measures = Measures{Width: 256, Lane: 24, Gap: 4, Unit: 1}
)

func painted(p *view.Packed) []Pixel {
	pix := make([]Pixel, measures.Width*measures.Height(len(p.Lanes)))
	Lanes(pix, p, measures, inks)
	return pix
}

// Each pixel of a picture whose pixels are nanoseconds shows what the view says
// of that nanosecond.
func TestPixelsAreWhatTheViewSays(t *testing.T) {
	f := turns(200)
	for _, kind := range []view.LaneKind{view.LaneP, view.LaneM, view.LaneG} {
		q := view.Query{Kind: kind, From: 1024, To: 1280, Width: 256, Max: 9}
		lanes, _ := f.Lanes(q)
		pix := painted(f.Pack(q))
		for i, l := range lanes {
			y := i*28 + 12 // the middle of the lane: every fill but the hatching is there
			for _, k := range l.Tiles {
				for at := k.T0; at < k.T1; at++ {
					got := pix[y*256+int(at-q.From)]
					solid := k.Kind == view.SpanRun && at < k.T1-1
					if own := got == inks.Of(k.Rank); solid && !own || k.Kind == view.SpanRuntime && own && k.Rank != -1 {
						t.Fatalf("lane %s at %d: pixel %x in %+v", l.Name, at, got, k)
					}
				}
			}
		}
	}
}

// A picture in which each pixel stands for many turns is as dense as they are.
func TestDensity(t *testing.T) {
	f := turns(100_000)
	pix := painted(f.Pack(view.Query{Kind: view.LaneG, To: f.End / 2, Width: 256, Max: 2}))
	want := inks.Of(0).over(inks.Well, 64+30*192/100)
	for x := 1; x < 255; x++ {
		got := pix[12*256+x]
		for shift := 0; shift < 24; shift += 8 {
			if d := int(got>>shift&255) - int(want>>shift&255); d < -4 || d > 4 {
				t.Fatalf("pixel %d is %x, a goroutine that runs for 30%% of the time has %x", x, got, want)
			}
		}
	}
}

// Nothing is painted between lanes, and patterns go on from tile to tile.
func TestTilesFit(t *testing.T) {
	f := turns(200)
	a := painted(f.Pack(view.Query{Kind: view.LaneG, From: 0, To: 256, Width: 256, Max: 2}))
	for x := range 256 {
		if a[25*256+x] != 0 {
			t.Fatalf("pixel %d of the gap is %x", x, a[25*256+x])
		}
	}
	if 256%(pitch*measures.Unit) != 0 || 256%(pitch*4) != 0 {
		t.Error("the pattern breaks at the edges of tiles")
	}
}

func TestField(t *testing.T) {
	states := &States{RGB(0, 0, 0), RGB(250, 0, 0), RGB(0, 250, 0), RGB(0, 0, 250), RGB(9, 9, 9)}
	for _, n := range []int{1, 3, 1000, 100_000, 1_000_000} {
		g := GridFor(n, 600, 200, 12)
		w, h := g.Size()
		if w > 600 || h > 200 || g.Columns*g.Rows*g.Per < n {
			t.Fatalf("%d goroutines in %+v: %d by %d", n, g, w, h)
		}
		field := make([]byte, n)
		for i := range field {
			field[i] = view.FieldWaiting
			if i%2 == 1 && g.Per > 1 {
				field[i] = view.FieldRunning
			}
		}
		pix := make([]Pixel, w*h)
		Field(pix, field, g, states)
		dots := map[Pixel]int{}
		for _, p := range pix {
			dots[p]++
		}
		if g.Per == 1 {
			square := g.Side
			if g.Side >= 4 {
				square--
			}
			if dots[states[view.FieldWaiting]] != n*square*square {
				t.Errorf("%d goroutines: %v", n, dots)
			}
		} else if b := pix[0] >> 16 & 255; b < 100 || b > 150 {
			t.Errorf("%d goroutines, half of which wait: %x", n, pix[0])
		}
		if i := g.First(w-1, 0); i >= g.Columns*g.Per {
			t.Errorf("the first row ends with goroutine %d", i)
		}
	}
}

func BenchmarkLanes(b *testing.B) {
	for _, n := range []int{1_000_000, 10_000_000} {
		f := turns(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := f.Pack(view.Query{Kind: view.LaneG, To: f.End, Width: 256, Max: 24})
			pix := make([]Pixel, 256*measures.Height(len(p.Lanes)))
			for b.Loop() {
				Lanes(pix, p, measures, inks)
			}
		})
	}
}
