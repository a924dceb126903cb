package files

import (
	"slices"
	"strings"
)

// Addresses, and how connections come about.

var (
	v4Prefix = string(make([]byte, 10)) + "\xff\xff"
	anyV6    = string(make([]byte, 16))
	anyV4    = v4Prefix + "\x00\x00\x00\x00"
	loopV4   = v4Prefix + "\x7f\x00\x00\x01"
	loopV6   = string(make([]byte, 15)) + "\x01"
)

func inet(family uint8, port uint16, ip string) string {
	return string([]byte{family, byte(port >> 8), byte(port)}) + ip
}

func portOf(addr string) uint16 { return uint16(addr[1])<<8 | uint16(addr[2]) }

func ipOf(addr string) string { return addr[3:] }

func isAny(ip string) bool { return ip == anyV4 || ip == anyV6 }

func isV4(ip string) bool { return strings.HasPrefix(ip, v4Prefix) }

// valid reports whether addr is one of the family's.
func valid(addr string, family uint8) bool {
	if family == Unix {
		return len(addr) > 1 && addr[0] == Unix
	}
	return len(addr) == 19 && addr[0] == family
}

// reachable reports whether an address is this machine's.
func reachable(addr string) bool {
	ip := ipOf(addr)
	return isAny(ip) || ip == loopV6 || isV4(ip) && ip[12] == 127
}

// loopbackLike is the loopback address to talk to addr from, without a port.
func loopbackLike(addr string) string {
	if isV4(ipOf(addr)) {
		return loopV4
	}
	return loopV6
}

// at finds who receives what is sent to addr: a socket of that type and state.
func (s *System) at(typ uint8, st sockState, addr string) int32 {
	port, ip := portOf(addr), ipOf(addr)
	if isAny(ip) {
		ip = loopbackLike(addr)
	}
	best := int32(-1)
	for i, x := range s.socks {
		if x == nil || x.family <= Unix || x.typ != typ || x.state < sockBound || x.state != st && typ == Stream || portOf(x.local) != port {
			continue
		}
		switch own := ipOf(x.local); {
		case own == ip:
			return int32(i)
		case own == anyV4 && isV4(ip), own == anyV6 && !(x.v6only && isV4(ip)):
			best = int32(i)
		}
	}
	return best
}

// taken reports whether x can't be bound to addr because another socket is.
func (s *System) taken(x *socket, addr string) bool {
	for _, y := range s.socks {
		if y == nil || y == x || y.family <= Unix || y.typ != x.typ || y.state < sockBound || portOf(y.local) != portOf(addr) || y.typ == Stream && y.state == sockConnected {
			continue
		}
		a, b := ipOf(y.local), ipOf(addr)
		if a == b || isAny(a) && (isV4(a) == isV4(b) || a == anyV6 && !y.v6only) || isAny(b) && (isV4(a) == isV4(b) || b == anyV6 && !x.v6only) {
			return true
		}
	}
	return false
}

// The range of ports that are given out (net.ipv4.ip_local_port_range), one
// after the other.
const firstPort, lastPort = 32768, 60999

// bindAny gives x an address with a port that is free.
func (s *System) bindAny(x *socket, ip string) Errno {
	for range lastPort - firstPort + 1 {
		if s.port++; s.port < firstPort || s.port > lastPort {
			s.port = firstPort
		}
		used := func(y *socket) bool {
			return y != nil && y.family > Unix && y.state >= sockBound && portOf(y.local) == s.port
		}
		if !slices.ContainsFunc(s.socks, used) {
			x.local, x.state = inet(x.family, s.port, ip), sockBound
			return 0
		}
	}
	return EADDRINUSE
}

// Bind gives a socket its address.
func (s *System) Bind(fd int, addr string, now int64) Errno {
	x, _, e := s.socket(fd)
	switch {
	case e != 0:
		return e
	case x.state != sockNew || !valid(addr, x.family):
		return EINVAL
	case x.family == Unix:
		return s.bindPath(x, addr, now)
	case !reachable(addr):
		return EADDRNOTAVAIL
	case portOf(addr) == 0:
		return s.bindAny(x, ipOf(addr))
	case s.taken(x, addr):
		return EADDRINUSE
	}
	x.local, x.state = addr, sockBound
	return 0
}

// bindPath makes the file of a Unix socket, unless its name is abstract.
func (s *System) bindPath(x *socket, addr string, now int64) Errno {
	if addr[1] != 0 {
		if _, e := s.lookup(addr[1:]); e == 0 {
			return EADDRINUSE
		}
		i, e := s.create(addr[1:], 0o755, now)
		if e != 0 {
			return e
		}
		s.inodes[i].mode = ModeSocket | 0o755
		s.inodes[i].refs++
		x.inode = i
	} else if s.listenerAt(addr) >= 0 {
		return EADDRINUSE
	}
	x.local, x.state = addr, sockBound
	return 0
}

// listenerAt finds the Unix socket that a path leads to.
func (s *System) listenerAt(addr string) int32 {
	inode, e := int32(-1), ENOENT
	if addr[1] != 0 {
		inode, e = s.lookup(addr[1:])
	}
	return int32(slices.IndexFunc(s.socks, func(y *socket) bool {
		return y != nil && y.family == Unix && (y.state == sockBound || y.state == sockListening) && (e == 0 && y.inode == inode || addr[1] == 0 && y.local == addr)
	}))
}

// Listen lets connections arrive, at most backlog and one before they are
// accepted.
func (s *System) Listen(fd, backlog int) Errno {
	x, _, e := s.socket(fd)
	switch {
	case e != 0:
		return e
	case x.typ != Stream:
		return EOPNOTSUPP
	case x.state == sockNew && x.family != Unix:
		s.bindAny(x, anyV6)
	case x.state != sockBound && x.state != sockListening:
		return EINVAL
	}
	x.state, x.backlog = sockListening, max(backlog, 0)
	return 0
}

