package sched

import (
	"testing"

	"gopark/sim/task/tasktest"
	"gopark/sim/trace"
)

// Whatever goroutines do, every era's log is legal, the run comes to an end
// that the era has, and a second run is the same.
func FuzzScript(f *testing.F) {
	for seed := range uint64(3 * len(Eras)) {
		f.Add([]byte{byte(seed), 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8}, seed)
	}
	f.Fuzz(func(t *testing.T, b []byte, config uint64) {
		script := tasktest.FromBytes(b)
		era, c := randomConfig(int64(config & (1<<40 - 1)))
		first := fuzzScript(t, era, script, c)
		if again := fuzzScript(t, era, script, c); again != first {
			t.Fatalf("%s %+v\n%s\ntwo runs differ: %s", era, c, script, firstDifference(again, first))
		}
	})
}

func fuzzScript(t *testing.T, era, script string, c Config) string {
	s, _, log := start(t, era, script, c)
	for i := 0; s.Step(); i++ {
		if i > steps {
			t.Fatalf("%s %+v\n%s\nno end at %d ns\n%s", era, c, script, s.Now(), tail(log))
		}
	}
	if err := trace.Check(log, rules(t, era)); err != nil {
		t.Fatalf("%s %+v\n%s\n%v\n%s", era, c, script, err, tail(log))
	}
	if end := s.Ended(); badEnd(era, end.Kind, script) {
		t.Fatalf("%s %+v\n%s\n%v\n%s", era, c, script, end, tail(log))
	}
	return log.String()
}
