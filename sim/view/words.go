package view

import "gopark/sim/view/phrase"

// A Word is a term of the scheduler's with its explanation.
type Word = phrase.Word

// WordFor is the word with that key.
func WordFor(key string) (Word, bool) { return phrase.WordFor(key) }
