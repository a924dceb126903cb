package costs

import (
	"reflect"
	"testing"

	"gopark/sim/cost"
	"gopark/sim/files"
)

// TestTable: each cost says what it is and where it comes from, and no row is
// about a cost that is gone.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range Table() {
		if e.Value <= 0 || e.Doc == "" || e.Source == "" || e.Unit == "" {
			t.Errorf("%s %s: %+v", e.Part, e.Name, e)
		}
		if seen[e.Part+e.Name] {
			t.Errorf("%s %s is there twice", e.Part, e.Name)
		}
		seen[e.Part+e.Name] = true
	}
	k := cost.Default.Kernel
	if files.PipeWire.Latency != k.Pipe || files.UnixWire.Latency != k.Unix || files.TCPWire.Latency != k.Loopback {
		t.Error("package files has other latencies of its wires")
	}
	if n := reflect.TypeFor[cost.Kernel]().NumField(); len(kernel) != n {
		t.Errorf("%d rows for %d costs of the kernel", len(kernel), n)
	}
	if n := reflect.TypeFor[cost.Runtime]().NumField(); len(scheduler) != n {
		t.Errorf("%d rows for %d costs of the scheduler", len(scheduler), n)
	}
}
