package randgo

import (
	"fmt"
	"strings"
)

type kind uint8

const (
	boolean kind = iota
	integer
	float
	cmplx
	str
	slice
	array
	strukt
	pointer
	mapping
	function
	empty // interface{}
	iface // interface{ score() int }
)

// A typ is a type that bodies use.
type typ struct {
	src      string // as it is written
	name     string // of the basic type that it is, with a capital letter: "Int8"
	kind     kind
	bits     int
	unsigned bool
	n        int // length of an array
	elem     *typ
	key      *typ
	fields   []variable
	params   []*typ
	results  []*typ
	methods  bool // score, set and, through a pointer, bump
	loose    bool // not comparable, or not to be printed: holds pointers
}

func basicInt(src, name string, bits int, unsigned bool) *typ {
	return &typ{src: src, name: name, kind: integer, bits: bits, unsigned: unsigned}
}

var (
	tBool    = &typ{src: "bool", name: "Bool", kind: boolean}
	tInt     = basicInt("int", "Int", 64, false)
	tUint    = basicInt("uint", "Uint", 64, true)
	tUint8   = basicInt("uint8", "Uint8", 8, true)
	tFloat64 = &typ{src: "float64", name: "Float64", kind: float, bits: 64}
	tString  = &typ{src: "string", name: "String", kind: str}
	tAny     = &typ{src: "any", kind: empty}
	tScorer  = &typ{src: "scorer", kind: iface}
)

var integers = []*typ{
	tInt, basicInt("int8", "Int8", 8, false), basicInt("int16", "Int16", 16, false), basicInt("int32", "Int32", 32, false),
	basicInt("int64", "Int64", 64, false), tUint, tUint8, basicInt("uint16", "Uint16", 16, true),
	basicInt("uint32", "Uint32", 32, true), basicInt("uint64", "Uint64", 64, true), basicInt("uintptr", "Uintptr", 64, true),
}

var floats = []*typ{tFloat64, {src: "float32", name: "Float32", kind: float, bits: 32}}

var complexes = []*typ{
	{src: "complex128", name: "Complex128", kind: cmplx, bits: 128},
	{src: "complex64", name: "Complex64", kind: cmplx, bits: 64},
}

// basic is a type without parts.
func (g *gen) basic() *typ {
	switch g.n(10) {
	case 0:
		return tBool
	case 1, 2:
		return pick(g, floats)
	case 3:
		return pick(g, complexes)
	case 4:
		return tString
	case 5:
		return tInt
	}
	return pick(g, integers)
}

// plain is a type whose values can be compared and printed.
func (g *gen) plain() *typ {
	for range 4 {
		if g.one(3) {
			if t := pick(g, g.types); !t.loose {
				return t
			}
		}
	}
	return g.basic()
}

// any is a type for a variable.
func (g *gen) any(depth int) *typ {
	if depth <= 0 || g.one(3) {
		return g.plain()
	}
	switch g.n(12) {
	case 0, 1, 2:
		return sliceOf(g.part(depth - 1))
	case 3, 4:
		return arrayOf(g.part(depth-1), 1+g.n(5))
	case 5:
		return pointerTo(g.plain())
	case 6, 7:
		return mapOf(g.key(), g.plain())
	case 8:
		return tAny
	case 9:
		return tScorer
	}
	return pick(g, g.types)
}

// part is a type for an element or a field: no pointer, since fmt would print
// an address.
func (g *gen) part(depth int) *typ {
	if t := g.any(depth); t.kind != pointer {
		return t
	}
	return g.basic()
}

// key is a type for a map's keys. Keys of interface type would be printed in
// the order of their types' addresses.
func (g *gen) key() *typ {
	switch g.n(8) {
	case 0:
		return arrayOf(pick(g, integers), 1+g.n(3))
	case 1, 2:
		return pick(g, g.types).orInt()
	case 3, 4:
		return tString
	case 5:
		return tBool
	}
	return pick(g, integers)
}

