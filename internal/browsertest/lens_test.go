package browsertest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestLens: the same board of three goroutines and of thousands: pills, then piles
// with exact counts and dots, and always what they cost.
func TestLens(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		const lens = `cell($).querySelector("[data-part=lens]")`
		b := opened(t, screen, "light", workers, 0.7)
		b.await(`/memory.* (bytes|KiB)/is.test(`+lens+`.innerText)`, title)
		b.await(`cell($).querySelector("[data-part=piles]").innerText === "" && !`+lens+`.querySelector("canvas").getClientRects().length`, title, title)
		b.shotOf("#cell-last-first [data-part=board]", strings.ReplaceAll(t.Name()+"-few", "/", "-"))

		const n = 3000
		b = opened(t, screen, "light", fmt.Sprintf(crowd, n), 0.5)
		total := eval[int](b, `Number(must("slider", "Time", cell($)).max)`, title)
		waiting := `[...cell($).querySelectorAll(".piles li")].find((e) => /waiting, chan gate/i.test(e.innerText))`
		b.await(waiting, title)
		b.shotOf("#cell-last-first [data-part=board]", strings.ReplaceAll(t.Name()+"-crowd", "/", "-"))

		// Counts are exact: they add up to what the legend of the board says.
		sum := eval[int](b, `[...cell($).querySelectorAll(".piles b")].reduce((n, e) => n + Number(e.innerText.replaceAll(",", "")), 0)`, title)
		all := eval[int](b, `Number(cell($).querySelector("[data-part=piles] h3 i").innerText.replaceAll(",", ""))`, title)
		if sum != all || all < n {
			t.Errorf("the piles have %d goroutines of %d", sum, all)
		}

		// A dot is a goroutine, which can be chosen.
		b.await(lens+`.querySelector("canvas").ariaLabel.includes("waiting")`, title)
		b.click(lens+`.querySelector("canvas")`, title)
		b.await(`/G\d\d+/.test(part($, "Stack").innerText)`, title)
		b.axe("a crowd")

		// A step changes it.
		before := eval[string](b, lens+`.innerText`, title)
		b.seekIn(title, total-20)
		b.await(lens+`.innerText !== $`, title, before)
	})
}
