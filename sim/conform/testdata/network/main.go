// Command network is what TestNetwork runs, a case at a time: by real Go on real
// loopback, and by Gopark. Nothing printed depends on ports or on who is quicker.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/textproto"
	"os"
	"os/signal"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

var cases = map[string]func(){
	"echo": echo, "lines": lines, "manyClients": manyClients, "pipeHello": pipeHello, "pipeEOF": pipeEOF,
	"pipeBrokenWrite": pipeBrokenWrite, "pipeDeadline": pipeDeadline, "pipeCloseWhileRead": pipeCloseWhileRead,
	"pipeBackpressure": pipeBackpressure, "pipeLIFO": pipeLIFO, "readDeadline": readDeadline, "pastDeadline": pastDeadline,
	"deadlineMoved": deadlineMoved, "closeWhileRead": closeWhileRead, "closeWhileAccept": closeWhileAccept,
	"useAfterClose": useAfterClose, "halfClose": halfClose, "resetUnread": resetUnread, "writeToClosed": writeToClosed,
	"refused": refused, "inUse": inUse, "badAddresses": badAddresses, "dialContext": dialContext, "unixEcho": unixEcho,
	"unixErrors": unixErrors, "udp": udp, "udpDeadline": udpDeadline, "netPipe": netPipe, "netPipeDeadline": netPipeDeadline,
	"addresses": addresses, "lookups": lookups, "copyAll": copyAll, "writeBackpressure": writeBackpressure,
	"acceptOrder": acceptOrder, "fileNoDeadline": fileNoDeadline, "fdBlocks": fdBlocks, "signals": signals,
	"signalContext": signalContext, "signalIgnored": signalIgnored, "signalStop": signalStop, "sigpipe": sigpipe,
	"deadlockAfterRead": deadlockAfterRead, "threadsOfReads": threadsOfReads, "buffers": buffers, "text": text,
	"acceptDeadline": acceptDeadline, "logger": logger, "shutdownRead": shutdownRead, "stacks": stacks, "rawSocket": rawSocket,
	"contextServer": contextServer, "stat": stat, "closeTwice": closeTwice, "listenerFile": listenerFile, "findProcess": findProcess, "backToBack": backToBack,
	"deadlineInLoop": deadlineInLoop, "acceptBacklog": acceptBacklog, "twoReaders": twoReaders, "killed": killed,
}

func main() {
	cases[os.Args[1]]()
}

var ports = regexp.MustCompile(`(127\.0\.0\.1|\[::1?\]):\d+`)

// say prints without what differs from run to run.
func say(args ...any) {
	fmt.Print(ports.ReplaceAllString(fmt.Sprintln(args...), "$1:port"))
}

func must[T any](x T, err error) T {
	if err != nil {
		say("unexpected:", err)
		os.Exit(1)
	}
	return x
}

// pair is a connection's two ends.
func pair() (c, s *net.TCPConn) {
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	defer l.Close()
	c = must(net.Dial("tcp", l.Addr().String())).(*net.TCPConn)
	s = must(l.Accept()).(*net.TCPConn)
	return c, s
}

// serve handles connections until the listener is closed.
func serve(l net.Listener, handle func(net.Conn)) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go handle(c)
	}
}

func echo() {
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	go serve(l, func(c net.Conn) { io.Copy(c, c); c.Close() })
	c := must(net.Dial("tcp", l.Addr().String()))
	for _, s := range []string{"one", "two", strings.Repeat("x", 100_000)} {
		go io.WriteString(c, s)
		b := make([]byte, len(s))
		n, err := io.ReadFull(c, b)
		say(n, err, string(b) == s)
	}
	c.(*net.TCPConn).CloseWrite()
	say(io.ReadAll(c))
	say(c.LocalAddr().Network(), c.LocalAddr(), c.RemoteAddr().String() == l.Addr().String())
}

func lines() {
	l := must(net.Listen("tcp", ":0"))
	go serve(l, func(c net.Conn) {
		defer c.Close()
		s := bufio.NewScanner(c)
		for s.Scan() {
			fmt.Fprintf(c, "%s, %d\n", strings.ToUpper(s.Text()), len(s.Text()))
		}
	})
	_, port, err := net.SplitHostPort(l.Addr().String())
	say(port != "0", err)
	c := must(net.Dial("tcp", "localhost:"+port))
	r := bufio.NewReader(c)
	for _, s := range []string{"park", "a goroutine waits"} {
		fmt.Fprintln(c, s)
		say(r.ReadString('\n'))
	}
	say(c.Close(), l.Close())
}

