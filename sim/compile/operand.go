package compile

import (
	"go/constant"
	"go/types"
	"math"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
)

// slotOf is where a value in slots is.
func slotOf(val *value) uint16 {
	if val.mode == alias {
		return slotOf(val.root) + uint16(val.off)
	}
	return val.slot
}

// dst is the slot that the instruction v writes.
func (f *function) dst(v ssa.Value) uint16 { return slotOf(f.info[v]) }

// operand returns the slots that hold v, loading it into temporaries if it has none.
func (f *function) operand(v ssa.Value) uint16 {
	val := f.info[v]
	if val != nil && val.mode <= alias && !val.local {
		return slotOf(val)
	}
	if k, ok := f.constWord(v); ok {
		return f.word(k)
	}
	t := f.temp(max(1, f.slots(v.Type())))
	f.load(t, v)
	return t
}

// constWord is what a loop can hold: a constant of one word, or the address of
// a global or a function.
func (f *function) constWord(v ssa.Value) (code.Const, bool) {
	switch v := v.(type) {
	case *ssa.Global:
		return code.Const{Kind: code.RelAddr, Sym: f.globalSym(v)}, true
	case *ssa.Function:
		return code.Const{Kind: code.RelClo, Sym: f.want(v)}, true
	case *ssa.Const:
		b, ok := v.Type().Underlying().(*types.Basic)
		if ok && v.Value != nil && b.Info()&(types.IsString|types.IsComplex) == 0 {
			return code.Const{Value: uint64(wordOf(b, v.Value))}, true
		}
		return code.Const{}, v.Value == nil && f.slots(v.Type()) == 1
	}
	return code.Const{}, false
}

// load puts v into the slots from dst on.
func (f *function) load(dst uint16, v ssa.Value) {
	if val := f.info[v]; val != nil {
		switch {
		case val.mode <= alias && !val.local:
			f.move(dst, slotOf(val), f.valueSlots(v))
			return
		case val.mode == folded:
			f.addrInto(dst, val)
			return
		}
		f.fail("no slots for %s", v.Name())
		return
	}
	switch v := v.(type) {
	case *ssa.Const:
		f.loadConst(dst, v.Type(), v.Value)
	case *ssa.Global:
		f.loadK(dst, code.Const{Kind: code.RelAddr, Sym: f.globalSym(v)})
	case *ssa.Function:
		f.loadK(dst, code.Const{Kind: code.RelClo, Sym: f.want(v)})
	default:
		f.fail("no operand for %T", v)
	}
}

// addrInto computes a folded address.
func (f *function) addrInto(dst uint16, val *value) {
	f.addOffset(dst, f.operand(val.root.v), val.off)
}

// addOffset emits dst = src + off.
func (f *function) addOffset(dst, src uint16, off int64) {
	switch {
	case off == 0:
		f.move(dst, src, 1)
	case off == int64(int16(off)):
		f.emit(code.AddI, dst, src, uint16(off))
	default:
		t := f.temp(1)
		f.loadInt(t, off)
		f.emit(code.Add, dst, src, t)
	}
}

// move copies n slots.
func (f *function) move(dst, src uint16, n int) {
	switch {
	case n == 0 || dst == src:
	case n == 1:
		f.emit(code.Mov, dst, src, 0)
	default:
		f.emit(code.MovN, dst, src, uint16(n))
	}
}

func (f *function) loadInt(dst uint16, v int64) {
	if v == int64(int32(v)) {
		f.emitImm(code.LoadI, dst, int32(v))
		return
	}
	f.loadK(dst, code.Const{Value: uint64(v)})
}

func (f *function) loadK(dst uint16, k code.Const) {
	f.emitImm(code.LoadK, dst, f.constant(k))
}

// constant is the number of k in the function's pool.
func (f *function) constant(k code.Const) int32 {
	if i, ok := f.consts[k]; ok {
		return i
	}
	i := int32(len(f.out.K))
	f.consts[k] = i
	f.out.K = append(f.out.K, k)
	return i
}

