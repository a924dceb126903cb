package phrase

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// What stands in package view and looks like words, and is read by nobody, or is what
// Go's runtime calls something.
var (
	// unread are functions whose first so many arguments are names of Go's runtime,
	// of its files and structures, or keys.
	unread = map[string]int{"f.add": 1, "f.own": 1, "f.ref": 1, "f.gs": 1, "f.tick": 2, "f.seen": 2, "o.in": 2, "number": 1, "t.thing": 1, "strings.TrimPrefix": 2, "strings.Cut": 2, "mark": 2, "panic": 1}

	// tables are variables that hold such names.
	tables = map[string]bool{"statusCodes": true, "ptRegs": true, "gprs": true, "rewritten": true}

	// names are the rest.
	names = map[string]string{
		"GC": goName, "sched": goName, "schedt": goName, "struct Sched": goName, "gcwaiting": goName, "waitstop": goName, "parentGoid": goName, "goid": goName,
		"nextgandunlock": goName, "(*timers).check": goName, "findRunnableGCWorker": goName, "globrunqget": goName, "runqget": goName, "stealWork": goName,
		"runqgrab": goName, "gcController": goName, "checkRunqsNoP": goName, "stopm": goName,
		"recvq": goName, "sendq": goName, "runnext": goName, "status": goName,
		"channel": key, "select": key, "semaphore": key, "timer": key, "netpoll": key,
		" ns": unit, " ms": unit,
	}
)

const (
	goName = "what Go's runtime calls it"
	key    = "a key of Words"
	unit   = "a sign, the same in all languages"
)

var letters = regexp.MustCompile(`[A-Za-z]{2,}|\{\d\}`)

// view is the package that says the sentences, without its tests.
func view(t *testing.T) (set *token.FileSet, files []*ast.File) {
	t.Helper()
	all, err := filepath.Glob("../*.go")
	if err != nil {
		t.Fatal(err)
	}
	set = token.NewFileSet()
	for _, name := range all {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	if len(files) < 30 {
		t.Fatalf("only %d files of package view", len(files))
	}
	return set, files
}

// TestWordsStandHere: what is said of a run stands in this package, and nowhere else
// in package view. Literals that are compared with something are keys, and so are
// constants.
func TestWordsStandHere(t *testing.T) {
	set, files := view(t)
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.Field:
				return n.Tag == nil
			case *ast.GenDecl:
				return n.Tok != token.CONST && !isTable(n)
			case *ast.BinaryExpr:
				return n.Op != token.EQL && n.Op != token.NEQ
			case *ast.CaseClause:
				for _, s := range n.Body {
					ast.Inspect(s, func(n ast.Node) bool { return literal(t, set, n) })
				}
				return false
			}
			return literal(t, set, n)
		})
	}
}

func isTable(d *ast.GenDecl) bool {
	v, ok := d.Specs[0].(*ast.ValueSpec)
	return ok && tables[v.Names[0].Name]
}

// literal complains of a literal with words in it, and says whether to look further in.
func literal(t *testing.T, set *token.FileSet, n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		return n.Op != token.EQL && n.Op != token.NEQ
	case *ast.CallExpr:
		for _, a := range n.Args[min(unread[callee(n)], len(n.Args)):] {
			ast.Inspect(a, func(n ast.Node) bool { return literal(t, set, n) })
		}
		return false
	case *ast.BasicLit:
		if n.Kind != token.STRING {
			return true
		}
		if s, err := strconv.Unquote(n.Value); err == nil && letters.MatchString(s) && names[s] == "" {
			t.Errorf("%v: %q is read by people: give it a name in package phrase", set.Position(n.Pos()), s)
		}
	}
	return true
}

func callee(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok {
			return x.Name + "." + f.Sel.Name
		}
	}
	return ""
}

