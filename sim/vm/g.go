package vm

import (
	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/task"
)

// gStatus is what the machine itself must know of a goroutine; the
// scheduler's view is in package state.
type gStatus uint8

const (
	gFree gStatus = iota
	gReady
	gWaiting
	gDead // its Exit was asked for
)

// An exec is a stack and what runs on it: all that coroswitch exchanges.
type exec struct {
	PC    uint32
	Entry uint32
	FP    uint64
	Ctx   uint64
	stack
	Grown  int32 // how often the stack was moved to a larger one
	Defers int32 // innermost first
	Panics int32
	Coro   int32  // number + 1 of the coroutine whose function runs on it, 0: a goroutine's
	Phase  uint32 // of the native that answered Again
	rare   *rare
}

// A rare is what few execs have.
type rare struct {
	Save         [4]uint64 // what a native that answered Again keeps
	Mail         mail      // with resumeMail
	Segs         []segment // linked to the stack, where stacks grow by segments
	Splits       uint32    // how many ever were
	Drawn        uint64    // state of the random numbers before a select that may have to be tried again, in the same order
	Touched      uint64    // bytes of stack that were in use at once
	Inj          []injection
	Recovering   []recovering
	Sig          uint64 // fault address + 1 of the nil dereference being panicked
	SigPC        uint32
	Labels       mem.Addr // of profiles, inherited by goroutines that it starts
	PanicOnFault bool     // debug.SetPanicOnFault
}

// noRare stands for one that isn't there, to be read only.
var noRare rare

// seldom is x's rare, to be read.
func (x *exec) seldom() *rare {
	if x.rare == nil {
		return &noRare
	}
	return x.rare
}

// needRare is x's rare, to be written.
func (x *exec) needRare() *rare {
	if x.rare == nil {
		x.rare = &rare{}
	}
	return x.rare
}

// native is the state of the native that runs.
func (x *exec) native() nativeState { return nativeState{x.Phase, x.seldom().Save} }

// setNative makes s that state. The zero state is none.
func (x *exec) setNative(s nativeState) {
	x.Phase = s.Phase
	if x.rare != nil || s.Save != noRare.Save {
		x.needRare().Save = s.Save
	}
}

// A G is a goroutine. Offsets count from the arena's start unless they are
// called relative, which is from the stack's (Lo): those survive growth.
type G struct {
	// Fixed while it lives.
	ID     task.ID
	GoPC   uint32 // behind the go statement
	Parent int64  // goid of its creator, 0 if none
	System bool

	// State.
	Status   gStatus
	Reason   task.Reason // why it waits
	Resume   resumeKind
	Ticket   bool           // the semaphore was handed over directly
	Job      gcJob          // what it does for the collector before its next instruction
	Forced   bool           // by runtime.GC
	Retried  bool           // memory ran out and a collection was to help
	Checked  bool           // the scheduler has heard of the prologue at PC
	Locked   int32          // LockOSThread calls that were not undone
	Waiting  int32          // its sudogs, linked by waitLink; -1
	Won      int32          // sudog of the select case that was woken, -1: none yet
	Assist   int64          // bytes it may still allocate while marking goes on, before it helps
	Debt     int64          // steps owed for the instruction that asked
	Object   uint64         // what it waits for
	Requests []task.Request // to hand out before it runs on
	Aux      uint64
	Bubble   int32 // its bubble, 0: none
	Leaked   bool  // nothing can wake it any more, as a search for leaks found
	Idle     bool  // durably blocked there, or about to park so
	Pins     uint8 // procPin calls that were not undone: it is not stopped meanwhile
	Durable  bool  // the WaitGroup it is about to wait for is the bubble's
	exec
}

// nativeState is what a native that answered Again keeps.
type nativeState struct {
	Phase uint32
	Save  [4]uint64
}

// An injection is a native that waits for a Go function it called. Frame is relative.
type injection struct {
	Frame uint64
	PC    uint32
	Base  uint64 // slot of the injected call
	State nativeState
}

// resumeKind says what is to be done when a parked goroutine goes on.
type resumeKind uint8

const (
	resumeNothing resumeKind = iota
	resumeSend               // the channel was closed: panic
	resumeRetry              // do the channel operation again
	resumeMail               // take what was received into memory
)

// newG makes a goroutine that will run entry with context ctx and args.
func (v *VM) newG(entry uint32, ctx uint64, args []uint64) *G {
	v.charge(costNewG)
	x := v.newExec(entry, ctx, args, pcGoEnd) // may run out of memory
	var g *G
	if v.kern != nil {
		g = &G{ID: v.kern.newID(v)}
		v.gs[g.ID] = g
	} else if n := len(v.freeG); n > 0 {
		g = v.gs[v.freeG[n-1]]
		v.freeG = v.freeG[:n-1]
		*g = G{ID: g.ID}
	} else {
		v.charge(costFreshG)
		g = v.bornG()
		v.gs = append(v.gs, g)
		v.countG()
	}
	g.Status, g.Waiting, g.Won = gReady, -1, -1
	g.exec = x
	return g
}

