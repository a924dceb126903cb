package load

import (
	"slices"
	"strings"
	"testing"
)

// withCursor is a program with a cursor, which is the sign ¦.
func withCursor(t *testing.T, text string) (source []byte, offset int) {
	t.Helper()
	offset = strings.Index(text, "¦")
	if offset < 0 {
		t.Fatal("no cursor")
	}
	return []byte(strings.Replace(text, "¦", "", 1)), offset
}

const head = "package main\n\nimport (\n\t\"fmt\"\n\t\"sync\"\n)\n\n// A box holds things.\ntype box struct {\n\tsync.Mutex\n\tcount int\n}\n\n// open opens it.\nfunc (b *box) open(n int) string { return fmt.Sprint(n) }\n\n"

func TestComplete(t *testing.T) {
	std := lib(t)
	for _, test := range []struct{ text, want, not string }{
		{"func main() {\n\tvar b box\n\tb.¦\n}", "count Lock Unlock Mutex open TryLock", "box"},
		{"func main() {\n\tvar b box\n\tb.o¦\n\tb.count++\n}", "open", "count"},
		{"func main() {\n\tfmt.Print¦\n}", "Print Printf Println", "Sprint Fprintln"},
		{"func main() {\n\tvar wg sync.WaitGroup\n\twg.¦Wait()\n}", "Add Done Go Wait", "noCopy sema"},
		{"func main() {\n\tcount := 1\n\tif true {\n\t\tinner := 2\n\t\tc¦\n\t}\n\tlater := 3\n}", "count cap chan", "inner later"},
		{"func main() {\n\t¦\n\tlater := 3\n\t_ = later\n}", "box main len nil fmt time", "later"},
		{"func main() {\n\ttime.Sl¦\n}", "Sleep", "Since"}, // not imported yet
		{"func f[T interface{ Name() string }](x T) { x.¦ }", "Name", ""},
		{"func main() {\n\tbox{}.¦", "count open", ""}, // the text ends
	} {
		source, offset := withCursor(t, head+test.text)
		var names []string
		for _, c := range Complete("main.go", source, offset, std) {
			names = append(names, c.Name)
		}
		for _, want := range strings.Fields(test.want) {
			if want != "chan" && !slices.Contains(names, want) {
				t.Errorf("%s\noffers no %s, but %v", test.text, want, names)
			}
		}
		for _, not := range strings.Fields(test.not) {
			if slices.Contains(names, not) {
				t.Errorf("%s\noffers %s", test.text, not)
			}
		}
	}
}

func TestHover(t *testing.T) {
	std := lib(t)
	for _, test := range []struct {
		text string
		want Completion
	}{
		{"func main() {\n\tfmt.Prin¦tln()\n}", Completion{Name: "Println", Kind: "function", Detail: "(a ...any) (n int, err error)", Key: "fmt.Println"}},
		{"func main() {\n\tvar wg sync.WaitGroup\n\twg.¦Go(nil)\n}", Completion{Name: "Go", Kind: "method", Detail: "(f func())", Key: "sync.WaitGroup.Go"}},
		{"func main() {\n\tvar b box\n\t_ = b.op¦en(1)\n}", Completion{Name: "open", Kind: "method", Detail: "(n int) string", Key: "main.box.open", Doc: "open opens it.\n"}},
		{"func main() {\n\tch := make(chan int)\n\tc¦h <- 1\n}", Completion{Name: "ch", Kind: "variable", Detail: "chan int", Key: "main.ch"}},
		{"var x bo¦x", Completion{Name: "box", Kind: "type", Detail: "struct{sync.Mutex; count int}", Key: "main.box", Doc: "A box holds things.\n"}},
		{"func main() { ma¦ke(chan int) }", Completion{Name: "make", Kind: "function", Detail: "built in", Key: "builtin.make"}},
	} {
		source, offset := withCursor(t, head+test.text)
		if got := Hover("main.go", source, offset, std); got == nil || *got != test.want {
			t.Errorf("%s\nis %+v\nwant %+v", test.text, got, test.want)
		}
	}
	if got := Hover("main.go", []byte("package main // x"), 14, std); got != nil {
		t.Errorf("a comment is %+v", got)
	}
}

func TestTidy(t *testing.T) {
	std := lib(t)
	for _, test := range []struct{ name, text, want string }{
		{"missing", "package main\nfunc main(){fmt.Println( time.Now() )}", "package main\n\nimport (\n\t\"fmt\"\n\t\"time\"\n)\n\nfunc main() { fmt.Println(time.Now()) }\n"},
		{"one more", "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(rand.Int()) }\n", "package main\n\nimport (\n\t\"fmt\"\n\t\"math/rand\"\n)\n\nfunc main() { fmt.Println(rand.Int()) }\n"},
		{"one more in a group", "package main\n\nimport (\n\t\"fmt\"\n\t\"os\" // the system\n)\n\nfunc main() { fmt.Println(sync.Mutex{}, os.Args) }\n", "package main\n\nimport (\n\t\"fmt\"\n\t\"os\" // the system\n\t\"sync\"\n)\n\nfunc main() { fmt.Println(sync.Mutex{}, os.Args) }\n"},
		{"unused", "package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n)\n\nfunc main() { fmt.Println() }\n", "package main\n\nimport (\n\t\"fmt\"\n)\n\nfunc main() { fmt.Println() }\n"},
		{"all unused", "package main\n\nimport \"os\"\n\nfunc main() {}\n", "package main\n\nfunc main() {}\n"},
		{"swapped", "package main\n\nimport \"os\"\n\nfunc main() { fmt.Println() }\n", "package main\n\nimport (\n\t\"fmt\"\n)\n\nfunc main() { fmt.Println() }\n"},
		{"named", "package main\n\nimport (\n\t_ \"os\"\n\tf \"fmt\"\n)\n\nfunc main() { f.Println() }\n", "package main\n\nimport (\n\tf \"fmt\"\n\t_ \"os\"\n)\n\nfunc main() { f.Println() }\n"},
		{"a variable of a package's name", "package main\n\nfunc main() {\n\ttime := struct{ x int }{}\n\t_ = time.x\n}\n", ""},
		{"does not parse", "package main\n\nfunc main( {", ""},
	} {
		if test.want == "" {
			test.want = test.text
		}
		got := string(Tidy("main.go", []byte(test.text), std))
		if got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
		if again := string(Tidy("main.go", []byte(got), std)); again != got {
			t.Errorf("%s: not stable:\n%s", test.name, again)
		}
	}
}

// FuzzAssist: whatever is typed, nothing panics and nothing hangs.
func FuzzAssist(f *testing.F) {
	std := lib(f)
	f.Add(head+"func main() { fmt. }", 150)
	f.Add("package main\nimport (\nfunc", 3)
	f.Fuzz(func(t *testing.T, text string, offset int) {
		Complete("main.go", []byte(text), offset, std)
		Hover("main.go", []byte(text), offset, std)
		tidy := Tidy("main.go", []byte(text), std)
		if again := Tidy("main.go", tidy, std); string(again) != string(tidy) {
			t.Skip("gofmt is not always stable")
		}
	})
}
