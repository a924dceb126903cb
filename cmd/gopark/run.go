package main

import (
	"flag"
	"fmt"
	"time"

	"gopark/sim"
)

// slice is how many instructions run between two looks at the output, so that
// what a long program prints appears while it runs.
const slice = 10_000_000

func parseDuration(s string) (int64, error) {
	d, err := time.ParseDuration(s)
	return int64(d), err
}

// run runs a program: what it prints comes out of the same streams, and its
// exit code is ours.
func (a *app) run(args []string) int {
	fs := flag.NewFlagSet("gopark run", flag.ContinueOnError)
	stats := fs.Bool("stats", false, "print counters to standard error when it is over")
	var m machineFlags
	fs.Func("schedtrace", "how often the scheduler prints its state to standard error, such as 1ms, as for GODEBUG=schedtrace", durationFlag(&m.cfg.SchedTrace))
	fs.BoolVar(&m.cfg.SchedDetail, "scheddetail", false, "with -schedtrace: a line for each P, M and G")
	rec, code := a.record(&m, fs, args)
	if rec == nil {
		return code
	}
	if m.cfg.SchedTrace > 0 && rec.era.SchedTrace == nil {
		fmt.Fprintf(a.stderr, "gopark run: -schedtrace: the runtime of %s has no such thing; gopark trace shows every event\n", rec.era.Name)
		return exitUsage
	}
	start := time.Now()
	printed := 0
	for ended := false; !ended; {
		ended = rec.Advance(slice, 0)
		out := rec.Output()
		for _, o := range out[printed:] {
			a.write(o)
		}
		printed = len(out)
	}
	rec.times.exec = time.Since(start)
	if *stats {
		a.printStats(rec)
	}
	why, code := rec.Ended()
	if r, ok := rec.Recording.(interface{ Limited() bool }); ok && r.Limited() {
		fmt.Fprintln(a.stderr, "gopark run:", why)
	}
	return code
}

func (a *app) write(o sim.Output) {
	w := a.stdout
	if o.FD == 2 {
		w = a.stderr
	}
	fmt.Fprint(w, o.Text)
}

// printStats prints one "name: value" a line: the run's own counters, then
// what the host's clock said.
func (a *app) printStats(rec *job) {
	t := &rec.times
	instructions := int64(0)
	for _, s := range rec.Stats() {
		fmt.Fprintf(a.stderr, "%s: %d\n", s.Name, s.Value)
		if s.Name == "instructions" {
			instructions = s.Value
		}
	}
	fmt.Fprintf(a.stderr, "load_ns: %d\ncompile_ns: %d\nexec_ns: %d\n", t.Load, t.Compile, t.exec)
	if instructions > 0 {
		fmt.Fprintf(a.stderr, "ns_per_instruction: %.2f\n", float64(t.exec)/float64(instructions))
	}
}
