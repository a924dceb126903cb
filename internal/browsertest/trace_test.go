package browsertest

import (
	"encoding/base64"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// theCell is the one cell of the playground.
const theCell = `document.querySelector("section.cell.live")`

// realTrace is a trace that a real program has written just now.
func realTrace(t *testing.T, name string) []byte {
	t.Helper()
	cmd := exec.Command("go", "run", "../../sim/trace/realtrace/testdata/programs/"+name+".go")
	cmd.Env = append(os.Environ(), "GOMAXPROCS=3")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v", cmd.Args, err)
	}
	return out
}

// pick gives the page a file by its button, drop by dropping it on the cell.
func (b *tab) pick(name string, data []byte) { b.give(name, data, false) }
func (b *tab) drop(name string, data []byte) { b.give(name, data, true) }

func (b *tab) give(name string, data []byte, drop bool) {
	b.t.Helper()
	b.act(`const d = new DataTransfer();
		d.items.add(new File([Uint8Array.from(atob($), (c) => c.charCodeAt(0))], $));
		const cell = `+theCell+`, f = cell.querySelector("input[type=file]");
		if ($) {
			cell.dispatchEvent(new DragEvent("dragover", {dataTransfer: d, bubbles: true, cancelable: true}));
			cell.dispatchEvent(new DragEvent("drop", {dataTransfer: d, bubbles: true, cancelable: true}));
		} else {
			f.files = d.files;
			f.dispatchEvent(new Event("change", {bubbles: true}));
		}`, base64.StdEncoding.EncodeToString(data), name, drop)
}

// TestRealTrace: a trace of a real program is watched like a run, and what it
// can't know is said to be unknown; afterwards the program is there as before.
func TestRealTrace(t *testing.T) {
	data := realTrace(t, "channels")
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		for _, colours := range []string{"light", "dark"} {
			b := open(t, serve(t, "/some/path/")+"playground/", screen, scheme(colours))
			b.ready()
			b.drop("trace.out", data)
			b.await(theCell + `.classList.contains("traced") && !` + theCell + `.classList.contains("busy")`)
			b.await(theCell + `.querySelector(".told").innerText.includes("trace.out")`)
			b.await(`Number(must("slider", "Time").max) > 1000`)
			// A tenth of the way into it somebody runs, on a core that nobody knows.
			b.act(`const s = must("slider", "Time"); s.value = Math.round(s.max / 10); s.dispatchEvent(new Event("input", {bubbles: true}))`)
			b.await(theCell + `.querySelector(".board").innerText.includes("core ?")`)
			b.await(theCell + `.querySelector(".board").innerText.includes("runnext and queue: unknown")`)
			if text := eval[string](b, theCell+`.querySelector(".board .picture").innerText.toLowerCase()`); strings.Contains(text, "global queue") || strings.Contains(text, "free list") {
				t.Errorf("the board shows queues that no trace tells of:\n%s", text)
			}
			b.act(theCell + `.querySelector(".board .g").click()`)
			b.await(theCell + `.querySelector("[role=dialog]:not([hidden])").innerText.includes("unknown")`)
			b.keep(strings.ReplaceAll(t.Name(), "/", "-")+"-"+colours+"-card", chromedp.CaptureScreenshot())
			b.act(`must("button", "Close").click()`)
			// Of some goroutines no event has told the calls.
			b.await(`/no sizes, no addresses|has told none of its calls/.test(` + theCell + `.querySelector("[data-part=stack]").innerText)`)
			if text := eval[string](b, theCell+`.querySelector(".board").innerText`); strings.Contains(strings.ToLower(text), "memory") {
				t.Errorf("the board says what memory is taken, which no trace tells of:\n%s", text)
			}
			if !eval[bool](b, `[...`+theCell+`.querySelectorAll("[data-act=compare], [data-act=fork]")].every((e) => e.disabled)`) {
				t.Error("to run it otherwise is offered for a trace")
			}
			b.act(`must("button", "Next event").click()`)
			b.shot(strings.ReplaceAll(t.Name(), "/", "-") + "-" + colours)
			b.axe("a real trace")
			b.act(`must("button", "Back to the program").click()`)
			b.await(`!` + theCell + `.classList.contains("traced")`)
			b.act(`must("button", "Run").click()`)
			b.await(`Number(must("slider", "Time").max) > 20`)
		}
	})
}

