package view

import "gopark/sim"

// Idle is the board of a computer that has not been switched on: its cores, its Ps
// if the era has any, and nothing on them. Zeros mean the defaults of package sim.
func Idle(era string, procs, cores int) *Board {
	return NewBoard(Names{}, nil, sim.Off(era, procs, cores))
}