// table are the constants of this package by name.
func table(t *testing.T) map[string]string {
	t.Helper()
	all, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	set := token.NewFileSet()
	for _, name := range all {
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "_test.go") || name == "events.go" {
			continue
		}
		for _, d := range file.Decls {
			d, ok := d.(*ast.GenDecl)
			if !ok || d.Tok != token.CONST {
				continue
			}
			for _, s := range d.Specs {
				s := s.(*ast.ValueSpec)
				if l, ok := s.Values[0].(*ast.BasicLit); ok && l.Kind == token.STRING {
					list[s.Names[0].Name] = constant.StringVal(constant.MakeFromLiteral(l.Value, token.STRING, 0))
				}
			}
		}
	}
	if len(list) < 400 {
		t.Fatalf("only %d constants", len(list))
	}
	return list
}

var holeMark = regexp.MustCompile(`\{(\d)\}`)

// holes is the number of a sentence's holes, of which each has a value.
func holes(s string) int {
	most := 0
	for _, m := range holeMark.FindAllStringSubmatch(s, -1) {
		most = max(most, int(m[1][0]-'0'))
	}
	return most
}

// TestHoles: the forms of a plural have the same holes, every sentence is filled with
// as many values as it has holes, and none is there that nobody says.
func TestHoles(t *testing.T) {
	sentences := table(t)
	for name, s := range sentences {
		if one, many := holes(Plural(1, s)), holes(Plural(2, s)); strings.Contains(s, "|") && one != many {
			t.Errorf("%s has forms with different holes: %q", name, s)
		}
	}
	set, files := view(t)
	said := map[string]bool{}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "phrase" {
					said[n.Sel.Name] = true
				}
			case *ast.CallExpr:
				checkFilled(t, set, n, sentences)
			}
			return true
		})
	}
	for name := range sentences {
		if !said[name] {
			t.Errorf("nobody says %s", name)
		}
	}
}

// filled are the functions that fill sentences: which argument the sentence is.
var filled = map[string]int{"phrase.Fill": 0, "w.say": 0, "say": 0, "plural": 1}

func checkFilled(t *testing.T, set *token.FileSet, c *ast.CallExpr, sentences map[string]string) {
	t.Helper()
	at, ok := filled[callee(c)]
	if !ok || c.Ellipsis.IsValid() {
		return
	}
	from, given := c.Args[at], len(c.Args)-1
	if p, ok := from.(*ast.CallExpr); ok && callee(p) == "phrase.Plural" {
		from = p.Args[1]
	}
	s, ok := from.(*ast.SelectorExpr)
	if !ok || callee(&ast.CallExpr{Fun: s}) != "phrase."+s.Sel.Name {
		return
	}
	if want := holes(sentences[s.Sel.Name]); want != given {
		t.Errorf("%v: %s has %d holes and gets %d values: %q", set.Position(c.Pos()), s.Sel.Name, want, given, sentences[s.Sel.Name])
	}
}

func TestFill(t *testing.T) {
	for _, x := range []struct{ got, want string }{
		{Fill("{2} before {1}", "one", "two"), "two before one"},
		{Fill("{1}", "{2}"), "{2}"}, // what is filled in has no holes
		{Fill("none"), "none"},
		{Fill(Plural(1, "{1} [byte|bytes]"), "1"), "1 byte"},
		{Fill(Plural(0, "{1} [byte|bytes]"), "0"), "0 bytes"},
		{Plural(3, "left"), "left"},
		{Capital("élan"), "Élan"},
		{Capital(""), ""},
	} {
		if x.got != x.want {
			t.Errorf("got %q, want %q", x.got, x.want)
		}
	}
}

// TestFillAllocates: a sentence costs what joining its pieces would.
func TestFillAllocates(t *testing.T) {
	a, b := "G1", "M2"
	if n := testing.AllocsPerRun(100, func() { sink = Fill("{1} runs on {2}, and that is long enough not to fit", a, b) }); n > 1 {
		t.Errorf("a sentence takes %v allocations, want 1", n)
	}
}

var sink string
