package vm

import (
	"fmt"
	"io/fs"
	"strings"
	"unsafe"

	"gopark/sim/code"
	"gopark/sim/gomap"
	"gopark/sim/mem"
	"gopark/sim/task"
)

// Latencies are for how long what is sent over a pipe, a Unix socket, or TCP and UDP
// is on its way: work of the same processor.
type Latencies struct{ Pipe, Unix, TCP task.Duration }

// A Config says how a program runs. The zero value of a field means its default.
type Config struct {
	Seed     uint64
	StepCost int64             // virtual ns an instruction takes; 0: 1
	Memory   uint64            // the arena's limit in bytes; 0: 1 GiB
	Arenas   *mem.Pool         // where large ones come from and go to; nil: the host
	Epoch    int64             // wall clock at time 0, Unix ns; 0: Go's birthday
	Args     []string          // os.Args
	Env      map[string]string // GOTRACEBACK, GODEBUG …
	GOROOT   string            // prefix of the library's file names in traces; "": /usr/local/go
	Rules    *task.Rules       // of the runtime; nil: task.Today
	G0       uint64            // bytes of the stack that the runtime takes for each thread but the first …
	GSignal  uint64            // … and for the signals of each
	Wires    Latencies         // until what is sent has arrived; zero: package files'

	// GCStress collects after every instruction that allocates, and overwrites
	// what is freed. GODEBUG=gcstress=1 does too.
	GCStress bool

	Debug bool // let host panics through instead of ending the run

	// Write gets what the program writes to descriptors 1 and 2.
	Write func(fd int, b []byte)

	// Annotate gets what the program notes for a trace (package runtime/trace);
	// nil: nobody takes one.
	Annotate func(Annotation)

	Watch *Watch // counts what runs; nil: nobody asks

	// Files is copied into the file system when a program first asks for one;
	// nil: there is only /tmp.
	Files fs.FS
}

// A Host answers what only the scheduler knows.
type Host interface {
	// Goid is the goroutine id of a live task, as tracebacks print it.
	Goid(id task.ID) int64
	// NumGoroutine is what runtime.NumGoroutine answers.
	NumGoroutine() int
	// Proc is the number of the P that runs a task; -1 where there are none.
	Proc(id task.ID) int
	// Procs is GOMAXPROCS, NumCPU the computer's cores.
	Procs() int
	NumCPU() int
	// Spinnable reports whether active spinning may help
	// (runtime/proc.go:sync_runtime_canSpin): other processors run, and the
	// task's own queue is empty.
	Spinnable(id task.ID) bool
	// Idle is how many processors have nothing to do.
	Idle() int
	// Thread is the kernel thread that runs a task, Threads all that live,
	// from 0, ascending.
	Thread(id task.ID) int32
	Threads() []int32
	// Readying reports whether a request to make a task ready is on its way.
	Readying(id task.ID) bool
	// Status is "running", "runnable" or "waiting" … as tracebacks say it.
	Status(id task.ID) string
}

// Epoch is Go's first public day, 2009-11-10 23:00 UTC, as on Go's playground.
const Epoch = 1257894000 * 1e9

// A VM runs one program. It is a task.Runner.
type VM struct {
	registers

	// Fixed.
	prog    *code.Program
	funcs   [64]*code.FuncInfo // what funcAt found last, by pc
	k       []uint64
	natives []Native // by number; nil: missing
	cfg     Config
	rules   task.Rules
	guard   uint64 // rules.StackGuard
	host    Host

	// State.
	mem          *mem.Memory
	heap         heap
	far          far
	gc           collector
	kern         *kernel   // what processes share; nil where there is only one
	proc         *process  // which of them this is
	gs           []*G      // by task.ID; free ones have Status gFree
	freeG        []task.ID // last in, first out
	unborn       []G       // room for more; no part of the state
	sudogs       slab[sudog]
	defers       slab[deferRec]
	panics       slab[panicRec]
	timers       []timer
	freeTimers   []int32
	bubbles      []bubble    // by number - 1
	mapWrites    [8]mapWrite // the last
	mapWrote     int         // how many there were
	coros        []coro
	freeCoros    []int32
	sema         map[uint64]queue // waiters of semaphores, by address
	itabs        map[itabKey]uint64
	itabList     []mem.Addr     // the same, in the order they were made
	fireq        []task.Request // what the timer being fired still asks
	firing       task.Timer     // -1: none
	rng          rng
	steps        uint64   // instructions run
	extra        uint64   // steps charged beyond instructions, in all
	maxStack     uint64   // runtime/debug.SetMaxStack
	firstStack   uint64   // bytes of a new goroutine's
	written      uint64   // bytes written
	scratch      mem.Addr // 64 bytes
	lib          library  // what the library's natives keep
	over         bool     // the process has exited
	panicked     *G       // whose trace ends the run
	skipFirst    bool     // the next trace leaves out its innermost frame
	full         bool     // memory ran out where nobody could be told
	initializing bool     // RunInit is on the stack
	dying        string   // a fatal error is being reported: its text

	// The turn: state of the running goroutine while Run is on the stack.
	cur      *G
	turnAt   task.Time // clock at its start
	start    int64     // steps at the turn's start
	opLeft   int64     // left before the present instruction
	atCalls  bool
	opPC     uint32 // of the present instruction
	opAsked  int    // requests before it
	opExtra  uint64 // extra before the present instruction
	extra0   uint64 // extra at the start of the turn
	pending  pendingCall
	lists    [][]task.Request // empty ones, for goroutines that run
	cases    []selectCase     // scratch
	poll     []int
	callBase uint64             // slot of the call whose results CallResult reads
	leave    bool               // the turn is over
	call     Call               // scratch for natives
	liveMaps map[uint32]liveMap // by entry; a cache
	maps     gomap.Ops
	readers  []variable                  // see globals; a cache
	holding  map[*code.FuncInfo][]holder // see holders; a cache
}

