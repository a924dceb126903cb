// Positions that //line directives give.
package main

import (
	"fmt"
	"runtime"
)

func where() {
	_, f, l, _ := runtime.Caller(1)
	fmt.Println(f, l)
}

func main() {
	where()
//line foo.go:10
	where()
//line sub/bar.y:20
	where()
//line /abs/x.go:30
	where() /*line :7*/
	where()
//line :40
	where()
//line :41:2
	where()
//line foo.go:50
	defer fmt.Println(3)
	func() {
		where()
		panic(1)
	}()
}
