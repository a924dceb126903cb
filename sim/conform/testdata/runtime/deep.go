// A traceback shows both ends of a deep stack.
package main

//go:noinline
func f(n int) int {
	if n == 0 {
		panic("deep")
	}
	return f(n-1) + 1
}

func main() { println(f(500)) }
