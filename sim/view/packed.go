package view

// A Packed is lanes as numbers, to be handed to another thread whole and drawn
// from a typed array: no names, no objects.
type Packed struct {
	Lanes []PackedLane `json:"lanes"`
	Total int          `json:"total"` // lanes that there are
	End   int64        `json:"end"`   // of the run so far: what the window has after it is not known yet
	// Words has four numbers for each tile: where it begins and ends, in
	// 1/PackedUnit of a pixel from the window's left edge; its kind, in the lowest
	// four bits, how busy it was in percent, in the next eight, above them whether
	// it stands for several changes, and above that its shade; and the goid, 0 for none.
	Words []uint32 `json:"words,omitempty"`
}

// A PackedLane is where a lane's tiles are among Packed.Words.
type PackedLane struct {
	ID    int64  `json:"id"`
	Name  string `json:"name"`
	Rank  int    `json:"r"`     // of its name's colour, -1: it has none
	First int    `json:"first"` // tile
	Tiles int    `json:"tiles"`
}

// PackedUnit is how finely a Packed says where on a pixel a tile begins.
const PackedUnit = 16

// A PackedTile is four of a Packed's words.
type PackedTile []uint32

// What the words say.
func (t PackedTile) X0() float64    { return float64(t[0]) / PackedUnit }
func (t PackedTile) X1() float64    { return float64(t[1]) / PackedUnit }
func (t PackedTile) Kind() SpanKind { return SpanKind(t[2] & 15) }
func (t PackedTile) Busy() int      { return int(t[2] >> 4 & 255) }
func (t PackedTile) Many() bool     { return t[2]>>12&1 != 0 }
func (t PackedTile) Rank() int      { return int(t[2]>>13) - 1 } // of a goroutine that has the same colour
func (t PackedTile) Goid() int64    { return int64(t[3]) }

// Tile is the i-th tile of lane l.
func (p *Packed) Tile(l PackedLane, i int) PackedTile {
	at := 4 * (l.First + i)
	return p.Words[at : at+4 : at+4]
}

// Pack answers q in numbers. A window whose To lies before the end of the run so
// far has an answer that never changes: it can be kept.
func (f *Fold) Pack(q Query) *Packed {
	p := &Packed{Total: f.LaneCount(q.Kind), End: f.End}
	span := float64(max(1, q.To-q.From))
	x := func(at int64) uint32 { return uint32(float64(at-q.From) / span * float64(q.Width) * PackedUnit) }
	f.each(q, func(l *lane, q Query) {
		pl := PackedLane{ID: l.id, First: len(p.Words) / 4}
		pl.Name, pl.Rank = f.laneName(q.Kind, l.id)
		f.tiles(l, q, func(t Tile) {
			shape := uint32(t.Kind) | uint32(t.Busy)<<4
			if t.N > 1 {
				shape |= 1 << 12
			}
			if t.Goid != 0 {
				shape |= uint32(shade(f.Names.Rank(t.Goid, false))+1) << 13
			}
			p.Words = append(p.Words, x(t.T0), x(t.T1), shape, uint32(t.Goid))
		})
		pl.Tiles = len(p.Words)/4 - pl.First
		p.Lanes = append(p.Lanes, pl)
	})
	return p
}
