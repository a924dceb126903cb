package vm

import (
	"strings"
	"testing"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/task"
)

// An asm assembles a program by hand: functions one after the other, calls by
// name, types as data.
type asm struct {
	p     code.Program
	calls []struct {
		at  int
		sym string
	}
	natives map[string]int
	labels  map[string]int
	jumps   []struct {
		at    int
		label string
		short bool
	}
}

func newAsm() *asm {
	return &asm{p: code.Program{Symbols: map[string]uint64{}, Data: make([]byte, 64)}, natives: map[string]int{}, labels: map[string]int{}}
}

// fn starts a function; the one before ends.
func (a *asm) fn(name string, params, results, frame, out uint16, flags code.Flags) *code.Func {
	a.end()
	f := &code.Func{Sym: name, Name: name, File: "x.go", Line: int32(len(a.p.Funcs)*10 + 1), Flags: flags,
		Params: params, Results: results, Frame: frame, Out: out, Recover: -1}
	a.p.Symbols[name] = code.TextBase + uint64(len(a.p.Code))
	a.p.Funcs = append(a.p.Funcs, code.FuncInfo{Entry: uint32(len(a.p.Code)), Func: f})
	a.op(code.Enter, frame, frame+out, 0)
	return f
}

func (a *asm) end() {
	if n := len(a.p.Funcs); n > 0 {
		a.p.Funcs[n-1].End = uint32(len(a.p.Code))
	}
}

func (a *asm) op(op code.Op, x, y, z uint16) {
	a.p.Code = append(a.p.Code, code.Instr{Op: op, A: x, B: y, C: z})
}

func (a *asm) imm(op code.Op, x uint16, imm int32) {
	a.p.Code = append(a.p.Code, code.Instr{Op: op, A: x}.WithImm(imm))
}

func (a *asm) call(base uint16, sym string) {
	a.calls = append(a.calls, struct {
		at  int
		sym string
	}{len(a.p.Code), sym})
	a.imm(code.Call, base, 0)
}

func (a *asm) native(base uint16, sym string) {
	n, ok := a.natives[sym]
	if !ok {
		n = len(a.p.Natives)
		a.natives[sym] = n
		a.p.Natives = append(a.p.Natives, sym)
	}
	a.imm(code.Native, base, int32(n))
}

// label names the next instruction; jumpC goes there.
func (a *asm) label(l string) { a.labels[l] = len(a.p.Code) }
func (a *asm) jumpC(op code.Op, x, y uint16, l string) {
	a.jumps = append(a.jumps, struct {
		at    int
		label string
		short bool
	}{len(a.p.Code), l, true})
	a.op(op, x, y, 0)
}

func (a *asm) k(x uint64) int32 {
	a.p.K = append(a.p.K, x)
	return int32(len(a.p.K) - 1)
}

// data appends words and returns their address.
func (a *asm) data(words ...uint64) uint64 {
	at := mem.Base + uint64(len(a.p.Data))
	for _, w := range words {
		for i := range 8 {
			a.p.Data = append(a.p.Data, byte(w>>(8*i)))
		}
	}
	return at
}

// typ makes a descriptor of a plain type (abi.Type).
func (a *asm) typ(size uint64, kind uint8, more ...uint64) uint64 {
	return a.data(append([]uint64{size, 0, 8<<40 | uint64(kind)<<56, 0, 0, 0}, more...)...)
}

func (a *asm) program() *code.Program {
	a.end()
	for _, c := range a.calls {
		a.p.Code[c.at] = a.p.Code[c.at].WithImm(int32(a.p.Symbols[c.sym] - code.TextBase))
	}
	for _, j := range a.jumps {
		d := a.labels[j.label] - j.at - 1
		if j.short {
			a.p.Code[j.at].C = uint16(int16(d))
		} else {
			a.p.Code[j.at] = a.p.Code[j.at].WithImm(int32(d))
		}
	}
	return &a.p
}

// panicFuncs defines the overlay's panic functions: they panic with the text.
func (a *asm) panicFuncs() {
	str := a.typ(16, 24)
	box := a.k(str)
	for _, sym := range []string{symPanicError, symPanicPlain} {
		a.fn(sym, 2, 0, 8, 8, 0)
		a.imm(code.LoadK, 3, box)
		a.op(code.Box, 4, 1, 0)
		a.imm(code.Extra, 0, box)
		a.op(code.Panic, 3, 0, 0)
	}
}

// A park runs a VM under the simplest scheduler there is: one queue.
type park struct {
	t      testing.TB
	v      *VM
	queue  []task.ID
	now    task.Time
	timers map[task.Timer]task.Time
	sleep  map[task.ID]task.Time
	goids  map[task.ID]int64
	nextID int64
	out    strings.Builder
	slice  int64
	ended  string
	exit   int32
	parked map[task.ID]bool
	spawns int
}

