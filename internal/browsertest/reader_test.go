package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A reading is how somebody reads a lesson: a question answered, a step
// followed, an exercise tried.
type reading struct {
	path, cell          string // the lesson, and the title of the exercise's cell
	ask, answer, graded string // a question's id, the option chosen, how the verdict begins
	step, shows         string // a link's words, and what the board or the log must then say
	exercise, not       string // an exercise's id, and what is missing in the cell's own program
	from, to            string // the change that does it
}

var readings = []reading{
	{
		"lessons/09-why-last-first/", "Five in a row",
		"whole-order", "4 0 1 2 3", "Right. It prints goroutine 4",
		"stop when main has started all five", `/runnext/i.test(part($, "Board").innerText)`,
		"in-order", "not yet",
		"\twg.Wait()", "\tgo func() {}()\n\twg.Wait()",
	},
	{
		"lessons/16-a-stack-that-grows/", "Five hundred calls deep",
		"times", "1", "Not this time.",
		"Step until the stack is full for the first time", `part($, "Board").innerText.includes("copied to one of 4,096")`,
		"sixty-four", "not yet: max(stack(G7)) was 16 KB",
		"down(500)", "down(2000)",
	},
	{
		"lessons/19-taking-turns/", "Until the flag is set",
		"hangs", "yes", "Right. The answer is yes: hung is yes.",
		"Step until the runtime asks main to stop", `part($, "Board").innerText.includes("asks it to stop")`,
		"polite", "not yet",
		"for !done.Load() {\n", "for !done.Load() {\n\t\truntime.Gosched()\n",
	},
}

// TestReader: a question, a step and an exercise of three lessons, and what is
// left of it after a reload, there and on the start page.
func TestReader(t *testing.T) {
	t.Parallel()
	for _, r := range readings {
		t.Run(strings.Trim(r.path, "/"), func(t *testing.T) {
			onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) { read(t, r, screen) })
		})
	}
}

func read(t *testing.T, r reading, screen chromedp.Action[chromedp.Void]) {
	site := serve(t, "/")
	b := open(t, site+r.path, screen)
	b.ready()
	program := eval[string](b, `cell($).querySelector(".program code").textContent`, r.cell) // without the marks of a run
	const ask = `document.getElementById("ask-"+$)`
	b.act(`must("button", $, `+ask+`).click()`, r.answer, r.ask)
	b.await(ask+`.querySelector("[role=status]").innerText.includes($)`, r.ask, r.graded)

	b.act(`[...document.querySelectorAll("a.step")].find((a) => a.textContent === $).click()`, r.step)
	b.await(r.shows, r.cell)
	b.await(`!must("slider", "Time", cell($)).disabled`, r.cell)
	b.await(`(() => { const r = part($, "Board").querySelector(".say").getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; })()`, r.cell) // what the link leads to is seen

	const exercise = `document.getElementById("exercise-"+$)`
	const check = `must("button", "Check my program", ` + exercise + `).click()`
	const says = exercise + `.querySelector("[role=status]").innerText`
	b.act(check, r.exercise)
	b.await(says+`.includes("Not yet")`, r.exercise)
	b.await(exercise+`.querySelector(".exercise-goals").innerText.includes($)`, r.exercise, r.not)
	b.shotOf("#exercise-"+r.exercise, r.exercise+"-not-"+strings.ReplaceAll(t.Name()[len("TestReader/"):], "/", "-"))

	b.editIn(r.cell, strings.Replace(program, r.from, r.to, 1)) // with the import missing, which is mended
	b.act(check, r.exercise)
	if strings.Contains(r.to, "runtime.") {
		b.await(says+`.includes("does not compile")`, r.exercise)
		b.press(r.cell, "Run")
		b.await(`part($, "Program").innerText.includes('"runtime"')`, r.cell)
		b.act(check, r.exercise)
	}
	b.await(says+`.includes("Done: the run does what was asked")`, r.exercise)
	b.await(`await stored("exercise-"+$)`, r.exercise)

	b.reload()
	b.ready()
	b.await(says+`.includes("You have done this")`, r.exercise)
	b.await(ask+`.innerText.includes("You have answered this") && must("button", $, `+ask+`).ariaPressed === "true"`, r.ask, r.answer, r.ask)
	b.goTo(site)
	name := strings.Split(r.path, "/")[1]
	b.await(`/^2 of \d+ done/.test(document.querySelector("[data-lesson='"+$+"'] .ticks").innerText)`, name)
	b.shot("start-after-" + strings.ReplaceAll(t.Name()[len("TestReader/"):], "/", "-"))
}