// Connect begins to connect a socket; EINPROGRESS is answered where that takes
// time.
func (s *System) Connect(fd int, addr string) Errno {
	x, i, e := s.socket(fd)
	switch {
	case e != 0:
		return e
	case !valid(addr, x.family):
		return EAFNOSUPPORT
	case x.typ == Datagram:
		return s.connectDatagram(x, addr)
	case x.state == sockConnected:
		return EISCONN
	case x.state == sockConnecting:
		return EALREADY
	case x.state == sockListening:
		return EINVAL
	case x.family == Unix:
		return s.connectUnix(x, i, addr)
	case !reachable(addr):
		return ENETUNREACH
	}
	if x.state == sockNew {
		if e := s.bindAny(x, loopbackLike(addr)); e != 0 {
			return EADDRNOTAVAIL
		}
	}
	if ip := ipOf(addr); isAny(ip) {
		addr = inet(x.family, portOf(addr), loopbackLike(addr))
	}
	x.remote = addr
	l := s.at(Stream, sockListening, addr)
	switch {
	case l < 0:
		s.refuse(x)
	case len(s.socks[l].pending) > s.socks[l].backlog:
		x.state, x.since = sockConnecting, s.Clock
		s.socks[l].waiting = append(s.socks[l].waiting, i)
	default:
		s.establish(i, l, s.Clock+s.Wires.TCP.Latency)
	}
	return EINPROGRESS
}

func (s *System) refuse(x *socket) {
	x.state, x.err, x.errAt = sockBound, ECONNREFUSED, s.Clock+2*s.Wires.TCP.Latency
	x.since = x.errAt
}

// establish connects socket i with listener l at the time at, when the other
// end is there to be accepted; i hears of it an answer later.
func (s *System) establish(i, l int32, at int64) {
	x, y := s.socks[i], s.socks[l]
	server, j := s.newSocket(int32(y.family), int32(y.typ))
	server.state, server.since, server.peer, x.peer = sockConnected, at, i, j
	x.state, x.since = sockConnected, at
	if y.family == Unix {
		server.local, server.remote = y.local, x.local
	} else { // each end has addresses of its own family
		server.local, server.remote = inet(y.family, portOf(x.remote), ipOf(x.remote)), inet(y.family, portOf(x.local), ipOf(x.local))
		x.since += s.Wires.TCP.Latency
	}
	y.pending = append(y.pending, j)
	s.touch(l)
	s.touch(i)
}

func (s *System) connectUnix(x *socket, i int32, addr string) Errno {
	if addr[1] != 0 {
		if _, e := s.lookup(addr[1:]); e != 0 {
			return e
		}
	}
	l := s.listenerAt(addr)
	switch {
	case l < 0 || s.socks[l].state != sockListening:
		return ECONNREFUSED
	case len(s.socks[l].pending) > s.socks[l].backlog:
		return EAGAIN
	}
	x.remote = addr
	s.establish(i, l, s.Clock)
	return 0
}

func (s *System) connectDatagram(x *socket, addr string) Errno {
	if !reachable(addr) {
		return ENETUNREACH
	}
	if x.state == sockNew {
		if e := s.bindAny(x, loopbackLike(addr)); e != 0 {
			return e
		}
	}
	x.remote = addr
	return 0
}

// Accept returns the connection that has waited longest. flags may have
// Nonblock.
func (s *System) Accept(fd int, flags int32) (int, string, Errno) {
	x, l, e := s.socket(fd)
	switch {
	case e != 0:
		return -1, "", e
	case x.state != sockListening || x.noRead:
		return -1, "", EINVAL
	case len(x.pending) == 0 || s.socks[x.pending[0]].since > s.Clock:
		return -1, "", EAGAIN
	}
	i := x.pending[0]
	n, e := s.install(i, flags)
	if e != 0 {
		return -1, "", e // it stays where it is
	}
	x.pending = slices.Delete(x.pending, 0, 1)
	if len(x.waiting) > 0 { // TCP sends a SYN again after 1, 3, 7 … seconds
		c := x.waiting[0]
		x.waiting = slices.Delete(x.waiting, 0, 1)
		at, gap := s.socks[c].since+1e9, int64(2e9)
		for ; at < s.Clock; gap *= 2 {
			at += gap
		}
		s.establish(c, l, at)
	}
	return n, s.socks[i].remote, 0
}

// Name is a socket's address, or its peer's.
func (s *System) Name(fd int, peer bool) (string, Errno) {
	x, _, e := s.socket(fd)
	switch {
	case e != 0:
		return "", e
	case peer && (x.remote == "" && x.family != Unix || x.typ == Stream && (x.state != sockConnected || x.since > s.Clock)):
		return "", ENOTCONN
	case peer:
		return named(x, x.remote), 0
	}
	return named(x, x.local), 0
}

// named is an address, or that of a socket without one.
func named(x *socket, addr string) string {
	switch {
	case addr != "":
		return addr
	case x.family == Unix:
		return string([]byte{Unix})
	}
	return inet(x.family, 0, anyV6)
}

// TakeError is what getsockopt(SO_ERROR) answers.
func (s *System) TakeError(fd int) (err, e Errno) {
	x, _, e := s.socket(fd)
	if e != 0 {
		return 0, e
	}
	if x.err == 0 && (x.state == sockConnecting || x.state == sockConnected && x.since > s.Clock) {
		return EINPROGRESS, 0
	}
	return s.takeErr(x), 0
}
