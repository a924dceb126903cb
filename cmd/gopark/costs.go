package main

import (
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"

	"gopark/sim"
	"gopark/sim/costs"
	"gopark/sim/host"
)

// costs lists what everything costs in virtual time and where the figures come from.
func (a *app) costs(args []string) int {
	fs := flag.NewFlagSet("gopark costs", flag.ContinueOnError)
	fs.SetOutput(a.stderr)
	measure := fs.Bool("measure", false, "run what was measured in real life, and compare")
	if err := fs.Parse(args); err != nil || fs.NArg() > 0 {
		if err == nil {
			fmt.Fprintln(a.stderr, "usage: gopark costs [-measure]")
		}
		return exitUsage
	}
	if *measure {
		return a.measureCosts()
	}
	part := ""
	for _, e := range costs.Table() {
		if e.Part != part {
			part = e.Part
			fmt.Fprintf(a.stdout, "%s\n", part)
		}
		fmt.Fprintf(a.stdout, "  %-14s %9d %-7s  %s\n  %34s%s\n", e.Name, e.Value, e.Unit, e.Doc, "", e.Source)
	}
	return exitOK
}

// measureCosts runs each measure.
func (a *app) measureCosts() int {
	fmt.Fprintf(a.stdout, "%-42s %10s %18s\n", "ns", "here", "measured")
	for i := range costs.Measures {
		m := &costs.Measures[i]
		ns, err := runMeasure(m)
		if err != nil {
			fmt.Fprintf(a.stderr, "gopark costs: %s: %v\n", m.Name, err)
			return exitError
		}
		real := strconv.FormatInt(m.Low, 10)
		if m.High != m.Low {
			real += "–" + strconv.FormatInt(m.High, 10)
		}
		fmt.Fprintf(a.stdout, "%-42s %10d %18s\n", m.Name, ns, real)
	}
	return exitOK
}

func runMeasure(m *costs.Measure) (int64, error) {
	prog, diagnostics, err := host.Load("measure.go", m.Program())
	if err != nil || prog == nil {
		return 0, fmt.Errorf("%v %v", diagnostics, err)
	}
	rec, err := prog.Record(m.Config())
	if err != nil {
		return 0, err
	}
	rec.Advance(0, 0)
	return m.Taken(text(rec))
}

// text is all that a run has printed.
func text(rec sim.Recording) string {
	var b strings.Builder
	for _, o := range rec.Output() {
		io.WriteString(&b, o.Text)
	}
	return b.String()
}
