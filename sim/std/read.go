package std

import (
	"bytes"
	"encoding/binary"
	"errors"
)

var errImage = errors.New("not an image of the standard library, or a damaged one")

// An index is an image's, in memory.
type index struct {
	parts    []*part
	packages map[string]*indexed
	order    []string // paths, as in the image
}

// An indexed package is one that an image has.
type indexed struct {
	path   string
	public bool
	part   int
	needs  []string // paths
}

// A part is one of an image's.
type part struct {
	name, hash string
	bytes      []byte // nil: in a file of its own, not read so far
	opened     bool
}

// A stored package is one in a part that was read.
type stored struct {
	path    string
	generic bool
	files   []storedFile
}

type storedFile struct {
	name string
	text []byte
}

// readIndex reads an image. It keeps b.
func readIndex(b []byte) (*index, error) {
	b, ok := bytes.CutPrefix(b, []byte(indexMagic))
	if !ok {
		return nil, errImage
	}
	x := &index{packages: map[string]*indexed{}}
	r := &imageReader{b: b}
	var inline []*part
	for range r.count() {
		p := &part{name: string(r.bytes()), hash: string(r.bytes())}
		if r.flag() {
			inline = append(inline, p)
		}
		x.parts = append(x.parts, p)
	}
	var needs [][]int
	for range r.count() {
		p := &indexed{path: string(r.bytes()), public: r.flag(), part: r.count()}
		var list []int
		for range r.count() {
			list = append(list, r.count())
		}
		x.order = append(x.order, p.path)
		x.packages[p.path] = p
		needs = append(needs, list)
		r.bad = r.bad || p.part >= len(x.parts)
	}
	for i, path := range x.order {
		for _, n := range needs[i] {
			if n >= len(x.order) {
				return nil, errImage
			}
			x.packages[path].needs = append(x.packages[path].needs, x.order[n])
		}
	}
	for _, p := range inline {
		p.bytes = r.bytes()
	}
	if r.bad || len(r.b) > 0 || len(x.parts) == 0 || len(x.packages) != len(x.order) {
		return nil, errImage
	}
	return x, nil
}

// readPart reads a part: packages, linknames, and the archive.
func readPart(b []byte, linknames map[string]string) (packages []*stored, archive []byte, err error) {
	b, ok := bytes.CutPrefix(b, []byte(partMagic))
	if !ok {
		return nil, nil, errImage
	}
	r := &imageReader{b: b}
	for range r.count() {
		st := &stored{path: string(r.bytes()), generic: r.flag()}
		for range r.count() {
			local, to := string(r.bytes()), string(r.bytes())
			linknames[local] = to
		}
		for range r.count() {
			st.files = append(st.files, storedFile{string(r.bytes()), r.bytes()})
			if r.bad {
				return nil, nil, errImage
			}
		}
		packages = append(packages, st)
	}
	archive = r.bytes()
	if r.bad || len(r.b) > 0 {
		return nil, nil, errImage
	}
	return packages, archive, nil
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

func (r *imageReader) flag() bool { return r.count() == 1 }

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
