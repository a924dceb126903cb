package paint

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/compare"
	"gopark/sim/export"
	"gopark/sim/lesson"
	"gopark/sim/view"
)

const pair = `package main

func main() {
	done := make(chan bool)
	for i := range 2 {
		go func() { println(i); done <- true }()
	}
	<-done
	<-done
}
`

// contrasted runs a program under each of configs and compares the runs.
func contrasted(t *testing.T, source string, configs ...sim.Config) (*compare.Comparison, []Split, []*view.Session) {
	t.Helper()
	var runs []compare.Run
	var sessions []*view.Session
	for i, cfg := range configs {
		s := recorded(t, source, cfg)
		sessions = append(sessions, s)
		runs = append(runs, compare.Run{Name: RivalName(i), Rec: s.Recording(), Stacks: export.Stacks(s.Recording()), Saves: compare.Saves{Call: 24, Thread: 2600}})
	}
	c := compare.New(runs, nil)
	var splits []Split
	for _, p := range c.Parts {
		a, b := sessions[p.A], sessions[p.B]
		splits = append(splits, Split{p.Log, a.Sentence(p.Log.AtA), b.Sentence(p.Log.AtB)}, Split{p.Order, a.Sentence(p.Order.AtA), b.Sentence(p.Order.AtB)})
	}
	return c, splits, sessions
}

// TestCompareGolden: two eras that print in another order; a run and its like; the
// questions that are asked before.
func TestCompareGolden(t *testing.T) {
	c, splits, sessions := contrasted(t, pair, sim.Config{Era: "go1.4", Procs: 1, Cores: 1}, sim.Config{Era: "go1.26", Procs: 1, Cores: 1})
	html := map[string]string{"two eras": Contrast(c, splits)}
	lanes, total := sessions[0].Lanes(view.Query{Kind: view.LaneCore, To: sessions[0].Progress().Time, Width: StripWidth, Max: MaxStrip})
	html["strip"] = Strip{Lanes: lanes, Total: total, To: sessions[1].Progress().Time, End: sessions[0].Progress().Time, Same: splits[1].A.Time, Title: "Run A"}.HTML()
	c, splits, _ = contrasted(t, pair, sim.Config{Era: "go1.26", Procs: 1, Cores: 1}, sim.Config{Era: "go1.26", Procs: 1, Cores: 1, Reseed: sim.Reseed{Event: 20, Seed: 9}})
	html["the same"] = Contrast(c, splits)
	eras := []Option{{"go1.4", "Go 1.4"}, {"go1.26", "Go 1.26"}}
	settings := lesson.Settings{Era: "go1.26", Procs: 2, Cores: 2, Seed: 7}
	html["setup"] = CompareSetup([]lesson.Settings{settings, {Era: "go1.4", Procs: 2, Cores: 2, Seed: 7}}, eras, 4)
	html["fork of chance"] = ForkSetup(settings, lesson.Settings{Seed: 8}, 42, 1234, ForkSeed, eras, pair)
	html["fork of the program"] = ForkSetup(settings, lesson.Settings{Seed: 8}, 42, 1234, ForkProgram, eras, pair)
	html["players"] = Rivals([]Rival{{settings, "the original"}, {settings, "seed 8 after event 42"}}, "the same run up to event 42.")
	for _, name := range []string{"two eras", "the same", "strip", "setup", "fork of chance", "fork of the program", "players"} {
		balanced(t, name, html[name])
		golden(t, "compare.txtar", name, outline(html[name]))
	}
}

// TestWhatIsCompared names what differs, and nothing else.
func TestWhatIsCompared(t *testing.T) {
	base := lesson.Settings{Era: "go1.26", Procs: 2, Cores: 2, Seed: 1}
	for _, x := range []struct {
		change func(s *lesson.Settings)
		want   string
	}{
		{func(s *lesson.Settings) { s.Era = "go1.1" }, "What differs is the era; all else is the same."},
		{func(s *lesson.Settings) { s.Procs, s.Seed = 4, 3 }, "What differs is GOMAXPROCS and the seed; all else is the same."},
		{func(s *lesson.Settings) { s.Cores = 8 }, "What differs is the number of cores; all else is the same."},
		{func(*lesson.Settings) {}, "these runs can’t differ"},
	} {
		other := base
		x.change(&other)
		if got := compared([]Rival{{Settings: base}, {Settings: other}}, ""); !strings.Contains(got, x.want) {
			t.Errorf("%q does not say %q", got, x.want)
		}
	}
}

// TestStripIsToScale: what a core ran takes as much of the strip as of the time.
func TestStripIsToScale(t *testing.T) {
	lane := view.Lane{Name: "core 0", Tiles: []view.Tile{{T0: 100, T1: 350, Kind: view.SpanRun}, {T0: 350, T1: 600, Kind: view.SpanRuntime, Rank: -1}}}
	html := Strip{Lanes: []view.Lane{lane}, Total: 1, To: 1000, End: 600, Same: 350, Title: "Run A"}.HTML()
	for class, want := range map[string][2]float64{"on": {100, 250}, "rt": {350, 250}, "same": {0, 350}, "lane": {0, 600}} {
		m := regexp.MustCompile(`<rect class="` + class + `" x="([\d.]+)" width="([\d.]+)"`).FindStringSubmatch(html)
		if m == nil {
			t.Fatalf("no %s in %s", class, html)
		}
		x, _ := strconv.ParseFloat(m[1], 64)
		w, _ := strconv.ParseFloat(m[2], 64)
		if math.Abs(x-want[0]) > 0.1 || math.Abs(w-want[1]) > 0.1 {
			t.Errorf("%s is drawn from %v, %v wide, not %v", class, x, w, want)
		}
	}
}
