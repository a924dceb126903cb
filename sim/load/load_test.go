package load

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/txtar"

	"gopark/sim/std"
	"gopark/sim/std/build"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata")

// library has types and no code.
var library = sync.OnceValues(func() (*std.Library, error) {
	goroot, err := build.GOROOT()
	if err != nil {
		return nil, err
	}
	return build.OpenCached(goroot, "types", func() ([]byte, error) { return build.Image(goroot, nil) })
})

func lib(t testing.TB) *std.Library {
	t.Helper()
	l, err := library()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func program(text string) []File { return []File{{Name: "main.go", Text: []byte(text)}} }

// Each archive is a program and what is wrong with it, in a file named "want".
func TestDiagnostics(t *testing.T) {
	names, err := filepath.Glob("testdata/diagnostics/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no testdata: ", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var files []File
			var want *txtar.File
			for i, f := range a.Files {
				if f.Name == "want" {
					want = &a.Files[i]
				} else {
					files = append(files, File{Name: f.Name, Text: f.Data})
				}
			}
			if want == nil {
				t.Fatal("no file named want")
			}
			var got strings.Builder
			for _, d := range Check(files, lib(t)) {
				fmt.Fprintf(&got, "%s (to %d:%d)\n", d, d.EndLine, d.EndColumn)
			}
			if *update {
				want.Data = []byte(got.String())
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got.String() != string(want.Data) {
				t.Errorf("got\n%swant\n%s(go test ./sim/load -run 'Diagnostics/%s' -update accepts it)", got.String(), want.Data, filepath.Base(name))
			}
		})
	}
}

// Programs that import each package load, alone and all at once.
func TestImportEach(t *testing.T) {
	var all strings.Builder
	all.WriteString("package main\n")
	for _, path := range lib(t).Paths() {
		fmt.Fprintf(&all, "import _ %q\n", path)
		text := fmt.Sprintf("package main\nimport _ %q\nfunc main() {}\n", path)
		if _, diags := Program(program(text), lib(t)); diags != nil {
			t.Errorf("%s: %v", path, diags)
		}
	}
	all.WriteString("func main() {}\n")
	if _, diags := Program(program(all.String()), lib(t)); diags != nil {
		t.Error(diags)
	}
}

const generics = `package main

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

type number interface{ ~int | ~float64 }

func sum[T number](list ...T) (s T) {
	for _, x := range list {
		s += x
	}
	return s
}

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

type pair[K cmp.Ordered, V any] struct {
	key K
	val V
}

func main() {
	var p atomic.Pointer[pair[string, int]]
	p.Store(&pair[string, int]{"a", 1})
	m := map[string]int{"b": 2}
	keys := slices.Sorted(maps.Keys(m))
	slices.SortFunc(keys, func(a, b string) int { return cmp.Compare(a, b) })
	var once = sync.OnceValue(func() time.Duration { return time.Second })
	for i := range count(3) {
		fmt.Println(i, sum(1, 2, 3), keys, p.Load().val, once())
	}
}
`

// Instances of the library's generic functions have bodies; its other
// functions have none; and what is to compile is the program alone.
func TestProgram(t *testing.T) {
	r, diags := Program(program(generics), lib(t))
	if diags != nil {
		t.Fatal(diags)
	}
	if len(r.Compile) != 1 || r.Compile[0] != r.Main {
		t.Errorf("to compile: %v", r.Compile)
	}
	calls := map[string]bool{}
	var visit func(f *ssa.Function)
	visit = func(f *ssa.Function) {
		if _, ok := calls[f.String()]; ok {
			return
		}
		calls[f.String()] = f.Blocks != nil
		for _, b := range f.Blocks {
			for _, in := range b.Instrs {
				for _, op := range in.Operands(nil) {
					if g, ok := (*op).(*ssa.Function); ok {
						visit(g)
					}
				}
			}
		}
	}
	visit(r.Main.Func("main"))
	for name, body := range map[string]bool{
		"main.sum[int]":                                       true,
		"slices.SortFunc[[]string, string]":                   true,
		"slices.Sorted[string]":                               true,
		"sync.OnceValue[time.Duration]":                       true,
		"(*sync/atomic.Pointer[main.pair[string, int]]).Load": true,
		"fmt.Println":                                         false,
	} {
		if got, ok := calls[name]; !ok || got != body {
			t.Errorf("%s: called %v, has a body: %v, want %v", name, ok, got, body)
		}
	}
	if t.Failed() {
		for name, body := range calls {
			t.Log(name, body)
		}
	}
	if r.Linknames["reflect.memmove"] != "runtime.memmove" {
		t.Error("the library's linknames are missing")
	}
}

// A second program sees the same library, and the first one stays usable.
func TestTwoPrograms(t *testing.T) {
	a, diags := Program(program(generics), lib(t))
	if diags != nil {
		t.Fatal(diags)
	}
	b, diags := Program(program(generics), lib(t))
	if diags != nil {
		t.Fatal(diags)
	}
	if a.Main == b.Main || a.Main.Func("main") == b.Main.Func("main") {
		t.Error("two programs share a package")
	}
	pos := a.Fset.Position(a.Main.Func("main").Pos())
	if pos.Filename != "main.go" || pos.Line != 38 {
		t.Errorf("main is at %v", pos)
	}
}

func TestCheckForgetsFiles(t *testing.T) {
	Check(program(generics), lib(t))
	count := func() (n int) {
		for range lib(t).Fset.Iterate {
			n++
		}
		return n
	}
	before := count()
	for range 3 {
		Check(program(generics), lib(t))
	}
	if after := count(); after != before {
		t.Errorf("%d files before, %d after", before, after)
	}
}

func TestFormat(t *testing.T) {
	out, diags := Format("main.go", []byte("package main\nfunc main(){x:=1\n_=x}"))
	if want := "package main\n\nfunc main() {\n\tx := 1\n\t_ = x\n}\n"; string(out) != want || diags != nil {
		t.Errorf("got %q, %v", out, diags)
	}
	src := []byte("package main\nfunc main( {\n")
	out, diags = Format("main.go", src)
	if string(out) != string(src) || len(diags) == 0 || diags[0].Line != 2 {
		t.Errorf("got %q, %v", out, diags)
	}
}
