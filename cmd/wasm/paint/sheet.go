package paint

import (
	"strconv"
	"strings"

	"gopark/sim/view"
)

// A Version is an earlier state of a program, as the list shows it.
type Version struct {
	When string // in the reader's words for dates
	Text string
}

// downloads are what can be saved.
var downloads = []struct{ act, label string }{
	{"getGo", "Program .go"}, {"getTrace", "Go trace"}, {"getPerfetto", "Perfetto .json"}, {"getLog", "Log .txt"},
	{"getBoardSVG", "Board .svg"}, {"getBoardPNG", "Board .png"}, {"getTimelineSVG", "Timeline .svg"}, {"getTimelinePNG", "Timeline .png"},
}

// Sheet is what one can do with a program besides running it. link and snippet
// are what is copied; refused is why there is no link.
func Sheet(link, snippet, refused string, versions []Version) string {
	p := &page{}
	p.w(`<div><h3>Link</h3>`)
	if refused != "" {
		p.w(`<p>`, esc(refused), `</p>`)
	} else {
		p.w(`<div class="copy"><input readonly data-part="link" aria-label="Link to this program" value="`, esc(link), `">`)
		p.button("copyLink", "Copy the link", "Copy", "")
		p.w(`</div><p class="soft">It holds the program, the settings and the instant that you look at. Nothing is stored elsewhere.</p>`)
		p.w(`<h3>Embed</h3><div class="copy"><input readonly data-part="snippet" aria-label="HTML that shows this program on another page" value="`, esc(snippet), `">`)
		p.button("copySnippet", "Copy the HTML", "Copy", "")
		p.w(`</div>`)
	}
	p.w(`</div><div><h3>Download</h3><div class="gets" role="group" aria-label="Download">`)
	for _, d := range downloads {
		p.button(d.act, d.label, d.label, "")
	}
	p.w(`</div><p class="soft">The Go trace is for <code>go tool trace</code>, the Perfetto file for ui.perfetto.dev. Both are of the last run.</p></div><div><h3>Earlier versions</h3>`)
	if len(versions) == 0 {
		p.w(`<p class="soft">When you have edited the program, the last ten versions that you ran or replaced are listed here.</p>`)
	}
	p.w(`<ol class="versions">`)
	for i, v := range versions {
		lines := strings.Count(v.Text, "\n") + 1
		p.w(`<li><span>`, esc(v.When), ` <span class="soft">`, view.Count(int64(lines)), ` lines</span></span><button type="button" data-version="`,
			strconv.Itoa(i), `" aria-label="Show the version of `, esc(v.When), `">Show</button></li>`)
	}
	p.w(`</ol></div>`)
	return p.String()
}
