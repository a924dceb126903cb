package sched

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"gopark/sim/task"
	"gopark/sim/task/tasktest"
	"gopark/sim/trace"
)

// A feature is what came, or went, with a release of Go: a script has another
// log once the fields that carry it are set back to what they were in the era
// before, and everything else is left alone.
type feature struct {
	name   string
	first  string // release of Go
	era    string // the era in whose row it stands first
	fields string // of Era; "VM." before those of task.Rules that a scheduler obeys
	script string // "": a random script, found by trying
	c      Config
	whole  bool // the fields mean nothing by themselves: the eras are compared as they are
}

var features = []feature{
	{name: "goroutines without threads of their own", first: "1.0", era: "go1.0", whole: true, script: "1: spawn 2, wait 1\n2: run 10, done",
		fields: "Structure ProcsAreCores TimerHeaps PollServer BootSystem MaxProcs GCThreads"},
	{name: "all goroutines are asleep", first: "1.0", era: "go1.0", fields: "DeadlockSeen", script: "1: park"},

	{name: "Ps, stealing, sysmon, netpoll", first: "1.1", era: "go1.1", whole: true, script: "1: spawn 2, wait 1\n2: run 10, done",
		fields: "Structure GlobalBatch GoidBatch FreeLocal StealPicks StealHead SysmonMin SysmonMax SysmonIdle SyscallKeepsP TimerArity PollServer PollGrain PollEvery PollInverted BootTick"},
	{name: "the last Goexit ends the process", first: "1.1", era: "go1.1", fields: "GoexitIsExit", script: "1: exit"},
	{name: "at most 256 Ps", first: "1.1", era: "go1.1", fields: "MaxProcs", script: "1: procs 300", c: Config{Procs: 1}},

	{name: "the global queue every 61 ticks", first: "1.2", era: "go1.2", fields: "TickCheck",
		script: "1: spawn 2..70, yield, wait 69\n2..70: again 3\n3: yield, yield, note, quit 0", c: Config{Procs: 1}},
	{name: "10 ms of time slice", first: "1.2", era: "go1.2", fields: "Slice", script: "1: spawn 2, run 50ms, check, run 5ms, wait 1\n2: run 10, done", c: Config{Procs: 1}},
	{name: "10000 threads", first: "1.2", era: "go1.2", fields: "MaxThreads", script: "1: spawn 2..10100, park\n2..10100: syscall 9000ms", c: Config{Procs: 1}},
	{name: "sysmon polls who waits long", first: "1.2", era: "go1.2", fields: "PollInverted", script: "1: spawn 2, yield, run 100ms, wait 1\n2: poll 30ms, done", c: Config{Procs: 1}},
	{name: "eight threads collect", first: "1.1", era: "go1.1", fields: "GCThreads", script: "1: spawn 2..9, run 1ms, collect 100000, wait 8\n2..9: run 500us, check, run 500us, done", c: Config{Cores: 4, Procs: 4}},
	{name: "starting the world deals what can run anew", first: "1.1", era: "go1.1", fields: "StartDeals", script: "1: spawn 2..9, yield, spawn 10..19, collect 1000, wait 18\n2..9: yield, note, done\n10..19: note, done", c: Config{Procs: 2}},
	{name: "and makes a thread that might help next time", first: "1.0", era: "go1.0", fields: "SpareMs", script: "1: run 1ms, collect 1000, run 10", c: Config{Procs: 2, Cores: 2}},
	{name: "the queues of Ps have locks", first: "1.1", era: "go1.1", fields: "QueueLock", script: "1: spawn 2..300, wait 299\n2..300: run 10, done", c: Config{Cores: 4, Procs: 4}},

	{name: "boot: collections have let the scavenger run", first: "1.2", era: "go1.2", fields: "BootYields", script: "1: spawn 2..70, yield, note, yield, note\n2..70: yield, note", c: Config{Procs: 1, OSLinked: true}},

	{name: "no goroutines (main called runtime.Goexit)", first: "1.3", era: "go1.4", fields: "GoexitIsExit", script: "1: exit"},
	{name: "a ring of 256", first: "1.3", era: "go1.4", fields: "Ring", script: "1: spawn 2..301, wait 300\n2..301: run 20, note, done", c: Config{Procs: 1}},
	{name: "32 threads collect", first: "1.3", era: "go1.4", fields: "GCThreads", script: "1: spawn 2..20, run 1ms, check, run 1ms, collect 100000, wait 19\n2..20: run 500us, check, run 500us, done", c: Config{Cores: 12, Procs: 12}},
	{name: "the queues of Ps have no locks", first: "1.3", era: "go1.4", fields: "QueueLock", script: "1: spawn 2..300, wait 299\n2..300: run 10, done", c: Config{Cores: 4, Procs: 4}},
	{name: "at most 128 from the global queue", first: "1.3", era: "go1.4", fields: "GlobalBatch", script: "1: spawn 2..301, yield, yield\n2..301: yield", c: Config{Procs: 1}},
	{name: "goids in batches of 16", first: "1.3", era: "go1.4", fields: "GoidBatch", script: "1: spawn 2, spawn 3, run 1ms, wait 4\n2..3: run 100us, spawn 4, spawn 5, done\n4..5: done", c: Config{Procs: 2}},
	{name: "a thief runs the last of what it takes", first: "1.3", era: "go1.4", fields: "StealHead", script: "1: spawn 2..9, run 1ms, wait 8\n2..9: run 100us, note, done", c: Config{Procs: 2}},
	{name: "a P is taken from a system call after 10 ms in any case", first: "1.3", era: "go1.4", fields: "RetakeAfter", script: "1: sleep 1ms, syscall 100ms", c: Config{Procs: 2}},
	{name: "heaps of timers with four children a node", first: "1.4", era: "go1.4", fields: "TimerArity",
		script: "1: spawn 2..9, until 3ms, wait 8\n2..7: until 3ms, sleep 1ms, note, done\n8..9: until 3ms, sleep 500us, note, done", c: Config{Procs: 9, Cores: 9}},
	{name: "boot: forcegc, bgsweep, finalizers", first: "1.4", era: "go1.4", fields: "BootSystem", script: "1: spawn 2, wait 1\n2: done", c: Config{OSLinked: true}},
	{name: "boot: nobody has run yet", first: "1.3", era: "go1.4", fields: "BootYields BootSystem", script: "1: spawn 2..70, yield, note, yield, note\n2..70: yield, note", c: Config{Procs: 1, OSLinked: true}},

	{name: "GOMAXPROCS is the number of cores", first: "1.5", era: "go1.5", fields: "ProcsAreCores", script: "1: run 10", c: Config{Cores: 3}},
	{name: "the collector works beside the program", first: "1.5", era: "go1.5", fields: "GCThreads", script: "1: spawn 2..9, run 1ms, collect 100000, wait 8\n2..9: run 500us, check, run 500us, done", c: Config{Cores: 4, Procs: 4}},
	{name: "starting the world leaves queues as they are", first: "1.5", era: "go1.5", fields: "StartDeals", script: "1: spawn 2..201, collect 1000, wait 200\n2..201: note, done", c: Config{Procs: 1}},
	{name: "and wakes one thread more", first: "1.5", era: "go1.5", fields: "StartWakes", script: "1: spawn 2..9, collect 1000, run 100us, wait 8\n2..9: run 50us, done", c: Config{Procs: 3, Cores: 3}},
	{name: "runnext, with the time slice", first: "1.5", era: "go1.5", fields: "RunNext", script: "1: spawn 2..9, wait 8\n2..9: run 50, note, done", c: Config{Procs: 1}},
	{name: "four times as many picks of thieves, the last for runnext too", first: "1.5", era: "go1.5", fields: "StealPicks StealNextAt StealNextNap",
		script: "1: spawn 2, run 1ms, wait 1\n2: run 10, done", c: Config{Procs: 2}},
	{name: "boot: an idle thread", first: "1.5", era: "go1.5", fields: "BootIdleMs", script: "1: spawn 2, run 1ms, wait 1\n2: done", c: Config{Procs: 2}},
	{name: "boot: main has waited for bgsweep", first: "1.5", era: "go1.5", fields: "BootSystem", script: "1: yield", c: Config{Procs: 1, OSLinked: true}},

	{name: "four rounds over all Ps, the last for runnext after 3 µs", first: "1.7", era: "go1.13", fields: "StealPicks StealRounds StealNextAt StealNextNap",
		script: "1: spawn 2, run 1ms, wait 1\n2: run 10, done", c: Config{Procs: 4, Cores: 4}},
	{name: "a locked goroutine takes its thread along", first: "1.10", era: "go1.13", fields: "LockedDies", script: "1: spawn 2, sleep 1ms, sleep 1ms\n2: lock, run 10, exit", c: Config{Procs: 1}},
	{name: "LockOSThread nests", first: "1.10", era: "go1.13", fields: "VM.LockNests", script: "1: spawn 2, sleep 1ms\n2: lock, lock, unlock, run 10, yield, run 10, unlock", c: Config{Procs: 1}},
	{name: "64 heaps of timers", first: "1.10", era: "go1.13", fields: "TimerHeaps", script: "1: spawn 2, run 2ms, sleep 1ms, wait 1\n2: sleep 3ms, run 10, done", c: Config{Procs: 2}},
	{name: "GOMAXPROCS without a limit", first: "1.10", era: "go1.13", fields: "MaxProcs", script: "1: procs 300"},
	{name: "no thread is made for the collector beforehand", first: "1.10", era: "go1.13", fields: "SpareMs", script: "1: collect 1000, run 10", c: Config{Procs: 4, Cores: 4}},
	{name: "a P is taken after a slice of short system calls", first: "1.13", era: "go1.13", fields: "SysRetake",
		script: "1: spawn 2, " + strings.Repeat("syscall 4us, run 1us, ", 4000) + "wait 1\n2: run 10, done", c: Config{Procs: 1}},
	{name: "boot: the scavenger, and main has waited for the others", first: "1.13", era: "go1.13", fields: "BootSystem", script: "1: yield", c: Config{Procs: 1}},
	{name: "boot: P0's ticks", first: "1.13", era: "go1.13", fields: "BootTick", script: "1: spawn 2..70, yield, note, yield, note\n2..70: yield, note", c: Config{Procs: 1}},

	{name: "asynchronous preemption", first: "1.14", era: "go1.14", fields: "AsyncPreempt", script: "1: spawn 2, run 50ms, wait 1\n2: run 10, done", c: Config{Procs: 1}},
	{name: "goyield", first: "1.14", era: "go1.14", fields: "LocalYield", script: "1: spawn 2, goyield, wait 1\n2: done", c: Config{Procs: 1}},
	{name: "timers in heaps of Ps", first: "1.14", era: "go1.14", fields: "TimerHeaps TimerArity", script: "1: sleep 1ms", c: Config{Procs: 1}},

	{name: "sysmon sees to overdue timers", first: "1.14", era: "go1.14", fields: "SysmonTimers", script: "1: spawn 2, sleep 100us, sleep 100us\n2: sleep 150us, run 10", c: Config{Procs: 2}},
	{name: "only who waits in the poller sees to timers", first: "1.16", era: "go1.26", fields: "SysmonTimers", script: "1: spawn 2, sleep 100us, sleep 100us\n2: sleep 150us, run 10", c: Config{Procs: 2}},

	{name: "several at once stay with their P", first: "1.15", era: "go1.26", fields: "InjectLocal",
		script: "1: spawn 2..5, yield, run 2ms, yield, run 1ms, wait 4\n2..5: poll 1ms, note, done", c: Config{Procs: 1}},
	{name: "thieves know which Ps are idle", first: "1.16", era: "go1.26", fields: "IdleMask", script: "1: spawn 2, run 1ms, wait 1\n2: run 100us, done", c: Config{Procs: 4, Cores: 4}},
	{name: "a go statement is a call", first: "1.18", era: "go1.26", fields: "SpawnChecks", script: "1: until 14170us, spawn 2, run 1ms, wait 1\n2: run 10, done", c: Config{Procs: 1}},
	{name: "needspinning", first: "1.20", era: "go1.26", fields: "NeedSpin", c: Config{Cores: 2, Procs: 2}},
	{name: "Gosched wakes a P", first: "1.21", era: "go1.26", fields: "YieldWakes", c: Config{Cores: 2}},
	{name: "who sleeps for sched.lock last is woken first", first: "1.24", era: "go1.26", fields: "LockStack", c: Config{Cores: 8, Procs: 8}},
	{name: "stopped for the collector, first to go on", first: "1.26", era: "go1.26", fields: "StopsToNext",
		script: "1: spawn 2, run 100us, collect 1us, wait 1\n2: run 1ms, done", c: Config{Procs: 2}},
	{name: "a thread takes its old P back from a system call", first: "1.26", era: "go1.26", fields: "OldPAgain", c: Config{Cores: 4}},
	{name: "a P gets its old thread when the world starts", first: "1.26", era: "go1.26", fields: "OldM", c: Config{Cores: 4}},
	{name: "boot: the updater of GOMAXPROCS", first: "1.25", era: "go1.26", fields: "BootSystem", script: "1: yield", c: Config{Procs: 1}},
}

