//go:build js

package main

import (
	"math"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/raster"
	"gopark/sim/view"
)

// Tiles of the timeline: pictures of stretches of time that begin at multiples of
// their length, tileWidth pixels of the device wide, at a power of two of
// nanoseconds a pixel. What the window needs is scaled to between a half and one.
const (
	tileWidth  = 256
	tileLeast  = -8       // level of tiles of a nanosecond; deeper than that they are enlarged
	tileBytes  = 48 << 20 // of pictures and numbers that are kept
	tileFlying = 2        // asked for at a time: what was wished for long ago is no longer
	tileCoarse = 8        // levels up that a tile is looked for in the place of one that isn't there yet
	tileFine   = 2        // and down
	tilePaints = 1        // pictures that are painted in a frame; the next ones paint more
)

// A tileKey says what a tile shows. Level is the power of two.
type tileKey struct {
	kind         view.LaneKind
	first, lanes int
	level        int
	index        int64
}

// span is a tile's length in ns.
func (k tileKey) span() float64 { return math.Ldexp(tileWidth, k.level) }

// A tile is one that has come.
type tile struct {
	pack  *view.Packed
	image js.Value // a canvas; null: it is to be painted
	final bool     // the run will not change it
	used  int      // when it was last drawn
	bytes int      // about, of memory
	wide  [][]wide // by lane
}

// A wide is a stretch in which a name may have room; at an edge it may go on in
// the next tile.
type wide struct {
	t0, t1 float64 // ns
	goid   int64
	run    bool // else in a system call
}

// tiles are those that are kept, at most tileBytes of them.
type tiles struct {
	t      *timeline
	kept   map[tileKey]*tile
	flying map[tileKey]bool
	bytes  int
	clock  int
	paints int  // that this frame may still do
	owing  bool // it had to leave some to the next
	pix    []raster.Pixel
	raw    []byte
}

func (s *tiles) clear() {
	s.kept, s.flying, s.bytes = map[tileKey]*tile{}, map[tileKey]bool{}, 0
}

// repaint has the pictures painted anew: the page's colours are others.
func (s *tiles) repaint() {
	for _, k := range s.kept {
		k.image = js.Null()
	}
}

// level is the one whose tiles the window needs.
func (s *tiles) level() int {
	from, to := s.t.window()
	return max(tileLeast, int(math.Floor(math.Log2((to-from)/(s.t.plot()*s.t.ratio)))))
}

// key is the tile of a level that an instant is in.
func (s *tiles) key(level int, at float64) tileKey {
	k := tileKey{kind: s.t.kind, first: s.t.first, lanes: s.t.most(), level: level}
	k.index = int64(math.Floor(at / k.span()))
	return k
}

// needed calls do for each tile that the window needs, from left to right.
func (s *tiles) needed(do func(k tileKey)) {
	from, to := s.t.window()
	level := s.level()
	for k := s.key(level, from); float64(k.index)*k.span() < to; k.index++ {
		do(k)
	}
}

// ask asks for what is missing: in the window, then beside it, then for what
// zooming out will need.
func (s *tiles) ask() {
	if s.t.end == 0 {
		return
	}
	s.needed(s.want)
	from, to := s.t.window()
	level := s.level()
	s.want(s.key(level, to+1))
	s.want(s.key(level, max(0, from-math.Ldexp(tileWidth, level))))
	s.want(s.key(level+1, (from+to)/2))
}

// want asks for a tile unless it is there, on its way, or too many are.
func (s *tiles) want(k tileKey) {
	have := s.kept[k]
	if len(s.flying) >= tileFlying || s.flying[k] || k.index < 0 || float64(k.index)*k.span() > s.t.end {
		return
	}
	if have != nil && (have.final || have.pack.End >= int64(s.t.end)) {
		return
	}
	s.flying[k] = true
	from := int64(float64(k.index) * k.span())
	q := view.Query{Kind: k.kind, From: from, To: from + max(1, int64(k.span())), Width: tileWidth, First: k.first, Max: k.lanes}
	run, flying := s.t.run, s.flying
	s.t.c.page.client.ask(Request{Op: Tiles, Cell: s.t.c.info.ID, Query: q}, func(r *Reply) {
		delete(flying, k)
		if run != s.t.run || r.Pack == nil {
			return
		}
		s.take(k, q, r.Pack)
	})
}

