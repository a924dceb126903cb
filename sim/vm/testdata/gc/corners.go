// What only a parked sender, a panic, a deferred call, a select or a method
// value holds survives a collection.
package main

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"sync"
)

type rec struct {
	name string
	n    *int
}

func fresh(i int) *rec {
	n := i
	return &rec{strings.Repeat("r", i%5) + fmt.Sprint(i), &n}
}

func (r *rec) String() string { return fmt.Sprint(r.name, *r.n) }

// litter collects, and fills what was freed with something else.
func litter() {
	runtime.GC()
	for i := range 50 {
		_ = fresh(1000 + i)
	}
	runtime.GC()
}

func senders() {
	c := make(chan *rec)
	wide := make(chan [3]*rec)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() { c <- fresh(i) })
		wg.Go(func() { wide <- [3]*rec{fresh(i), nil, fresh(i + 1)} })
		wg.Go(func() {
			select {
			case c <- fresh(10 + i):
			case <-(chan int)(nil):
			}
		})
	}
	for range 10 {
		runtime.Gosched()
	}
	litter()
	sum := 0
	for range 8 {
		r := <-c
		sum += *r.n + len(r.name)
	}
	for range 4 {
		w := <-wide
		sum += *w[0].n + len(w[2].name)
	}
	wg.Wait()
	fmt.Println("senders", sum)
}

func panics() (p *rec, err error) {
	defer func() {
		litter()
		if r := recover(); r != nil {
			err = errors.Join(err, r.(*wrapped))
		}
	}()
	defer litter()
	p = fresh(3)
	panic(&wrapped{fresh(4), fmt.Errorf("inner %s", fresh(5))})
}

type wrapped struct {
	*rec
	err error
}

func (w *wrapped) Error() string { return w.name + ": " + w.err.Error() }

func plainResult() (p *rec) {
	defer func() { recover() }()
	defer litter()
	p = fresh(6)
	panic("lost")
}

func deferred() {
	for i := range 3 {
		defer func(r *rec) { fmt.Println("deferred", r, i) }(fresh(i))
		defer fmt.Println("args", fresh(i), i)
	}
	litter()
}

func goArgs() {
	done := make(chan string)
	for i := range 3 {
		go func(r *rec, s []string) { litter(); done <- r.String() + strings.Join(s, "") }(fresh(i), []string{fmt.Sprint(i), "x"})
	}
	n := 0
	for range 3 {
		n += len(<-done)
	}
	fmt.Println("go", n)
}

func methods() {
	f := fresh(7).String
	g := (*rec).String
	v := reflect.ValueOf(fresh(8)).MethodByName("String")
	made := reflect.MakeFunc(reflect.TypeOf(g), func(in []reflect.Value) []reflect.Value {
		litter()
		return []reflect.Value{reflect.ValueOf(in[0].Interface().(*rec).String() + "!")}
	}).Interface().(func(*rec) string)
	litter()
	fmt.Println(f(), g(fresh(9)), v.Call(nil)[0], made(fresh(10)))
}

func reflected() {
	st := reflect.StructOf([]reflect.StructField{{Name: "P", Type: reflect.TypeFor[*rec]()}, {Name: "S", Type: reflect.TypeFor[[]string]()}})
	v := reflect.New(st).Elem()
	v.Field(0).Set(reflect.ValueOf(fresh(11)))
	v.Field(1).Set(reflect.ValueOf([]string{fmt.Sprint(12)}))
	m := reflect.MakeMap(reflect.MapOf(reflect.TypeFor[string](), st))
	m.SetMapIndex(reflect.ValueOf(fmt.Sprint("k")), v)
	a := reflect.New(reflect.ArrayOf(70000, reflect.TypeFor[*rec]())).Elem()
	a.Index(69999).Set(reflect.ValueOf(fresh(13)))
	v = reflect.Value{}
	litter()
	got := m.MapIndex(reflect.ValueOf("k"))
	fmt.Println(got.Field(0), got.Field(1), a.Index(69999), got.Type())
}

func main() {
	senders()
	p, err := panics()
	fmt.Println(p, err)
	fmt.Println(plainResult())
	deferred()
	goArgs()
	methods()
	reflected()
}
