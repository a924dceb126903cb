package gomap

import "math/bits"

// prune makes slots marked deleted in table t empty again where no search
// needs the mark, if that frees a tenth of the table; else the table will grow
// (maps.table.pruneTombstones). A group's marks are needed if a stored key's
// search passes it.
func (o *Ops) prune(k *probe, h, t Addr) {
	m := o.Mem
	capacity := m.U16(t + tCapacity)
	marks := capacity/groupSlots*maxLoad - m.U16(t+tUsed) - m.U16(t+tGrowth)
	if marks*10 < capacity {
		return
	}
	var needed [maxCapacity / groupSlots / 64]uint64
	groups, mask := tableGroups(m, t)
	for i := range mask + 1 {
		g := groups + i*k.groupSize
		if matchEmpty(m.U64(g)) != 0 {
			needed[i/64] |= 1 << (i % 64) // has no marks anyway
		}
		for full := matchFull(m.U64(g)); full != 0; full &= full - 1 {
			slot := k.slot(g, first(full))
			if !k.selfEqual(m, k.keyAt(m, slot)) {
				continue // nobody can search for it
			}
			for j, step := k.hashOf(o, h, slot)>>7&mask, uint64(1); j != i; j, step = (j+step)&mask, step+1 {
				needed[j/64] |= 1 << (j % 64)
			}
		}
	}
	count := 0
	for i := range mask + 1 {
		if needed[i/64]>>(i%64)&1 == 0 {
			count += bits.OnesCount64(matchFree(m.U64(groups + i*k.groupSize)))
		}
	}
	if count*10 < int(capacity) {
		return
	}
	for i := range mask + 1 {
		if needed[i/64]>>(i%64)&1 != 0 {
			continue
		}
		g := groups + i*k.groupSize
		for free := matchFree(m.U64(g)); free != 0; free &= free - 1 {
			m.PutU8(g+first(free), ctrlEmpty)
			m.PutU16(t+tGrowth, m.U16(t+tGrowth)+1)
		}
	}
}
