package view

// A Packed is lanes as numbers, to be handed to another thread whole and drawn
// from a typed array: no names, no objects.
type Packed struct {
	Lanes []PackedLane `json:"lanes"`
	Total int          `json:"total"` // lanes that there are
	// Words has four numbers for each tile: where it begins and ends, in
	// 1/PackedUnit of a pixel from the window's left edge; its kind, in the lowest
	// four bits, how busy it was in percent, in the next eight, and above them
	// whether it stands for several changes; and the goid, 0 for none.
	Words []uint32 `json:"words"`
}

// A PackedLane is where a lane's tiles are among Packed.Words.
type PackedLane struct {
	ID    int64 `json:"id"`
	First int   `json:"first"` // tile
	Tiles int   `json:"tiles"`
}

// PackedUnit is how finely a Packed says where on a pixel a tile begins.
const PackedUnit = 16

// Pack answers q in numbers. A window whose To lies before the end of the run so
// far has an answer that never changes: it can be kept.
func (f *Fold) Pack(q Query) *Packed {
	p := &Packed{}
	if q.Kind < NumLaneKinds {
		p.Total = len(f.lanes[q.Kind])
	}
	span := float64(max(1, q.To-q.From))
	x := func(at int64) uint32 { return uint32(float64(at-q.From) / span * float64(q.Width) * PackedUnit) }
	f.each(q, func(l *lane, q Query) {
		pl := PackedLane{ID: l.id, First: len(p.Words) / 4}
		f.tiles(l, q, func(t Tile) {
			shape := uint32(t.Kind) | uint32(t.Busy)<<4
			if t.N > 1 {
				shape |= 1 << 12
			}
			p.Words = append(p.Words, x(t.T0), x(t.T1), shape, uint32(t.Goid))
		})
		pl.Tiles = len(p.Words)/4 - pl.First
		p.Lanes = append(p.Lanes, pl)
	})
	return p
}
