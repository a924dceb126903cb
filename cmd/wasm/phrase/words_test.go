package phrase

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The files in which no words may stand, and what stands in them that is none.
var (
	sources = []string{"../*.go", "../paint/*.go", "../../gopark/pages.go", "../../gopark/about.go", "../../gopark/card.go"}

	// calls are of functions whose arguments nobody reads: names of properties,
	// events and elements, selectors, formats of the machine's own.
	calls = []string{"Get", "Call", "New", "One", "All", "Closest", "Data", "GetAttr", "HasPrefix", "HasSuffix", "TrimPrefix", "CutPrefix", "Matches", "OnMedia", "On", "panic", "Contains", "get"}

	// exempt are literals that look like words and are none.
	exempt = map[string]string{
		"Gopark": "a name",
		"Enter":  key, "Escape": key, "Arrow": key, "ArrowLeft": key, "ArrowRight": key, "ArrowUp": key, "ArrowDown": key, "PageUp": key, "PageDown": key, "Home": key, "End": key,
		"600 11px ui-monospace, Menlo, Consolas, monospace": font, "11px system-ui, sans-serif": font, "600 9px system-ui, sans-serif": font, "600 12px ui-monospace, Menlo, Consolas, monospace": font,
		"asked soft": class, "lesson embed": class, "end bad": class, " go": class, " off": class, " spin": class, " moved": class, " left": class, " idle": class,
		" system": class, " user": class, " odd": class, " bad": class, " checked": "an attribute", " selected": "an attribute",
		"work of a reader, version 1": "what a file begins with", "gopark ": "what a cache is called", "sp ": "a register",
	}
)

const (
	key  = "the name of a key"
	font = "a font"

	class = "what an element belongs to"
)

var (
	tag      = regexp.MustCompile(`<[^<>]*>`)
	inline   = regexp.MustCompile(`</?(b|i|kbd)>|<code>[^<]*</code>`)
	label    = regexp.MustCompile(`(?:aria-label|aria-description|title|placeholder|alt)="([^"<>]*)`)
	letters  = regexp.MustCompile(`[A-Za-z]{2,}`)
	sentence = regexp.MustCompile(`^[A-Z][a-z]+[?!.…]?$|[A-Za-z’,.;:] [A-Za-z“]|^[ ·,;.] ?[a-z]{2,}|[a-z]{2,}[:,;]? $`)
	machine  = regexp.MustCompile(`^(page|wasm): |[a-z]=$|^\(|\[data-|^#|^[.]|^calc|^;[a-z]+:$|^no licence|[;{][a-z-]+:[^ ]`)
)

// words are the pieces of a literal that a reader would read, each from where to where
// it goes: the text between its tags and what its labels say, or all of it if it is no
// HTML and looks like words. One small word alone does not, nor does a name in capitals.
func words(s string) (pieces [][2]int) {
	if strings.HasPrefix(s, "package ") || strings.HasPrefix(s, "data:") || strings.Contains(s, "<script>") { // no language of people's
		return nil
	}
	if !strings.ContainsAny(s, "<>") && !strings.Contains(s, `="`) {
		if machine.MatchString(s) || !sentence.MatchString(s) {
			return nil
		}
		return [][2]int{{0, len(s)}}
	}
	for _, m := range label.FindAllStringSubmatchIndex(s, -1) {
		if letters.MatchString(s[m[2]:m[3]]) {
			pieces = append(pieces, [2]int{m[2], m[3]})
		}
	}
	// Tags that stand in the midst of a sentence are part of it.
	blank := func(t string) string { return strings.Repeat("\x00", len(t)) }
	text := inline.ReplaceAllStringFunc(s, blank)
	if i := strings.LastIndexByte(text, '<'); i > strings.LastIndexByte(text, '>') { // a tag that goes on elsewhere
		text = text[:i]
	}
	start := 0
	if i := strings.IndexByte(text, '>'); i >= 0 && !strings.Contains(text[:i], "<") { // one that came from elsewhere
		start = i + 1
	} else if strings.Contains(text, `="`) && !strings.Contains(text, "<") { // one that does both
		return pieces
	}
	for _, t := range append(tag.FindAllStringIndex(text, -1), []int{len(text), len(text)}) {
		if start <= t[0] {
			piece := strings.TrimLeft(text[start:t[0]], "\x00")
			from := t[0] - len(piece)
			piece = strings.TrimRight(piece, "\x00")
			if letters.MatchString(piece) {
				pieces = append(pieces, [2]int{from, from + len(piece)})
			}
			start = t[1]
		}
	}
	slices.SortFunc(pieces, func(a, b [2]int) int { return a[0] - b[0] })
	return pieces
}

