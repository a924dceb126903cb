package vm

import (
	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/task"
)

// coreNatives are the tables of the natives that park, ready and look at
// goroutines.
var coreNatives = []table{semaNatives, timerNatives, pollNatives, coroNatives, procNatives, gcNatives, specialNatives, reflectChanNatives, lookNatives, traceNatives, bubbleNatives, kernelNatives}

var procNatives = table{
	{"runtime.Gosched", ask(task.Request{Kind: task.Yield})},
	{"runtime.LockOSThread", lockThread},
	{"runtime.UnlockOSThread", unlockThread},
	{"runtime.Goexit", goexitNative},
	{"runtime.GOMAXPROCS", gomaxprocs},
	{"runtime.NumCPU", func(c *Call) Action { c.SetResult(0, uint64(c.VM.host.NumCPU())); return Done }},
	{"runtime.NumGoroutine", numGoroutine},
	{"runtime.gopark", gopark},
	{"runtime.throw", throwNative},
	{"runtime/debug.setPanicOnFault", setPanicOnFault},
	{"runtime.fatal", throwNative},
	{"sync.throw", throwNative},
	{"sync.fatal", lockMisused},
	{"internal/sync.throw", throwNative},
	{"internal/sync.fatal", lockMisused},

	{"sync.runtime_procPin", procPin},
	{"sync.runtime_procUnpin", procUnpin},
	{"sync/atomic.runtime_procPin", procPin},
	{"sync/atomic.runtime_procUnpin", procUnpin},
}

func numGoroutine(c *Call) Action {
	n := c.VM.host.NumGoroutine()
	if c.VM.kern != nil {
		n = c.VM.numGoroutines()
	}
	c.SetResult(0, uint64(n))
	return Done
}

// ask makes a native that asks for r and returns.
func ask(r task.Request) Native {
	return func(c *Call) Action {
		if !c.Fresh() {
			return Again
		}
		c.Ask(r)
		return Done
	}
}

func goexitNative(c *Call) Action {
	c.VM.pending = pendingCall{set: true, exit: true}
	return Done
}

// maxProcs is as far as GOMAXPROCS goes: the last limit that Go had
// (runtime/runtime2.go:_MaxGomaxprocs, until 1.9).
const maxProcs = 1 << 10

func gomaxprocs(c *Call) Action {
	n, old := int64(c.Arg(0)), c.VM.host.Procs()
	if n > 0 && int(n) != old {
		if !c.Fresh() {
			return Again
		}
		c.Ask(task.Request{Kind: task.SetProcs, N: int32(min(n, maxProcs))})
	}
	c.SetResult(0, uint64(old))
	return Done
}

func gopark(c *Call) Action {
	if !c.Fresh() {
		return Again
	}
	c.Ask(task.Request{Kind: task.Park, Reason: task.Reason(c.Arg(0))})
	return Done
}

func setPanicOnFault(c *Call) Action {
	r, on := c.G.needRare(), c.Arg(0) != 0
	c.SetBool(0, r.PanicOnFault)
	r.PanicOnFault = on
	return Done
}

func throwNative(c *Call) Action { return c.Throw(c.ArgString(0)) }

var lookNatives = table{
	{"runtime.callers", callers},
	{"runtime.goroutineStack", goroutineStack},
	{"runtime/pprof.runtime_setProfLabel", setLabels},
	{"runtime/pprof.runtime_getProfLabel", getLabels},
	{"runtime.pcinfo", pcinfo},
	{"runtime.Stack", stackText},
}

// callers lists return addresses, as runtime.Callers' own caller counts them.
func callers(c *Call) Action {
	c.VM.save()
	n := c.returnAddresses(c.G, c.Int(0)+1, c.Arg(1), c.Arg(2))
	c.SetResult(0, n)
	return Done
}

// goroutineStack lists those of the program's goroutine of a number, by id, or
// only of those that leaked, and returns its labels too.
func goroutineStack(c *Call) Action {
	v := c.VM
	v.save()
	i, leaked, p, n := c.Int(0), c.Arg(1) != 0, c.Arg(2), c.Arg(3)
	c.SetResult(0, ^uint64(0))
	c.SetResult(1, 0)
	for _, g := range v.byGoid() {
		if g.System || leaked && !g.Leaked {
			continue
		}
		if i--; i >= 0 {
			continue
		}
		skip := 0
		if g == c.G {
			skip = 1 // this native
		}
		c.SetResult(0, c.returnAddresses(g, skip, p, n))
		c.SetResult(1, g.seldom().Labels)
		break
	}
	return Done
}

func setLabels(c *Call) Action {
	c.G.needRare().Labels = c.Arg(0)
	return Done
}

func getLabels(c *Call) Action {
	c.SetResult(0, c.G.seldom().Labels)
	return Done
}

// returnAddresses writes up to n return addresses of g to p, but for the skip
// innermost, and counts them.
func (c *Call) returnAddresses(g *G, skip int, p mem.Addr, n uint64) uint64 {
	v := c.VM
	count := uint64(0)
	add := func(pc uint64) bool {
		if skip > 0 {
			skip--
			return true
		}
		if count == n {
			return false
		}
		c.Store64(p+8*count, pc+1)
		count++
		return true
	}
	v.eachCall(g, func(pc uint32, _ *frame) bool { return add(code.TextBase + uint64(pc)) })
	return count
}

// eachCall calls visit for the pcs of g's calls, innermost first, as
// runtime.Callers lists them, until it returns false; with the frame, nil where
// the machine has none.
func (v *VM) eachCall(g *G, visit func(pc uint32, f *frame) bool) {
	inner := (*code.FuncInfo)(nil)
	whole := true
	sym := func(name string) bool { // its first instruction
		a, ok := v.prog.Symbols[name]
		return !ok || visit(uint32(a-code.TextBase), nil)
	}
	v.walk(g, func(f *frame) bool {
		switch {
		case f.panic:
			whole = sym(symGopanic)
		case v.elided(f.fn, inner):
		default:
			if inner != nil && inner.Flags&code.Initializer != 0 {
				whole = sym(symDoInit1) && sym(symDoInit)
			}
			whole = whole && visit(f.symPC(), f)
		}
		inner = f.fn
		return whole
	})
	if whole {
		sym(symGoexit)
	}
}

func pcinfo(c *Call) Action {
	v, pc := c.VM, c.Arg(0)-code.TextBase
	f := v.funcAt(uint32(min(pc, 1<<31)))
	if f == nil {
		for i := range 6 {
			c.SetResult(i, 0)
		}
		return Done
	}
	c.SetString(0, f.Name)
	file, line := f.PlaceAt(uint32(pc))
	c.SetString(2, v.inRoot(file))
	c.SetResult(4, uint64(line))
	c.SetResult(5, code.TextBase+uint64(f.Entry))
	return Done
}

func stackText(c *Call) Action {
	v := c.VM
	v.save()
	buf := c.WriteBytes(c.Arg(0), c.Arg(1))
	all := c.Arg(3) != 0
	text := v.traceText(func() {
		v.skipFirst = true
		v.traceG(c.G, "running")
		if all {
			v.traceOthers(c.G, everyone)
		}
	})
	n := copy(buf, text)
	c.CostBytes(uint64(100 * n))
	c.SetResult(0, uint64(n))
	return Done
}