func (b *park) Goid(id task.ID) int64     { return b.goids[id] }
func (b *park) NumGoroutine() int         { return len(b.goids) }
func (b *park) Procs() int                { return 1 }
func (b *park) NumCPU() int               { return 1 }
func (b *park) Proc(task.ID) int          { return 0 }
func (b *park) Readying(task.ID) bool     { return false }
func (b *park) Spinnable(id task.ID) bool { return false }
func (b *park) Idle() int                 { return 0 }
func (b *park) Thread(id task.ID) int32   { return 0 }
func (b *park) Threads() []int32          { return []int32{0} }
func (b *park) Status(id task.ID) string  { return "runnable" }

func newPark(t testing.TB, p *code.Program, cfg Config) *park {
	b := &park{t: t, timers: map[task.Timer]task.Time{}, sleep: map[task.ID]task.Time{}, goids: map[task.ID]int64{}, slice: 1000, parked: map[task.ID]bool{}}
	cfg.Write = func(fd int, text []byte) { b.out.Write(text) }
	v, err := New(p, cfg, b)
	if err != nil {
		t.Fatal(err)
	}
	b.v = v
	return b
}

func (b *park) start(sym string) {
	id, ok := b.v.Start(sym, false)
	if !ok {
		b.t.Fatalf("no function %s", sym)
	}
	b.admit(id)
}

func (b *park) admit(id task.ID) {
	b.nextID++
	b.goids[id] = b.nextID
	b.queue = append(b.queue, id)
}

// run runs to the end and checks the seam's rules on the way.
func (b *park) run() string {
	for turns := 0; b.ended == ""; turns++ {
		if turns > 20_000_000 {
			b.t.Fatal("no end")
		}
		if !b.expire() && len(b.queue) == 0 {
			if !b.advance() {
				b.ended = "deadlock"
				b.v.Deadlock(false)
				b.exit = 2
			}
			continue
		}
		if len(b.queue) > 0 {
			b.turn()
		}
	}
	return b.out.String()
}

func (b *park) turn() {
	id := b.queue[0]
	b.queue = b.queue[1:]
	left := b.slice
	for b.ended == "" {
		took, req := b.v.Run(id, b.now, left, false)
		b.now += took
		left -= took
		if (took == 0) != (req.Kind != task.Nothing) && left > 0 {
			b.t.Fatalf("time or event: took %d, asked %v", took, req.Kind)
		}
		if req.Kind == task.Nothing && left <= 0 {
			b.queue = append(b.queue, id)
			return
		}
		if b.handle(id, req) {
			return
		}
	}
}

func (b *park) handle(id task.ID, r task.Request) (stopped bool) {
	switch r.Kind {
	case task.Spawn:
		b.spawns++
		b.admit(r.Task)
	case task.Ready:
		if !b.parked[r.Task] {
			b.t.Fatalf("task %d readied but not parked", r.Task)
		}
		delete(b.parked, r.Task)
		b.queue = append(b.queue, r.Task)
	case task.SetTimer:
		b.timers[r.Timer] = r.When
	case task.StopTimer:
		delete(b.timers, r.Timer)
	case task.Park:
		b.parked[id] = true
	case task.Yield, task.GoYield, task.Syscall:
		b.queue = append(b.queue, id)
	case task.Sleep:
		b.sleep[id] = r.When
	case task.Exit:
		delete(b.goids, id)
	case task.ExitProcess, task.Crash:
		b.ended, b.exit = r.Kind.String(), r.N
	}
	return r.Kind.Stops()
}

// expire fires what is due.
func (b *park) expire() bool {
	fired := false
	for t := range task.Timer(len(b.v.timers)) {
		when, ok := b.timers[t]
		if !ok || when > b.now {
			continue
		}
		fired = true
		delete(b.timers, t)
		for r := b.v.Fire(t, b.now); r.Kind != task.Nothing; r = b.v.Fire(t, b.now) {
			b.handle(task.None, r)
		}
	}
	for id := range task.ID(len(b.v.gs)) {
		if when, ok := b.sleep[id]; ok && when <= b.now {
			delete(b.sleep, id)
			b.queue = append(b.queue, id)
			fired = true
		}
	}
	return fired
}

// advance moves the clock to what happens next.
func (b *park) advance() bool {
	next := task.Time(-1)
	for _, w := range b.timers {
		if next < 0 || w < next {
			next = w
		}
	}
	for _, w := range b.sleep {
		if next < 0 || w < next {
			next = w
		}
	}
	if next < 0 {
		return false
	}
	b.now = max(b.now, next)
	return true
}

func (b *park) expect(want string) {
	b.t.Helper()
	if got := b.run(); got != want {
		b.t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
}
