package rtype_test

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"gopark/sim/code"
	"gopark/sim/rtype"
	"gopark/sim/rtype/rtypetest"
)

type point struct {
	X int32 `json:"c"`
	Y int32
}

type odd struct {
	a uint8
	_ int64
	_ func()
	_ float64
	s string
	e any
	time.Duration
}

func (p point) String() string              { return "p" }
func (p *point) Scale(k int32, by ...int32) {}

type scaler interface {
	Scale(k int32, by ...int32)
	String() string
}

type ring struct {
	next *ring
	v    int
}

var sampleTypes = []any{
	true, 1, int8(1), int16(1), int32(1), int64(1), uint(1), uint8(1), uint16(1), uint32(1), uint64(1), uintptr(1),
	float32(1), 1.0, complex64(1), complex128(1), "s", []int{}, [3]string{}, [1]*int{}, map[string][]int{},
	make(chan int), make(<-chan string), func(int, ...string) (bool, error) { return false, nil },
	point{}, &point{}, odd{}, struct{ p *int }{}, struct{}{}, time.Second, reflect.TypeFor[scaler],
	new(scaler), new(any), new(error), ring{},
}

func TestAccessors(t *testing.T) {
	e := rtypetest.New(1 << 24)
	for _, v := range sampleTypes {
		want := reflect.TypeOf(v)
		got := rtype.At(e.Mem, e.Type(want))
		check := func(what string, got, want any) {
			t.Helper()
			if got != want {
				t.Errorf("%v: %s = %v, want %v", want, what, got, want)
			}
		}
		check("Size", got.Size(), uint64(want.Size()))
		check("Align", got.Align(), uint64(want.Align()))
		check("Kind", uint8(got.Kind()), uint8(want.Kind()))
		check("String", got.String(), want.String())
		check("PkgPath", got.PkgPath(), want.PkgPath())
		check("Comparable", got.Comparable(), want.Comparable())
		check("Named", got.Named(), want.Name() != "")
		switch want.Kind() {
		case reflect.Slice, reflect.Array, reflect.Chan, reflect.Pointer, reflect.Map:
			check("Elem", got.Elem().String(), want.Elem().String())
		case reflect.Func:
			check("NumIn", got.NumIn(), want.NumIn())
			check("NumOut", got.NumOut(), want.NumOut())
			check("Variadic", got.Variadic(), want.IsVariadic())
			for i := range want.NumIn() {
				check("In", got.In(i).String(), want.In(i).String())
			}
			for i := range want.NumOut() {
				check("Out", got.Out(i).String(), want.Out(i).String())
			}
		case reflect.Struct:
			checkFields(t, got, want)
		}
		if want.Kind() != reflect.Interface {
			check("NumMethod", got.NumMethod(), want.NumMethod())
			for i := range got.NumMethod() {
				check("Method", got.Method(i).Name.String(), want.Method(i).Name)
			}
		}
	}
}

func checkFields(t *testing.T, got rtype.Type, want reflect.Type) {
	if got.NumField() != want.NumField() {
		t.Fatalf("%v: NumField = %d", want, got.NumField())
	}
	for i := range want.NumField() {
		g, w := got.Field(i), want.Field(i)
		if g.Name.String() != w.Name || g.Name.Tag() != string(w.Tag) || g.Name.Embedded() != w.Anonymous ||
			g.Name.Exported() != w.IsExported() || g.Offset != uint64(w.Offset) || g.Type.String() != w.Type.String() {
			t.Errorf("%v: field %d = %q %q", want, i, g.Name.String(), g.Name.Tag())
		}
	}
}

// hostEqual compares with ==, reporting a panic's text.
func hostEqual(a, b any) (eq bool, msg string) {
	defer func() {
		if r := recover(); r != nil {
			msg = strings.TrimPrefix(fmt.Sprint(r), "runtime error: comparing uncomparable type ")
		}
	}()
	return a == b, ""
}

