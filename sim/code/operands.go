package code

import "fmt"

// A shape says what the operands of an operation are, a letter for A, B and C
// each: d a slot written, u a slot read, b a slot read and then written, n a
// number, - unused. In place of B and C together: i an immediate, k an index of
// the pool, j a jump, f a function's entry, v a native. extras has a letter for
// each Extra word that follows: k its immediate indexes the pool, i a number, s
// three slots (NoSlot: absent), o A is a slot or NoSlot, u A is a slot read, m
// three numbers, w A is how many words the local array has.
type shape struct {
	name     string
	operands string
	extras   string
}

var shapes = [NumOps]shape{
	Bad: {"bad", "---", ""},
	Mov: {"mov", "du-", ""}, LoadI: {"loadi", "di", ""}, LoadK: {"loadk", "dk", ""}, MovN: {"movn", "dun", ""}, Zero: {"zero", "di", ""},
	Add: {"add", "duu", ""}, Sub: {"sub", "duu", ""}, Mul: {"mul", "duu", ""}, AddI: {"addi", "dun", ""}, MulI: {"muli", "dun", ""},
	And: {"and", "duu", ""}, Or: {"or", "duu", ""}, Xor: {"xor", "duu", ""}, AndNot: {"andnot", "duu", ""},
	Shl: {"shl", "duu", ""}, Shr: {"shr", "duu", ""}, Sar: {"sar", "duu", ""}, ShlI: {"shli", "dun", ""}, ShrI: {"shri", "dun", ""}, SarI: {"sari", "dun", ""}, AndI: {"andi", "dun", ""},
	Div: {"div", "duu", ""}, Rem: {"rem", "duu", ""}, DivU: {"divu", "duu", ""}, RemU: {"remu", "duu", ""}, Neg: {"neg", "du-", ""}, Not: {"not", "du-", ""},
	ExtS8: {"exts8", "du-", ""}, ExtS16: {"exts16", "du-", ""}, ExtS32: {"exts32", "du-", ""}, ExtU8: {"extu8", "du-", ""}, ExtU16: {"extu16", "du-", ""}, ExtU32: {"extu32", "du-", ""},
	MulHU: {"mulhu", "duu", ""}, Ctz: {"ctz", "du-", ""}, BitLen: {"bitlen", "du-", ""}, Rotl: {"rotl", "duu", ""}, Rotl32: {"rotl32", "duu", ""},
	CheckShift: {"checkshift", "u--", ""},
	Eq:         {"eq", "duu", ""}, Ne: {"ne", "duu", ""}, Lt: {"lt", "duu", ""}, Le: {"le", "duu", ""}, LtU: {"ltu", "duu", ""}, LeU: {"leu", "duu", ""},
	EqF: {"eqf", "duu", ""}, NeF: {"nef", "duu", ""}, LtF: {"ltf", "duu", ""}, LeF: {"lef", "duu", ""},
	EqF32: {"eqf32", "duu", ""}, NeF32: {"nef32", "duu", ""}, LtF32: {"ltf32", "duu", ""}, LeF32: {"lef32", "duu", ""}, NotB: {"notb", "du-", ""},
	AddF: {"addf", "duu", ""}, SubF: {"subf", "duu", ""}, MulF: {"mulf", "duu", ""}, DivF: {"divf", "duu", ""}, AbsF: {"absf", "du-", ""}, Sqrt: {"sqrt", "du-", ""}, NegF: {"negf", "du-", ""},
	AddF32: {"addf32", "duu", ""}, SubF32: {"subf32", "duu", ""}, MulF32: {"mulf32", "duu", ""}, DivF32: {"divf32", "duu", ""}, NegF32: {"negf32", "du-", ""},
	IntF: {"intf", "du-", ""}, UintF: {"uintf", "du-", ""}, FInt: {"fint", "du-", ""}, FUint: {"fuint", "du-", ""}, IntF32: {"intf32", "du-", ""}, UintF32: {"uintf32", "du-", ""}, FF32: {"ff32", "du-", ""}, F32F: {"f32f", "du-", ""}, FInt32: {"fint32", "du-", ""},
	Jmp: {"jmp", "-j", ""}, Jz: {"jz", "uj", ""}, Jnz: {"jnz", "uj", ""},
	JEq: {"jeq", "uuj", ""}, JNe: {"jne", "uuj", ""}, JLt: {"jlt", "uuj", ""}, JLe: {"jle", "uuj", ""}, JLtU: {"jltu", "uuj", ""}, JLeU: {"jleu", "uuj", ""},
	JEqI: {"jeqi", "unj", ""}, JNeI: {"jnei", "unj", ""}, JLtI: {"jlti", "unj", ""}, JLeI: {"jlei", "unj", ""}, JGtI: {"jgti", "unj", ""}, JGeI: {"jgei", "unj", ""},
	IncJLt: {"incjlt", "buj", ""}, IncJLe: {"incjle", "buj", ""}, IncJLtI: {"incjlti", "bnj", ""}, DecJGeI: {"decjgei", "bnj", ""}, AddJLt: {"addjlt", "buj", "u"},

	LdS8: {"lds8", "dun", ""}, LdU8: {"ldu8", "dun", ""}, LdS16: {"lds16", "dun", ""}, LdU16: {"ldu16", "dun", ""}, LdS32: {"lds32", "dun", ""}, LdU32: {"ldu32", "dun", ""},
	Ld64: {"ld64", "dun", ""}, Ld128: {"ld128", "dun", ""}, Ld192: {"ld192", "dun", ""},
	St8: {"st8", "uun", ""}, St16: {"st16", "uun", ""}, St32: {"st32", "uun", ""}, St64: {"st64", "uun", ""}, St128: {"st128", "uun", ""}, St192: {"st192", "uun", ""},
	LdN: {"ldn", "dun", ""}, StN: {"stn", "uun", ""}, LdBig: {"ldbig", "du-", "i"}, StBig: {"stbig", "uu-", "i"}, CopyMem: {"copymem", "uu-", "i"}, NilCheck: {"nilcheck", "u--", ""},
	AddA32: {"adda32", "duu", ""}, AddA64: {"adda64", "duu", ""}, SwapA32: {"swapa32", "duu", ""}, SwapA64: {"swapa64", "duu", ""}, CasA32: {"casa32", "duu", "u"}, CasA64: {"casa64", "duu", "u"},
	LdxS8: {"ldxs8", "duu", ""}, LdxU8: {"ldxu8", "duu", ""}, LdxS16: {"ldxs16", "duu", ""}, LdxU16: {"ldxu16", "duu", ""}, LdxS32: {"ldxs32", "duu", ""}, LdxU32: {"ldxu32", "duu", ""}, Ldx64: {"ldx64", "duu", ""},
	Stx8: {"stx8", "uuu", ""}, Stx16: {"stx16", "uuu", ""}, Stx32: {"stx32", "uuu", ""}, Stx64: {"stx64", "uuu", ""},
	Bounds: {"bounds", "uun", ""}, BoundsI: {"boundsi", "ui", ""}, Lea8: {"lea8", "duu", ""}, Lea4: {"lea4", "duu", ""}, Lea2: {"lea2", "duu", ""}, Lea16: {"lea16", "duu", ""}, Lea24: {"lea24", "duu", ""},
	LeaA: {"leaa", "duu", "m"}, LdaU8: {"ldau8", "duu", "m"}, Lda64: {"lda64", "duu", "m"}, Sta8: {"sta8", "uuu", "m"}, Sta64: {"sta64", "uuu", "m"}, LeaS: {"leas", "duu", "i"},
	FldS8: {"flds8", "dun", ""}, FldU8: {"fldu8", "dun", ""}, FldS16: {"flds16", "dun", ""}, FldU16: {"fldu16", "dun", ""}, FldS32: {"flds32", "dun", ""}, FldU32: {"fldu32", "dun", ""},
	Fst8: {"fst8", "dun", ""}, Fst16: {"fst16", "dun", ""}, Fst32: {"fst32", "dun", ""},
	FlxS8: {"flxs8", "duu", ""}, FlxU8: {"flxu8", "duu", ""}, FlxS16: {"flxs16", "duu", ""}, FlxU16: {"flxu16", "duu", ""}, FlxS32: {"flxs32", "duu", ""}, FlxU32: {"flxu32", "duu", ""}, Flx64: {"flx64", "duu", ""}, FlxN: {"flxn", "duu", "i"},
	Fsx8: {"fsx8", "duu", ""}, Fsx16: {"fsx16", "duu", ""}, Fsx32: {"fsx32", "duu", ""}, Fsx64: {"fsx64", "duu", ""}, FsxN: {"fsxn", "duu", "i"},
	Fli64: {"fli64", "duu", "w"}, Fsi64: {"fsi64", "uuu", "w"},
	Enter: {"enter", "nn-", ""}, EnterLeaf: {"enterleaf", "nn-", ""}, Call: {"call", "nf", ""}, CallLeaf: {"callleaf", "nf", ""}, CallClo: {"callclo", "nu-", ""}, CallItab: {"callitab", "nun", ""}, Ret: {"ret", "---", ""}, GetCtx: {"getctx", "d--", ""},
	Native: {"native", "nv", ""}, FuncPair: {"funcpair", "du-", ""}, ItabPair: {"itabpair", "dun", ""}, Go: {"go", "nnu", ""}, Defer: {"defer", "nnu", "n"},
	RunDefers: {"rundefers", "---", ""}, DeferStack: {"deferstack", "d--", ""}, Recover: {"recover", "d--", ""}, Panic: {"panic", "u--", ""},
	New: {"new", "dk", ""}, MakeSlice: {"makeslice", "duu", "k"}, Box: {"box", "du-", "k"},
	Concat: {"concat", "duu", ""}, EqStr: {"eqstr", "duu", ""}, LtStr: {"ltstr", "duu", ""}, LeStr: {"lestr", "duu", ""},
	SliceStr: {"slicestr", "dun", "s"}, Slice: {"slice", "dun", "sk"}, SliceArr: {"slicearr", "dun", "skk"},
	Append: {"append", "duu", "k"}, AppendStr: {"appendstr", "duu", ""}, Append1: {"append1", "duu", "k"}, CopySlice: {"copyslice", "duu", "k"}, CopyStr: {"copystr", "duu", ""}, ClearSlice: {"clearslice", "u--", "k"},
	StrBytes: {"strbytes", "du-", ""}, BytesStr: {"bytesstr", "du-", ""}, StrRunes: {"strrunes", "du-", ""}, RunesStr: {"runesstr", "du-", ""}, RuneStr: {"runestr", "du-", ""}, StrNext: {"strnext", "duu", ""}, SliceToArr: {"slicetoarr", "du-", "i"},
	MakeMap: {"makemap", "du-", "k"}, MapGet: {"mapget", "duu", "k"}, MapSet: {"mapset", "uuu", "k"}, MapDel: {"mapdel", "uu-", "k"}, MapLen: {"maplen", "du-", ""}, MapClear: {"mapclear", "u--", "k"}, MapIter: {"mapiter", "du-", "k"}, MapNext: {"mapnext", "duo", "o"},
	MakeChan: {"makechan", "du-", "k"}, Send: {"send", "uu-", "k"}, Recv: {"recv", "du-", "k"}, CloseChan: {"closechan", "u--", ""}, ChanLen: {"chanlen", "du-", ""}, ChanCap: {"chancap", "du-", ""}, Select: {"select", "dun", "n"},
	ItabType: {"itabtype", "du-", ""}, AssertI: {"asserti", "dun", "k"}, AssertE: {"asserte", "un-", "kk"}, EqIface: {"eqiface", "duu", ""}, EqVal: {"eqval", "duu", "k"},
	Print: {"print", "ui", ""},
	Extra: {"extra", "nnn", ""},
}

