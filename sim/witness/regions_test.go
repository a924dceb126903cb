package witness_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	exp "golang.org/x/exp/trace"

	"gopark/sim/view"
)

// TestRegionsAreGos: the regions of a real program are bands of its goroutines, as Go's
// own reader tells when each began and ended and how many were around it.
func TestRegionsAreGos(t *testing.T) {
	data := record(t, "regions")
	_, s := open(t, data)
	end := s.Progress().Time
	list, all := s.Fold().Bands(0, end+1, 1000)
	if !all {
		t.Error("some bands were left out")
	}
	var got []string
	for _, b := range list {
		if b.Kind == view.BandRegion {
			got = append(got, fmt.Sprintf("G%d %d “%s” %d–%d", b.Goid, b.Depth, strings.Trim(b.Name, "“”"), b.Start, b.End))
		}
	}
	want := regionsOfGo(t, data, end)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("regions\n%s\nGo's reader says\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if n := 3*(1+4*2+1) + 2; len(got) != n {
		t.Errorf("%d regions, and the program has %d", len(got), n)
	}
}

// regionsOfGo are the regions by Go's reader; one that never ends goes on as long as its
// goroutine, or to the end.
func regionsOfGo(t *testing.T, data []byte, end int64) (list []string) {
	t.Helper()
	type begun struct {
		name string
		at   int64
	}
	open := map[exp.GoID][]begun{}
	over := func(g exp.GoID, at int64) {
		k := len(open[g]) - 1
		r := open[g][k]
		open[g] = open[g][:k]
		list = append(list, fmt.Sprintf("G%d %d “%s” %d–%d", g, k, r.name, r.at, at))
	}
	for at, e := range eventsOfGo(t, data) {
		switch e.Kind() {
		case exp.EventRegionBegin:
			open[e.Goroutine()] = append(open[e.Goroutine()], begun{e.Region().Type, at})
		case exp.EventRegionEnd:
			over(e.Goroutine(), at)
		case exp.EventStateTransition:
			if st := e.StateTransition(); st.Resource.Kind == exp.ResourceGoroutine {
				if _, to := st.Goroutine(); to == exp.GoNotExist {
					for g := st.Resource.Goroutine(); len(open[g]) > 0; {
						over(g, at)
					}
				}
			}
		}
	}
	for g := range open {
		for len(open[g]) > 0 {
			over(g, end)
		}
	}
	return list
}