func TestEqualAgreesWithHost(t *testing.T) {
	e := rtypetest.New(1 << 26)
	x, y := 1, 2
	nan := math.NaN()
	negZero := math.Copysign(0, -1)
	values := []any{
		nil, true, false, 1, 2, int8(1), int16(-1), uint32(7), 1.5, nan, 0.0, negZero, float32(1), complex(1, nan),
		complex(0, negZero), complex64(2), "", "a", "ab", &x, &y, [2]string{"a", "b"}, [2]string{"a", "c"},
		point{1, 2}, point{1, 3}, odd{a: 1, s: "x", e: 1}, odd{a: 1, s: "x", e: "1"}, [2]any{1, "a"}, [2]any{1, nil},
		[2]any{[]int{1}, 1}, [2]any{[]int{1}, "x"}, []int{1}, func() {}, map[string]int(nil) == nil,
		struct{ a, b any }{1, []int{}}, struct{ a, b any }{2, []int{}}, struct{}{}, [0]int{},
		struct{ e error }{}, struct{ s fmt.Stringer }{point{1, 2}}, struct{ s fmt.Stringer }{time.Second},
		struct{ p *int }{&x}, [1]*int{&y}, [2]float64{0, negZero}, [2]float64{},
	}
	anyType := e.Type(reflect.TypeFor[any]())
	addr := make([]rtype.Addr, len(values))
	for i := range values {
		addr[i] = e.Value(reflect.ValueOf(&values[i]).Elem())
	}
	for i, a := range values {
		for j, b := range values {
			if _, isFunc := a.(func()); isFunc && i == j {
				continue // its address is the host's
			}
			wantEq, wantBad := hostEqual(a, b)
			eq, bad := rtype.Equal(e.Mem, anyType, addr[i], addr[j])
			badName := ""
			if bad != 0 {
				badName = rtype.At(e.Mem, bad).String()
			}
			if eq != wantEq || badName != wantBad {
				t.Errorf("%#v == %#v: %v, bad %q; want %v, %q", a, b, eq, badName, wantEq, wantBad)
			}
			if eq {
				checkHash(t, e, anyType, addr[i], addr[j])
			}
		}
	}
}

func checkHash(t *testing.T, e *rtypetest.Encoder, typ, a, b rtype.Addr) {
	never := func() uint64 { t.Error("random hash for a value equal to itself"); return 0 }
	h1, bad1 := rtype.Hash(e.Mem, typ, a, 42, never)
	h2, bad2 := rtype.Hash(e.Mem, typ, b, 42, never)
	if h1 != h2 || bad1 != 0 || bad2 != 0 {
		t.Errorf("hashes of equal %s, %s: %x %x", rtype.Format(e.Mem, typ, a), rtype.Format(e.Mem, typ, b), h1, h2)
	}
}

func TestHash(t *testing.T) {
	e := rtypetest.New(1 << 24)
	hash := func(v any, seed uint64) (uint64, string) {
		n := uint64(0)
		var box any = v
		h, bad := rtype.Hash(e.Mem, e.Type(reflect.TypeFor[any]()), e.Value(reflect.ValueOf(&box).Elem()), seed, func() uint64 { n++; return n })
		if bad != 0 {
			return 0, rtype.At(e.Mem, bad).String()
		}
		return h, ""
	}
	if _, bad := hash([]int{}, 1); bad != "[]int" {
		t.Errorf("hash of a slice: bad type %q", bad)
	}
	if _, bad := hash([1]any{map[int]int(nil) == nil}, 1); bad != "" {
		t.Errorf("hash of [1]any: %q", bad)
	}
	if _, bad := hash(struct{ f any }{func() {}}, 1); bad != "func()" {
		t.Errorf("hash of a struct that holds a func: bad type %q", bad)
	}
	seen := map[uint64]any{}
	for i := range 2000 {
		for _, v := range []any{i, fmt.Sprint(i), fmt.Sprint("a longer string than eight ", i), float64(i) + 0.5, [2]int32{int32(i), 0}} {
			h, _ := hash(v, 7)
			if old, dup := seen[h]; dup {
				t.Errorf("%v and %v have one hash", old, v)
			}
			seen[h] = v
		}
	}
	low := map[uint64]int{}
	for i := range 1280 {
		h, _ := hash(i*8, 7)
		low[h&0x7f]++
	}
	if len(low) < 120 {
		t.Errorf("only %d of 128 low parts occur", len(low))
	}
}

func TestITab(t *testing.T) {
	e := rtypetest.New(1 << 20)
	inter := e.Type(reflect.TypeFor[scaler]())
	ptr, val := e.Type(reflect.TypeFor[*point]()), e.Type(reflect.TypeFor[point]())
	tab := e.Alloc(rtype.ITabSize(e.Mem, inter), 0)
	if missing := rtype.BuildITab(e.Mem, tab, inter, val); missing != "Scale" {
		t.Errorf("point as scaler: missing %q, want Scale", missing)
	}
	if missing := rtype.BuildITab(e.Mem, tab, inter, ptr); missing != "" {
		t.Fatalf("*point as scaler: missing %q", missing)
	}
	for i, entry := range []uint64{100, 101} {
		if got := e.Mem.U64(tab + rtype.ITabFun + 8*uint64(i)); got != code.TextBase+entry {
			t.Errorf("Fun[%d] = %#x", i, got)
		}
	}
	if e.Mem.U64(tab+rtype.ITabType) != ptr || e.Mem.U64(tab+rtype.ITabInter) != inter {
		t.Error("wrong types in the itab")
	}
	stringer := e.Type(reflect.TypeFor[fmt.Stringer]())
	if m := rtype.InterfaceHas(e.Mem, stringer, inter); m != "" {
		t.Errorf("scaler lacks %q of Stringer", m)
	}
	if m := rtype.InterfaceHas(e.Mem, inter, stringer); m != "Scale" {
		t.Errorf("Stringer lacks %q of scaler", m)
	}
}

