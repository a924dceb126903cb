//go:build gopark

package net

import (
	"context"
	"io"
)

// Sockets, dialling, listening, addresses and their errors are GOROOT's. There is
// one interface, loopback, and no name server: names are those of /etc/hosts.
//
//gopark:take mptcpsock_stub.go sendfile_stub.go
//gopark:drop cgo_stub.go conf.go dnsclient_unix.go dnsconfig.go dnsconfig_unix.go interface_linux.go mptcpsock_linux.go
//gopark:drop netcgo_off.go netgo_off.go nss.go rlimit_unix.go sendfile.go sendfile_nonwindows.go splice_linux.go unixsock_readmsg_cmsg_cloexec.go
//gopark:drop equalASCIIName parseCNAMEFromResources Resolver.goLookupSRV Resolver.goLookupMX Resolver.goLookupNS Resolver.goLookupTXT
//gopark:drop byPriorityWeight byPriorityWeight.shuffleByWeight byPriorityWeight.sort byPref byPref.sort runtime_rand randInt randIntn

func spliceFrom(*netFD, io.Reader) (int64, error, bool) { return 0, nil, false }

func spliceTo(io.Writer, *netFD) (int64, error, bool) { return 0, nil, false }

const readMsgFlags = 0

func setReadMsgCloseOnExec(oob []byte) {}

func concurrentThreadsLimit() int { return 500 }

func unknown(name string) *DNSError { return newDNSError(errNoSuchHost, name, "") }

func (r *Resolver) lookupHost(ctx context.Context, host string) ([]string, error) {
	addrs, _ := lookupStaticHost(host)
	if len(addrs) == 0 {
		return nil, unknown(host)
	}
	return addrs, nil
}

func (r *Resolver) lookupIP(ctx context.Context, network, host string) ([]IPAddr, error) {
	var list []IPAddr
	addrs, _ := lookupStaticHost(host)
	for _, a := range addrs {
		if ip := ParseIP(a); ip != nil {
			list = append(list, IPAddr{IP: ip})
		}
	}
	if len(list) == 0 {
		return nil, unknown(host)
	}
	sortByRFC6724(list)
	return list, nil
}

func (r *Resolver) lookupPort(ctx context.Context, network, service string) (int, error) {
	return goLookupPort(network, service)
}

func (r *Resolver) lookupCNAME(ctx context.Context, name string) (string, error) {
	addrs, canonical := lookupStaticHost(name)
	if len(addrs) == 0 {
		return "", unknown(name)
	}
	return absDomainName(canonical), nil
}

func (r *Resolver) lookupSRV(ctx context.Context, service, proto, name string) (string, []*SRV, error) {
	return "", nil, unknown(name)
}

func (r *Resolver) lookupMX(ctx context.Context, name string) ([]*MX, error) {
	return nil, unknown(name)
}

func (r *Resolver) lookupNS(ctx context.Context, name string) ([]*NS, error) {
	return nil, unknown(name)
}

func (r *Resolver) lookupTXT(ctx context.Context, name string) ([]string, error) {
	return nil, unknown(name)
}

func (r *Resolver) lookupAddr(ctx context.Context, addr string) ([]string, error) {
	if names := lookupStaticAddr(addr); len(names) > 0 {
		return names, nil
	}
	return nil, unknown(addr)
}

func interfaceTable(ifindex int) ([]Interface, error) {
	lo := Interface{Index: 1, MTU: 65536, Name: "lo", Flags: FlagUp | FlagLoopback | FlagRunning}
	if ifindex > 1 {
		return nil, nil
	}
	return []Interface{lo}, nil
}

func interfaceAddrTable(ifi *Interface) ([]Addr, error) {
	return []Addr{&IPNet{IPv4(127, 0, 0, 1), CIDRMask(8, 32)}, &IPNet{IPv6loopback, CIDRMask(128, 128)}}, nil
}

func interfaceMulticastAddrTable(ifi *Interface) ([]Addr, error) { return nil, nil }
