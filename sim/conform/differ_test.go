package conform_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gopark/internal/randgo"
	"gopark/sim"
)

var (
	differCount = flag.Int("differ", 0, "how many random programs to compare with compiled Go, from the seed of -differ.seed on")
	differSeed  = flag.Uint64("differ.seed", 1, "the first seed of -differ")
	differKeep  = flag.String("differ.keep", "", "a folder for the programs that differ, cut down")
)

// differBatch is how many bodies are compiled as one program.
const differBatch = 60

// TestDiffer compares random programs with compiled Go. Without flags it takes
// few, always the same.
//
//	go test ./sim/conform -run TestDiffer -differ 5000 -timeout 1h
func TestDiffer(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command to compare with")
	}
	n, seed := *differCount, *differSeed
	if n == 0 {
		n, seed = differBatch/2, 1
	}
	failed := 0
	for done := 0; done < n; done += differBatch {
		var seeds []uint64
		for i := done; i < min(n, done+differBatch); i++ {
			seeds = append(seeds, seed+uint64(i))
		}
		for _, bad := range differing(t, seeds) {
			failed++
			report(t, bad)
		}
		if *differCount > 0 && done%(10*differBatch) == 0 {
			t.Logf("%d programs, %d differ", done+len(seeds), failed)
		}
	}
	t.Logf("%d programs, %d differ", n, failed)
}

// differing compares the bodies of some seeds and returns those that differ.
func differing(t *testing.T, seeds []uint64) []uint64 {
	t.Helper()
	source := randgo.Program(seeds...)
	want, err := compiled(t, source)
	if err != nil {
		t.Fatalf("seeds %d to %d: %v\n%s", seeds[0], seeds[len(seeds)-1], err, want)
	}
	got := simulated(t, source)
	if got == want {
		return nil
	}
	var bad []uint64
	for _, seed := range seeds {
		if section(want, seed) != section(got, seed) {
			bad = append(bad, seed)
		}
	}
	if len(bad) == 0 {
		t.Errorf("seeds %d to %d: the outputs differ outside of all bodies", seeds[0], seeds[len(seeds)-1])
	}
	return bad
}

// section is the output of a seed's body.
func section(output string, seed uint64) string {
	_, rest, _ := strings.Cut("\n"+output, "\n"+randgo.Heading(seed)+"\n")
	body, _, _ := strings.Cut(rest, "\n== ")
	return body
}

// report tells of a body that differs, cut down to what makes it differ.
func report(t *testing.T, seed uint64) {
	t.Helper()
	source := randgo.Program(seed)
	if *differKeep != "" {
		enough := time.Now().Add(2 * time.Minute)
		source = randgo.Reduce(source, func(smaller string) bool {
			if time.Now().After(enough) {
				return false
			}
			got := simulated(t, smaller)
			if strings.HasPrefix(got, doesNotCompile) {
				return false
			}
			want, err := compiled(t, smaller)
			return err == nil && got != want
		})
		name := filepath.Join(*differKeep, fmt.Sprintf("seed%d.go", seed))
		if err := os.WriteFile(name, []byte(source), 0o666); err != nil {
			t.Error(err)
		}
		t.Logf("seed %d, cut down: %s", seed, name)
	}
	want, err := compiled(t, source)
	if err != nil {
		t.Errorf("seed %d: %v", seed, err)
	}
	t.Errorf("seed %d: %s\nto repeat it, and cut it down into a file: go test ./sim/conform -run TestDiffer -differ 1 -differ.seed %d -differ.keep /tmp",
		seed, firstDifference(want, simulated(t, source)), seed)
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := 0; i < len(w) && i < len(g); i++ {
		if w[i] != g[i] {
			return fmt.Sprintf("line %d is\n%s\nwant\n%s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

// agreeing asks real Go up to three times what a program prints, until that is what was
// got. On a busy computer timers, deadlines and collections come at other moments.
func agreeing(got string, real func() string) (want string) {
	for range 3 {
		if want = real(); want == got {
			break
		}
	}
	return want
}

// compiled is what real Go's program prints, with how it ends.
func compiled(t *testing.T, source string) (string, error) {
	t.Helper()
	dir := t.TempDir()
	file, exe := filepath.Join(dir, "main.go"), filepath.Join(dir, "main")
	if err := os.WriteFile(file, []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-o", exe, file).CombinedOutput(); err != nil {
		return string(out), fmt.Errorf("go build: %w", err)
	}
	defer os.Remove(exe)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, exe)
	cmd.Stdout = &out
	err := cmd.Run()
	if ctx.Err() != nil {
		return out.String(), ctx.Err()
	}
	if exit, ok := err.(*exec.ExitError); ok {
		fmt.Fprintf(&out, "exit code %d\n", exit.ExitCode())
	} else if err != nil {
		t.Fatal(err)
	}
	return out.String(), nil
}

const doesNotCompile = "does not compile: "

// simulated is what the program prints here, with how it ends.
func simulated(t *testing.T, source string) (text string) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprintf("the simulator panics: %v", r)
		}
	}()
	rec, diagnostics := load(t, "main.go", source, sim.Config{Limits: goLimits, History: -1})
	if rec == nil {
		return doesNotCompile + diagnostics
	}
	rec.Advance(0, 0)
	var out strings.Builder
	for _, o := range rec.Output() {
		if o.FD == 1 {
			out.WriteString(o.Text)
		}
	}
	if _, code := rec.Ended(); code != 0 {
		fmt.Fprintf(&out, "exit code %d\n", code)
	}
	return out.String()
}