func manyClients() {
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	go serve(l, func(c net.Conn) { io.Copy(c, c); c.Close() })
	var wg sync.WaitGroup
	var mu sync.Mutex
	sum := 0
	for i := range 200 {
		wg.Go(func() {
			c := must(net.Dial("tcp", l.Addr().String()))
			defer c.Close()
			fmt.Fprintln(c, i)
			var n int
			fmt.Fscan(c, &n)
			mu.Lock()
			sum += n
			mu.Unlock()
		})
	}
	wg.Wait()
	say(sum)
}

func pipeHello() {
	r, w := must2(os.Pipe())
	say(r.Name(), w.Name())
	go func() {
		time.Sleep(2 * time.Millisecond)
		w.WriteString("hello")
		w.Close()
	}()
	say(io.ReadAll(r))
}

func must2(r, w *os.File, err error) (*os.File, *os.File) {
	must(r, err)
	return r, w
}

func pipeEOF() {
	r, w := must2(os.Pipe())
	w.Close()
	b := make([]byte, 3)
	say(r.Read(b))
	say(r.Read(b[:0]))
	say(w.Write(b))
	say(r.Close(), w.Close(), r.Close())
	_, err := r.Read(b)
	say(err, errors.Is(err, os.ErrClosed))
}

func pipeBrokenWrite() {
	r, w := must2(os.Pipe())
	r.Close()
	_, err := w.WriteString("x")
	say(err, errors.Is(err, syscall.EPIPE))
}

func pipeDeadline() {
	r, w := must2(os.Pipe())
	defer w.Close() // or a collection might
	start := time.Now()
	say(r.SetReadDeadline(time.Now().Add(3 * time.Millisecond)))
	_, err := r.Read(make([]byte, 1))
	say(err, errors.Is(err, os.ErrDeadlineExceeded), os.IsTimeout(err), time.Since(start) >= 3*time.Millisecond)
	_, err = r.Read(make([]byte, 1))
	say(err)
}

func pipeCloseWhileRead() {
	r, w := must2(os.Pipe())
	defer w.Close()
	done := make(chan error)
	go func() {
		_, err := r.Read(make([]byte, 1))
		done <- err
	}()
	time.Sleep(2 * time.Millisecond)
	say(r.Close())
	say(<-done)
}

func pipeBackpressure() {
	r, w := must2(os.Pipe())
	w.SetWriteDeadline(time.Now().Add(5 * time.Millisecond))
	n, err := w.Write(make([]byte, 100_000))
	say(n, err)
	w.SetWriteDeadline(time.Time{})
	done := make(chan int)
	go func() {
		n, err := w.Write(make([]byte, 100_000))
		say(n, err)
		w.Close()
		done <- n
	}()
	time.Sleep(2 * time.Millisecond)
	b, err := io.ReadAll(r)
	say(<-done, len(b), err)
}

func pipeLIFO() {
	runtime.GOMAXPROCS(1)
	var ws []*os.File
	out := make(chan int, 10)
	for i := range 6 {
		r, w := must2(os.Pipe())
		ws = append(ws, w)
		go func() {
			r.Read(make([]byte, 1))
			out <- i
		}()
	}
	time.Sleep(3 * time.Millisecond)
	for _, w := range ws {
		w.Write([]byte("x"))
	}
	for range ws {
		say(<-out)
	}
}

func readDeadline() {
	c, _ := pair()
	c.SetReadDeadline(time.Now().Add(3 * time.Millisecond))
	_, err := c.Read(make([]byte, 1))
	var ne net.Error
	say(err, errors.As(err, &ne) && ne.Timeout(), errors.Is(err, os.ErrDeadlineExceeded))
	say(c.Write([]byte("x")))
}

func pastDeadline() {
	c, s := pair()
	s.Write([]byte("data"))
	time.Sleep(2 * time.Millisecond)
	c.SetDeadline(time.Now().Add(-time.Second))
	say(c.Read(make([]byte, 9)))
	say(c.Write(make([]byte, 9)))
	c.SetDeadline(time.Time{})
	say(c.Read(make([]byte, 9)))
}

