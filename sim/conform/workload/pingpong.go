package workload

// PingPong sends a number to another goroutine and back, 300,000 times.
func PingPong() int {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for n := range ping {
			pong <- n + 1
		}
	}()
	n := 0
	for n < 300_000 {
		ping <- n
		n = <-pong
	}
	close(ping)
	return n
}
