// os/signal: who is told, in which order, what is dropped, and what a context makes of it.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func send(s syscall.Signal) { syscall.Kill(syscall.Getpid(), s) }

// next is the signal that comes within a moment, or none.
func next(c chan os.Signal) any {
	select {
	case s := <-c:
		return s
	case <-time.After(20 * time.Millisecond):
		return "none"
	}
}

func main() {
	one, two, all := make(chan os.Signal, 1), make(chan os.Signal, 1), make(chan os.Signal, 4)
	signal.Notify(one, syscall.SIGUSR1)
	signal.Notify(two, syscall.SIGUSR2, syscall.SIGHUP)
	signal.Notify(all, syscall.SIGUSR1, syscall.SIGUSR2)
	send(syscall.SIGUSR1)
	fmt.Println(next(one), next(two), next(all))
	send(syscall.SIGUSR2)
	fmt.Println(next(two), next(one), next(all))
	send(syscall.SIGHUP)
	fmt.Println(next(two), next(all))

	// What nobody takes in time is dropped.
	send(syscall.SIGUSR1)
	fmt.Println(next(all))
	send(syscall.SIGUSR1)
	fmt.Println(next(all))
	fmt.Println(next(one), next(one))

	signal.Stop(all)
	send(syscall.SIGUSR1)
	fmt.Println(next(all), next(one))
	signal.Ignore(syscall.SIGUSR1)
	fmt.Println(signal.Ignored(syscall.SIGUSR1), signal.Ignored(syscall.SIGUSR2))
	send(syscall.SIGUSR1)
	fmt.Println(next(one))

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	send(syscall.SIGTERM)
	<-ctx.Done()
	fmt.Println(ctx.Err())
	stop()
}
