package view

// Names gives each goroutine of a run its rank, which decides its colour, in
// the order in which goroutines were created. The zero value is ready.
type Names struct {
	rank map[int64]int
	next int
}

// Add notes that goroutine goid exists. Goroutines that the runtime starts for
// itself get no rank. Adding one twice changes nothing.
func (n *Names) Add(goid int64, system bool) {
	if n.rank == nil {
		n.rank = map[int64]int{}
	}
	if _, ok := n.rank[goid]; ok {
		return
	}
	if system {
		n.rank[goid] = -1
		return
	}
	n.rank[goid] = n.next
	n.next++
}

// Rank is goid's rank for ColourOf; one that was never added counts as the
// runtime's if system, else as the next to come.
func (n Names) Rank(goid int64, system bool) int {
	if r, ok := n.rank[goid]; ok {
		return r
	}
	if system {
		return -1
	}
	return n.next
}
