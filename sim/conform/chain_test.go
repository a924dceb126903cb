package conform_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"gopark/sim"
)

// chain is a program whose goroutines start one another, each with some work
// before and after that, until main has had its turn.
const chain = `package main

import (
	"fmt"
	"runtime"
	"time"
)

var stop bool
var sum int

func down(n int) int {
	if n == 0 {
		return 1
	}
	return down(n-1) + n
}

func next() {
	for i := range %d {
		sum += i
	}
	if !stop {
		go next()
	}
	if %d > 0 {
		sum += down(%[2]d)
	}
}

func main() {
	t := time.Now()
	go next()
	runtime.Gosched()
	stop = true
	fmt.Println("waited", time.Since(t).Microseconds())
}
`

// Until main has its turn takes as long as it does in real Go, by the medians
// of many runs: 140 ms in 200 runs on a quiet computer (08-respawn-starves-global). With
// work before the go statement most requests are obeyed, with work after it fewer.
func TestChainInRunnext(t *testing.T) {
	if testing.Short() {
		t.Skip("millions of goroutines")
	}
	for _, c := range []struct{ before, after, least, most int }{
		{0, 0, 70, 300},
		{200, 0, 10, 30},  // real: 10 to 17 ms
		{0, 30, 140, 900}, // real: about one and a half times as long as without
	} {
		t.Run(fmt.Sprintf("%d before, %d after", c.before, c.after), func(t *testing.T) {
			t.Parallel()
			var waits []int
			for seed := range uint64(15) {
				rec, diagnostics := load(t, "chain.go", fmt.Sprintf(chain, c.before, c.after),
					sim.Config{Era: "go1.26", Procs: 1, Cores: 1, Seed: seed + 1, Limits: goLimits, History: -1})
				if rec == nil {
					t.Fatal(diagnostics)
				}
				rec.Advance(0, 0)
				out := merged(rec)
				n := regexp.MustCompile(`waited (\d+)`).FindStringSubmatch(out)
				if n == nil {
					t.Fatalf("seed %d: %s", seed+1, out)
				}
				us, _ := strconv.Atoi(n[1])
				waits = append(waits, us/1000)
			}
			slices.Sort(waits)
			if m := waits[len(waits)/2]; m < c.least || m > c.most {
				t.Errorf("main waits for %v ms, with a median outside of %d to %d", waits, c.least, c.most)
			}
			t.Logf("%v ms", waits)
		})
	}
}
