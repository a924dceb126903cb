package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	cmp      = `document.querySelector("dialog.cmp")`
	cmpClock = cmp + `.querySelector("[data-part=cmpClock]").innerText`
	cmpReady = `must("button", "First difference", ` + cmp + `) && ` + cmp + `.innerText.includes("What they cost")`
)

// chances is a program of which the order is left to chance.
const chances = `package main

import "time"

func main() {
	a, b := make(chan int, 2), make(chan int, 2)
	for _, c := range []chan int{a, b} {
		go func() {
			for i := range 8 {
				c <- i
			}
		}()
	}
	time.Sleep(time.Microsecond)
	for range 16 {
		select {
		case v := <-a:
			println("a", v)
		case v := <-b:
			println("b", v)
		}
	}
}
`

// messages keeps what the page says to the engine, for tests to look at.
const messages = `window.sent = []; const say = Worker.prototype.postMessage;
	Worker.prototype.postMessage = function (m, ...more) { if (typeof m === "string") sent.push(m); return say.call(this, m, ...more); }`

// do presses a button of the comparison.
func (b *tab) cmp(button string) {
	b.t.Helper()
	b.await(`!must("button", $, `+cmp+`).disabled`, button)
	b.act(`must("button", $, `+cmp+`).click()`, button)
}

// TestCompare: a program under two eras, side by side: one clock, the first
// difference, outputs and counters; and nothing of it stays when it is closed.
func TestCompare(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		name := strings.ReplaceAll(t.Name(), "/", "-")
		b := opened(t, screen, "light", workers, 0.5)
		b.act(messages)
		b.act(`must("button", "Compare runs", cell($)).focus()`, title)
		b.keys(kb.Enter)
		b.await(cmp + `.open && document.activeElement.tagName === "H2"`)
		b.axe("the choice of runs")
		b.keep(name+"-setup", chromedp.CaptureScreenshot())
		b.act(`const s = ` + cmp + `.querySelectorAll("[data-f=era]")[1]; s.value = "go1.4"`)
		b.cmp("Add a run")
		b.await(cmp + `.querySelectorAll("[data-row]").length === 3 && ` + cmp + `.querySelectorAll("[data-f=era]")[2].value === "go1.4"`)
		b.cmp("Leave run C out")
		b.await(cmp + `.querySelectorAll("[data-row]").length === 2`)
		b.cmp("Run and compare")
		b.await(cmpReady)
		b.await(cmp + `.querySelectorAll(".cmp-strip svg rect.on").length > 4 && ` + cmp + `.querySelectorAll(".cmp-run .core").length === 4`)
		b.keep(name, chromedp.CaptureScreenshot())
		b.axe("runs side by side")

		// The clock is one: each step moves it on, back is the way it came.
		b.cmp("To the start of all")
		b.await(cmpClock + `.startsWith("0 ns")`)
		says := `[...` + cmp + `.querySelectorAll(".cmp-run .say")].map((e) => e.innerText).join("|")`
		at := `[...` + cmp + `.querySelectorAll("[data-part^=cmpEvent]")].map((e) => Number(/event ([\d,]+) of/.exec(e.innerText)[1].replace(",", "")))`
		sum := at + `.reduce((x, y) => x + y)`
		for i := range 3 {
			b.cmp("Next event of any")
			b.await(sum+` === $`, i+1)
		}
		b.cmp("Next decision of any")
		b.await(sum + ` > 3`)
		before := eval[string](b, says)
		b.cmp("Next decision of any")
		b.await(says+` !== $`, before)
		b.cmp("Previous decision of any")
		b.await(says+` === $`, before)

		// By keys, on the slider.
		n := eval[int](b, sum)
		b.act(cmp + `.querySelector("[data-f=time]").focus()`)
		b.keys(kb.ArrowRight)
		b.await(sum+` === $`, n+1)
		b.keys(kb.ArrowLeft)
		b.await(sum+` === $`, n)

		// The first difference, and the events that it is made of.
		b.cmp("First difference")
		b.await(cmp + `.querySelector("[data-part=cmpSays]").innerText.includes("Run ")`)
		goal := `[...` + cmp + `.querySelectorAll(".cmp-then button")].find((e) => e.computedName.endsWith("of run B"))`
		b.act(goal + `.click()`)
		b.await(at + `[1] === Number(/event ([\d,]+)/.exec(` + goal + `.computedName)[1].replace(",", ""))`)

		// A strip can be clicked, zoomed, and played.
		b.cmp("Zoom in")
		b.cmp("Fit the whole runs")
		b.click(cmp + `.querySelector(".cmp-strip svg")`)
		b.cmp("To the start of all")
		b.await(cmpClock + `.startsWith("0 ns")`)
		b.cmp("Play all")
		b.await(sum + ` > 2 && named("button", "Pause all", ` + cmp + `)`)
		b.cmp("Pause all")
		b.act(cmp + `.querySelector(".cmp-table").scrollIntoView({block: "center"})`)
		b.keep(name+"-counters", chromedp.CaptureScreenshot())
		if wide := eval[float64](b, cmp+`.scrollWidth - `+cmp+`.clientWidth`); wide > 0 {
			t.Errorf("the dialog is %v pixels wider than the screen", wide)
		}
		b.keys(kb.Escape)
		b.await(`!` + cmp + `.open && sent.some((m) => m.includes('"op":"release"')) && document.activeElement.computedName === "Compare runs"`)
		b.await(cmp + `.querySelectorAll(".cmp-run").length === 0`)

		// The cell's own run is as it was, and can be gone on with.
		b.press(title, "Next event")
	})
}

