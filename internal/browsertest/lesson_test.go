package browsertest

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	lessonPath = "lessons/09-why-last-first/"
	title      = "Five in a row"
	question   = "whole-order"
)

// lesson opens the lesson and waits until the page has taken it over.
func lesson(t *testing.T) *tab {
	t.Helper()
	b := open(t, serve(t, "/")+lessonPath)
	b.ready()
	return b
}

// ran runs the cell and waits until its run is over.
func ran(t *testing.T) *tab {
	t.Helper()
	b := lesson(t)
	b.press(title, "Run")
	b.await(`part($, "Output").innerText.includes("goroutine 3")`, title)
	b.await(`Number(must("slider", "Time", cell($)).max) > 20`, title)
	b.await(`named("button", "Run", cell($))`, title)
	return b
}

const output = `part($, "Output").innerText`

// TestPaths: the site works at the root of a host and under a path of it.
func TestPaths(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/", "/some/path/"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			site := serve(t, path)
			b := open(t, site)
			b.await(`document.querySelector("h1")`)
			b.act(`[...document.querySelectorAll("main a")].find((a) => a.textContent.startsWith("Why does the last")).click()`)
			b.await(`location.href === $ && document.documentElement.hasAttribute("data-ready")`, site+lessonPath)
			b.press(title, "Run")
			b.await(output+`.includes("goroutine 3")`, title)
		})
	}
}

// TestRun: the output is that of the real runtime, which this Go, compiled to
// WebAssembly, would not give.
func TestRun(t *testing.T) {
	t.Parallel()
	b := ran(t)
	b.shot("ran")
	text := eval[string](b, output, title)
	if !strings.Contains(strings.Join(strings.Fields(text), " "), "goroutine 4 goroutine 0 goroutine 1 goroutine 2 goroutine 3") {
		t.Errorf("the output is\n%s", text)
	}
	for _, name := range []string{"Program", "Board", "Timeline", "Stack", "Output", "Log"} {
		b.await(`part($, $)`, title, name)
	}
	for _, name := range []string{"Era", "GOMAXPROCS", "Cores"} {
		b.await(`must("combobox", $, cell($))`, name, title)
	}
	b.await(`must("field", "Seed", cell($))`, title)
	b.await(`must("slider", "Speed", cell($))`, title)
	b.await(`must("button", "Play", cell($))`, title)
}

// TestSteps: forward and back, and what is shown depends on the instant alone.
func TestSteps(t *testing.T) {
	t.Parallel()
	b := ran(t)
	time := `Number(must("slider", "Time", cell($)).value)`
	board := `part($, "Board").innerText`
	b.seek(20)
	at20 := eval[string](b, board, title)
	b.press(title, "Next event")
	b.await(time+` === 21`, title)
	b.await(board+` !== $`, title, at20)
	at21 := eval[string](b, board, title)
	b.press(title, "Previous event")
	b.await(time+` === 20`, title)
	b.await(board+` === $`, title, at20)
	b.press(title, "Next event")
	b.await(board+` === $`, title, at21)
	b.seek(3)
	b.await(board+` !== $`, title, at21)
	b.seek(21)
	b.await(board+` === $`, title, at21)
}

// seek drags the time slider to an event and waits until that is shown.
func (b *tab) seek(n int) {
	b.t.Helper()
	b.seekIn(title, n)
}

// TestPlay: the run plays by itself and can be held.
func TestPlay(t *testing.T) {
	t.Parallel()
	b := ran(t)
	b.seek(1)
	b.press(title, "Play")
	b.await(`Number(must("slider", "Time", cell($)).value) > 2`, title)
	b.press(title, "Pause")
	b.await(`named("button", "Play", cell($))`, title)
}

// TestGoroutine: choosing a goroutine on the board shows its stack.
func TestGoroutine(t *testing.T) {
	t.Parallel()
	b := ran(t)
	// Three quarters through, main waits for the others.
	b.seek(eval[int](b, `Math.round(0.75 * Number(must("slider", "Time", cell($)).max))`, title))
	b.act(`must("button", /^G1\b/, part($, "Board")).click()`, title)
	b.await(`/G1\b/.test(part($, "Stack").innerText) && part($, "Stack").innerText.includes("main.main")`, title)
	b.shotOf("#cell-last-first", "lesson")
}

// edit replaces the program of the cell.
func (b *tab) edit(program string) {
	b.t.Helper()
	b.editIn(title, program)
}

func (b *tab) editIn(title, program string) {
	b.t.Helper()
	b.click(`named("textbox", /./, part($, "Program")) ?? must("button", /^Edit/, part($, "Program"))`, title)
	b.await(`document.activeElement.computedRole === "textbox" && part($, "Program").contains(document.activeElement)`, title)
	b.keys("a", chromedp.KeyModifiers(2)) // Control
	b.insert(program)
}

