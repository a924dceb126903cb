package sim_test

import (
	"testing"

	"gopark/sim"
	"gopark/sim/host"
)

const lockers = `package main

import "sync"

func spin(n int) (s int) {
	for i := range n {
		s += i
	}
	return s
}

func main() {
	var forks [3]sync.Mutex
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 8 {
				forks[i].Lock()
				spin(20_000)
				forks[(i+1)%3].Lock()
				spin(5_000)
				forks[(i+1)%3].Unlock()
				forks[i].Unlock()
			}
		}()
	}
	wg.Wait()
}
`

// Who wrote a word last is the same wherever the snapshots lie from which it is
// looked up; with very many it may be too long ago to say.
func TestLastWriteAnySnapshots(t *testing.T) {
	p, diags, err := host.Load("main.go", lockers)
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	var recs []sim.Recording
	for _, work := range []uint64{1 << 40, 300} {
		rec, err := p.Record(sim.Config{Procs: 2, Seed: 7, Limits: sim.DefaultLimits})
		if err != nil {
			t.Fatal(err)
		}
		sim.Often(rec, work)
		rec.Advance(0, 0)
		recs = append(recs, rec)
	}
	if n, _ := sim.Snapshots(recs[1]); n < 5 {
		t.Fatalf("only %d snapshots", n)
	}
	few, many := recs[0].(sim.Inspector), recs[1].(sim.Inspector)
	known, looked := 0, 0
	for n := range recs[0].Log().Len() + 1 {
		for _, o := range recs[0].At(n).Objects {
			if o.Kind != "mutex" || o.Base == 0 {
				continue
			}
			looked++
			a, okA := few.LastWrite(n, o.Base, 1)
			b, okB := many.LastWrite(n, o.Base, 1)
			if okB {
				known++
			}
			if !okA || okB && a != b {
				t.Fatalf("event %d: %+v (%v) with few snapshots, %+v (%v) with many", n, a, okA, b, okB)
			}
			if now := o.Word & 1; a.After&1 != now {
				t.Errorf("event %d: the last write left %d, the word has %d", n, a.After&1, now)
			}
		}
	}
	if looked == 0 || known < looked/2 {
		t.Errorf("of %d mutexes looked at, %d were known", looked, known)
	}
}
