//go:build js

package main

import (
	"strings"
	"syscall/js"
	"unicode/utf16"
	"unicode/utf8"
)

// ask answers what the editor asks: a kind of question, a place in UTF-16 units
// and a function that takes the list of answers.
func (ed *editor) ask(_ js.Value, args []js.Value) any {
	kind, done := args[0].String(), args[2]
	if kind == "format" {
		ed.c.format()
		return nil
	}
	at := offset8(ed.text, args[1].Int())
	line := 1 + strings.Count(ed.text[:at], "\n")
	ed.c.page.client.ask(Request{Op: Op(kind), Source: ed.text, N: at}, func(r *Reply) {
		list := []any{}
		for _, item := range r.Items {
			list = append(list, map[string]any{"name": item.Name, "kind": item.Kind, "detail": item.Detail, "key": item.Key, "doc": item.Doc})
		}
		if Op(kind) != Hover || len(list) == 0 || r.Items[0].Kind != "variable" {
			done.Invoke(list)
			return
		}
		ed.value(line, r.Items[0].Name, func(text string) {
			list[0].(map[string]any)["value"] = text
			done.Invoke(list)
		})
	})
	return nil
}

// offset8 turns an offset in UTF-16 units, as the browser counts, into one in bytes.
func offset8(text string, units int) int {
	at := 0
	for units > 0 && at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		units -= utf16.RuneLen(r)
		at += n
	}
	return at
}
