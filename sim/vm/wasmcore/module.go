package wasmcore

import (
	"strings"

	"gopark/sim/code"
)

// Tag is the build tag of programs that call the core. Without it they need no
// import, so that Go's own tools can run them.
const Tag = "wasmcore"

// NoOp is what the core returns when the budget is used up. It is no operation.
const NoOp = 0xffff

// Module returns the core: a WebAssembly module that imports Go's memory as
// "go" "mem" and exports one function, "run".
func Module() []byte {
	body := function()
	header := []byte{0, 'a', 's', 'm', 1, 0, 0, 0}
	types := section(1, []byte{0x60, 1, i32, 1, i32})
	imports := section(2, cat(name("go"), name("mem"), []byte{2, 0, 1}))
	functions := section(3, uleb(0))
	exports := section(7, cat(name("run"), []byte{0, 0}))
	codes := section(10, cat(uleb(uint32(len(body))), body))
	return cat(header, types, imports, functions, exports, codes)
}

// function is the body of run.
//
//	registers come in
//	block done
//	  block leave
//	    loop next
//	      cases
//	  the present instruction's operation is the result
//	registers go out
func function() []byte {
	g := &gen{}
	g.comeIn()
	g.done = g.open(opBlock)
	g.leave = g.open(opBlock)
	g.next = g.open(opLoop)
	g.cases()
	g.end()
	g.end()
	g.emit(set(p0, load(i32Load16U, get(ip), 0)))
	g.end()
	g.goOut()
	g.emit(cat(get(p0), expr{opEnd}))
	locals := cat(uleb(2), uleb(numI32), []byte{i32}, uleb(numI64), []byte{i64})
	return cat(locals, g.code)
}

func (g *gen) comeIn() {
	g.goTo(reg(fPC))
	g.emit(set(memp, reg(fMemp)))
	g.emit(set(w, bin(i32Add, get(memp), reg(fFP))))
	g.emit(set(left, reg(fLeft)))
	g.emit(set(size, reg(fSize)))
	g.emit(set(roEnd, reg(fROEnd)))
	g.emit(set(rwSize, reg(fRWSize)))
}

func (g *gen) goOut() {
	g.emit(put(fPC, pcAfter()))
	g.emit(put(fFP, bin(i32Sub, get(w), get(memp))))
	g.emit(put(fLeft, get(left)))
}

// cases takes a step from the budget and goes to the case of the next
// instruction's operation. A br_table goes to the end of one of the blocks
// around it, so each case stands behind the end of a block of its own.
func (g *gen) cases() {
	g.when(bin(i64LeS, get(left), constI64(0)), func() {
		g.emit(set(p0, constI32(NoOp)))
		g.br(g.done)
	})
	g.charge(1)
	g.skip(1)

	var blocks [code.NumOps]label
	for i := range code.NumOps {
		op := code.NumOps - 1 - i
		if Has(op) {
			blocks[op] = g.open(opBlock)
		} else {
			blocks[op] = g.leave
		}
	}
	g.emit(cat(load(i32Load16U, get(ip), 0), expr{opBrTable}, uleb(uint32(code.NumOps))))
	for _, block := range blocks {
		g.emit(uleb(uint32(g.depth - block)))
	}
	g.emit(uleb(uint32(g.depth - g.leave)))
	for op := range code.NumOps {
		if !Has(op) {
			continue
		}
		g.end()
		g.run(op.Plain(), rows[op.Plain()])
		g.others(op.Parts())
		g.br(g.next)
	}
}

// others emits the parts of a chain behind the first.
func (g *gen) others(parts []code.Part) {
	for i, part := range parts {
		if i == 0 {
			continue
		}
		g.brIf(bin(i64LeS, get(left), constI64(0)), g.next) // which finds that, too
		g.charge(1)
		g.skip(1)
		row := rows[part.Op]
		if part.Op == code.Call {
			row = callEither
		}
		g.run(part.Op, row)
	}
}

// run emits what a row has for a plain operation.
func (g *gen) run(op code.Op, row func(*gen)) {
	g.op, g.shape = op, op.Operands()
	row(g)
	g.charge(op.Steps() - 1)
	if !strings.Contains(g.shape, "j") { // a jump goes over its Extra words itself
		g.skip(op.Extras())
	}
}
