package vm

import (
	"fmt"
	"strings"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/task"
)

// A frame is one call on a goroutine's stack.
type frame struct {
	fn    *code.FuncInfo
	pc    uint32 // return address, or of the next instruction in the innermost
	fp    uint64 // offset
	size  uint64 // bytes
	panic bool   // not a call of its own: the panic that runs what is inside
	rec   *panicRec
}

// symPC is the address whose line a traceback prints.
func (f *frame) symPC() uint32 {
	if f.pc > f.fn.Entry {
		return f.pc - 1
	}
	return f.pc
}

// walk calls visit for g's frames, innermost first, until it returns false. A
// frame is there until visit returns: a stack may have ten million.
// The state of the running goroutine must have been saved.
func (v *VM) walk(g *G, visit func(*frame) bool) {
	f, fn := &frame{}, (*code.FuncInfo)(nil)
	pc, fp := g.PC, g.FP
	panics := g.Panics
	top := uint64(0)
	// A return address may lie behind its function, if the call was the last
	// instruction; so may the pc of the innermost frame, once it panicked.
	after := v.panicked == g
	for fp >= g.Lo && fp < g.Hi {
		at := pc
		if after && pc > 0 {
			at--
		}
		after = true
		if fn == nil || at < fn.Entry || at >= fn.End {
			if fn = v.funcAt(at); fn == nil {
				return
			}
		}
		*f = frame{fn: fn, pc: pc, fp: fp, size: top - fp}
		if top == 0 {
			f.size = (uint64(fn.Frame) + uint64(fn.Out)) * 8
		}
		if !visit(f) {
			return
		}
		ret, base := v.link(&g.exec, fp)
		if base*8 > fp-g.Lo || base == 0 && ret < v.ncode {
			return // no frame begins where its caller's does
		}
		top = fp
		fp -= base * 8
		switch {
		case ret == pcPanic || ret == pcPreprint:
			for panics >= 0 && v.panics.at(panics).frame != fp-g.Lo {
				panics = v.panics.at(panics).link
			}
			if panics < 0 {
				return
			}
			rec := v.panics.at(panics)
			pc = rec.pc
			if !rec.goexit && !visit(&frame{fn: fn, panic: true, rec: rec}) {
				return
			}
		case ret == pcRecover:
			for _, r := range g.seldom().Recovering {
				if r.frame == fp-g.Lo {
					pc = r.pc + 1
				}
			}
		case ret >= v.ncode:
			return
		default:
			pc = ret
			if v.runsDeferred(fn, ret, base) {
				pc++ // RunDefers comes back to itself
			}
		}
	}
}

// runsDeferred reports whether a frame of fn that returns to ret, base slots
// above its caller's, is a deferred call that RunDefers makes: those lie behind
// the caller's outgoing slots. So do calls that panic for an instruction in
// front of it.
func (v *VM) runsDeferred(fn *code.FuncInfo, ret uint32, base uint64) bool {
	if v.prog.Code[ret].Op != code.RunDefers {
		return false
	}
	switch fn.Sym {
	case symPanicError, symPanicPlain, symPanicBounds, symPanicAssert, symPanicNil:
		return false
	}
	return base == v.frameTop(ret)
}

// traceAfterPanic prints the goroutine that ended the run, and the others if
// GOTRACEBACK asks for them; in any case those of a bubble, if that isn't 0
// (runtime/panic.go:dopanic_m).
func (v *VM) traceAfterPanic(g *G, bubble int32) {
	one, all := v.traceLevel()
	if !one {
		return
	}
	v.print("\n")
	v.panicked = g
	v.traceG(g, "running")
	if all || bubble != 0 {
		v.traceOthers(g, func(other *G) bool { return all || other.Bubble == bubble })
	}
}

// traceOthers prints all other goroutines of the reader's, and those of the
// system's that the release shows, if want wants them, in the order of allgs: a new goroutine has
// the place of a dead one if there is one.
func (v *VM) traceOthers(but *G, want func(*G) bool) {
	for i, g := range v.gs {
		v.traceUnmade(i)
		if g.Status != gFree && g != but && (!g.System || v.traced(g)) && want(g) {
			v.print("\n")
			v.traceG(g, v.status(g))
		}
	}
	v.traceUnmade(len(v.gs))
}