func deadlineMoved() {
	c, s := pair()
	done := make(chan error)
	c.SetReadDeadline(time.Now().Add(time.Hour))
	go func() {
		_, err := c.Read(make([]byte, 1))
		done <- err
	}()
	time.Sleep(2 * time.Millisecond)
	c.SetReadDeadline(time.Now())
	say(<-done)
	c.SetReadDeadline(time.Now().Add(2 * time.Millisecond))
	c.SetReadDeadline(time.Time{})
	go func() {
		time.Sleep(6 * time.Millisecond)
		s.Write([]byte("z"))
	}()
	say(c.Read(make([]byte, 1)))
}

func closeWhileRead() {
	c, _ := pair()
	done := make(chan error)
	go func() {
		_, err := c.Read(make([]byte, 1))
		done <- err
	}()
	time.Sleep(2 * time.Millisecond)
	say(c.Close())
	err := <-done
	say(err, errors.Is(err, net.ErrClosed))
}

func closeWhileAccept() {
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	done := make(chan error)
	go func() {
		_, err := l.Accept()
		done <- err
	}()
	time.Sleep(2 * time.Millisecond)
	say(l.Close())
	say(<-done)
	say(l.Close())
	_, err := net.Dial("tcp", l.Addr().String())
	say(err, errors.Is(err, syscall.ECONNREFUSED))
}

func useAfterClose() {
	c, s := pair()
	c.Close()
	say(c.Read(make([]byte, 1)))
	say(c.Write(make([]byte, 1)))
	say(c.SetDeadline(time.Now()), c.CloseWrite(), c.Close())
	say(s.Read(make([]byte, 1)))
}

func halfClose() {
	c, s := pair()
	go func() {
		b, err := io.ReadAll(s)
		fmt.Fprintf(s, "got %q %v", b, err)
		s.Close()
	}()
	io.WriteString(c, "question")
	say(c.CloseWrite())
	say(c.Write([]byte("more")))
	b, err := io.ReadAll(c)
	say(string(b), err)
	say(c.CloseWrite())
}

func resetUnread() {
	c, s := pair()
	c.Write([]byte("never read"))
	time.Sleep(2 * time.Millisecond)
	s.Close()
	time.Sleep(2 * time.Millisecond)
	_, err := c.Read(make([]byte, 1))
	say(err, errors.Is(err, syscall.ECONNRESET))
	say(c.Read(make([]byte, 1)))
	say(c.Write(make([]byte, 1)))
}

func writeToClosed() {
	c, s := pair()
	s.Close()
	time.Sleep(2 * time.Millisecond)
	say(c.Write([]byte("one")))
	time.Sleep(2 * time.Millisecond)
	_, err := c.Write([]byte("two"))
	say(err, errors.Is(err, syscall.EPIPE))
	say(c.Read(make([]byte, 1)))
}

func refused() {
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	l.Close()
	_, err := net.Dial("tcp", l.Addr().String())
	var oe *net.OpError
	say(err, errors.As(err, &oe), oe.Op, oe.Net, oe.Timeout(), oe.Temporary())
	_, err = net.DialTimeout("tcp", l.Addr().String(), time.Second)
	say(err)
}

func inUse() {
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	_, err := net.Listen("tcp", l.Addr().String())
	say(err, errors.Is(err, syscall.EADDRINUSE))
	l.Close()
	l, err = net.Listen("tcp", l.Addr().String())
	say(l.Addr(), err)
}

func badAddresses() {
	for _, a := range []string{"127.0.0.1", "127.0.0.1:99999", "127.0.0.1:http-not", "[::1", "nosuch.invalid.:80", "1.2.3.4.5:80"} {
		_, err := net.Dial("tcp", a)
		s := fmt.Sprint(err)
		if i := strings.Index(s, " on "); i > 0 {
			s = s[:i] + s[strings.LastIndex(s, ":"):]
		}
		say(s)
	}
	_, err := net.Dial("tcpp", "127.0.0.1:1")
	say(err)
	_, err = net.Listen("udp", "127.0.0.1:1")
	say(err)
	_, err = net.Listen("tcp", "198.51.100.7:80")
	say(err)
}

