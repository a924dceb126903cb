package compile

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// funcSym is a function's link name.
func (c *compiler) funcSym(fn *ssa.Function) string {
	name := c.rawSym(fn)
	if target, ok := c.opt.Linknames[name]; ok {
		return target
	}
	return name
}

func (c *compiler) rawSym(fn *ssa.Function) string {
	if p := fn.Parent(); p != nil {
		return fmt.Sprintf("%s$%s", c.funcSym(p), fn.Name()[strings.LastIndexByte(fn.Name(), '$')+1:])
	}
	sig := fn.Signature
	if recv := sig.Recv(); recv != nil {
		return "(" + c.typeString(recv.Type()) + ")." + foreign(fn) + fn.Name() + c.instance(fn)
	}
	if fn.Synthetic != "" && len(fn.FreeVars) > 0 || strings.HasSuffix(fn.Name(), "$thunk") {
		return c.wrapperSym(fn)
	}
	if fn.Pkg != nil {
		return fn.Pkg.Pkg.Path() + "." + c.baseName(fn)
	}
	if o := fn.Origin(); o != nil && o.Pkg != nil {
		return o.Pkg.Pkg.Path() + "." + c.baseName(o) + c.instance(fn)
	}
	return c.wrapperSym(fn)
}

// foreign is the package of a method's name, with a dot, if it isn't that of
// the receiver's type: a type may have promoted methods of one name from several.
func foreign(fn *ssa.Function) string {
	m := fn.Object()
	if m == nil || m.Exported() || m.Pkg() == nil {
		return ""
	}
	t := fn.Signature.Recv().Type()
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() == m.Pkg() {
		return ""
	}
	return m.Pkg().Path() + "."
}

// wrapperSym names bound methods and thunks, which go/ssa keeps one of for each
// method and receiver.
func (c *compiler) wrapperSym(fn *ssa.Function) string {
	var recv types.Type
	if len(fn.FreeVars) > 0 {
		recv = fn.FreeVars[0].Type()
	} else if len(fn.Params) > 0 {
		recv = fn.Params[0].Type()
	}
	prefix := ""
	if recv != nil {
		prefix = "(" + c.typeString(recv) + ")."
	}
	return prefix + fn.Name() + c.instance(fn)
}

func (c *compiler) baseName(fn *ssa.Function) string { return strings.SplitN(fn.Name(), "[", 2)[0] }

func (c *compiler) instance(fn *ssa.Function) string {
	args := fn.TypeArgs()
	if len(args) == 0 || fn.Signature.Recv() != nil {
		return ""
	}
	parts := make([]string, len(args))
	for i, a := range args {
		parts[i] = c.typeString(a)
	}
	return "[" + strings.Join(parts, ",") + "]"
}

func (c *compiler) globalSym(g *ssa.Global) string {
	name := g.Pkg.Pkg.Path() + "." + g.Name()
	if target, ok := c.opt.Linknames[name]; ok {
		return target
	}
	return name
}

// typeString is a type's full name, equal for identical types only: package
// paths in full, and a number behind the names of local types.
func (c *compiler) typeString(t types.Type) string {
	if s, ok := c.typeSym[t]; ok {
		return s
	}
	var b strings.Builder
	c.writeType(&b, t, true)
	s := b.String()
	c.typeSym[t] = s
	return s
}

// localNumber tells local types of one name apart. In the reader's packages it
// is what Go's compiler puts behind such a name, and reflect prints in type
// arguments: the how manieth of the package's local types it is
// (cmd/compile/internal/noder/writer.go:declCollector). Of the library's packages
// a later compilation knows but some of the functions, so that only the place in
// the source is the same whenever the package is compiled.
func (c *compiler) localNumber(n *types.TypeName) int {
	if n.Pkg() == nil || n.Parent() == n.Pkg().Scope() {
		return 0
	}
	if c.opt.User[n.Pkg()] {
		if !c.numbered[n.Pkg()] {
			c.numbered[n.Pkg()] = true
			c.numberLocals(n.Pkg())
		}
		return c.numbers[n.Pos()]
	}
	pos := c.fset.Position(n.Pos())
	return pos.Line*1000 + pos.Column
}

// numberLocals numbers the types that are declared in a package's functions, by
// where: instances of a generic function share the numbers of its types.
func (c *compiler) numberLocals(pkg *types.Package) {
	var found []token.Pos
	for file := range pkg.Scope().Children() {
		for fn := range file.Children() {
			found = appendLocals(found, fn)
		}
	}
	slices.Sort(found)
	for i, pos := range found {
		c.numbers[pos] = i + 1
	}
}

