package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

const playgroundPath = "playground/"

// screens are a desk's and a phone's.
var screens = map[string]chromedp.Action[chromedp.Void]{
	"wide":  chromedp.EmulateViewport(1280, 900),
	"phone": chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile),
}

// onScreens runs a test on both, beside others.
func onScreens(t *testing.T, test func(t *testing.T, screen chromedp.Action[chromedp.Void])) {
	t.Parallel()
	for name, screen := range screens {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, screen)
		})
	}
}

// goTo opens a page in a tab and waits until it has been taken over.
func (b *tab) goTo(address string) {
	b.t.Helper()
	b.do(chromedp.Navigate("about:blank"), chromedp.Navigate(address))
	b.ready()
}

func (b *tab) ready() {
	b.t.Helper()
	b.await(`document.documentElement.hasAttribute("data-drafts")`)
}

// choose chooses an example of the playground.
func (b *tab) choose(title string) {
	b.t.Helper()
	b.act(`const s = named("combobox", "Example"); s.value = [...s.options].find((o) => o.text === $).value; s.dispatchEvent(new Event("change", {bubbles: true}))`, title)
	b.await(`named("region", $)`, title)
}

// TestExamples: every example of the menu runs.
func TestExamples(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := open(t, serve(t, "/")+playgroundPath, screen)
		b.ready()
		titles := eval[[]string](b, `[...named("combobox", "Example").options].map((o) => o.text)`)
		if len(titles) < 9 {
			t.Errorf("only %d examples: %v", len(titles), titles)
		}
		for _, title := range titles {
			b.choose(title)
			b.await(`part($, "Output").innerText.includes("comes here")`, title)
			b.press(title, "Run")
			b.await(`part($, "Output").innerText.includes("exit") || part($, "Output").innerText.includes("end")`, title)
		}
		b.shot("playground-" + strings.ReplaceAll(t.Name(), "/", "-"))
		if n := eval[int](b, `document.documentElement.scrollWidth - innerWidth`); n > 0 {
			t.Errorf("the page is %d pixels too wide", n)
		}
	})
}

// TestExampleDrafts: each example has a draft of its own, and the one that was
// looked at last is there again.
func TestExampleDrafts(t *testing.T) {
	t.Parallel()
	b := open(t, serve(t, "/")+playgroundPath)
	b.ready()
	b.choose("Fan-in")
	b.editIn("Fan-in", hello)
	b.choose("Pipeline")
	b.await(`part("Pipeline", "Program").innerText.includes("func stage")`)
	b.choose("Fan-in")
	b.await(`part("Fan-in", "Program").innerText.includes("hello from a draft")`)
	b.await(`await stored("hello from a draft")`)
	b.reload()
	b.await(`part("Fan-in", "Program").innerText.includes("hello from a draft")`)
	b.press("Fan-in", "Run")
	b.await(`part("Fan-in", "Output").innerText.includes("hello from a draft")`)
}