func dialContext() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var d net.Dialer
	_, err := d.DialContext(ctx, "tcp", "127.0.0.1:1")
	say(err, errors.Is(err, context.Canceled))
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	ctx, cancel = context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c, err := d.DialContext(ctx, "tcp", l.Addr().String())
	say(c != nil, err)
	_, err = net.DialTimeout("tcp", l.Addr().String(), -1)
	say(err)
}

func unixEcho() {
	path := os.TempDir() + fmt.Sprintf("/gopark-%d.sock", os.Getpid())
	l := must(net.Listen("unix", path))
	fi, err := os.Stat(path)
	say(fi.Mode().Type(), err)
	go serve(l, func(c net.Conn) { io.Copy(c, c); c.Close() })
	c := must(net.Dial("unix", path))
	io.WriteString(c, "over a file")
	b := make([]byte, 50)
	n, err := c.Read(b)
	say(string(b[:n]), err)
	say(c.RemoteAddr().Network(), c.RemoteAddr().String() == path, c.LocalAddr().String() == "", l.Addr().String() == path)
	l.Close()
	_, err = os.Stat(path)
	say(os.IsNotExist(err))
}

func unixErrors() {
	path := os.TempDir() + fmt.Sprintf("/gopark-%d.sock", os.Getpid())
	_, err := net.Dial("unix", path)
	say(strings.ReplaceAll(err.Error(), path, "PATH"))
	l := must(net.Listen("unix", path))
	_, err = net.Listen("unix", path)
	say(strings.ReplaceAll(err.Error(), path, "PATH"))
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	l.Close()
	_, err = net.Dial("unix", path)
	say(strings.ReplaceAll(err.Error(), path, "PATH"))
	os.Remove(path)
	l = must(net.Listen("unix", path))
	c := must(net.Dial("unix", path))
	s := must(l.Accept())
	s.Close()
	_, err = c.Write([]byte("x"))
	say(strings.ReplaceAll(err.Error(), path, "PATH"))
	say(c.Read(make([]byte, 1)))
	l.Close()
}

func udp() {
	a := must(net.ListenPacket("udp", "127.0.0.1:0"))
	c := must(net.Dial("udp", a.LocalAddr().String()))
	for _, s := range []string{"one", "", "three"} {
		say(io.WriteString(c, s))
	}
	b := make([]byte, 4)
	for range 3 {
		n, from, err := a.ReadFrom(b)
		say(n, string(b[:n]), from.String() == c.LocalAddr().String(), err)
		a.WriteTo(b[:n], from)
	}
	b = make([]byte, 10)
	for range 3 {
		n, err := c.Read(b)
		say(string(b[:n]), err)
	}
	u := a.(*net.UDPConn)
	_, err := u.Write([]byte("x"))
	say(err)
	_, err = c.(*net.UDPConn).WriteTo([]byte("x"), a.LocalAddr())
	say(err)
}

func udpDeadline() {
	a := must(net.ListenPacket("udp", "127.0.0.1:0"))
	a.SetReadDeadline(time.Now().Add(2 * time.Millisecond))
	_, _, err := a.ReadFrom(make([]byte, 9))
	say(err)
	addr := a.LocalAddr().String()
	a.Close()
	c := must(net.Dial("udp", addr))
	c.Write([]byte("x"))
	_, err = c.Read(make([]byte, 9))
	say(err)
}

func netPipe() {
	c, s := net.Pipe()
	go func() {
		fmt.Fprint(c, "through ", "memory")
		c.Close()
	}()
	b, err := io.ReadAll(s)
	say(string(b), err)
	say(c.Write([]byte("x")))
	say(s.Write([]byte("x")))
	say(c.LocalAddr(), c.RemoteAddr().Network())
}

func netPipeDeadline() {
	c, _ := net.Pipe()
	c.SetDeadline(time.Now().Add(2 * time.Millisecond))
	say(c.Read(make([]byte, 1)))
	say(c.Write(make([]byte, 1)))
}

