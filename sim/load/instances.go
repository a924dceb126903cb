package load

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// maxInstances bounds the instances of generic functions that a program asks
// for. Each is translated by itself.
const maxInstances = 3000

// instances counts what go/ssa would instantiate before it does: a chain of
// thirty functions, each of which calls the next with []T and with *T, would
// keep it busy for ever. Types are terms: equal ones have one number, so a type
// whose text would fill the memory is as quickly made as another.
type instances struct {
	info  *types.Info // of the package that is checked
	c     *checker
	decls map[*types.Package]map[token.Pos]*ast.FuncDecl
	infos map[*types.Package]*types.Info

	terms map[string]int // by constructor and operands
	sizes []int          // by term: parts when written out
	seen  map[string]bool
	todo  []instance
	at    token.Pos // the site in the program that leads here
}

// An instance is a generic function or type, and the arguments' terms.
type instance struct {
	obj  types.Object
	args []int
	at   token.Pos
}

// checkInstances reports where a program asks for too many instances, or for
// one with too large a type.
func (c *checker) checkInstances(s *source) {
	x := &instances{c: c, decls: map[*types.Package]map[token.Pos]*ast.FuncDecl{}, infos: map[*types.Package]*types.Info{}, info: s.info,
		terms: map[string]int{}, seen: map[string]bool{}}
	for _, own := range c.done {
		x.infos[own.pkg] = own.info
		x.index(own.pkg, own.files)
	}
	for _, p := range c.library {
		if p.Info != nil {
			x.infos[p.Types] = p.Info
			x.index(p.Types, p.Files)
		}
	}
	for _, f := range s.files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && generic(s.info.Defs[fn.Name]) {
				continue
			}
			x.sites(d, s.info, nil)
		}
	}
	for len(x.todo) > 0 && len(c.diags) == 0 {
		next := x.todo[len(x.todo)-1]
		x.todo = x.todo[:len(x.todo)-1]
		x.at = next.at
		x.expand(next)
	}
}

// generic reports whether a function's body is translated for each instance.
func generic(obj types.Object) bool {
	fn, ok := obj.(*types.Func)
	return ok && (fn.Signature().TypeParams().Len() > 0 || fn.Signature().RecvTypeParams().Len() > 0)
}

func (x *instances) index(pkg *types.Package, files []*ast.File) {
	m := map[token.Pos]*ast.FuncDecl{}
	for _, f := range files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				m[fn.Name.Pos()] = fn
			}
		}
	}
	x.decls[pkg] = m
}

// An env has the term of each type parameter.
type env map[*types.TypeParam]int

func bind(params *types.TypeParamList, args []int) env {
	e := env{}
	for i := range min(params.Len(), len(args)) {
		e[params.At(i)] = args[i]
	}
	return e
}

// expand finds the instances that one needs.
func (x *instances) expand(in instance) {
	switch obj := in.obj.(type) {
	case *types.Func:
		decl := x.decls[obj.Pkg()][obj.Pos()]
		if decl == nil {
			return
		}
		params := obj.Signature().TypeParams()
		if params.Len() == 0 {
			params = obj.Signature().RecvTypeParams()
		}
		x.sites(decl, x.infos[obj.Pkg()], bind(params, in.args))
	case *types.TypeName:
		named, ok := obj.Type().(*types.Named)
		if !ok {
			return
		}
		x.term(named.Underlying(), bind(named.TypeParams(), in.args))
		for m := range named.Methods() {
			x.want(m, in.args)
		}
	}
}

// sites wants all instances that stand in a piece of syntax.
func (x *instances) sites(root ast.Node, info *types.Info, e env) {
	ast.Inspect(root, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || len(x.c.diags) > 0 {
			return len(x.c.diags) == 0
		}
		inst, ok := info.Instances[id]
		if !ok {
			return true
		}
		if info == x.info {
			x.at = id.Pos()
		}
		var args []int
		for t := range inst.TypeArgs.Types() {
			args = append(args, x.term(t, e))
		}
		switch obj := info.Uses[id].(type) {
		case *types.Func:
			x.want(obj.Origin(), args)
		case *types.TypeName:
			x.want(obj, args)
		}
		return true
	})
}

// want adds an instance, if it is new.
func (x *instances) want(obj types.Object, args []int) {
	key := fmt.Sprint(obj.Pos(), args)
	if x.seen[key] {
		return
	}
	x.seen[key] = true
	x.todo = append(x.todo, instance{obj, args, x.at})
	if len(x.seen) > maxInstances {
		x.c.report(x.at, fmt.Sprintf("this leads to more than %d instances of generic functions and types", maxInstances))
	}
	for _, a := range args {
		if x.sizes[a] > maxParts && len(x.c.diags) == 0 {
			x.c.report(x.at, fmt.Sprintf("this leads to an instance with too large a type: written out it has more than %d parts", maxParts))
		}
	}
}

// term is the number of a type under an environment. Instances of named types
// that it mentions are wanted too.
func (x *instances) term(t types.Type, e env) int {
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		if n, ok := e[t]; ok {
			return n
		}
		return x.intern("param "+t.String(), nil)
	case *types.Named:
		var args []int
		for a := range t.TypeArgs().Types() {
			args = append(args, x.term(a, e))
		}
		if len(args) > 0 {
			x.want(t.Origin().Obj(), args)
		}
		return x.intern("named "+strconv.Itoa(int(t.Origin().Obj().Pos()))+t.Obj().Name(), args)
	case *types.Basic:
		return x.intern(t.Name(), nil)
	case *types.Array:
		return x.intern("array "+strconv.FormatInt(t.Len(), 10), []int{x.term(t.Elem(), e)})
	case *types.Pointer:
		return x.intern("pointer", []int{x.term(t.Elem(), e)})
	case *types.Slice:
		return x.intern("slice", []int{x.term(t.Elem(), e)})
	case *types.Chan:
		return x.intern("chan "+strconv.Itoa(int(t.Dir())), []int{x.term(t.Elem(), e)})
	case *types.Map:
		return x.intern("map", []int{x.term(t.Key(), e), x.term(t.Elem(), e)})
	case *types.Tuple:
		var kids []int
		for v := range t.Variables() {
			kids = append(kids, x.term(v.Type(), e))
		}
		return x.intern("tuple", kids)
	case *types.Signature:
		return x.intern("func", []int{x.term(t.Params(), e), x.term(t.Results(), e)})
	case *types.Struct:
		var kids []int
		name := "struct"
		for f := range t.Fields() {
			name += " " + f.Name()
			kids = append(kids, x.term(f.Type(), e))
		}
		return x.intern(name, kids)
	case *types.Interface:
		var kids []int
		name := "interface"
		for m := range t.ExplicitMethods() {
			name += " " + m.Name()
			kids = append(kids, x.term(m.Type(), e))
		}
		for t := range t.EmbeddedTypes() {
			kids = append(kids, x.term(t, e))
		}
		return x.intern(name, kids)
	}
	return x.intern("other", nil)
}

// intern is the number of a constructor applied to operands.
func (x *instances) intern(name string, kids []int) int {
	var b strings.Builder
	b.WriteString(name)
	size := 1
	for _, k := range kids {
		b.WriteByte(',')
		b.WriteString(strconv.Itoa(k))
		size = sum(size, x.sizes[k])
	}
	n, ok := x.terms[b.String()]
	if !ok {
		n = len(x.sizes)
		x.terms[b.String()] = n
		x.sizes = append(x.sizes, size)
	}
	return n
}
