package code

import (
	"math/rand"
	"reflect"
	"slices"
	"testing"
	"testing/quick"
)

// Every field of a random object comes back, so a field that codec.go forgets
// fails here.
func TestArchiveRoundTrip(t *testing.T) {
	rnd := rand.New(rand.NewSource(1))
	for range 50 {
		v, ok := quick.Value(reflect.TypeFor[Object](), rnd)
		if !ok {
			t.Fatal("no random object")
		}
		o := fixObject(v.Interface().(Object))
		b, err := Encode(o)
		if err != nil {
			t.Fatal(err)
		}
		a, err := OpenArchive(b)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range o.Funcs {
			i, _ := a.find(f.Sym, archFunc)
			if got := a.decode(f.Sym, i); !reflect.DeepEqual(got, f) {
				t.Fatalf("function came back as\n%+v, was\n%+v", got, f)
			}
		}
		for _, d := range o.Data {
			if got := a.Data(d.Sym); !reflect.DeepEqual(got, d) {
				t.Fatalf("data came back as\n%+v, was\n%+v", got, d)
			}
		}
		if a.Func("no such function") != nil || a.Data("no such data") != nil || a.Err() != nil {
			t.Fatal("found what is not there, or an error: ", a.Err())
		}
	}
}

// fixObject makes a random object one that can be: symbols are unique, sizes
// hold the bytes, and empty lists are nil.
func fixObject(o Object) *Object {
	seen := map[string]bool{}
	var funcs []*Func
	for _, f := range o.Funcs {
		if f != nil && !seen[f.Sym] {
			funcs = append(funcs, f)
			seen[f.Sym] = true
			f.Said = nil // is not stored
			nilEmpty(reflect.ValueOf(f).Elem())
		}
	}
	var data []*Data
	for _, d := range o.Data {
		if d != nil && !seen[d.Sym] {
			data = append(data, d)
			seen[d.Sym] = true
			d.Size = max(d.Size%maxStored, uint64(len(d.Bytes)))
			d.Align = 1 << (d.Align % 8)
			d.Relocs = slices.DeleteFunc(d.Relocs, func(r Reloc) bool { return uint64(r.At)+8 > d.Size })
			nilEmpty(reflect.ValueOf(d).Elem())
		}
	}
	return &Object{Path: o.Path, Funcs: funcs, Data: data}
}

func nilEmpty(v reflect.Value) {
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Slice && f.Len() == 0 {
			f.SetZero()
		}
	}
}

func TestEncodeKeepsOneOfEqualDefinitions(t *testing.T) {
	one := &Object{Path: "a", Data: []*Data{{Sym: "type:int", Size: 8, DupOK: true}}}
	two := &Object{Path: "b", Data: []*Data{{Sym: "type:int", Size: 8, DupOK: true}}}
	if _, err := Encode(one, two); err != nil {
		t.Fatal(err)
	}
	two.Data[0].DupOK = false
	if _, err := Encode(one, two); err == nil {
		t.Fatal("two definitions of type:int and no error")
	}
}

// Damage is an error or an absent definition, never a panic.
func FuzzArchive(f *testing.F) {
	o := &Object{
		Funcs: []*Func{{
			Sym: "main.main", Name: "main.main", File: "main.go", Line: 3, Recover: -1, Frame: 4,
			Code: []Instr{{Op: Enter}, {Op: Ret}}, Relocs: []Reloc{{At: 1, Kind: RelCall, Sym: "f"}},
			K: []Const{{Value: 7}}, Lines: []LineRun{{0, 3}}, Vars: []Var{{Name: "x", Slot: 2, To: 2}},
		}},
		Data: []*Data{{Sym: "main.x", Size: 16, Align: 8, Bytes: []byte("abc")}},
	}
	b, err := Encode(o)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte(archiveMagic))
	for i := range b { // a bomb in place of each length
		f.Add(slices.Concat(b[:i], []byte("\xff\xff\xff\xff\x7f"), b[i:]))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := OpenArchive(b)
		if err != nil {
			return
		}
		a.Symbols(func(sym string, isData bool, _ int) bool {
			if isData {
				a.Data(sym)
			} else {
				a.Func(sym)
			}
			return true
		})
		all := NewArchives()
		all.Add(a)
		// What is not damaged can be linked, or it misses something.
		if p, err := Link(0xc000000000, []string{"main.main", "main.x"}, nil, all); err == nil && len(p.Data) > 1<<28 {
			t.Errorf("%d bytes make a program with %d bytes of data", len(b), len(p.Data))
		}
	})
}

// Every single damaged byte of a small archive is survived.
func TestDamagedArchive(t *testing.T) {
	b, err := Encode(&Object{Funcs: []*Func{{Sym: "f", Code: []Instr{{Op: Enter}, {Op: Ret}}}}})
	if err != nil {
		t.Fatal(err)
	}
	for i := range b {
		for _, x := range []byte{0, 1, 0x7f, 0x80, 0xff} {
			bad := append([]byte(nil), b...)
			bad[i] = x
			if a, err := OpenArchive(bad); err == nil {
				a.Func("f")
			}
		}
		if a, err := OpenArchive(b[:i]); err == nil {
			t.Fatalf("archive cut to %d of %d bytes opened: %v", i, len(b), a)
		}
	}
}
