package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// deep is a program whose main goes deep, and comes back.
const deep = `package main

func deep(n int, pad [24]int) int {
	if n == 0 {
		ready := make(chan int)
		go func() { ready <- 1 }()
		return <-ready
	}
	return deep(n-1, pad) + 1
}

func main() {
	println(deep(40, [24]int{}))
}
`

const xray = `cell($).querySelector(".xray")`

// setIn chooses an entry of a select in the lesson's cell.
func (b *tab) setIn(select_, value string) {
	b.t.Helper()
	b.act(`const s = must("combobox", $, cell($)); s.value = $; s.dispatchEvent(new Event("change", {bubbles: true}))`, select_, title, value)
}

// TestXRay: the stack is looked into by hand and by keys: room, growth and what
// switches save, and it goes with the time.
func TestXRay(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		name := strings.ReplaceAll(t.Name(), "/", "-")
		b := opened(t, screen, "light", deep, 0.5)
		b.act(`must("button", /^G1,/, part($, "Board")).click()`, title)
		b.await(card, title)
		b.keys(kb.Escape)
		b.act(xray+`.querySelector("summary").focus()`, title)
		b.keys(kb.Enter)
		b.await(xray+`.open && /If its frame needs more than/.test(`+xray+`.innerText) && /a goroutine at a call: 24 bytes/.test(`+xray+`.innerText)`, title)
		b.press(title, "End")
		b.press(title, "Previous event")
		b.await(`must("button", "Go there", part($, "Stack"))`, title)
		b.axe("an x-ray")

		// The last growth: the old stack beside the new one.
		b.act(`must("button", "Go there", part($, "Stack")).click()`, title)
		b.await(xray+`.querySelectorAll(".xr-copy figure").length === 2 && /bytes copied/.test(`+xray+`.innerText)`, title)
		b.await(`/copied/.test(cell($).querySelector(".say").innerText)`, title)
		b.act(xray+`.scrollIntoView()`, title)
		b.keep(name, chromedp.CaptureScreenshot())
		b.axe("a stack that grows")
		if rows := eval[float64](b, `(([a, z]) => Math.abs(a.bottom - z.bottom))([...`+xray+`.querySelectorAll(".xr-pile")].map((e) => e.getBoundingClientRect()))`, title); rows > 1 {
			t.Errorf("the old stack and the new one are not side by side: %v pixels apart", rows)
		}
		scale := eval[[]float64](b, `[...`+xray+`.querySelectorAll(".xr-pile .mem")].map((e) => e.getBoundingClientRect().height)`, title)
		if scale[1] < 1.9*scale[0] || scale[1] > 2.1*scale[0] {
			t.Errorf("a stack copied to one of twice its size is drawn as %v", scale)
		}

		// Its room shrinks as it goes deeper, and nobody had to open it again.
		before := eval[string](b, xray+`.querySelector(".xr-key").innerText`, title)
		b.press(title, "Previous event")
		b.await(xray+`.querySelector(".xr-key").innerText !== $`, title, before)
		if size := eval[float64](b, `document.documentElement.scrollWidth - innerWidth`); size > 0 {
			t.Errorf("the page is %v pixels wider than the screen", size)
		}
	})
}

// TestXRayOfSegments: an era that links segments shows them.
func TestXRayOfSegments(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := opened(t, screen, "dark", deep, 0.5)
		b.setIn("Era", "go1.2")
		b.press(title, "Run")
		b.await(`must("button", "Stop", cell($)).disabled && cell($).querySelector(".clock").innerText.includes("event")`, title)
		b.act(xray+`.querySelector("summary").click()`, title)
		b.act(`must("button", /^G1,/, part($, "Board")).click()`, title)
		b.press(title, "Previous event")
		b.await(`/Its segments/.test(`+xray+`.innerText) && `+xray+`.querySelectorAll(".xr-segs li").length > 0`, title)
		b.act(xray+`.scrollIntoView()`, title)
		b.keys(kb.Escape)
		b.keep(strings.ReplaceAll(t.Name(), "/", "-"), chromedp.CaptureScreenshot())
		b.axe("segments")
	})
}