// appendLocals adds where a scope and those within it define types.
func appendLocals(found []token.Pos, s *types.Scope) []token.Pos {
	for _, name := range s.Names() {
		n, ok := s.Lookup(name).(*types.TypeName)
		if ok && !n.IsAlias() {
			if _, param := n.Type().(*types.TypeParam); !param {
				found = append(found, n.Pos())
			}
		}
	}
	for inner := range s.Children() {
		found = appendLocals(found, inner)
	}
	return found
}

// ownerArgs are the type arguments of the function instance in which n is
// declared: each instance of a generic function has local types of its own.
// go/ssa makes them without a scope, when it builds the instance; they are
// first met while that is compiled.
func (c *compiler) ownerArgs(n *types.TypeName) []types.Type {
	if n.Pkg() == nil || n.Parent() != nil {
		return nil
	}
	if args, ok := c.owners[n]; ok {
		return args
	}
	args := declaringArgs(c.current, n)
	for i := 0; i < len(c.all) && args == nil; i++ {
		args = declaringArgs(c.all[i], n)
	}
	c.owners[n] = args
	return args
}

// declaringArgs are the type arguments of fn or of a function around it, if n
// is declared there.
func declaringArgs(fn *ssa.Function, n *types.TypeName) []types.Type {
	for ; fn != nil; fn = fn.Parent() {
		args := fn.TypeArgs()
		if recv := fn.Signature.Recv(); recv != nil && len(args) == 0 {
			args = recvArgs(recv.Type())
		}
		if syntax := fn.Syntax(); len(args) > 0 && syntax != nil && syntax.Pos() <= n.Pos() && n.Pos() < syntax.End() {
			return args
		}
	}
	return nil
}

func recvArgs(t types.Type) []types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	var args []types.Type
	if named, ok := types.Unalias(t).(*types.Named); ok {
		for a := range named.TypeArgs().Types() {
			args = append(args, a)
		}
	}
	return args
}

// display is the name that a traceback prints.
func (c *compiler) display(fn *ssa.Function) string {
	if p := fn.Parent(); p != nil {
		return c.displayClosure(fn, p)
	}
	name := fn.Name()
	if recv := fn.Signature.Recv(); recv != nil {
		return recvName(recv.Type()) + "." + name
	}
	if method, ok := strings.CutSuffix(name, "$bound"); ok && len(fn.FreeVars) > 0 {
		return recvName(fn.FreeVars[0].Type()) + "." + method + "-fm"
	}
	path := "main"
	if o := fn.Origin(); fn.Pkg != nil {
		path = fn.Pkg.Pkg.Path()
	} else if o != nil && o.Pkg != nil {
		path = o.Pkg.Pkg.Path()
	}
	if len(fn.TypeArgs()) > 0 {
		name = c.baseName(fn) + "[...]"
	}
	if k, ok := strings.CutPrefix(name, "init#"); ok {
		n, err := strconv.Atoi(k)
		if err != nil {
			panic(err) // go/ssa numbers them
		}
		name = fmt.Sprintf("init.%d", n-1)
	}
	return path + "." + name
}

// traceName is what tracebacks call fn: a //go:linkname renames it, but not its
// closures.
func (c *compiler) traceName(fn *ssa.Function) string {
	name := c.display(fn)
	if target, ok := c.opt.Linknames[name]; ok && fn.Parent() == nil {
		return target
	}
	return name
}

// displayClosure follows cmd/compile/internal/ir/func.go:closureName.
func (c *compiler) displayClosure(fn, parent *ssa.Function) string {
	n, kind := 0, "func"
	if strings.HasPrefix(fn.Synthetic, "range-over-func") {
		kind = "-range"
	}
	for _, a := range parent.AnonFuncs {
		if strings.HasPrefix(a.Synthetic, "range-over-func") == (kind == "-range") {
			n++
		}
		if a == fn {
			break
		}
	}
	outer := c.display(parent)
	if kind == "-range" {
		return fmt.Sprintf("%s-range%d", outer, n)
	}
	if parent.Synthetic == "package initializer" {
		return fmt.Sprintf("%s.init.func%d", parent.Pkg.Pkg.Path(), n)
	}
	if parent.Parent() != nil && !strings.HasPrefix(parent.Synthetic, "range-over-func") {
		return fmt.Sprintf("%s.%d", outer, n)
	}
	return fmt.Sprintf("%s.func%d", outer, n)
}

func recvName(t types.Type) string {
	ptr := false
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		ptr, t = true, p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return t.String()
	}
	name := named.Obj().Name()
	if named.TypeArgs().Len() > 0 {
		name += "[...]"
	}
	path := ""
	if p := named.Obj().Pkg(); p != nil {
		path = p.Path() + "."
	}
	if ptr {
		return path + "(*" + name + ")"
	}
	return path + name
}