func addresses() {
	say(net.ParseIP("192.0.2.1"), net.ParseIP("2001:db8::68"), net.ParseIP("nope"))
	ip, n, err := net.ParseCIDR("192.0.2.77/24")
	say(ip, n, err, n.Contains(ip), n.Contains(net.IPv4(10, 0, 0, 1)))
	_, _, err = net.ParseCIDR("192.0.2.77/99")
	say(err)
	say(net.JoinHostPort("::1", "80"), net.JoinHostPort("host", "http"))
	say(net.SplitHostPort("[::1]:80"))
	say(net.SplitHostPort("nohost"))
	say(net.IPv4(127, 0, 0, 1).IsLoopback(), net.IPv6loopback, net.IPv4Mask(255, 255, 0, 0), net.CIDRMask(20, 32))
	say(net.ResolveTCPAddr("tcp", "127.0.0.1:http"))
	say(net.ResolveUDPAddr("udp", ":domain"))
	say(net.ParseMAC("00:00:5e:00:53:01"))
	say((&net.TCPAddr{IP: net.IPv4zero, Port: 80}).String(), (&net.UnixAddr{Name: "@x", Net: "unix"}).String())
}

func lookups() {
	say(net.LookupHost("localhost"))
	say(net.LookupHost("127.0.0.1"))
	say(net.LookupPort("tcp", "https"))
	say(net.LookupPort("tcp", "nosuchservice"))
	say(net.LookupHost(""))
	_, err := net.LookupHost("no such name")
	var de *net.DNSError
	say(errors.As(err, &de), de.IsNotFound, de.Name)
	say(net.DefaultResolver.LookupIPAddr(context.Background(), "localhost"))
}

func copyAll() {
	c, s := pair()
	data := bytes.Repeat([]byte("0123456789abcdef"), 1<<15)
	go func() {
		n, err := io.Copy(c, bytes.NewReader(data))
		say(n, err)
		c.Close()
	}()
	got, err := io.ReadAll(s)
	say(len(got), err, bytes.Equal(got, data))
}

func writeBackpressure() {
	c, s := pair()
	c.SetWriteDeadline(time.Now().Add(20 * time.Millisecond))
	n, err := c.Write(make([]byte, 64<<20))
	say(n > 100_000, n < 32<<20, err)
	done := make(chan bool)
	go func() {
		m, err := io.Copy(io.Discard, s)
		say(m == int64(n), err)
		close(done)
	}()
	c.Close()
	<-done
}

func acceptOrder() {
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	for i := range 5 {
		c := must(net.Dial("tcp", l.Addr().String()))
		fmt.Fprint(c, i)
	}
	for range 5 {
		c := must(l.Accept())
		b := make([]byte, 1)
		c.Read(b)
		say(string(b))
	}
}

func fileNoDeadline() {
	f := must(os.CreateTemp("", "x"))
	defer os.Remove(f.Name())
	err := f.SetDeadline(time.Now())
	say(errors.Is(err, os.ErrNoDeadline))
	say(os.Stdout.SetDeadline(time.Now()) != nil)
	f.Close()
	say(errors.Is(f.SetDeadline(time.Now()), os.ErrClosed))
}

// fdBlocks makes a pipe's reads block threads.
func fdBlocks() {
	r, w := must2(os.Pipe())
	r.Fd()
	say(errors.Is(r.SetReadDeadline(time.Now().Add(time.Millisecond)), os.ErrNoDeadline))
	go func() {
		time.Sleep(3 * time.Millisecond)
		w.Write([]byte("late"))
	}()
	b := make([]byte, 9)
	n, err := r.Read(b)
	say(string(b[:n]), err)
}

func signals() {
	c := make(chan os.Signal, 4)
	signal.Notify(c, syscall.SIGUSR1, syscall.SIGTERM)
	syscall.Kill(syscall.Getpid(), syscall.SIGUSR1)
	say(<-c)
	syscall.Kill(syscall.Getpid(), syscall.SIGTERM)
	say(<-c)
	select {
	case s := <-c:
		say(s)
	case <-time.After(5 * time.Millisecond):
		say("no more")
	}
}

func signalContext() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	go func() {
		time.Sleep(2 * time.Millisecond)
		syscall.Kill(syscall.Getpid(), syscall.SIGINT)
	}()
	<-ctx.Done()
	say(ctx.Err(), context.Cause(ctx))
}

func signalIgnored() {
	signal.Ignore(syscall.SIGTERM)
	say(signal.Ignored(syscall.SIGTERM), signal.Ignored(syscall.SIGINT))
	say(syscall.Kill(syscall.Getpid(), syscall.SIGTERM))
	time.Sleep(2 * time.Millisecond)
	signal.Reset(syscall.SIGTERM)
	say("still here")
}

