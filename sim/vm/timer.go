package vm

import (
	"unsafe"

	"gopark/sim/mem"
	"gopark/sim/task"
)

// What package time's timers run.
const (
	symSendTime  = "time.sendTime"
	symGoFunc    = "time.goFunc"
	symLocalLoc  = "time.localLoc"
	symStartNano = "time.startNano"
)

// A timer is one of package time's. Its time.Timer lies in the arena:
// {C, initTimer bool, index + 1 of this record}.
//
// A channel timer is armed only while somebody waits for its channel
// (runtime/time.go:needsAdd, since Go 1.23). If nobody does, the value is made
// when somebody looks.
type timer struct {
	addr    mem.Addr
	when    int64 // on nanotime's scale; 0: stopped or expired
	period  int64
	fn      mem.Addr // closure
	arg     [2]uint64
	ch      mem.Addr // of a channel timer, else 0
	blocked int32    // goroutines waiting on ch
	armed   bool     // the scheduler knows, or the bubble
	seen    bool     // the collection under way found it alive
	rand    uint32   // orders a bubble's timers that are due at once
	bubble  int32    // its own, 0: none; then when is on the bubble's clock
	sleeper task.ID  // + 1: the goroutine that sleeps in a bubble on it
	poll    int32    // the descriptor whose deadline it is, 0: none
	name    int32    // number + 1 that the scheduler has for it, where processes are many: see nameTimer
}

const timerBytes = 64

var timerNatives = table{
	{"time.Sleep", sleep},
	{"time.newTimer", newTimer},
	{"time.stopTimer", stopTimer},
	{"time.resetTimer", resetTimer},
	{"runtime.nanotime", func(c *Call) Action { c.SetResult(0, uint64(c.VM.nanotime())); return Done }},
	{"internal/sync.runtime_nanotime", waitedSince},
	{"time.now", timeNow},
}

// nanotime is virtual time plus 1: 0 means no time to Go's library.
func (v *VM) nanotime() int64 { return v.now() + 1 }

func timeNow(c *Call) Action {
	if c.G.Bubble != 0 {
		now := c.VM.clock(c.G.Bubble)
		c.SetResult(0, uint64(now/1e9))
		c.SetResult(1, uint64(now%1e9))
		c.SetResult(2, 0)
		return Done
	}
	mono := c.VM.nanotime()
	wall := c.VM.cfg.Epoch + mono - 1
	c.SetResult(0, uint64(wall/1e9))
	c.SetResult(1, uint64(wall%1e9))
	c.SetResult(2, uint64(mono))
	return Done
}

func sleep(c *Call) Action {
	d := int64(c.Arg(0))
	if d <= 0 {
		return Done
	}
	if c.G.Bubble != 0 {
		return sleepFake(c, d)
	}
	if !c.Fresh() {
		return Again
	}
	when := c.Now() + d
	if when < 0 {
		when = 1<<63 - 1
	}
	c.Ask(task.Request{Kind: task.Sleep, Reason: task.Sleeping, When: when})
	return Done
}

func newTimer(c *Call) Action {
	v := c.VM
	ch := c.Arg(5)
	if v.rules.OldTimers {
		ch = 0
	}
	if ch == 0 && !c.Fresh() {
		return Again
	}
	c.Cost(costTimer)
	addr := v.allocWords(timerBytes)
	id := v.addTimer(timer{addr: addr, when: int64(c.Arg(0)), period: int64(c.Arg(1)),
		fn: c.Arg(2), arg: [2]uint64{c.Arg(3), c.Arg(4)}, ch: ch, bubble: c.G.Bubble})
	v.mem.PutU8(addr+8, 1)
	v.mem.PutU64(addr+16, uint64(id+1))
	if ch != 0 {
		v.chanArg(ch)
		v.unpipe(ch)
		v.mem.PutU64(ch+chTimer, uint64(id+1))
	}
	v.arm(c, id)
	c.SetResult(0, addr)
	return Done
}

func (v *VM) addTimer(t timer) int {
	if n := len(v.freeTimers); n > 0 {
		id := v.freeTimers[n-1]
		v.freeTimers = v.freeTimers[:n-1]
		t.name = v.timers[id].name
		v.timers[id] = t
		return int(id)
	}
	if uint64(len(v.timers))*uint64(unsafe.Sizeof(t)) >= v.cfg.Memory/2 {
		panic(trap{kind: trapMemory})
	}
	v.timers = append(v.timers, t)
	return len(v.timers) - 1
}