// traceUnmade prints the Gs that are in allgs before the i-th goroutine, and never became one.
func (v *VM) traceUnmade(i int) {
	for _, at := range v.lib.unmade {
		if at == i {
			v.print("\ngoroutine 0 [idle]:\n")
		}
	}
}

// everyone is wanted.
func everyone(*G) bool { return true }

// waiting is what the host says of a goroutine that is parked.
const waiting = "waiting"

// status is what a traceback's header says of g.
func (v *VM) status(g *G) string {
	status := "runnable"
	if v.host != nil {
		status = v.host.Status(g.ID)
	} else if g.Status == gWaiting {
		status = waiting
	}
	if status == waiting && g.Reason != task.NoReason {
		status = v.rules.Reason(g.Reason).String()
		if g.Leaked {
			status += " (leaked)"
		}
	}
	return status
}

// traceG prints one goroutine as runtime/traceback.go does.
func (v *VM) traceG(g *G, status string) {
	if g.Idle && g.Status == gWaiting {
		status += " (durable)"
	}
	if g.Locked > 0 && v.rules.TraceLocked {
		status += ", locked to thread"
	}
	if g.Bubble != 0 {
		status += fmt.Sprintf(", synctest bubble %d", g.Bubble)
	}
	v.printf("goroutine %d [%s]:\n", v.goid(g), status)
	v.traceFrames(g)
	if g.Parent == 0 {
		return
	}
	if fn := v.funcAt(g.GoPC - 1); fn != nil {
		v.print("created by ", fn.Name)
		if v.rules.TraceParent {
			v.printf(" in goroutine %d", g.Parent)
		}
		v.printf("\n\t%s +%#x\n", v.placeAt(fn, g.GoPC-1), g.GoPC-fn.Entry)
	}
}

// How many frames a traceback has at most: at the inner and at the outer end of
// the stack (runtime/traceback.go:tracebackInnerFrames), or in all.
const (
	traceEnd   = 50
	traceTotal = 100
)

// traceFrames prints g's frames, innermost first, but for the middle ones of many.
func (v *VM) traceFrames(g *G) {
	most, skip := traceTotal, v.skipFirst
	v.skipFirst = false
	if v.rules.TraceEnds {
		most = traceEnd
	}
	n := 0
	var last [traceEnd]frame // the outermost ones so far, in a ring
	v.eachShown(g, skip, func(f *frame) bool {
		if n < most {
			v.printFrame(f)
		}
		last[n%traceEnd] = *f
		n++
		return v.rules.TraceEnds || n <= most
	})
	switch {
	case n <= most:
		return
	case !v.rules.TraceEnds:
		v.print("...additional frames elided...\n")
		return
	case n > 2*traceEnd:
		v.printf("...%d frames elided...\n", n-2*traceEnd)
	}
	for i := max(n-traceEnd, traceEnd); i < n; i++ {
		v.printFrame(&last[i%traceEnd])
	}
}

// eachShown calls visit for the frames of g that a traceback has, until it
// returns false; skip: but for the innermost.
func (v *VM) eachShown(g *G, skip bool, visit func(*frame) bool) {
	first := true
	inner := (*code.FuncInfo)(nil)
	v.walk(g, func(f *frame) bool {
		if skip {
			skip = false
			return true
		}
		hidden := v.elided(f.fn, inner)
		inner = f.fn
		if hidden || !v.shown(f, first) {
			return true
		}
		first = false
		return visit(f)
	})
}

// shown reports whether a traceback has f: the runtime's own frames are
// hidden, except for its API and for a panic that runs deferred calls.
func (v *VM) shown(f *frame, first bool) bool {
	if f.panic {
		return !first
	}
	rest, ok := strings.CutPrefix(f.fn.Name, "runtime.")
	return !ok || rest != "" && rest[0] >= 'A' && rest[0] <= 'Z'
}

