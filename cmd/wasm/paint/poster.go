package paint

import (
	"regexp"
	"strings"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// Poster is one instant of a run as a picture that nobody can operate: the
// program, what has just happened and the cores. It needs no script.
func Poster(source string, f *view.Frame) string {
	p := &page{keyed: map[string]bool{}}
	p.w(`<figure class="cell live poster" role="img" aria-label="`, esc(posterWords(f)), `"><div class="grid" inert><div class="left"><div class="program"><pre><code>`,
		Program(source, f.Marks), `</code></pre></div></div><div class="right"><div class="board"><p class="say"><span>`)
	p.sentence(f.Say, false)
	p.w(`</span></p><div class="picture">`)
	p.cores(f.Board)
	p.w(`</div></div></div></div></figure>`)
	return still(p.String())
}

// Final is an instant's board as a picture that nobody can operate.
func Final(f *view.Frame) string {
	p := &page{keyed: map[string]bool{}}
	p.w(`<figure class="final" role="img" aria-label="`, esc(posterWords(f)), `"><div class="board" inert><p class="say"><span>`)
	p.sentence(f.Say, false)
	p.w(`</span></p><div class="picture">`)
	p.cores(f.Board)
	p.w(`<div class="boxes">`)
	p.waiting(f.Board)
	p.w(`</div></div></div></figure>`)
	return still(p.String())
}

// still leaves out of a picture that has its own words what only hands and scripts
// use: half of it. Each page has several.
func still(figure string) string {
	head, rest, _ := strings.Cut(figure, " inert>")
	used := regexp.MustCompile(` (tabindex|type|aria-label|title|data-[a-z]+)="[^"]*"`)
	return head + " inert>" + used.ReplaceAllString(rest, "")
}

// posterWords is the same for people who can't see it.
func posterWords(f *view.Frame) string {
	var b strings.Builder
	b.WriteString(phrase.OneInstantOfARun + f.Say.String())
	for _, l := range f.Board.Table() {
		if strings.HasPrefix(l.Place, "core") {
			b.WriteString(" " + l.Place + ": " + l.What + ".")
		}
	}
	return b.String()
}
