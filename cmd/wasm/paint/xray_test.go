package paint

import (
	"flag"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/trace"
	"gopark/sim/view"
)

var update = flag.Bool("update", false, "write testdata anew: go test ./cmd/wasm/paint -run Golden -update")

// outline is HTML for people: a line an element, without what only sighted
// readers' colours need.
func outline(s string) string {
	s = regexp.MustCompile(` style="--l:[^"]*"`).ReplaceAllString(s, "")
	s = regexp.MustCompile(`(<(section|div|li|p|ul|ol|figure|i|h3|h4|tr|svg|g|rect|line|text|button|details|label|select|textarea)\b)`).ReplaceAllString(s, "\n$1")
	var b strings.Builder
	lines := strings.Split(strings.TrimSpace(s), "\n")
	for i := 0; i < len(lines); {
		k := i
		for k < len(lines) && lines[k] == lines[i] {
			k++
		}
		b.WriteString(lines[i])
		if k > i+1 {
			b.WriteString(" × " + strconv.Itoa(k-i))
		}
		b.WriteString("\n")
		i = k
	}
	return b.String()
}

// golden holds a text against a section of a file below testdata.
func golden(t *testing.T, file, section, text string) {
	t.Helper()
	a, err := txtar.ParseFile("testdata/" + file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	if a == nil {
		a = &txtar.Archive{}
	}
	for i := range a.Files {
		if a.Files[i].Name != section {
			continue
		}
		if string(a.Files[i].Data) == text {
			return
		}
		if !*update {
			t.Errorf("%s: %s: got\n%s\nwant\n%s\n(if it is meant: go test ./cmd/wasm/paint -run Golden -update)", file, section, text, a.Files[i].Data)
			return
		}
		a.Files[i].Data = []byte(text)
		writeGolden(t, file, a)
		return
	}
	if !*update {
		t.Fatalf("%s has no %s", file, section)
	}
	a.Files = append(a.Files, txtar.File{Name: section, Data: []byte(text)})
	writeGolden(t, file, a)
}

func writeGolden(t *testing.T, file string, a *txtar.Archive) {
	t.Helper()
	if err := os.WriteFile("testdata/"+file, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

// recorded runs a program to its end.
func recorded(t *testing.T, source string, cfg sim.Config) *view.Session {
	t.Helper()
	p, diags, err := host.Load("main.go", source)
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	cfg.Limits = sim.DefaultLimits
	rec, err := p.Record(cfg)
	if err != nil {
		t.Fatal(err)
	}
	s := view.NewSession(rec, "main.go")
	s.Advance(0, 0)
	return s
}

// nth is the instant right after the n-th event of a kind, and whom it is about.
func nth(t *testing.T, s *view.Session, kind trace.Kind, n int) (event int, goid int64) {
	t.Helper()
	log := s.Recording().Log()
	for i := range log.Len() {
		if log.At(i).Kind == kind {
			if n--; n == 0 {
				goid, _ := s.Fold().Goid(i)
				return i + 1, goid
			}
		}
	}
	t.Fatalf("too few %s among %d events", kind, log.Len())
	return 0, 0
}

const deep = `package main

func deep(n int, pad [24]int) int {
	if n == 0 {
		return pad[n]
	}
	return deep(n-1, pad) + 1
}

func leaf(a [40]int) int { return a[3] }

func hot() (s int) {
	for i := range 5 {
		s += leaf([40]int{3: i})
	}
	return s
}

func main() {
	done := make(chan int)
	go func() { done <- deep(60, [24]int{}) + hot() }()
	println(<-done)
}
`

const spin = "package main\n\nfunc main() {\n\tfor i := 0; i < 8e6; i++ {\n\t}\n}\n"

// TestXRayGolden: real stacks as they are painted: one that has just been copied
// beside its old self, segments that were linked, one that is asked to stop, one
// of a thread's.
func TestXRayGolden(t *testing.T) {
	for _, x := range []struct {
		name, source string
		era          string
		kind         trace.Kind
		nth          int
	}{
		{"grows", deep, "go1.26", trace.StackGrow, 2},
		{"links", deep, "go1.0", trace.StackLink, 2},
		{"unlinks", deep, "go1.2", trace.StackUnlink, 1},
		{"asked", spin, "go1.4", trace.GoPreempt, 1},
		{"thread", deep, "threads", trace.GoBlock, 1},
	} {
		s := recorded(t, x.source, sim.Config{Era: x.era, Procs: 1, Cores: 1})
		event, goid := nth(t, s, x.kind, x.nth)
		html := XRay(s.XRay(event, goid))
		balanced(t, x.name, html)
		golden(t, "xray.txtar", x.name, outline(html))
	}
}

// TestXRayIsToScale: what is drawn adds up to the stack that it is drawn of.
func TestXRayIsToScale(t *testing.T) {
	s := recorded(t, deep, sim.Config{Era: "go1.26", Procs: 1, Cores: 1})
	event, goid := nth(t, s, trace.StackGrow, 2)
	html := XRay(s.XRay(event, goid))
	sum := 0
	bar := regexp.MustCompile(`<div class="xr-bar".*?</div>`).FindString(html)
	for _, m := range regexp.MustCompile(`flex:(\d+)`).FindAllStringSubmatch(bar, -1) {
		n := 0
		for _, c := range m[1] {
			n = 10*n + int(c-'0')
		}
		sum += n
	}
	if sum != 8192 {
		t.Errorf("the bar of a stack of 8192 bytes has %d in\n%s", sum, bar)
	}
	if !strings.Contains(html, `style="height:50.000%"`) {
		t.Errorf("the old stack is not half as high as the new one:\n%s", html)
	}
}