func (v *VM) printFrame(f *frame) {
	if f.panic {
		v.printf("panic({%#x?, %#x?})\n\t%s/src/runtime/panic.go:860 +0x13a\n", f.rec.typ, f.rec.data, v.cfg.GOROOT)
		return
	}
	v.printf("%s(%s)\n\t%s", f.fn.Name, v.frameArgs(f), v.placeAt(f.fn, f.symPC()))
	if f.pc > f.fn.Entry {
		v.printf(" +%#x", f.pc-f.fn.Entry)
	}
	v.print("\n")
}

// elided reports whether lists of calls leave out one of inner by fn: of wrappers,
// unless it is they that panic (runtime/traceback.go:elideWrapperCalling), and of
// one package's initializer by another's, which there is none of in Go.
func (v *VM) elided(fn, inner *code.FuncInfo) bool {
	if fn.Flags&code.Wrapper != 0 {
		return inner == nil || inner.Sym != symPanicWrap && inner.Sym != symPanicError
	}
	return inner != nil && inner.Flags&fn.Flags&code.Initializer != 0
}

// placeAt is the file and the line of pc as a traceback prints them.
func (v *VM) placeAt(f *code.FuncInfo, pc uint32) string {
	file, line := f.PlaceAt(pc)
	return fmt.Sprintf("%s:%d", v.inRoot(file), line)
}

// inRoot is a file's name with the toolchain's folder in it.
func (v *VM) inRoot(file string) string { return strings.Replace(file, "$GOROOT", v.cfg.GOROOT, 1) }

// fileName is the file as a traceback prints it.
func (v *VM) fileName(f *code.FuncInfo) string {
	return v.inRoot(f.File)
}

const maxTraceArgs = 10 // internal/abi/stack.go:TraceArgsLimit

// frameArgs are the words of f's parameters; aggregates stand in braces
// (runtime/traceback.go:printArgs).
func (v *VM) frameArgs(f *frame) string {
	var parts []string
	at, left := mem.Base+f.fp+8, maxTraceArgs
	for _, n := range f.fn.Args {
		if left == 0 {
			return strings.Join(append(parts, "..."), ", ")
		}
		var words []string
		for range min(int(n), left) {
			words = append(words, fmt.Sprintf("%#x", v.mem.U64(at+8*uint64(len(words)))))
		}
		left -= len(words)
		if len(words) < int(n) {
			words = append(words, "...")
		}
		part := strings.Join(words, ", ")
		if n > 1 {
			part = "{" + part + "}"
		}
		parts = append(parts, part)
		at += 8 * uint64(n)
	}
	return strings.Join(parts, ", ")
}

// traceText returns what print writes while f runs.
func (v *VM) traceText(f func()) string {
	var b strings.Builder
	write := v.cfg.Write
	v.cfg.Write = func(_ int, text []byte) { b.Write(text) }
	n := v.written
	f()
	v.written = n
	v.cfg.Write = write
	return b.String()
}

// Deadlock prints what Go prints when no goroutine can go on: "all goroutines
// are asleep", or that main has exited, if it has (runtime/proc.go:checkdead).
// The exit code is 2.
func (v *VM) Deadlock(mainExited bool) {
	text := "all goroutines are asleep - deadlock!"
	if mainExited {
		text = "no goroutines (main called runtime.Goexit) - deadlock!"
	}
	v.print(v.fatalWord(), text, "\n")
	v.traceOthers(nil, everyone)
	v.over = true
}

// ThreadExhaustion prints what Go prints when a program needs more than max
// threads (runtime/proc.go:checkmcount), or when the kernel does not give it
// another (runtime/os_linux.go:newosproc). The exit code is 2.
func (v *VM) ThreadExhaustion(max int) {
	const eagain = 11
	if v.rules.CountsThreads {
		v.printf("runtime: program exceeds %d-thread limit\n", max)
		v.print(v.fatalWord(), "thread exhaustion\n")
	} else {
		v.printf("runtime: failed to create new OS thread (have %d already; errno=%d)\n", max, eagain)
		v.print(v.fatalWord(), "runtime.newosproc\n")
	}
	v.over = true
}
