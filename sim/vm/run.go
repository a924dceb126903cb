package vm

import (
	"fmt"
	"unsafe"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/task"
)

// Run implements task.Runner.
func (v *VM) Run(id task.ID, now task.Time, budget task.Duration, atCalls bool) (task.Duration, task.Request) {
	if v.kern != nil {
		return v.of(id).runProcess(id, now, budget)
	}
	return v.run1(id, now, budget, atCalls)
}

// run1 is Run for the one process that there is, or that is meant.
func (v *VM) run1(id task.ID, now task.Time, budget task.Duration, atCalls bool) (task.Duration, task.Request) {
	g := v.gs[id]
	if g.Status == gFree {
		panic(fmt.Sprintf("vm: task %d runs after its exit", id))
	}
	if len(g.Requests) == 0 && v.gc.due && g.Pins == 0 {
		v.askCollection(g)
	}
	if len(g.Requests) > 0 {
		return 0, v.ask(g)
	}
	steps := (budget + v.cfg.StepCost - 1) / v.cfg.StepCost
	for g.Job != jobNone {
		if took, req := v.work(g, now, steps); took > 0 || req.Kind != task.Nothing {
			return took, req
		}
	}
	v.finishCycle()
	if g.Debt >= steps {
		g.Debt -= max(steps, 0)
		return max(steps, 0) * v.cfg.StepCost, task.Request{}
	}
	v.begin(g, now, steps, atCalls)
	v.turn()
	used := v.end()
	if len(g.Requests) > 0 && v.fresh() {
		g.Debt = used
		return 0, v.ask(g)
	}
	return used * v.cfg.StepCost, task.Request{}
}

// ask hands out g's next request.
func (v *VM) ask(g *G) task.Request {
	if v.kern != nil {
		if r := v.askLast(g); r.Kind != task.Nothing {
			return r
		}
	}
	if len(v.bubbles) > 0 {
		if r := v.askBubble(g); r.Kind != task.Nothing {
			return r
		}
	}
	r := popFront(&g.Requests)
	v.lay(g)
	switch r.Kind {
	case task.Park, task.Sleep, task.Poll:
		g.Status, g.Reason, g.Object = gWaiting, r.Reason, r.Object
		r.Reason, r.Object = v.rules.Reason(r.Reason), v.global(r.Object)
	case task.Exit:
		v.freeG1(g)
	case task.ExitProcess, task.Crash, task.Halt:
		v.over = true
	}
	return r
}

// Lists of requests are made with room for a few, and used again unless they
// have become long.
const shortList, longList = 4, 256

// lay takes g's list of requests away if it is empty: only the few goroutines
// that run, or are about to ask, have one.
func (v *VM) lay(g *G) {
	if len(g.Requests) > 0 {
		return
	}
	if n := cap(g.Requests); n >= shortList && n <= longList {
		v.lists = append(v.lists, g.Requests[:0])
	}
	g.Requests = nil
}

// begin loads g's state.
func (v *VM) begin(g *G, now task.Time, steps int64, atCalls bool) {
	g.Status, g.Reason, g.Object = gReady, task.NoReason, 0
	if n := len(v.lists); g.Requests == nil && n > 0 {
		g.Requests, v.lists = v.lists[n-1], v.lists[:n-1]
	} else if g.Requests == nil {
		g.Requests = make([]task.Request, 0, shortList)
	}
	v.cur, v.turnAt, v.start, v.left = g, now, steps, steps-g.Debt
	v.opLeft = v.left
	v.steps -= uint64(g.Debt) // counted when it was owed
	g.Debt = 0
	v.pc, v.fp, v.ctx, v.atCalls, v.leave = g.PC, g.FP, g.Ctx, atCalls, false
	if !atCalls {
		g.Checked = false // what the scheduler has heard of is over
	}
	v.extra0 = v.extra
}

// end saves the running goroutine's state and returns the steps it used.
func (v *VM) end() int64 {
	v.save()
	used := v.start - v.left
	v.steps += uint64(used) - (v.extra - v.extra0)
	v.lay(v.cur)
	v.cur = nil
	return used
}

// save writes the turn's registers back.
func (v *VM) save() {
	v.cur.PC, v.cur.FP, v.cur.Ctx = v.pc, v.fp, v.ctx
}

// turn runs the loop until the turn is over, whatever traps on the way.
func (v *VM) turn() {
	for !v.leave && v.left > 0 {
		v.guarded()
	}
}

// A trap is a host panic that carries what a cold operation could not do.
type trap struct {
	kind  trapKind
	addr  uint64
	msg   string
	retry bool // trapMemory: the instruction has had no effect
}