// orInt is t, or int if t has values that are no good keys: a NaN is no key
// that can be found, or printed in its place.
func (t *typ) orInt() *typ {
	if t.loose || t.hasFloat() {
		return tInt
	}
	return t
}

func (t *typ) hasFloat() bool {
	for _, f := range t.fields {
		if f.t.hasFloat() {
			return true
		}
	}
	return t.kind == float || t.kind == cmplx || t.elem != nil && t.elem.hasFloat()
}

func sliceOf(t *typ) *typ { return &typ{src: "[]" + t.src, kind: slice, elem: t, loose: true} }

func arrayOf(t *typ, n int) *typ {
	return &typ{src: fmt.Sprintf("[%d]%s", n, t.src), kind: array, elem: t, n: n, loose: t.loose || t.kind >= empty}
}

func pointerTo(t *typ) *typ { return &typ{src: "*" + t.src, kind: pointer, elem: t, loose: true} }

func mapOf(k, t *typ) *typ {
	return &typ{src: "map[" + k.src + "]" + t.src, kind: mapping, key: k, elem: t, loose: true}
}

func funcOf(params []*typ, results []*typ) *typ {
	return &typ{src: "func(" + list(params) + ") (" + list(results) + ")", kind: function, params: params, results: results, loose: true}
}

func list(types []*typ) string {
	var parts []string
	for _, t := range types {
		parts = append(parts, t.src)
	}
	return strings.Join(parts, ", ")
}

// declareTypes declares named basic types and structs, with methods.
func (g *gen) declareTypes() {
	for range 1 + g.n(2) {
		t := *g.basic()
		under := t.src
		t.src = g.top("N")
		fmt.Fprintf(&g.decls, "\ntype %s %s\n", t.src, under)
		g.types = append(g.types, &t)
		g.scoreMethod(&t)
	}
	for i := range 2 + g.n(2) {
		t := &typ{kind: strukt, src: g.top("S")}
		fmt.Fprintf(&g.decls, "\ntype %s struct {\n", t.src)
		for k := range 1 + g.n(5) {
			ft := g.part(1)
			name := fmt.Sprintf("f%d", k)
			if last := g.lastStruct(); k == 0 && last != nil && g.one(3) {
				ft, name = last, last.src
				fmt.Fprintf(&g.decls, "\t%s\n", name)
			} else {
				fmt.Fprintf(&g.decls, "\t%s %s\n", name, ft.src)
			}
			t.fields = append(t.fields, variable{name: name, t: ft})
			t.loose = t.loose || ft.loose || ft.kind == empty || ft.kind == iface
		}
		g.decls.WriteString("}\n")
		g.types = append(g.types, t)
		if i > 0 {
			g.scoreMethod(t)
			g.bumpMethod(t)
		}
	}
}

func (g *gen) lastStruct() *typ {
	for i := len(g.types) - 1; i >= 0; i-- {
		if g.types[i].kind == strukt {
			return g.types[i]
		}
	}
	return nil
}

// scoreMethod declares t's score, a method without effects.
func (g *gen) scoreMethod(t *typ) {
	g.function(fmt.Sprintf("(r %s) score() int", t.src), func() {
		g.vars = []*variable{{name: "r", t: t}}
		g.line("return %s", g.expr(tInt, 2))
	})
	t.methods = true
}

// bumpMethod declares a method that changes its receiver.
func (g *gen) bumpMethod(t *typ) {
	g.function(fmt.Sprintf("(r *%s) bump(p int) int", t.src), func() {
		f := pick(g, t.fields)
		g.vars = []*variable{{name: "p", t: tInt}}
		for i := range t.fields {
			g.vars = append(g.vars, &variable{name: "r." + t.fields[i].name, t: t.fields[i].t})
		}
		g.risks = 1
		g.line("r.%s = %s", f.name, g.expr(f.t, 2))
		g.line("return %s", g.expr(tInt, 2))
	})
}
