package wasmcore

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"gopark/sim/code"
)

// lacking are operations that the hot loop knows and the core doesn't, with
// the reason.
var lacking = map[string]string{
	"bad": "it is not to be run; Go's loop names it for the sake of its jump table",
}

// hotOps are the names of the operations that the cases of package vm's hot
// loop name, in lower case, as code.Op.String has them.
func hotOps(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../loop.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range file.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name == "hot" {
			ast.Inspect(fn, func(n ast.Node) bool {
				if clause, ok := n.(*ast.CaseClause); ok {
					for _, x := range clause.List {
						names = append(names, opIn(x)...)
					}
				}
				return true
			})
		}
	}
	if len(names) < 100 {
		t.Fatalf("found only %d cases in hot: %v", len(names), names)
	}
	return names
}

// opIn is the operation in a case like uint8(code.Mov), if there is one.
func opIn(x ast.Expr) (names []string) {
	ast.Inspect(x, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			names = append(names, strings.ToLower(sel.Sel.Name))
		}
		return true
	})
	return names
}

// TestHotOps: the core knows what the hot loop knows.
func TestHotOps(t *testing.T) {
	ops := map[string]code.Op{}
	for op := range code.NumOps {
		ops[op.String()] = op
	}
	hot := map[string]bool{}
	for _, name := range hotOps(t) {
		hot[name] = true
		op, ok := ops[name]
		switch {
		case !ok:
			t.Errorf("hot has a case %s, which package code doesn't call that", name)
		case !Has(op) && lacking[name] == "":
			t.Errorf("the core lacks %s: give it a row in ops.go, or a reason in this test", name)
		case Has(op) && lacking[name] != "":
			t.Errorf("the core has %s, and a reason not to: %s", name, lacking[name])
		}
	}
	for name := range lacking {
		if !hot[name] {
			t.Errorf("%s is said to be lacking, and hot doesn't know it either", name)
		}
	}
}

// TestModule: the same bytes each time, and not many. Whether they are valid,
// the tests that run on the core say (see build.sh).
func TestModule(t *testing.T) {
	const most = 24 << 10
	m := Module()
	if len(m) > most {
		t.Errorf("the core has %d bytes, more than %d", len(m), most)
	}
	if !bytes.Equal(m, Module()) {
		t.Error("two cores differ")
	}
}

// TestWrongOperand: a row can't take a number for a slot.
func TestWrongOperand(t *testing.T) {
	defer func() {
		if r := recover(); r == nil || !strings.Contains(r.(string), "addi") {
			t.Errorf("recovered %v", r)
		}
	}()
	g := &gen{op: code.AddI, shape: code.AddI.Operands()}
	g.slot(opC)
}
