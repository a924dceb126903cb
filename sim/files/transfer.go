package files

// What read, write, close and shutdown do on pipes and sockets.

// recv reads from socket i.
func (s *System) recv(i int32, b []byte) (int, string, Errno) {
	x, now := s.socks[i], s.Clock
	if x.typ == Datagram {
		return s.recvOne(x, b)
	}
	switch got := x.in.take(b, now); {
	case x.family == 0 && x.noRead:
		return -1, "", EBADF
	case x.state != sockConnected || x.since > now && len(x.in.data) == 0 && x.in.end == 0:
		if e := s.takeErr(x); e != 0 {
			return -1, "", e
		}
		if x.state == sockConnected || x.state == sockConnecting {
			return -1, "", EAGAIN
		}
		return -1, "", ENOTCONN
	case got > 0:
		s.used -= uint64(got)
		s.freed(x, got)
		return got, "", 0
	case len(b) == 0 || x.noRead:
		return 0, "", 0
	case x.in.end != 0 && x.in.end <= now && len(x.in.marks) == 0 && (x.err == 0 || x.family != Unix):
		return 0, "", 0
	}
	if e := s.takeErr(x); e != 0 {
		return -1, "", e
	}
	return -1, "", EAGAIN
}

func (s *System) recvOne(x *socket, b []byte) (int, string, Errno) {
	if e := s.takeErr(x); e != 0 {
		return -1, "", e
	}
	if len(x.in.marks) == 0 || x.in.marks[0].at > s.Clock {
		return -1, "", EAGAIN
	}
	m := x.in.marks[0]
	s.used -= uint64(m.n)
	got := copy(b, x.in.data[:m.n])
	x.in.data, x.in.marks = x.in.data[m.n:], x.in.marks[1:]
	return got, m.from, 0
}

// takeErr is what an earlier event left for this call. A connection that was
// reset is at its end.
func (s *System) takeErr(x *socket) Errno {
	if x.err == 0 || x.errAt > s.Clock {
		return 0
	}
	e := x.err
	x.err = 0
	if e == ECONNRESET || e == EPIPE {
		x.noWrite = true
		if x.in.end == 0 {
			x.in.end = s.Clock
		}
	}
	return e
}

// freed tells the sender of the n bytes that x has just read of the room, if it
// waited for it.
func (s *System) freed(x *socket, n int) {
	w := s.wire(x)
	if room := w.Buffer - len(x.in.data); x.peer >= 0 && room >= w.Unit && room-n < w.Unit {
		x.in.room = s.Clock + w.Latency
		s.touch(x.peer)
	}
}

// send writes to socket i.
func (s *System) send(i int32, b []byte) (int, Errno) {
	x, now := s.socks[i], s.Clock
	if x.typ == Datagram {
		return s.sendTo(x, b, x.remote)
	}
	e := s.takeErr(x)
	switch {
	case x.family == 0 && x.noWrite:
		return -1, EBADF
	case e != 0:
		return -1, e
	case x.state == sockConnecting || x.since > now:
		return -1, EAGAIN
	case x.state != sockConnected || x.noWrite:
		return -1, EPIPE
	case x.peer < 0:
		return s.sendGone(x, len(b))
	}
	to, w := s.socks[x.peer], s.wire(x)
	room := w.Buffer - len(to.in.data)
	switch {
	case to.noRead && x.family == Unix:
		return -1, EPIPE
	case to.noRead:
		return len(b), 0 // TCP takes it and forgets it
	case len(b) == 0:
		return 0, 0
	case room <= 0 || now < to.in.room || x.family == 0 && len(b) <= PipeWire.Unit && room < len(b):
		return -1, EAGAIN
	}
	n := min(room, len(b))
	if e := s.put(x.peer, b[:n], now+w.Latency, ""); e != 0 {
		return -1, e
	}
	return n, 0
}

// put adds to what socket i will receive. The bytes count like those of files.
func (s *System) put(i int32, b []byte, at int64, from string) Errno {
	if s.limit > 0 && s.used+uint64(len(b)) > s.limit {
		return ENOBUFS
	}
	in := &s.socks[i].in
	s.used += uint64(len(b))
	in.data = append(in.data, b...)
	in.marks = append(in.marks, mark{len(b), at, from})
	s.touch(i)
	return 0
}

