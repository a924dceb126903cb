//go:build !js

package formula

import (
	"go/ast"
	"go/token"
	"strings"

	"gopark/sim/task"
	"gopark/sim/trace"
)

// What an author hears of words that are spelt otherwise than they should be. The
// formulas in the page were checked when it was built.

// The texts that arguments and values can be; nil: any.
var (
	statusWords = []string{"runnable", "running", "waiting", "syscall", "dead"}
	threadWords = []string{"running", "ready", "syscall", "idle", "spinning"}
	placeWords  = append([]string{""}, allWords(func(n int64) string { return trace.Place(n).String() }, int64(trace.NumPlaces))...)
	reasonWords = allWords(func(n int64) string { return task.Reason(n).String() }, int64(task.NumReasons))
	makesWords  = []string{"chan", "map", "slice"}
	savedWords  = []string{"calls", "signals", "threads"}
)

// allWords are the first n of words that have numbers.
func allWords(word func(int64) string, n int64) (words []string) {
	for i := range n {
		words = append(words, word(i))
	}
	return words
}

// likeKind suggests a kind of event.
func likeKind(name string) string {
	return nearest(name, allWords(func(n int64) string { return trace.Kind(n + 1).String() }, int64(trace.NumKinds)-1))
}

// meant suggests a name that is spelt alike.
func (c *checker) meant(name string) string {
	var all []string
	for i := range Names {
		all = append(all, Names[i].Name)
	}
	if c.event != nil {
		all = append(all, c.event.names...)
	}
	return nearest(name, all)
}

// words reports a text that the other side of a comparison can never be.
func (c *checker) words(e *ast.BinaryExpr, x, y *node) {
	if e.Op != token.EQL && e.Op != token.NEQ {
		return
	}
	for _, side := range []struct {
		of, is *node
		at     ast.Expr
	}{{x, y, e.Y}, {y, x, e.X}} {
		if side.of.words != nil && side.is.value.Type == Text && side.is.isConstant && !allowed(side.of.words, side.is.value.Text) {
			c.fail(side.at, "it is never %q%s", side.is.value.Text, nearest(side.is.value.Text, side.of.words))
		}
	}
}

// nearest suggests one of words, as the end of a message; "" if none is spelt
// like s.
func nearest(s string, words []string) string {
	best, distance := "", len(s)/2+1
	for _, w := range words {
		if d := edits(strings.ToLower(s), strings.ToLower(w)); d < distance {
			best, distance = w, d
		}
	}
	if best == "" {
		return ""
	}
	return ": did you mean " + best + "?"
}

// edits is the number of letters to insert, delete or replace to get from a to b.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := before
			if a[i] != b[j] {
				replaced++
			}
			before = row[j+1]
			row[j+1] = min(replaced, before+1, row[j]+1)
		}
	}
	return row[len(b)]
}
