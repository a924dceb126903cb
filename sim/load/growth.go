package load

import (
	"go/ast"
	"go/token"
	"maps"
)

// A growth estimates how large types become by inference: each call of
//
//	func pair[A, B any](a A, b B) struct { a A; b B }
//
// with its own result can double a type, and nothing in the text is long. It
// knows variables by name and calls by the generic function's name.
type growth struct {
	x      *extents
	rules  map[string]growthRule
	vars   map[string]int // estimates, in parts, of variables; absent: 1
	held   map[string]int // see copies
	tooBig ast.Expr
}

// A growthRule says what a generic function's result holds.
type growthRule struct {
	times int      // how often a type parameter stands in one result, at most
	args  []string // of each parameter: the type parameter it mentions, if one
}

// checkGrowth reports the first call whose result may have too large a type.
func (c *checker) checkGrowth(x *extents) {
	g := &growth{x: x, rules: map[string]growthRule{}, vars: map[string]int{}, held: map[string]int{}}
	for _, f := range c.files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				g.rule(fn)
			}
		}
	}
	if len(g.rules) == 0 {
		return
	}
	g.globals(c.files)
	globals := g.vars
	for _, f := range c.files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
				g.vars = maps.Clone(globals)
				ast.Inspect(fn.Body, g.statement)
			}
		}
	}
	if g.tooBig != nil {
		c.report(g.tooBig.Pos(), "this call's type may be too large: each call of a generic function here multiplies the type of its arguments")
	}
}

// globals goes through the package's variables until nothing changes: they may
// stand in any order.
func (g *growth) globals(files []*ast.File) {
	for before := -1; before != g.total() && g.tooBig == nil; {
		before = g.total()
		for _, f := range files {
			for _, d := range f.Decls {
				if gen, ok := d.(*ast.GenDecl); ok {
					ast.Inspect(gen, g.statement)
				}
			}
		}
	}
}

func (g *growth) total() int {
	n := 0
	for _, v := range g.vars {
		n = sum(n, v)
	}
	return n
}

// rule notes what a generic function or a method of a generic type does.
func (g *growth) rule(fn *ast.FuncDecl) {
	params := map[string]bool{}
	addNames(params, fn.Type.TypeParams)
	r := growthRule{}
	if fn.Recv != nil && len(fn.Recv.List) > 0 {
		for _, name := range receiverParams(fn.Recv.List[0].Type) {
			params[name] = true
		}
	}
	if len(params) == 0 || fn.Type.Results == nil {
		return
	}
	for _, res := range fn.Type.Results.List {
		for p := range params {
			r.times = max(r.times, g.mentions(res.Type, p))
		}
	}
	if fn.Type.Params != nil {
		for _, field := range fn.Type.Params.List {
			for range max(1, len(field.Names)) {
				r.args = append(r.args, mentioned(field.Type, params))
			}
		}
	}
	if old, ok := g.rules[fn.Name.Name]; ok && old.times > r.times {
		return
	}
	g.rules[fn.Name.Name] = r
}

func addNames(set map[string]bool, list *ast.FieldList) {
	if list == nil {
		return
	}
	for _, f := range list.List {
		for _, n := range f.Names {
			set[n.Name] = true
		}
	}
}

// receiverParams are the type parameters that a receiver names.
func receiverParams(t ast.Expr) []string {
	if p, ok := t.(*ast.StarExpr); ok {
		t = p.X
	}
	var args []ast.Expr
	switch t := t.(type) {
	case *ast.IndexExpr:
		args = []ast.Expr{t.Index}
	case *ast.IndexListExpr:
		args = t.Indices
	}
	var names []string
	for _, a := range args {
		if id, ok := a.(*ast.Ident); ok {
			names = append(names, id.Name)
		}
	}
	return names
}

