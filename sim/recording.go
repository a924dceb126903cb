package sim

import (
	"fmt"
	"math"

	"gopark/sim/sched"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
	"gopark/sim/vm"
)

// A recording is a run: the computer at its head, which goes forward only, and
// a second one that is brought to any earlier instant by restoring the nearest
// snapshot and running on.
type recording struct {
	prog *Program
	era  *sched.Era
	cfg  Config

	head  *computer
	out   []Output
	notes []Annotation
	bytes uint64 // written
	ended string
	code  int
	limit bool // a limit ended it
	shots []shot
	every uint64 // work between snapshots, see due
	dueAt uint64 // how much work was done when another may be due
	held  int64  // bytes of the snapshots

	past   *computer            // nil until somebody looks back
	seen   map[int]*state.State // by event
	stacks [2]seenStack         // seen last
	fold   *trace.Fold          // of the log up to the event last looked at
	want   func(n int)          // called with the log's length after each event of past

	eye  *vm.Watch // nil until somebody asks what it counts
	eyed int       // how many events there were then
}

// A shot is a snapshot of the head.
type shot struct {
	events int
	work   uint64 // see VM.Work
	sched  sched.Snapshot
	vm     *vm.Snapshot

	reseeded   bool
	schedBytes int64 // of sched
}

// Bounds on snapshots: when there are too many, every other one goes and the
// distance doubles.
const (
	shotWork = 400_000
	maxShots = 256
)

// DefaultHistory is how many bytes of snapshots a recording keeps.
const DefaultHistory = 192 << 20

// Record starts a run of the program. Nothing has run yet but the library's
// package initialisation.
func (p *Program) Record(cfg Config) (Recording, error) {
	if cfg.Era == "" {
		cfg.Era = DefaultEra
	}
	era, ok := sched.Lookup(cfg.Era)
	if !ok {
		return nil, fmt.Errorf("no era is called %q", cfg.Era)
	}
	if cfg.Cores <= 0 {
		cfg.Cores = 2
	}
	if cfg.Cores > maxCores || cfg.Procs > maxCores {
		return nil, fmt.Errorf("%d cores and GOMAXPROCS=%d: the largest computer has %d cores, and no more processors", cfg.Cores, cfg.Procs, maxCores)
	}
	if cfg.Files == nil {
		world, err := World()
		if err != nil {
			return nil, err
		}
		cfg.Files = world
	}
	cfg.Env = environment(cfg.Env)
	if cfg.SchedTrace == 0 {
		cfg.SchedTrace, cfg.SchedDetail = 1e6*task.Duration(godebug(cfg.Env, "schedtrace")), godebug(cfg.Env, "scheddetail") > 0
	}
	if len(cfg.Args) == 0 {
		cfg.Args = []string{"main"}
	}
	r := &recording{prog: p, era: era, cfg: cfg, every: shotWork, seen: map[int]*state.State{}}
	if cfg.History < 0 {
		r.dueAt = math.MaxUint64
	}
	head, err := newComputer(p, era, cfg, &trace.Log{}, sinks{r.write, r.annotate})
	if err != nil {
		return nil, err
	}
	r.head = head
	if err := head.boot(p, era); err != nil {
		return nil, err
	}
	r.snapshot()
	return r, nil
}

// maxCores bounds what a computer is built of.
const maxCores = 1 << 10

// Rules are what reading a log of an era takes.
func Rules(era string) (r trace.Rules, ok bool) {
	e, ok := sched.Lookup(era)
	if ok {
		r = e.Rules()
	}
	return r, ok
}

// Off is a computer of an era that has not been switched on: its cores, its Ps
// if the era has any, and nothing on them. Zeros are defaults.
func Off(era string, procs, cores int) *state.State {
	e, ok := sched.Lookup(era)
	if !ok {
		e, _ = sched.Lookup(DefaultEra)
	}
	return sched.Off(e, sched.Config{Cores: cores, Procs: procs})
}