const hello = "package main\n\nfunc main() {\n\tprintln(\"hello from a draft\")\n}\n"

// TestEdit: an edited program runs, by the keyboard too.
func TestEdit(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	b.edit(hello)
	b.keys(kb.Enter, chromedp.KeyModifiers(8)) // Shift
	b.await(output+`.includes("hello from a draft")`, title)
}

// TestMistake: a program that doesn't compile says where and why.
func TestMistake(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	b.edit("package main\n\nfunc main() {\n\tnosuch()\n}\n")
	b.press(title, "Run")
	b.await(`cell($).innerText.includes("undefined: nosuch")`, title)
}

// TestStop: a loop without end stops on demand, and the page is alive meanwhile.
func TestStop(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	b.edit("package main\n\nfunc main() {\n\tfor i := 0; ; i++ {\n\t}\n}\n")
	b.press(title, "Run")
	b.await(`named("button", "Stop", cell($))`, title)
	frames := eval[int](b, `await new Promise((done) => {
		let n = 0;
		const start = performance.now();
		const frame = () => { n++; performance.now() - start > 500 ? done(n) : requestAnimationFrame(frame); };
		requestAnimationFrame(frame);
	})`)
	if frames < 5 {
		t.Errorf("the page drew %d frames in half a second while the program ran", frames)
	}
	b.press(title, "Stop")
	b.await(`named("button", "Run", cell($))`, title)
	b.edit(hello)
	b.press(title, "Run")
	b.await(output+`.includes("hello from a draft")`, title)
}

// TestDraft: what was written survives a reload and does not run by itself;
// Reset brings the original back and can be undone.
func TestDraft(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	b.edit(hello)
	program := `part($, "Program").innerText`
	b.press(title, "Run")
	b.await(output+`.includes("hello from a draft")`, title)
	b.await(`await stored("hello from a draft")`)
	b.reload()
	b.await(program+`.includes("hello from a draft")`, title)
	if text := eval[string](b, output, title); strings.Contains(text, "hello from a draft") {
		t.Error("a draft ran by itself")
	}
	b.press(title, "Reset")
	b.await(program+`.includes("sync.WaitGroup")`, title)
	b.act(`must("button", /undo/i, cell($)).click()`, title)
	b.await(program+`.includes("hello from a draft")`, title)
	b.press(title, "Reset")
	b.await(program+`.includes("sync.WaitGroup")`, title)
}

// reload loads the page again and waits until it is there.
func (b *tab) reload() {
	b.t.Helper()
	b.act(`document.documentElement.dataset.before = "reload"`)
	b.do(chromedp.Reload())
	b.await(`!document.documentElement.dataset.before && document.documentElement.hasAttribute("data-ready")`)
}

// oldDraft opens the lesson with a draft that was made of another text of the program.
func oldDraft(t *testing.T) *tab {
	b := lesson(t)
	b.act(`localStorage.setItem("gopark-pending-09-why-last-first", JSON.stringify({$: {text: $, settings: {era: "go1.26", procs: 1, cores: 2, seed: 1}}}))`,
		"last-first-0123456789abcdef", hello)
	b.reload()
	b.await(`cell($).innerText.includes("has changed since you edited it")`, title)
	if text := eval[string](b, `part($, "Program").innerText`, title); !strings.Contains(text, "sync.WaitGroup") {
		t.Errorf("the lesson's program was replaced without asking:\n%s", text)
	}
	return b
}

// TestOldDraft: a draft of what the program once was is offered, not shown.
func TestOldDraft(t *testing.T) {
	t.Parallel()
	b := oldDraft(t)
	b.press(title, "Show my draft")
	b.await(`part($, "Program").innerText.includes("hello from a draft")`, title)
	b.press(title, "Reset")
	b.await(`part($, "Program").innerText.includes("sync.WaitGroup")`, title)
}

// TestForgetOldDraft: the reader may also do without it.
func TestForgetOldDraft(t *testing.T) {
	t.Parallel()
	b := oldDraft(t)
	b.press(title, "Forget it")
	b.await(`!cell($).innerText.includes("Forget it")`, title)
	b.await(`part($, "Program").innerText.includes("sync.WaitGroup")`, title)
}

