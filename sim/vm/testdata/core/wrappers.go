package main

type I interface{ M() }
type T1 uintptr

func (t T1) M() { println("rec", recover() != nil) }

type T2 struct{ a, b, c int }

func (t T2) M() { println("rec", recover() != nil) }

type T3 struct{ T2 }

func a() { var i I = T1(1); defer i.M(); panic(1) }
func b() { var i I = T2{}; defer i.M(); panic(1) }
func c() { var i I = T3{}; defer i.M(); panic(1) }
func d() { var i I = &T3{}; defer i.M(); panic(1) }
func e() { defer T3{}.M(); panic(1) }
func f() { defer I.M(T3{}); panic(1) }

func main() {
	a()
	b()
	c()
	d()
	e()
	f()
}
