//go:build gopark

// Package synctest is the library's view of testing/synctest's bubbles: there
// are none.
package synctest

//gopark:only

// An Association says whether an object belongs to the current bubble.
type Association int

// The associations.
const (
	Unbubbled Association = iota
	CurrentBubble
	OtherBubble
)

// IsInBubble reports whether the goroutine is in a bubble.
func IsInBubble() bool { return false }

// Associate associates p with the current bubble, of which there is none.
func Associate[T any](p *T) Association { return Unbubbled }

// Disassociate undoes Associate.
func Disassociate[T any](p *T) {}

// IsAssociated reports whether p is associated with a bubble.
func IsAssociated[T any](p *T) bool { return false }

// A Bubble is never seen: Acquire returns nil.
type Bubble struct{}

// Acquire returns the current bubble, nil.
func Acquire() *Bubble { return nil }

// Release releases b.
func (b *Bubble) Release() {}

// Run calls f.
func (b *Bubble) Run(f func()) { f() }