// DefaultEra is the scheduler of the newest Go.
const DefaultEra = "go1.26"

func (r *recording) write(fd int, b []byte) {
	if len(b) == 0 {
		return
	}
	if max := r.cfg.Limits.Output; max > 0 && r.bytes+uint64(len(b)) > max {
		b = b[:max-r.bytes]
		r.stop("The program has written %d bytes, which is the limit on output (-limit-output). What came before is shown; let it print less, or raise the limit.", max)
	}
	r.bytes += uint64(len(b))
	if len(b) > 0 {
		r.out = append(r.out, Output{Time: r.now(), Event: r.head.log.Len(), FD: fd, Text: string(b)})
	}
}

func (r *recording) annotate(a vm.Annotation) {
	r.notes = append(r.notes, Annotation{Annotation: a, Event: r.head.log.Len()})
}

func (r *recording) now() task.Time {
	if r.head.sched == nil {
		return 0
	}
	return r.head.sched.Now()
}

// stop ends the run by a limit.
func (r *recording) stop(format string, args ...any) {
	if r.ended == "" {
		r.ended, r.code, r.limit = fmt.Sprintf(format, args...), LimitCode, true
	}
}

// LimitCode is the exit code of a run that a limit ended, as timeout(1)'s.
const LimitCode = 124

// Advance implements Recording.
func (r *recording) Advance(steps uint64, events int) bool {
	stop, last := r.head.vm.Steps()+steps, r.head.log.Len()+events
	for r.ended == "" {
		if !r.head.step() {
			r.checkEnd()
		}
		now, n := r.head.vm.Steps(), r.head.log.Len()
		r.checkLimits(now, n)
		if done := r.head.vm.Work() + perEvent*uint64(n); done >= r.dueAt && r.due(done) {
			r.snapshot()
		}
		if steps > 0 && now >= stop || events > 0 && n >= last {
			break
		}
	}
	return r.ended != ""
}

// checkLimits stops the run after steps instructions and n events if that is enough.
func (r *recording) checkLimits(steps uint64, n int) {
	l := &r.cfg.Limits
	if l.Time > 0 && r.head.sched.Now() >= l.Time {
		r.stop("The program ran for %s of virtual time, which is the limit (-limit-time). If it should take that long, raise the limit; if not, look for a loop that never ends.", duration(l.Time))
	}
	if l.Instructions > 0 && steps >= l.Instructions {
		r.stop("The program ran %d instructions, which is the limit (-limit-instructions). If it should take that many, raise the limit; if not, look for a loop that never ends.", l.Instructions)
	}
	if l.Events > 0 && uint64(n) >= l.Events {
		r.stop("The scheduler has made %d decisions, which is the limit on the log (-limit-events). If there should be that many, raise the limit; if not, look for goroutines that yield, wake each other or sleep in a loop that never ends.", l.Events)
	}
}

// checkEnd takes over how the scheduler says the run ended.
func (r *recording) checkEnd() {
	end := r.head.sched.Ended()
	switch end.Kind {
	case sched.Exited, sched.Crashed:
		r.finish(fmt.Sprintf("exit status %d", end.Code), end.Code)
	case sched.Deadlocked:
		r.head.vm.Deadlock(false)
		r.finish("all goroutines are asleep: deadlock", 2)
	case sched.NoMain:
		r.head.vm.Deadlock(true)
		r.finish("no goroutines are left (main called runtime.Goexit): deadlock", 2)
	case sched.ThreadsGone:
		r.head.vm.ThreadExhaustion(r.era.MaxThreads)
		r.finish("thread exhaustion", 2)
	case sched.AllBlocked:
		if r.era.VM.Forks {
			r.stop("Every process waits for another, for ever. Each has memory of its own: that one unlocks a Mutex or calls a WaitGroup's Done is not seen in another, only what goes through channels is. The kernel does not notice: the program would hang.")
			return
		}
		r.stop("Every thread waits for another, for ever. There is no runtime here that would notice: the program would hang.")
	case sched.Hung:
		r.stop("Nothing will ever happen again, but Go's runtime does not notice: the program would hang for ever.")
	}
}

