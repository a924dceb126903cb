package compare

// A row is a counter: how to find it, and what it means.
type row struct {
	name, unit, doc string
	cell            func(t *tally) Cell
}

func known(v int64) Cell { return Cell{Value: v, Known: true} }

// stat is one of sim.Recording's counters.
func stat(name string) func(*tally) Cell {
	return func(t *tally) Cell {
		v, ok := t.stats[name]
		if !ok {
			return Cell{Why: "this recording doesn't count it"}
		}
		return known(v)
	}
}

// rows are the counters in the order in which they are shown.
var rows = []row{
	{"virtual time", "ns", "from the start of main to the end of the process",
		func(t *tally) Cell { return known(t.end) }},
	{"instructions", "", "of bytecode", stat("instructions")},
	{"cores busy", "ns", "time for which threads were on cores, added up",
		func(t *tally) Cell { return known(t.busy) }},
	{"goroutines ran", "ns", "time for which goroutines ran, added up; the rest of the cores' is the scheduler's and waits for a core",
		func(t *tally) Cell { return known(t.ran) }},

	{"goroutines", "", "made by the program, main among them", func(t *tally) Cell { return known(t.created) }},
	{"goroutines at once", "", "most of them at one time", func(t *tally) Cell { return known(t.most) }},
	{"waited to run", "ns", "time for which goroutines could have run and did not, added up",
		func(t *tally) Cell { return known(t.queued) }},
	{"longest wait to run", "ns", "of one goroutine", func(t *tally) Cell { return known(t.queuedMost) }},

	{"switches: parked", "", "a goroutine stopped to wait", func(t *tally) Cell { return known(t.parks) }},
	{"switches: ended", "", "a goroutine ended", func(t *tally) Cell { return known(t.ends) }},
	{"switches: yielded", "", "a goroutine called runtime.Gosched or gave way", func(t *tally) Cell { return known(t.yields) }},
	{"switches: preempted at a call", "", "a goroutine was asked to stop and came to a call", func(t *tally) Cell { return known(t.calls) }},
	{"switches: preempted by a signal", "", "a goroutine was stopped in the middle", func(t *tally) Cell { return known(t.signals) }},
	{"switches of threads", "", "a core went from one thread to another", func(t *tally) Cell { return known(t.threadSwitches) }},
	{"bytes saved", "bytes", "registers stored by those switches, but for those of goroutines that ended", saved(always, always, always)},
	{"bytes saved: at calls", "bytes", "of goroutines that stopped at a call", saved(always, never, never)},
	{"bytes saved: by signals", "bytes", "of goroutines stopped in the middle", saved(never, always, never)},
	{"bytes saved: by the kernel", "bytes", "of threads", saved(never, never, always)},

	{"preemption requests", "", "how often a goroutine was asked to stop", func(t *tally) Cell { return known(t.preempts) }},
	{"steals", "", "how often a P took goroutines from another", func(t *tally) Cell { return known(t.steals) }},
	{"goroutines stolen", "", "by them", func(t *tally) Cell { return known(t.stolen) }},
	{"global queue", "", "how often a P took goroutines from it", func(t *tally) Cell { return known(t.globals) }},
	{"system calls", "", "", func(t *tally) Cell { return known(t.syscalls) }},
	{"Ps taken from system calls", "", "", func(t *tally) Cell { return known(t.retakes) }},

	{"threads made", "", "in all, those of the start among them", func(t *tally) Cell { return known(t.threads) }},
	{"threads at once", "", "most of them at one time", func(t *tally) Cell { return known(t.threadsMost) }},
	{"threads woken", "", "", func(t *tally) Cell { return known(t.unparks) }},

	{"waited for mutexes", "ns", "time for which goroutines waited for sync.Mutex and RWMutex, added up",
		func(t *tally) Cell { return known(t.locked) }},
	{"waited for sched.lock", "ns", "time for which threads waited for the scheduler's own lock",
		func(t *tally) Cell { return known(t.schedLock) }},
	{"waits for sched.lock", "", "how often a thread found it taken", func(t *tally) Cell { return known(t.schedWaits) }},
	{"world stopped", "ns", "from the wish to stop the world until it ran again", func(t *tally) Cell { return known(t.halted) }},
	{"collections", "", "of garbage", func(t *tally) Cell { return known(t.gcs) }},
	{"stacks copied", "", "to larger ones", func(t *tally) Cell { return known(t.grows) }},

	{"processes forked", "", "", func(t *tally) Cell { return known(t.forks) }},
	{"pages copied on write", "", "after forks", func(t *tally) Cell { return known(t.copied) }},

	{"memory touched", "bytes", "the most that heap, stacks and the runtime's structures took", stat("touched_bytes")},
	{"memory reserved", "bytes", "addresses that the process has asked for", stat("reserved_bytes")},
	{"memory of the kernel", "bytes", "stacks and descriptors of threads", stat("kernel_bytes")},
}

const always, never = 1, 0

// saved adds up what switches stored: those at calls, by signals, of threads.
func saved(calls, signals, threads int64) func(t *tally) Cell {
	return func(t *tally) Cell {
		s := t.run.Saves
		if s == (Saves{}) {
			return Cell{Why: "nobody has said what a switch saves"}
		}
		return known(calls*(t.parks+t.yields+t.calls)*s.Call + signals*t.signals*s.Signal + threads*t.threadSwitches*s.Thread)
	}
}
