package build

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// NativeAt is where Go's runtime implements the native sym, as a traceback
// says it: the line from which the function calls on. "" if the runtime has no
// such function.
func (l *Library) NativeAt(sym string) (file string, line int) {
	if l.places == nil {
		l.places = runtimePlaces(l.reader.ctxt.GOROOT)
	}
	p := l.places[sym]
	return p.Filename, p.Line
}

// runtimePlaces reads GOROOT's own runtime, which the overlay replaces, for
// the functions that it pushes to other packages by //go:linkname.
func runtimePlaces(goroot string) map[string]token.Position {
	places := map[string]token.Position{}
	ctxt := context(goroot)
	ctxt.GOARCH = "amd64" // where real programs are run, to compare with
	dir := filepath.Join(goroot, "src", "runtime")
	entries, err := os.ReadDir(dir)
	if err != nil {
		return places
	}
	fset := token.NewFileSet()
	for _, e := range entries {
		if ok, err := ctxt.MatchFile(dir, e.Name()); !ok || err != nil {
			continue
		}
		f, err := parser.ParseFile(fset, filepath.Join(dir, e.Name()), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		pushed := LinknamesOf(f)
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil || fn.Recv != nil {
				continue
			}
			pos := fset.Position(lastCall(fn))
			pos.Filename = Root + "runtime/" + e.Name()
			places["runtime."+fn.Name.Name] = pos
			if to := pushed[fn.Name.Name]; to != "" {
				places[to] = pos
			}
		}
	}
	return places
}

// lastCall is where fn parks, or runs deferred calls, or else where it calls for
// the last time: what a traceback shows of a native that waits.
func lastCall(fn *ast.FuncDecl) token.Pos {
	last, parks := fn.Pos(), token.NoPos
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		last = max(last, call.Lparen)
		if id, ok := call.Fun.(*ast.Ident); ok && (strings.HasPrefix(id.Name, "gopark") || id.Name == "fn" && fn.Name.Name == "Goexit") {
			parks = max(parks, call.Lparen)
		}
		return true
	})
	if parks.IsValid() {
		return parks
	}
	return last
}