// TestHints: hints come one after the other, and the solution only to who asks;
// what it replaces can be had back.
func TestHints(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	hints := `[...document.querySelectorAll("#exercise-in-order .hint")].map((h) => h.getClientRects().length > 0).join()`
	b.await(hints + ` === "true,false"`)
	b.act(`document.querySelector("#exercise-in-order .hint summary").click()`)
	b.await(hints + ` === "true,true"`)
	b.edit(hello)
	b.await(`!named("button", "Put it into the editor")`)
	b.act(`must("button", "A solution").click()`)
	b.act(`must("button", "Put it into the editor").click()`)
	b.await(`part($, "Program").innerText.includes("go func() {}()")`, title)
	b.act(`must("button", "Undo", cell($)).click()`, title)
	b.await(`part($, "Program").innerText.includes("hello from a draft")`, title)
}

// TestCheckMistakes: what does not compile, or never ends, is said or stopped.
func TestCheckMistakes(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	says := `document.querySelector("#exercise-in-order [role=status]").innerText`
	check := `must("button", "Check my program").click()`
	b.edit("package main\n\nfunc main() {\n\tnosuch()\n}\n")
	b.act(check)
	b.await(says + `.includes("Line 4: undefined: nosuch")`)
	b.edit("package main\n\nfunc main() {\n\tfor {\n\t}\n}\n")
	b.act(check)
	b.act(`must("button", "Stop", document.querySelector(".exercise")).click()`)
	b.await(says + `.includes("Stopped")`)
	b.await(`must("button", "Check my program")`)
}

// TestClaim: a claim says its formula's value under its settings, and runs the
// cell so if that is wanted.
func TestClaim(t *testing.T) {
	t.Parallel()
	b := open(t, serve(t, "/")+"lessons/19-taking-turns/")
	b.ready()
	b.act(`[...document.querySelectorAll("a.claim")].find((a) => a.textContent === "34 ms").click()`)
	b.await(`/time is 3[34](\.\d+)? ms under Go 1\.14, GOMAXPROCS=1, 1 core, seed 1\./.test(document.getElementById("explain").innerText)`)
	b.shot("claim")
	b.act(`must("button", "Run it so").click()`)
	b.await(`part($, "Output").innerText.includes("main has stopped") && cell($).innerText.includes("Set for this: Go 1.14")`, "Until the flag is set")
}

// TestTerm: a word of the glossary is explained for the mouse, the keyboard and
// a finger; its link still leads there.
func TestTerm(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	const term = `[...document.querySelectorAll("a.term")].find((a) => a.textContent === "runnable")`
	says := `document.getElementById("explain").innerText`
	at := eval[[]float64](b, `(() => { const e = `+term+`; e.scrollIntoView({block: "center", behavior: "instant"}); const r = e.getBoundingClientRect(); return [r.left + 4, r.top + r.height / 2]; })()`)
	b.do(chromedp.Func(moveMouse(at[0], at[1])))
	b.await(says + `.includes(` + term + `.dataset.says)`)
	b.shot("term")
	b.do(chromedp.Func(moveMouse(at[0], at[1]+200)))
	b.await(`document.getElementById("explain").hidden`)
	b.act(term + `.focus({focusVisible: true})`)
	b.await(`!document.getElementById("explain").hidden`)
	b.keys(kb.Escape)
	b.await(`document.getElementById("explain").hidden`)
	b.act(term + `.click()`)
	b.await(`location.pathname.endsWith("/glossary/")`)
}

