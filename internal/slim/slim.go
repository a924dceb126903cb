// Package slim makes the module that Go's linker writes for js/wasm smaller to
// fetch, lets it grow by larger steps, and leaves what it does as it is. It knows how a module's data are
// written (WebAssembly's specification, 5.5.14) and how Go's table of functions lies
// in them (runtime/symtab.go); it knows nothing of the program, and is told which
// functions tracebacks should tell of.
package slim

import (
	"encoding/binary"
	"errors"
)

// Told is how much a traceback tells of a function.
type Told int

const (
	Package Told = iota // its package, "go/types.?", at "?:0"
	Name                // its name, at "?:0", without what is inlined there
	Line                // all: its name, arguments and line
	Never               // nothing: it is never called, and a trap takes its place
)

// Module returns module with its data in few segments, and without what tracebacks
// tell of functions beyond told. A table of functions that it doesn't know is left
// as it is. The name that told is asked for is what the linker calls the function.
//
// The table of functions is put together when the module starts; columns.go says how.
func Module(module []byte, told func(name string) Told) ([]byte, error) {
	return slim(module, told, true)
}

// slim is Module; without columns it leaves the table of functions where the program
// reads it.
func slim(module []byte, told func(name string) Told, columns bool) ([]byte, error) {
	sections, err := readSections(module)
	if err != nil {
		return nil, err
	}
	data := find(sections, dataSection)
	if data == nil || find(sections, startSection) != nil {
		return module, nil // nothing to do, or done
	}
	segments, err := readSegments(data.body)
	if err != nil {
		return nil, err
	}
	base, memory := image(segments)
	t := findTable(base, memory, told)
	if t != nil {
		if err := t.trap(find(sections, codeSection)); err != nil {
			return nil, err
		}
		if err := t.growAhead(sections); err != nil {
			return nil, err
		}
		t.dropTold()
	}
	var taken []byte
	at := 0
	if t != nil && columns {
		var l layout
		var ok bool
		if l, taken, ok = t.takeColumns(); ok {
			if at, err = grow(sections, len(taken)); err == nil {
				sections, err = addStart(sections, putTogether(l, base, at))
			}
			if err != nil {
				return nil, err
			}
		}
	}
	list := append(split(base, memory), split(at, taken)...)
	find(sections, dataSection).body = writeSegments(list)
	return writeSections(sections), nil
}

var errModule = errors.New("not a module of WebAssembly as Go's linker writes it")

// A segment is bytes that memory has at an address from the start.
type segment struct {
	at   int
	data []byte
}

// The constant expression in front of a segment is this, an address, and this.
const (
	i32Const = 0x41
	end      = 0x0b
)

func readSegments(body []byte) ([]segment, error) {
	r := &reader{data: body}
	var list []segment
	for range r.uint() {
		memory, op := r.uint(), r.byte()
		at, stop := r.int(), r.byte()
		data := r.take(int(r.uint()))
		if r.failed || memory != 0 || op != i32Const || stop != end || at < 0 || at+int64(len(data)) > maxMemory {
			return nil, errModule
		}
		list = append(list, segment{int(at), data})
	}
	if r.at != len(body) {
		return nil, errModule
	}
	return list, nil
}

// maxMemory is more than any program's data take.
const maxMemory = 1 << 28

// image is memory from the lowest address in segments to the highest.
func image(segments []segment) (base int, memory []byte) {
	if len(segments) == 0 {
		return 0, nil
	}
	base, top := segments[0].at, 0
	for _, s := range segments {
		base, top = min(base, s.at), max(top, s.at+len(s.data))
	}
	memory = make([]byte, top-base)
	for _, s := range segments {
		copy(memory[s.at-base:], s.data)
	}
	return base, memory
}

// gap is how many zeros in a row are left out. The linker does so from eight on,
// which saves bytes and costs more when they are compressed: zeros take almost
// nothing, and the addresses of a hundred thousand segments a sixth of all data.
const gap = 64

// split is memory that begins at base in segments.
func split(base int, memory []byte) (list []segment) {
	for at := 0; at < len(memory); {
		if memory[at] == 0 {
			at++
			continue
		}
		first, stop := at, at // stop is after the last that is not 0
		for ; at < len(memory) && at-stop < gap; at++ {
			if memory[at] != 0 {
				stop = at + 1
			}
		}
		list = append(list, segment{base + first, memory[first:stop]})
	}
	return list
}

func writeSegments(list []segment) []byte {
	out := binary.AppendUvarint(nil, uint64(len(list)))
	for _, s := range list {
		out = append(out, 0, i32Const)
		out = appendInt(out, int64(s.at))
		out = append(out, end)
		out = binary.AppendUvarint(out, uint64(len(s.data)))
		out = append(out, s.data...)
	}
	return out
}

// appendInt appends v as a signed LEB128.
func appendInt(b []byte, v int64) []byte {
	for v >= 0x40 || v < -0x40 {
		b = append(b, byte(v)|0x80)
		v >>= 7
	}
	return append(b, byte(v)&0x7f)
}

// A reader reads what a module is made of; beyond the end it fails.
type reader struct {
	data   []byte
	at     int
	failed bool
}

func (r *reader) take(n int) []byte {
	if r.failed || n < 0 || n > len(r.data)-r.at {
		r.failed = true
		return nil
	}
	b := r.data[r.at : r.at+n]
	r.at += n
	return b
}

func (r *reader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) uint() uint64 {
	v, n := binary.Uvarint(r.data[r.at:])
	if n <= 0 || v > 1<<32 {
		r.failed = true
		return 0
	}
	r.at += n
	return v
}

// int reads a signed LEB128.
func (r *reader) int() (v int64) {
	for shift := uint(0); shift < 35; shift += 7 {
		b := r.byte()
		v |= int64(b&0x7f) << shift
		if b < 0x80 {
			if b&0x40 != 0 {
				v -= 1 << (shift + 7)
			}
			return v
		}
	}
	r.failed = true
	return 0
}
