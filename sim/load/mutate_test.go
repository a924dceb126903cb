package load

import (
	"math/rand"
	"strings"
	"testing"
	"time"
)

// seeds are programs that stress the front end; the fuzz target starts from
// them too.
var seeds = []string{
	generics,
	"package main\nfunc main() { x := }",
	"package main\nimport \"C\"\ntype T [len(T{})]int\nfunc main() { goto L; L: }",
	"package main\ntype T[P any] struct{ f *T[T[P]] }\nfunc main() { var _ T[int] }",
	"package main\nimport f \"fmt\"\nfunc f() {}\nfunc main() { defer recover(); select {} }",
	"package main\nfunc main() { for i := range func(yield func(int) bool) {} { defer println(i) } }",
	"package main\nfunc main() { const x = 1<<500 << 500; var a [x]int; _ = a; switch { case 1: fallthrough } }",
}

// Programs with a few bytes changed, cut or copied keep the front end on its
// feet, and each takes well under a second.
func TestMutatedPrograms(t *testing.T) {
	const seed = 1
	r := rand.New(rand.NewSource(seed))
	for n := range 4000 {
		text := mutate(r, seeds[n%len(seeds)])
		start := time.Now()
		checkProgram(t, text)
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%v for\n%s", d, text)
		}
		if t.Failed() {
			t.Fatalf("seed %d, program %d:\n%s", seed, n, text)
		}
	}
}

func mutate(r *rand.Rand, text string) string {
	b := []byte(text)
	for range 1 + r.Intn(4) {
		i := r.Intn(len(b) + 1)
		j := min(len(b), i+r.Intn(40))
		k := r.Intn(len(b) + 1)
		switch r.Intn(3) {
		case 0:
			if j > i {
				b[i] = byte(r.Intn(256))
			}
		case 1:
			b = append(b[:i:i], b[j:]...)
		case 2:
			b = []byte(string(b[:k]) + string(b[i:j]) + string(b[k:]))
		}
	}
	return string(b)
}

// checkProgram loads text and checks that there is a result or a mistake, and
// that every mistake has a place.
func checkProgram(t *testing.T, text string) {
	t.Helper()
	r, diags := Program(program(text), lib(t))
	if (r == nil) == (diags == nil) {
		t.Errorf("result %v and diagnostics %v", r, diags)
	}
	for _, d := range diags {
		if d.Line < 1 || d.Column < 1 || d.Message == "" {
			t.Errorf("no place or no message: %+v", d)
		}
		if strings.HasPrefix(d.Message, "internal error") {
			t.Errorf("%v", d)
		}
	}
}

// No source makes the front end panic.
func FuzzProgram(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { checkProgram(t, text) })
}
