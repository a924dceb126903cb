package sched

import (
	"fmt"
	"strings"

	"gopark/sim/task"
)

// A TraceForm is how an era prints its state for GODEBUG=schedtrace=1000
// (runtime/proc.go:schedtrace). A nil form prints nothing.
//
// Some values are always the same here: no instant of the model lies inside the
// allocator, a panic or what a lock of the runtime's protects, but for sysmon, who
// holds sched.lock while it prints, since 1.15 sched.sysmonlock too, and is awake.
type TraceForm struct {
	spinLast bool   // spinning Ms are counted in detail only
	needSpin bool   // needspinning=
	ticks    bool   // schedticks=, and blanks inside the brackets
	nothing  string // for no M, P or G
	no, yes  string // for what is true of the scheduler
	mno      string // the same of an M
	myes     string
	state    string // of an M, after curg=
	locks    int    // that sysmon holds while it prints
	dying    string // of an M, after locks=
	blocked  bool   // blocked= of an M
	asleep   bool   // and it is whether that M sleeps; otherwise whether sysmon does
	inSys    bool   // a P whose thread is in a system call is in a state of its own
	letGo    bool   // and that thread has none
	room     bool   // of how many Gs a P's queue has room for
	timers   bool   // timerslen= of a P
}

// The forms, by the first era that has them.
var (
	form1_2 = &TraceForm{nothing: "-1", no: "0", yes: "1", mno: "0", myes: "1", spinLast: true, inSys: true, room: true,
		state: " mallocing=0 throwing=0 gcing=0", locks: 1, dying: " dying=0 helpgc=0"}
	form1_4 = &TraceForm{nothing: "-1", no: "0", yes: "1", mno: "0", myes: "1", inSys: true, blocked: true,
		state: " mallocing=0 throwing=0 gcing=0", locks: 1, dying: " dying=0 helpgc=0"}
	form1_5 = &TraceForm{nothing: "-1", no: "0", yes: "1", mno: "false", myes: "true", inSys: true, blocked: true,
		state: " mallocing=0 throwing=0 preemptoff=", locks: 1, dying: " dying=0 helpgc=0"}
	form1_13 = &TraceForm{nothing: "-1", no: "0", yes: "1", mno: "false", myes: "true", inSys: true, letGo: true, blocked: true, asleep: true,
		state: " mallocing=0 throwing=0 preemptoff=", locks: 1, dying: " dying=0"}
	form1_14 = &TraceForm{nothing: "-1", no: "0", yes: "1", mno: "false", myes: "true", inSys: true, letGo: true, blocked: true, asleep: true, timers: true,
		state: " mallocing=0 throwing=0 preemptoff=", locks: 1, dying: " dying=0"}
	form1_26 = &TraceForm{nothing: "nil", no: "false", yes: "true", mno: "false", myes: "true", blocked: true, asleep: true, timers: true,
		needSpin: true, ticks: true,
		state: " mallocing=0 throwing=0 preemptoff=", locks: 2, dying: " dying=0"}
)

// traceDue prints the state if it is time: sysmon asks at the end of each round.
func (s *gmp) traceDue() {
	f, c := s.era.SchedTrace, &s.cfg
	if f == nil || c.TracePeriod <= 0 || c.Print == nil {
		return
	}
	if s.traced && s.lastTrace+c.TracePeriod > s.now {
		return
	}
	if !s.traced {
		s.traced, s.traceStart = true, s.now
	}
	s.lastTrace = s.now
	var b strings.Builder
	s.traceHead(&b, f)
	if c.TraceDetail {
		s.traceDetail(&b, f)
	} else {
		s.traceQueues(&b, f)
	}
	c.Print(b.String())
}

// tracing reports whether there is something to print at times.
func (s *gmp) tracing() bool {
	return s.era.SchedTrace != nil && s.cfg.TracePeriod > 0 && s.cfg.Print != nil
}

func (s *gmp) traceHead(b *strings.Builder, f *TraceForm) {
	fmt.Fprintf(b, "SCHED %dms: gomaxprocs=%d idleprocs=%d threads=%d", (s.now-s.traceStart)/1e6, s.procs, len(s.idleP), s.mach.Threads())
	if !f.spinLast {
		fmt.Fprintf(b, " spinningthreads=%d", s.spinning)
	}
	if f.needSpin {
		needed := 0
		if s.needSpin {
			needed = 1
		}
		fmt.Fprintf(b, " needspinning=%d", needed)
	}
	fmt.Fprintf(b, " idlethreads=%d runqueue=%d", len(s.idleM), s.runq.n)
}

