package code

import (
	"encoding/binary"
	"strings"
)

// emitCode writes the functions, with what they name in place.
func (l *linker) emitCode() {
	var consts []int32 // program's number of each of a function's constants
	for i, f := range l.list {
		start := len(l.prog.Code)
		l.prog.Code = append(l.prog.Code, f.Code...)
		body := l.prog.Code[start:]
		consts = consts[:0]
		for i := range f.K {
			consts = append(consts, l.constant(&f.K[i], f.k[i]))
		}
		for _, at := range f.uses {
			body[at] = body[at].WithImm(consts[body[at].Imm()])
		}
		for i := range f.Relocs {
			r := &f.Relocs[i]
			in := &body[r.At]
			if r.Kind == RelCall {
				*in = l.callOf(*in, f.relocs[i])
			} else {
				*in = in.WithImm(l.native(f.relocs[i]))
			}
		}
		if f.runtime || f.Flags&UserCode != 0 || l.roots[f.Sym] {
			l.prog.Symbols[f.Sym] = TextBase + uint64(l.entry[i])
		}
	}
}

// callOf is a direct call of sym: a prologue that checks nothing is left out.
func (l *linker) callOf(in Instr, sym int32) Instr {
	i, _ := l.funcs.at(sym)
	if l.list[i].Code[0].Op == EnterLeaf {
		in.Op = CallLeaf
		return in.WithImm(int32(l.entry[i] + 1))
	}
	return in.WithImm(int32(l.entry[i]))
}

func (l *linker) native(sym int32) int32 {
	if n, ok := l.nat.at(sym); ok {
		return n
	}
	l.nat.set(sym, len(l.prog.Natives))
	l.prog.Natives = append(l.prog.Natives, l.lib.symbols[sym].name)
	return int32(len(l.prog.Natives) - 1)
}

// constant is the place of a constant in the program's pool, where each stands
// once.
func (l *linker) constant(k *Const, sym int32) int32 {
	next := len(l.prog.K)
	switch {
	case k.Kind == RelNone:
		if i, ok := l.pool[k.Value]; ok {
			return i
		}
		l.pool[k.Value] = int32(next)
	case k.Value == 0 && int(k.Kind) < len(l.consts):
		if i, ok := l.consts[k.Kind].at(sym); ok {
			return i
		}
		l.consts[k.Kind].set(sym, next)
	default:
		other := [2]uint64{uint64(k.Kind)<<32 | uint64(sym), k.Value}
		if i, ok := l.others[other]; ok {
			return i
		}
		l.others[other] = int32(next)
	}
	l.prog.K = append(l.prog.K, k.Value+l.resolve(k.Kind, sym))
	return int32(next)
}

func (l *linker) resolve(kind RelocKind, sym int32) uint64 {
	switch kind {
	case RelAddr, RelOff:
		i, _ := l.data.at(sym)
		if kind == RelOff {
			return l.addr[i] - l.base
		}
		return l.addr[i]
	case RelEntry, RelText:
		i, _ := l.funcs.at(sym)
		if kind == RelText {
			return uint64(l.entry[i])
		}
		return TextBase + uint64(l.entry[i])
	case RelClo:
		i, _ := l.closed.at(sym)
		return l.addr[i]
	}
	return 0
}

// emitData writes the data likewise.
func (l *linker) emitData() {
	for i, d := range l.blobs {
		at := l.addr[i] - l.base
		var bytes []byte
		if !l.isFar(d) {
			bytes = l.prog.Data[at : at+d.Size]
			copy(bytes, d.Bytes)
		}
		for i := range d.Relocs {
			r := &d.Relocs[i]
			v := l.resolve(r.Kind, d.refs[i]) + uint64(r.Add)
			if r.Kind.size() == 4 {
				binary.LittleEndian.PutUint32(bytes[r.At:], uint32(v))
			} else {
				binary.LittleEndian.PutUint64(bytes[r.At:], v)
			}
		}
		if !d.RO || strings.HasPrefix(d.Sym, "type:") {
			l.prog.Symbols[d.Sym] = l.addr[i]
		}
		if d.Type != "" {
			l.prog.Types[d.Sym] = d.Type
		}
	}
}
