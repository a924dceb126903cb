package slim

import (
	"encoding/binary"
	"slices"
)

const preamble = 8 // magic and version

// Kinds of sections; they stand in this order.
const (
	typeSection     = 1
	importSection   = 2
	functionSection = 3
	memorySection   = 5
	globalSection   = 6
	startSection    = 8
	elementSection  = 9
	codeSection     = 10
	dataSection     = 11
)

// A section is a part of a module.
type section struct {
	id   byte
	body []byte
}

func readSections(module []byte) ([]section, error) {
	if len(module) < preamble {
		return nil, errModule
	}
	var list []section
	r := &reader{data: module, at: preamble}
	for r.at < len(r.data) {
		id := r.byte()
		list = append(list, section{id, r.take(int(r.uint()))})
		if r.failed {
			return nil, errModule
		}
	}
	return list, nil
}

func writeSections(list []section) []byte {
	out := []byte("\x00asm\x01\x00\x00\x00")
	for _, s := range list {
		out = append(out, s.id)
		out = binary.AppendUvarint(out, uint64(len(s.body)))
		out = append(out, s.body...)
	}
	return out
}

// find is the section of that kind, nil if there is none.
func find(list []section, id byte) *section {
	i := slices.IndexFunc(list, func(s section) bool { return s.id == id })
	if i < 0 {
		return nil
	}
	return &list[i]
}

// page is how many bytes memory is counted in.
const page = 1 << 16

// grow gives the module n bytes of memory more to begin with, and returns where
// they are. The program finds them there, and zero, as if it had asked for them
// (runtime/mem_wasm.go).
func grow(list []section, n int) (at int, err error) {
	s := find(list, memorySection)
	if s == nil {
		return 0, errModule
	}
	r := &reader{data: s.body}
	memories, limits, pages := r.uint(), r.byte(), r.uint()
	if r.failed || memories != 1 || limits != 0 || r.at != len(s.body) {
		return 0, errModule
	}
	s.body = binary.AppendUvarint([]byte{1, 0}, pages+uint64(n+page-1)/page)
	return int(pages) * page, nil
}

// addStart gives the module a function more, which runs when it is started.
func addStart(list []section, body []byte) ([]section, error) {
	types, imports := find(list, typeSection), find(list, importSection)
	functions, code := find(list, functionSection), find(list, codeSection)
	at := slices.IndexFunc(list, func(s section) bool { return s.id == elementSection })
	if types == nil || imports == nil || functions == nil || code == nil || at < 0 {
		return nil, errModule
	}
	before, err := importedFuncs(imports.body)
	if err != nil {
		return nil, err
	}
	typ, err := appendItem(types, []byte{0x60, 0, 0}) // takes nothing, returns nothing
	if err != nil {
		return nil, err
	}
	nth, err := appendItem(functions, binary.AppendUvarint(nil, typ))
	if err != nil {
		return nil, err
	}
	if _, err := appendItem(code, append(binary.AppendUvarint(nil, uint64(len(body))), body...)); err != nil {
		return nil, err
	}
	return slices.Insert(list, at, section{startSection, binary.AppendUvarint(nil, before+nth)}), nil
}

// appendItem appends to a section that is a list, and returns the item's number.
func appendItem(s *section, item []byte) (uint64, error) {
	r := &reader{data: s.body}
	n := r.uint()
	if r.failed {
		return 0, errModule
	}
	s.body = slices.Concat(binary.AppendUvarint(nil, n+1), s.body[r.at:], item)
	return n, nil
}

// importedFuncs is how many functions a module imports; Go's imports nothing else.
func importedFuncs(body []byte) (uint64, error) {
	r := &reader{data: body}
	n := r.uint()
	for range n {
		r.take(int(r.uint())) // the other module's name
		r.take(int(r.uint())) // and the function's
		if r.byte() != 0 {
			return 0, errModule
		}
		r.uint() // its type
	}
	if r.failed {
		return 0, errModule
	}
	return n, nil
}

// trapBody is a function without variables that ends the program.
var trapBody = []byte{0, opUnreachable, opEnd}

// trap replaces the functions that are never called.
func (t *functab) trap(code *section) error {
	return t.replace(code, func(f record, body []byte) ([]byte, error) {
		if f.told == Never {
			body = trapBody
		}
		return body, nil
	})
}

// replace gives each function the body that other makes of its present one. The table
// has the functions in the order of the code (cmd/link/internal/wasm/asm.go).
func (t *functab) replace(code *section, other func(f record, body []byte) ([]byte, error)) error {
	if code == nil {
		return errModule
	}
	r := &reader{data: code.body}
	if n := r.uint(); n != uint64(len(t.funcs)) {
		return errModule
	}
	out := code.body[:r.at:r.at]
	for _, f := range t.funcs {
		body, err := other(f, r.take(int(r.uint())))
		if err != nil {
			return err
		}
		out = append(binary.AppendUvarint(out, uint64(len(body))), body...)
	}
	if r.failed || r.at != len(code.body) {
		return errModule
	}
	code.body = out
	return nil
}
