package costs_test

import (
	"testing"

	"gopark/sim/costs"
	"gopark/sim/host"
)

// TestMeasures runs what was measured in real life, in virtual time.
func TestMeasures(t *testing.T) {
	for i := range costs.Measures {
		m := &costs.Measures[i]
		t.Run(m.Name, func(t *testing.T) {
			prog, diagnostics, err := host.Load("measure.go", m.Program())
			if err != nil || prog == nil {
				t.Fatal(err, diagnostics)
			}
			rec, err := prog.Record(m.Config())
			if err != nil {
				t.Fatal(err)
			}
			rec.Advance(0, 0)
			text := ""
			for _, o := range rec.Output() {
				text += o.Text
			}
			ns, err := m.Taken(text)
			if why, _ := rec.Ended(); err != nil {
				t.Fatalf("%s: prints %q", why, text)
			}
			t.Logf("%d ns; measured %d to %d", ns, m.Low, m.High)
			if !m.Fits(ns) {
				t.Errorf("takes %d ns, measured were %d to %d", ns, m.Low, m.High)
			}
		})
	}
}
