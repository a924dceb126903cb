// Package sim is the pipeline: source text becomes a program, a program and a
// machine become a recording, and a recording can be asked for any instant.
// It introduces the phases to one another and knows none of their rules.
//
//	source ── load ──► typed SSA ── compile ──► objects ── code.Link ──► program
//	program + Config ──► vm over sched over machine ──► trace.Log, state.State
package sim

import (
	"io/fs"

	"gopark/sim/load"
	"gopark/sim/mem"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
	"gopark/sim/vm"
)

// A Config is the machine and the era a program runs on. The zero value of a
// field means the era's or the machine's default.
type Config struct {
	Era    string // "go1.26", "threads"
	Procs  int    // GOMAXPROCS; 0: the era's default
	Cores  int    // of the computer; 0: 2
	Slow   int64  // how many times as long the processor takes for everything, but not what goes by a clock (cost.Table.Slower); 0: 1
	Seed   uint64
	Reseed Reseed
	Args   []string          // os.Args; nil: the program's name alone
	Env    map[string]string // GODEBUG, GOTRACEBACK …
	Files  fs.FS             // what the program finds in /; nil: World
	Limits Limits
	// SchedTrace is how often the scheduler prints its state to standard error, as
	// it does for GODEBUG=schedtrace=1000,scheddetail=1; 0: as Env's GODEBUG says.
	SchedTrace  task.Duration
	SchedDetail bool
	// Annotate keeps what the program notes with package runtime/trace, as if a
	// trace were taken: see Annotated.
	Annotate bool
	// History is how many bytes of memory snapshots may take: what looking
	// back costs in time depends on it. 0: DefaultHistory; negative: none
	// but the start, so that looking back runs everything again.
	History int64
	// Arenas is where large memories of programs come from, and go to when the recording
	// is released; nil: the host.
	Arenas *Arenas

	watch *vm.Watch // see Watcher
}

// Arenas keep the large memories of recordings that were released, on a host that has
// little room. For recordings of one thread.
type Arenas = mem.Pool

// A Releaser is a Recording that gives its memory back. Nothing may be asked of it
// afterwards.
type Releaser interface{ Release() }

// A Reseed changes the seed of a run in its midst: it is the same as without up
// to the first turn of the scheduler after Event events; from there on all chance
// is drawn from Seed. The log has an event where that happens. Zero: it never does.
type Reseed struct {
	Event int    `json:"event,omitempty"`
	Seed  uint64 `json:"seed,omitempty"`
}

// Limits end a run with a message that names the limit; 0: none.
type Limits struct {
	Time         task.Duration // virtual
	Instructions uint64
	Memory       uint64 // bytes of the arena
	Output       uint64 // bytes
	Events       uint64 // of the log
}

// DefaultLimits are those of a page and of gopark run.
var DefaultLimits = Limits{Time: 10e9, Instructions: 2e9, Memory: 1 << 30, Output: 1 << 20, Events: 16e6}

// Output is a piece of what the program wrote.
type Output struct {
	Time  task.Time
	Event int // log length when it was written
	FD    int // 1 stdout, 2 stderr
	Text  string
}

// A Recording is one run, as far as it has got.
type Recording interface {
	// Advance runs on until steps more instructions were executed, the run
	// ended, or events more events were logged; 0 means no bound. It
	// reports whether the run has ended.
	Advance(steps uint64, events int) (ended bool)
	// Now is how far the run has got. In a loop that logs nothing that is
	// later than the last event.
	Now() task.Time
	// Log is the log so far.
	Log() *trace.Log
	// Output is what the program wrote so far.
	Output() []Output
	// At is the state after the first n events of the log, n ≤ Log().Len().
	At(n int) *state.State
	// Stack is the stack of goroutine g (an index into At(n).Gs) at that instant.
	Stack(n int, g int32) *state.Stack
	// Ended says why the run ended ("" while it has not) and the exit code.
	// A limit's message names the limit and what to do.
	Ended() (why string, code int)
	// Stats are counters by name, in a fixed order.
	Stats() []Stat
}

// A Stat is a counter of a run.
type Stat struct {
	Name  string
	Value int64
}

// A Diagnostic is a mistake in the reader's source.
type Diagnostic = load.Diagnostic