func signalStop() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGUSR2, syscall.SIGWINCH)
	signal.Stop(c)
	syscall.Kill(syscall.Getpid(), syscall.SIGWINCH)
	select {
	case s := <-c:
		say(s)
	case <-time.After(3 * time.Millisecond):
		say("stopped")
	}
	signal.Notify(c)
	syscall.Kill(syscall.Getpid(), syscall.SIGHUP)
	say(<-c)
}

func sigpipe() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGPIPE)
	r, w := must2(os.Pipe())
	r.Close()
	say(w.Write([]byte("x")))
	say(<-c)
}

// deadlockAfterRead has one P: with two a thread may still sleep in the poller,
// and then nobody notices.
func deadlockAfterRead() {
	runtime.GOMAXPROCS(1)
	r, w := must2(os.Pipe())
	go w.Write([]byte("x"))
	say(r.Read(make([]byte, 1)))
	select {}
}

func threadsOfReads() {
	before := must(os.ReadDir("/proc/self/task"))
	for range 40 {
		c, _ := pair()
		go c.Read(make([]byte, 1))
	}
	time.Sleep(10 * time.Millisecond)
	after := must(os.ReadDir("/proc/self/task"))
	say(len(after)-len(before) < 5)
}

func buffers() {
	c, s := pair()
	b := net.Buffers{[]byte("one "), nil, []byte("two "), []byte("three")}
	say(b.WriteTo(c))
	say(len(b))
	c.Close()
	got, err := io.ReadAll(s)
	say(string(got), err)
}

func text() {
	c, s := pair()
	go func() {
		t := textproto.NewConn(s)
		line, _ := t.ReadLine()
		t.PrintfLine("250-first")
		t.PrintfLine("250 you said %s", line)
		h, err := t.ReadMIMEHeader()
		say(h, err)
		t.Close()
	}()
	t := textproto.NewConn(c)
	t.PrintfLine("HELO park")
	say(t.ReadResponse(250))
	t.PrintfLine("Subject: goroutines\r\nTo: you\r\n")
	say(t.ReadLine())
}

func acceptDeadline() {
	l := must(net.Listen("tcp", "127.0.0.1:0")).(*net.TCPListener)
	l.SetDeadline(time.Now().Add(2 * time.Millisecond))
	_, err := l.Accept()
	say(err)
}

func logger() {
	c, s := pair()
	l := log.New(c, "srv: ", 0)
	l.Print("started")
	l.Printf("%d clients", 3)
	c.Close()
	b, _ := io.ReadAll(s)
	fmt.Printf("%s", b)
}

func shutdownRead() {
	c, _ := pair()
	done := make(chan error)
	go func() {
		_, err := c.Read(make([]byte, 1))
		done <- err
	}()
	time.Sleep(2 * time.Millisecond)
	say(c.CloseRead())
	say(<-done)
}

var waits = regexp.MustCompile(`(?m)^goroutine \d+ \[(IO wait|syscall)[^\]]*\]:\n(?:(?:[^\n]+\n\t[^\n]+\n)*?(net\.\(\*TCPListener\)\.Accept|net\.\(\*conn\)\.Read|os\.\(\*File\)\.Read|os/signal\.loop))`)

// stacks says what the runtime says of those that wait.
func stacks() {
	c, _ := pair()
	go c.Read(make([]byte, 1))
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	go l.Accept()
	r, _ := must2(os.Pipe())
	go r.Read(make([]byte, 1))
	signal.Notify(make(chan os.Signal, 1), syscall.SIGUSR1)
	b := make([]byte, 1<<16)
	last := ""
	for range 500 { // until all wait, which a busy computer takes its time for
		time.Sleep(3 * time.Millisecond)
		found := map[string]string{}
		for _, m := range waits.FindAllStringSubmatch(string(b[:runtime.Stack(b, true)]), -1) {
			found[m[2]] = m[1]
		}
		before := last
		if last = fmt.Sprint(found); len(found) == 4 && last == before {
			break
		}
	}
	say(last)
}

