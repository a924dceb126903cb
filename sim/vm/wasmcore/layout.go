package wasmcore

// A Field is one of the registers that Go and the core share: a struct of
// package vm. Pointers are host addresses; Go keeps them in eight bytes, of
// which WebAssembly uses four.
type Field struct {
	Name   string // in package vm
	Offset uint32
	wide   bool // an i64, not an i32
}

// Fields is the layout; a test of package vm compares it with the struct.
var Fields = []Field{fCode, fPool, fMemp, fSize, fRWSize, fROEnd, fFP, fCtx, fLeft, fLimit, fPC, fNCode}

var (
	fCode   = Field{"code", 0, false}
	fPool   = Field{"pool", 8, false}
	fMemp   = Field{"memp", 16, false}
	fSize   = Field{"size", 24, true}
	fRWSize = Field{"rwSize", 32, true}
	fROEnd  = Field{"roEnd", 40, true}
	fFP     = Field{"fp", 48, false}
	fCtx    = Field{"ctx", 56, true}
	fLeft   = Field{"left", 64, true}
	fLimit  = Field{"limit", 72, false}
	fPC     = Field{"pc", 80, false}
	fNCode  = Field{"ncode", 84, false}
)

func (f Field) load() byte {
	if f.wide {
		return i64Load
	}
	return i32Load
}

func (f Field) store() byte {
	if f.wide {
		return i64Store
	}
	return i32Store
}
