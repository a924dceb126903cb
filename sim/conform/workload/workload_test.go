package workload

import "testing"

// TestAll runs the workloads as compiled Go.
func TestAll(t *testing.T) {
	for _, w := range All {
		if got := w.Run(); got != w.Want {
			t.Errorf("%s returns %d, want %d", w.Name, got, w.Want)
		}
	}
}
