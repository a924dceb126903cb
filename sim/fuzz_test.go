package sim_test

import (
	"strings"
	"testing"
	"time"

	"gopark/sim/host"
)

// Whatever the source, there is a program or a mistake with a place, soon.
func FuzzLoad(f *testing.F) {
	if _, err := host.Library(); err != nil {
		f.Fatal(err)
	}
	f.Add("package main\nfunc main() { println(1) }\n")
	for _, h := range hostile {
		if len(h.text) < 4000 {
			f.Add(h.text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 64<<10 {
			return
		}
		start := time.Now()
		p, diags, err := host.Load("fuzz.go", text)
		if d := time.Since(start); d > 8*time.Second {
			t.Errorf("took %v", d)
		}
		if err != nil {
			t.Errorf("not a mistake of the program's: %v", err)
		}
		if err == nil && p == nil && len(diags) == 0 {
			t.Error("neither a program nor a mistake")
		}
		for _, d := range diags {
			if d.Line < 1 || d.Column < 1 || d.Message == "" || strings.Contains(d.Message, "internal error") {
				t.Errorf("%v", d)
			}
		}
	})
}
