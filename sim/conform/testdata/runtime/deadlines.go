// Deadlines of connections: past, moved, taken away, set while somebody waits; and what a close wakes.
package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"time"
)

const ms = time.Millisecond

// ends are those of a connection; of a net.Pipe if there is no network.
func ends(network, address string) (a, b net.Conn) {
	if network == "" {
		return net.Pipe()
	}
	l, err := net.Listen(network, address)
	if err != nil {
		panic(err)
	}
	defer l.Close()
	a, _ = net.Dial(network, l.Addr().String())
	b, _ = l.Accept()
	return a, b
}

// says is what kind of error it is: messages have ports in them.
func says(n int, err error) string {
	var ne net.Error
	timeout := errors.As(err, &ne) && ne.Timeout()
	return fmt.Sprint(n, " ", err == nil, " ", timeout, " ", errors.Is(err, os.ErrDeadlineExceeded), " ", errors.Is(err, net.ErrClosed), " ", errors.Is(err, io.EOF), " ", errors.Is(err, io.ErrClosedPipe))
}

func main() {
	os.Remove("/tmp/deadlines.socket")
	for _, network := range []string{"tcp", "unix", ""} {
		address := "127.0.0.1:0"
		if network == "unix" {
			address = "/tmp/deadlines.socket"
		}
		a, b := ends(network, address)
		fmt.Println("network", network)
		buf := make([]byte, 100)

		b.SetReadDeadline(time.Now().Add(-ms))
		fmt.Println(says(b.Read(buf)))
		t := time.Now()
		b.SetReadDeadline(t.Add(3 * ms))
		fmt.Println(says(b.Read(buf)), time.Since(t) >= 3*ms)
		fmt.Println(says(b.Read(buf)))

		// Moved to later, so that what comes is read.
		b.SetReadDeadline(time.Now().Add(time.Minute))
		go func() { time.Sleep(ms); a.Write([]byte("hello")) }()
		fmt.Println(says(b.Read(buf)), string(buf[:5]))
		b.SetReadDeadline(time.Time{})

		// Moved to the past while somebody waits.
		go func() { time.Sleep(ms); b.SetDeadline(time.Unix(1, 0)) }()
		fmt.Println(says(b.Read(buf)))
		fmt.Println(says(b.Write(buf)))
		b.SetDeadline(time.Time{})

		// One end's deadline is nothing to the other.
		a.SetReadDeadline(time.Now().Add(ms))
		fmt.Println(says(a.Read(buf)))
		go func() { b.Write([]byte("x")) }()
		a.SetReadDeadline(time.Time{})
		fmt.Println(says(a.Read(buf)))

		// Somebody who doesn't read.
		a.SetWriteDeadline(time.Now().Add(5 * ms))
		var err error
		for err == nil {
			_, err = a.Write(make([]byte, 1<<20))
		}
		fmt.Println("full", errors.Is(err, os.ErrDeadlineExceeded))
		runtime.KeepAlive(b) // a collection would close it

		// A close wakes who waits at this end, and who waits at the other comes to the end.
		woken := make(chan string)
		c, d := ends(network, address)
		go func() { woken <- says(c.Read(buf[:10])) }()
		time.Sleep(ms)
		fmt.Println(c.Close())
		fmt.Println(<-woken)
		fmt.Println(says(d.Read(buf)))
		fmt.Println(says(c.Read(buf)), errors.Is(c.Close(), net.ErrClosed))
		d.Close()
	}

	l, _ := net.Listen("tcp", "127.0.0.1:0")
	l.(*net.TCPListener).SetDeadline(time.Now().Add(2 * ms))
	_, err := l.Accept()
	fmt.Println(errors.Is(err, os.ErrDeadlineExceeded))
	l.(*net.TCPListener).SetDeadline(time.Time{})
	go func() { time.Sleep(ms); l.Close() }()
	_, err = l.Accept()
	fmt.Println(errors.Is(err, net.ErrClosed))
	d := net.Dialer{Deadline: time.Now().Add(-1)}
	_, err = d.Dial("tcp", l.Addr().String())
	fmt.Println(err != nil)
}
