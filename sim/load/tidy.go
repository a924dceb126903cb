package load

import (
	"go/ast"
	"go/format"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gopark/sim/std"
)

// Tidy is gofmt, after imports that are missing were added and those that
// nobody uses taken away. Text that does not parse comes back as it is.
func Tidy(name string, text []byte, lib *std.Library) (tidy []byte) {
	defer func() {
		if recover() != nil { // go/types meets what nobody would write
			tidy = text
		}
	}()
	if _, err := format.Source(text); err != nil {
		return text
	}
	l := lookAt(name, text, 0, lib)
	if l == nil {
		return text
	}
	defer l.forget()
	fixed, err := format.Source(l.fixImports())
	if err != nil {
		return text
	}
	return fixed
}

// fixImports changes the text's imports, and nothing else.
func (l *look) fixImports() []byte {
	used, wanted := map[string]bool{}, map[string]bool{}
	ast.Inspect(l.files[0], func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		id, ok := s.X.(*ast.Ident)
		if !ok {
			return true
		}
		if p, ok := l.own.info.Uses[id].(*types.PkgName); ok {
			used[p.Imported().Path()] = true
		} else if path := pathOf(id.Name, l.lib.Paths()); path != "" && l.own.info.ObjectOf(id) == nil {
			wanted[path] = true
		}
		return true
	})
	f := l.files[0]
	x := &edits{file: l.lib.Fset.File(f.FileStart), text: string(l.text)}
	for _, path := range slices.Sorted(maps.Keys(wanted)) {
		x.missing += "\t" + strconv.Quote(path) + "\n"
	}
	for _, d := range slices.Backward(f.Decls) {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			x.imports(g, used)
		}
	}
	if x.missing != "" {
		x.replace(f.Name.End(), f.Name.End(), "\n\nimport (\n"+x.missing+")\n")
	}
	return []byte(x.text)
}

// edits changes a text from its end on, so that what is in front keeps its place.
type edits struct {
	file    *token.File
	text    string
	missing string // lines of a group of imports that have no place yet
}

func (x *edits) replace(from, to token.Pos, by string) {
	x.text = x.text[:x.file.Offset(from)] + by + x.text[x.file.Offset(to):]
}

// imports takes what nobody uses out of a declaration of imports, and puts what
// is missing in.
func (x *edits) imports(g *ast.GenDecl, used map[string]bool) {
	unused := func(s ast.Spec) bool {
		imp := s.(*ast.ImportSpec)
		path, _ := strconv.Unquote(imp.Path.Value)
		return !used[path] && imp.Name == nil
	}
	kept := slices.ContainsFunc(g.Specs, func(s ast.Spec) bool { return !unused(s) })
	switch {
	case !kept:
		x.replace(g.Pos(), g.End(), "")
	case g.Lparen.IsValid():
		for _, s := range slices.Backward(g.Specs) {
			if unused(s) {
				x.replace(s.Pos(), s.End(), "")
			}
		}
		if x.missing != "" {
			x.replace(g.Lparen+1, g.Lparen+1, "\n"+strings.TrimSuffix(x.missing, "\n"))
		}
		x.missing = ""
	case x.missing != "": // a single one becomes a group
		spec := x.text[x.file.Offset(g.Specs[0].Pos()):x.file.Offset(g.End())]
		x.replace(g.Pos(), g.End(), "import (\n\t"+spec+"\n"+x.missing+")")
		x.missing = ""
	}
}
