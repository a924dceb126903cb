package vm

import (
	"math/rand/v2"
	linux "syscall"
	"testing"
)

// A real pipe takes and refuses what the model's does, whatever was written and
// read before.
func TestPipeIsTheKernels(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		var fd [2]int
		if err := linux.Pipe2(fd[:], linux.O_NONBLOCK); err != nil {
			t.Fatal(err)
		}
		size := []int{10, 300, 3000, 4096, 6000, 20_000}[r.IntN(6)]
		var p pages
		var held []int
		for range 300 {
			if r.IntN(3) == 0 && len(held) > 0 {
				n := popFront(&held)
				if got, err := linux.Read(fd[0], make([]byte, n)); got != n {
					t.Fatal(seed, got, n, err)
				}
				p.read(n)
				continue
			}
			n := 1 + r.IntN(size)
			if n > pipeBuf && !p.fit(n) {
				continue // a real one takes a part
			}
			got, err := linux.Write(fd[1], make([]byte, n))
			if fits := p.fit(n); fits != (got == n) || !fits && err != linux.EAGAIN {
				t.Fatalf("seed %d: the kernel takes %d of %d bytes (%v), fit says %v; %d pages, %d bytes",
					seed, got, n, err, fits, len(p.left), p.bytes())
			}
			if got == n {
				p.write(n)
				held = append(held, n)
			}
		}
		linux.Close(fd[0])
		linux.Close(fd[1])
	}
}
