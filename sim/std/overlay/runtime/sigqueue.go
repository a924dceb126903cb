//go:build gopark

package runtime

import _ "unsafe" // for linkname

// Signals for package os/signal (runtime/sigqueue.go). A bit is a signal's.
var sig struct {
	wanted, ignored uint64
	mask            uint64 // sent and not yet taken
	recv            uint64 // taken, to be handed out lowest first
}

func sigBit(s uint32) uint64 { return 1 << ((s - 1) & 63) }

// sigsend queues a signal, once however often it is sent. It reports false if
// nobody wants it.
func sigsend(s uint32) bool {
	if sig.wanted&sigBit(s) == 0 {
		return false
	}
	sig.mask |= sigBit(s)
	sigwake()
	return true
}

func sigIgnored(s uint32) bool { return sig.ignored&sigBit(s) != 0 }

// sigwait holds its thread in the kernel until there is a signal in mask;
// sigwake is a signal's arrival.
func sigwait(mask *uint64)

func sigwake()

//go:linkname signal_recv os/signal.signal_recv
func signal_recv() uint32 {
	for sig.recv == 0 {
		sigwait(&sig.mask)
		sig.recv, sig.mask = sig.mask, 0
	}
	s := uint32(1)
	for sig.recv&sigBit(s) == 0 {
		s++
	}
	sig.recv &^= sigBit(s)
	return s
}

//go:linkname signal_enable os/signal.signal_enable
func signal_enable(s uint32) {
	sig.wanted |= sigBit(s)
	sig.ignored &^= sigBit(s)
}

//go:linkname signal_disable os/signal.signal_disable
func signal_disable(s uint32) { sig.wanted &^= sigBit(s) }

//go:linkname signal_ignore os/signal.signal_ignore
func signal_ignore(s uint32) {
	sig.wanted &^= sigBit(s)
	sig.ignored |= sigBit(s)
}

//go:linkname signal_ignored os/signal.signal_ignored
func signal_ignored(s uint32) bool { return sigIgnored(s) }

// signalWaitUntilIdle waits until what was sent is on its way to its channels.
//
//go:linkname signalWaitUntilIdle os/signal.signalWaitUntilIdle
func signalWaitUntilIdle() {
	for sig.mask|sig.recv != 0 {
		Gosched()
	}
}
