package browsertest

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/inspector"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var trials = flag.Int("trials", 5, "how often the page is killed in TestKill")

// TestVersions: what was run or replaced can be had again, and survives a
// reload; whether the work is kept is to be seen.
func TestVersions(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := open(t, serve(t, "/")+lessonPath, screen)
		b.ready()
		for _, text := range []string{"one", "two", "three"} {
			b.edit(strings.Replace(hello, "hello from a draft", "version "+text, 1))
			b.press(title, "Run")
			b.await(output+`.includes($)`, title, "version "+text)
		}
		b.await(`part($, "Program").innerText.includes("saved")`, title)
		b.press(title, "Reset")
		b.await(`await stored("version three")`)
		b.reload()
		b.ready()
		b.await(`part($, "Program").innerText.includes("sync.WaitGroup")`, title)
		b.press(title, "Share and keep")
		if n := eval[int](b, `cell($).querySelectorAll("[data-version]").length`, title); n != 3 {
			t.Errorf("%d versions, want 3", n)
		}
		b.act(`cell($).querySelectorAll("[data-version]")[2].click()`, title)
		b.await(`part($, "Program").innerText.includes("version one")`, title)
	})
}

// TestWork: all work goes to a file and comes back in another browser.
func TestWork(t *testing.T) {
	t.Parallel()
	site := serve(t, "/")
	b := open(t, site+lessonPath)
	b.ready()
	b.edit(hello)
	b.await(`await stored("hello from a draft")`)
	b.act(`window.blobs = []; const make = URL.createObjectURL; URL.createObjectURL = (blob) => { window.blobs.push(blob); return make(blob); };
		HTMLAnchorElement.prototype.click = () => {}`)
	b.act(`document.querySelector(".settings").open = true; must("button", "Save all to a file").click()`)
	b.await(`window.blobs.length === 1`)
	work := eval[string](b, `await window.blobs[0].text()`)
	if !json.Valid([]byte(work)) || !strings.Contains(work, "hello from a draft") {
		t.Fatalf("the file says\n%s", work)
	}

	other := serve(t, "/") // another host has a store of its own
	b = open(t, other+lessonPath)
	b.ready()
	bring := func(text string) {
		b.act(`const d = new DataTransfer(); d.items.add(new File([$], "work.json"));
			document.querySelector(".settings").open = true;
			const f = document.querySelector(".settings input[type=file]"); f.files = d.files; f.dispatchEvent(new Event("change", {bubbles: true}))`, text)
	}
	for _, bad := range []string{"", "{}", `{"gopark":"something else"}`, "PNG\x00"} {
		b.act(`document.querySelector("[data-work=said]").textContent = ""`)
		bring(bad)
		b.await(`document.querySelector("[data-work=said]").innerText.includes("no file that Gopark has made")`)
	}
	b.edit(fiveLines)
	bring(work)
	b.await(`part($, "Program").innerText.includes("hello from a draft")`, title)
	b.await(`await stored("hello from a draft")`)
	b.press(title, "Share and keep")
	b.act(`must("button", /^Show the version/, cell($)).click()`, title)
	b.await(`part($, "Program").innerText.includes("line")`, title)
}

// TestStorageOff: a browser that keeps nothing says so, and all else works.
func TestStorageOff(t *testing.T) {
	t.Parallel()
	b := open(t, serve(t, "/")+lessonPath, onEachPage(`
		Object.defineProperty(window, "indexedDB", {get() { return { open() { throw new DOMException("off", "SecurityError"); } }; }});
		Object.defineProperty(window, "localStorage", {get() { throw new DOMException("off", "SecurityError"); }});`))
	b.ready()
	b.edit(hello)
	b.await(`part($, "Program").innerText.includes("not saved: storage is off")`, title)
	b.press(title, "Run")
	b.await(output+`.includes("hello from a draft")`, title)
	b.press(title, "Reset")
	b.await(`part($, "Program").innerText.includes("sync.WaitGroup")`, title)
	b.act(`must("button", /undo/i, cell($)).click()`, title)
	b.await(`part($, "Program").innerText.includes("hello from a draft")`, title)
}

// TestTwoPages: two open pages of a lesson don't lose each other's drafts.
func TestTwoPages(t *testing.T) {
	t.Parallel()
	site := serve(t, "/")
	a, b := open(t, site+lessonPath), open(t, site+lessonPath)
	second := "A conversation and a bystander"
	a.ready()
	b.ready()
	a.front()
	a.edit(hello)
	a.await(`await stored("hello from a draft")`)
	b.front()
	b.editIn(second, fiveLines)
	b.await(`await stored("line")`)
	b.reload()
	b.await(`part($, "Program").innerText.includes("hello from a draft")`, title)
	b.await(`part($, "Program").innerText.includes("line")`, second)
}

// TestKill: a page that dies as soon as it says "saved" has lost nothing. More
// often: go test ./internal/browsertest -run TestKill -trials 500 -timeout 3h
func TestKill(t *testing.T) {
	t.Parallel()
	site := serve(t, "/")
	for i := range *trials {
		b := open(t, site+lessonPath)
		b.ready()
		if i > 0 {
			b.await(`part($, "Program").innerText.includes($)`, title, fmt.Sprintf("number %d", i-1))
		}
		b.edit(strings.Replace(hello, "hello from a draft", fmt.Sprintf("number %d", i), 1))
		b.await(`part($, "Program").innerText.includes("saved") && part($, "Program").innerText.includes($)`, title, title, fmt.Sprintf("number %d", i))
		b.crash()
	}
}

// crash kills the page's process at once. It never answers.
func (b *tab) crash() {
	ctx, cancel := context.WithCancel(b.ctx)
	defer cancel()
	dead := make(chan bool, 1)
	if err := chromedp.Listen(ctx, func(event any) {
		if _, ok := event.(*inspector.EventTargetCrashed); ok {
			dead <- true
			cancel()
		}
	}); err != nil {
		b.t.Fatal(err)
	}
	_ = chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.Crash, cdp.Empty{})
		return err
	}))
	select {
	case <-dead:
	case <-time.After(patience):
		b.t.Fatal("the page lives on")
	}
}

// front brings the tab to the front, where keys go.
func (b *tab) front() {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.BringToFront, cdp.Empty{})
		return err
	}))
}

// onEachPage runs a script before those of every page.
func onEachPage(script string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	})
}