func (s *gmp) traceQueues(b *strings.Builder, f *TraceForm) {
	var queues, ticks []string
	for _, x := range s.ps[:s.procs] {
		queues = append(queues, fmt.Sprint(x.ring.n))
		ticks = append(ticks, fmt.Sprint(x.schedTick))
	}
	if f.ticks {
		fmt.Fprintf(b, " [ %s ] schedticks=[ %s ]\n", strings.Join(queues, " "), strings.Join(ticks, " "))
		return
	}
	fmt.Fprintf(b, " [%s]\n", strings.Join(queues, " "))
}

func (s *gmp) traceDetail(b *strings.Builder, f *TraceForm) {
	fmt.Fprintf(b, " gcwaiting=%s nmidlelocked=%d", choose(s.stopping, f.yes, f.no), s.locked)
	if f.spinLast {
		fmt.Fprintf(b, " nmspinning=%d", s.spinning)
	}
	fmt.Fprintf(b, " stopwait=%d sysmonwait=%s\n", s.stopWait, f.no)
	for _, x := range s.ps[:s.procs] {
		s.traceP(b, f, x)
	}
	for i := len(s.ms) - 1; i >= 0; i-- { // the newest first, as they are linked
		if m := s.ms[i]; m.phase != atExit {
			s.traceM(b, f, m)
		}
	}
	for i := range s.gs {
		if x := &s.gs[i]; x.status != gnone {
			fmt.Fprintf(b, "  G%d: status=%d(%s) m=%s lockedm=%s\n", x.goid, traceStatus[x.status], traceReason(x),
				f.id(int64(x.m), x.m != none), f.id(int64(x.lockedM), x.lockedM != none))
		}
	}
}

// traceStatus has the numbers of runtime/runtime2.go:_Gidle and so on.
var traceStatus = [...]int{gnone: 0, grunnable: 1, grunning: 2, gsyscall: 3, gwaiting: 4, gdead: 6}

// traceReason is why a goroutine waits, or waited last.
func traceReason(x *g) string {
	if x.status == gdead {
		return ""
	}
	return x.waited.String()
}

func (s *gmp) traceP(b *strings.Builder, f *TraceForm, x *p) {
	status, has := int(x.status), x.m != none
	if s.stopping && x.m == s.stopper {
		status = int(pgcstop)
	}
	if status >= int(pgcstop) {
		status++ // the number 2 is that of a P in a system call
	}
	if f.inSys && s.inSyscall(x) != none {
		status, has = 2, false
	}
	fmt.Fprintf(b, "  P%d: status=%d schedtick=%d syscalltick=%d m=%s runqsize=%d", x.id, status, x.schedTick, x.syscallTick,
		f.id(int64(x.m), has), x.ring.n)
	if f.room {
		fmt.Fprintf(b, "/%d", x.room())
	}
	fmt.Fprintf(b, " gfreecnt=%d", x.free.n)
	if f.timers {
		fmt.Fprintf(b, " timerslen=%d", len(x.heap))
	}
	b.WriteByte('\n')
}

func (s *gmp) traceM(b *strings.Builder, f *TraceForm, m *m) {
	inSys := m.curg != task.None && s.gs[m.curg].status == gsyscall
	locks := 0
	if m.id == sysmonM {
		locks = f.locks
	}
	fmt.Fprintf(b, "  M%d: p=%s curg=%s%s locks=%d%s spinning=%s", m.id, f.id(int64(m.p), m.p != none && (!f.letGo || !inSys)),
		f.id(s.Goid(m.curg), m.curg != task.None), f.state, locks, f.dying, choose(m.spinning, f.myes, f.mno))
	if f.blocked {
		fmt.Fprintf(b, " blocked=%s", choose(f.asleep && s.noted(m), f.myes, f.mno))
	}
	fmt.Fprintf(b, " lockedg=%s\n", f.id(s.Goid(m.lockedG), m.lockedG != task.None))
}

// noted reports whether thread m sleeps on a note (runtime/lock_futex.go:notesleep).
func (s *gmp) noted(m *m) bool {
	switch m.phase {
	case atWake, atLocked, atWedge:
		return m.asleep
	case atStopping:
		return s.stopWait > 0
	}
	return false
}

// id is a number, or the form's word for none.
func (f *TraceForm) id(n int64, some bool) string {
	if !some {
		return f.nothing
	}
	return fmt.Sprint(n)
}

func choose(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

// room is how many Gs P's queue has room for where it grows: it begins with 128
// and doubles when all but one are taken (runtime/proc.c:runqgrow of Go 1.2).
func (x *p) room() int {
	n := 128
	for n-1 < x.most {
		n *= 2
	}
	return n
}