// TestFork: a run forked at an instant has the same past and, here, another future;
// and a changed program is compared as a whole.
func TestFork(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		name := strings.ReplaceAll(t.Name(), "/", "-")
		b := opened(t, screen, "dark", chances, 0.3)
		n := eval[int](b, now, title)
		b.press(title, "Fork the run here")
		b.await(cmp+`.open && `+cmp+`.innerText.includes("stopped after event " + $)`, n)
		b.await(cmp + `.innerText.includes("the same up to this instant, event by event")`)
		b.axe("the choice of a fork")
		b.keep(name+"-setup", chromedp.CaptureScreenshot())
		b.act(cmp + `.querySelector("[data-f=seed]").value = "77"`)
		b.cmp("Run both")
		b.await(cmpReady)
		b.await(cmp+`.innerText.includes("the same run up to event " + $) && `+cmp+`.innerText.includes("seed 77 after event")`, n)
		// Both stand where the run was forked, and what parts them comes after it.
		past := eval[[]int](b, `[...`+cmp+`.querySelectorAll("[data-part^=cmpEvent]")].map((e) => Number(/event ([\d,]+) of/.exec(e.innerText)[1]))`)
		if past[0] < n || past[1] < n {
			t.Errorf("forked after event %d, the runs stand at %v", n, past)
		}
		parts := eval[[]int](b, `[...`+cmp+`.querySelectorAll(".cmp-then button")].slice(0, 2).map((e) => Number(/event ([\d,]+)/.exec(e.computedName)[1]))`)
		for _, p := range parts {
			if p <= n {
				t.Errorf("forked after event %d, the logs part at %v", n, parts)
			}
		}
		b.await(cmp + `.querySelectorAll(".cmp-strip .same").length === 2 && ` + cmp + `.querySelectorAll(".cmp-strip .part").length === 2`)
		b.keep(name, chromedp.CaptureScreenshot())
		b.axe("a fork")

		// The first difference is shown by one of the runs at least.
		b.cmp("First difference")
		for range 4 {
			b.cmp("Zoom in")
		}
		b.await(`[...`+cmp+`.querySelectorAll("[data-part^=cmpEvent]")].some((e, i) => Number(/event ([\d,]+) of/.exec(e.innerText)[1]) === $[i])`, parts)
		b.keep(name+"-part", chromedp.CaptureScreenshot())

		// Another thing is changed: the program.
		b.cmp("Choose other runs")
		b.act(`const s = ` + cmp + `.querySelector("[data-f=change]"); s.value = "program"; s.dispatchEvent(new Event("change", {bubbles: true}))`)
		b.await(cmp + `.querySelector("textarea").value.startsWith("package main")`)
		b.act(`const t = ` + cmp + `.querySelector("textarea"); t.value = t.value.replace("make(chan int, 2), make", "make(chan int, 3), make").replace('"a"', '"first"')`)
		b.axe("a changed program")
		b.cmp("Run both")
		b.await(cmpReady)
		b.await(cmp + `.innerText.includes("the changed program, run from its beginning") && ` + cmp + `.querySelectorAll(".cmp-outs figure").length === 2`)

		// One that does not compile says so.
		b.cmp("Choose other runs")
		b.await(cmp + `.querySelector("textarea").value.includes("make(chan int, 3)")`) // the edit is kept
		b.act(cmp + `.querySelector("textarea").value = "package main\n\nfunc main() { nothing() }\n"`)
		b.cmp("Run both")
		b.await(cmp + `.innerText.includes("undefined: nothing")`)
		b.cmp("Close the comparison")
		b.await(`!` + cmp + `.open`)
	})
}