func (op Op) String() string {
	if parts := op.Parts(); parts != nil {
		name := ""
		for _, part := range parts {
			name += part.Op.String()
		}
		return name
	}
	if op < NumOps && shapes[op].name != "" {
		return shapes[op].name
	}
	return fmt.Sprintf("op%d", uint16(op))
}

// shape is that of the operation, or of the one that a chain begins with.
func (op Op) shape() *shape { return &shapes[op.Plain()] }

// Operands says what A, B and C are, in the letters of the table of shapes.
func (op Op) Operands() string { return op.shape().operands }

// ExtraOperands has a letter for each Extra word that follows an instruction.
func (op Op) ExtraOperands() string { return op.shape().extras }

// Extras is how many Extra words follow an instruction.
func (op Op) Extras() int {
	if op >= NumOps {
		return 0
	}
	return len(op.shape().extras)
}

// steps are the operations that cost more than one step: they stand for several
// plain instructions, so that what is fused takes as long as what is not. An
// atomic one has what a locked instruction costs beyond an ordinary one.
var steps = [NumOps]uint8{
	IncJLt:  2,
	IncJLe:  2,
	IncJLtI: 2,
	DecJGeI: 2,
	AddJLt:  2,
	AddA32:  2,
	AddA64:  2,
	SwapA32: 2,
	SwapA64: 2,
	CasA32:  2,
	CasA64:  2,
	LeaA:    2,
	LeaS:    2,
}

// Steps is what an instruction costs by itself. Allocations, calls of natives
// and so on cost more, and each part of a chain has its own.
func (op Op) Steps() int {
	if op = op.Plain(); op < NumOps && steps[op] != 0 {
		return int(steps[op])
	}
	return 1
}

// poolUses appends to uses the words of code, Extras included, whose immediates
// index the pool.
func poolUses(uses []uint32, code []Instr) []uint32 {
	for pc := 0; pc < len(code); pc++ {
		sh := code[pc].Op.shape()
		if len(sh.operands) == 2 && sh.operands[1] == 'k' {
			uses = append(uses, uint32(pc))
		}
		for i := range len(sh.extras) {
			if sh.extras[i] == 'k' {
				uses = append(uses, uint32(pc+1+i))
			}
		}
		pc += len(sh.extras)
	}
	return uses
}
