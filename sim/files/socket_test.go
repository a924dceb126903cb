package files_test

import (
	"fmt"
	"testing"

	"gopark/sim/files"
)

// addr is 127.0.0.1 with a port.
func addr(port int) string {
	return string([]byte{files.IPv4, byte(port >> 8), byte(port), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1})
}

// connect makes a listener on port and a connection to it.
func connect(t *testing.T, s *files.System, port int) (listener, client, server int) {
	t.Helper()
	listener, _ = s.Socket(files.IPv4, files.Stream, files.Nonblock)
	client, _ = s.Socket(files.IPv4, files.Stream, files.Nonblock)
	if e := s.Bind(listener, addr(port), 0); e != 0 {
		t.Fatal("bind: ", e)
	}
	s.Listen(listener, 5)
	if e := s.Connect(client, addr(port)); e != files.EINPROGRESS {
		t.Fatal("connect: ", e)
	}
	s.Clock = s.Ready(listener, false)
	server, _, e := s.Accept(listener, files.Nonblock)
	if e != 0 {
		t.Fatal("accept: ", e)
	}
	s.Clock = s.Ready(client, true)
	return listener, client, server
}

// What is sent arrives after the wire's latency, and whoever asks is told when.
func TestArrival(t *testing.T) {
	s := files.New(0, 0)
	_, client, server := connect(t, s, 80)
	s.Touched()
	if at := s.Ready(server, false); at != files.Never {
		t.Errorf("a read is ready at %d before anything is sent", at)
	}
	now := s.Clock
	s.Write(client, []byte("abc"), 0)
	if got := fmt.Sprint(s.Touched()); got != fmt.Sprint([]int{server}) {
		t.Errorf("the write touched %s", got)
	}
	b := make([]byte, 9)
	if at := s.Ready(server, false); at != now+files.TCPWire.Latency {
		t.Errorf("ready at %d, %d after the write", at, at-now)
	}
	if _, e := s.Read(server, b); e != files.EAGAIN {
		t.Errorf("read at once: %v", e)
	}
	c := s.Clone()
	s.Clock += files.TCPWire.Latency
	if n, e := s.Read(server, b); n != 3 || e != 0 {
		t.Errorf("read: %d, %v", n, e)
	}
	if n, e := c.Read(server, b); n != -1 || e != files.EAGAIN {
		t.Errorf("the copy has a clock of its own: %d, %v", n, e)
	}
	c.Clock += files.TCPWire.Latency
	if n, _ := c.Read(server, b); n != 3 {
		t.Errorf("the copy has lost what was on its way: %d", n)
	}
	if what, _ := s.Describe(client, s.Clock); what != "tcp 127.0.0.1:32768->127.0.0.1:80" {
		t.Error(what)
	}
}

// A buffer that is full, and the room that makes it ready again.
func TestFullPipe(t *testing.T) {
	s := files.New(0, 0)
	r, w, _ := s.Pipe(files.Nonblock)
	n, _ := s.Write(w, make([]byte, 1<<20), 0)
	if n != files.PipeWire.Buffer || s.Ready(w, true) != files.Never {
		t.Errorf("%d bytes fit; writable at %d", n, s.Ready(w, true))
	}
	s.Clock += 1000
	s.Read(r, make([]byte, 100))
	if s.Ready(w, true) != files.Never {
		t.Error("100 bytes of room wake a writer, who needs a page")
	}
	s.Read(r, make([]byte, 4000))
	if at := s.Ready(w, true); at != s.Clock+files.PipeWire.Latency {
		t.Errorf("writable at %d, it is %d", at, s.Clock)
	}
}

// Bytes on their way count as memory, and come back.
func TestSocketMemory(t *testing.T) {
	s := files.New(100_000, 0)
	_, client, server := connect(t, s, 80)
	for i := range 20 {
		if _, e := s.Write(client, make([]byte, 60_000), 0); e != 0 {
			t.Fatalf("write %d: %v", i, e)
		}
		if _, e := s.Write(client, make([]byte, 60_000), 0); e != files.ENOBUFS {
			t.Fatalf("a write beyond the limit: %v", e)
		}
		s.Clock += 1e6
		if n, e := s.Read(server, make([]byte, 1<<20)); n != 60_000 || e != 0 {
			t.Fatalf("read %d: %v", n, e)
		}
	}
	s.Write(client, make([]byte, 60_000), 0)
	s.Close(server)
	s.Close(client)
	fd, _ := s.Open("f", files.ReadWrite|files.Create, 0o644, 0)
	if _, e := s.Write(fd, make([]byte, 90_000), 0); e != 0 {
		t.Errorf("a closed connection still counts: %v", e)
	}
}

// Without a free descriptor a connection stays in the queue.
func TestAcceptWithoutDescriptors(t *testing.T) {
	s := files.New(0, 0)
	l, _ := s.Socket(files.IPv4, files.Stream, files.Nonblock)
	c, _ := s.Socket(files.IPv4, files.Stream, files.Nonblock)
	s.Bind(l, addr(80), 0)
	s.Listen(l, 5)
	s.Connect(c, addr(80))
	s.Clock += 1e6
	last := -1
	for fd, e := s.Open("/tmp", 0, 0, 0); e == 0; fd, e = s.Open("/tmp", 0, 0, 0) {
		last = fd
	}
	if _, _, e := s.Accept(l, 0); e != files.EMFILE {
		t.Errorf("accept: %v", e)
	}
	if _, _, e := s.Pipe(0); e != files.EMFILE {
		t.Errorf("pipe: %v", e)
	}
	s.Close(last)
	if fd, _, e := s.Accept(l, 0); fd != last || e != 0 {
		t.Errorf("accept: %d, %v", fd, e)
	}
}

// More connections than the backlog takes are made once there is room, when TCP
// tries again.
func TestBacklog(t *testing.T) {
	s := files.New(0, 0)
	l, _ := s.Socket(files.IPv4, files.Stream, files.Nonblock)
	s.Bind(l, addr(80), 0)
	s.Listen(l, 1)
	var clients []int
	for range 4 {
		c, _ := s.Socket(files.IPv4, files.Stream, files.Nonblock)
		s.Connect(c, addr(80))
		clients = append(clients, c)
	}
	if a, b := s.Ready(clients[1], true), s.Ready(clients[2], true); a == files.Never || b != files.Never {
		t.Errorf("the second is connected at %d, the third at %d", a, b)
	}
	s.Clock += 500e6
	s.Accept(l, 0)
	if at := s.Ready(clients[2], true); at < 1e9 || at > 1e9+1e6 {
		t.Errorf("the third is connected at %d; its SYN is sent again after a second", at)
	}
	s.Close(l)
	s.Clock += 1e9
	if err, _ := s.TakeError(clients[3]); err != files.ECONNREFUSED {
		t.Errorf("the fourth, when the listener is closed: %v", err)
	}
}
