package view

import "gopark/sim/trace"

// A region is what a program that was traced calls a stretch of a goroutine's work
// (runtime/trace.WithRegion): from one event to another, counted from 1. to is 0 while
// it goes on. Its goroutine and its name, the events have. It takes sixteen bytes for
// two events.
type region struct {
	from, to uint32
	around   int32 // place in the list of the one around it, -1: none is
	depth    int32 // how many are around it
}

// regionBegin takes in the event that begins a region, and regionEnd the one that ends
// the innermost of its goroutine.
func (f *Fold) regionBegin(e *trace.Event) {
	goid := f.goidAt(e.G, f.n)
	r := region{from: uint32(f.n + 1), around: -1}
	if i, ok := f.inside.get(goid); ok {
		r.around, r.depth = i, f.regions[i].depth+1
	}
	f.inside.put(goid, int32(len(f.regions)))
	f.regions = push(f.regions, r)
}

func (f *Fold) regionEnd(e *trace.Event) {
	goid := f.goidAt(e.G, f.n)
	i, ok := f.inside.get(goid)
	if !ok { // it was there when the trace began to tell of the goroutine
		i = int32(len(f.regions))
		f.regions = push(f.regions, region{from: uint32(max(1, f.created(goid))), around: -1})
	}
	r := &f.regions[i]
	r.to = uint32(f.n + 1)
	f.inside.put(goid, r.around)
}

// regionBands adds to list the regions that touch events first to last and, if they are
// many, are not shorter than so many nanoseconds: at most most in all. all is false if
// some were left out.
func (f *Fold) regionBands(list []Band, first, last int, shortest int64, most int) (_ []Band, all bool) {
	all = true
	for i := range f.regions {
		r := &f.regions[i]
		if int(r.from) > last || r.to > 0 && int(r.to) < first {
			continue
		}
		if len(list) == most {
			return list, false
		}
		if b := f.regionBand(r); b.End-b.Start >= shortest || len(f.regions) <= most {
			list = append(list, b)
			continue
		}
		all = false
	}
	return list, all
}

// regionBand is a region as a Band. It goes on no longer than its goroutine is there.
func (f *Fold) regionBand(r *region) Band {
	at := int(max(r.from, r.to)) - 1 // the event that ends it or, if none does, that begins it
	e := f.log.At(at)
	b := Band{Kind: BandRegion, From: int(r.from), To: int(r.to), Start: f.log.Time(int(r.from) - 1), End: e.Time, Goid: f.goidAt(e.G, at), M: -1, Depth: int(r.depth)}
	if f.told != nil {
		b.Name = f.told.Text(e.B)
	}
	if r.to == 0 {
		b.End = f.End
		if l := f.laneOf(b.Goid); l != nil && l.kind(len(l.words)-1) == SpanNone {
			b.End = l.at(f.log, len(l.words)-1)
		}
	}
	return b
}
