package view

import (
	"fmt"
	"testing"

	"gopark/sim"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// pingPong is a fold of n events in which the goroutines 1 to 5 take turns on P0:
// each is made ready, runs for 7 ns and blocks, and 3 ns later the next starts.
func pingPong(n int) *Fold {
	log, f := &trace.Log{}, &Fold{}
	add := func(at int64, k trace.Kind, g task.ID, a, b int64) {
		if log.Len() < n {
			log.Add(trace.Event{Time: at, Kind: k, M: 0, P: 0, G: g, A: a, B: b})
		}
	}
	for g := range task.ID(5) {
		add(0, trace.GoCreate, g, int64(g)+1, int64(trace.InRing))
	}
	for i := 0; log.Len() < n; i++ {
		at, g := int64(10*i), task.ID(i%5)
		if i >= 5 {
			add(at, trace.GoUnblock, g, 0, int64(trace.InHand))
		}
		add(at, trace.GoStart, g, int64(trace.InRing), 0)
		add(at+7, trace.GoBlock, g, int64(task.ChanReceive), 0xc000010000)
	}
	f.Read(log)
	return f
}

func TestTilesAreExactWhereThereIsRoom(t *testing.T) {
	lanes, _ := pingPong(400).Lanes(Query{From: 203, To: 240, Width: 1000, Max: 1})
	want := []Tile{{T0: 203, T1: 207, Goid: 1}, {T0: 210, T1: 217, Goid: 2}, {T0: 220, T1: 227, Goid: 3}, {T0: 230, T1: 237, Goid: 4}}
	var got []Tile
	for _, k := range lanes[0].Tiles {
		if k.Kind == SpanRun {
			got = append(got, k)
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%d tiles, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		if g := got[i]; g.T0 != w.T0 || g.T1 != w.T1 || g.Goid != w.Goid || g.N != 1 {
			t.Errorf("tile %d is %+v, want %+v", i, g, w)
		}
	}
}

// TestTilesAreFewAndTellTheTruth asks for a million events on 800 pixels. A
// goroutine runs for a fifth of 0.7 of the time.
func TestTilesAreFewAndTellTheTruth(t *testing.T) {
	f := pingPong(1_000_000)
	lanes, _ := f.Lanes(Query{Kind: LaneG, To: f.End, Width: 800, First: 2, Max: 1})
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
			busy += (k.T1 - k.T0) * int64(k.Busy)
		} else if k.Kind == SpanRun {
			busy += 100 * (k.T1 - k.T0)
		}
	}
	if part := float64(busy) / 100 / float64(f.End); part < 0.12 || part > 0.16 {
		t.Errorf("the tiles say that G3 ran for %.3f of the time, want 0.14", part)
	}
}

func TestSixteenBytesAnEvent(t *testing.T) {
	for _, n := range []int{100_000, 1_000_000} {
		if f := pingPong(n); f.Bytes() > int64(16*n) {
			t.Errorf("%d events take %.1f bytes each", n, float64(f.Bytes())/float64(n))
		}
	}
	if f := crowdLog(100_000); f.Bytes() > int64(16*f.Len()) {
		t.Errorf("100,000 goroutines with %d events take %.1f bytes each", f.Len(), float64(f.Bytes())/float64(f.Len()))
	}
}

// crowdLog is a fold of so many goroutines, each of which is made, runs, blocks,
// is made ready, runs and ends.
func crowdLog(goroutines int) *Fold {
	log, f := &trace.Log{}, &Fold{}
	at := int64(0)
	add := func(k trace.Kind, g task.ID, a, b int64) {
		at += 50
		log.Add(trace.Event{Time: at, Kind: k, G: g, A: a, B: b})
	}
	for g := range task.ID(goroutines) {
		add(trace.GoCreate, g, int64(g)+1, int64(trace.InNext))
		add(trace.RunqKick, g, 0, 0)
	}
	for g := range task.ID(goroutines) {
		add(trace.GoStart, g, int64(trace.InRing), 0)
		add(trace.GoBlock, g, int64(task.ChanReceive), 0xc000010000)
	}
	for g := range task.ID(goroutines) {
		add(trace.GoUnblock, g, 0, int64(trace.InNext))
		add(trace.RunqKick, g, 0, 0)
	}
	for g := range task.ID(goroutines) {
		add(trace.GoStart, g, int64(trace.InRing), 0)
		add(trace.GoDestroy, g, 0, 0)
	}
	f.Read(log)
	return f
}

// A task's number is used again; the log says for whom.
func TestAReusedTaskIsAnotherGoroutine(t *testing.T) {
	log, f := &trace.Log{}, &Fold{}
	for goid := range int64(10) {
		log.Add(trace.Event{Time: goid, Kind: trace.GoCreate, G: 3, A: 100 + goid})
		log.Add(trace.Event{Time: goid, Kind: trace.GoStart, G: 3})
		log.Add(trace.Event{Time: goid, Kind: trace.GoDestroy, G: 3})
	}
	f.Read(log)
	for i := range f.Len() {
		about, actor := f.Goid(i)
		want := 100 + int64(i/3)
		if about != want || i%3 == 2 && actor != want || i%3 != 2 && actor != 0 {
			t.Errorf("event %d is about G%d by G%d, want G%d", i, about, actor, want)
		}
	}
	if n := f.Next(104, 0); n != 13 {
		t.Errorf("G104 begins with event %d, want 13", n)
	}
}

