package code

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// An archive is objects in writing: a table of strings, an index of symbols in
// order, and a body for each, which is decoded when somebody asks for it. All
// numbers are varints.
//
//	magic
//	strings: count, each one's length, their bytes
//	symbols: count, for each, in order of their names: string, kind, length of the body
//	bodies, in the same order
const archiveMagic = "gopark archive 1\n"

// The kinds of symbols in an archive.
const (
	archFunc = iota
	archData
)

var errArchive = errors.New("not an archive, or a damaged one")

// Encode writes objects as one archive. Of several definitions of a symbol the
// first is kept, if the others are DupOK.
func Encode(objects ...*Object) ([]byte, error) {
	w := &archWriter{numbers: map[string]uint64{}}
	seen := map[string]bool{}
	for _, o := range objects {
		for _, f := range o.Funcs {
			if seen["f"+f.Sym] && f.Flags&DupOK == 0 {
				return nil, fmt.Errorf("%s: function %s is defined twice", o.Path, f.Sym)
			}
			if !seen["f"+f.Sym] {
				w.add(f.Sym, archFunc, func() { w.function(f) })
			}
			seen["f"+f.Sym] = true
		}
		for _, d := range o.Data {
			if seen["d"+d.Sym] && !d.DupOK {
				return nil, fmt.Errorf("%s: data %s is defined twice", o.Path, d.Sym)
			}
			if !seen["d"+d.Sym] {
				w.add(d.Sym, archData, func() { w.data(d) })
			}
			seen["d"+d.Sym] = true
		}
	}
	return w.finish(), nil
}

// An archWriter gathers bodies and the strings they use.
type archWriter struct {
	numbers map[string]uint64
	strings []string
	symbols []archSymbol
	buf     []byte // the body being written
}

type archSymbol struct {
	name string
	kind uint64
	body []byte
}

func (w *archWriter) add(name string, kind uint64, write func()) {
	w.buf = nil
	w.str(name)
	write()
	w.symbols = append(w.symbols, archSymbol{name, kind, w.buf})
}

func (w *archWriter) uint(v uint64) { w.buf = binary.AppendUvarint(w.buf, v) }
func (w *archWriter) int(v int64)   { w.buf = binary.AppendVarint(w.buf, v) }

func (w *archWriter) str(s string) {
	n, ok := w.numbers[s]
	if !ok {
		n = uint64(len(w.strings))
		w.numbers[s] = n
		w.strings = append(w.strings, s)
	}
	w.uint(n)
}

func (w *archWriter) bool(b bool) {
	if b {
		w.uint(1)
	} else {
		w.uint(0)
	}
}

func (w *archWriter) function(f *Func) {
	w.str(f.Name)
	w.str(f.File)
	w.int(int64(f.Line))
	w.int(int64(f.Recover))
	for _, v := range []uint64{uint64(f.Flags), uint64(f.Params), uint64(f.Results), uint64(f.Frame), uint64(f.Out)} {
		w.uint(v)
	}
	w.uint(uint64(len(f.Args)))
	for _, n := range f.Args {
		w.uint(uint64(n))
	}
	w.uint(uint64(len(f.Code)))
	for _, in := range f.Code {
		w.uint(uint64(in.Op))
		w.uint(uint64(in.A))
		w.uint(uint64(in.B))
		w.uint(uint64(in.C))
	}
	w.relocs(f.Relocs)
	w.uint(uint64(len(f.K)))
	for _, k := range f.K {
		w.uint(uint64(k.Kind))
		w.uint(k.Value)
		w.str(k.Sym)
	}
	w.uint(uint64(len(f.Lines)))
	for _, l := range f.Lines {
		w.uint(uint64(l.PC))
		w.int(int64(l.Line))
	}
	w.uint(uint64(len(f.Vars)))
	for _, v := range f.Vars {
		w.str(v.Name)
		w.str(v.Type)
		w.uint(uint64(v.Slot))
		w.bool(v.Indirect)
		w.uint(uint64(v.From))
		w.uint(uint64(v.To))
	}
}

func (w *archWriter) data(d *Data) {
	w.uint(d.Size)
	w.uint(uint64(d.Align))
	w.bool(d.RO)
	w.bool(d.DupOK)
	w.str(d.Type)
	w.uint(uint64(len(d.Bytes)))
	w.buf = append(w.buf, d.Bytes...)
	w.relocs(d.Relocs)
}

func (w *archWriter) relocs(list []Reloc) {
	w.uint(uint64(len(list)))
	at := uint32(0)
	for _, r := range list {
		w.int(int64(r.At) - int64(at))
		at = r.At
		w.uint(uint64(r.Kind))
		w.str(r.Sym)
		w.int(r.Add)
	}
}

func (w *archWriter) finish() []byte {
	slices.SortFunc(w.symbols, func(a, b archSymbol) int {
		return cmp.Or(strings.Compare(a.name, b.name), cmp.Compare(a.kind, b.kind))
	})
	out := []byte(archiveMagic)
	out = binary.AppendUvarint(out, uint64(len(w.strings)))
	for _, s := range w.strings {
		out = binary.AppendUvarint(out, uint64(len(s)))
	}
	for _, s := range w.strings {
		out = append(out, s...)
	}
	out = binary.AppendUvarint(out, uint64(len(w.symbols)))
	for _, s := range w.symbols {
		out = binary.AppendUvarint(out, w.numbers[s.name])
		out = binary.AppendUvarint(out, s.kind)
		out = binary.AppendUvarint(out, uint64(len(s.body)))
	}
	for _, s := range w.symbols {
		out = append(out, s.body...)
	}
	return out
}
