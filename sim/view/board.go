package view

import (
	"strconv"

	"gopark/sim/state"
	"gopark/sim/view/phrase"
)

// A Board is the computer at one instant. What an era lacks is empty.
type Board struct {
	Time    int64     `json:"time"`
	Era     string    `json:"era"`
	HasP    bool      `json:"hasP"`
	Cores   []CoreRow `json:"cores"`
	Off     []Machine `json:"off,omitempty"` // threads on no core, in the order of their ids
	OffMore int       `json:"offMore,omitempty"`
	Kernel  []Machine `json:"kernel,omitempty"` // the kernel's run queue, head first
	KernelN int       `json:"kernelN,omitempty"`
	Idle    []Tray    `json:"idle,omitempty"` // Ps that no thread on a core holds
	HasQ    bool      `json:"hasQ"`           // there is a queue that all share
	Global  Row       `json:"global"`
	Check   string    `json:"check,omitempty"` // when the global queue is looked at next
	Waiting []Group   `json:"waiting,omitempty"`
	GroupsN int       `json:"groupsN,omitempty"` // groups left out
	Free    Row       `json:"free"`
	Counts  Counts    `json:"counts"`
	Stopped bool      `json:"stopped,omitempty"` // the world
	GC      *GCRow    `json:"gc,omitempty"`      // nil: the collector is off
	Poll    *PollRow  `json:"poll,omitempty"`    // nil: nobody polls, and nobody waits for the network
	Timers  []Heap    `json:"timers,omitempty"`  // heaps that are not empty
	Locks   []LockRow `json:"locks,omitempty"`   // of the scheduler's, that somebody has or wants
	Ended   string    `json:"ended,omitempty"`
	Traced  bool      `json:"traced,omitempty"` // a trace told it: queues, cores and what is waited for are unknown
	Ready   Row       `json:"ready,omitzero"`   // runnable goroutines, in whichever queue; only if Traced
}

// Counts are the goroutines by state. Those that have ended are, in a Frame of a
// simulated run, all that ever have; a state alone knows only of structures that are
// kept, which are given to new ones.
type Counts struct {
	Running, Runnable, Waiting, Syscall, Dead int
}

// A CoreRow is a core and the thread on it.
type CoreRow struct {
	ID int32    `json:"id"`          // -1: nobody knows which core it is
	M  *Machine `json:"m,omitempty"` // nil: the core is idle
}

// A Machine is a thread: a Go M, sysmon, or what carries one goroutine.
type Machine struct {
	ID      int32  `json:"id"`
	Name    string `json:"name"`
	Doing   string `json:"doing"`
	Detail  string `json:"detail,omitempty"`
	Left    string `json:"left,omitempty"` // until the system call or sleep ends
	G       *Pill  `json:"g,omitempty"`
	P       *Tray  `json:"p,omitempty"`
	Busy    bool   `json:"busy,omitempty"`  // it runs Go or the runtime's own code
	Looks   string `json:"looks,omitempty"` // where it looks for work next
	Changed bool   `json:"c,omitempty"`
}

// A Tray is a P.
type Tray struct {
	ID      int32  `json:"id"`
	Status  string `json:"status"`
	Next    *Pill  `json:"next,omitempty"` // runnext
	Queue   Row    `json:"queue"`
	Tick    uint32 `json:"tick"`
	Check   string `json:"check,omitempty"` // ticks until the global queue is looked at
	Timers  int    `json:"timers,omitempty"`
	Slice   string `json:"slice,omitempty"` // what is left of the time slice of the goroutine on it, if sysmon has seen that
	Free    int    `json:"free,omitempty"`  // goroutines on its own free list
	Changed bool   `json:"c,omitempty"`
	Unknown bool   `json:"unknown,omitempty"` // nobody knows runnext and queue
}

// What a board draws of threads and groups before the rest becomes a number.
const (
	maxOff    = 12
	maxKernel = 12
	maxGroups = 12
)

// NewBoard is the board of now. Before is the state one event earlier, or nil
// for none; what differs from it is marked as changed.
func NewBoard(names Names, before, now *state.State) *Board {
	return newBuilder(names, before, now).board()
}

func (b *builder) board() *Board {
	if b.now.Traced {
		return b.traced()
	}
	now, diff := b.now, b.diff
	board := &Board{
		Time: now.Time, Era: now.Era, HasP: now.HasP, Ended: now.Ended,
		Stopped: now.Sched.Stopping, HasQ: now.HasP || now.Sched.MCPUMax > 0,
		Global: b.row(now.Sched.Queue, globalPills),
		Free:   b.row(freeList(now), freePills),
	}
	board.Check = globalCheck(now)
	for _, c := range now.Cores {
		row := CoreRow{ID: c.ID}
		if c.Thread >= 0 && int(c.Thread) < len(now.Threads) {
			row.M = b.machine(&now.Threads[c.Thread], diff)
		}
		board.Cores = append(board.Cores, row)
	}
	board.offCores(b)
	held := make([]bool, len(now.Ps))
	for i := range now.Threads {
		if t := &now.Threads[i]; t.P >= 0 && int(t.P) < len(held) && (t.Core >= 0 || t.G >= 0 || i < maxOff) {
			held[t.P] = true
		}
	}
	for i := range now.Ps {
		if !held[i] {
			board.Idle = append(board.Idle, *b.tray(&now.Ps[i], diff))
		}
	}
	board.Waiting, board.GroupsN = b.groups()
	board.GC, board.Poll, board.Timers, board.Locks = b.collector(), b.poll(), b.heaps(), b.locks()
	board.count(now)
	return board
}

