// What is written to /dev/null is nowhere.
package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	f, err := os.OpenFile("/dev/null", os.O_RDWR, 0)
	fmt.Println(err)
	n, err := f.Write([]byte("hello"))
	fmt.Println(n, err)
	b, err := io.ReadAll(f)
	fmt.Println(len(b), err)
	fmt.Println(f.Close())
	f, err = os.Create(os.DevNull)
	fmt.Println(err)
	fmt.Fprintln(f, "x")
	fmt.Println(f.Close())
	fi, err := os.Stat("/dev/null")
	fmt.Println(fi.Size(), fi.Mode(), err)
}
