package code

// A chain is an operation that is run together with those that follow it: one
// dispatch for all. Nothing else tells it from the plain operation that it
// begins with. Its operands, its length and its cost are that one's, the
// others stand behind it as they are, each with its own, and whatever goes
// wrong or uses up the budget between them stops there. So a jump may go to
// any of them, and where a line begins, what a slot holds and how long all
// takes is the same with and without chains.
//
// Chains have the last numbers, so that tables of operations need no rows for
// them, and all below 255: the hot loop looks at a byte.

// A Part is an operation of a chain.
type Part struct {
	Op Op // a Call may have become a CallLeaf
	// The operand, 'A', 'B' or 'C', that is the slot which the part before has
	// written: its value is still at hand. 0: none need be.
	From byte
}

// chains are their parts.
var chains = [NumOps][]Part{
	MovMov:              {{Mov, 0}, {Mov, 0}},
	MovCall:             {{Mov, 0}, {Call, 0}},
	MovRet:              {{Mov, 0}, {Ret, 0}},
	AddICall:            {{AddI, 0}, {Call, 0}},
	AddRet:              {{Add, 0}, {Ret, 0}},
	MovNRet:             {{MovN, 0}, {Ret, 0}},
	AddIExtU32:          {{AddI, 0}, {ExtU32, 'B'}},
	Ld192Ldx64:          {{Ld192, 0}, {Ldx64, 'B'}},
	LeaSLd192Ldx64:      {{LeaS, 0}, {Ld192, 'B'}, {Ldx64, 'B'}},
	LdaU8Stx8:           {{LdaU8, 0}, {Stx8, 'C'}},
	LdxU8Jz:             {{LdxU8, 0}, {Jz, 'A'}},
	Stx8AddJLt:          {{Stx8, 0}, {AddJLt, 0}},
	NilCheckMov:         {{NilCheck, 0}, {Mov, 0}},
	NilCheckLoadI:       {{NilCheck, 0}, {LoadI, 0}},
	MulFMulF:            {{MulF, 0}, {MulF, 'B'}},
	MulFAddF:            {{MulF, 0}, {AddF, 'C'}},
	Lda64Lda64SubFFsi64: {{Lda64, 0}, {Lda64, 0}, {SubF, 'C'}, {Fsi64, 'B'}},
	Fli64Fli64MulFAddF:  {{Fli64, 0}, {Fli64, 0}, {MulF, 'C'}, {AddF, 'C'}},
	Fli64Ld64MulFMulF:   {{Fli64, 0}, {Ld64, 0}, {MulF, 'C'}, {MulF, 'B'}},
	Lda64Lda64:          {{Lda64, 0}, {Lda64, 0}},
	Lda64AddFSta64:      {{Lda64, 0}, {AddF, 'B'}, {Sta64, 'C'}},
	Lda64SubFSta64:      {{Lda64, 0}, {SubF, 'B'}, {Sta64, 'C'}},
}

// Parts are the parts of op, none if it is no chain.
func (op Op) Parts() []Part {
	if op >= NumOps {
		return nil
	}
	return chains[op]
}

// Plain is the operation that op begins with: op itself unless it is a chain.
func (op Op) Plain() Op {
	if op >= firstChain && op < NumOps {
		return chains[op][0].Op
	}
	return op
}

// Chain makes chains of a function's code wherever there is one for what
// follows, the longest.
func Chain(code []Instr) {
	for pc := 0; pc < len(code); pc += 1 + code[pc].Op.Extras() {
		best := 1
		for chain := firstChain; chain < NumOps; chain++ {
			if n := len(chains[chain]); n > best && follows(code, pc, chain) {
				best, code[pc].Op = n, chain
			}
		}
	}
}

// follows reports whether the parts of a chain stand at pc. It does so of what
// is no chain.
func follows(code []Instr, pc int, chain Op) bool {
	written := uint16(0)
	for _, part := range chains[chain] {
		if pc >= len(code) || code[pc].Op.Plain() != part.Op {
			return false
		}
		in := code[pc]
		if part.From != 0 && [3]uint16{in.A, in.B, in.C}[part.From-'A'] != written {
			return false
		}
		written = in.A
		pc += 1 + part.Op.Extras()
	}
	return true
}
