package std

import (
	"bytes"
	"encoding/binary"
	"errors"
	"go/token"
	"maps"
	"slices"

	"gopark/sim/code"
)

// imageMagic starts an image. Then: the packages (count; each one's path,
// whether programs may import it, whether it has generic bodies, its linknames
// and its files), and the code archive. All strings have their length before
// them, numbers are varints.
const imageMagic = "gopark library 1\n"

var errImage = errors.New("not an image of the standard library, or a damaged one")

// A stored package is one in an image.
type stored struct {
	path    string
	public  bool
	generic bool
	files   []storedFile
}

type storedFile struct {
	name string
	text []byte
}

// A PackageImage is what goes into an image for a package.
type PackageImage struct {
	Path      string
	Public    bool              // programs may import it
	Generic   bool              // it has generic bodies
	Linknames map[string]string // "path.name" to symbol
	Files     []FileImage
}

// A FileImage is a file cut down to what importers see.
type FileImage struct {
	Name string
	Text []byte
}

// WriteImage returns the image of packages and their code, which may be nil.
func WriteImage(packages []PackageImage, archive []byte) []byte {
	b := []byte(imageMagic)
	str := func(s string) { b = append(binary.AppendUvarint(b, uint64(len(s))), s...) }
	num := func(n int) { b = binary.AppendUvarint(b, uint64(n)) }
	flag := func(f bool) {
		if f {
			num(1)
		} else {
			num(0)
		}
	}
	num(len(packages))
	for _, p := range packages {
		str(p.Path)
		flag(p.Public)
		flag(p.Generic)
		num(len(p.Linknames))
		for _, local := range sortedKeys(p.Linknames) {
			str(local)
			str(p.Linknames[local])
		}
		num(len(p.Files))
		for _, f := range p.Files {
			str(f.Name)
			str(string(f.Text))
		}
	}
	str(string(archive))
	return b
}

// Open reads an image. It keeps b.
func Open(b []byte) (*Library, error) {
	b, ok := bytes.CutPrefix(b, []byte(imageMagic))
	if !ok {
		return nil, errImage
	}
	l := &Library{
		Fset:      token.NewFileSet(),
		packages:  map[string]*stored{},
		linknames: map[string]string{},
		imported:  map[string]*Package{},
	}
	r := &imageReader{b: b}
	for range r.count() {
		r.readPackage(l)
	}
	archive := r.bytes()
	if r.bad || len(r.b) > 0 {
		return nil, errImage
	}
	l.paths = slices.DeleteFunc(sortedKeys(l.packages), func(p string) bool { return !l.packages[p].public })
	if len(archive) == 0 {
		return l, nil
	}
	var err error
	l.archive, err = code.OpenArchive(archive)
	return l, err
}

// An imageReader takes values from the front of b; after a mistake bad is set.
type imageReader struct {
	b   []byte
	bad bool
}

func (r *imageReader) count() int {
	n, size := binary.Uvarint(r.b)
	if size <= 0 || n > uint64(len(r.b)) {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[size:]
	return int(n)
}

func (r *imageReader) bytes() []byte {
	n := r.count()
	if n > len(r.b) {
		r.bad, r.b = true, nil
		return nil
	}
	b := r.b[:n:n]
	r.b = r.b[n:]
	return b
}

func (r *imageReader) readPackage(l *Library) {
	st := &stored{path: string(r.bytes()), public: r.count() == 1, generic: r.count() == 1}
	for range r.count() {
		local, to := string(r.bytes()), string(r.bytes())
		l.linknames[local] = to
	}
	for range r.count() {
		st.files = append(st.files, storedFile{string(r.bytes()), r.bytes()})
		if r.bad {
			return
		}
	}
	l.packages[st.path] = st
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