// offCores fills in the threads that sit on no core: those in the kernel's run
// queue apart, since they could run.
func (board *Board) offCores(b *builder) {
	diff := b.diff
	queued := make([]bool, len(b.now.Threads))
	for i, t := range b.now.Kernel {
		queued[t] = true
		if i < maxKernel {
			board.Kernel = append(board.Kernel, *b.machine(&b.now.Threads[t], diff))
		} else {
			board.KernelN++
		}
	}
	for i := range b.now.Threads {
		t := &b.now.Threads[i]
		if t.Core >= 0 || queued[i] || t.Doing == state.DoingDead {
			continue
		}
		if len(board.Off) < maxOff {
			board.Off = append(board.Off, *b.machine(t, diff))
		} else {
			board.OffMore++
		}
	}
}

func (b *builder) machine(t *state.Thread, diff *diff) *Machine {
	m := &Machine{
		ID: t.ID, Name: t.Name, Doing: t.Doing, Detail: t.Detail,
		G: b.pill(t.G), Busy: t.Core >= 0, Changed: diff.thread(t.ID),
	}
	if memory := memoryOf(b.now, t); memory != "" {
		m.Detail = memory
	}
	if t.Spinning && t.Doing == state.DoingLook {
		m.Doing = state.DoingSpin
	}
	if until := t.Until; until > b.now.Time {
		m.Left = Duration(until - b.now.Time)
	} else if at := b.now.Sched.SysmonNext; t.Name == "sysmon" && at > b.now.Time {
		m.Left = Duration(at - b.now.Time)
	}
	if b.now.HasP && t.P >= 0 && int(t.P) < len(b.now.Ps) {
		m.P = b.tray(&b.now.Ps[t.P], diff)
	}
	return m
}

func (b *builder) tray(p *state.P, diff *diff) *Tray {
	t := &Tray{
		ID: p.ID, Status: p.Status, Next: b.pill(p.Next), Queue: b.row(p.Queue, ringPills),
		Tick: p.SchedTick, Timers: p.Timers, Free: len(p.Free), Changed: diff.p(p.ID),
	}
	if slice := b.now.Rules.Slice; slice > 0 && p.Thread >= 0 && p.Status == "running" && p.SeenTick == p.SchedTick {
		t.Slice = phrase.Fill(phrase.Left, Duration(max(0, p.SliceStart+slice-b.now.Time)))
	}
	if every := b.now.Sched.TickCheck; every > 0 {
		left := (every - int(p.SchedTick)%every) % every
		t.Check = phrase.Fill(phrase.Tick, Count(int64(p.SchedTick)), lookAhead(left))
	}
	return t
}

// lookAhead says in how many ticks the global queue comes first.
func lookAhead(ticks int) string {
	if ticks == 0 {
		return phrase.NextItLooksInTheGlobal
	}
	return plural(ticks, phrase.InTickItLooksInThe)
}

// globalCheck says when the global queue is looked at before the local ones,
// or without local ones, how many threads may take from it.
func globalCheck(s *state.State) string {
	if s.Sched.MCPUMax > 0 {
		return plural(s.Sched.MCPU, phrase.ThreadRunsGoAtMostMay, strconv.Itoa(s.Sched.MCPUMax))
	}
	if s.Sched.TickCheck == 0 {
		return ""
	}
	return phrase.Fill(phrase.LookedAtFirstEveryTicksOf, strconv.Itoa(s.Sched.TickCheck))
}

// freeList is the global free list and, after it, those of the Ps.
func freeList(s *state.State) []int32 {
	free := s.Sched.Free
	for i := range s.Ps {
		if len(s.Ps[i].Free) > 0 {
			free = append(free[:len(free):len(free)], s.Ps[i].Free...)
		}
	}
	return free
}

// ended corrects how many have ended, when made have been made.
func (c *Counts) ended(made int) {
	c.Dead = made - c.Running - c.Runnable - c.Waiting - c.Syscall
}

func (board *Board) count(s *state.State) {
	c := &board.Counts
	c.Dead = s.Gone
	for i := range s.Gs {
		switch s.Gs[i].Status {
		case Running:
			c.Running++
		case Runnable:
			c.Runnable++
		case Waiting:
			c.Waiting++
		case Syscall:
			c.Syscall++
		default:
			if s.Gs[i].ID != 0 { // else it has never been one
				c.Dead++
			}
		}
	}
}
