// Package phrase is the table of what is said of a run: sentences, labels, units and
// the words that explain terms, each under a name that package view uses. It knows
// how a sentence gets its values, and nothing of where they come from.
//
// To translate what is said, translate the constants and the tables. A value has a
// hole, {1} or {2} or so, which may stand where the language wants it; what differs
// with a number stands in brackets, [one|many], and Plural takes what goes with it. The sentences of events have marks of their own, see Events.
// Names of Go's runtime (goid, runnext, "chan receive", "_Grunnable") are no words
// of a language and stay; so do states as the model has them ("running"), which
// package state names.
//
// It is a package, and not files of package view, so that whoever translates has
// nothing but words before them, and the compiler finds any that is missing.
package phrase

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What stands between the digits of numbers and between the members of a list.
const (
	Thousands = ","
	Decimal   = "."
	Comma     = ", "
	And       = " and "
	Percent   = "{1} %"
	Labelled  = "{1}: {2}"
)

// Plural is a sentence in the form that goes with n: of what stands in brackets one
// is taken. English has two forms; a language with others changes this function, and
// has as many in its constants.
func Plural(n int, sentence string) string {
	said := ""
	for {
		before, rest, found := strings.Cut(sentence, "[")
		said += before
		if !found {
			return said
		}
		forms, after, _ := strings.Cut(rest, "]")
		one, many, _ := strings.Cut(forms, "|")
		if n != 1 {
			one = many
		}
		said += one
		sentence = after
	}
}

// Fill puts values into the holes of a sentence.
func Fill(sentence string, values ...string) string {
	size := len(sentence)
	for _, v := range values {
		size += len(v)
	}
	var b strings.Builder
	b.Grow(size)
	for sentence != "" {
		text, hole, rest := Cut(sentence)
		b.WriteString(text)
		if hole > 0 {
			b.WriteString(values[hole-1])
		}
		sentence = rest
	}
	return b.String()
}

// Cut is what stands before the first hole of a sentence, that hole's number, which
// is 0 if there is none, and what stands after it.
func Cut(sentence string) (text string, hole int, rest string) {
	i := strings.IndexByte(sentence, '{')
	if i < 0 {
		return sentence, 0, ""
	}
	return sentence[:i], int(sentence[i+1] - '0'), sentence[i+len("{1}"):]
}

// Capital is a sentence with a capital at its beginning.
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || unicode.IsUpper(r) {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
