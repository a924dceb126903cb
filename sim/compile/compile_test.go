package compile

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/txtar"

	"gopark/sim/code"
)

// build compiles one file without imports.
func build(t *testing.T, src string) *code.Object {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "x.go", src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}, Scopes: map[ast.Node]*types.Scope{},
		Instances: map[*ast.Ident]types.Instance{}, FileVersions: map[*ast.File]string{},
	}
	conf := types.Config{Sizes: types.SizesFor("gc", "amd64"), GoVersion: "go1.26"}
	pkg, err := conf.Check("main", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	prog := ssa.NewProgram(fset, ssa.InstantiateGenerics|ssa.GlobalDebug)
	p := prog.CreatePackage(pkg, []*ast.File{file}, info, false)
	p.Build()
	obj, err := Packages(prog, []*ssa.Package{p}, Options{User: map[*types.Package]bool{pkg: true}})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range obj.Funcs {
		if err := code.Verify(f); err != nil {
			t.Errorf("%v\n%s", err, code.Disassemble(f))
		}
	}
	return obj
}

var update = flag.Bool("update", false, "rewrite the goldens")

// Each file in testdata is Go source and the code it becomes. Functions that
// only initialise are left out.
func TestGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no goldens", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for _, f := range build(t, string(ar.Files[0].Data)).Funcs {
				if f.Sym != "main.init" {
					got.WriteString(code.Disassemble(f))
				}
			}
			if *update {
				ar.Files = append(ar.Files[:1], txtar.File{Name: "code", Data: []byte(got.String())})
				if err := os.WriteFile(name, txtar.Format(ar), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(ar.Files) < 2 || got.String() != string(ar.Files[1].Data) {
				t.Errorf("the code differs; to accept it: go test ./sim/compile -run 'TestGolden/%s' -update\n%s", filepath.Base(name), got.String())
			}
		})
	}
}
