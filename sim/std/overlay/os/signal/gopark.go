//go:build gopark

package signal

import (
	"os"
	"syscall"
	_ "unsafe" // for linkname
)

// No signal ever comes: nobody is at the keyboard, and syscall.Kill refuses to
// send what somebody waits for. What waits for one waits as it would in a quiet
// terminal.

//gopark:drop signal_unix.go

const numSig = 65

func signum(sig os.Signal) int {
	if s, ok := sig.(syscall.Signal); ok && s >= 0 && s < numSig {
		return int(s)
	}
	return -1
}

// sigWish is package syscall's, with its constants.
//
//go:linkname sigWish syscall.sigWish
var sigWish [numSig]uint8

const (
	sigDefault = iota
	sigNotified
	sigIgnored
)

func enableSignal(sig int) { sigWish[sig] = sigNotified }

// disableSignal leaves alone what is ignored: Reset undoes Notify only.
func disableSignal(sig int) {
	if sigWish[sig] == sigNotified {
		sigWish[sig] = sigDefault
	}
}

func ignoreSignal(sig int) { sigWish[sig] = sigIgnored }

func signalIgnored(sig int) bool { return sigWish[sig] == sigIgnored }

func signalWaitUntilIdle() {}

func init() { watchSignalLoop = loop }

// loop holds a thread in a system call, as the runtime's signal_recv does: a
// program that waits for a signal is not in a deadlock.
func loop() {
	for {
		syscall.Nanosleep(&syscall.Timespec{Sec: 1 << 30}, nil)
	}
}
