package view

import (
	"cmp"
	"slices"
	"sort"
	"strconv"

	"gopark/sim/state"
	"gopark/sim/view/phrase"
)

// A Lens is all goroutines of an instant in piles, by what they do and where:
// what is drawn of three of them as pills, of a thousand as piles and of a
// million as density. Counts are exact whatever is drawn.
type Lens struct {
	Total  int    `json:"total"`  // goroutines that exist, the runtime's own among them
	Dead   int    `json:"dead"`   // ended, kept for the next go statement
	Piles  []Pile `json:"piles"`  // the fullest first within a state
	Memory Bill   `json:"memory"` // empty: a trace does not tell

	Process state.Memory `json:"process"` // all that the process has of memory, by kind; as Memory
}

// A Pile is goroutines that do the same in the same place.
type Pile struct {
	State string `json:"s"`
	Place string `json:"place"` // "P0's queue", "chan jobs", "sleep"
	Ref   *Ref   `json:"ref,omitempty"`
	Count int    `json:"n"`
	Row   Row    `json:"row"` // its first goroutines; More is exact
}

// pilePills is how many pills of each pile are drawn.
const pilePills = 12

// A Bill is what goroutines cost in memory, beside what threads would.
type Bill struct {
	Goroutines []BillItem `json:"goroutines"`
	Threads    []BillItem `json:"threads"`
	GoBytes    int64      `json:"go"`
	Resident   int64      `json:"resident"` // of as many threads
	Virtual    int64      `json:"virtual"`  // of as many threads: address space
	Limit      int64      `json:"limit"`    // threads that the kernel allows
}

// A BillItem is a line of a bill.
type BillItem struct {
	Name   string `json:"name"`
	Count  int64  `json:"n"`
	Each   int64  `json:"each"` // bytes; 0: they differ
	Bytes  int64  `json:"bytes"`
	Source string `json:"source"`
}

// threadLimit is how many threads Linux allows a process: pid_max is 32768, and
// each takes two of 65530 mappings.
const threadLimit = 32_000

// Lens puts the goroutines in piles, after n events.
func (s *Session) Lens(n int) *Lens {
	n = max(0, min(n, s.fold.Len()))
	st := s.state(n)
	o := &opener{s: s, n: n, st: st, b: newBuilder(s.fold.Names, nil, st)}
	l := &Lens{}
	if !st.Traced {
		l.Memory, l.Process = bill(st), st.Memory
	}
	at := places(st)
	where := o.waitPlaces()
	type key struct {
		state string
		kind  placeKind
		which int32
		what  string
	}
	index := map[key]int{}
	for i := range st.Gs {
		g := &st.Gs[i]
		if g.Status == Dead {
			if g.ID != 0 && !st.Traced {
				l.Dead++
			}
			continue
		}
		l.Total++
		k := key{state: g.Status, kind: at[i].kind, which: at[i].which}
		if g.Status == Waiting {
			k.what, k.which = where[i], 0
			if g.System {
				k.what = "\x00"
			}
		}
		if k.kind == onThread || k.kind == nowhere {
			k.which = 0
		}
		p, ok := index[k]
		if !ok {
			p = len(l.Piles)
			index[k] = p
			l.Piles = append(l.Piles, o.pile(g, k.kind, k.which, k.what))
		}
		pile := &l.Piles[p]
		pile.Count++
		if len(pile.Row.Pills) < pilePills {
			pile.Row.Pills = append(pile.Row.Pills, *o.b.pill(int32(i)))
		} else {
			pile.Row.More++
		}
	}
	sort.SliceStable(l.Piles, func(i, j int) bool {
		a, b := &l.Piles[i], &l.Piles[j]
		return cmp.Or(slices.Index(stateOrder, a.State)-slices.Index(stateOrder, b.State), b.Count-a.Count) < 0
	})
	return l
}

// stateOrder is that of piles.
var stateOrder = []string{Running, Runnable, Syscall, Waiting}

// waitPlaces are the names of what goroutines wait for, by index.
func (o *opener) waitPlaces() []string {
	where := make([]string, len(o.st.Gs))
	for k := range o.st.Objects {
		x := &o.st.Objects[k]
		for _, ws := range [][]state.Waiter{x.Recv, x.Send, x.Waiters} {
			for _, w := range ws {
				if w.G >= 0 {
					where[w.G] = objectName(x)
				}
			}
		}
	}
	for i := range o.st.Gs {
		if g := &o.st.Gs[i]; g.Status == Waiting && where[i] == "" {
			where[i] = g.Reason
		}
	}
	return where
}

