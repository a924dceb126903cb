// Reads a file of the world, writes one of its own, and reads it back.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	f, err := os.Open("/home/gopher/numbers.txt")
	if err != nil {
		panic(err)
	}
	defer f.Close()
	sum := 0
	for s := bufio.NewScanner(f); s.Scan(); {
		var n int
		fmt.Sscan(s.Text(), &n)
		sum += n
	}
	if err := os.WriteFile("/tmp/sum", fmt.Append(nil, sum), 0o644); err != nil {
		panic(err)
	}
	b, err := os.ReadFile("/tmp/sum")
	fmt.Println(string(b), err)
}
