//go:build gopark

package syscall

import (
	"errors"
	"sync"
)

// Numbers of Linux's for sockets, and flags.
const (
	AF_UNSPEC = 0
	AF_UNIX   = 1
	AF_INET   = 2
	AF_INET6  = 10

	SOCK_STREAM    = 1
	SOCK_DGRAM     = 2
	SOCK_RAW       = 3
	SOCK_SEQPACKET = 5
	SOCK_NONBLOCK  = 0x800
	SOCK_CLOEXEC   = 0x80000
	O_NONBLOCK     = 0x800
	O_DIRECTORY    = 0x10000
	F_GETFL        = 3
	F_SETFL        = 4
	SHUT_RD        = 0
	SHUT_WR        = 1
	SHUT_RDWR      = 2
	SOMAXCONN      = 128

	IPPROTO_IP          = 0
	IPPROTO_TCP         = 6
	IPPROTO_UDP         = 17
	IPPROTO_IPV6        = 41
	IPV6_V6ONLY         = 26
	IPV6_MULTICAST_IF   = 17
	IPV6_MULTICAST_LOOP = 19
	IPV6_JOIN_GROUP     = 20
	IP_MULTICAST_IF     = 32
	IP_MULTICAST_LOOP   = 34
	IP_ADD_MEMBERSHIP   = 35
	SOL_SOCKET          = 1
	SO_REUSEADDR        = 2
	SO_TYPE             = 3
	SO_ERROR            = 4
	SO_BROADCAST        = 6
	SO_SNDBUF           = 7
	SO_RCVBUF           = 8
	SO_KEEPALIVE        = 9
	SO_LINGER           = 13
	TCP_NODELAY         = 1
	TCP_KEEPIDLE        = 4
	TCP_KEEPINTVL       = 5
	TCP_KEEPCNT         = 6
	MSG_CMSG_CLOEXEC    = 0x40000000
)

// ForkLock is for programs that fork.
var ForkLock sync.RWMutex

// A Sockaddr is an address of a socket.
type Sockaddr interface {
	bytes() string
}

// SockaddrInet4 is one of IPv4.
type SockaddrInet4 struct {
	Port int
	Addr [4]byte
}

// SockaddrInet6 is one of IPv6.
type SockaddrInet6 struct {
	Port   int
	ZoneId uint32
	Addr   [16]byte
}

// SockaddrUnix is a path; one that begins with @ is abstract.
type SockaddrUnix struct{ Name string }

// The kernel's form of an address is the family, the port and 16 bytes, with IPv4
// mapped into IPv6; or the family and a path.

func (sa *SockaddrInet4) bytes() string {
	return string([]byte{AF_INET, byte(sa.Port >> 8), byte(sa.Port), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff,
		sa.Addr[0], sa.Addr[1], sa.Addr[2], sa.Addr[3]})
}

func (sa *SockaddrInet6) bytes() string {
	return string([]byte{AF_INET6, byte(sa.Port >> 8), byte(sa.Port)}) + string(sa.Addr[:])
}

func (sa *SockaddrUnix) bytes() string {
	name := sa.Name
	if name != "" && name[0] == '@' {
		name = "\x00" + name[1:]
	}
	return string([]byte{AF_UNIX}) + name
}

func sockaddr(b string) Sockaddr {
	switch {
	case b == "":
		return nil
	case b[0] == AF_INET:
		return &SockaddrInet4{Port: int(b[1])<<8 | int(b[2]), Addr: [4]byte{b[15], b[16], b[17], b[18]}}
	case b[0] == AF_INET6:
		sa := &SockaddrInet6{Port: int(b[1])<<8 | int(b[2])}
		copy(sa.Addr[:], b[3:])
		return sa
	}
	if len(b) == 1 { // no address
		return &SockaddrUnix{Name: "@"}
	}
	if b[1] == 0 {
		return &SockaddrUnix{Name: "@" + b[2:]}
	}
	return &SockaddrUnix{Name: b[1:]}
}

// What socketcall does.
const (
	callSocket = iota
	callPipe
	callBind
	callListen
	callConnect
	callAccept
	callName
	callPeer
	callShutdown
	callNonblock
	callFlags
	callV6Only
	callError
	callFinish
)

func socketcall(op, fd, arg int, addr string) (n int, name string, errno Errno)

func recvfrom(fd int, p []byte) (n int, from string, errno Errno)

func sendto(fd int, p []byte, to string) (n int, errno Errno)

// sigsend delivers a signal if the program wants it (runtime/sigqueue.go).
//
//go:linkname sigsend runtime.sigsend
func sigsend(sig uint32) bool

//go:linkname sigIgnored runtime.sigIgnored
func sigIgnored(sig uint32) bool

// simple makes a socketcall that answers an error alone.
func simple(op, fd, arg int, addr string) error {
	_, _, e := socketcall(op, fd, arg, addr)
	return toError(e)
}

// Socket makes a socket.
func Socket(domain, typ, proto int) (fd int, err error) {
	fd, _, e := socketcall(callSocket, domain, typ, "")
	return fd, toError(e)
}

// Pipe2 makes a pipe: p[0] is read from, p[1] written to.
func Pipe2(p []int, flags int) error {
	if len(p) != 2 {
		return EINVAL
	}
	n, _, e := socketcall(callPipe, 0, flags, "")
	if e == 0 {
		p[0], p[1] = n&0xffffffff, n>>32
	}
	return toError(e)
}

// Pipe is Pipe2 without flags.
func Pipe(p []int) error { return Pipe2(p, 0) }

// Bind gives a socket its address.
func Bind(fd int, sa Sockaddr) error { return simple(callBind, fd, 0, sa.bytes()) }

