// Package view turns a run into what to draw: plain values, sentences and
// tables. It knows what the words and shapes mean; it knows no document, no
// pixel colour scheme and no browser, and it decides nothing that the run
// did not do. What it says it takes from package phrase.
//
//	Recording ── Session ──► Frame (Board, Stack, marks, output, sentence)
//	                    ├──► tiles of the timeline, bands, arrows, lines of the log
//	                    ├──► Object: all fields of one thing; XRay: a stack to scale
//	                    ├──► Why: what has to happen before something runs
//	                    └──► Lens: all goroutines in piles, and their bill
//
// A Frame depends on the run and the event number only, so pausing, seeking
// and slow motion need nothing else. Whatever can be large is a Row with a
// count of what was left out: a board of 100,000 goroutines is as small as
// one of ten.
package view