// sendGone writes to an end that is closed. TCP learns of it by the answer.
func (s *System) sendGone(x *socket, n int) (int, Errno) {
	if x.family == 0 || x.family == Unix {
		return -1, EPIPE
	}
	x.err, x.errAt = ECONNRESET, s.Clock+2*s.Wires.TCP.Latency
	if x.in.end != 0 && x.in.end <= s.Clock {
		x.err = EPIPE
	}
	return n, 0
}

// closeSocket is the last close of socket i.
func (s *System) closeSocket(i int32) {
	x := s.socks[i]
	for _, p := range x.pending { // nobody will accept them
		if c := s.socks[p].peer; c >= 0 && x.family != Unix {
			s.socks[c].err, s.socks[c].errAt = ECONNRESET, s.Clock+s.Wires.TCP.Latency
		}
		s.closeSocket(p)
	}
	for _, c := range x.waiting {
		s.refuse(s.socks[c])
		s.touch(c)
	}
	if p := x.peer; p >= 0 {
		s.partFrom(s.socks[p], x)
		s.touch(p)
	}
	if x.inode >= 0 {
		s.release(x.inode)
	}
	s.used -= uint64(len(x.in.data))
	s.socks[i] = nil
}

// partFrom tells p that x, its other end, is being closed: TCP resets a
// connection on which something was left unread (tcp_close).
func (s *System) partFrom(p, x *socket) {
	at := s.Clock + s.wire(x).Latency
	for _, m := range p.in.marks {
		at = max(at, m.at)
	}
	p.peer = -1
	if len(x.in.data) > 0 && x.family != 0 {
		p.err, p.errAt = ECONNRESET, at
		if x.family != Unix {
			return
		}
	}
	if p.in.end == 0 && !x.noWrite {
		p.in.end = at
	}
}

// Shutdown ends one direction of a connection: how 0 reading, 1 writing, 2 both.
func (s *System) Shutdown(fd, how int) Errno {
	x, i, e := s.socket(fd)
	switch {
	case e != 0:
		return e
	case x.state != sockConnected && (x.state != sockListening || how == 1),
		x.family != Unix && x.noWrite && x.in.end != 0 && x.in.end <= s.Clock: // ended both ways
		return ENOTCONN
	case how < 0 || how > 2:
		return EINVAL
	}
	if how != 1 {
		x.noRead = true
		s.touch(i)
	}
	if how != 0 && !x.noWrite {
		x.noWrite = true
		if x.peer >= 0 {
			p := s.socks[x.peer]
			p.in.end = s.Clock + s.wire(x).Latency
			s.touch(x.peer)
		}
	}
	return 0
}

// RecvFrom is Read, and tells where a datagram came from.
func (s *System) RecvFrom(fd int, b []byte) (int, string, Errno) {
	_, i, e := s.socket(fd)
	if e != 0 {
		return -1, "", e
	}
	return s.recv(i, b)
}

// SendTo sends a datagram to an address; "": where the socket is connected to.
func (s *System) SendTo(fd int, b []byte, addr string) (int, Errno) {
	x, i, e := s.socket(fd)
	switch {
	case e != 0:
		return -1, e
	case addr == "":
		return s.send(i, b)
	case x.typ != Datagram:
		return -1, EISCONN
	}
	return s.sendTo(x, b, addr)
}

// sendTo sends a datagram. One that nobody wants is lost; a connected sender
// hears of it, as one whose inbox is full doesn't.
func (s *System) sendTo(x *socket, b []byte, addr string) (int, Errno) {
	if e := s.takeErr(x); e != 0 {
		return -1, e
	}
	switch {
	case addr == "":
		return -1, EDESTADDRREQ
	case len(b) > 65507:
		return -1, EMSGSIZE
	case !reachable(addr):
		return -1, ENETUNREACH
	}
	if x.state == sockNew {
		s.bindAny(x, loopbackLike(addr))
	}
	i := s.at(Datagram, sockBound, addr)
	if i < 0 {
		if x.remote != "" {
			x.err, x.errAt = ECONNREFUSED, s.Clock+2*s.Wires.TCP.Latency
		}
		return len(b), 0
	}
	if to := s.socks[i]; len(to.in.data)+len(b) <= UnixWire.Buffer {
		s.put(i, b, s.Clock+s.Wires.TCP.Latency, x.local) // lost, if there is no room
	}
	return len(b), 0
}
