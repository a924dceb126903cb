package vm

import (
	"encoding/binary"
	"unsafe"

	"gopark/sim/mem"
	"gopark/sim/task"
)

// A Native implements a function that has no body in Go. It reads its
// arguments from c, leaves its results there, and says how to go on.
//
// # The convention
//
// Arguments stand in slots as in a call: Arg(0) is the first slot of the
// receiver or first parameter; a string takes two (pointer, length), a slice
// three, an interface two {type or itab, data}; booleans and unsigned integers
// are zero-extended, signed ones sign-extended, float32 its bits. Results are
// left from SetResult(0) on. They OVERLAP the arguments: read before writing.
//
// Addresses are simulated ones (mem.Addr). c.Bytes, c.Load64 … fault like the
// program itself when an address is nil or wild: the native is left at once by
// a host panic that the machine turns into Go's nil dereference. So check
// nothing, but don't leave half-done state in the VM behind such an access.
// Slices of c.Bytes alias the arena: they are invalid after Alloc, NewString …
// (the arena may move). Running out of memory leaves the native as well.
//
// A native has no state of its own: whatever outlives a call lies in the arena
// or in plain fields of the VM that Snapshot copies.
//
// # Asking the scheduler
//
// A native that asks for something first makes sure that no time has passed in
// this turn, before any effect:
//
//	if !c.Fresh() {
//		return Again
//	}
//	c.Ask(task.Request{Kind: task.Park, Reason: task.Sleeping})
//	return Done // or Again, to be called once more when the task runs again
//
// Park, Yield, Sleep … stop the goroutine after the requests queued before
// them; several Asks are handed out in order.
//
// # Calling Go
//
// CallGo and CallClosure make the goroutine run a Go function next. With Done
// its results are dropped and the goroutine goes on behind the native; with
// Again the native is called once more and finds them by CallResult. Go panics
// are raised that way: c.Panic… call a function of package runtime that does
// not come back.
type Native func(c *Call) Action

// An Action says how to go on after a native.
type Action uint8

const (
	// Done: the results are set (and whatever was asked is to be done).
	Done Action = iota
	// Again: call the native once more with the same arguments: after what
	// it asked for or called, with Phase one higher; or, if it did neither,
	// at the start of the next turn, when Fresh holds.
	Again
)

// A Call is one call of a native, valid until it returns.
type Call struct {
	VM   *VM
	G    *G
	ID   task.ID
	base uint64 // offset of slot base in the arena
}

// Arg returns the i-th argument slot. Inlined in every native it would be ten
// kilobytes of the page's program, and so would SetResult.
//
//go:noinline
func (c *Call) Arg(i int) uint64 { return *c.slot(i) }

// Int returns the i-th argument slot as an int.
//
//go:noinline
func (c *Call) Int(i int) int { return int(int64(*c.slot(i))) }

// ArgString returns a copy of the string in slots i and i+1.
func (c *Call) ArgString(i int) string { return string(c.Bytes(c.Arg(i), c.Arg(i+1))) }

// ArgBytes returns the bytes of the string or []byte whose pointer and length
// are in slots i and i+1, shared with the arena.
func (c *Call) ArgBytes(i int) []byte { return c.Bytes(c.Arg(i), c.Arg(i+1)) }

// SetResult sets the i-th result slot.
//
//go:noinline
func (c *Call) SetResult(i int, v uint64) { *c.slot(i) = v }

// SetBool sets the i-th result slot to a boolean.
//
//go:noinline
func (c *Call) SetBool(i int, v bool) { *c.slot(i) = b2u(v) }

// SetString allocates s and sets result slots i and i+1.
func (c *Call) SetString(i int, s string) {
	a := c.NewString(s)
	c.SetResult(i, a)
	c.SetResult(i+1, uint64(len(s)))
}

// SetBytes allocates a copy of b and sets result slots i, i+1 and i+2.
func (c *Call) SetBytes(i int, b []byte) {
	a := c.VM.newBytes(b)
	c.SetResult(i, a)
	c.SetResult(i+1, uint64(len(b)))
	c.SetResult(i+2, uint64(len(b)))
}

func (c *Call) slot(i int) *uint64 {
	return (*uint64)(unsafe.Add(c.VM.mem.Ptr(), c.base+8+8*uint64(i)))
}

// Mem is the arena, for code (package rtype, gomap) that wants one. Its own
// methods panic outside the arena, which also ends as a nil dereference.
func (c *Call) Mem() *mem.Memory { return c.VM.mem }

// Bytes returns the n bytes at a, shared with the arena, or faults. Writing to
// read-only data is not caught here: use WriteBytes for what a program chose.
func (c *Call) Bytes(a mem.Addr, n uint64) []byte { return c.VM.bytes(a, n) }

// WriteBytes returns the n bytes at a for writing, or faults.
func (c *Call) WriteBytes(a mem.Addr, n uint64) []byte { return c.VM.writable(a, n) }

// Loads and stores; they fault.

//go:noinline
func (c *Call) Load8(a mem.Addr) uint8 { return c.VM.bytes(a, 1)[0] }

//go:noinline
func (c *Call) Load16(a mem.Addr) uint16 { return binary.LittleEndian.Uint16(c.VM.bytes(a, 2)) }

//go:noinline
func (c *Call) Load32(a mem.Addr) uint32 { return binary.LittleEndian.Uint32(c.VM.bytes(a, 4)) }

