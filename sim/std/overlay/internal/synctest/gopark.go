//go:build gopark

package synctest

import _ "unsafe" // for linkname

// Bubbles that outlive a call, which only syscall/js has, are left out.

//gopark:drop acquire release inBubble Bubble Acquire Bubble.Release Bubble.Run

// Run runs f in a new bubble and returns when all its goroutines have ended.
func Run(f func()) {
	if unsupported() {
		panic("synctest.Run not supported with asynctimerchan!=0")
	}
	if IsInBubble() {
		panic("synctest.Run called from within a synctest bubble")
	}
	enter()
	defer leave()
	go f()
	if how, bubble := idle(); how != 0 {
		deadlock(how == 1, bubble)
	}
}

// Wait waits until all other goroutines of the bubble are durably blocked.
func Wait() {
	if !IsInBubble() {
		panic("goroutine is not in a bubble")
	}
	if !beginWait() {
		panic("wait already in progress")
	}
	wait()
}

// IsInBubble reports whether the goroutine is in a bubble.
func IsInBubble() bool

// unsupported reports whether the runtime's timers are too old for bubbles.
//
//go:linkname unsupported runtime.synctestUnsupported
func unsupported() bool

// enter makes a bubble with the goroutine as its root.
//
//go:linkname enter runtime.synctestEnter
func enter()

// leave takes the root out of its bubble.
//
//go:linkname leave runtime.synctestLeave
func leave()

// idle waits until nothing can happen in the bubble. how is 0 if no goroutine
// is left but the root, 1 if main has ended but others are blocked, 2 if all
// are blocked.
//
//go:linkname idle runtime.synctestIdle
func idle() (how, bubble int)

// beginWait reports false if another goroutine is in Wait. After it, wait
// waits.
//
//go:linkname beginWait runtime.synctestBeginWait
func beginWait() bool

//go:linkname wait runtime.synctestWait
func wait()

//go:linkname deadlock runtime.synctestDeadlock
func deadlock(done bool, bubble int)