// TestTraceSaysItself: the tasks, regions and logs of a real program are sentences of
// the log, and can be searched for in the program's own words.
func TestTraceSaysItself(t *testing.T) {
	data := realTrace(t, "notes")
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := open(t, serve(t, "/")+"playground/", screen)
		b.await(`document.documentElement.hasAttribute("data-ready")`)
		b.drop("trace.out", data)
		b.await(theCell + `.classList.contains("traced") && !must("field", "Find an event").disabled`)
		b.act(`must("field", "Find an event").value = "espresso"`)
		b.act(`must("button", "Find the next event").click()`)
		b.await(theCell + `.querySelector("[data-part=say]").innerText.includes("logs “order”: “espresso” in the task “request”")`)
		b.await(theCell + `.querySelector(".log").innerText.includes("begins the task “request” (1)")`)
		b.shot(strings.ReplaceAll(t.Name(), "/", "-"))
		b.axe("a trace with notes")
	})
}

// TestNoTrace: what can't be read as a trace is refused in one sentence.
func TestNoTrace(t *testing.T) {
	t.Parallel()
	good := realTrace(t, "short")
	b := open(t, serve(t, "/")+"playground/")
	b.ready()
	note := theCell + `.querySelector(".note").innerText`
	for _, c := range []struct {
		data []byte
		says string
	}{
		{[]byte("just some text that somebody dropped here"), "is no execution trace"},
		{[]byte("go 1.21 trace\x00\x00\x00 and so on"), "Go 1.21 or older"},
		{good[:len(good)/2], "damaged or cut off"},
		{append([]byte(nil), good[:len(good)-300]...), "damaged or cut off"},
	} {
		b.pick("some.file", c.data)
		b.await(note+`.includes($) && !`+theCell+`.classList.contains("traced")`, c.says)
	}
	b.pick("trace.out", good)
	b.await(theCell + `.classList.contains("traced") && Number(must("slider", "Time").max) > 10`)
}

// TestTraceRegions: what a real program calls regions are bars on the lanes of its
// goroutines, named where they are pointed at and in the table.
func TestTraceRegions(t *testing.T) {
	data := realTrace(t, "regions")
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		for _, colours := range []string{"light", "dark"} {
			b := open(t, serve(t, "/")+"playground/", screen, scheme(colours))
			b.ready()
			b.drop("trace.out", data)
			b.await(theCell + `.classList.contains("traced") && !must("button", "A lane for each goroutine").disabled`)
			b.act(`must("button", "A lane for each goroutine").click()`)
			b.await(`[...` + theCell + `.querySelectorAll("[data-part=names] button")].some((e) => e.innerText === "G1")`)
			b.await(`!` + theCell + `.querySelector(".regionkey").hidden`)
			// Main waits in a region for nearly all of the run.
			b.await(`(() => {
				const track = ` + theCell + `.querySelector("[data-part=track]"), at = track.getBoundingClientRect();
				const main = [...track.querySelectorAll("[data-part=names] button")].find((e) => e.innerText === "G1").getBoundingClientRect();
				track.dispatchEvent(new PointerEvent("pointermove", {bubbles: true, pointerType: "mouse", clientX: (main.right + at.right) / 2, clientY: (main.top + main.bottom) / 2}));
				return ` + theCell + `.querySelector("[data-part=under]").innerText.includes("in the region “wait”");
			})()`)
			b.act(theCell + `.querySelector("[data-part=lanetable] summary").click()`)
			b.await(`/G\d+\s+.*region of the program's “turn”/.test(` + theCell + `.querySelector("[data-part=table]").innerText)`)
			b.await(theCell + `.querySelector("[data-part=table]").innerText.includes("“lock”")`)
			b.act(theCell + `.querySelector("[data-part=lanetable] summary").click()`)
			b.shot(strings.ReplaceAll(t.Name(), "/", "-") + "-" + colours)
			b.axe("a trace with regions")
		}
	})
}
