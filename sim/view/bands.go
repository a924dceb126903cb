package view

import (
	"sort"

	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
	"gopark/sim/view/phrase"
)

// A BandKind is what goes on behind all lanes for a while.
type BandKind uint8

// The kinds of bands.
const (
	BandSTW    BandKind = iota // the world is being stopped, or stands still
	BandGC                     // the collector works while it stands still
	BandMark                   // the collector marks beside the program
	BandLock                   // a goroutine waits for a lock, or a thread for one of the scheduler's
	BandRegion                 // what a program that was traced calls a stretch of a goroutine's work
	NumBandKinds
)

// BandNames are the words of the legend.
var BandNames = [NumBandKinds]string{phrase.TheWorldStops, phrase.GarbageCollection, phrase.MarkingBesideTheProgram, phrase.WaitsForALock, phrase.ARegionOfTheProgram}

// A Band is a stretch of time, from the event that begins it to the one that
// ends it, both counted from 1; To is 0 while it goes on. Of a thread's wait for a
// lock of the scheduler's both are the event that ends it.
type Band struct {
	Kind  BandKind `json:"k"`
	From  int      `json:"from"`
	To    int      `json:"to"`
	Start int64    `json:"a"` // ns
	End   int64    `json:"b"`
	Goid  int64    `json:"g,omitempty"` // who stops the world, collects, waits
	M     int32    `json:"m"`           // thread that waits for a lock of the scheduler's; else -1
	Depth int      `json:"d,omitempty"` // of a region: how many are around it
	Name  string   `json:"name,omitempty"`
}

// band takes in an event that begins or ends a band.
func (f *Fold) band(e *trace.Event) {
	switch e.Kind {
	case trace.STWBegin:
		f.bandBegin(BandSTW, e)
	case trace.STWEnd:
		f.bandEnd(BandSTW, e)
	case trace.GCBegin:
		f.collects = true
		f.bandBegin(BandGC, e)
	case trace.GCEnd:
		f.bandEnd(BandGC, e)
	case trace.GCMarkBegin:
		f.bandEnd(BandGC, e)
		f.bandBegin(BandMark, e)
	case trace.UserRegionBegin:
		f.regionBegin(e)
	case trace.UserRegionEnd:
		f.regionEnd(e)
	case trace.GCMarkEnd:
		f.bandEnd(BandMark, e)
		if f.collects { // a real trace tells of marking only
			f.bandBegin(BandGC, e)
		}
	}
}

func (f *Fold) bandBegin(k BandKind, e *trace.Event) {
	f.bands = append(f.bands, Band{Kind: k, From: f.n + 1, Start: e.Time, Goid: f.goidAt(e.G, f.n), M: -1})
	f.open[k] = len(f.bands)
}

func (f *Fold) bandEnd(k BandKind, e *trace.Event) {
	if i := f.open[k]; i > 0 {
		f.bands[i-1].To, f.bands[i-1].End = f.n+1, e.Time
		f.open[k] = 0
	}
}

// phase is what the collector does after n events, as the log has told so far;
// the machine, which says was, may be a moment ahead or behind.
func (f *Fold) phase(n int, was string) string {
	for i := sort.Search(len(f.bands), func(i int) bool { return f.bands[i].From > n }) - 1; i >= 0; i-- {
		b := &f.bands[i]
		if b.Kind == BandSTW {
			continue
		}
		if b.To > 0 && b.To <= n { // the last one is over
			break
		}
		if b.Kind == BandMark {
			return state.GCMark
		}
		return state.GCStopped
	}
	if was == state.GCMark || was == state.GCStopped {
		return state.GCOff
	}
	return was
}

// windowEvents bounds how many events a question about a window looks at: what
// is denser than that can't be told apart anyway.
const windowEvents = 50_000

// Bands are those that touch the window from … to, at most most of them: what stops
// or collects by its start, then regions, of which the short are left out if they are
// many, then waits for locks, of a window that is not too dense. all says whether they
// are all.
func (f *Fold) Bands(from, to int64, most int) (list []Band, all bool) {
	for _, b := range f.bands {
		if b.To == 0 {
			b.End = f.End
		}
		if b.Start < to && b.End >= from && len(list) < most {
			list = append(list, b)
		}
	}
	first, last := f.EventAt(from-1), f.EventAt(to)
	list, all = f.regionBands(list, first+1, last, (to-from)/narrowRegion, most)
	if last-first > windowEvents {
		return list, false
	}
	for i := first; i < last && len(list) < most; i++ {
		e := f.log.At(i)
		if e.Kind == trace.GoBlock && isLock(task.Reason(e.A)) {
			list = append(list, f.lockWait(i, &e))
		}
		if e.Kind == trace.LockTake {
			list = append(list, Band{Kind: BandLock, From: i + 1, To: i + 1, Start: e.Time - e.B, End: e.Time, M: e.M})
		}
	}
	return list, all
}