// byProgram are fields whose effect a script can't show; programs show it where
// whole programs are tested.
var byProgram = map[string]bool{"MutexSpins": true, "ForceGC": true, "WorkerFirst": true}

// onlyTold are fields by which things are told, and nothing happens: forms and
// numbers, which have tests of their own.
var onlyTold = map[string]bool{"Name": true, "Doc": true, "CallSave": true, "SignalSave": true, "Sizes": true, "SchedTrace": true, "Sources": true, "CallWords": true}

// unseen are features of releases that have no field, and why not.
var unseen = map[string]string{
	"1.9 treap of semaphores":         "a waiter is found faster; who it is stays",
	"1.16 timerpMask":                 "a thief looks at fewer heaps of timers, which here costs nothing",
	"1.17 registers for arguments":    "a compiler's affair",
	"1.22 traces of version 2":        "a format, not behaviour",
	"1.23 no runnext in WebAssembly":  "the program thinks it runs on linux/amd64",
	"1.25 netpoll by one P at a time": "a look takes an instant here, so there are never two",
	"1.25 control groups' limits":     "the simulated computer has no control groups",
}

func (f *feature) row(t *testing.T) (before, since, mixed *Era) {
	t.Helper()
	for i := range Eras {
		if Eras[i].Name == f.era {
			before, since = &Eras[i-1], &Eras[i]
		}
	}
	if since == nil {
		t.Fatalf("no era %s", f.era)
	}
	e := *since
	to, from := reflect.ValueOf(&e).Elem(), reflect.ValueOf(before).Elem()
	for _, name := range strings.Fields(f.fields) {
		path := strings.Split(name, ".")
		a, b := to, from
		for _, p := range path {
			a, b = a.FieldByName(p), b.FieldByName(p)
		}
		if !a.IsValid() {
			t.Fatalf("no field %s", name)
		}
		if a.Kind() != reflect.Func && reflect.DeepEqual(a.Interface(), b.Interface()) {
			t.Errorf("%s is the same in %s and %s", name, before.Name, since.Name)
		}
		a.Set(b)
	}
	return before, since, &e
}

