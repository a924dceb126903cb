package browsertest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// scheme is a page's colours.
func scheme(name string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}})
		return err
	})
}

// axe has axe-core look at the page as it is now.
func (b *tab) axe(when string) {
	b.t.Helper()
	source, err := os.ReadFile(filepath.Join("..", "..", "static", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		b.t.Fatalf("%v: build the site, which fetches it", err)
	}
	if !eval[bool](b, `"axe" in window`) {
		b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := chromedp.Run(ctx, chromedp.Evaluate[any]("{"+string(source)+"}\n0"))
			return err
		}))
	}
	found := eval[[]string](b, `(await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"]}))
		.violations.flatMap((v) => v.nodes.slice(0, 5).map((n) => v.id + ": " + n.target.join(" ") + ": " + n.html.slice(0, 120) + ": " + n.failureSummary.split("\n")[1]))`)
	for _, f := range found {
		b.t.Errorf("%s: %s", when, f)
	}
}

// TestAxe: axe-core finds nothing to complain of, on any page, whatever is open.
func TestAxe(t *testing.T) {
	t.Parallel()
	for _, colours := range []string{"light", "dark"} {
		for size, screen := range screens {
			t.Run(colours+"/"+size, func(t *testing.T) {
				t.Parallel()
				site := serve(t, "/") // with drafts of its own
				b := open(t, site, screen, scheme(colours))
				for _, path := range []string{"", "glossary/", "about/", "404.html"} {
					b.do(chromedp.Navigate(site + path))
					b.await(`document.readyState === "complete" && document.querySelector("h1")`)
					b.axe("/" + path)
				}
				b.goTo(site + playgroundPath)
				b.axe("the playground")
				b.goTo(site + lessonPath)
				b.axe("a lesson")
				b.press(title, "Run")
				b.await(output+`.includes("goroutine 3")`, title)
				b.await(`named("button", "Run", cell($))`, title)
				b.seekIn(title, 40)
				b.press(title, "Share and keep")
				b.act(`for (const d of document.querySelectorAll("details")) d.open = true`)
				b.edit(strings.Replace(unfinished, "wg\n", "nosuch()\n}\n", 1))
				b.axe("a lesson with everything open")
				b.press(title, "Run")
				b.await(`part($, "Output").innerText.includes("does not compile")`, title)
				b.axe("a program that does not compile")
				b.act(`must("button", "List of keys").click()`)
				b.axe("the list of keys")
			})
		}
	}
}
