// Package phrase is the table of the page's words: labels, buttons, hints and sentences,
// each under a name that the page's code uses. It knows nothing of where they stand.
//
// To translate the page, translate the constants. What begins or ends with a space is
// put together with names and numbers at that side; <b>, <i>, <kbd> and <code> may stand
// where the language wants them, and %s, %v and %w stay. Constants cost nothing: the
// compiler joins them with the HTML around them. A test fails when words stand elsewhere
// in the page's code.
package phrase
