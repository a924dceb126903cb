package wasmcore

// The part of WebAssembly's binary format that the core needs. Code is built
// as bytes in postfix order: an expr leaves one value on the stack, or none if
// it is a statement. Whoever compiles the module checks the types.

type expr []byte

// Value types.
const (
	i32 byte = 0x7f
	i64 byte = 0x7e
)

// Opcodes of operators; their names are those of the text format.
const (
	i32Eqz   = 0x45
	i32Eq    = 0x46
	i32Ne    = 0x47
	i32LtU   = 0x49
	i32GtU   = 0x4b
	i32LeU   = 0x4d
	i32GeU   = 0x4f
	i64Eqz   = 0x50
	i64Eq    = 0x51
	i64Ne    = 0x52
	i64LtS   = 0x53
	i64LtU   = 0x54
	i64GtS   = 0x55
	i64GtU   = 0x56
	i64LeS   = 0x57
	i64LeU   = 0x58
	i64GeS   = 0x59
	i64GeU   = 0x5a
	f32Eq    = 0x5b
	f32Ne    = 0x5c
	f32Lt    = 0x5d
	f32Le    = 0x5f
	f64Eq    = 0x61
	f64Ne    = 0x62
	f64Lt    = 0x63
	f64Le    = 0x65
	f64Ge    = 0x66
	i32Add   = 0x6a
	i32Sub   = 0x6b
	i32And   = 0x71
	i32Or    = 0x72
	i32Shl   = 0x74
	i32ShrU  = 0x76
	i32Rotl  = 0x77
	i64Clz   = 0x79
	i64Ctz   = 0x7a
	i64Add   = 0x7c
	i64Sub   = 0x7d
	i64Mul   = 0x7e
	i64DivS  = 0x7f
	i64DivU  = 0x80
	i64RemS  = 0x81
	i64RemU  = 0x82
	i64And   = 0x83
	i64Or    = 0x84
	i64Xor   = 0x85
	i64Shl   = 0x86
	i64ShrS  = 0x87
	i64ShrU  = 0x88
	i64Rotl  = 0x89
	f32Add   = 0x92
	f32Sub   = 0x93
	f32Mul   = 0x94
	f32Div   = 0x95
	f64Sqrt  = 0x9f
	f64Add   = 0xa0
	f64Sub   = 0xa1
	f64Mul   = 0xa2
	f64Div   = 0xa3
	i32Wrap  = 0xa7 // i32.wrap_i64
	i64ExtS  = 0xac // i64.extend_i32_s
	i64ExtU  = 0xad // i64.extend_i32_u
	i64Trunc = 0xb0 // i64.trunc_f64_s
	f32CvtS  = 0xb4 // f32.convert_i64_s
	f32CvtU  = 0xb5
	f32Dem   = 0xb6 // f32.demote_f64
	f64CvtS  = 0xb9
	f64CvtU  = 0xba
	f64Prom  = 0xbb // f64.promote_f32
	i64Ext8  = 0xc2 // i64.extend8_s
	i64Ext16 = 0xc3
	i64Ext32 = 0xc4
)

// Opcodes of loads and stores.
const (
	i32Load    = 0x28
	i64Load    = 0x29
	f32Load    = 0x2a
	f64Load    = 0x2b
	i32Load8U  = 0x2d
	i32Load16S = 0x2e
	i32Load16U = 0x2f
	i64Load8S  = 0x30
	i64Load8U  = 0x31
	i64Load16S = 0x32
	i64Load16U = 0x33
	i64Load32S = 0x34
	i64Load32U = 0x35
	i32Store   = 0x36
	i64Store   = 0x37
	f32Store   = 0x38
	f64Store   = 0x39
	i32Store8  = 0x3a
	i64Store8  = 0x3c
	i64Store16 = 0x3d
	i64Store32 = 0x3e
)

// Opcodes of control.
const (
	opBlock   = 0x02
	opLoop    = 0x03
	opIf      = 0x04
	opElse    = 0x05
	opEnd     = 0x0b
	opBr      = 0x0c
	opBrIf    = 0x0d
	opBrTable = 0x0e
	opSelect  = 0x1b
	noResult  = 0x40
)

func uleb(n uint32) []byte {
	var b []byte
	for ; n >= 0x80; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return append(b, byte(n))
}

func sleb(n int64) []byte {
	var b []byte
	for n < -64 || n > 63 {
		b = append(b, byte(n)|0x80)
		n >>= 7
	}
	return append(b, byte(n)&0x7f)
}

func cat(parts ...[]byte) expr {
	var b expr
	for _, p := range parts {
		b = append(b, p...)
	}
	return b
}

func constI32(n int32) expr { return cat(expr{0x41}, sleb(int64(n))) }
func constI64(n int64) expr { return cat(expr{0x42}, sleb(n)) }

// constF64 is the constant with the given bits.
func constF64(bits uint64) expr {
	e := expr{0x44}
	for i := range 8 {
		e = append(e, byte(bits>>(8*i)))
	}
	return e
}

func get(local uint32) expr         { return cat(expr{0x20}, uleb(local)) }
func set(local uint32, x expr) expr { return cat(x, expr{0x21}, uleb(local)) }
func tee(local uint32, x expr) expr { return cat(x, expr{0x22}, uleb(local)) }
func un(op byte, x expr) expr       { return cat(x, expr{op}) }
func bin(op byte, x, y expr) expr   { return cat(x, y, expr{op}) }

// pick is x if cond, else y. Both are computed.
func pick(cond, x, y expr) expr { return cat(x, y, cond, expr{opSelect}) }

// either is x if cond, else y, of the given type. Only one is computed.
func either(typ byte, cond, x, y expr) expr {
	return cat(cond, expr{opIf, typ}, x, expr{opElse}, y, expr{opEnd})
}

// load reads at addr + off; no alignment is promised.
func load(op byte, addr expr, off uint32) expr {
	return cat(addr, expr{op, 0}, uleb(off))
}

func store(op byte, addr expr, off uint32, x expr) expr {
	return cat(addr, x, expr{op, 0}, uleb(off))
}

// section is a section of a module with the items of a vector in it.
func section(id byte, items ...[]byte) []byte {
	body := cat(uleb(uint32(len(items))), cat(items...))
	return cat([]byte{id}, uleb(uint32(len(body))), body)
}

func name(s string) []byte { return cat(uleb(uint32(len(s))), []byte(s)) }