func TestFormat(t *testing.T) {
	e := rtypetest.New(1 << 24)
	r := &ring{v: 3}
	r.next = r
	var s fmt.Stringer = point{5, 6}
	for _, c := range []struct {
		v    any
		want string
	}{
		{true, "true"}, {-5, "-5"}, {uint8(200), "200"}, {2.5, "2.5"}, {1e6, "1e+06"}, {1e21, "1e+21"}, {0.00001, "1e-05"},
		{float32(0.1), "0.1"}, {complex(1, -2), "(1-2i)"}, {"a\n", `"a\n"`}, {"", `""`}, {point{1, 2}, "{1 2}"},
		{&point{1, 2}, "&{1 2}"}, {[]int{1, 2, 3}, "[1 2 3]"}, {[]string(nil), "[]"}, {[2]any{nil, "x"}, `[<nil> "x"]`},
		{struct{ s fmt.Stringer }{s}, "{{5 6}}"}, {(*point)(nil), "<nil>"}, {make([]int, 100), "[" + strings.Repeat("0 ", 32) + "…]"},
		{strings.Repeat("x", 500), `"` + strings.Repeat("x", 199) + "…"},
	} {
		if got := rtype.Format(e.Mem, e.Type(reflect.TypeOf(c.v)), e.Value(reflect.ValueOf(c.v))); got != c.want {
			t.Errorf("Format(%#v) = %s, want %s", c.v, got, c.want)
		}
	}
	if got := rtype.Format(e.Mem, e.Type(reflect.TypeOf(r)), e.Value(reflect.ValueOf(r))); !strings.HasPrefix(got, "&{0xc0") {
		t.Errorf("ring: %s", got)
	}
}

// TestFormatFloats compares with the host's fmt.
func TestFormatFloats(t *testing.T) {
	e := rtypetest.New(1 << 20)
	for _, f := range []float64{0, 1, 123456, 1234567, 1e20, 1e21, 123456789012345680000, 1e-4, 1e-5, 0.3, math.Inf(1), math.Inf(-1), math.NaN(), math.MaxFloat64} {
		got := rtype.Format(e.Mem, e.Type(reflect.TypeOf(f)), e.Value(reflect.ValueOf(f)))
		if want := fmt.Sprint(f); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// TestFormatWild prints memory that holds anything but values.
func TestFormatWild(t *testing.T) {
	e := rtypetest.New(1 << 20)
	var types []rtype.Addr
	for _, v := range sampleTypes {
		types = append(types, e.Type(reflect.TypeOf(v)))
	}
	junk := e.Alloc(1024, 0)
	for _, word := range []uint64{1, 0xc000000000, 0xc000000ff0, junk, junk + 512, 1 << 63, ^uint64(0), 0xdeadbeef, types[3], types[20], types[27]} {
		for i := range uint64(128) {
			e.Mem.PutU64(junk+8*i, word+i%3)
		}
		for _, typ := range append(types, junk, 0, 5, ^uint64(0), e.Mem.Size()+0xc000000000-8) {
			for _, a := range []rtype.Addr{junk, junk + 1, 0, ^uint64(0), e.Mem.Size() + 0xc000000000 - 4} {
				if got := rtype.Format(e.Mem, typ, a); len(got) > rtype.FormatMax+8 {
					t.Errorf("type %#x, address %#x: %d bytes", typ, a, len(got))
				}
			}
		}
	}
}

// TestUnexportedMethods checks that m of package a is not m of package b: by
// the path written with the name, or else the type's own.
func TestUnexportedMethods(t *testing.T) {
	for _, c := range []struct {
		nameHas, typeHas string // the method's package path, by name and by type
		want, interHas   string // the interface method's
		missing          string
	}{
		{"a", "x", "a", "x", ""},
		{"a", "x", "b", "x", "m"},
		{"", "a", "a", "", ""},
		{"", "a", "", "a", ""},
		{"a", "", "", "b", "m"},
		{"b", "a", "a", "", "m"},
	} {
		e := rtypetest.New(1 << 20)
		fn := e.Type(reflect.TypeFor[func()]())
		typ := e.ConcreteType(c.typeHas, e.PkgName("m", c.nameHas), fn)
		inter := e.InterfaceType(c.interHas, e.PkgName("m", c.want), fn)
		entry := uint32(0)
		got := rtype.Implements(e.Mem, inter, typ, func(_ int, pc uint32) { entry = pc })
		if got != c.missing || got == "" && entry != 7 {
			t.Errorf("%+v: missing %q, entry %d", c, got, entry)
		}
	}
}
