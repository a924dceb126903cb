package main

import (
	"encoding/json"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"gopark/sim/host"
	"gopark/sim/std"
)

// writeDocs writes what the editor shows beside completions: the first sentence
// on everything that the library exports, by the keys of load.Completion. It
// is read from the toolchain's sources, as the image is.
func (s *site) writeDocs() error {
	image, err := host.Image()
	if err != nil {
		return err
	}
	lib, err := std.Open(image)
	if err != nil {
		return err
	}
	goroot, err := goEnv("GOROOT")
	if err != nil {
		return err
	}
	docs := map[string]string{}
	for _, path := range append(lib.Paths(), "builtin") {
		if err := packageDocs(docs, filepath.Join(goroot, "src", filepath.FromSlash(path)), path); err != nil {
			return err
		}
	}
	b, err := json.Marshal(docs)
	if err != nil {
		return err
	}
	return s.compressed("docs.json", b)
}

// packageDocs adds the first sentences of a package in dir.
func packageDocs(docs map[string]string, dir, path string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	fset := token.NewFileSet()
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, filepath.Join(dir, e.Name()), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		if strings.HasSuffix(f.Name.Name, "_test") || f.Name.Name == "main" {
			continue
		}
		fileDocs(docs, f, path)
	}
	return nil
}

// docLink is a link to something else, as comments write them.
var docLink = regexp.MustCompile(`\[\*?([\w./]+)\]`)

func fileDocs(docs map[string]string, f *ast.File, path string) {
	add := func(key string, text *ast.CommentGroup) {
		sentence := docLink.ReplaceAllString(new(doc.Package).Synopsis(text.Text()), "$1")
		if sentence != "" && docs[key] == "" {
			docs[key] = sentence
		}
	}
	add(path, f.Doc)
	public := func(name string) bool { return ast.IsExported(name) || path == "builtin" }
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if !public(d.Name.Name) {
				continue
			}
			if of := receiver(d); of == "" {
				add(path+"."+d.Name.Name, d.Doc)
			} else if public(of) {
				add(path+"."+of+"."+d.Name.Name, d.Doc)
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				specDocs(add, d, s, path+".", public)
			}
		}
	}
}

func specDocs(add func(string, *ast.CommentGroup), d *ast.GenDecl, s ast.Spec, path string, public func(string) bool) {
	switch s := s.(type) {
	case *ast.TypeSpec:
		if public(s.Name.Name) {
			add(path+s.Name.Name, s.Doc)
			add(path+s.Name.Name, d.Doc)
		}
	case *ast.ValueSpec:
		for _, name := range s.Names {
			if public(name.Name) {
				add(path+name.Name, s.Doc)
				add(path+name.Name, s.Comment)
				if len(d.Specs) == 1 {
					add(path+name.Name, d.Doc)
				}
			}
		}
	}
}

// receiver is the name of the type that a method belongs to.
func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return ""
	}
	t := d.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.Name
		default:
			return "?"
		}
	}
}
