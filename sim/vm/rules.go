package vm

import (
	"strings"

	"gopark/sim/code"
	"gopark/sim/task"
)

// What Go's releases did differently, and few rules are: see task.Rules.

const nilText = "invalid memory address or nil pointer dereference"

// setStackRules takes over what the rules say of stacks. A function that looks
// at its stack may call one that doesn't, and each may protrude by stackSmall.
func (v *VM) setStackRules() {
	v.guard = max(uint64(v.rules.StackGuard), 2*stackSmall)
	v.firstStack = max(uint64(v.rules.Stack), stackMin)
	v.maxStack = uint64(v.rules.MaxStack)
	if v.maxStack == 0 {
		v.maxStack = 1 << 62
	}
}

// adaptStacks makes new goroutines' stacks as large as those that the
// collection has seen are on average (runtime/stack.go:gcComputeStartingStackSize).
func (v *VM) adaptStacks() {
	if !v.rules.StackAdapts || strings.Contains(v.cfg.Env["GODEBUG"], "adaptivestackstart=0") {
		return
	}
	least := max(uint64(v.rules.Stack), stackMin)
	v.firstStack = least
	if c := &v.gc; c.stacks > 0 {
		for avg := min(c.stackBytes/c.stacks+v.guard, v.maxStack); v.firstStack < avg; {
			v.firstStack *= 2
		}
	}
}

// fatalWord announces a fatal error.
func (v *VM) fatalWord() string {
	if v.rules.SaysThrow {
		return "throw: "
	}
	return "fatal error: "
}

// traced reports whether a trace shows g, one of the system's.
func (v *VM) traced(g *G) bool {
	if v.goid(g) == 0 { // it does not exist yet
		return false
	}
	return v.rules.TraceSystem || v.rules.TraceUnstarted && g.PC == g.Entry && v.status(g) == "runnable"
}

// traceLevel is what GOTRACEBACK asks to be shown after a panic: the goroutine
// that panicked, and all others (runtime/runtime1.go:setTraceback).
func (v *VM) traceLevel() (one, all bool) {
	level := v.cfg.Env["GOTRACEBACK"]
	if !v.rules.TraceWords { // a number; what is none counts as 0
		return level == "" || level == "1" || level == "2" || level == "crash", true
	}
	switch level {
	case "none", "0":
		return false, false
	case "all", "system", "crash", "1", "2":
		return true, true
	}
	return true, false
}

// goNil is a go statement with a nil function.
func (v *VM) goNil() {
	switch {
	case v.rules.GoNilStarts:
		text := nilText
		if v.rules.NilFuncText {
			text = "call of nil func value"
		}
		entry := v.prog.Symbols[symPanicError]
		g := v.newG(uint32(entry-code.TextBase), 0, []uint64{v.newString(text), uint64(len(text))})
		g.needRare().Sig = 1
		v.spawn(g)
	case v.rules.GoNilIsFatal:
		v.throw("go of nil func value")
	default: // a G was made, and newproc1 holds its thread as it is when it dies
		v.cur.Pins |= 1 // for ever
		v.lib.unmade = append(v.lib.unmade, len(v.gs))
		v.fault(0)
	}
}

// boundsText is what was said of a bad index or slice until 1.12.
func boundsText(code uint8) string {
	if code == boundsIndex {
		return "index out of range"
	}
	return "slice bounds out of range"
}

const nilMapText = "assignment to entry in nil map"

// lockMisused is sync.fatal: a lock that is not locked was unlocked.
func lockMisused(c *Call) Action {
	if c.VM.rules.UnlockIsFatal {
		return throwNative(c)
	}
	typ, _ := c.Symbol("type:string")
	text := c.ArgString(0)
	box := c.Alloc(16, typ)
	p := c.NewString(text)
	c.Store64(box, p)
	c.Store64(box+8, uint64(len(text)))
	return c.PanicValue(typ, box)
}

// waitedSince is the clock by which sync.Mutex knows how long somebody waits,
// and it is used for nothing else. To a Mutex for which it stands still nobody
// has waited before, and nobody starves: that is sync.Mutex until Go 1.8.
func waitedSince(c *Call) Action {
	now := c.VM.nanotime()
	if !c.VM.rules.MutexStarves {
		now = 0
	}
	c.SetResult(0, uint64(now))
	return Done
}

func lockThread(c *Call) Action {
	if !c.Fresh() {
		return Again
	}
	if c.VM.rules.LockNests || c.G.Locked == 0 {
		c.G.Locked++
	}
	c.Ask(task.Request{Kind: task.LockThread})
	return Done
}

func unlockThread(c *Call) Action {
	if !c.Fresh() {
		return Again
	}
	c.G.Locked = max(0, c.G.Locked-1)
	c.Ask(task.Request{Kind: task.UnlockThread})
	return Done
}
