package vm_test

import (
	"strings"
	"testing"
)

// Rules of channels and stacks that changed with Go's releases, on GOMAXPROCS=1.
// The second program is one in which a barger takes what woke a receiver.
func TestErasOfChannels(t *testing.T) {
	closing := `package main

import "runtime"

func main() {
	c, n := make(chan int), 0
	for i := range 6 {
		go func() { <-c; print(i, " "); n++ }()
	}
	runtime.Gosched()
	close(c)
	for n < 6 {
		runtime.Gosched()
	}
}
`
	barging := `package main

import "runtime"

func main() {
	c, n := make(chan int, 1), 0
	go func() { print("W", <-c, " "); n++ }()
	runtime.Gosched()
	c <- 1
	print("main", <-c, " ")
	c <- 2
	for n < 1 {
		runtime.Gosched()
	}
	select {
	case c <- 3:
	default:
		print("full ")
	}
	go func() { c <- 4; c <- 5; close(c) }()
	for v := range c {
		print(v, " ")
	}
}
`
	direct := strings.Replace(barging, `	print("main", <-c, " ")
	c <- 2
`, "", 1)
	for _, c := range []struct{ era, program, want string }{
		{"go1.4", closing, "0 1 2 3 4 5 "},
		{"go1.5", closing, "4 5 0 1 2 3 "},
		{"go1.13", closing, "5 4 3 2 1 0 "},
		{"go1.26", closing, "5 4 3 2 1 0 "},
		{"go1.0", barging, "main1 W2 3 4 5 "},
		{"go1.5", barging, "main1 W2 3 4 5 "},
		{"go1.5", direct, "W1 3 4 5 "},
		{"go1.13", direct, "W1 3 4 5 "},
	} {
		if got := runEra(t, c.era, c.program); got != c.want {
			t.Errorf("%s prints %q, want %q\n%s", c.era, got, c.want, c.program)
		}
	}
	// From 1.6 on the value went to the receiver that waited: main's own <-c
	// waits for ever.
	if got := runEra(t, "go1.13", barging); !strings.Contains(got, "W1") || !strings.Contains(got, "deadlock") {
		t.Errorf("go1.13 prints %q, want W1 and a deadlock", got)
	}
}

func runEra(t *testing.T, era, source string) string {
	t.Helper()
	rec := recordEra(t, era, source)
	var b strings.Builder
	for _, o := range rec.Output() {
		b.WriteString(o.Text)
	}
	return b.String()
}
