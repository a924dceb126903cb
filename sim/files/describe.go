package files

import (
	"fmt"
	"strconv"
)

// Describe says what a descriptor is, in the words of Go's errors: "tcp
// 127.0.0.1:8080->127.0.0.1:32768", and what can be had from it at the time now.
func (s *System) Describe(fd int, now int64) (what, has string) {
	d, e := s.get(fd)
	if e != 0 || d.sock == 0 {
		return "file", ""
	}
	x := s.socks[d.sock-1]
	has = fmt.Sprint(x.in.arrived(now, false), " bytes to read")
	switch {
	case x.family == 0 && x.noRead:
		return "pipe, the end to write to", ""
	case x.family == 0:
		return "pipe, the end to read from", has
	case x.state == sockListening:
		return network(x) + " " + show(x.local) + ", listening", fmt.Sprint(len(x.pending), " to accept")
	case x.remote != "":
		return network(x) + " " + show(x.local) + "->" + show(x.remote), has
	}
	return network(x) + " " + show(x.local), has
}

func network(x *socket) string {
	switch {
	case x.family == Unix:
		return "unix"
	case x.typ == Datagram:
		return "udp"
	}
	return "tcp"
}

// show is an address as package net prints it.
func show(addr string) string {
	switch {
	case len(addr) < 2:
		return "@"
	case addr[0] == Unix && addr[1] == 0:
		return "@" + addr[2:]
	case addr[0] == Unix:
		return addr[1:]
	}
	port, ip := strconv.Itoa(int(portOf(addr))), ipOf(addr)
	switch {
	case isV4(ip):
		return fmt.Sprintf("%d.%d.%d.%d:%s", ip[12], ip[13], ip[14], ip[15], port)
	case ip == loopV6:
		return "[::1]:" + port
	}
	return "[::]:" + port
}
