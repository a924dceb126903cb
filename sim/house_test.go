package sim_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"gopark/sim/sched"
)

// simulator is where nothing may depend on the host: same program, era,
// machine and seed, same log, everywhere.
var simulator = []string{"task", "trace", "trace/stacks", "trace/gotrace", "trace/perfetto", "machine", "sched", "vm", "mem", "state", "gomap", "rtype"}

// anyOrder, in a comment on the line, says why the order of a map does not
// reach an output there.
const anyOrder = "any order:"

// TestNoHost looks for what would make two runs differ.
func TestNoHost(t *testing.T) {
	cfg := &packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes |
			packages.NeedTypesInfo | packages.NeedImports | packages.NeedDeps | packages.NeedExportFile,
	}
	var patterns []string
	for _, p := range simulator {
		patterns = append(patterns, "./"+p)
	}
	loaded, err := packages.Load(cfg, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	if len(loaded) != len(simulator) {
		t.Errorf("loaded %d packages, want %d", len(loaded), len(simulator))
	}
	for _, p := range loaded {
		for _, e := range p.Errors {
			t.Errorf("%s: %v", p.PkgPath, e)
		}
		for _, f := range p.Syntax {
			checkNoHost(t, p, f)
		}
	}
}

func checkNoHost(t *testing.T, p *packages.Package, f *ast.File) {
	t.Helper()
	excused := excusedLines(p.Fset, f)
	complain := func(n ast.Node, why string) { t.Errorf("%v: %s", relative(p.Fset.Position(n.Pos())), why) }
	for _, imp := range f.Imports {
		switch strings.Trim(imp.Path.Value, `"`) {
		case "time":
			complain(imp, "package time is the host's clock; virtual time is task.Time")
		case "os", "runtime":
			complain(imp, "the simulator asks nothing of its host")
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			complain(n, "a goroutine of the host: its order can't be repeated")
		case *ast.SelectStmt:
			complain(n, "select of the host chooses at random")
		case *ast.RangeStmt:
			_, isMap := types.Unalias(p.TypesInfo.TypeOf(n.X)).Underlying().(*types.Map)
			if isMap && !excused[p.Fset.Position(n.Pos()).Line] {
				complain(n, "a map's order differs from run to run; sort the keys, or say in a comment on this line: // "+anyOrder+" why it does not matter")
			}
		}
		return true
	})
}

// excusedLines are the lines with a comment that begins with anyOrder.
func excusedLines(fset *token.FileSet, f *ast.File) map[int]bool {
	lines := map[int]bool{}
	for _, group := range f.Comments {
		for _, c := range group.List {
			if strings.HasPrefix(strings.TrimSpace(strings.TrimPrefix(c.Text, "//")), anyOrder) {
				lines[fset.Position(c.Pos()).Line] = true
			}
		}
	}
	return lines
}

func relative(p token.Position) token.Position {
	if wd, err := os.Getwd(); err == nil {
		if r, err := filepath.Rel(filepath.Dir(wd), p.Filename); err == nil {
			p.Filename = r
		}
	}
	return p
}

// sources calls f for every file of the repository that people wrote.
func sources(t *testing.T, f func(path string, content []byte)) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains([]string{".git", ".cache", "node_modules", "dist", "testdata"}, d.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if !slices.Contains([]string{".go", ".md", ".sh", ".js", ".css", ".html", ".yml", ".txt", ".mod"}, filepath.Ext(path)) {
			return nil
		}
		content, err := os.ReadFile(path)
		if err == nil {
			f(filepath.ToSlash(strings.TrimPrefix(path, ".."+string(filepath.Separator))), content)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// machinePath is the folder of a particular computer. It is put together here
// so that this line doesn't match itself.
var machinePath = regexp.MustCompile(`(^|[\s"'(=:` + "`" + `])/(wo` + `rk|ro` + `ot|ho` + `me)/`)

func TestNoMachinePaths(t *testing.T) {
	sources(t, func(path string, content []byte) {
		for i, line := range strings.Split(string(content), "\n") {
			if machinePath.MatchString(line) {
				t.Errorf("%s:%d: a path of one computer: %s", path, i+1, line)
			}
		}
	})
}

// long names what may be longer, and why.
var long = map[string]string{
	"sim/vm/loop.go":     "one case of the dispatch switch after the other is read as a table",
	"sim/vm/loop.go hot": "the dispatch switch: a call per instruction would halve its speed",
}

const (
	maxFile = 400
	maxFunc = 60
)

// TestLengths: what doesn't fit on a page or two is two things.
func TestLengths(t *testing.T) {
	goFiles(t, func(path string, fset *token.FileSet, f *ast.File) {
		line := func(p token.Pos) int { return fset.PositionFor(p, false).Line }
		if n := line(f.End()); n > maxFile && long[path] == "" {
			t.Errorf("%s has %d lines, more than %d: split it by subject", path, n, maxFile)
		}
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			n := line(fn.End()) - line(fn.Pos())
			if n > maxFunc && long[path+" "+fn.Name.Name] == "" {
				t.Errorf("%s:%d: %s has %d lines, more than %d: flatten or split it", path, line(fn.Pos()), fn.Name.Name, n, maxFunc)
			}
		}
	})
}

func goFiles(t *testing.T, f func(path string, fset *token.FileSet, file *ast.File)) {
	t.Helper()
	sources(t, func(path string, content []byte) {
		if !strings.HasSuffix(path, ".go") {
			return
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, content, parser.ParseComments)
		if err != nil {
			t.Error(err)
			return
		}
		if !ast.IsGenerated(file) {
			f(path, fset, file)
		}
	})
}

// TestNoEraComparison: eras differ by the rules in their rows.
func TestNoEraComparison(t *testing.T) {
	names := map[string]bool{}
	for _, e := range sched.Eras {
		names[`"`+e.Name+`"`] = true
	}
	if len(names) < 2 {
		t.Fatalf("the table of eras has %d rows", len(names))
	}
	isName := func(e ast.Expr) bool {
		lit, ok := e.(*ast.BasicLit)
		return ok && names[lit.Value]
	}
	goFiles(t, func(path string, fset *token.FileSet, f *ast.File) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			found := false
			switch n := n.(type) {
			case *ast.BinaryExpr:
				found = (n.Op == token.EQL || n.Op == token.NEQ) && (isName(n.X) || isName(n.Y))
			case *ast.CaseClause:
				found = slices.ContainsFunc(n.List, isName)
			}
			if found {
				t.Errorf("%v: compares with an era's name: make it a rule in the era's row (sim/sched/era.go) and ask for the rule", fset.Position(n.Pos()))
			}
			return true
		})
	})
}

// TestPackageComments: the first thing a reader asks is what a package knows.
func TestPackageComments(t *testing.T) {
	documented := map[string]bool{}
	goFiles(t, func(path string, _ *token.FileSet, f *ast.File) {
		dir := filepath.ToSlash(filepath.Dir(path))
		if strings.HasSuffix(path, "_test.go") || strings.Contains(dir, "/overlay/") {
			return // an overlay's comment is that of the package it replaces
		}
		documented[dir] = documented[dir] || f.Doc != nil
	})
	for dir, ok := range documented {
		if !ok {
			t.Errorf("%s has no package comment: say in its first sentence what it knows", dir)
		}
	}
}
