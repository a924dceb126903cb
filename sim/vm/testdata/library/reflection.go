// Reflection: types, values, calls, made types and functions.
package main

import (
	"fmt"
	"reflect"
	"strings"
)

type shape interface{ Area() float64 }

type rect struct {
	W    float64 `unit:"m" json:"w,omitempty"`
	H    float64
	name string
}

func (r rect) Area() float64               { return r.W * r.H }
func (r *rect) Scale(k float64, by ...int) { r.W *= k; r.H *= k }
func (r rect) String() string              { return fmt.Sprintf("rect(%gx%g)", r.W, r.H) }

type node struct {
	Next *node
	Vals map[string][]int
	shape
}

func main() {
	r := rect{2, 3, "r"}
	t := reflect.TypeOf(r)
	fmt.Println(t, t.Kind(), t.NumField(), t.NumMethod(), t.PkgPath(), t.Name(), t.Size())
	for i := range t.NumField() {
		f := t.Field(i)
		fmt.Println(f.Name, f.Type, f.Tag.Get("unit"), f.Offset, f.IsExported(), f.Index)
	}
	for i := range reflect.TypeOf(&r).NumMethod() {
		m := reflect.TypeOf(&r).Method(i)
		fmt.Println(m.Name, m.Type)
	}
	v := reflect.ValueOf(&r)
	v.Elem().Field(0).SetFloat(10)
	fmt.Println(r, v.MethodByName("Area").Call(nil)[0].Float())
	v.MethodByName("Scale").Call([]reflect.Value{reflect.ValueOf(0.5), reflect.ValueOf(1), reflect.ValueOf(2)})
	fmt.Println(r)
	fmt.Println(t.Implements(reflect.TypeFor[shape]()), reflect.TypeFor[node]().Field(2).Anonymous)

	add := func(a int, b ...string) (string, int) { return strings.Join(b, "+"), a + len(b) }
	out := reflect.ValueOf(add).Call([]reflect.Value{reflect.ValueOf(3), reflect.ValueOf("x"), reflect.ValueOf("y")})
	fmt.Println(out[0], out[1], reflect.TypeOf(add))

	swap := func(in []reflect.Value) []reflect.Value { return []reflect.Value{in[1], in[0]} }
	f := reflect.MakeFunc(reflect.TypeFor[func(int8, string) (string, int8)](), swap).Interface().(func(int8, string) (string, int8))
	fmt.Println(f(-5, "five"))

	s := reflect.MakeSlice(reflect.SliceOf(reflect.TypeOf(0)), 0, 1)
	for i := range 5 {
		s = reflect.Append(s, reflect.ValueOf(i*i))
	}
	fmt.Println(s, s.Type() == reflect.TypeFor[[]int](), s.Len())
	m := reflect.MakeMap(reflect.MapOf(reflect.TypeOf(""), reflect.TypeOf(r)))
	m.SetMapIndex(reflect.ValueOf("one"), reflect.ValueOf(r))
	m.SetMapIndex(reflect.ValueOf("two"), reflect.ValueOf(rect{}))
	m.SetMapIndex(reflect.ValueOf("two"), reflect.Value{})
	fmt.Println(m, m.Len(), m.MapIndex(reflect.ValueOf("one")).Field(2))
	for it := m.MapRange(); it.Next(); {
		fmt.Println(it.Key(), it.Value())
	}
	st := reflect.StructOf([]reflect.StructField{{Name: "A", Type: reflect.TypeOf(0)}, {Name: "B", Type: reflect.TypeOf("")}})
	sv := reflect.New(st).Elem()
	sv.Field(0).SetInt(7)
	sv.Field(1).SetString("b")
	fmt.Printf("%+v %v\n", sv, st)

	ch := reflect.MakeChan(reflect.TypeFor[chan int](), 2)
	ch.Send(reflect.ValueOf(1))
	fmt.Println(ch.TrySend(reflect.ValueOf(2)), ch.TrySend(reflect.ValueOf(3)), ch.Len(), ch.Cap())
	got, ok := ch.Recv()
	fmt.Println(got, ok)

	fmt.Println(reflect.DeepEqual(node{Vals: map[string][]int{"a": {1}}}, node{Vals: map[string][]int{"a": {1}}}),
		reflect.DeepEqual([]any{1, "x", nil}, []any{1, "x", 0}))
	sw := []string{"a", "b", "c"}
	reflect.Swapper(sw)(0, 2)
	fmt.Println(sw, reflect.Zero(t), reflect.ValueOf(3).Convert(reflect.TypeOf(1.5)))
	var e any = &r
	_, isShape := e.(shape)
	_, isErr := e.(error)
	fmt.Println(isShape, isErr)
	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println(e.(error))
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		reflect.ValueOf(r).Field(0).SetFloat(1)
	}()
	fmt.Printf("%v %+v %#v %T %x %q\n", r, &r, []any{1, "a", nil}, map[string]chan int{}, "hex", 'x')
}
