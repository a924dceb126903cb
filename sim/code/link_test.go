package code

import (
	"reflect"
	"testing"
)

// naming is a function that names symbols: it calls one and uses constants of others.
func naming(sym, calls string, consts ...string) *Func {
	f := &Func{Sym: sym, Name: sym, Frame: 1, Recover: -1, Code: []Instr{{Op: Enter, A: 1, B: 4}}}
	for i, c := range consts {
		f.Code = append(f.Code, Instr{Op: LoadK, A: 1}.WithImm(int32(i)))
		f.K = append(f.K, Const{Kind: RelAddr, Sym: c})
	}
	if calls != "" {
		f.Relocs = append(f.Relocs, Reloc{At: uint32(len(f.Code)), Kind: RelCall, Sym: calls})
		f.Code = append(f.Code, Instr{Op: Call, A: 1})
	}
	f.Code = append(f.Code, Instr{Op: Ret})
	return f
}

// cell is data, with the address of another symbol in them.
func cell(sym string, value byte, refs ...string) *Data {
	d := &Data{Sym: sym, Size: 16, Align: 8, Bytes: []byte{value}, DupOK: true}
	for _, r := range refs {
		d.Relocs = append(d.Relocs, Reloc{At: 8, Kind: RelAddr, Sym: r})
	}
	return d
}

// TestLinkRemembersNothing: what was linked before, which parts of the library
// were there then, and that names were numbered anew, are not to be seen in a program.
func TestLinkRemembersNothing(t *testing.T) {
	archive := func(objects ...*Object) *Archive {
		b, err := Encode(objects...)
		if err != nil {
			t.Fatal(err)
		}
		a, err := OpenArchive(b)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	first := archive(&Object{
		Funcs: []*Func{naming("lib.f", "lib.g", "lib.x"), naming("lib.g", "", "lib.y"), naming("lib.h", "lib.later", "lib.x")},
		Data:  []*Data{cell("lib.x", 1, "lib.y"), cell("lib.y", 2)},
	})
	second := archive(&Object{Funcs: []*Func{naming("lib.later", "", "lib.z")}, Data: []*Data{cell("lib.z", 3)}})
	library := func() *Archives {
		s := NewArchives()
		s.Add(first)
		return s
	}
	programs := []*Object{
		{Funcs: []*Func{naming("main.main", "lib.f", "main.v", "lib.x")}, Data: []*Data{cell("main.v", 9, "lib.y")}},
		{Funcs: []*Func{naming("main.main", "lib.h", "lib.y")}, Data: []*Data{cell("lib.y", 7)}}, // another lib.y
		{Funcs: []*Func{naming("main.main", "main.f"), naming("main.f", "lib.g")}},
	}
	link := func(o *Object, lib *Archives) *Program {
		p, err := Link(0xc000000000, []string{"main.main", "main.absent"}, o, lib)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	used := library()
	for round := range 3 {
		if round == 1 {
			used.Add(second)
		}
		if round == 2 {
			for i := range foreign {
				used.number(string(rune('a'+i%26)) + string(rune(i)))
			}
		}
		for i, o := range programs {
			fresh := library()
			if round > 0 {
				fresh.Add(second)
			}
			if want, got := link(o, fresh), link(o, used); !reflect.DeepEqual(got, want) {
				t.Errorf("round %d, program %d: linked by a library that has served is\n%+v\nand by a new one\n%+v", round, i, got, want)
			}
		}
	}
	if len(used.symbols) > foreign {
		t.Errorf("%d names are still numbered", len(used.symbols))
	}
}
