package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const now = `Number(must("slider", "Time", cell($)).value)`

// stepTo chooses what to step to and makes the step; it must lead elsewhere.
func (b *tab) stepTo(what, button string) int {
	b.t.Helper()
	before := eval[int](b, now, title)
	b.act(`const s = must("combobox", "Step to", cell($)); s.value = $; s.dispatchEvent(new Event("change", {bubbles: true}))`, title, what)
	b.press(title, button)
	b.await(now+` !== $`, title, before)
	return eval[int](b, now, title)
}

// TestStepTo: to the next decision, line and block of a goroutine, and back.
func TestStepTo(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := opened(t, screen, "light", workers, 0.3)
		b.act(`must("button", /^G1,/, part($, "Board")).click()`, title)
		b.await(card, title)
		b.keys(kb.Escape)
		said := `cell($).querySelector(".say").innerText`

		first := b.stepTo("decision", "Step on to it")
		b.stepTo("decision", "Step on to it")
		b.await(`/finds|takes|steals|gets|starts|runs|spin|P/.test(`+said+`)`, title)
		if back := b.stepTo("decision", "Step back to it"); back != first {
			t.Errorf("one decision on and one back is event %d, not %d", back, first)
		}

		b.stepTo("blocks", "Step on to it")
		b.await(`must("button", /^G1( \d+)?, waiting/, part($, "Board"))`, title)
		b.stepTo("runs", "Step on to it")
		b.await(`must("button", /^G1( \d+)?, running/, part($, "Board"))`, title)

		line := `(() => { const e = [...part($, "Program").querySelectorAll(".on")].find((e) => /\bG1\b/.test(e.innerText)); return e ? e.innerText : ""; })()`
		was := eval[string](b, line, title)
		b.stepTo("line", "Step on to it")
		b.await(line+` !== $ && `+line+` !== ""`, title, was, title)
		b.keep(strings.ReplaceAll(t.Name(), "/", "-"), chromedp.CaptureScreenshot())
	})
}

// TestBreakpoint: the run goes on, and back, to a line that was chosen.
func TestBreakpoint(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := opened(t, screen, "light", workers, 0.1)
		waiting := `[...part($, "Program").querySelectorAll(".on")].some((e) => e.innerText.includes("<-done"))`
		b.click(`[...part($, "Program").querySelectorAll(".cm-lineNumbers .cm-gutterElement")].find((e) => e.innerText === "26")`, title)
		b.await(`part($, "Program").querySelector(".cm-lineNumbers .stop").innerText === "26" && must("combobox", "Step to", cell($)).value === "break"`, title)
		b.press(title, "Step on to it")
		b.await(waiting, title)
		b.keep(strings.ReplaceAll(t.Name(), "/", "-"), chromedp.CaptureScreenshot())
		b.axe("at a breakpoint")
		b.press(title, "End")
		b.await(`!`+waiting, title)
		b.press(title, "Step back to it")
		b.await(waiting, title)

		// By keys, it is taken away.
		b.act(`part($, "Program").querySelector(".cm-content").focus()`, title)
		b.click(`[...part($, "Program").querySelectorAll(".cm-line")].find((e) => e.innerText.includes("<-done"))`, title)
		b.keys(kb.F9)
		b.await(`!part($, "Program").querySelector(".cm-lineNumbers .stop")`, title)
		b.press(title, "Step on to it")
		b.await(`cell($).innerText.includes("Set a breakpoint first")`, title)
	})
}

// TestValue: a variable's value at this instant comes with what is said of it,
// by mouse over a program that was never touched, and by F1 in the editor.
func TestValue(t *testing.T) {
	t.Parallel()
	b := ran(t)
	b.seek(eval[int](b, `Math.round(0.75 * `+now+`)`, title))
	b.act(`must("button", /^G1,/, part($, "Board")).click()`, title)
	b.await(card, title)
	b.keys(kb.Escape)
	place := eval[[]float64](b, `(() => {
		const w = document.createTreeWalker(part($, "Program"), NodeFilter.SHOW_TEXT);
		for (let n; (n = w.nextNode());) {
			const i = n.data.search(/\bwg\b/);
			if (i < 0) continue;
			n.parentElement.scrollIntoView({block: "center", behavior: "instant"});
			const r = document.createRange();
			r.setStart(n, i), r.setEnd(n, i + 2);
			const at = r.getBoundingClientRect();
			return [at.left + 3, at.top + at.height / 2];
		}})()`, title)
	b.do(chromedp.Func(moveMouse(place[0], place[1])))
	b.await(`[...part($, "Program").querySelectorAll("[title]")].some((e) => /^wg sync.WaitGroup = /.test(e.title))`, title)

	b.do(chromedp.MouseClickXY(place[0], place[1]))
	b.await(`part($, "Program").contains(document.activeElement) && document.activeElement.matches(".cm-content")`, title)
	b.keys(kb.ArrowRight) // the editor sets its text a little to the right
	b.keys(kb.ArrowRight)
	b.keys(kb.F1)
	b.await(`[...document.querySelectorAll(".cm-tooltip")].some((e) => /wg sync.WaitGroup = .*main/.test(e.innerText))`)
	b.keep("TestValue", chromedp.CaptureScreenshot())
}