type trapKind uint8

const (
	trapFault   trapKind = iota // a nil or wild address
	trapMemory                  // the arena's limit
	trapCollect                 // a collection comes first
	trapBad                     // corrupt state: the program broke it, through unsafe
)

func (v *VM) guarded() {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case trap:
			v.trapped(r)
		case interface{ RuntimeError() }:
			// Package mem, rtype or gomap met an address outside the arena,
			// as a program with unsafe can make it. A mistake of ours looks
			// the same: Config.Debug lets it through.
			if v.cfg.Debug {
				panic(r)
			}
			v.trapped(trap{kind: trapBad, msg: fmt.Sprint(r)})
		default:
			panic(r)
		}
	}()
	if v.cur.Resume != resumeNothing {
		v.resume(v.cur)
	}
	if v.full {
		v.full = false
		panic(trap{kind: trapMemory})
	}
	v.loop()
}

func (v *VM) trapped(t trap) {
	v.pending = pendingCall{}
	switch t.kind {
	case trapFault:
		v.fault(t.addr)
	case trapCollect:
		v.tryAgain()
	case trapMemory:
		if t.retry && v.tryAgain() {
			return
		}
		v.throw(fmt.Sprintf("runtime: out of memory\nThe simulated computer's memory limit of %d bytes (-limit-memory) is used up. Let the program keep less, or raise the limit.", v.cfg.Memory))
	default:
		v.throw("corrupted memory: " + t.msg)
	}
}

// tryAgain leaves the turn so that the present instruction runs again after a
// collection, which may find the memory that it lacked.
func (v *VM) tryAgain() bool {
	g := v.cur
	if g.Retried || v.initializing {
		return false
	}
	g.Retried = true
	g.Requests = g.Requests[:v.opAsked]
	v.pc, v.left, v.extra, v.leave = v.opPC, v.opLeft, v.opExtra, true
	v.gc.due = true
	if v.fresh() {
		v.askCollection(g)
	}
	return true
}

// setLimit computes what Enter compares with (stackguard0).
func (v *VM) setLimit(memp unsafe.Pointer) {
	if v.atCalls && !v.cur.Checked {
		v.limit = 0
		return
	}
	v.limit = uintptr(memp) + uintptr(v.cur.Limit)
}

// bytes returns n bytes of memory or traps. If others are written to, they must
// have been asked for later (farBytes).
//
//go:noinline
func (v *VM) bytes(a mem.Addr, n uint64) []byte {
	if !v.mem.Valid(a, n) {
		if n == 0 {
			return nil
		}
		return v.farBytes(a, n, protRead)
	}
	return v.mem.Bytes(a, n)
}

// writable is bytes for what may not be read-only data.
//
//go:noinline
func (v *VM) writable(a mem.Addr, n uint64) []byte {
	if n != 0 && a-mem.Base < v.prog.ROSize {
		panic(trap{kind: trapFault, addr: a})
	}
	if n != 0 && !v.mem.Valid(a, n) {
		return v.farBytes(a, n, protWrite)
	}
	return v.bytes(a, n)
}

// get and set access slots of the current frame. The hot loop doesn't use them,
// and inlined everywhere else they would swell the page's program.
//
//go:noinline
func (v *VM) get(slot uint16) uint64 { return *v.slot(slot) }

//go:noinline
func (v *VM) set(slot uint16, x uint64) { *v.slot(slot) = x }

func (v *VM) slot(slot uint16) *uint64 {
	return (*uint64)(unsafe.Add(v.mem.Ptr(), v.fp+uint64(slot)*8))
}

// slotAddr is the address of a slot: packages rtype and gomap read values there.
func (v *VM) slotAddr(slot uint16) mem.Addr { return mem.Base + v.fp + uint64(slot)*8 }

// extraWord reads the Extra word behind the instruction.
func (v *VM) extraWord() code.Instr {
	if v.pc >= v.ncode || v.prog.Code[v.pc].Op != code.Extra {
		panic(trap{kind: trapBad, msg: "instruction without its operands"})
	}
	v.pc++
	return v.prog.Code[v.pc-1]
}

// typeWord reads an Extra word that names a type.
func (v *VM) typeWord() mem.Addr { return v.k[v.extraWord().Imm()] }

// retry leaves the turn so that the present instruction, which has had no
// effect yet, starts the next one. words is its length. What it cost so far is
// taken back.
func (v *VM) retry(words uint32) {
	v.pc -= words
	v.left, v.extra = v.opLeft, v.opExtra
	v.leave = true
}
