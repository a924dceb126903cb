package main

type E struct{ s string }

func (e *E) Error() string { return "E:" + e.s }

type S struct{ n int }

func (s S) String() string { return "S!" }

type MyInt int
type MyStr string

func try(name string, f func()) {
	defer func() {
		r := recover()
		print(name, ": ")
		switch x := r.(type) {
		case nil:
			println("nil")
		case error:
			println("error", x.Error())
		case string:
			println("string", x)
		case int:
			println("int", x)
		default:
			println("other")
		}
	}()
	f()
}

func named() (x int) {
	defer func() {
		if recover() != nil {
			x += 100
		}
	}()
	defer func() { x++ }()
	x = 5
	panic("a")
}

func unnamed() int {
	defer func() { recover() }()
	panic(1)
}

func nested() {
	defer func() {
		println("outer recovered", recover().(string))
	}()
	defer func() {
		defer func() {
			println("inner recovered", recover().(string))
		}()
		panic("two")
	}()
	panic("one")
}

func replaced() {
	defer func() {
		println("got", recover().(string))
		println("then nil:", recover() == nil)
	}()
	defer func() {
		panic("second")
	}()
	panic("first")
}

func helper() any { return recover() }

func notDirect() {
	defer func() {
		println("direct", recover().(string))
	}()
	defer func() {
		println("helper nil:", helper() == nil)
	}()
	panic("x")
}

type T struct{ name string }

func (t T) Rec()   { println("T.Rec", t.name, recover() != nil) }
func (t *T) PRec() { println("T.PRec", t.name, recover() != nil) }

type Recer interface{ Rec() }

func methods() {
	func() {
		t := T{"val"}
		defer t.Rec()
		panic(1)
	}()
	func() {
		t := &T{"ptr"}
		defer t.PRec()
		panic(1)
	}()
	func() {
		var r Recer = &T{"iface wrapper"}
		defer r.Rec()
		panic(1)
	}()
	func() {
		f := (&T{"bound"}).Rec
		defer f()
		panic(1)
	}()
}

func loopDefers() {
	for i := range 3 {
		defer println("loop", i)
	}
}

func seq(yield func(int) bool) {
	defer println("seq done")
	for i := range 3 {
		if !yield(i) {
			return
		}
	}
}

func rangeDefer() {
	for x := range seq {
		defer println("range deferred", x)
	}
	println("rangeDefer body done")
}

func goexitTest() {
	done := make(chan bool)
	go func() {
		defer func() { done <- true }()
		defer func() { println("goexit recover nil:", recover() == nil) }()
		func() {
			defer func() { recover() }()
			defer func() { panic("in goexit") }()
			// runtime.Goexit without import: not here
		}()
	}()
	<-done
}

func main() {
	try("nilmap", func() { var m map[string]int; m["a"] = 1 })
	try("index", func() { a := []int{1, 2, 3}; i := 5; println(a[i]) })
	try("neg", func() { a := []int{1, 2, 3}; i := -1; println(a[i]) })
	try("slice", func() { a := []int{1, 2, 3}; i := 5; println(len(a[:i])) })
	try("slice2", func() { a := []int{1, 2, 3}; i, j := 3, 2; println(len(a[i:j])) })
	try("slice3", func() { a := []int{1, 2, 3}; i := 9; println(len(a[0:1:i])) })
	try("str", func() { a := "abc"; i := 5; println(a[i]) })
	try("strs", func() { a := "abc"; i := 5; println(a[i:]) })
	try("arr", func() { var a [3]int; i := 3; a[i] = 1 })
	try("div", func() { i := 0; println(1 / i) })
	try("nil", func() { var p *T; println(p.name) })
	try("nilfunc", func() { var f func(); f() })
	try("assert", func() { var x any = 1; println(x.(string)) })
	try("assert2", func() { var x any; println(x.(string)) })
	try("assert3", func() { var x any = 1; println(x.(error).Error()) })
	try("custom", func() { panic(&E{"boo"}) })
	try("makeslice", func() { n := -1; println(len(make([]int, n))) })
	try("makechan", func() { n := -1; println(make(chan int, n) == nil) })
	try("closenil", func() { var c chan int; close(c) })
	try("closeclosed", func() { c := make(chan int); close(c); close(c) })
	try("sendclosed", func() { c := make(chan int); close(c); c <- 1 })
	try("uncomparable", func() { var a, b any = []int{1}, []int{1}; println(a == b) })
	try("unhashable", func() { m := map[any]int{}; m[func() {}] = 1 })
	try("arrconv", func() { s := make([]int, 2); _ = [4]int(s) })
	println(named(), unnamed())
	nested()
	replaced()
	notDirect()
	methods()
	loopDefers()
	goexitTest()
}
