package compile

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
)

// jumpTo ends a block: it sets the phis of the successor and goes there.
func (f *function) jumpTo(to *ssa.BasicBlock) {
	f.tempTop = 0
	f.enterLoop(f.block, to)
	f.phiMoves(f.block, to)
	if f.loopHeader(f.block, to) {
		for _, instr := range to.Instrs[:len(to.Instrs)-1] {
			f.tempTop = 0
			f.at(instr.Pos())
			f.instr(instr)
		}
		f.tempTop = 0
		f.branchOf(to, to.Instrs[len(to.Instrs)-1].(*ssa.If))
		return
	}
	f.goTo(f.block.Index, to)
}

// goTo jumps to a block unless it comes next.
func (f *function) goTo(from int, to *ssa.BasicBlock) {
	if to.Index == from+1 {
		return
	}
	f.jumps = append(f.jumps, jump{f.emitImm(code.Jmp, 0, 0), to.Index, false})
}

// maxHeader is how many instructions of a loop's header are repeated at its end.
const maxHeader = 3

// loopHeader reports whether a block that another jumps to holds little but
// phis and a condition, so that the jump had better do and test that itself:
// one branch an iteration instead of two.
func (f *function) loopHeader(from, to *ssa.BasicBlock) bool {
	if to.Index == from.Index+1 || len(to.Instrs) == 0 {
		return false
	}
	if _, ok := to.Instrs[len(to.Instrs)-1].(*ssa.If); !ok {
		return false
	}
	n := 0
	for _, instr := range to.Instrs[:len(to.Instrs)-1] {
		switch in := instr.(type) {
		case *ssa.Phi, *ssa.DebugRef:
		case *ssa.BinOp, *ssa.UnOp, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Index:
			n++
			if op, ok := in.(*ssa.UnOp); ok && op.Op == token.ARROW {
				return false
			}
		case ssa.Value:
			if f.info[in].mode != alias { // as the len of something
				return false
			}
		default:
			return false
		}
	}
	return n <= maxHeader
}

func (f *function) branch(in *ssa.If) { f.branchOf(f.block, in) }

// branchOf emits the If that ends block b. Phis of the targets are set on the
// way, behind the jump for the one and in front of a jump for the other.
func (f *function) branchOf(b *ssa.BasicBlock, in *ssa.If) {
	yes, no := b.Succs[0], b.Succs[1]
	if k, ok := constInt(in.Cond); ok {
		if k == 0 {
			yes = no
		}
		f.tempTop = 0
		f.phiMoves(b, yes)
		f.goTo(f.block.Index, yes)
		return
	}
	neg := false
	// Fall through into the next block where possible.
	if yes.Index == f.block.Index+1 && !f.hasPhiMoves(b, no) {
		yes, no, neg = no, yes, true
	} else if f.hasPhiMoves(b, yes) && !f.hasPhiMoves(b, no) {
		yes, no, neg = no, yes, true
	}
	if !f.hasPhiMoves(b, yes) {
		f.condJump(in.Cond, neg, yes.Index)
		f.tempTop = 0
		f.phiMoves(b, no)
		f.goTo(f.block.Index, no)
		return
	}
	// Both sides have moves: the taken one gets a stub behind the other.
	at := f.condSkip(in.Cond, !neg)
	f.tempTop = 0
	f.phiMoves(b, yes)
	f.jumps = append(f.jumps, jump{f.emitImm(code.Jmp, 0, 0), yes.Index, false})
	f.land(at)
	f.tempTop = 0
	f.phiMoves(b, no)
	f.goTo(f.block.Index, no)
}

// condJump jumps to a block if cond != neg.
func (f *function) condJump(cond ssa.Value, neg bool, to int) {
	at, short := f.emitCond(cond, neg)
	f.jumps = append(f.jumps, jump{at, to, short})
}

// condSkip jumps forward, to where land is called, if cond != neg.
func (f *function) condSkip(cond ssa.Value, neg bool) int {
	at, _ := f.emitCond(cond, neg)
	return at
}

// land makes the conditional jump at pc arrive here.
func (f *function) land(at int) {
	d := len(f.out.Code) - at - 1
	in := &f.out.Code[at]
	f.barrier = len(f.out.Code)
	switch in.Op {
	case code.Jz, code.Jnz, code.Jmp:
		*in = in.WithImm(int32(d))
	default:
		in.C = uint16(d)
	}
}

