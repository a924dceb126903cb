//go:build gopark

package signal

import (
	"os"
	"syscall"
)

// No signal ever comes: nobody is at the keyboard, and Kill fails. What waits
// for one waits as it would in a quiet terminal.

//gopark:drop signal_unix.go

const numSig = 65

func signum(sig os.Signal) int {
	if s, ok := sig.(syscall.Signal); ok && s >= 0 && s < numSig {
		return int(s)
	}
	return -1
}

var ignored [numSig]bool

func enableSignal(sig int) { ignored[sig] = false }

func disableSignal(sig int) { ignored[sig] = false }

func ignoreSignal(sig int) { ignored[sig] = true }

func signalIgnored(sig int) bool { return ignored[sig] }

func signalWaitUntilIdle() {}

func init() { watchSignalLoop = loop }

// loop holds a thread in a system call, as the runtime's signal_recv does: a
// program that waits for a signal is not in a deadlock.
func loop() {
	for {
		syscall.Nanosleep(&syscall.Timespec{Sec: 1 << 30}, nil)
	}
}
