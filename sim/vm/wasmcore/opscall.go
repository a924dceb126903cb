package wasmcore

import "gopark/sim/code"

// instrBytes is the size of an instruction, a power of two.
const (
	instrBytes = 8
	instrShift = 3
)

func enter(g *gen) {
	end := bin(i32Add, get(w), bin(i32Shl, g.raw(opB, i32Load16U), constI32(3)))
	g.leaveIf(bin(i32GtU, end, reg(fLimit)))
}

// pcAfter is the number of the instruction after the present one.
func pcAfter() expr {
	after := bin(i32Add, get(ip), constI32(instrBytes))
	return bin(i32ShrU, bin(i32Sub, after, reg(fCode)), constI32(instrShift))
}

// text is the host address of the instruction with a number.
func text(pc expr) expr {
	return bin(i32Add, reg(fCode), bin(i32Shl, pc, constI32(instrShift)))
}

// goTo makes pc the next instruction; the dispatch adds one.
func (g *gen) goTo(pc expr) {
	g.emit(set(ip, bin(i32Sub, text(pc), constI32(instrBytes))))
}

// frame opens the callee's frame: it starts at slot A, and its header says
// where to go back to.
func (g *gen) frame() {
	g.emit(set(p0, g.raw(opA, i32Load16U)))
	g.emit(set(w, bin(i32Add, get(w), bin(i32Shl, get(p0), constI32(3)))))
	g.emit(store(i32Store, get(w), 0, pcAfter()))
	g.emit(store(i32Store, get(w), 4, get(p0)))
}

func call(g *gen) {
	callLeaf(g)
	g.entered()
}

func callLeaf(g *gen) {
	g.want(opB, "f")
	g.frame()
	g.goTo(load(i32Load, get(ip), 4))
}

// callEither is for a Call that may have become a CallLeaf.
func callEither(g *gen) {
	g.emit(set(p2, load(i32Load16U, get(ip), 0)))
	callLeaf(g)
	g.when(bin(i32Eq, get(p2), constI32(int32(code.Call))), g.entered)
}

// entered runs the Enter of a function that was just called, if it finds room;
// ip stands before it.
func (g *gen) entered() {
	need := load(i32Load16U, get(ip), instrBytes+4)
	end := bin(i32Add, get(w), bin(i32Shl, need, constI32(3)))
	g.when(bin(i32LeU, end, reg(fLimit)), func() {
		g.charge(1)
		g.skip(1)
	})
}

// ret trusts no header: a program can write there, through unsafe.
func ret(g *gen) {
	g.leaveIf(bin(i32GeU, tee(p0, load(i32Load, get(w), 0)), reg(fNCode)))
	room := bin(i32ShrU, bin(i32Sub, get(w), get(memp)), constI32(3))
	g.leaveIf(bin(i32GtU, tee(p1, load(i32Load, get(w), 4)), room))
	g.emit(set(w, bin(i32Sub, get(w), bin(i32Shl, get(p1), constI32(3)))))
	g.goTo(get(p0))
}

// entry leaves p1, the number of the instruction that the word at x0 points
// to, if a function starts there, or gives up.
func (g *gen) entry() {
	pc := bin(i64Sub, load(i64Load, host(get(x0)), 0), constI64(code.TextBase))
	g.leaveIf(bin(i64GeU, tee(x1, pc), un(i64ExtU, reg(fNCode))))
	op := load(i32Load16U, text(tee(p1, un(i32Wrap, get(x1)))), 0)
	first := bin(i32Eq, tee(p2, op), constI32(int32(code.Enter)))
	g.leaveIf(un(i32Eqz, bin(i32Or, first, bin(i32Eq, get(p2), constI32(int32(code.EnterLeaf))))))
}

func callClo(g *gen) {
	g.readable(tee(x2, g.val(opB)))
	g.entry()
	g.emit(put(fCtx, get(x2)))
	g.frame()
	g.goTo(get(p1))
	g.entered()
}

// itabFun is the offset of abi.ITab.Fun.
const itabFun = 24

func callItab(g *gen) {
	g.emit(set(x2, load(i64Load, g.slot(opB), 8))) // the receiver
	g.emit(set(x1, g.val(opB)))
	method := bin(i64Add, bin(i64Shl, g.u16(opC), constI64(3)), constI64(itabFun))
	g.leaveIf(un(i64Eqz, get(x1)))
	g.readable(bin(i64Add, get(x1), method))
	g.entry()
	g.frame()
	g.emit(store(i64Store, get(w), 8, get(x2)))
	g.goTo(get(p1))
	g.entered()
}