func (o *opener) pile(g *state.G, kind placeKind, which int32, what string) Pile {
	p := Pile{State: g.Status}
	switch {
	case g.System && g.Status == Waiting:
		p.Place = phrase.TheRuntimesOwn
	case g.Status == Waiting:
		p.Place = what
	case g.Status == Running:
		p.Place = phrase.OnThreads
	case g.Status == Syscall:
		p.Place = phrase.InTheKernel
	case kind == inNext:
		p.Place = phrase.Fill(phrase.PSRunnext, strconv.Itoa(int(which)))
		p.Ref = &Ref{RefP, int64(which)}
	case kind == inQueue:
		p.Place = phrase.Fill(phrase.PSQueue, strconv.Itoa(int(which)))
		p.Ref = &Ref{RefP, int64(which)}
	case kind == inGlobal:
		p.Place = phrase.TheGlobalQueue
		p.Ref = &Ref{RefSched, 0}
	case kind == onThread:
		p.Place = phrase.OnThreads
	default:
		p.Place = phrase.BetweenQueues
	}
	return p
}

// bill adds up what goroutines take, by what the state says of each, and what as
// many threads would. Where each has a thread of its own there are only threads;
// what processes take, the board says of each.
func bill(st *state.State) (b Bill) {
	if len(st.Procs) > 0 {
		return b
	}
	add := func(list *[]BillItem, total *int64, name string, n, each, bytes int64, source string) {
		if n > 0 {
			*list = append(*list, BillItem{name, n, each, bytes, source})
			*total += bytes
		}
	}
	var live, made, stacks, sudogs int64
	for i := range st.Gs {
		g := &st.Gs[i]
		if g.ID == 0 {
			continue
		}
		made++
		if g.Status == Dead {
			continue
		}
		live++
		stacks += g.StackSize
		sudogs += int64(g.Sudogs)
	}
	r := &st.Rules
	if r.Sources.G != "" {
		add(&b.Goroutines, &b.GoBytes, phrase.Stacks, live, 0, stacks, phrase.AsThisComputerHasThem)
	}
	if r.SizeG > 0 {
		add(&b.Goroutines, &b.GoBytes, phrase.GStructures, made, r.SizeG, made*r.SizeG, phrase.DWARFOfThatReleaseAmd64Those)
	}
	if size := r.Sources.SizeSudog; size > 0 {
		add(&b.Goroutines, &b.GoBytes, phrase.PlacesInWaitQueues, sudogs, size, sudogs*size, phrase.SudogDWARFOfThatReleaseAmd64)
	}
	add(&b.Threads, &b.Resident, phrase.MemoryThatWasTouched, live, r.ThreadTouched, live*r.ThreadTouched, phrase.MeasuredAThreadThatWaitsLinux)
	add(&b.Threads, &b.Virtual, phrase.AddressSpace, live, r.ThreadBytes, live*r.ThreadBytes, phrase.Measured8MiBOfStackAnd)
	b.Limit = threadLimit
	return b
}

// Field is one byte for each goroutine, in the order in which the scheduler
// numbers them: what it does, as a FieldState. A million of them are a
// picture of 1000 by 1000 dots in which each keeps its place.
func (s *Session) Field(n int) []byte {
	st := s.state(max(0, min(n, s.fold.Len())))
	field := make([]byte, len(st.Gs))
	for i := range st.Gs {
		field[i] = fieldState(st.Gs[i].Status)
	}
	return field
}

// What a byte of Field says.
const (
	FieldDead byte = iota
	FieldRunning
	FieldRunnable
	FieldWaiting
	FieldSyscall
)

func fieldState(status string) byte {
	switch status {
	case Running:
		return FieldRunning
	case Runnable:
		return FieldRunnable
	case Waiting:
		return FieldWaiting
	case Syscall:
		return FieldSyscall
	}
	return FieldDead
}

// GoidOf is the goid of the goroutine that the i-th byte of Field is about, 0 if
// there is none.
func (s *Session) GoidOf(n, i int) int64 {
	st := s.state(max(0, min(n, s.fold.Len())))
	if i < 0 || i >= len(st.Gs) || st.Gs[i].Status == Dead {
		return 0
	}
	return st.Gs[i].ID
}
