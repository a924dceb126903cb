//go:build !js

package lesson

import (
	"fmt"
	"html"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
)

// headingIDs makes the ids of headings from their words. goldmark's own drops
// all letters that are not ASCII; these keep them, so that a translated
// lesson can be linked to.
type headingIDs struct {
	used map[string]bool
}

// Generate implements goldmark's parser.IDs.
func (h *headingIDs) Generate(value []byte, _ ast.NodeKind) []byte {
	words := strings.FieldsFunc(strings.ToLower(string(value)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	base := strings.Join(words, "-")
	if base == "" {
		base = "heading"
	}
	id := base
	for i := 2; h.used[id]; i++ {
		id = fmt.Sprintf("%s-%d", base, i)
	}
	h.used[id] = true
	return []byte(id)
}

// Put implements goldmark's parser.IDs: id was given by hand.
func (h *headingIDs) Put(id []byte) { h.used[string(id)] = true }

// plainString undoes the HTML entities that goldmark's typographer writes.
func plainString(s []byte) string { return html.UnescapeString(string(s)) }