// arm tells the scheduler of timer id if it should know.
func (v *VM) arm(c *Call, id int) {
	t := &v.timers[id]
	if t.when > 0 && (t.ch == 0 || t.blocked > 0) {
		if t.bubble != 0 {
			v.armFake(id)
			return
		}
		t.armed = true
		c.Ask(task.Request{Kind: task.SetTimer, Timer: v.nameTimer(id), When: t.when - 1})
	}
}

// timerArg returns the number of the timer that argument 0 points to.
func (v *VM) timerArg(c *Call) int {
	addr := c.Arg(0)
	id := c.Load64(addr+16) - 1
	if id >= uint64(len(v.timers)) || v.timers[id].addr != addr {
		panic(trap{kind: trapBad, msg: "time.Timer"})
	}
	return int(id)
}

func stopTimer(c *Call) Action {
	v := c.VM
	id := v.timerArg(c)
	if v.timers[id].bubble != 0 && c.G.Bubble == 0 {
		return c.Throw("stop of synctest timer from outside bubble")
	}
	if v.timers[id].armed && !c.Fresh() {
		return Again
	}
	c.Cost(costTimer)
	pending := v.disarm(c, id)
	v.timers[id].when = 0
	c.SetBool(0, pending)
	return Done
}

// disarm stops timer id and takes back what it has sent already.
func (v *VM) disarm(c *Call, id int) (pending bool) {
	t := &v.timers[id]
	switch {
	case t.armed && t.bubble != 0:
		v.dropFake(id)
	case t.armed:
		t.armed = false
		c.Ask(task.Request{Kind: task.StopTimer, Timer: v.nameTimer(id)})
	}
	pending = t.when > 0
	if t.ch != 0 && v.mem.U64(t.ch+chQCount) > 0 {
		pending = true
		v.fromBuffer(t.ch, place{g: task.None}, false)
	}
	return pending
}

func resetTimer(c *Call) Action {
	v := c.VM
	id := v.timerArg(c)
	t := &v.timers[id]
	if t.bubble != 0 && c.G.Bubble == 0 {
		return c.Throw("reset of synctest timer from outside bubble")
	}
	if (t.armed || t.ch == 0 || t.blocked > 0) && !c.Fresh() {
		return Again
	}
	c.Cost(costTimer)
	pending := t.when > 0
	if t.ch != 0 && v.mem.U64(t.ch+chQCount) > 0 {
		pending = true
		v.fromBuffer(t.ch, place{g: task.None}, false)
	}
	t.when, t.period = int64(c.Arg(1)), int64(c.Arg(2))
	v.arm(c, id)
	c.SetBool(0, pending)
	return Done
}

// timerOf returns the timer that channel ch belongs to, nil if none.
func (v *VM) timerOf(ch mem.Addr) (*timer, task.Timer) {
	if ch == 0 || !v.mem.Valid(ch, chBytes) {
		return nil, -1
	}
	id := v.mem.U64(ch+chTimer) - 1
	if id >= uint64(len(v.timers)) || v.timers[id].ch != ch {
		return nil, -1
	}
	return &v.timers[id], task.Timer(id)
}

// armTimerChan asks for ch's timer to be armed before the current goroutine
// waits for it. It reports false if there is nothing to ask.
func (v *VM) armTimerChan(ch mem.Addr) bool {
	t, id := v.timerOf(ch)
	if t == nil || t.armed || t.when == 0 {
		return false
	}
	if t.bubble != 0 {
		v.addFake(int(id))
		return false
	}
	t.armed = true
	v.cur.Requests = append(v.cur.Requests, task.Request{Kind: task.SetTimer, Timer: v.nameTimer(int(id)), When: t.when - 1})
	return true
}

func (v *VM) blockTimer(ch mem.Addr) {
	if t, _ := v.timerOf(ch); t != nil {
		t.blocked++
	}
}

func (v *VM) unblockTimer(ch mem.Addr) {
	t, id := v.timerOf(ch)
	if t == nil {
		return
	}
	t.blocked--
	if t.blocked == 0 && t.armed && t.bubble != 0 {
		v.dropFake(int(id))
		return
	}
	if t.blocked == 0 && t.armed && v.cur != nil {
		t.armed = false
		v.cur.Requests = append(v.cur.Requests, task.Request{Kind: task.StopTimer, Timer: v.nameTimer(int(id))})
		v.leave = true
	}
}