var (
	jumpOps  = map[token.Token]code.Op{token.EQL: code.JEq, token.NEQ: code.JNe, token.LSS: code.JLt, token.LEQ: code.JLe}
	jumpOpsU = map[token.Token]code.Op{token.EQL: code.JEq, token.NEQ: code.JNe, token.LSS: code.JLtU, token.LEQ: code.JLeU}
	jumpOpsI = map[token.Token]code.Op{token.EQL: code.JEqI, token.NEQ: code.JNeI, token.LSS: code.JLtI, token.LEQ: code.JLeI, token.GTR: code.JGtI, token.GEQ: code.JGeI}
	negated  = map[token.Token]token.Token{token.EQL: token.NEQ, token.NEQ: token.EQL, token.LSS: token.GEQ, token.GEQ: token.LSS, token.GTR: token.LEQ, token.LEQ: token.GTR}
	mirrored = map[token.Token]token.Token{token.EQL: token.EQL, token.NEQ: token.NEQ, token.LSS: token.GTR, token.GTR: token.LSS, token.LEQ: token.GEQ, token.GEQ: token.LEQ}
)

// emitCond emits a conditional jump with an open target; short if its distance
// has 16 bits.
func (f *function) emitCond(cond ssa.Value, neg bool) (at int, short bool) {
	val := f.info[cond]
	if val == nil || val.mode != fused {
		op := code.Jnz
		if neg {
			op = code.Jz
		}
		return f.emitImm(op, f.operand(cond), 0), false
	}
	cmp := val.v.(*ssa.BinOp)
	op, x, y := cmp.Op, cmp.X, cmp.Y
	if neg {
		op = negated[op]
	}
	if _, ok := smallConst(x); ok {
		x, y, op = y, x, mirrored[op]
	}
	cl := f.classOf(x.Type())
	if at, ok := f.stepAndJump(op, x, y, cl); ok {
		return at, true
	}
	if k, ok := smallConst(y); ok && (cl.signed || cl.size < 8 || op == token.EQL || op == token.NEQ) {
		return f.emit(jumpOpsI[op], f.operand(x), k, 0), true
	}
	if op == token.GTR || op == token.GEQ {
		x, y, op = y, x, mirrored[op]
	}
	ops := jumpOps
	if !cl.signed {
		ops = jumpOpsU
	}
	return f.emit(ops[op], f.operand(x), f.operand(y), 0), true
}

// stepAndJump makes one instruction of the step before, at the end of a counting
// loop, and the comparison x op y, if there is an operation for both.
func (f *function) stepAndJump(op token.Token, x, y ssa.Value, cl class) (at int, ok bool) {
	last := len(f.out.Code) - 1
	if last < f.barrier || !cl.signed || cl.size != 8 {
		return 0, false
	}
	if op == token.GTR {
		x, y, op = y, x, token.LSS
	}
	xv, yv := f.info[x], f.info[y]
	in := f.out.Code[last]
	if xv == nil || xv.mode > alias || xv.local || in.A != slotOf(xv) {
		return 0, false
	}
	k, small := smallConst(y)
	slot := uint16(0)
	if !small {
		if yv == nil || yv.mode > alias || yv.local || slotOf(yv) == in.A {
			return 0, false
		}
		slot = slotOf(yv)
	}
	at = last
	switch step := int16(in.C); {
	case in.Op == code.AddI && in.B == in.A && step == 1 && op == token.LSS && small:
		f.out.Code[at] = code.Instr{Op: code.IncJLtI, A: in.A, B: k}
	case in.Op == code.AddI && in.B == in.A && step == 1 && op == token.LSS:
		f.out.Code[at] = code.Instr{Op: code.IncJLt, A: in.A, B: slot}
	case in.Op == code.AddI && in.B == in.A && step == 1 && op == token.LEQ && !small:
		f.out.Code[at] = code.Instr{Op: code.IncJLe, A: in.A, B: slot}
	case in.Op == code.AddI && in.B == in.A && step == -1 && op == token.GEQ && small:
		f.out.Code[at] = code.Instr{Op: code.DecJGeI, A: in.A, B: k}
	case in.Op == code.Add && in.B == in.A && in.C != in.A && op == token.LSS && !small:
		f.out.Code[at] = code.Instr{Op: code.AddJLt, A: in.A, B: in.C}
		f.emit(code.Extra, slot, 0, 0)
	case in.Op == code.Add && in.C == in.A && in.B != in.A && op == token.LSS && !small:
		f.out.Code[at] = code.Instr{Op: code.AddJLt, A: in.A, B: in.B}
		f.emit(code.Extra, slot, 0, 0)
	default:
		return 0, false
	}
	return at, true
}

// A slotMove is one slot of a parallel copy.
type slotMove struct{ dst, src uint16 }

// hasPhiMoves reports whether going from one block to another sets anything.
func (f *function) hasPhiMoves(from, to *ssa.BasicBlock) bool {
	moves, loads := f.edge(from, to)
	return len(moves) > 0 || len(loads) > 0
}

