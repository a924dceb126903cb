package formula

import "go/ast"

// The formulas in the page were checked when it was built, and whoever writes one has a
// command for that: here nobody hears of words that are spelt otherwise.

var statusWords, threadWords, placeWords, reasonWords, makesWords, savedWords []string

func allWords(func(int64) string, int64) []string      { return nil }
func likeKind(string) string                           { return "" }
func nearest(string, []string) string                  { return "" }
func (c *checker) meant(string) string                 { return "" }
func (c *checker) words(e *ast.BinaryExpr, x, y *node) {}