// runTimerChan sends what the timer of ch should have sent by now
// (runtime/time.go:maybeRunChan).
func (v *VM) runTimerChan(ch mem.Addr) {
	t, id := v.timerOf(ch)
	if t == nil || t.armed || t.when == 0 {
		return
	}
	if now := v.clock(t.bubble); t.when <= now {
		v.runTimer(int(id), now)
	}
}

// Fire implements task.Runner.
func (v *VM) Fire(t task.Timer, now task.Time) task.Request {
	if k := v.kern; k != nil {
		of := k.timers[t]
		if k.procs[of.proc].vm == nil { // it has ended meanwhile
			return task.Request{}
		}
		v, t = k.load(k.procs[of.proc]), task.Timer(of.timer)
	}
	if v.firing != t {
		v.firing = t
		v.turnAt, v.start, v.left, v.opLeft = now, 0, 0, 0
		v.finishCycle()
		if tm := &v.timers[t]; tm.armed && tm.when > 0 && tm.when <= now+1 {
			v.expire(t, now+1)
		}
	}
	if len(v.fireq) == 0 {
		v.firing = -1
		return task.Request{}
	}
	return popFront(&v.fireq)
}

// expire runs timer t at nanotime now. If memory runs out for the goroutine
// that it starts, the next one to run is told.
func (v *VM) expire(t task.Timer, now int64) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case trap:
			if r.kind != trapMemory {
				panic(r)
			}
			v.full = true
		default:
			panic(r)
		}
	}()
	v.timers[t].armed = false
	v.runTimer(int(t), now)
	v.rearm(int(t))
}

func (v *VM) rearm(id int) {
	t := &v.timers[id]
	if t.when > 0 && !t.armed && (t.ch == 0 || t.blocked > 0) {
		t.armed = true
		v.fireq = append(v.fireq, task.Request{Kind: task.SetTimer, Timer: v.nameTimer(id), When: t.when - 1})
	}
}

// runTimer is runtime/time.go:unlockAndRun at nanotime now.
func (v *VM) runTimer(id int, now int64) {
	t := &v.timers[id]
	if t.sleeper != 0 {
		v.wakeSleeper(id)
		return
	}
	if t.poll != 0 {
		v.expireDeadline(id)
		return
	}
	due, bubble := t.when, t.bubble
	t.when = 0
	if t.period > 0 {
		t.when = due + t.period*(1+(now-due)/t.period)
		if t.when < 0 {
			t.when = 1<<63 - 1
		}
	}
	switch v.mem.U64(t.fn) {
	case v.prog.Symbols[symSendTime]:
		v.sendTime(t.arg[1], due, bubble)
	case v.prog.Symbols[symGoFunc]:
		f := t.arg[1]
		v.spawnByTimer(v.newG(v.closureEntry(f), f, nil), bubble)
	default:
		v.spawnByTimer(v.newG(v.closureEntry(t.fn), t.fn, []uint64{t.arg[0], t.arg[1], 0, uint64(now - due)}), bubble)
	}
}

func (v *VM) spawnByTimer(g *G, bubble int32) {
	r := task.Request{Kind: task.Spawn, Task: g.ID}
	if v.kern != nil {
		v.fork(g, &r)
	}
	if bubble == 0 {
		v.fireq = append(v.fireq, r)
		return
	}
	v.joinBubble(g, bubble)
	v.cur.Requests = append(v.cur.Requests, r)
	v.leave = true
}

// sendTime sends the time.Time of instant mono of a bubble's clock or the
// machine's, unless the channel is full.
func (v *VM) sendTime(ch mem.Addr, mono int64, bubble int32) {
	const unixToInternal = 2682288000 // seconds from 1885 to 1970
	v.chanArg(ch)
	if !v.canSend(ch, place{}) || v.mem.U32(ch+chClosed) != 0 {
		return
	}
	if bubble != 0 {
		v.fakeTime(v.scratch, mono)
		v.send(ch, place{task.None, v.scratch})
		return
	}
	wall := v.cfg.Epoch + mono - 1
	start := int64(1)
	if a, ok := v.prog.Symbols[symStartNano]; ok {
		start = int64(v.mem.U64(a))
	}
	v.mem.PutU64(v.scratch, 1<<63|uint64(wall/1e9+unixToInternal)<<30|uint64(wall%1e9))
	v.mem.PutU64(v.scratch+8, uint64(mono-start))
	v.mem.PutU64(v.scratch+16, v.prog.Symbols[symLocalLoc])
	v.send(ch, place{task.None, v.scratch})
}