// Listen lets connections arrive.
func Listen(fd, backlog int) error { return simple(callListen, fd, backlog, "") }

// Connect connects a socket; one that doesn't block answers EINPROGRESS.
func Connect(fd int, sa Sockaddr) error {
	_, _, e := socketcall(callConnect, fd, 0, sa.bytes())
	flags, _, _ := socketcall(callFlags, fd, 0, "")
	if e == EINPROGRESS && flags&O_NONBLOCK == 0 {
		n, _, _ := socketcall(callFinish, fd, 0, "")
		e = Errno(n)
	}
	return toError(e)
}

// Accept4 accepts a connection.
func Accept4(fd, flags int) (nfd int, sa Sockaddr, err error) {
	nfd, from, e := socketcall(callAccept, fd, flags, "")
	if e != 0 {
		return -1, nil, e
	}
	return nfd, sockaddr(from), nil
}

// Accept is Accept4 without flags.
func Accept(fd int) (nfd int, sa Sockaddr, err error) { return Accept4(fd, 0) }

// Getsockname is a socket's address.
func Getsockname(fd int) (Sockaddr, error) {
	_, name, e := socketcall(callName, fd, 0, "")
	return sockaddr(name), toError(e)
}

// Getpeername is the address that a socket is connected to.
func Getpeername(fd int) (Sockaddr, error) {
	_, name, e := socketcall(callPeer, fd, 0, "")
	return sockaddr(name), toError(e)
}

// Shutdown ends one direction of a connection, or both.
func Shutdown(fd, how int) error { return simple(callShutdown, fd, how, "") }

// SetNonblock sets or clears O_NONBLOCK.
func SetNonblock(fd int, nonblocking bool) error {
	arg := 0
	if nonblocking {
		arg = 1
	}
	return simple(callNonblock, fd, arg, "")
}

// CloseOnExec does nothing: nothing is ever executed.
func CloseOnExec(fd int) {}

// GetFlags is fcntl(F_GETFL), for internal/syscall/unix.
func GetFlags(fd int) (int, error) {
	flags, _, e := socketcall(callFlags, fd, 0, "")
	return flags, toError(e)
}

// GetsockoptInt answers the socket's pending error, and 0 for other options.
func GetsockoptInt(fd, level, opt int) (int, error) {
	if level != SOL_SOCKET || opt != SO_ERROR {
		return 0, nil
	}
	n, _, e := socketcall(callError, fd, 0, "")
	return n, toError(e)
}

// SetsockoptInt heeds IPV6_V6ONLY. Others have no effect here.
func SetsockoptInt(fd, level, opt, value int) error {
	if level == IPPROTO_IPV6 && opt == IPV6_V6ONLY {
		return simple(callV6Only, fd, value, "")
	}
	_, _, e := socketcall(callName, fd, 0, "")
	return toError(e)
}

// Recvfrom receives, and tells from whom.
func Recvfrom(fd int, p []byte, flags int) (n int, from Sockaddr, err error) {
	n, addr, e := recvfrom(fd, p)
	return n, sockaddr(addr), toError(e)
}

// Sendto sends to an address.
func Sendto(fd int, p []byte, flags int, to Sockaddr) error {
	_, err := SendmsgN(fd, p, nil, to, flags)
	return err
}

// Recvmsg is Recvfrom: there are no control messages.
func Recvmsg(fd int, p, oob []byte, flags int) (n, oobn int, recvflags int, from Sockaddr, err error) {
	n, from, err = Recvfrom(fd, p, flags)
	return n, 0, 0, from, err
}

// SendmsgN sends to an address, or, if that is nil, where the socket is
// connected to.
func SendmsgN(fd int, p, oob []byte, to Sockaddr, flags int) (n int, err error) {
	addr := ""
	if to != nil {
		addr = to.bytes()
	}
	n, e := sendto(fd, p, addr)
	return max(n, 0), toError(e)
}

// What the machine's sockets don't have.

// A Linger is an argument of SO_LINGER.
type Linger struct{ Onoff, Linger int32 }

// An IPMreq, an IPMreqn and an IPv6Mreq are memberships in groups.
type (
	IPMreq  struct{ Multiaddr, Interface [4]byte }
	IPMreqn struct {
		Multiaddr, Address [4]byte
		Ifindex            int32
	}
	IPv6Mreq struct {
		Multiaddr [16]byte
		Interface uint32
	}
)

// An Iovec is a part of what writev writes.
type Iovec struct{}

var errNoMulticast = errors.New("multicast is not simulated")

func SetsockoptLinger(fd, level, opt int, l *Linger) error        { return nil }
func SetsockoptByte(fd, level, opt int, value byte) error         { return errNoMulticast }
func SetsockoptInet4Addr(fd, level, opt int, value [4]byte) error { return errNoMulticast }
func SetsockoptIPMreq(fd, level, opt int, mreq *IPMreq) error     { return errNoMulticast }
func SetsockoptIPMreqn(fd, level, opt int, mreq *IPMreqn) error   { return errNoMulticast }
func SetsockoptIPv6Mreq(fd, level, opt int, mreq *IPv6Mreq) error { return errNoMulticast }
func Dup(fd int) (int, error)                                     { return -1, ENOSYS }
func Fchmod(fd int, mode uint32) error                            { return ENOSYS }
func Fchown(fd, uid, gid int) error                               { return ENOSYS }
func Fchdir(fd int) error                                         { return ENOSYS }
func ReadDirent(fd int, buf []byte) (int, error)                  { return -1, ENOSYS }
func Fsync(fd int) error                                          { return nil }
