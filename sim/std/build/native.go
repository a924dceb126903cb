package build

import (
	"cmp"
	"go/ast"
	"slices"
	"strings"
)

// A Native is a function without a body: package vm implements it.
type Native struct {
	Sym       string // after linkname
	Signature string // as go/types prints it
	Local     string // the declaration's own name
}

// Natives lists the bodyless functions of the loaded packages, sorted by
// symbol; one that another package's function defines (a pushed linkname) is
// not native.
func (l *Library) Natives() []Native {
	defined := map[string]bool{}
	var list []Native
	for _, p := range l.Packages {
		for _, f := range p.src.files {
			for _, d := range f.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok || fn.Name.Name == "_" {
					continue
				}
				local := p.Path + "." + funcName(fn)
				sym := local
				if to, ok := p.Linknames[local]; ok {
					sym = to
				}
				if fn.Body != nil {
					defined[sym] = true
					continue
				}
				sig := strings.TrimPrefix(p.Info.Defs[fn.Name].Type().String(), "func")
				list = append(list, Native{sym, sig, local})
			}
		}
	}
	list = slices.DeleteFunc(list, func(n Native) bool { return defined[n.Sym] || !nativeName(n.Sym) })
	slices.SortFunc(list, func(a, b Native) int {
		return cmp.Or(cmp.Compare(a.Sym, b.Sym), cmp.Compare(a.Local, b.Local))
	})
	return list
}

// nativeName leaves out what the program defines and methods, which are never
// native: both are only named by linknames.
func nativeName(sym string) bool {
	return !strings.HasPrefix(sym, "main.") && !strings.Contains(sym, "(")
}