var _ task.Runner = (*VM)(nil)

// New returns a machine with prog loaded and no goroutines.
func New(prog *code.Program, cfg Config, host Host) (*VM, error) {
	if len(prog.Code) == 0 {
		return nil, fmt.Errorf("vm: program without code")
	}
	setDefaults(&cfg)
	v := &VM{
		registers: registers{
			code: unsafe.Pointer(&prog.Code[0]), ncode: uint32(len(prog.Code)),
			pool: unsafe.Pointer(unsafe.SliceData(prog.K)), roEnd: mem.Base + prog.ROSize,
		},
		prog: prog, k: prog.K, cfg: cfg, host: host,
		mem: mem.New(cfg.Memory+reserve(cfg.Memory), cfg.Arenas), sema: map[uint64]queue{}, itabs: map[itabKey]uint64{},
		rng: newRand(cfg.Seed), firing: -1, rules: *cfg.Rules,
	}
	if _, ok := v.mem.Extend(uint64(len(prog.Data))); !ok {
		return nil, fmt.Errorf("vm: the program's data (%d bytes) exceed the memory limit of %d bytes", len(prog.Data), cfg.Memory)
	}
	copy(v.mem.Bytes(mem.Base, uint64(len(prog.Data))), prog.Data)
	v.scratch, _ = v.mem.Extend(64)
	v.setStackRules()
	if v.rules.RandAlike {
		v.rng.state = firstOld
	}
	v.heap.init(v.mem)
	v.heap.profile.init(prog)
	for _, r := range prog.Far {
		v.far.setMapping(r[0]&^(mapPage-1), (r[1]+mapPage-1)&^(mapPage-1), protRead|protWrite, false)
	}
	v.gc.init(&v.cfg)
	v.gc.specials.bound(cfg.Memory / 2)
	v.setGoal()
	v.maps = gomap.Ops{Mem: v.mem, Rand: v.rand, Alloc: v.allocMap}
	v.sudogs.bound(cfg.Memory / 2)
	v.defers.bound(cfg.Memory / 2)
	v.panics.bound(cfg.Memory / 2)
	v.natives = make([]Native, len(prog.Natives))
	for i, sym := range prog.Natives {
		v.natives[i] = lookupNative(sym)
	}
	if v.rules.Forks {
		v.initKernel()
	}
	return v, nil
}

func setDefaults(c *Config) {
	if c.Memory == 0 {
		c.Memory = 1 << 30
	}
	if c.Rules == nil {
		c.Rules = &task.Today
	}
	if c.StepCost <= 0 {
		c.StepCost = 1
	}
	if c.Epoch == 0 {
		c.Epoch = Epoch
	}
	if c.GOROOT == "" {
		c.GOROOT = "/usr/local/go"
	}
	c.GCStress = c.GCStress || strings.Contains(c.Env["GODEBUG"], "gcstress=1")
	if c.Write == nil {
		c.Write = func(int, []byte) {}
	}
}

// MissingNatives lists the program's natives that this machine lacks. Calling
// one throws.
func (v *VM) MissingNatives() []string {
	var list []string
	for i, n := range v.natives {
		if n == nil {
			list = append(list, v.prog.Natives[i])
		}
	}
	return list
}

// Tasks returns how many goroutines there have been at once at most.
func (v *VM) Tasks() int { return len(v.gs) }

// Release gives the memory to Config.Arenas. Nothing may be asked of v afterwards.
func (v *VM) Release() { v.mem.Release() }

// Steps returns the number of instructions run so far.
func (v *VM) Steps() uint64 {
	if v.kern != nil {
		return v.kern.steps
	}
	return v.steps
}

// Work returns the number of instructions run so far, and as many more as the
// finished collections cost.
func (v *VM) Work() uint64 { return v.Steps() + uint64(v.gc.stats.pauseTotal/v.cfg.StepCost) }

// Bytes returns how many bytes the arena has in use, and how many were ever
// allocated as objects.
func (v *VM) Bytes() (arena, allocated uint64) { return v.inUse(), v.heap.allocated }

// StackBytes is what stacks take that are in use, as Go counts them.
func (v *VM) StackBytes() uint64 {
	if v.rules.StackFixed {
		return v.heap.stackRoom // the rest is addresses only
	}
	return v.heap.stackBytes
}

// PeakBytes returns the most bytes that were ever in use. One arena never shrinks.
func (v *VM) PeakBytes() uint64 {
	if v.kern != nil {
		return v.kern.peak
	}
	return v.mem.Size()
}

// now is the virtual time at the present instruction.
func (v *VM) now() task.Time {
	return v.turnAt + (v.start-v.opLeft)*v.cfg.StepCost
}

// fresh reports whether no time had passed in this turn when the present
// instruction started.
func (v *VM) fresh() bool { return v.opLeft == v.start }

// charge takes n steps beyond the instruction's own.
//
//go:noinline
func (v *VM) charge(n uint64) {
	v.left -= int64(n)
	v.extra += n
}

// chargeBytes takes the steps that copying or scanning n bytes costs.
//
//go:noinline
func (v *VM) chargeBytes(n uint64) { v.charge(n / bytesPerStep) }

func (v *VM) write(fd int, b []byte) {
	v.written += uint64(len(b))
	v.cfg.Write(fd, b)
}

func b2u(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
