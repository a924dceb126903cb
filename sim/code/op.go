package code

// Op is an operation.
type Op uint16

// The operations. a, b, c are the operands' slots; K[imm] a pool constant; T
// the type descriptor whose address is K[extra.imm]. "mem" reads and writes
// fault (nil dereference) outside the arena.
const (
	Bad Op = iota // not an instruction; stops the run

	// Moves.
	Mov   // a = b
	LoadI // a = imm, sign-extended
	LoadK // a = K[imm]
	MovN  // a … a+c-1 = b … b+c-1, as memmove
	Zero  // a … a+imm-1 = 0

	// 64-bit integers. Narrower results are followed by an Ext.
	Add  // a = b + c
	Sub  // a = b - c
	Mul  // a = b * c
	AddI // a = b + int16(c)
	MulI // a = b * int16(c)
	And  // a = b & c
	Or   // a = b | c
	Xor  // a = b ^ c
	AndNot
	Shl  // a = b << c; 0 when c ≥ 64 unsigned
	Shr  // a = b >> c, unsigned; 0 when c ≥ 64
	Sar  // a = b >> c, signed; the sign when c ≥ 64
	ShlI // a = b << c, c the constant 0 … 63
	ShrI
	SarI
	AndI // a = b & int16(c)
	Div  // a = b / c, signed; panics runtime.panicdivide when c is 0; MinInt64 / -1 = MinInt64
	Rem  // a = b % c, signed
	DivU
	RemU
	Neg    // a = -b
	Not    // a = ^b
	MulHU  // a = the high 64 bits of b * c, unsigned
	Ctz    // a = bits.TrailingZeros64(b)
	BitLen // a = bits.Len64(b)
	Rotl   // a = bits.RotateLeft64(b, c)
	Rotl32 // a = bits.RotateLeft32(b, c)
	ExtS8
	ExtS16
	ExtS32 // a = b, its low 32 bits sign-extended
	ExtU8
	ExtU16
	ExtU32
	CheckShift // panics runtime.panicshift when signed a < 0

	// Comparisons: a = 1 or 0.
	Eq
	Ne
	Lt // signed
	Le
	LtU
	LeU
	EqF // float64
	NeF
	LtF
	LeF
	EqF32
	NeF32
	LtF32
	LeF32
	NotB // a = 1 - b, booleans

	// Floats: slots hold IEEE bits.
	AddF
	SubF
	MulF
	DivF
	NegF
	AbsF
	Sqrt // a = math.Sqrt(b)
	AddF32
	SubF32
	MulF32
	DivF32
	NegF32
	IntF   // a = float64(int64 b)
	UintF  // a = float64(uint64 b)
	FInt   // a = int64(float64 b), as amd64 does: out of range is 0x8000000000000000
	FUint  // a = uint64(float64 b), as gc on amd64 does
	IntF32 // rounded once
	UintF32
	FF32   // a = float32(float64 b)
	F32F   // a = float64(float32 b)
	FInt32 // a = int32(float64 b), as amd64 does: out of range is -0x80000000

	// Jumps, relative to the next instruction.
	Jmp // imm
	Jz  // if a == 0, imm
	Jnz // if a != 0, imm
	JEq // if a == b, int16(c)
	JNe
	JLt // signed
	JLe
	JLtU
	JLeU
	JEqI // if a == int16(b), int16(c)
	JNeI
	JLtI // signed
	JLeI
	JGtI
	JGeI
	// The ends of counting loops: a step and the comparison of what it leaves.
	IncJLt  // a++; if a < b, int16(c)
	IncJLe  // a++; if a <= b, int16(c)
	IncJLtI // a++; if a < int16(b), int16(c)
	DecJGeI // a--; if a >= int16(b), int16(c)
	AddJLt  // a += b; if a < slot Extra.A, int16(c)

	// Memory. Addresses are b (loads) or a (stores) plus the 16-bit unsigned c.
	LdS8 // a = mem[b+c]
	LdU8
	LdS16
	LdU16
	LdS32
	LdU32
	Ld64
	Ld128 // a, a+1 = mem[b+c], 16 bytes
	Ld192
	St8 // mem[a+c] = b
	St16
	St32
	St64
	St128 // mem[a+c] = b, b+1
	St192
	LdN      // a … = c bytes at mem[b]; whole slots are written, the last one's rest zeroed
	StN      // c bytes at mem[a] = b …
	LdBig    // Extra: imm bytes; as LdN
	StBig    // Extra: imm bytes; as StN
	CopyMem  // imm = Extra.imm bytes from mem[b] to mem[a], as memmove
	NilCheck // faults unless a lies in the arena
	// Atomic operations: nothing else runs meanwhile, so what sets them apart is
	// their cost. Results of 32 bits are zero-extended.
	AddA32 // a = mem[b] += c
	AddA64
	SwapA32 // a = mem[b]; mem[b] = c
	SwapA64
	CasA32 // a = mem[b] == c; if so mem[b] = slot Extra.A
	CasA64

	// Slices and strings by index: b is {ptr, len …}. Index panics as Go's do.
	LdxS8 // a = b[c]
	LdxU8
	LdxS16
	LdxU16
	LdxS32
	LdxU32
	Ldx64
	Stx8 // a[b] = c, a is {ptr, len …}
	Stx16
	Stx32
	Stx64
	Bounds  // panics runtime.panicIndex unless a < b; c: a is of an unsigned type of 64 bits
	BoundsI // the same with Imm for b, a signed or small
	Lea8    // a = b + c*8
	Lea4
	Lea2
	Lea16
	Lea24
	// Elements of arrays in memory, checked: b (Sta: a) is the array's address
	// less Extra.C, which must lie in the arena, c (Sta: b) the index, Extra.A
	// the length, Extra.B the element's size.
	LeaA  // a = the element's address
	LdaU8 // a = the element
	Lda64
	Sta8 // the element = c
	Sta64
	LeaS // a = the address of element c, of Extra.imm bytes, of slice b; checked

	// The frame as memory: local arrays and the parts of memory images.
	// Offsets are bytes from slot b (loads) or slot a (stores).
	FldS8 // a = frame[slot b, byte c]; c a constant
	FldU8
	FldS16
	FldU16
	FldS32
	FldU32
	Fst8 // frame[slot a, byte c] = b
	Fst16
	Fst32
	// With a computed byte offset in slot c; it is checked to stay in the
	// window. compile has checked the index.
	FlxS8 // a = frame[slot b, byte offset in c]
	FlxU8
	FlxS16
	FlxU16
	FlxS32
	FlxU32
	Flx64
	FlxN // a … = Extra.imm bytes
	Fsx8 // frame[slot a, byte offset in c] = b
	Fsx16
	Fsx32
	Fsx64
	FsxN // Extra.imm bytes
	// Words of local arrays of Extra.A words; panics runtime.panicIndex.
	Fli64 // a = frame[slot b + c]
	Fsi64 // frame[slot a + c] = b

	// Calls.
	Enter     // prologue: A = Func.Frame, B = Frame + Out: slots that must fit below the stack guard
	EnterLeaf // prologue without a check
	Call      // A = base, imm = the callee's entry pc, where Enter is
	CallLeaf  // the same of a function without a check, imm = behind its EnterLeaf; the linker makes it of Call
	CallClo   // A = base, b = function value
	CallItab  // A = base, b = interface, c = method number; the data word becomes the receiver
	Ret       // results stand from slot 1
	GetCtx    // a = dx
	Native    // A = base, imm = number of a native; arguments and results as in a call
	FuncPair  // a, a+1 = {entry, ctx} of function value b; {0, 0} if nil
	ItabPair  // a, a+1 = {entry, 0} of interface b's method c; nil faults
	Go        // A = base, b = argument slots, c = pair. entry 0: fatal "go of nil func value"
	Defer     // as Go; Extra.A = 1: slot base holds DeferStack's token, else the current frame's defer
	RunDefers
	DeferStack // a = token of the current frame
	Recover    // a, a+1 = recover()
	Panic      // a, a+1 = the value, an any

	// Allocation.
	New       // a = address of a zeroed T, type K[imm]
	MakeSlice // a … a+2; b len, c cap; Extra T element
	Box       // a = data word of an interface holding b; Extra T: pointer-shaped types are not boxed

	// Strings and slices.
	Concat // a, a+1 = b + c
	EqStr  // a = b == c
	LtStr  // a = b < c
	LeStr
	SliceStr   // a, a+1 = b[lo:hi]; bits of c: lo, hi, max are of unsigned types of 64 bits; Extra: A = lo slot, B = hi slot; NoSlot where absent
	Slice      // a … a+2 = b[lo:hi:max], b a slice; c as SliceStr; Extra: A lo, B hi, C max slots, NoSlot where absent; Extra: T element
	SliceArr   // the same of the array that b points to; Extras as Slice; then Extra: K[imm] = length
	Append     // a = append(b, c...); Extra T element; c a slice
	AppendStr  // a = append(b, c...), c a string
	Append1    // a = append(b, value at c); Extra T element
	CopySlice  // a = copy(b, c); Extra T element; c a slice
	CopyStr    // a = copy(b, c), c a string
	ClearSlice // clear(a); Extra T element
	StrBytes   // a = []byte(b)
	BytesStr   // a = string(b), b a []byte
	StrRunes
	RunesStr
	RuneStr    // a = string(rune b)
	StrNext    // range over a string: b string, c position; a = ok, a+1 = index, a+2 = rune, and c advances
	SliceToArr // a = pointer to the array of imm elements in slice b; Extra.imm = length; panics if shorter

	// Maps. Keys and values are memory images from their slot.
	MakeMap  // a = map; b = size hint; Extra T map
	MapGet   // a … = b[c], zero if absent; then Extra: T map, A = 1: ok follows in the slot after the value, 2: it is to be set next
	MapSet   // a[b] = c; Extra T map; a nil map panics
	MapDel   // delete(a, b); Extra T map
	MapLen   // a = len(b)
	MapClear // clear(a); Extra T map
	MapIter  // a = new iterator over b; Extra T map
	MapNext  // b iterator: a = ok; the key from slot c on, the value from slot Extra.A on; NoSlot: not wanted

	// Channels.
	MakeChan  // a = chan; b = size; Extra T chan
	Send      // a <- b; Extra T chan
	Recv      // a … = <-b; Extra T chan; Extra.A = 1: ok follows the value
	CloseChan // close(a)
	ChanLen
	ChanCap
	Select // see SelectCase; a = index chosen, a+1 = recvOk, then received values; b = first case; c = cases; Extra.A = 1: has default

	// Interfaces.
	ItabType // a = the type word of the non-empty interface b: 0 if nil, else the itab's type
	AssertI  // a, a+1 = b.(T), T an interface; c: 1 comma ok in a+2, 2 b is an empty interface (both: 3); Extra: T
	AssertE  // panics: interface a is no T; b = 1 if a is an empty interface; Extra: T wanted; Extra: T static interface type
	EqIface  // a = b == c; both {type, data}; compile converts itabs first. Uncomparable types panic
	EqVal    // a = b == c, memory images; Extra T

	// Printing by the print and println builtins.
	Print // a the value; Imm a PrintKind

	Extra // more operands for the instruction before: A, B, C or A and Imm. T means K[Imm]

	// Chains; see chains.
	MovMov
	MovCall
	MovRet
	AddICall
	AddRet
	MovNRet
	AddIExtU32
	Ld192Ldx64
	LeaSLd192Ldx64
	LdaU8Stx8
	LdxU8Jz
	Stx8AddJLt
	NilCheckMov
	NilCheckLoadI
	MulFMulF
	MulFAddF
	Lda64Lda64SubFFsi64
	Fli64Fli64MulFAddF
	Fli64Ld64MulFMulF
	Lda64Lda64
	Lda64AddFSta64
	Lda64SubFSta64

	NumOps
	firstChain = Extra + 1
)

// A PrintKind says how Print writes its operand, to standard error.
type PrintKind int32

// The print kinds (runtime/print.go).
const (
	PrintInt PrintKind = iota
	PrintUint
	PrintFloat
	PrintComplex
	PrintBool
	PrintString
	PrintPointer
	PrintIface
	PrintSlice
	PrintSpace
	PrintNewline
	PrintHex
	PrintFloat32 // the slot holds a float64 that was a float32
)

// NoSlot marks an absent operand.
const NoSlot = 65535