// TestPlainEditor: who wants no CodeMirror gets a text area, and keeps it.
func TestPlainEditor(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	b.act(`document.querySelector(".settings").open = true; document.querySelector(".settings input").click()`)
	b.reload()
	b.press(title, "Edit the program")
	b.await(`part($, "Program").querySelector("textarea") === document.activeElement`, title)
	b.keys("a", chromedp.KeyModifiers(2)) // Control
	b.insert(hello)
	b.press(title, "Run")
	b.await(output+`.includes("hello from a draft")`, title)
	if b.fetched("/editor-") {
		t.Error("the other editor was fetched")
	}
	b.act(`document.querySelector(".settings input").click()`)
	b.press(title, "Edit the program")
	b.await(`part($, "Program").querySelector(".cm-content")`, title)
}

// TestBlank: a program that doesn't compile leaves nothing of the run before.
func TestBlank(t *testing.T) {
	t.Parallel()
	b := ran(t)
	b.edit("package main\n\nfunc main() {\n\tnosuch()\n}\n")
	b.press(title, "Run")
	b.await(`part($, "Output").innerText.includes("undefined: nosuch")`, title)
	b.await(`!/G\d/.test(part($, "Board").innerText) && !/G\d/.test(part($, "Log").innerText)`, title)
}

// TestPrediction: the simulator grades, both ways.
func TestPrediction(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	answer := func(label, verdict string) {
		t.Helper()
		b.act(`must("button", $, document.getElementById("ask-"+$)).click()`, label, question)
		b.await(`document.getElementById("ask-"+$).querySelector("[role=status]").innerText.includes($)`, question, verdict)
	}
	answer("0 1 2 3 4", "Not this time. It prints goroutine 4")
	answer("4 0 1 2 3", "Right. It prints goroutine 4")
}

// TestDiffer: what is otherwise in another era is graded, both ways: by two runs.
func TestDiffer(t *testing.T) {
	t.Parallel()
	site := serve(t, "/")
	b := open(t, site+"lessons/10-fair-enough/")
	differs := func(id, wrong, right, same, verdict string) {
		t.Helper()
		b.ready()
		ask := `document.getElementById("ask-" + $)`
		says := ask + `.querySelector("[role=status]").innerText.includes($)`
		b.act(`must("button", $, `+ask+`).click()`, wrong, id)
		b.await(says, id, "Not this time. "+same)
		b.await(says, id, "What differs: "+right)
		b.act(`must("button", $, `+ask+`).click()`, right, id)
		b.await(says, id, "Right. "+verdict)
		b.await(`must("button", $, `+ask+`).ariaPressed === "true"`, right, id)
	}
	differs("without-runnext", "whether the program comes to its end", "whether main has to wait for more than ten milliseconds",
		"With Go 1.26 and with Go 1.4 it is the same: 0.", "With Go 1.26: yes; with Go 1.4: no.")
	b.goTo(site + "lessons/16-a-stack-that-grows/")
	differs("copied-instead", "what the program prints", "whether 96 calls are so slow",
		"With Go 1.0 and with Go 1.4 it is the same: 1000.", "With Go 1.0: yes; with Go 1.4: no.")
}

// TestNarrow: on a phone nothing sticks out, before and after a run.
func TestNarrow(t *testing.T) {
	t.Parallel()
	b := open(t, serve(t, "/")+lessonPath, chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile))
	wide := `[...document.querySelectorAll("body *")].filter((e) => {
		const r = e.getBoundingClientRect();
		if (r.right <= innerWidth + 1 || r.width === 0) return false;
		for (let p = e.parentElement; p; p = p.parentElement) if (getComputedStyle(p).overflowX !== "visible") return false;
		return true;
	}).map((e) => e.tagName + "." + e.className).slice(0, 5).join(" ")`
	fits := func(when string) {
		t.Helper()
		if n := eval[int](b, `document.documentElement.scrollWidth`); n > 360 {
			t.Errorf("%s the page is %d pixels wide: %s", when, n, eval[string](b, wide))
		}
	}
	b.await(`document.documentElement.hasAttribute("data-ready")`)
	fits("before the run")
	b.press(title, "Run")
	b.await(output+`.includes("goroutine 3")`, title)
	fits("after the run")
	b.shot("narrow")
}

// TestNoScript: the text, the programs and what they print are there without
// any script.
func TestNoScript(t *testing.T) {
	t.Parallel()
	b := open(t, serve(t, "/")+lessonPath, chromedp.Func(func(ctx context.Context, tg *chromedp.Target) error {
		_, err := cdp.Call(ctx, tg, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
	text, err := chromedp.Run(b.ctx, chromedp.TextContent("main"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Why does the last goroutine run first?", "wg.Go(func() {", "runtime.Gosched()",
		"goroutine 4\ngoroutine 0\ngoroutine 1\ngoroutine 2\ngoroutine 3\n", "The simulator's answer",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("without scripts there is no %q", want)
		}
	}
	if b.fetched(".wasm") {
		t.Error("the program was fetched, though nothing can run it")
	}
	b.shot("noscript")
}