//go:noinline
func (c *Call) Load64(a mem.Addr) uint64 { return binary.LittleEndian.Uint64(c.VM.bytes(a, 8)) }

//go:noinline
func (c *Call) Store8(a mem.Addr, v uint8) { c.VM.writable(a, 1)[0] = v }

//go:noinline
func (c *Call) Store16(a mem.Addr, v uint16) {
	binary.LittleEndian.PutUint16(c.VM.writable(a, 2), v)
}

//go:noinline
func (c *Call) Store32(a mem.Addr, v uint32) {
	binary.LittleEndian.PutUint32(c.VM.writable(a, 4), v)
}

//go:noinline
func (c *Call) Store64(a mem.Addr, v uint64) {
	binary.LittleEndian.PutUint64(c.VM.writable(a, 8), v)
}

// Alloc returns size zeroed bytes for an object of type typ (the address of
// its descriptor; 0: no pointers in it). It costs what mallocgc costs.
func (c *Call) Alloc(size uint64, typ mem.Addr) mem.Addr { return c.VM.alloc(size, typ, 1) }

// AllocArray returns room for n zeroed elements of type typ and the given size.
func (c *Call) AllocArray(size uint64, typ mem.Addr, n uint64) mem.Addr {
	return c.VM.allocArray(size, typ, n)
}

// NewString allocates the bytes of s and returns their address, 0 if it is empty.
func (c *Call) NewString(s string) mem.Addr { return c.VM.newString(s) }

// Cost adds n steps to what the call costs beyond its one.
func (c *Call) Cost(n uint64) { c.VM.charge(n) }

// CostBytes adds the cost of copying or scanning n bytes.
func (c *Call) CostBytes(n uint64) { c.VM.chargeBytes(n) }

// Now is the virtual time at this instruction.
func (c *Call) Now() task.Time { return c.VM.now() }

// Rand returns the next 64 bits of the run's random source.
func (c *Call) Rand() uint64 { return c.VM.rand() }

// Write is what the write system call does with descriptors 1 and 2.
func (c *Call) Write(fd int, b []byte) { c.VM.write(fd, b) }

// Symbol returns the address of a data symbol, or TextBase+entry of a
// function, and whether the program has it.
func (c *Call) Symbol(name string) (uint64, bool) {
	a, ok := c.VM.prog.Symbols[name]
	return a, ok
}

// Fresh reports whether no time has passed in this turn: only then may a
// native ask for something.
//
//go:noinline
func (c *Call) Fresh() bool { return c.VM.fresh() }

// Ask queues a request. A native asks only while Fresh holds.
//
//go:noinline
func (c *Call) Ask(r task.Request) { c.G.Requests = append(c.G.Requests, r) }

// Phase counts how often this call has answered Again after asking for or
// calling something; 0 at first.
func (c *Call) Phase() int { return int(c.G.Phase) }

// Save returns four words that stay from phase to phase of one call.
func (c *Call) Save() *[4]uint64 { return &c.G.needRare().Save }

// CallGo makes the goroutine call the Go function sym next, with args from its
// first parameter slot on. It throws if the program has no such function.
func (c *Call) CallGo(sym string, args ...uint64) { c.VM.callSym(c.G, sym, args) }

// CallClosure makes the goroutine call function value f, the address of a
// closure, next.
func (c *Call) CallClosure(f mem.Addr, args ...uint64) { c.VM.callClosure(c.G, f, args) }

// CallResult returns the i-th result slot of the function that the previous
// phase called.
func (c *Call) CallResult(i int) uint64 { return c.G.callResult(c.VM, i) }

// PanicString raises a Go panic with a runtime error whose text is msg, as
// runtime.errorString has it ("makeslice: len out of range").
func (c *Call) PanicString(msg string) Action {
	c.CallGo(symPanicError, c.NewString(msg), uint64(len(msg)))
	return Done
}

// PanicPlain is PanicString for runtime.plainError: no "runtime error: " before
// it, unless that is the rule.
func (c *Call) PanicPlain(msg string) Action {
	if c.VM.rules.PlainRuntime {
		return c.PanicString(msg)
	}
	c.CallGo(symPanicPlain, c.NewString(msg), uint64(len(msg)))
	return Done
}

// PanicValue raises a Go panic with the any {typ, data}.
func (c *Call) PanicValue(typ, data uint64) Action {
	c.VM.startPanic(c.G, typ, data)
	return Done
}

// Throw ends the run with "fatal error: msg" and the goroutine's trace.
func (c *Call) Throw(msg string) Action {
	c.VM.throw(msg)
	return Done
}

// A table lists natives. libraryNatives (native_lib.go) has those of the
// standard library, coreNatives those that park, ready and look at goroutines; a
// symbol must not be in two. Tables are slices, which the linker lays out: maps
// would be code, 60 KB of it in the page.
type table []symNative

type symNative struct {
	sym    string
	native Native
}

var nativeOf = func() map[string]Native {
	all := map[string]Native{}
	for _, tables := range [][]table{coreNatives, libraryNatives} {
		for _, t := range tables {
			for _, n := range t {
				all[n.sym] = n.native
			}
		}
	}
	return all
}()

// lookupNative returns the native named sym, or nil.
func lookupNative(sym string) Native { return nativeOf[sym] }

// HasNative reports whether the machine implements the native sym. The linker
// asks, so that a program that never calls a missing one still runs.
func HasNative(sym string) bool { return lookupNative(sym) != nil }
