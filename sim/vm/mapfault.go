package vm

import (
	"gopark/sim/code"
	"gopark/sim/gomap"
	"gopark/sim/mem"
	"gopark/sim/task"
)

// A write to a map is done at one instant, and its time passes afterwards. A goroutine
// whose turn ends in that time is still writing, and on another core somebody may come
// to the same map: the mistake that maps look for (internal/runtime/maps: writing). Who
// holds a lock meanwhile can't be met by anybody who takes it.

// A mapWrite is one that its writer's turn ended in; to is 0 when the writer has gone on. The
// last few are enough: there can be one for each core.
type mapWrite struct {
	m        mem.Addr
	by       task.ID
	from, to task.Time
}

// writesMap notes that the present instruction has written to map m.
func (v *VM) writesMap(m mem.Addr) {
	if v.left <= 0 && v.rules.MapFaults {
		v.mapWrites[v.mapWrote%len(v.mapWrites)] = mapWrite{m, v.cur.ID, v.now(), v.turnAt + (v.start-v.left)*v.cfg.StepCost}
		v.mapWrote++
	}
}

// mapFault ends the run if the present instruction meets a write to its map.
func (v *VM) mapFault(op code.Op, in code.Instr) bool {
	m, text := v.get(in.A), "concurrent map writes"
	switch op {
	case code.MapGet:
		m = v.get(in.B)
		if v.pc < v.ncode && v.prog.Code[v.pc].A != 2 {
			text = "concurrent map read and map write"
		}
	case code.MapNext:
		m, text = v.mem.U64(v.get(in.B)+gomap.IterMap), "concurrent map iteration and map write"
	case code.MakeMap, code.MapLen, code.MapIter:
		return false
	}
	now := v.now()
	for _, w := range v.mapWrites {
		if w.m == m && w.by != v.cur.ID && w.from <= now && now < w.to {
			v.throw(text)
			return true
		}
	}
	return false
}
