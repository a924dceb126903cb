package main

import "fmt"

func f[T any](x T) any {
	type S struct {
		v T
		n int
	}
	return S{x, 7}
}

func main() {
	a, b := f(1), f("abc")
	fmt.Printf("%v %v %T %T\n", a, b, a, b)
	fmt.Println(a == b, a == f(1), b == f("abc"))
}