// logOf is what happens when script runs under the rules e.
func logOf(t *testing.T, e *Era, script string, c Config) string {
	t.Helper()
	sc, err := tasktest.Parse(script)
	if err != nil {
		t.Fatal(err)
	}
	var reasons []task.Reason
	for _, g := range e.SystemTasks(c.OSLinked, procs(e, c)) {
		reasons = append(reasons, g.Reason)
	}
	r, ids := tasktest.NewRunner(sc, reasons)
	log := &trace.Log{}
	s := New(e, c, r, log)
	s.Boot(sc.Main, ids)
	for i := 0; s.Step() && s.Now() < 3e9 && i < steps; i++ {
	}
	return log.String() + fmt.Sprint(s.Ended())
}

// Each feature is carried by its fields: set back, they change what happens.
func TestFeatures(t *testing.T) {
	for _, f := range features {
		t.Run(f.era+"/"+f.name, func(t *testing.T) {
			before, since, mixed := f.row(t)
			if f.whole {
				mixed = before
			}
			if f.script != "" {
				if logOf(t, mixed, f.script, f.c) == logOf(t, since, f.script, f.c) {
					t.Errorf("%s makes no difference to\n%s", f.fields, f.script)
				}
				return
			}
			for seed := range uint64(400) {
				script := tasktest.Random(seed)
				if logOf(t, mixed, script, f.c) != logOf(t, since, script, f.c) {
					return
				}
			}
			t.Errorf("%s makes no difference to 400 random scripts", f.fields)
		})
	}
}

