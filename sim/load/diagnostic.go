package load

import (
	"cmp"
	"fmt"
	"go/format"
	"go/scanner"
	"go/token"
	"slices"
	"sort"
)

// report adds a mistake at pos.
func (c *checker) report(pos token.Pos, msg string) { c.add(c.lib.Fset.Position(pos), msg) }

func (c *checker) add(p token.Position, msg string) {
	d := Diagnostic{File: p.Filename, Line: max(p.Line, 1), Column: max(p.Column, 1), Message: msg}
	if n := tokenLength(c.texts[p.Filename], p.Offset); n > 0 {
		d.EndLine, d.EndColumn = d.Line, d.Column+n
	}
	c.diags = append(c.diags, d)
}

// tokenLength is the length of the token at offset, 0 if it is not on one line
// or there is none. It is what an editor underlines.
func tokenLength(text []byte, offset int) int {
	if offset < 0 || offset >= len(text) {
		return 0
	}
	rest := text[offset:]
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(rest))
	s.Init(file, rest, nil, 0)
	pos, tok, lit := s.Scan()
	if tok == token.EOF || file.Offset(pos) != 0 {
		return 0
	}
	if tok == token.SEMICOLON && lit == "\n" {
		return 0
	}
	if lit == "" {
		lit = tok.String()
	}
	if slices.Contains([]byte(lit), '\n') {
		return 0
	}
	return len(lit)
}

// diagnostics returns what was found, in order of position, each once.
func (c *checker) diagnostics() []Diagnostic {
	sort.SliceStable(c.diags, func(i, j int) bool {
		a, b := &c.diags[i], &c.diags[j]
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column)) < 0
	})
	c.diags = slices.Compact(c.diags)
	if len(c.diags) > MaxDiagnostics {
		last := c.diags[MaxDiagnostics-1]
		last.Message = fmt.Sprintf("too many errors: %d more", len(c.diags)-MaxDiagnostics+1)
		c.diags = append(c.diags[:MaxDiagnostics-1], last)
	}
	return c.diags
}

// recovered turns a panic of go/types or go/ssa into a diagnostic: hostile
// source must not stop the engine. then takes the result.
func (c *checker) recovered(files []File, then func()) {
	r := recover()
	if r == nil {
		return
	}
	d := Diagnostic{Line: 1, Column: 1, Message: fmt.Sprintf("internal error of the front end: %v", r)}
	if len(files) > 0 {
		d.File = files[0].Name
	}
	c.diags = append(c.diags, d)
	then()
}

// forget takes the program's files out of the library's file set, which would
// otherwise grow with every check.
func (c *checker) forget() {
	for _, f := range c.files {
		if file := c.lib.Fset.File(f.FileStart); file != nil {
			c.lib.Fset.RemoveFile(file)
		}
	}
}

// Format is gofmt. If src doesn't parse it returns it unchanged, and why.
func Format(name string, src []byte) ([]byte, []Diagnostic) {
	out, err := format.Source(src)
	if err == nil {
		return out, nil
	}
	list, ok := err.(scanner.ErrorList)
	if !ok {
		return src, []Diagnostic{{File: name, Line: 1, Column: 1, Message: err.Error()}}
	}
	list.RemoveMultiples()
	var diags []Diagnostic
	for _, e := range list {
		diags = append(diags, Diagnostic{File: name, Line: e.Pos.Line, Column: e.Pos.Column, Message: e.Msg})
	}
	return src, diags
}
