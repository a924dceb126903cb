// Every kind of wait for the kernel: accept, connect, reads and writes that wait,
// deadlines, a read that blocks its thread, a datagram, a signal.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

func main() {
	var wg sync.WaitGroup
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				io.Copy(c, c)
				c.Close()
			}()
		}
	})
	for i := range 3 {
		wg.Go(func() {
			c, err := net.Dial("tcp", l.Addr().String())
			if err != nil {
				panic(err)
			}
			fmt.Fprint(c, "hello ", i)
			b := make([]byte, 7)
			io.ReadFull(c, b)
			c.SetReadDeadline(time.Now().Add(100 * time.Microsecond))
			_, err = c.Read(b)
			fmt.Println(len(b), err != nil)
			c.Close()
		})
	}
	wg.Go(blockingPipe)
	wg.Go(fullPipe)
	wg.Go(overUnix)
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGUSR1)
	syscall.Kill(os.Getpid(), syscall.SIGUSR1)
	fmt.Println(<-c)
	time.Sleep(time.Millisecond)
	l.Close()
	wg.Wait()
}

func blockingPipe() {
	r, w, _ := os.Pipe()
	r.Fd()
	time.AfterFunc(200*time.Microsecond, func() { w.Write([]byte("x")) })
	fmt.Println(r.Read(make([]byte, 1)))
}

func fullPipe() {
	r, w, _ := os.Pipe()
	go func() {
		w.Write(make([]byte, 70_000))
		w.Close()
	}()
	time.Sleep(100 * time.Microsecond)
	n, err := io.Copy(io.Discard, r)
	fmt.Println(n, err)
}

func overUnix() {
	l, _ := net.Listen("unix", "/tmp/sock")
	go func() {
		c, _ := net.Dial("unix", "/tmp/sock")
		c.Write([]byte("by a file"))
		c.Close()
	}()
	c, _ := l.Accept()
	b, err := io.ReadAll(c)
	fmt.Println(string(b), err)
}