func (r *recording) finish(why string, code int) {
	if r.ended == "" {
		r.ended, r.code = why, code
	}
}

// perEvent is how many instructions cost the host about as much as an event.
const perEvent = 50

// due reports whether it would cost so much to run from the latest snapshot to here,
// where done was done since the start, that another is to be taken. That is counted in
// instructions. What it costs to take a snapshot is taken off, so that large ones are
// taken less often.
func (r *recording) due(done uint64) bool {
	last := r.shots[len(r.shots)-1]
	w := done - last.work - perEvent*uint64(last.events)
	w -= min(w, uint64(r.snapshotCost())/16)
	if w >= r.every {
		return true
	}
	r.dueAt = done + r.every - w
	return false
}

// snapshotCost is about how many bytes a snapshot has to look at, or to copy.
func (r *recording) snapshotCost() int64 {
	return r.head.vm.SnapshotCost() + r.head.sched.SnapshotBytes()
}

// snapshot copies the head; when there are too many copies, it thins them out.
func (r *recording) snapshot() {
	h := r.head
	history := r.cfg.History
	if history == 0 {
		history = DefaultHistory
	}
	var like *vm.Snapshot
	most := int64(math.MaxInt64)
	if n := len(r.shots); n > 0 {
		like, most = r.shots[n-1].vm, history/4-h.sched.SnapshotBytes()
	}
	image, added := h.vm.Snapshot(like, most)
	if image == nil { // few would fit: rather run longer when somebody looks back
		r.every *= 2
		return
	}
	s := shot{events: h.log.Len(), work: h.vm.Work(), sched: h.sched.Snapshot(), vm: image, reseeded: h.reseeded, schedBytes: h.sched.SnapshotBytes()}
	r.shots = append(r.shots, s)
	r.held += added + s.schedBytes
	for len(r.shots) > 2 && (len(r.shots) >= maxShots || r.held > history) {
		r.thin()
	}
}

// thin drops every other snapshot but the first.
func (r *recording) thin() {
	kept := r.shots[:0]
	for i, s := range r.shots {
		if i%2 == 0 {
			kept = append(kept, s)
		} else {
			r.held -= s.vm.Release() + s.schedBytes
		}
	}
	clear(r.shots[len(kept):])
	r.shots = kept
	r.every *= 2
}

// Now implements Recording.
func (r *recording) Now() task.Time { return r.now() }

// Log implements Recording.
func (r *recording) Log() *trace.Log { return r.head.log }

// Output implements Recording.
func (r *recording) Output() []Output { return r.out }

// Ended implements Recording.
func (r *recording) Ended() (string, int) { return r.ended, r.code }

// Limited reports whether a limit ended the run, and not the program.
func (r *recording) Limited() bool { return r.limit }

// Stats implements Recording.
func (r *recording) Stats() []Stat {
	h := r.head
	counts, goroutines, threads := h.log.Count()
	m := h.memory(r.era, threads, goroutines)
	return []Stat{
		{"virtual_ns", h.sched.Now()}, {"instructions", int64(h.vm.Steps())}, {"peak_bytes", int64(h.vm.PeakBytes())},
		{"events", int64(h.log.Len())}, {"switches", counts[trace.GoStart]}, {"threads", counts[trace.ThreadCreate]}, {"goroutines", counts[trace.GoCreate]},
		{"reserved_bytes", m.Reserved}, {"touched_bytes", m.Touched}, {"kernel_bytes", m.Kernel},
	}
}

// duration writes virtual nanoseconds as Go's time.Duration does.
func duration(d task.Duration) string {
	switch {
	case d%1e9 == 0:
		return fmt.Sprintf("%d s", d/1e9)
	case d%1e6 == 0:
		return fmt.Sprintf("%d ms", d/1e6)
	}
	return fmt.Sprintf("%d ns", d)
}
