//go:build js

package main

import (
	"strings"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// How much the engine looks at for one answer about the timeline: others wait for it.
const (
	seekEvents = 200_000
	mostBands  = 400
	mostArrows = 200
)

// wide answers what is asked of many events or many goroutines at once.
func (en *engine) wide(s *session, req Request, reply *Reply) {
	fold := s.Fold()
	switch req.Op {
	case Tiles:
		reply.Pack = fold.Pack(req.Query)
		reply.Words, reply.Pack.Words = reply.Pack.Words, nil
		if reply.Words == nil {
			reply.Words = []uint32{}
		}
	case Around:
		q := req.Query
		var all bool
		reply.Bands, all = fold.Bands(q.From, q.To, mostBands)
		reply.Dense = !all || len(reply.Bands) == mostBands
		if q.Max > 0 {
			reply.Arrows, all = fold.Arrows(q.From, q.To, mostArrows)
			reply.Dense = reply.Dense || !all
		}
		reply.Total = fold.LaneCount(view.LaneProcess)
	case Seek:
		finder, ok := fold.Finder(req.Answer)
		if !ok {
			reply.Error = "“" + strings.TrimSpace(req.Answer) + phrase.MeansNothingHereTryG7M2
			return
		}
		found, next := fold.Find(finder, req.N, req.Back, seekEvents)
		reply.N, reply.Stopped, reply.Total = found, next > 0, -1
		if next > 0 {
			reply.N = next
		} else if found > 0 {
			reply.Log = s.Sentences(found, found)
			about, _ := fold.Goid(found - 1)
			reply.Total = fold.LaneAt(req.Query.Kind, about)
		}
	case Crowd:
		if s.running && s.Crowded() {
			return // it changes faster than it can be looked at
		}
		reply.Lens, reply.Bytes = s.Lens(req.N), s.Field(req.N)
	case Dot:
		reply.N = int(s.GoidOf(req.N, int(req.Time)))
	default:
		reply.Error = phrase.UnknownOperation + string(req.Op)
	}
}
