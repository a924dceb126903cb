package std

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
)

// An image is an index and parts. The index says which packages there are, what
// they need, and in which part each is; a part holds one package, or several
// that nearly every program needs. Parts stand behind the index in the same
// file, or in files of their own, which are asked for when a program imports
// what is in them.
//
//	indexMagic
//	parts: count, for each: name, hash, whether it is in this file
//	packages: count, for each: path, whether programs may import it, its part,
//	    the numbers of the packages that it needs: imports, and what linknames reach
//	the parts that are in this file, in order
//
//	partMagic
//	packages: count, for each: path, whether it has generic bodies, its
//	    linknames, its files
//	the archive of their code
//
// All strings have their length before them, numbers are varints.
const (
	indexMagic = "gopark library 2\n"
	partMagic  = "gopark packages 1\n"
)

// A PackageImage is what goes into an image for a package.
type PackageImage struct {
	Path      string
	Public    bool              // programs may import it
	Generic   bool              // it has generic bodies
	Linknames map[string]string // "path.name" to symbol
	Files     []FileImage
	Needs     []string // paths of the packages that must be there too
}

// A FileImage is a file cut down to what importers see.
type FileImage struct {
	Name string
	Text []byte
}

// A PartImage is packages that are fetched together, and their code.
type PartImage struct {
	Name     string // of the part; its hash is added
	Packages []PackageImage
	Archive  []byte // nil: types only
}

// PartSuffix is what the name of a part's file has behind the part's own: it is
// gzipped.
const PartSuffix = ".part.gz"

// A Part is a part in writing. Its name tells its content, so it can be kept
// for ever.
type Part struct {
	Name  string
	Bytes []byte
}

// WriteImage returns the image of parts, all in one file.
func WriteImage(parts []PartImage) []byte {
	x := &index{packages: map[string]*indexed{}}
	for _, p := range parts {
		x.addPart(p)
	}
	return x.write(func(int) bool { return true })
}

// Split takes an image in one file apart: its index with the first part, and
// the others.
func Split(image []byte) (first []byte, rest []Part, err error) {
	x, err := readIndex(image)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range x.parts {
		if p.bytes == nil {
			return nil, nil, fmt.Errorf("part %s is not in the image's file", p.name)
		}
	}
	for _, p := range x.parts[1:] {
		rest = append(rest, Part{p.name, p.bytes})
	}
	return x.write(func(i int) bool { return i == 0 }), rest, nil
}

// hashOf tells versions of a part, and damaged ones, apart.
func hashOf(b []byte) string {
	h := fnv.New64a()
	h.Write(b)
	return string(h.Sum(nil))
}

// addPart writes p and lists what is in it.
func (x *index) addPart(p PartImage) {
	for _, img := range p.Packages {
		x.packages[img.Path] = &indexed{path: img.Path, public: img.Public, part: len(x.parts), needs: img.Needs}
		x.order = append(x.order, img.Path)
	}
	b := writePart(p)
	name := fmt.Sprintf("%s-%s", strings.ReplaceAll(p.Name, "/", "-"), hex.EncodeToString([]byte(hashOf(b))))
	x.parts = append(x.parts, &part{name: name, hash: hashOf(b), bytes: b})
}

// write writes the index, and behind it the parts that inline says.
func (x *index) write(inline func(part int) bool) []byte {
	w := imageWriter(indexMagic)
	w.num(len(x.parts))
	for i, p := range x.parts {
		w.str(p.name)
		w.str(p.hash)
		w.flag(inline(i))
	}
	number := map[string]int{}
	for i, path := range x.order {
		number[path] = i
	}
	w.num(len(x.order))
	for _, path := range x.order {
		p := x.packages[path]
		w.str(path)
		w.flag(p.public)
		w.num(p.part)
		w.num(len(p.needs))
		for _, need := range p.needs {
			w.num(number[need])
		}
	}
	for i, p := range x.parts {
		if inline(i) {
			w.str(string(p.bytes))
		}
	}
	return w
}

func writePart(p PartImage) []byte {
	w := imageWriter(partMagic)
	w.num(len(p.Packages))
	for _, p := range p.Packages {
		w.str(p.Path)
		w.flag(p.Generic)
		w.num(len(p.Linknames))
		for _, local := range sortedKeys(p.Linknames) {
			w.str(local)
			w.str(p.Linknames[local])
		}
		w.num(len(p.Files))
		for _, f := range p.Files {
			w.str(f.Name)
			w.str(string(f.Text))
		}
	}
	w.str(string(p.Archive))
	return w
}

// An imageWriter appends values to itself.
type imageWriter []byte

func (w *imageWriter) str(s string) {
	*w = append(binary.AppendUvarint(*w, uint64(len(s))), s...)
}

func (w *imageWriter) num(n int) { *w = binary.AppendUvarint(*w, uint64(n)) }

func (w *imageWriter) flag(f bool) {
	if f {
		w.num(1)
	} else {
		w.num(0)
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
