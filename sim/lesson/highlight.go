package lesson

import (
	"go/scanner"
	"go/token"
	"strings"
)

// Highlight returns Go source as HTML: escaped, with the classes kw (keyword),
// st (string or character), nu (number) and cm (comment) on spans. Source that
// does not scan is escaped all the same; the text is never changed.
func Highlight(source string) string {
	var b strings.Builder
	files := token.NewFileSet()
	file := files.AddFile("", -1, len(source))
	var s scanner.Scanner
	s.Init(file, []byte(source), nil, scanner.ScanComments)
	done := 0
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			break
		}
		class := tokenClass(tok)
		if class == "" {
			continue
		}
		at := file.Offset(pos)
		end := min(at+tokenLength(source[at:], tok, lit), len(source))
		b.WriteString(Escape(source[done:at]))
		b.WriteString(`<span class="` + class + `">` + Escape(source[at:end]) + `</span>`)
		done = end
	}
	b.WriteString(Escape(source[done:]))
	return b.String()
}

func tokenClass(t token.Token) string {
	switch {
	case t.IsKeyword():
		return "kw"
	case t == token.STRING || t == token.CHAR:
		return "st"
	case t == token.INT || t == token.FLOAT || t == token.IMAG:
		return "nu"
	case t == token.COMMENT:
		return "cm"
	}
	return ""
}

// tokenLength is how many bytes of rest the token takes. The scanner drops
// carriage returns from comments and raw strings, so the literal may be
// shorter than the source.
func tokenLength(rest string, t token.Token, lit string) int {
	if t.IsKeyword() {
		return len(t.String())
	}
	n := 0
	for i := 0; i < len(lit) && n < len(rest); i++ {
		for n < len(rest) && rest[n] == '\r' && lit[i] != '\r' {
			n++
		}
		n++
	}
	return n
}

// Escape is html.EscapeString without package html, which brings a table of all
// entities along: the page's program would have it.
func Escape(text string) string { return escaper.Replace(text) }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")
