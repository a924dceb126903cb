package sim_test

import (
	"testing"

	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/state"
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

// TestInstant: a state and a stack of it are the same whether they are asked for
// together or one after the other, in whatever order instants are asked for.
func TestInstant(t *testing.T) {
	p, diags, err := host.Load("main.go", `package main

import "sync"

type door struct{ sync.Mutex }

func main() {
	doors := make([]*door, 4)
	var done sync.WaitGroup
	for i := range doors {
		d := new(door)
		doors[i] = d
		d.Lock()
		done.Go(func() {
			d.Lock()
			println(i)
		})
	}
	for _, d := range doors {
		d.Unlock()
	}
	done.Wait()
}
`)
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	var recs [2]sim.Recording
	for i := range recs {
		if recs[i], err = p.Record(sim.Config{Limits: sim.DefaultLimits}); err != nil {
			t.Fatal(err)
		}
		recs[i].Advance(0, 0)
	}
	end := recs[0].Log().Len()
	for i := range end {
		n := 1 + i*7%end
		want := recs[0].At(n)
		g := int32(i % len(want.Gs))
		st, stack := recs[1].(sim.Inspector).Instant(n, func(st *state.State) int32 {
			if got, want := text(t, st), text(t, want); got != want {
				t.Fatalf("after %d events a stack is chosen of\n%s\nwant\n%s", n, got, want)
			}
			return g
		})
		if got, want := text(t, st), text(t, want); got != want {
			t.Fatalf("after %d events the state is\n%s\nwant\n%s", n, got, want)
		}
		if got, want := text(t, stack), text(t, recs[0].Stack(n, g)); got != want {
			t.Errorf("after %d events the stack of %d is\n%s\nwant\n%s", n, g, got, want)
		}
	}
	if _, stack := recs[1].(sim.Inspector).Instant(1, func(*state.State) int32 { return -1 }); stack != nil {
		t.Errorf("nobody's stack is %s", text(t, stack))
	}
}
