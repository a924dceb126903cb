package files

import "slices"

// Pipes and sockets. Each end is a row of a table; what is sent lies in the
// inbox of the end that will receive it, from the time on at which it arrives.
// Addresses are strings of bytes: the family, and a path or port and IP
// (network order, 16 bytes; IPv4 mapped). There is nothing beyond loopback.

// Address families and types of sockets, as Linux has them.
const (
	Unix = 1
	IPv4 = 2
	IPv6 = 10

	Stream   = 1
	Datagram = 2
)

// Never is later than any time.
const Never int64 = 1<<63 - 1

// A Wire says how long what is sent is on its way, and how much may be.
type Wire struct {
	Latency int64 // virtual ns from the call that sends to the other end's inbox
	Buffer  int   // bytes that may be sent and not yet received
	Unit    int   // bytes that must be free before a sender that waits is woken
}

// The wires: a pipe of 16 pages, of which one must be empty (fs/pipe.c); a Unix
// socket with net.core.wmem_default; TCP with the largest send buffer of
// net.ipv4.tcp_wmem, to which loopback is tuned, a third of it free
// (sk_stream_is_writeable).
var (
	PipeWire = Wire{300, 64 << 10, 4096}
	UnixWire = Wire{1_000, 208 << 10, 53 << 10}
	TCPWire  = Wire{3_000, 4 << 20, 4 << 20 / 3}
)

// Wires are those of a System: its maker may have others than the above.
type Wires struct {
	Pipe, Unix Wire
	TCP        Wire // and UDP
}

type sockState uint8

const (
	sockNew sockState = iota
	sockBound
	sockListening
	sockConnecting // its SYN was dropped; it tries again
	sockConnected
)

// A socket is one end of a connection or a pipe, or where connections arrive.
type socket struct {
	family  uint8 // 0: a pipe
	typ     uint8
	state   sockState
	noRead  bool // shut down
	noWrite bool
	v6only  bool
	fd      int32 // -1: not accepted yet
	peer    int32 // -1: none, or gone
	inode   int32 // of a bound Unix socket, -1
	local   string
	remote  string
	since   int64 // of state: from then on
	in      inbox
	err     Errno // what the next call answers, from errAt on
	errAt   int64
	backlog int
	pending []int32 // connections to accept, oldest first
	waiting []int32 // of those whose SYN was dropped
}

// An inbox is what arrives at one end.
type inbox struct {
	data  []byte
	marks []mark // how much of data arrives when
	end   int64  // when the last byte has, 0: open
	room  int64  // when the sender hears of room that it waited for
}

type mark struct {
	n    int
	at   int64
	from string // of a datagram
}

func (x *socket) clone() *socket {
	c := *x
	c.in.data, c.in.marks = slices.Clone(x.in.data), slices.Clone(x.in.marks)
	c.pending, c.waiting = slices.Clone(x.pending), slices.Clone(x.waiting)
	return &c
}

// arrived is how many bytes can be read at the time now; one datagram's.
func (n *inbox) arrived(now int64, one bool) int {
	sum := 0
	for _, m := range n.marks {
		if m.at > now {
			break
		}
		sum += m.n
		if one {
			break
		}
	}
	return sum
}

// take removes up to len(b) bytes that have arrived.
func (n *inbox) take(b []byte, now int64) int {
	got := copy(b, n.data[:n.arrived(now, false)])
	n.data = n.data[got:]
	for left := got; left > 0; {
		m := &n.marks[0]
		if left < m.n {
			m.n -= left
			break
		}
		left -= m.n
		n.marks = n.marks[1:]
	}
	return got
}

func (s *System) wire(x *socket) Wire {
	switch {
	case x.family == 0:
		return s.Wires.Pipe
	case x.family == Unix:
		return s.Wires.Unix
	}
	return s.Wires.TCP
}

// WireOf is what a descriptor's bytes go through; the zero Wire if none.
func (s *System) WireOf(fd int) Wire {
	d, e := s.get(fd)
	if e != 0 || d.sock == 0 {
		return Wire{}
	}
	return s.wire(s.socks[d.sock-1])
}

func (s *System) newSocket(family, typ int32) (*socket, int32) {
	x := &socket{family: uint8(family), typ: uint8(typ), fd: -1, inode: -1, peer: -1}
	for i, y := range s.socks {
		if y == nil {
			s.socks[i] = x
			return x, int32(i)
		}
	}
	s.socks = append(s.socks, x)
	return x, int32(len(s.socks) - 1)
}

// install gives socket i a descriptor.
func (s *System) install(i, flags int32) (int, Errno) {
	fd, e := s.descriptor(description{inode: -1, sock: i + 1, flags: ReadWrite | flags&Nonblock, users: 1})
	if e == 0 {
		s.socks[i].fd = int32(fd)
	}
	return fd, e
}

