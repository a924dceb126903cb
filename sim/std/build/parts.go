package build

import (
	"slices"

	"gopark/sim/code"
	"gopark/sim/std"
)

// first are the packages that nearly every program needs; with all that they
// need they are the image's first part.
var first = []string{"runtime", "fmt", "sync", "time"}

// A partitioner finds what each package needs and what it leaves to those.
type partitioner struct {
	packages []*Package
	objects  []*code.Object // by package; nil: types only
	number   map[string]int // of a package, by its path
	defines  []map[string]bool
	definer  map[string]int // package, by symbol; of several the first
	needs    [][]int        // direct, by package
}

// parts divides the library: package images, in the order of l.Packages, and
// their objects make part images.
func (l *Library) parts(images []std.PackageImage, objects []*code.Object) ([]std.PartImage, error) {
	p := &partitioner{packages: l.Packages, objects: objects, number: map[string]int{}, definer: map[string]int{}}
	for i, pkg := range l.Packages {
		p.number[pkg.Path] = i
	}
	p.index()
	p.findNeeds()
	for i := range images {
		for _, n := range p.needs[i] {
			images[i].Needs = append(images[i].Needs, l.Packages[n].Path)
		}
	}
	inFirst := map[int]bool{}
	for _, path := range first {
		if n, ok := p.number[path]; ok {
			p.reach(n, inFirst)
		}
	}
	lists := [][]int{nil}
	for i := range images {
		if inFirst[i] {
			lists[0] = append(lists[0], i)
		} else {
			lists = append(lists, []int{i})
		}
	}
	if len(lists[0]) == 0 {
		lists = lists[1:]
	}
	var parts []std.PartImage
	for _, list := range lists {
		part, err := p.part(images, list)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	if len(lists[0]) > 1 {
		parts[0].Name = "first"
	}
	return parts, nil
}

// index notes who defines what. Functions and data have names apart.
func (p *partitioner) index() {
	for i, o := range p.objects {
		p.defines = append(p.defines, map[string]bool{})
		define := func(sym string) {
			p.defines[i][sym] = true
			if _, ok := p.definer[sym]; !ok {
				p.definer[sym] = i
			}
		}
		for _, f := range o.Funcs {
			if f.Flags&code.NativeFn == 0 {
				define("f" + f.Sym)
			}
		}
		for _, d := range o.Data {
			define("d" + d.Sym)
		}
	}
}

// findNeeds finds what a package imports, and who defines what it refers to
// beyond that: what linknames reach.
func (p *partitioner) findNeeds() {
	p.needs = make([][]int, len(p.packages))
	for i, pkg := range p.packages {
		list := map[int]bool{}
		for _, imp := range pkg.Types.Imports() {
			list[p.number[imp.Path()]] = true
		}
		if p.objects != nil {
			references(p.objects[i], func(sym string) {
				if at, ok := p.definer[sym]; ok && !p.defines[i][sym] {
					list[at] = true
				}
			})
		}
		for n := range list {
			p.needs[i] = append(p.needs[i], n)
		}
		slices.Sort(p.needs[i])
	}
}

// references calls yield for every symbol that o refers to, marked as index
// marks them.
func references(o *code.Object, yield func(sym string)) {
	reloc := func(kind code.RelocKind, sym string) {
		switch kind {
		case code.RelAddr, code.RelOff:
			yield("d" + sym)
		case code.RelEntry, code.RelText, code.RelCall, code.RelClo:
			yield("f" + sym)
		}
	}
	for _, f := range o.Funcs {
		for _, r := range f.Relocs {
			reloc(r.Kind, r.Sym)
		}
		for _, k := range f.K {
			reloc(k.Kind, k.Sym)
		}
		for _, v := range f.Vars {
			yield("d" + v.Type)
		}
	}
	for _, d := range o.Data {
		for _, r := range d.Relocs {
			reloc(r.Kind, r.Sym)
		}
		yield("d" + d.Type)
	}
}

// reach adds package n and all it needs to set.
func (p *partitioner) reach(n int, set map[int]bool) {
	if set[n] {
		return
	}
	set[n] = true
	for _, m := range p.needs[n] {
		p.reach(m, set)
	}
}

// part makes the part of the packages in list. A definition that may be
// repeated is left to a package before them, in order and in need.
func (p *partitioner) part(images []std.PackageImage, list []int) (std.PartImage, error) {
	part := std.PartImage{Name: p.packages[list[0]].Path}
	var objects []*code.Object
	for _, i := range list {
		part.Packages = append(part.Packages, images[i])
		if p.objects != nil {
			objects = append(objects, p.rest(i))
		}
	}
	if objects == nil {
		return part, nil
	}
	var err error
	part.Archive, err = code.Encode(stubsLast(objects)...)
	return part, err
}

// rest is package i's object without what the packages it needs define, and
// without the stubs of natives that somebody defines (a pushed linkname).
func (p *partitioner) rest(i int) *code.Object {
	needed := map[int]bool{}
	p.reach(i, needed)
	elsewhere := func(sym string) bool {
		for n := range needed {
			if n < i && p.defines[n][sym] {
				return true
			}
		}
		return false
	}
	o := *p.objects[i]
	o.Funcs, o.Data = nil, nil
	for _, f := range p.objects[i].Funcs {
		_, defined := p.definer["f"+f.Sym]
		if f.Flags&code.NativeFn != 0 && !defined || f.Flags&code.NativeFn == 0 && !(f.Flags&code.DupOK != 0 && elsewhere("f"+f.Sym)) {
			o.Funcs = append(o.Funcs, f)
		}
	}
	for _, d := range p.objects[i].Data {
		if !d.DupOK || !elsewhere("d"+d.Sym) {
			o.Data = append(o.Data, d)
		}
	}
	return &o
}