// typeK is the pool number of t's descriptor.
func (f *function) typeK(t types.Type) int32 {
	return f.constant(code.Const{Kind: code.RelAddr, Sym: f.typeDesc(t)})
}

// extra emits an Extra word with a and an immediate.
func (f *function) extra(a uint16, imm int32) { f.emitImm(code.Extra, a, imm) }

// loadConst puts a constant of type t, nil for zero, into dst.
func (f *function) loadConst(dst uint16, t types.Type, v constant.Value) {
	if v == nil {
		if n := f.slots(t); n == 1 {
			f.emitImm(code.LoadI, dst, 0)
		} else if n > 0 {
			f.emitImm(code.Zero, dst, int32(n))
		}
		return
	}
	b, _ := t.Underlying().(*types.Basic)
	switch {
	case b == nil:
		f.fail("constant of type %s", t)
	case b.Info()&types.IsString != 0:
		f.loadString(dst, constant.StringVal(v))
	case b.Info()&types.IsComplex != 0:
		f.loadComplex(dst, b, v)
	default:
		f.loadInt(dst, wordOf(b, v))
	}
}

func (f *function) loadString(dst uint16, s string) {
	if s == "" {
		f.emitImm(code.Zero, dst, 2)
		return
	}
	f.loadK(dst, code.Const{Kind: code.RelAddr, Sym: f.stringData(s)})
	f.loadInt(dst+1, int64(len(s)))
}

// stringData is the symbol of a string's bytes.
func (c *compiler) stringData(s string) string {
	sym := "str:" + s
	if b := c.readOnly(sym, 1); b != nil {
		b.d.Bytes = []byte(s)
		b.done()
	}
	return sym
}

func (f *function) loadComplex(dst uint16, b *types.Basic, v constant.Value) {
	re, _ := constant.Float64Val(constant.Real(constant.ToComplex(v)))
	im, _ := constant.Float64Val(constant.Imag(constant.ToComplex(v)))
	if b.Kind() == types.Complex64 {
		w := uint64(math.Float32bits(float32(re))) | uint64(math.Float32bits(float32(im)))<<32
		f.loadInt(dst, int64(w))
		return
	}
	f.loadInt(dst, int64(math.Float64bits(re)))
	f.loadInt(dst+1, int64(math.Float64bits(im)))
}

// wordOf is the slot of a boolean or number that isn't complex.
func wordOf(b *types.Basic, v constant.Value) int64 {
	switch {
	case b.Info()&types.IsBoolean != 0:
		if constant.BoolVal(v) {
			return 1
		}
		return 0
	case b.Kind() == types.Float32:
		x, _ := constant.Float32Val(constant.ToFloat(v))
		return int64(math.Float32bits(x))
	case b.Info()&types.IsFloat != 0:
		x, _ := constant.Float64Val(constant.ToFloat(v))
		return int64(math.Float64bits(x))
	}
	v = constant.ToInt(v)
	if x, ok := constant.Int64Val(v); ok {
		return x
	}
	x, _ := constant.Uint64Val(v)
	return int64(x)
}

// constString is the value of a constant string.
func constString(v ssa.Value) (string, bool) {
	k, ok := v.(*ssa.Const)
	if !ok || k.Value == nil || !isString(k.Type()) {
		return "", false
	}
	return constant.StringVal(k.Value), true
}

func constWord(k *ssa.Const) int64 {
	return wordOf(k.Type().Underlying().(*types.Basic), k.Value)
}

// smallConst reports whether v is an integer-like constant of 16 bits; nil
// pointers count as 0.
func smallConst(v ssa.Value) (uint16, bool) {
	k, ok := v.(*ssa.Const)
	if !ok {
		return 0, false
	}
	if k.Value == nil {
		switch k.Type().Underlying().(type) {
		case *types.Pointer, *types.Chan, *types.Map, *types.Signature:
			return 0, true
		case *types.Basic:
			return 0, k.Type().Underlying().(*types.Basic).Kind() != types.String
		}
		return 0, false
	}
	w, ok := constInt(v)
	return uint16(w), ok && w == int64(int16(w))
}