// socket returns the socket behind a descriptor and its number.
func (s *System) socket(fd int) (*socket, int32, Errno) {
	d, e := s.get(fd)
	switch {
	case fd >= 0 && fd < firstFD, e == 0 && (d.sock == 0 || s.socks[d.sock-1].family == 0):
		return nil, 0, ENOTSOCK
	case e != 0:
		return nil, 0, e
	}
	return s.socks[d.sock-1], d.sock - 1, 0
}

// touch notes that socket i may have become ready.
func (s *System) touch(i int32) {
	if i >= 0 && s.socks[i].fd >= 0 {
		s.touched = append(s.touched, s.socks[i].fd)
	}
}

// Touched returns the descriptors that calls since the last Touched may have
// made ready, then or later.
func (s *System) Touched() []int32 {
	t := s.touched
	s.touched = s.touched[:0]
	return t
}

// Pipe makes a pipe.
func (s *System) Pipe(flags int32) (r, w int, e Errno) {
	x, i := s.newSocket(0, 0)
	y, j := s.newSocket(0, 0)
	x.state, x.peer, x.noWrite = sockConnected, j, true
	y.state, y.peer, y.noRead = sockConnected, i, true
	if r, e = s.install(i, flags); e == 0 {
		if w, e = s.install(j, flags); e == 0 {
			return r, w, 0
		}
		s.Close(r)
	}
	s.socks[i], s.socks[j] = nil, nil
	return -1, -1, e
}

// Socket makes a socket; flags may have Nonblock.
func (s *System) Socket(family, typ, flags int32) (int, Errno) {
	switch {
	case family != Unix && family != IPv4 && family != IPv6:
		return -1, EAFNOSUPPORT
	case typ != Stream && (typ != Datagram || family == Unix):
		return -1, ESOCKTNOSUPPORT
	}
	_, i := s.newSocket(family, typ)
	fd, e := s.install(i, flags)
	if e != 0 {
		s.socks[i] = nil
	}
	return fd, e
}

// SetNonblock sets or clears a descriptor's O_NONBLOCK.
func (s *System) SetNonblock(fd int, on bool) Errno {
	if fd >= 0 && fd < firstFD {
		return 0
	}
	d, e := s.get(fd)
	if e != 0 {
		return e
	}
	d.flags &^= Nonblock
	if on {
		d.flags |= Nonblock
	}
	return 0
}

// Flags are a descriptor's flags (F_GETFL).
func (s *System) Flags(fd int) (int32, Errno) {
	if fd >= 0 && fd < firstFD {
		return ReadWrite, 0
	}
	d, e := s.get(fd)
	if e != 0 {
		return 0, e
	}
	return d.flags &^ (Create | Exclusive | Truncate), 0
}

// SetV6Only makes an IPv6 socket refuse IPv4, or not.
func (s *System) SetV6Only(fd int, on bool) Errno {
	x, _, e := s.socket(fd)
	if e == 0 {
		x.v6only = on
	}
	return e
}

// Pollable reports whether the kernel tells of readiness: not of files.
func (s *System) Pollable(fd int) bool {
	d, e := s.get(fd)
	return e == 0 && d.sock != 0
}

// Blocks reports whether a call that would have to wait waits in the kernel,
// instead of answering EAGAIN.
func (s *System) Blocks(fd int) bool {
	d, e := s.get(fd)
	return e == 0 && d.sock != 0 && d.flags&Nonblock == 0
}

// Ready is the time from which on reading or writing a descriptor does not wait,
// as far as is known; Never if that takes somebody else's call.
func (s *System) Ready(fd int, write bool) int64 {
	d, e := s.get(fd)
	if e != 0 || d.sock == 0 {
		return 0
	}
	x := s.socks[d.sock-1]
	at := Never
	if x.err != 0 {
		at = x.errAt
	}
	if write {
		return min(at, s.canWrite(x))
	}
	switch {
	case x.state == sockListening && len(x.pending) > 0:
		return s.socks[x.pending[0]].since
	case len(x.in.marks) > 0:
		return min(at, x.in.marks[0].at)
	case x.in.end != 0:
		return min(at, x.in.end)
	case x.noRead:
		return 0
	}
	return at
}

func (s *System) canWrite(x *socket) int64 {
	switch {
	case x.state == sockConnecting:
		return Never
	case x.typ == Datagram || x.state != sockConnected || x.noWrite && x.family != 0:
		return x.since
	case x.peer < 0:
		return 0
	}
	in, w := &s.socks[x.peer].in, s.wire(x)
	if w.Buffer-len(in.data) < w.Unit {
		return Never
	}
	return max(x.since, in.room)
}
