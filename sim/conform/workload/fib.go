package workload

// Fib is nothing but calls.
func Fib() int { return fib(32) }

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}
