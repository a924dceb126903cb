package paint

import (
	"strconv"
	"strings"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// A Version is an earlier state of a program, as the list shows it.
type Version struct {
	When string // in the reader's words for dates
	Text string
}

// downloads are what can be saved.
var downloads = []struct{ act, label string }{
	{"getGo", "Program .go"}, {"getTrace", phrase.GoTrace}, {"getPerfetto", "Perfetto .json"}, {"getLog", "Log .txt"},
	{"getBoardSVG", "Board .svg"}, {"getBoardPNG", "Board .png"}, {"getTimelineSVG", "Timeline .svg"}, {"getTimelinePNG", "Timeline .png"},
}

// Sheet is what one can do with a program besides running it. link and snippet
// are what is copied; refused is why there is no link.
func Sheet(link, snippet, refused string, versions []Version) string {
	p := &page{}
	p.w(`<div><h3>` + phrase.Link + `</h3>`)
	if refused != "" {
		p.w(`<p>`, esc(refused), `</p>`)
	} else {
		p.w(`<div class="copy"><input readonly data-part="link" aria-label="`+phrase.LinkToThisProgram+`" value="`, esc(link), `">`)
		p.button("copyLink", phrase.CopyTheLink, phrase.Copy, "")
		p.w(`</div><p class="soft">` + phrase.ItHoldsTheProgramTheSettings + `</p>`)
		p.w(`<h3>`+phrase.Embed+`</h3><div class="copy"><input readonly data-part="snippet" aria-label="`+phrase.HTMLThatShowsThisProgramOn+`" value="`, esc(snippet), `">`)
		p.button("copySnippet", phrase.CopyTheHTML, phrase.Copy, "")
		p.w(`</div>`)
	}
	p.w(`</div><div><h3>` + phrase.Download + `</h3><div class="gets" role="group" aria-label="` + phrase.Download + `">`)
	for _, d := range downloads {
		p.button(d.act, d.label, d.label, "")
	}
	p.w(`</div><p class="soft">` + phrase.TheGoTraceIsForGo + `</p></div><div><h3>` + phrase.EarlierVersions + `</h3>`)
	if len(versions) == 0 {
		p.w(`<p class="soft">` + phrase.WhenYouHaveEditedTheProgram + `</p>`)
	}
	p.w(`<ol class="versions">`)
	for i, v := range versions {
		lines := strings.Count(v.Text, "\n") + 1
		p.w(`<li><span>`, esc(v.When), ` <span class="soft">`, view.Count(int64(lines)), phrase.LinesCounted+`</span></span><button type="button" data-version="`,
			strconv.Itoa(i), `" aria-label="`+phrase.ShowTheVersionOf, esc(v.When), `">`+phrase.Show+`</button></li>`)
	}
	p.w(`</ol></div>`)
	return p.String()
}
