package main

import (
	"flag"
	"fmt"
	"strconv"

	"gopark/sim"
)

// machineFlags are the flags that say on what a program runs.
type machineFlags struct {
	cfg  sim.Config
	many bool // flags of which there is one here are the caller's, with several values
}

// parse reads flags and the environment. GOMAXPROCS counts where -procs isn't
// given, as it does for a real program.
func (m *machineFlags) parse(a *app, fs *flag.FlagSet, args []string) error {
	m.cfg.Limits = sim.DefaultLimits
	m.cfg.Env = map[string]string{}
	fs.SetOutput(a.stderr)
	m.cfg.Cores = 2
	if !m.many {
		fs.StringVar(&m.cfg.Era, "era", sim.DefaultEra, "whose scheduler: see gopark eras")
		fs.IntVar(&m.cfg.Procs, "procs", 0, "GOMAXPROCS; 0: the environment's, or the era's default")
		fs.IntVar(&m.cfg.Cores, "cores", m.cfg.Cores, "cores of the computer")
		fs.Uint64Var(&m.cfg.Seed, "seed", 1, "decides everything that is random")
	}
	fs.Int64Var(&m.cfg.Slow, "slow", 1, "how many times as long the processor takes for everything; what goes by a clock stays: sleeps, deadlines, time slices")
	fs.Func("limit-time", "virtual time, such as 10s (0: none)", durationFlag(&m.cfg.Limits.Time))
	fs.Uint64Var(&m.cfg.Limits.Instructions, "limit-instructions", m.cfg.Limits.Instructions, "instructions (0: none)")
	fs.Uint64Var(&m.cfg.Limits.Memory, "limit-memory", m.cfg.Limits.Memory, "bytes of memory (0: none)")
	fs.Uint64Var(&m.cfg.Limits.Output, "limit-output", m.cfg.Limits.Output, "bytes of output (0: none)")
	fs.Uint64Var(&m.cfg.Limits.Events, "limit-events", m.cfg.Limits.Events, "events of the log (0: none)")
	if err := fs.Parse(args); err != nil {
		return err
	}
	for _, name := range []string{"GODEBUG", "GOEXPERIMENT", "GOTRACEBACK", "GOMAXPROCS", "GOGC", "GOMEMLIMIT"} {
		if v := a.getenv(name); v != "" {
			m.cfg.Env[name] = v
		}
	}
	if n, err := strconv.Atoi(m.cfg.Env["GOMAXPROCS"]); err == nil && n > 0 && m.cfg.Procs == 0 {
		m.cfg.Procs = n
	}
	if m.cfg.Procs < 0 || m.cfg.Cores < 1 || m.cfg.Slow < 1 {
		return fmt.Errorf("-procs %d -cores %d -slow %d: there is no less than one of anything", m.cfg.Procs, m.cfg.Cores, m.cfg.Slow)
	}
	return nil
}

// durationFlag accepts 10s, and bare nanoseconds.
func durationFlag(d *int64) func(string) error {
	return func(s string) error {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			*d = n
			return nil
		}
		v, err := parseDuration(s)
		*d = v
		return err
	}
}
