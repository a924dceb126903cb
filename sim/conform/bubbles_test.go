package conform_test

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"gopark/sim/host"
)

const bubblesFile = "testdata/bubbles/main.go"

// TestBubbles compares what programs print that misuse bubbles of
// testing/synctest with real Go, as TestPanics does.
func TestBubbles(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command to compare with")
	}
	exe := filepath.Join(t.TempDir(), "bubbles")
	if out, err := exec.Command("go", "build", "-o", exe, bubblesFile).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	source := readFile(t, bubblesFile)
	prog, diagnostics, err := host.Load("main.go", source)
	if err != nil || prog == nil {
		t.Fatal(err, diagnostics)
	}
	names := regexp.MustCompile(`"(\w+)": (\w+),`).FindAllStringSubmatch(source, -1)
	if len(names) < 19 {
		t.Errorf("found only %d cases in %s", len(names), bubblesFile)
	}
	for _, m := range names {
		t.Run(m[1], func(t *testing.T) {
			want, got := plainBubble(realPanic(t, exe, m[1])), plainBubble(simulatedPanic(t, prog, m[1]))
			if got != want {
				t.Errorf("prints\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// What may differ of bubbles beyond that: the lines in the runtime of what is
// native here, as its code for bubbles stands apart; those of Run and Wait,
// which are the library's overlay's; and how long a test took.
var bubbleNoise = []struct {
	pattern *regexp.Regexp
	by      string
}{
	{regexp.MustCompile(`(?m)^(internal/synctest\.(?:Run|Wait)\(.*\)\n\t).*$`), "$1…"},
	{regexp.MustCompile(`(/src/runtime/(?:time|sema)\.go):\d+`), "$1:…"},
	{regexp.MustCompile(`[^\s]*/testdata/bubbles/`), ""},
	{regexp.MustCompile(`\(\d+\.\d\ds\)`), "(…s)"},
}

var goroutineID = regexp.MustCompile(`goroutine \d+`)

// plainBubble takes out what may differ. Goroutines are numbered in the order
// in which they are told of: their ids depend on who ran before on which P.
func plainBubble(text string) string {
	for _, n := range bubbleNoise {
		text = n.pattern.ReplaceAllString(text, n.by)
	}
	ids := map[string]string{}
	return goroutineID.ReplaceAllStringFunc(text, func(id string) string {
		if ids[id] == "" {
			ids[id] = fmt.Sprint("goroutine no. ", len(ids)+1)
		}
		return ids[id]
	})
}
