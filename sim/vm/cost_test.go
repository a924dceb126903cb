package vm

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"
)

// TestCostsAreListed: each constant of cost.go has a row in Costs.
func TestCostsAreListed(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "cost.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	constants, listed := map[string]bool{}, map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			for _, spec := range n.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok && n.Tok == token.CONST {
					constants[v.Names[0].Name] = true
				}
			}
		case *ast.CompositeLit:
			for _, e := range n.Elts {
				if id, ok := e.(*ast.Ident); ok && len(n.Elts) == 4 {
					listed[id.Name] = true
				}
			}
		}
		return true
	})
	if len(constants) < 20 {
		t.Errorf("only %d constants", len(constants))
	}
	for name := range constants {
		if !listed[name] {
			t.Errorf("%s has no row in Costs", name)
		}
	}
}
