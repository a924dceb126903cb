package sim_test

import (
	"testing"
	"testing/fstest"

	"gopark/sim"
)

// A program finds the world's files, or those that it is given; what it writes
// does not outlive the run.
func TestFiles(t *testing.T) {
	for range 2 {
		if got := output(record(t, "files.go", sim.Config{Procs: 1})); got != "31 <nil>\n" {
			t.Errorf("the sum of the world's numbers is 31; the program printed %q", got)
		}
	}
	own := fstest.MapFS{"home/gopher/numbers.txt": {Data: []byte("40\n2\n")}}
	if got := output(record(t, "files.go", sim.Config{Procs: 1, Files: own})); got != "42 <nil>\n" {
		t.Errorf("the program printed %q of a file with 40 and 2", got)
	}
}