// narrowRegion is the part of a window that a region takes at least of which there are
// many.
const narrowRegion = 500

// lockWait is the wait for a lock that begins with event i.
func (f *Fold) lockWait(i int, e *trace.Event) Band {
	b := Band{Kind: BandLock, From: i + 1, Start: e.Time, End: f.End, Goid: f.goidAt(e.G, i), M: -1}
	if n := f.Next(b.Goid, i+1); n > 0 {
		b.To, b.End = n, f.log.At(n-1).Time
	}
	return b
}

func isLock(r task.Reason) bool {
	switch r {
	case task.MutexLock, task.RWMutexLock, task.RWMutexRLock, task.Semacquire:
		return true
	}
	return false
}

// An ArrowKind is why one lane points to another.
type ArrowKind uint8

// The kinds of arrows.
const (
	ArrowWoke    ArrowKind = iota // made a goroutine runnable that waited
	ArrowCreated                  // made a goroutine
	ArrowStole                    // took a goroutine from another P
	ArrowHanded                   // gave a P, or a goroutine, to another thread
	NumArrowKinds
)

// ArrowNames are the words of the legend.
var ArrowNames = [NumArrowKinds]string{phrase.Woke, phrase.Created, phrase.Stole, phrase.Handed}

// An Arrow leads from where something is done to where it has its effect: the
// next time the goroutine runs, or at once. Ids are -1, goids 0, where there is none.
type Arrow struct {
	Kind           ArrowKind `json:"k"`
	Event          int       `json:"n"`           // counted from 1
	Start          int64     `json:"a"`           // ns
	End            int64     `json:"b"`           // ns; of a goroutine that has not run again, the run's end so far
	Goid           int64     `json:"g,omitempty"` // who does it
	ToGoid         int64     `json:"h,omitempty"` // to whom
	M, ToM, P, ToP int32
	Core, ToCore   int32
}

// Arrows are those that begin in the window from … to; all is false if there are
// more than most, or the window is too dense to look.
func (f *Fold) Arrows(from, to int64, most int) (list []Arrow, all bool) {
	first, last := f.EventAt(from-1), f.EventAt(to)
	if last-first > windowEvents {
		return nil, false
	}
	for i := first; i < last; i++ {
		a, ok := f.arrow(i)
		if !ok {
			continue
		}
		if len(list) == most {
			return list, false
		}
		list = append(list, a)
	}
	return list, true
}

func (f *Fold) arrow(i int) (a Arrow, ok bool) {
	e := f.log.At(i)
	a = Arrow{Event: i + 1, Start: e.Time, End: e.Time, M: e.M, P: e.P, Core: int32(e.Core), ToM: -1, ToP: -1, ToCore: -1}
	switch e.Kind {
	case trace.GoUnblock:
		a.Kind = ArrowWoke
	case trace.GoCreate:
		a.Kind = ArrowCreated
	case trace.Steal, trace.StealNext:
		a.Kind, a.P, a.ToP, a.ToM, a.ToCore = ArrowStole, int32(e.A), e.P, e.M, int32(e.Core)
	case trace.ProcHand, trace.GoHand, trace.GoHandLocked:
		a.Kind, a.ToM, a.ToP = ArrowHanded, int32(e.A), e.P
	default:
		return a, false
	}
	a.ToGoid, a.Goid = f.Goid(i)
	if a.Kind == ArrowWoke || a.Kind == ArrowCreated {
		if run, ok := f.nextRun(a.ToGoid, i+1); ok {
			a.End, a.ToM, a.ToP, a.ToCore = run.Time, run.M, run.P, int32(run.Core)
		} else {
			a.End = f.End
		}
	}
	return a, true
}

// nextRun is the event by which goroutine goid runs next after event n.
func (f *Fold) nextRun(goid int64, n int) (run trace.Event, ok bool) {
	for k := 0; k < alike; k++ {
		if n = f.Next(goid, n); n == 0 {
			break
		}
		if e := f.log.At(n - 1); e.Kind == trace.GoStart {
			return e, true
		}
	}
	return run, false
}