// literals calls each for the string literals of a file that a reader may come to read.
func literals(file *ast.File, each func(l *ast.BasicLit, s string)) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			return n.Tag == nil
		case *ast.CallExpr:
			name := ""
			switch f := n.Fun.(type) {
			case *ast.Ident:
				name = f.Name
			case *ast.SelectorExpr:
				name = f.Sel.Name
			}
			if slices.Contains(calls, name) {
				for _, a := range n.Args {
					if l, ok := a.(*ast.BasicLit); !ok || l.Kind != token.STRING {
						ast.Inspect(a, func(n ast.Node) bool {
							if _, ok := n.(*ast.FuncLit); ok {
								literals(&ast.File{Name: ast.NewIdent("_"), Decls: []ast.Decl{&ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{&ast.ValueSpec{Values: []ast.Expr{n.(ast.Expr)}}}}}}, each)
								return false
							}
							return true
						})
					}
				}
				return false
			}
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				if s, err := strconv.Unquote(n.Value); err == nil && exempt[s] == "" {
					each(n, s)
				}
			}
		}
		return true
	})
}

// TestWordsStandHere: what a reader reads stands in this package, and nowhere else in
// the page's code.
func TestWordsStandHere(t *testing.T) {
	seen := 0
	for _, files := range sources {
		names, err := filepath.Glob(files)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			literals(file, func(l *ast.BasicLit, s string) {
				seen++
				for _, w := range words(s) {
					t.Errorf("%v: %q is read by people: give it a name in package phrase", set.Position(l.Pos()), s[w[0]:w[1]])
				}
			})
		}
	}
	if seen < 1000 {
		t.Errorf("only %d literals were looked at", seen)
	}
}

// action is what a template fills in.
var action = regexp.MustCompile(`{{[^{}]*}}`)

// TestPageWords: the frame of the site's pages has no words of its own, and all that
// the table has for it.
func TestPageWords(t *testing.T) {
	html, err := os.ReadFile("../../gopark/page.html")
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`<kbd>[^<]*</kbd>`).ReplaceAllString(action.ReplaceAllString(string(html), ""), "")
	_, text, _ = strings.Cut(text, "<body>")
	for _, w := range words(text) {
		if s := text[w[0]:w[1]]; exempt[s] == "" {
			t.Errorf("page.html says %q itself: let it say what package phrase has", s)
		}
	}
	for name := range Page() {
		if !strings.Contains(string(html), `{{say "`+name+`"}}`) {
			t.Errorf("page.html does not say %q", name)
		}
	}
}

func TestWords(t *testing.T) {
	for s, want := range map[string]string{
		"Run":                                `["Run"]`,
		" more lines":                        `[" more lines"]`,
		"data-part":                          `[]`,
		"Reset":                              `["Reset"]`,
		`<p class="soft">Not yet</p>`:        `["Not yet"]`,
		`" aria-label="Names of`:             `["Names of"]`,
		`<svg width="`:                       `[]`,
		` gone</span><b>`:                    `[" gone"]`,
		`<code>stackguard0 = x</code>`:       `[]`,
		`[data-act="share"]`:                 `[]`,
		`<p>one</p><p title="two"></p>`:      `["one" "two"]`,
		`GOMAXPROCS`:                         `[]`,
		`<div class="`:                       `[]`,
		`font" style="`:                      `[]`,
		`In <b>this</b> one <code>x</code>.`: `["In <b>this</b> one <code>x</code>."]`,
		`The one: <b>`:                       `["The one: "]`,
	} {
		got := []string{}
		for _, w := range words(s) {
			got = append(got, s[w[0]:w[1]])
		}
		if got := fmt.Sprintf("%q", got); got != want {
			t.Errorf("of %q people read %s, want %s", s, got, want)
		}
	}
}