// Whatever differs between the rows of two eras is a feature.
func TestFeaturesAreAll(t *testing.T) {
	told := map[string]bool{}
	for _, f := range features {
		for _, name := range strings.Fields(f.fields) {
			told[f.era+" "+name] = true
		}
		var minor, first int
		fmt.Sscanf(f.era, "go1.%d", &minor)
		if n, err := fmt.Sscanf(f.first, "1.%d", &first); n != 1 || err != nil || first > minor {
			t.Errorf("%s: release %s is no release, or later than era %s", f.name, f.first, f.era)
		}
	}
	for i := range Eras[1:] {
		before, since := reflect.ValueOf(Eras[i]), reflect.ValueOf(Eras[i+1])
		for j := range before.NumField() {
			name := before.Type().Field(j).Name
			if onlyTold[name] || name == "VM" || byProgram[name] {
				continue
			}
			a, b := before.Field(j), since.Field(j)
			same := a.Kind() == reflect.Func && a.Pointer() == b.Pointer() || a.Kind() != reflect.Func && reflect.DeepEqual(a.Interface(), b.Interface())
			if !same && !told[Eras[i+1].Name+" "+name] {
				t.Errorf("%s: %s is not what it was in %s, and no feature says so", Eras[i+1].Name, name, Eras[i].Name)
			}
		}
	}
	for what, why := range unseen {
		if why == "" {
			t.Errorf("%s: no reason", what)
		}
	}
}

// A system call that takes no time in the kernel to speak of costs 168 ns with
// its way in and out, give or take a quarter.
func TestSyscallCost(t *testing.T) {
	s, _, _ := start(t, "go1.26", "1: "+strings.Repeat("syscall 100, ", 100)+"run 1", Config{Cores: 1, Procs: 1})
	finish(t, s)
	if one := s.Now() / 100; one < 126 || one > 210 {
		t.Errorf("a short system call takes %d ns, want 168", one)
	}
}
