package main

import (
	"flag"
	"fmt"
	"strconv"
	"strings"

	"gopark/sim"
	"gopark/sim/compare"
	"gopark/sim/export"
	"gopark/sim/machine"
	"gopark/sim/sched"
)

// maxRuns is how many runs are compared at most.
const maxRuns = 64

// compare runs a program in several eras, on several machines, with several
// seeds, and says how the runs differ.
func (a *app) compare(args []string) int {
	fs := flag.NewFlagSet("gopark compare", flag.ContinueOnError)
	eras := fs.String("eras", "go1.0,go1.4,go1.26", "whose schedulers, with commas; all: every one")
	procs := fs.String("procs", "0", "GOMAXPROCS, with commas; 0: the environment's, or the era's default")
	cores := fs.String("cores", "2", "cores of the computer, with commas")
	seeds := fs.String("seeds", "1", "what decides everything that is random, with commas")
	var m machineFlags
	m.many = true
	if err := m.parse(a, fs, args); err != nil {
		fmt.Fprintln(a.stderr, "gopark compare:", err)
		return exitUsage
	}
	if *eras == "all" {
		*eras = allEras()
	}
	configs, err := variations(m.cfg, *eras, *procs, *cores, *seeds)
	if err != nil {
		fmt.Fprintln(a.stderr, "gopark compare:", err)
		return exitUsage
	}
	prog, code := a.load(fs)
	if prog == nil {
		return code
	}
	var runs []compare.Run
	for _, v := range configs {
		run, err := runToEnd(prog, v)
		if err != nil {
			fmt.Fprintln(a.stderr, "gopark compare:", err)
			return exitUsage
		}
		runs = append(runs, run)
	}
	if err := compare.New(runs, nil).Text(a.stdout); err != nil {
		fmt.Fprintln(a.stderr, "gopark compare:", err)
		return exitError
	}
	return exitOK
}

func allEras() string {
	var names []string
	for _, e := range sched.Eras {
		names = append(names, e.Name)
	}
	return strings.Join(names, ",")
}

// A variation is one of the runs to compare.
type variation struct {
	name string
	cfg  sim.Config
}

// variations are all combinations. A run is named by what differs between them.
func variations(base sim.Config, eras, procs, cores, seeds string) ([]variation, error) {
	list := []variation{{cfg: base}}
	for _, dim := range []struct {
		name, values string
		set          func(*sim.Config, string) error
	}{
		{"", eras, func(c *sim.Config, s string) error { c.Era = s; return nil }},
		{"procs", procs, func(c *sim.Config, s string) error { return count(&c.Procs, s, base.Procs) }},
		{"cores", cores, func(c *sim.Config, s string) error { return count(&c.Cores, s, 1) }},
		{"seed", seeds, func(c *sim.Config, s string) (err error) { c.Seed, err = strconv.ParseUint(s, 10, 64); return err }},
	} {
		values := strings.Split(dim.values, ",")
		var next []variation
		for _, v := range list {
			for _, value := range values {
				w := v
				if err := dim.set(&w.cfg, value); err != nil {
					return nil, fmt.Errorf("%s %q: %v", dim.name, value, err)
				}
				switch {
				case dim.name == "":
					w.name = value
				case len(values) > 1:
					w.name += " " + dim.name + "=" + value
				}
				next = append(next, w)
			}
		}
		list = next
	}
	if len(list) < 2 || len(list) > maxRuns {
		return nil, fmt.Errorf("these are %d runs: give at least 2 and at most %d", len(list), maxRuns)
	}
	return list, nil
}

// count parses a count; 0 stands for otherwise.
func count(to *int, s string, otherwise int) error {
	n, err := strconv.Atoi(s)
	if err == nil && n < 0 {
		err = strconv.ErrRange
	}
	if n == 0 {
		n = otherwise
	}
	*to = n
	return err
}

func runToEnd(prog *sim.Program, v variation) (compare.Run, error) {
	v.cfg.History = -1
	rec, err := prog.Record(v.cfg)
	if err != nil {
		return compare.Run{}, err
	}
	rec.Advance(0, 0)
	era, _ := sched.Lookup(v.cfg.Era)
	run := compare.Run{Name: v.name, Rec: rec, Stacks: export.Stacks(rec),
		Saves: compare.Saves{Call: era.CallSave, Signal: era.SignalSave, Thread: machine.ThreadSave}}
	if strings.Contains(v.cfg.Env["GODEBUG"], "asyncpreemptoff=1") {
		run.Saves.Signal = 0
	}
	return run, nil
}