// rawSocket uses package syscall, on sockets that block.
func rawSocket() {
	s := must(syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0))
	say(syscall.Bind(s, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}), syscall.Listen(s, 5))
	sa := must(syscall.Getsockname(s)).(*syscall.SockaddrInet4)
	go func() {
		time.Sleep(2 * time.Millisecond)
		c := must(syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0))
		err := syscall.Connect(c, sa)
		time.Sleep(2 * time.Millisecond)
		fmt.Print(err, "\n")
		syscall.Write(c, []byte("raw"))
		syscall.Close(c)
	}()
	d, from, err := syscall.Accept(s)
	say(from.(*syscall.SockaddrInet4).Addr, err)
	b := make([]byte, 9)
	n, err := syscall.Read(d, b)
	say(string(b[:n]), err)
	say(syscall.Read(d, b))
	say(syscall.Connect(must(syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)), &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}, Port: 1}))
}

// contextServer ends with its context.
func contextServer() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel()
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	stop := context.AfterFunc(ctx, func() { l.Close() })
	for {
		_, err := l.Accept()
		if err != nil {
			say(err, ctx.Err(), stop())
			return
		}
	}
}

func stat() {
	r, _ := must2(os.Pipe())
	fi := must(r.Stat())
	say(fi.Mode(), fi.Name())
	_, err := r.Seek(0, 0)
	say(err)
	_, err = r.ReadAt(make([]byte, 1), 0)
	say(err)
}

func closeTwice() {
	c, _ := pair()
	say(c.Close())
	say(c.Close())
}

func findProcess() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	p := must(os.FindProcess(os.Getpid()))
	say(p.Signal(os.Interrupt))
	say(<-c)
	say(must(os.FindProcess(1 << 22)).Signal(os.Interrupt))
}

func killed() {
	syscall.Kill(os.Getpid(), syscall.SIGTERM)
	time.Sleep(time.Second)
	say("still here")
}

// backToBack sends numbers there and back, each once it has come.
func backToBack() {
	c, s := pair()
	go func() {
		b := make([]byte, 1)
		for {
			if _, err := s.Read(b); err != nil {
				s.Close()
				return
			}
			b[0]++
			s.Write(b)
		}
	}()
	b := make([]byte, 1)
	for range 500 {
		c.Write(b)
		c.Read(b)
	}
	say(b)
	c.CloseWrite()
	say(c.Read(b))
}

func deadlineInLoop() {
	c, s := pair()
	go func() {
		for range 3 {
			time.Sleep(10 * time.Millisecond)
			s.Write([]byte("tick"))
		}
		s.Close()
	}()
	b := make([]byte, 4)
	ticks, timeouts := 0, false
	for {
		c.SetReadDeadline(time.Now().Add(3 * time.Millisecond))
		n, err := c.Read(b)
		switch {
		case os.IsTimeout(err):
			timeouts = true
			continue
		case err != nil:
			say(ticks, timeouts, n, err)
			return
		}
		ticks++
	}
}

// acceptBacklog lets clients talk before anybody accepts them.
func acceptBacklog() {
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			c := must(net.Dial("tcp", l.Addr().String()))
			fmt.Fprintf(c, "%02d", i)
			b := make([]byte, 2)
			io.ReadFull(c, b)
			c.Close()
		})
	}
	time.Sleep(5 * time.Millisecond)
	sum := 0
	for range 20 {
		c := must(l.Accept())
		b := make([]byte, 2)
		io.ReadFull(c, b)
		sum += int(b[0]-'0')*10 + int(b[1]-'0')
		c.Write(b)
		c.Close()
	}
	wg.Wait()
	say(sum)
}

// twoReaders wait for one connection: the second for the first.
func twoReaders() {
	c, s := pair()
	done := make(chan int)
	for range 2 {
		go func() {
			n, _ := c.Read(make([]byte, 1))
			done <- n
		}()
	}
	time.Sleep(2 * time.Millisecond)
	s.Write([]byte("ab"))
	say(<-done, <-done)
	go func() {
		n, err := c.Read(make([]byte, 1))
		say(err)
		done <- n
	}()
	time.Sleep(2 * time.Millisecond)
	c.Close()
	say(<-done)
}

func listenerFile() {
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	say(l.(*net.TCPListener).Addr().(*net.TCPAddr).IP)
	rc, err := l.(*net.TCPListener).SyscallConn()
	say(err)
	rc.Control(func(fd uintptr) { say(fd > 2) })
}