// A phiLoad sets a phi to a value that has no slots.
type phiLoad struct {
	dst uint16
	v   ssa.Value
}

// edge lists what entering to from a block copies and loads.
func (f *function) edge(from, to *ssa.BasicBlock) (moves []slotMove, loads []phiLoad) {
	k := -1
	for i, p := range to.Preds {
		if p == from {
			k = i
		}
	}
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		pv := f.info[phi]
		if !pv.used {
			continue
		}
		e := phi.Edges[k]
		ev := f.info[e]
		if ev == nil || ev.mode > alias || ev.local {
			loads = append(loads, phiLoad{pv.slot, e})
			continue
		}
		src := slotOf(ev)
		for i := range uint16(pv.n) {
			if src != pv.slot {
				moves = append(moves, slotMove{pv.slot + i, src + i})
			}
		}
	}
	return moves, loads
}

func (f *function) phiMoves(from, to *ssa.BasicBlock) {
	moves, loads := f.edge(from, to)
	f.settle(moves, loads)
}

// settle emits moves and loads as if all happened at once. An address that is
// still to be computed reads slots that the moves may overwrite, so it comes
// first; constants come last.
func (f *function) settle(moves []slotMove, loads []phiLoad) {
	constants := loads[:0]
	for _, l := range loads {
		if f.info[l.v] == nil {
			constants = append(constants, l)
			continue
		}
		t := f.temp(1)
		f.load(t, l.v)
		moves = append(moves, slotMove{l.dst, t})
	}
	f.parallel(moves)
	for _, l := range constants {
		f.load(l.dst, l.v)
	}
}

// parallel emits moves as if all happened at once.
func (f *function) parallel(moves []slotMove) {
	reads := map[uint16]int{}
	for _, m := range moves {
		reads[m.src]++
	}
	for len(moves) > 0 {
		rest := moves[:0]
		progress := false
		for _, m := range moves {
			if m.dst == m.src || reads[m.dst] == 0 {
				if m.dst != m.src {
					f.emit(code.Mov, m.dst, m.src, 0)
				}
				reads[m.src]--
				progress = true
				continue
			}
			rest = append(rest, m)
		}
		moves = rest
		if len(moves) > 0 && !progress { // only cycles are left: break one
			t := f.temp(1)
			src := moves[0].src
			f.emit(code.Mov, t, src, 0)
			for i := range moves {
				if moves[i].src == src {
					moves[i].src = t
					reads[src]--
					reads[t]++
				}
			}
		}
	}
}

// ret moves the results to slots 1 … and returns.
func (f *function) ret(in *ssa.Return) {
	var moves []slotMove
	var loads []phiLoad
	at := uint16(code.HeaderSlots)
	for _, r := range in.Results {
		n := uint16(f.slots(r.Type()))
		if val := f.info[r]; val != nil && val.mode <= alias && !val.local {
			for i := range n {
				moves = append(moves, slotMove{at + i, slotOf(val) + i})
			}
		} else if n > 0 {
			loads = append(loads, phiLoad{at, r})
		}
		at += n
	}
	f.settle(moves, loads)
	f.emit(code.Ret, 0, 0, 0)
}

// emptyReturn returns zero values: where a function without named results goes
// on after a recovered panic.
func (f *function) emptyReturn() {
	n := f.slots(f.fn.Signature.Results())
	if n > 0 {
		f.emitImm(code.Zero, code.HeaderSlots, int32(n))
	}
	f.emit(code.Ret, 0, 0, 0)
}

// rangePanic lets the panics of range loops over functions, which go/ssa makes of
// strings, be gc's: a yield function is called when it must not be, or an iterator
// stopped the body's panic. The state of the loop says which
// (runtime/panic.go:panicrangestate). What comes behind is not reached.
func (f *function) rangePanic(in *ssa.Panic) {
	at := f.base() + code.HeaderSlots
	switch in.Block().Comment {
	case "yield-invalid":
		before := in.Block().Preds[0].Instrs
		state := before[len(before)-1].(*ssa.If).Cond.(*ssa.BinOp).X
		f.at(f.fn.Pos())
		f.move(at, f.operand(state), 1)
	case "rangefunc.resume.busy":
		f.loadInt(at, stoppedPanic)
	default:
		return
	}
	f.outSlots(1)
	f.reloc(f.emitImm(code.Call, f.base(), 0), code.RelCall, "runtime.panicrangestate")
}

// stoppedPanic is no state of go/ssa's: the iterator returned though the body
// had panicked.
const stoppedPanic = -3
