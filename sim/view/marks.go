package view

import "gopark/sim/state"

// A Mark says which goroutines are at a line of the reader's source.
type Mark struct {
	Line int32 `json:"line"`
	Row  Row   `json:"row"`
}

const markPills = 3

// NewMarks are the lines of file at which goroutines are, by line. The
// goroutine that runs comes first.
func NewMarks(names Names, before, now *state.State, file string) []Mark {
	return newBuilder(names, before, now).marks(file)
}

func (b *builder) marks(file string) []Mark {
	now := b.now
	at := map[int32][]int32{}
	last := int32(0)
	for i := range now.Gs {
		g := &now.Gs[i]
		if g.System || g.Status == Dead || g.Line <= 0 || base(g.File) != file {
			continue
		}
		last = max(last, g.Line)
		if g.Status == Running {
			at[g.Line] = append([]int32{int32(i)}, at[g.Line]...)
			continue
		}
		at[g.Line] = append(at[g.Line], int32(i))
	}
	var marks []Mark
	for line := int32(1); line <= last; line++ {
		if gs := at[line]; len(gs) > 0 {
			marks = append(marks, Mark{Line: line, Row: b.row(gs, markPills)})
		}
	}
	return marks
}