// mentions is how often a value of a type holds a parameter, or its text names it.
func (g *growth) mentions(t ast.Expr, param string) int {
	switch t := t.(type) {
	case *ast.Ident:
		if t.Name == param {
			return 1
		}
		return 0
	case *ast.IndexExpr:
		return product(g.copies(t.X), g.mentions(t.Index, param))
	case *ast.IndexListExpr:
		n := 0
		for _, a := range t.Indices {
			n = sum(n, g.mentions(a, param))
		}
		return product(g.copies(t.X), n)
	}
	n := 0
	ast.Inspect(t, func(node ast.Node) bool {
		e, ok := node.(ast.Expr)
		if !ok || e == t {
			return true
		}
		n = sum(n, g.mentions(e, param))
		return false
	})
	return n
}

// copies is how often a value of a generic type holds one of its parameters.
func (g *growth) copies(generic ast.Expr) int {
	id, ok := generic.(*ast.Ident)
	if !ok {
		return 1
	}
	if n, ok := g.held[id.Name]; ok {
		return n
	}
	g.held[id.Name] = 1 // while it is being found out
	most := 1
	for _, s := range g.x.specs[id.Name] {
		params := map[string]bool{}
		addNames(params, s.TypeParams)
		for p := range params {
			most = max(most, g.mentions(s.Type, p))
		}
	}
	g.held[id.Name] = most
	return most
}

// mentioned is the first of the parameters that stands in t.
func mentioned(t ast.Expr, params map[string]bool) string {
	name := ""
	ast.Inspect(t, func(node ast.Node) bool {
		if id, ok := node.(*ast.Ident); ok && params[id.Name] && name == "" {
			name = id.Name
		}
		return true
	})
	return name
}

// statement takes note of what is assigned to variables.
func (g *growth) statement(n ast.Node) bool {
	if g.tooBig != nil {
		return false
	}
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok == token.DEFINE {
			g.assign(n.Lhs, n.Rhs)
		}
	case *ast.ValueSpec:
		var names []ast.Expr
		for _, id := range n.Names {
			names = append(names, id)
		}
		g.assign(names, n.Values)
	case *ast.RangeStmt:
		g.assign([]ast.Expr{n.Key, n.Value}, []ast.Expr{n.X})
	case *ast.ExprStmt:
		g.of(n.X)
	}
	return true
}

func (g *growth) assign(left, right []ast.Expr) {
	for i, l := range left {
		id, ok := l.(*ast.Ident)
		if !ok || len(right) == 0 {
			continue
		}
		g.vars[id.Name] = max(g.vars[id.Name], g.of(right[min(i, len(right)-1)]))
	}
}

// of estimates the type of an expression's value.
func (g *growth) of(e ast.Expr) int {
	switch e := e.(type) {
	case *ast.Ident:
		return max(1, g.vars[e.Name])
	case *ast.CallExpr:
		return g.call(e)
	}
	if isType(e) {
		switch e := e.(type) {
		case *ast.StarExpr:
			return g.of(e.X)
		case *ast.IndexExpr:
			return max(g.of(e.X), g.x.of(e).written)
		}
		return g.x.of(e).written
	}
	most := 1
	ast.Inspect(e, func(n ast.Node) bool {
		x, ok := n.(ast.Expr)
		if !ok || x == e {
			return true
		}
		most = max(most, g.of(x))
		return false
	})
	return most
}

func (g *growth) call(e *ast.CallExpr) int {
	fun, own := e.Fun, 1
	switch f := fun.(type) {
	case *ast.IndexExpr:
		fun, own = f.X, g.x.of(f.Index).written
	case *ast.IndexListExpr:
		fun = f.X
		for _, a := range f.Indices {
			own = max(own, g.x.of(a).written)
		}
	}
	name := ""
	switch f := fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
		own = max(own, g.of(f.X))
	default:
		own = max(own, g.of(f))
	}
	r, generic := g.rules[name]
	byParam := map[string]int{}
	most := own
	for i, a := range e.Args {
		n := g.of(a)
		most = max(most, n)
		if len(r.args) > 0 {
			p := r.args[min(i, len(r.args)-1)]
			byParam[p] = max(byParam[p], n)
		}
	}
	if !generic {
		return most
	}
	all := own
	for p, n := range byParam {
		if p != "" {
			all = sum(all, n)
		}
	}
	all = product(max(r.times, 1), max(most, all-1))
	if all > maxParts && g.tooBig == nil {
		g.tooBig = e
	}
	return all
}