// TestLinkToRuns: a link sets runs up for whoever opens it, side by side or forked, and
// runs none.
func TestLinkToRuns(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		name := strings.ReplaceAll(t.Name(), "/", "-")
		b := opened(t, screen, "light", chances, 0.3)
		n := eval[int](b, now, title)
		b.press(title, "Compare runs")
		b.await(cmp + `.open`)
		b.cmp("Add a run")
		b.act(`const f = (row, f, v) => ` + cmp + `.querySelectorAll("[data-row]")[row].querySelector("[data-f=" + f + "]").value = v; f(0, "seed", "5"); f(1, "era", "go1.4"); f(2, "procs", "1"); f(2, "seed", "77")`)
		setup := `[...` + cmp + `.querySelectorAll("[data-row]")].map((r) => [...r.querySelectorAll("[data-f]")].map((e) => e.value).join()).join("|")`
		chosen := eval[string](b, setup)
		b.cmp("Copy a link to these runs")
		b.await(cmp + `.innerText.includes("nothing runs by itself")`)
		b.axe("a link to runs")
		b.keep(name+"-link", chromedp.CaptureScreenshot())
		compared := eval[string](b, `must("field", "Link to these runs", `+cmp+`).value`)

		// The same with runs on the screen.
		b.cmp("Run and compare")
		b.await(cmpReady)
		b.cmp("Copy a link to these runs")
		if again := eval[string](b, `must("field", "Link to these runs", `+cmp+`).value`); again != compared {
			t.Errorf("the link was %s, and is %s when the runs have run", compared, again)
		}
		b.cmp("Close the comparison")

		// And of a fork.
		b.press(title, "Fork the run here")
		b.await(cmp + `.open`)
		b.act(cmp + `.querySelector("[data-f=seed]").value = "77"`)
		b.cmp("Copy a link to these runs")
		b.await(cmp + `.innerText.includes("nothing runs by itself")`)
		forked := eval[string](b, `must("field", "Link to these runs", `+cmp+`).value`)
		b.act(`const s = ` + cmp + `.querySelector("[data-f=change]"); s.value = "program"; s.dispatchEvent(new Event("change", {bubbles: true}))`)
		b.act(`const t = ` + cmp + `.querySelector("textarea"); t.value = t.value.replace('"a"', '"first"')`)
		b.cmp("Copy a link to these runs")
		b.await(`must("field", "Link to these runs", `+cmp+`).value !== $`, forked)
		edited := eval[string](b, `must("field", "Link to these runs", `+cmp+`).value`)
		b.cmp("Close the comparison")

		b.goTo(compared)
		b.await(cmp + `?.open && ` + cmp + `.innerText.includes("Nothing has run yet")`)
		b.await(`cell($).innerText.includes("runs none by itself")`, title)
		if got := eval[string](b, setup); got != chosen {
			t.Errorf("the link sets up %s, want %s", got, chosen)
		}
		b.axe("runs that came with a link")
		b.keep(name+"-opened", chromedp.CaptureScreenshot())
		b.await(`!` + cmp + `.querySelector(".cmp-run")`)
		b.cmp("Run and compare")
		b.await(cmpReady)
		b.cmp("Close the comparison")

		b.goTo(forked)
		b.await(`cell($).innerText.includes("asks before it runs both")`, title)
		b.press(title, "Run")
		b.await(cmp+`?.open && `+cmp+`.innerText.includes("stopped after event " + $)`, n)
		b.await(cmp + `.querySelector("[data-f=change]").value === "seed" && ` + cmp + `.querySelector("[data-f=seed]").value === "77"`)
		b.await(`!` + cmp + `.querySelector(".cmp-run")`)
		b.cmp("Close the comparison")

		// And with the program that the reader has changed, beside the one that it was.
		b.goTo(edited)
		b.await(`cell($).innerText.includes("asks before it runs both")`, title)
		b.press(title, "Run")
		b.await(cmp+`?.open && `+cmp+`.innerText.includes("stopped after event " + $)`, n)
		b.await(cmp + `.querySelector("[data-f=change]").value === "program" && ` + cmp + `.querySelector("textarea").value.includes('"first"')`)
		b.keep(name+"-changed", chromedp.CaptureScreenshot())
		b.cmp("Run both")
		b.await(cmpReady)
		b.await(cmp + `.querySelectorAll(".cmp-outs figure").length === 2 && ` + cmp + `.querySelector(".cmp-outs").innerText.includes("first")`)
		b.cmp("Copy a link to these runs")
		if again := eval[string](b, `must("field", "Link to these runs", `+cmp+`).value`); again != edited {
			t.Errorf("the link was %s, and is %s when the runs have run", edited, again)
		}
	})
}