func TestLanesAreCutToWhatIsAskedFor(t *testing.T) {
	f := crowdLog(50)
	lanes, total := f.Lanes(Query{Kind: LaneG, To: 1 << 40, Width: 100, First: 45, Max: 10})
	if total != 50 || len(lanes) != 5 || lanes[0].Name != "G46" {
		t.Errorf("got %d lanes of %d from %q; want 5 of 50 from G46", len(lanes), total, lanes[0].Name)
	}
	if lanes, _ := f.Lanes(Query{Kind: LaneG, To: 100, Width: 100, First: 99, Max: 10}); len(lanes) != 0 {
		t.Errorf("%d lanes beyond the last", len(lanes))
	}
	if lanes, total := f.Lanes(Query{Kind: NumLaneKinds, To: 100, Width: 100, Max: 10}); len(lanes) != 0 || total != 0 {
		t.Errorf("%d lanes of no kind", len(lanes))
	}
}

// A Packed says the same as Lanes.
func TestPackedIsTheSame(t *testing.T) {
	f := pingPong(5000)
	for _, q := range []Query{
		{Kind: LaneG, To: f.End, Width: 300, Max: 9}, {Kind: LaneP, From: 700, To: 900, Width: 1000, Max: 9}, {Kind: LaneM, From: -5, To: 1 << 40, Width: 77, Max: 1},
	} {
		lanes, total := f.Lanes(q)
		p := f.Pack(q)
		if p.Total != total || len(p.Lanes) != len(lanes) {
			t.Fatalf("%+v: %d of %d lanes, want %d of %d", q, len(p.Lanes), p.Total, len(lanes), total)
		}
		for i, l := range lanes {
			if p.Lanes[i].Tiles != len(l.Tiles) || p.Lanes[i].ID != l.ID {
				t.Fatalf("%+v: lane %d has %d tiles, want %d", q, i, p.Lanes[i].Tiles, len(l.Tiles))
			}
			for k, tile := range l.Tiles {
				w := p.Words[4*(p.Lanes[i].First+k):]
				if PackedTile(w).Kind() != tile.Kind || PackedTile(w).Goid() != tile.Goid || PackedTile(w).Busy() != tile.Busy || PackedTile(w).Rank() != shade(tile.Rank) {
					t.Errorf("%+v: tile %d of lane %d is %v, want %+v", q, k, i, w[:4], tile)
				}
			}
		}
	}
}

func TestArrowsAndBands(t *testing.T) {
	f := pingPong(400)
	arrows, all := f.Arrows(200, 215, 10)
	if !all || len(arrows) != 2 {
		t.Fatalf("arrows %+v, all %v", arrows, all)
	}
	if a := arrows[0]; a.Kind != ArrowWoke || a.ToGoid != 1 || a.Start != 200 || a.End != 200 || a.ToP != 0 {
		t.Errorf("G1 is woken by %+v", a)
	}
	if _, all := f.Arrows(0, f.End, 10); all {
		t.Error("ten arrows are all there are")
	}

	log, g := &trace.Log{}, &Fold{}
	for i, e := range []trace.Event{
		{Kind: trace.GoCreate, A: 1}, {Kind: trace.GoStart}, {Kind: trace.STWBegin}, {Kind: trace.GCBegin}, {Kind: trace.GCMarkBegin}, {Kind: trace.STWEnd},
		{Kind: trace.STWBegin}, {Kind: trace.GCMarkEnd}, {Kind: trace.GCEnd}, {Kind: trace.STWEnd}, {Kind: trace.GoBlock, A: int64(task.MutexLock)}, {Kind: trace.GoUnblock},
	} {
		e.Time = int64(i) * 100
		log.Add(e)
	}
	g.Read(log)
	bands, _ := g.Bands(0, 2000, 100)
	got := ""
	for _, b := range bands {
		got += fmt.Sprintf("%s %d–%d; ", BandNames[b.Kind], b.Start, b.End)
	}
	if want := "the world stops 200–500; garbage collection 300–400; marking beside the program 400–700; the world stops 600–900; garbage collection 700–800; waits for a lock 1000–1100; "; got != want {
		t.Errorf("bands are\n%s\nwant\n%s", got, want)
	}
}

// TestPhaseOfATrace: a real trace tells when marking begins and ends. What it doesn't
// tell, the collector does not do.
func TestPhaseOfATrace(t *testing.T) {
	log, f := &trace.Log{}, &Fold{}
	for i, k := range []trace.Kind{trace.STWBegin, trace.GCMarkBegin, trace.STWEnd, trace.STWBegin, trace.GCMarkEnd, trace.STWEnd, trace.STWBegin, trace.STWEnd} {
		log.Add(trace.Event{Kind: k, Time: int64(i) * 100})
	}
	f.Read(log)
	for n, want := range []string{1: state.GCOff, 2: state.GCMark, 4: state.GCMark, 5: state.GCOff, 6: state.GCOff, 8: state.GCOff} {
		if got := f.phase(n, state.GCOff); want != "" && got != want {
			t.Errorf("after %d events the collector is %q, and not %q", n, got, want)
		}
	}
}