// TestTermTouched: a finger gets the explanation, and the link within it.
func TestTermTouched(t *testing.T) {
	t.Parallel()
	b := open(t, serve(t, "/")+lessonPath, screens["phone"])
	b.ready()
	b.act(`const e = document.querySelector("a.term");
		e.dispatchEvent(new PointerEvent("pointerdown", {bubbles: true, pointerType: "touch"}));
		e.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true, detail: 1}))`)
	b.await(`document.getElementById("explain").innerText.includes("In the glossary")`)
	b.act(`document.querySelector("#explain a").click()`)
	b.await(`location.pathname.endsWith("/glossary/")`)
}

// TestOrder: lines are put in order by buttons and by dragging.
func TestOrder(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := open(t, serve(t, "/")+"lessons/13-channels-park/", screen)
		b.ready()
		const ask = `document.getElementById("ask-which-order")`
		lines := `[...` + ask + `.querySelectorAll(".order samp")].map((e) => e.textContent)`
		before := eval[[]string](b, lines)
		b.act(ask + `.querySelectorAll("[data-move=down]")[0].focus()`)
		b.keys(kb.Enter)
		b.await(lines+`[1] === $ && document.activeElement.dataset.move === "down"`, before[0])
		b.act(ask + `.querySelectorAll("[data-move=up]")[1].click()`)
		b.await(lines+`[0] === $`, before[0])
		b.shotOf("#ask-which-order", "order")
		b.act(`const grips = ` + ask + `.querySelectorAll(".grip"), list = ` + ask + `.querySelector(".order");
			list.setPointerCapture = () => {};
			const at = (g) => { const r = g.getBoundingClientRect(); return r.top + r.height / 2; };
			const send = (el, type, y) => el.dispatchEvent(new PointerEvent(type, {bubbles: true, clientY: y, pointerId: 1}));
			const first = grips[0], last = grips[grips.length - 1];
			send(first, "pointerdown", at(first)); send(list, "pointermove", at(last) + 4); send(list, "pointerup", 0)`)
		b.await(lines+`.at(-1) === $`, before[0])
		b.act(`must("button", "Check", ` + ask + `).click()`)
		b.await(`/^. (Right|Not this time)\./.test(` + ask + `.querySelector("[role=status]").innerText)`)
	})
}

// TestWatchInstant: Watch stops a run where its question is about.
func TestWatchInstant(t *testing.T) {
	t.Parallel()
	b := open(t, serve(t, "/")+"lessons/16-a-stack-that-grows/")
	b.ready()
	const ask = `document.getElementById("ask-at-the-end")`
	b.act(`must("button", "2", ` + ask + `).click()`)
	b.await(ask + `.innerText.includes("Right.")`)
	b.act(`must("button", "Watch it happen", ` + ask + `).click()`)
	b.await(`(() => { const s = named("slider", "Time", cell("Deep once")); return Number(s.value) > 0 && Number(s.value) < Number(s.max); })()`)
}

// TestStartPage: the path is there at once, and its program soon runs and plays
// by itself.
func TestStartPage(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := open(t, serve(t, "/"), screen)
		b.await(`document.querySelector("h1")`)
		b.ready()
		if n := eval[int](b, `document.querySelectorAll(".part").length`); n != 5 {
			t.Errorf("the path has %d parts", n)
		}
		const time = `document.querySelector(".cell.live [data-part=time]")`
		// It is stopped as soon as it has been seen to play: it comes to its end.
		b.await(`(() => {
			const at = Number(` + time + `.value), pause = named("button", "Pause");
			const plays = pause && at === window.lastSeen + 1;
			window.lastSeen = at;
			if (plays) pause.click();
			return plays;
		})()`)
		b.await(`named("button", "Play")`)
		if n := eval[int](b, `document.documentElement.scrollWidth`); n > 1280 {
			t.Errorf("the page is %d pixels wide", n)
		}
		b.shot("start-" + strings.ReplaceAll(t.Name(), "/", "-"))
	})
}
