package view

import (
	"testing"
)

// lots makes a lane that changes n times, every 10 ns, at 7 of which it runs.
func lots(n int) *Timeline {
	t := &Timeline{}
	for i := range n {
		at := int64(10 * i)
		t.lane(LaneP, 0).set(at, SpanRun, int64(1+i%5))
		t.lane(LaneP, 0).set(at+7, SpanNone, 0)
	}
	t.End = int64(10 * n)
	return t
}

func TestTilesAreExactWhereThereIsRoom(t *testing.T) {
	lanes, _ := lots(100).Lanes(Names{}, Query{From: 203, To: 240, Width: 1000, Max: 1})
	want := []Tile{{T0: 203, T1: 207, Goid: 1}, {T0: 210, T1: 217, Goid: 2}, {T0: 220, T1: 227, Goid: 3}, {T0: 230, T1: 237, Goid: 4}}
	got := lanes[0].Tiles
	if len(got) != len(want) {
		t.Fatalf("%d tiles, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		if g := got[i]; g.T0 != w.T0 || g.T1 != w.T1 || g.Goid != w.Goid || g.Kind != SpanRun || g.N != 1 {
			t.Errorf("tile %d is %+v, want %+v", i, g, w)
		}
	}
}

// TestTilesAreFewAndTellTheTruth asks for a million changes on 800 pixels.
func TestTilesAreFewAndTellTheTruth(t *testing.T) {
	line := lots(1_000_000)
	lanes, _ := line.Lanes(Names{}, Query{To: line.End, Width: 800, Max: 1})
	tiles := lanes[0].Tiles
	if len(tiles) < 800 || len(tiles) > 1602 {
		t.Errorf("%d tiles for 800 pixels", len(tiles))
	}
	busy, end := int64(0), int64(0)
	for _, k := range tiles {
		if k.T0 < end || k.T1 <= k.T0 {
			t.Fatalf("tile %+v begins before %d, where the one before ends", k, end)
		}
		end = k.T1
		if k.N > 1 {
			busy += (k.T1 - k.T0) * int64(k.Busy) / 100
		} else if k.Kind == SpanRun {
			busy += k.T1 - k.T0
		}
	}
	if part := float64(busy) / float64(line.End); part < 0.68 || part > 0.72 {
		t.Errorf("the tiles say that the lane was busy for %.3f of the time, want 0.7", part)
	}
}

func TestLanesAreCutToWhatIsAskedFor(t *testing.T) {
	line := &Timeline{End: 100}
	for goid := range int64(50) {
		line.goroutine(goid+1).set(goid, SpanRunnable, goid+1)
	}
	lanes, total := line.Lanes(Names{}, Query{Kind: LaneG, To: 100, Width: 100, First: 45, Max: 10})
	if total != 50 || len(lanes) != 5 || lanes[0].Name != "G46" {
		t.Errorf("got %d lanes of %d from %q; want 5 of 50 from G46", len(lanes), total, lanes[0].Name)
	}
	if lanes, _ := line.Lanes(Names{}, Query{Kind: LaneG, To: 100, Width: 100, First: 99, Max: 10}); len(lanes) != 0 {
		t.Errorf("%d lanes beyond the last", len(lanes))
	}
}

// FuzzTiles asks lanes of any shape for any window.
func FuzzTiles(f *testing.F) {
	f.Add([]byte{1, 3, 2, 0, 5, 1}, int64(0), int64(20), 7)
	f.Fuzz(func(t *testing.T, moves []byte, from, to int64, width int) {
		var l lane
		at := int64(0)
		for _, m := range moves {
			at += int64(m % 16)
			l.set(at, SpanKind(m/16)%NumSpanKinds, int64(m%3))
		}
		if width > 4096 {
			width = 4096
		}
		from, to = from%1000, to%1000
		end := from
		for _, k := range l.tiles(Names{}, Query{From: from, To: to, Width: width}).Tiles {
			if k.T0 < end || k.T1 <= k.T0 || k.T1 > to || k.Busy < 0 || k.Busy > 100 {
				t.Fatalf("moves %v, window %d to %d, %d pixels: tile %+v after %d", moves, from, to, width, k, end)
			}
			end = k.T1
		}
	})
}
