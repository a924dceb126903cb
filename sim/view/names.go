package view

// Names gives each goroutine of a run its rank, which decides its colour, in
// the order in which goroutines were created. The zero value is ready.
type Names struct {
	rank *index // of the runtime's own it is ownRank
	next int
}

// ownRank stands for the goroutines that the runtime starts for itself.
const ownRank = 1<<31 - 2

// Add notes that goroutine goid exists. Goroutines that the runtime starts for
// itself get no rank. Adding one twice changes nothing.
func (n *Names) Add(goid int64, system bool) {
	if n.rank == nil {
		n.rank = &index{}
	}
	if _, ok := n.rank.get(goid); ok {
		return
	}
	if system {
		n.rank.put(goid, ownRank)
		return
	}
	n.rank.put(goid, int32(n.next))
	n.next++
}

// Rank is goid's rank for ColourOf; one that was never added counts as the
// runtime's if system, else as the next to come.
func (n Names) Rank(goid int64, system bool) int {
	if n.rank != nil {
		if r, ok := n.rank.get(goid); ok && r == ownRank {
			return -1
		} else if ok {
			return int(r)
		}
	}
	if system {
		return -1
	}
	return n.next
}
