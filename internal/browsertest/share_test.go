package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gopark/sim/view"
)

// link opens the sheet and reads the link off.
func (b *tab) link(title string) string {
	b.t.Helper()
	b.press(title, "Share and keep")
	link := eval[string](b, `must("field", "Link to this program", cell($)).value`, title)
	b.press(title, "Share and keep")
	return link
}

// TestShare: a link shows the program, its settings and the instant to whoever
// opens it; nothing runs by itself.
func TestShare(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := open(t, serve(t, "/some/path/")+playgroundPath, screen)
		b.ready()
		b.choose("Fan-in")
		b.editIn("Fan-in", fiveLines)
		b.act(`const s = must("combobox", "GOMAXPROCS", cell($)); s.value = "1"; s.dispatchEvent(new Event("change", {bubbles: true}))`, "Fan-in")
		b.act(`const s = must("field", "Seed", cell($)); s.value = "7"; s.dispatchEvent(new Event("change", {bubbles: true}))`, "Fan-in")
		b.press("Fan-in", "Run")
		b.await(`part($, "Output").innerText.includes("line 4")`, "Fan-in")
		b.await(`named("button", "Run", cell($))`, "Fan-in")
		b.seekIn("Fan-in", 30)
		// The hint that the player has moved is not part of the instant.
		const shown = `(() => { const b = part($, "Board").cloneNode(true); b.querySelectorAll(".hint").forEach((h) => h.remove()); return b.textContent; })()`
		board := eval[string](b, shown, "Fan-in")
		link := b.link("Fan-in")
		b.press("Fan-in", "Share and keep")
		b.shot("share-" + strings.ReplaceAll(t.Name(), "/", "-"))
		if n := eval[int](b, `document.documentElement.scrollWidth - innerWidth`); n > 0 {
			t.Errorf("the page is %d pixels too wide", n)
		}

		b.goTo(link)
		b.await(`part($, "Program").innerText.includes("line")`, "Fan-in")
		b.await(`cell($).innerText.includes("This came with the link")`, "Fan-in")
		b.await(`must("combobox", "GOMAXPROCS", cell($)).value === "1" && must("field", "Seed", cell($)).value === "7"`, "Fan-in")
		if text := eval[string](b, `part($, "Output").innerText`, "Fan-in"); strings.Contains(text, "line 1") {
			t.Error("a link ran by itself")
		}
		b.press("Fan-in", "Run")
		b.await(`/^event 30\b/.test(cell($).querySelector(".ev").innerText)`, "Fan-in")
		if got := eval[string](b, shown, "Fan-in"); got != board {
			t.Errorf("the board is\n%s\nwant\n%s", got, board)
		}
	})
}

const fiveLines = "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfor i := range 5 {\n\t\tfmt.Println(\"line\", i)\n\t}\n}\n"

// seekIn does so in any cell.
func (b *tab) seekIn(title string, n int) {
	b.t.Helper()
	b.await(`Number(must("slider", "Time", cell($)).max) >= $`, title, n)
	b.act(`const s = must("slider", "Time", cell($)); s.value = $; s.dispatchEvent(new Event("input", {bubbles: true}))`, title, n)
	b.await(`cell($).querySelector(".clock").innerText.includes($)`, title, "event "+view.Count(int64(n))+" of")
}

// TestLinkAndDraft: a link is shown in a draft's place, says so, and leaves the
// draft alone, until the reader edits what came with it: then the draft is the
// newest of the earlier versions.
func TestLinkAndDraft(t *testing.T) {
	t.Parallel()
	site := serve(t, "/")
	b := open(t, site+lessonPath)
	b.ready()
	link := b.link(title)
	b.edit(hello)
	b.await(`await stored("hello from a draft")`)

	b.goTo(link)
	b.await(`cell($).innerText.includes("Your draft is kept")`, title)
	b.await(`part($, "Program").innerText.includes("sync.WaitGroup")`, title)
	b.press(title, "Back to my draft")
	b.await(`part($, "Program").innerText.includes("hello from a draft")`, title)
	b.reload()
	b.await(`part($, "Program").innerText.includes("hello from a draft")`, title)

	b.goTo(link)
	b.await(`cell($).innerText.includes("Your draft is kept")`, title)
	b.edit(fiveLines)
	b.await(`await stored("line")`)
	b.reload()
	b.await(`part($, "Program").innerText.includes("line")`, title)
	b.press(title, "Share and keep")
	b.act(`must("button", /^Show the version/, cell($)).click()`, title)
	b.await(`part($, "Program").innerText.includes("hello from a draft")`, title)
}

// TestBadLinks: what is no good link is said in one sentence, and does no harm.
func TestBadLinks(t *testing.T) {
	t.Parallel()
	site := serve(t, "/")
	b := open(t, site+lessonPath)
	b.ready()
	good := b.link(title)
	fragment := good[strings.Index(good, "#")+1:]
	for bad, says := range map[string]string{
		"99&x=y":                               "made by a later Gopark",
		"1&cell=no-such":                       "no longer has",
		"1&cell=last-first&era=go9.99":         "an era that this Gopark does not know",
		"2&cell=last-first&vs=go9.99_0_0_1":    "an era that this Gopark does not know",
		"2&cell=last-first&vs=go1.4_99_0_1":    "damaged",
		"2&fork=go1.4_0_0_1":                   "damaged",
		"1&procs=100000":                       "damaged",
		fragment + "&go=AAAA":                  "damaged",
		"1&go=" + strings.Repeat("A", 500):     "damaged",
		"1&cell=%3Cscript%3E":                  "damaged",
		"1" + strings.Repeat("&procs=1", 9000): "longer than any",
	} {
		b.goTo(site + lessonPath + "#" + bad)
		b.await(`cell($).innerText.includes($)`, title, says)
		b.await(`part($, "Program").innerText.includes("sync.WaitGroup")`, title)
	}
	b.goTo(site + lessonPath + "#why-would-anybody-want-this")
	b.await(`part($, "Program").innerText.includes("sync.WaitGroup")`, title)
	b.press(title, "Run")
	b.await(output+`.includes("goroutine 3")`, title)
}

// TestLinkOfOddSizes: a link may say numbers of Ps and cores that no field offers; they
// are what the page then shows and runs.
func TestLinkOfOddSizes(t *testing.T) {
	t.Parallel()
	b := open(t, serve(t, "/")+"playground/#1&procs=5&cores=7")
	b.ready()
	sizes := `["procs", "cores"].map((f) => ` + theCell + `.querySelector("[data-part=" + f + "]").value).join()`
	b.await(sizes + ` === "5,7"`)
	b.act(`must("button", "Run").click()`)
	b.await(theCell + `.querySelector(".board").innerText.includes("core 6")`)
}
