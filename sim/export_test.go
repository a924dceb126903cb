package sim

import "gopark/sim/code"

// Linked is what a program became, for tests.
func (p *Program) Linked() *code.Program { return p.code }