func (s *tiles) take(k tileKey, q view.Query, p *view.Packed) {
	t := &tile{pack: p, image: js.Null(), used: s.clock, wide: widesOf(p, q)}
	t.final = q.To < p.End || s.t.over && p.End >= int64(s.t.end)
	t.bytes = 4*len(p.Words) + 4*tileWidth*s.t.measures().Height(len(p.Lanes))
	if old := s.kept[k]; old != nil {
		s.bytes -= old.bytes
	}
	s.kept[k] = t
	s.bytes += t.bytes
	s.trim()
	if k.kind == s.t.kind && k.first == s.t.first {
		s.t.taken(p)
	}
	s.t.draw() // even if it is of other lanes: what had to wait for it is asked for now
}

// trim lets go of what was not drawn for longest, but not of what is to be seen:
// that would be asked for again.
func (s *tiles) trim() {
	for s.bytes > tileBytes && len(s.kept) > 1 {
		var oldest tileKey
		least := s.clock
		for k, t := range s.kept {
			if t.used < least {
				oldest, least = k, t.used
			}
		}
		if least == s.clock {
			return
		}
		s.bytes -= s.kept[oldest].bytes
		delete(s.kept, oldest)
	}
}

// widesOf are where names may stand.
func widesOf(p *view.Packed, q view.Query) [][]wide {
	const least = 20 // pixels
	list := make([][]wide, len(p.Lanes))
	scale := float64(q.To-q.From) / tileWidth
	for i, l := range p.Lanes {
		for k := range l.Tiles {
			t := p.Tile(l, k)
			x0, x1, kind := t.X0(), t.X1(), t.Kind()
			if t.Goid() == 0 || kind != view.SpanRun && kind != view.SpanSyscall || t.Many() {
				continue
			}
			if x1-x0 >= least || x0 == 0 || x1 >= tileWidth {
				list[i] = append(list[i], wide{float64(q.From) + x0*scale, float64(q.From) + x1*scale, t.Goid(), kind == view.SpanRun})
			}
		}
	}
	return list
}

// picture is a tile as a canvas.
func (s *tiles) picture(t *tile) js.Value {
	if !t.image.IsNull() {
		return t.image
	}
	s.paints--
	m := s.t.measures()
	height := m.Height(len(t.pack.Lanes))
	if n := m.Width * height; n > len(s.pix) {
		s.pix, s.raw = make([]raster.Pixel, n), make([]byte, 4*n)
	}
	pix := s.pix[:m.Width*height]
	clear(pix)
	raster.Lanes(pix, t.pack, m, s.t.inks().raster)
	t.image = jsx.Picture(raster.Bytes(s.raw, pix), m.Width, height)
	return t.image
}

// begin is told that a frame begins.
func (s *tiles) begin() { s.clock, s.paints, s.owing = s.clock+1, tilePaints, false }

// get is a tile that can be drawn in this frame, nil if there is none.
func (s *tiles) get(k tileKey) *tile {
	t := s.kept[k]
	if t == nil {
		return nil
	}
	if t.image.IsNull() && s.paints == 0 {
		s.owing = true
		return nil
	}
	t.used = s.clock
	return t
}

// find is the tile k, or one that shows the same more coarsely, with the part of
// it, in pixels, that is of k.
func (s *tiles) find(k tileKey) (t *tile, x, w float64) {
	x, w = 0, tileWidth
	for up := 0; up <= tileCoarse; up++ {
		if t := s.get(k); t != nil {
			return t, x, w
		}
		x, w = (x+tileWidth*float64(k.index&1))/2, w/2
		k.index >>= 1
		k.level++
	}
	return nil, 0, 0
}

// fine calls do for tiles that show parts of k more finely.
func (s *tiles) fine(k tileKey, down int, do func(k tileKey, t *tile)) {
	if down == 0 {
		return
	}
	k.level--
	for i := range int64(2) {
		half := k
		half.index = 2*k.index + i
		if t := s.get(half); t != nil {
			do(half, t)
		} else {
			s.fine(half, down-1, do)
		}
	}
}

// under is the rectangle at an instant in a row, if it has come.
func (s *tiles) under(row int, at float64) (view.PackedTile, bool) {
	k := s.key(s.level(), at)
	for range tileCoarse {
		if t := s.kept[k]; t != nil {
			return t.under(row, (at-float64(k.index)*k.span())/k.span()*tileWidth)
		}
		k = s.key(k.level+1, at)
	}
	return nil, false
}

func (t *tile) under(row int, x float64) (view.PackedTile, bool) {
	if row < 0 || row >= len(t.pack.Lanes) {
		return nil, false
	}
	l := t.pack.Lanes[row]
	for i := range l.Tiles {
		if k := t.pack.Tile(l, i); k.X0() <= x && x < max(k.X1(), k.X0()+1) {
			return k, true
		}
	}
	return nil, false
}
