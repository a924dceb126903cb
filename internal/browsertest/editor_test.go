package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const control = 2 // the key, among CDP's modifiers

const unfinished = "package main\n\nimport \"sync\"\n\n// box holds nothing.\ntype box struct{}\n\nfunc main() {\n\tvar wg sync.WaitGroup\n\twg.Wait()\n\tb := box{}\n\t_ = b\n\twg"

const programText = `part($, "Program").innerText`

// TestCompletion: the editor says what may stand behind a dot, with the first
// sentence of its documentation, and puts it there.
func TestCompletion(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := open(t, serve(t, "/some/path/")+lessonPath, screen)
		b.ready()
		b.edit(unfinished)
		b.keys(".")
		b.await(`["Add", "Done", "Go", "Wait"].every((name) => [...document.querySelectorAll(".cm-completionLabel")].some((e) => e.textContent === name))`)
		b.await(`/\S/.test(document.querySelector(".cm-completionInfo")?.innerText ?? "")`)
		b.shot("completion-" + strings.ReplaceAll(t.Name(), "/", "-"))
		b.keys("W")
		b.await(`document.querySelectorAll(".cm-completionLabel").length === 1`)
		b.await(`document.querySelector(".cm-completionInfo")?.innerText.includes("Wait blocks until")`)
		b.click(`document.querySelector(".cm-tooltip-autocomplete li")`) // the editor takes no key in the first moment
		b.await(programText+`.split("wg.Wait").length === 3`, title)
	})
}

// TestHover: the mouse and F1 tell what a word is.
func TestHover(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	b.ready()
	b.edit(unfinished)
	b.keys(kb.ArrowUp)
	b.keys(kb.End)
	b.keys(kb.ArrowLeft)
	b.keys(kb.F1)
	b.await(`document.querySelector(".what")?.innerText.includes("b box")`)
	b.keys(kb.Escape)
	at := eval[[]float64](b, `(() => {
		const line = [...document.querySelectorAll(".cm-line")].find((e) => e.textContent.includes("wg.Wait"));
		const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
		for (let n; n = walk.nextNode();) {
			const i = n.data.indexOf("Wait");
			if (i < 0) continue;
			const r = document.createRange();
			r.setStart(n, i + 1); r.setEnd(n, i + 2);
			const box = r.getBoundingClientRect();
			return [box.left + 2, box.top + box.height / 2];
		}
	})()`)
	b.do(chromedp.Func(moveMouse(at[0]-40, at[1])), chromedp.Func(moveMouse(at[0], at[1])))
	b.await(`document.querySelector(".what")?.innerText.includes("Wait blocks until")`)
	b.shot("hover")
}

// TestWrongAsYouType: mistakes are marked while the reader writes.
func TestWrongAsYouType(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	b.edit(unfinished)
	b.await(`document.querySelector(".cm-lint-marker-error")`)
}

// TestTidyOnRun: Run writes the program as gofmt does and mends its imports.
func TestTidyOnRun(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	b.edit("package main\nimport \"os\"\nfunc main(){ fmt.Println( \"tidied\" ) }")
	b.press(title, "Run")
	b.await(output+`.includes("tidied")`, title)
	b.await(programText+`.includes("fmt.Println(\"tidied\")") && `+programText+`.includes("\"fmt\"") && !`+programText+`.includes("\"os\"")`, title)
}

// TestFind: Ctrl+F finds in the program, and Ctrl+D adds a cursor.
func TestFind(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	b.edit("package main\n\nfunc main() {\n\tone := 1\n\tprintln(one, one)\n}\n")
	b.keys("f", chromedp.KeyModifiers(control))
	b.await(`document.activeElement.name === "search"`)
	b.keys("one")
	b.await(`document.querySelectorAll(".cm-searchMatch").length === 3`)
	b.keys(kb.Enter)
	b.keys(kb.Escape)
	// The editor hears of its selection from the browser, a frame later.
	b.await(`document.activeElement.classList.contains("cm-content") && await settled()`)
	b.keys("d", chromedp.KeyModifiers(control))
	b.await(`document.querySelectorAll(".cm-selectionBackground").length === 2 && await settled()`)
	b.keys("d", chromedp.KeyModifiers(control))
	b.await(`document.querySelectorAll(".cm-selectionBackground").length === 3 && await settled()`)
	b.keys("two")
	b.await(programText+`.split("two").length === 4 && !`+programText+`.includes("one")`, title)
}

// TestKeys: the question mark lists the keys, unless the reader is writing or
// wants no such keys.
func TestKeys(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	shown := `document.getElementById("keys").open`
	b.keys("?")
	b.await(shown)
	b.shot("keys")
	b.keys(kb.Escape)
	b.await(`!` + shown)
	b.edit("// why")
	b.insert("?")
	b.keys("?")
	b.await(programText+`.includes("why?")`, title)
	if eval[bool](b, shown) {
		t.Error("writing opens the list of keys")
	}
	b.act(`document.activeElement.blur(); document.querySelector(".settings").open = true; document.querySelector("[name=gopark-no-keys]").click()`)
	b.keys("?")
	if eval[bool](b, shown) {
		t.Error("the list of keys was not wanted")
	}
	b.act(`must("button", "List of keys").click()`)
	b.await(shown)
}

// TestVim: whoever wants vim's keys gets them.
func TestVim(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	b.ready()
	b.act(`document.querySelector(".settings").open = true; document.querySelector("[name=gopark-vim]").click(); document.querySelector(".settings").open = false`)
	b.click(`must("button", /^Edit/, part($, "Program"))`, title)
	b.await(`document.activeElement.classList.contains("cm-content")`)
	b.keys("g")
	b.keys("g")
	b.keys("d")
	b.keys("d")
	b.await(`!`+programText+`.includes("package main")`, title)
	b.keys("P")
	b.await(programText+`.includes("package main")`, title)
}