func TestFindEvents(t *testing.T) {
	f := pingPong(100)
	for _, c := range []struct {
		text    string
		n       int
		back    bool
		want    int
		meant   bool
		details string
	}{
		{"G3", 0, false, 3, true, "its creation"},
		{"G3 GoBlock", 0, false, 11, true, "its first wait"},
		{"chan receive", 20, false, 21, true, "the first wait after"},
		{"chan receive G2", 100, true, 100, true, "the last"},
		{"g3 steal", 0, false, 0, true, "nobody steals"},
		{"P7", 0, false, 0, true, "no such P"},
		{"nonsense", 0, false, 0, false, ""},
		{"", 0, false, 0, false, ""},
	} {
		x, ok := f.Finder(c.text)
		if ok != c.meant {
			t.Errorf("%q: understood %v", c.text, ok)
			continue
		}
		if !ok {
			continue
		}
		got, next := f.Find(x, c.n, c.back, 1000)
		if c.want > 0 && (got == 0 || !x.match(f, got-1)) || next != 0 || c.want == 0 && got != 0 {
			t.Errorf("%q from %d: event %d, want %d, %s", c.text, c.n, got, c.want, c.details)
		}
	}
	x, _ := f.Finder("P7")
	if _, next := f.Find(x, 0, false, 10); next != 10 {
		t.Errorf("after ten events it goes on at %d", next)
	}
}

// FuzzTiles asks lanes of any shape for any window.
func FuzzTiles(f *testing.F) {
	f.Add([]byte{1, 3, 2, 0, 5, 1}, int64(0), int64(20), 7)
	kinds := []trace.Kind{trace.GoCreate, trace.GoStart, trace.GoBlock, trace.ThreadStart, trace.ThreadStop, trace.ProcHalt, trace.GoSyscallBegin, trace.PollBegin}
	f.Fuzz(func(t *testing.T, moves []byte, from, to int64, width int) {
		log, fold := &trace.Log{}, &Fold{}
		at := int64(0)
		for i, m := range moves {
			at += int64(m % 16)
			log.Add(trace.Event{Time: at, Kind: kinds[m/16%8], M: int32(m % 3), P: int32(m % 2), G: task.ID(m % 5), A: int64(1 + i)})
		}
		fold.Read(log)
		width = min(width, 4096)
		from, to = from%1000, to%1000
		for kind := range NumLaneKinds {
			lanes, _ := fold.Lanes(Query{Kind: kind, From: from, To: to, Width: width, Max: 100})
			for _, l := range lanes {
				end := from
				for _, k := range l.Tiles {
					if k.T0 < end || k.T1 <= k.T0 || k.T1 > to || k.Busy < 0 || k.Busy > 100 {
						t.Fatalf("moves %v, window %d to %d, %d pixels: tile %+v after %d", moves, from, to, width, k, end)
					}
					end = k.T1
				}
			}
		}
	})
}

// A whole run on 1200 pixels and 12 lanes, as the page draws it.
func BenchmarkTimeline(b *testing.B) {
	for _, n := range []int{1_000_000, 10_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			f := pingPong(n)
			for b.Loop() {
				for _, kind := range []LaneKind{LaneP, LaneM, LaneG} {
					f.Pack(Query{Kind: kind, To: f.End, Width: 1200, Max: 12})
				}
			}
			b.ReportMetric(float64(f.Bytes())/float64(n), "B/event")
			b.ReportMetric(7, "lanes")
		})
	}
}

func BenchmarkFoldRead(b *testing.B) {
	log := pingPong(1_000_000).log
	for b.Loop() {
		(&Fold{}).Read(log)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1e6, "ns/event")
}

// Where the go statement forks, a lane can stand for a process.
func TestLanesOfProcesses(t *testing.T) {
	s := real(t, "package main\n\nfunc main() {\n\tc := make(chan int)\n\tgo func() { c <- 1 }()\n\tgo func() { c <- 2 }()\n\tprintln(<-c + <-c)\n}\n", sim.Config{Era: "processes", Seed: 1})
	lanes, total := s.Lanes(Query{Kind: LaneProcess, To: s.Progress().Time, Width: 500, Max: 9})
	got := fmt.Sprint(total)
	for _, l := range lanes {
		runs := false
		for _, k := range l.Tiles {
			runs = runs || k.Kind == SpanRun && k.Goid == l.ID
		}
		got += fmt.Sprintf(", %s of G%d at %d runs: %v", l.Name, l.ID, s.Fold().LaneAt(LaneProcess, l.ID), runs)
	}
	if want := "3, pid 1000 of G1 at 0 runs: true, pid 1001 of G2 at 1 runs: true, pid 1002 of G3 at 2 runs: true"; got != want {
		t.Errorf("lanes are\n%s\nwant\n%s", got, want)
	}
}