// bornG makes a goroutine of a number that there was none of. They are made some at a time,
// no more than there are.
func (v *VM) bornG() *G {
	if len(v.unborn) == 0 {
		v.unborn = make([]G, min(len(v.gs)+1, 64))
	}
	g := &v.unborn[0]
	v.unborn = v.unborn[1:]
	g.ID = task.ID(len(v.gs))
	return g
}

// newExec makes a stack on which entry is called with args, to return to ret.
func (v *VM) newExec(entry uint32, ctx uint64, args []uint64, ret uint32) exec {
	size := v.firstStack
	for size < uint64(len(args)+1)*8+v.guard+256 {
		size *= 2
	}
	need := 8 * max(uint64(v.prog.Code[entry].B), uint64(len(args)+1))
	if !v.rules.StackFixed { // where each write to a page may cost its process a copy
		need = max(need, bornRoom-stackSmall)
	}
	s := v.newStack(size, need)
	v.mem.PutU64(mem.Base+s.Lo, header(ret, 0))
	for i, a := range args {
		v.mem.PutU64(mem.Base+s.Lo+8+8*uint64(i), a)
	}
	return exec{PC: entry, FP: s.Lo, Ctx: ctx, stack: s, Entry: entry, Defers: -1, Panics: -1}
}

// header returns a frame header.
func header(pc uint32, base uint64) uint64 { return uint64(pc) | base<<32 }

// freeG1 gives back what g holds. Its id may be used again.
func (v *VM) freeG1(g *G) {
	v.freeStack(&g.stack)
	for g.Defers >= 0 {
		v.popDefer(g)
	}
	for g.Panics >= 0 {
		v.popPanic(g)
	}
	g.Status = gFree
	if k := v.kern; k != nil {
		v.gs[g.ID], k.owner[g.ID] = &noG, -1
		k.free = append(k.free, g.ID)
		return
	}
	v.freeG = append(v.freeG, g.ID)
}

// Start makes the goroutine that runs function sym, which takes no arguments,
// and returns its task. System goroutines are the runtime's own.
func (v *VM) Start(sym string, system bool) (id task.ID, ok bool) {
	addr, ok := v.prog.Symbols[sym]
	if !ok || !v.isEntry(addr) {
		return task.None, false
	}
	g := v.newG(uint32(addr-code.TextBase), 0, nil)
	g.System = system
	switch sym {
	case symRunFinalizers:
		v.gc.runners[finalizerRunner].id = g.ID
	case symBgSweep:
		v.gc.beside.sweeper = g.ID
	}
	return g.ID, true
}

// isEntry reports whether a is the address of a function's first instruction.
func (v *VM) isEntry(a uint64) bool {
	pc := a - code.TextBase
	if pc >= uint64(v.ncode) {
		return false
	}
	op := v.prog.Code[pc].Op
	return op == code.Enter || op == code.EnterLeaf
}

// doGo is the go statement. The new goroutine's id is known to the scheduler
// once it has taken the request.
func (v *VM) doGo(in code.Instr) {
	fn, ctx := v.get(in.C), v.get(in.C+1)
	if !v.fresh() {
		v.retry(1)
		return
	}
	if fn == 0 {
		v.goNil()
		return
	}
	if !v.isEntry(fn) {
		panic(trap{kind: trapBad, msg: "go of what is no function"})
	}
	args := make([]uint64, in.B)
	for i := range args {
		args[i] = v.get(in.A + 1 + uint16(i))
	}
	v.spawn(v.newG(uint32(fn-code.TextBase), ctx, args))
}

// spawn asks for g, made by the current goroutine, to be made runnable.
func (v *VM) spawn(g *G) {
	g.Parent, g.GoPC = v.goid(v.cur), v.pc
	if l := v.cur.seldom().Labels; l != 0 {
		g.needRare().Labels = l
	}
	if f := v.funcAt(g.Entry); f != nil && (f.Sym == symRunFinalizers || f.Sym == symRunCleanups) {
		g.System = true
	}
	v.joinBubble(g, v.cur.Bubble)
	r := task.Request{Kind: task.Spawn, Task: g.ID, N: int32(b2u(g.System))}
	if v.kern != nil && !g.System {
		v.fork(g, &r)
	}
	v.cur.Requests = append(v.cur.Requests, r)
	v.leave = true
}

// goid is the goroutine's id as Go prints it.
func (v *VM) goid(g *G) int64 {
	if v.host == nil || v.initializing {
		return int64(g.ID) + 1
	}
	if v.kern != nil { // a copy of the one that forked, which was a copy of main's
		return 1
	}
	return v.host.Goid(g.ID)
}
