package code

// An Object is what one package compiles to. Symbols join objects.
type Object struct {
	Path  string
	Funcs []*Func
	Data  []*Data
}

// Flags of a function.
type Flags uint8

const (
	Wrapper     Flags = 1 << iota // made by the compiler; hidden in tracebacks, transparent to recover
	HasDefer                      // may run deferred calls
	DupOK                         // equal definitions in several objects are one
	NativeFn                      // its body is a Native stub
	UserCode                      // the reader's own
	Initializer                   // initialises a package and calls those of others and its init functions; or is one of these
	KeepsArgs                     // parameters count as live to the end (//go:uintptrescapes)
)

// A Func is one compiled function. Code[0] is Enter or EnterLeaf.
type Func struct {
	Sym     string // link name
	Name    string // as a traceback prints it
	File    string
	Line    int32 // of the func keyword
	Flags   Flags
	Params  uint16   // slots of receiver and parameters
	Args    []uint16 // slots of each of them, in order; zero-size ones left out
	Results uint16   // slots of results
	Frame   uint16   // slots, header included; outgoing calls use base = Frame
	Out     uint16   // slots beyond Frame that calls from here need at most
	Recover int32    // pc at which to go on after a recovered panic; -1: none
	Code    []Instr
	Relocs  []Reloc   // of the code, ascending
	K       []Const   // the function's constants; LoadK's imm counts here until linked
	Lines   []LineRun // ascending
	Said    []SaidRun // ascending; where //line directives say that code is from. Not stored: the library has none
	Vars    []Var
}

// A Const is a pool constant: Value, or a symbol's address plus Value.
type Const struct {
	Kind  RelocKind // RelNone: a plain number
	Value uint64
	Sym   string
}

// RelocKind says what of a symbol is wanted.
type RelocKind uint8

const (
	RelNone   RelocKind = iota
	RelAddr             // data: its address, 8 bytes. Code constants: the same
	RelOff              // data: its address minus mem.Base, 4 bytes (NameOff, TypeOff)
	RelEntry            // function: TextBase + entry pc, 8 bytes
	RelText             // function: entry pc, 4 bytes (TextOff)
	RelClo              // function: address of its closure without captures, 8 bytes; the linker makes it
	RelCall             // Call's imm: the entry pc
	RelNative           // Native's imm: the number of the native Sym
)

// size is how many bytes of data a relocation changes.
func (k RelocKind) size() uint64 {
	if k == RelOff || k == RelText {
		return 4
	}
	return 8
}

// A Reloc is a place in code or data that names a symbol.
type Reloc struct {
	At   uint32 // instruction, or byte of data
	Kind RelocKind
	Sym  string
	Add  int64
}

// Data is a symbol in the arena.
type Data struct {
	Sym    string
	Size   uint64 // ≥ len(Bytes); the rest is zero
	Align  uint8
	RO     bool
	DupOK  bool
	Bytes  []byte
	Relocs []Reloc
	Type   string // of globals: symbol of the type descriptor, for the collector and the views
}

// A LineRun says that from PC on the code is from Line. Inlined code may come
// from another file; 0 is the function's own.
type LineRun struct {
	PC   uint32
	Line int32
}

// A SaidRun says that from PC on the code is said to be from a line of a file by
// a directive in the reader's program. Tracebacks go by that, the views by Lines.
type SaidRun struct {
	PC   uint32
	File string
	Line int32
}

// A Var says where a source variable is while pc is in [From, To).
type Var struct {
	Name     string
	Type     string // symbol of its type descriptor
	Slot     uint16 // of the value, or of its address if Indirect
	Indirect bool
	From, To uint32
}
