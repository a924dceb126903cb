package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a condition may take to come true. A slow computer
// that runs other tests at the same time needs most of it.
const patience = 30 * time.Second

// A tab is one page, seen as a reader sees it.
type tab struct {
	t   *testing.T
	ctx context.Context

	hosts []string // that it may ask besides its own

	mu       sync.Mutex
	requests []string
	errors   []string // of the console
}

// open opens a tab on a URL and watches it. When the test ends, the tab must
// not have asked another host for anything, nor complained on its console.
func open(t *testing.T, address string, before ...chromedp.Action[chromedp.Void]) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browsers.of(t))
	t.Cleanup(cancel)
	b := &tab{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	host := mustURL(t, address).Host
	t.Cleanup(func() { b.verify(host) })
	b.do(chromedp.EmulateViewport(1280, 900))
	b.do(before...)
	b.do(chromedp.Navigate(address))
	return b
}

func mustURL(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, e.Request.URL)
	case *runtime.EventExceptionThrown:
		b.errors = append(b.errors, "exception: "+exception(e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			var words []string
			for _, a := range e.Args {
				words = append(words, string(a.Value)+a.Description)
			}
			b.errors = append(b.errors, "console: "+strings.Join(words, " "))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			b.errors = append(b.errors, "log: "+e.Entry.Text+" "+e.Entry.URL)
		}
	}
}

func exception(d *runtime.ExceptionDetails) string {
	if d.Exception != nil {
		return d.Text + " " + d.Exception.Description
	}
	return d.Text
}

// verify is what must be true of every page at all times.
func (b *tab) verify(host string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range b.errors {
		b.t.Error("the page complains:", e)
	}
	for _, r := range b.requests {
		if u := mustURL(b.t, r); u.Host != host && !slices.Contains(b.hosts, u.Host) && u.Scheme != "data" && u.Scheme != "blob" {
			b.t.Error("the page asks another host:", r)
		}
	}
	if len(b.requests) == 0 {
		b.t.Error("no request was seen at all")
	}
}

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// helpers are JavaScript functions that find things as assistive technology
// does: by role and accessible name.
const helpers = `
const selectors = {
	button: "button, [role=button], summary", slider: "input[type=range], [role=slider]",
	combobox: "select, [role=combobox]", region: "section, [role=region]",
	field: "input, textarea, [role=textbox], [role=spinbutton]", group: "[role=group], fieldset",
	listitem: "li", textbox: "textarea, [role=textbox]",
};
const named = (role, name, inside = document) => [...inside.querySelectorAll(selectors[role])].find((e) =>
	e.getClientRects().length > 0 && (typeof name === "string" ? e.computedName === name : name.test(e.computedName)));
const must = (role, name, inside) => {
	const e = named(role, name, inside);
	if (!e) throw new Error("no " + role + " is named " + name);
	return e;
};
// stored reports whether a text is in one of the site's databases. It opens
// none that isn't there yet.
const stored = async (text) => {
	const done = (q) => new Promise((yes, no) => { q.onsuccess = () => yes(q.result); q.onerror = () => no(q.error); });
	const read = (v) => ArrayBuffer.isView(v) || v instanceof ArrayBuffer ? new TextDecoder().decode(v)
		: v instanceof Object ? Object.values(v).map(read).join("\n") : String(v);
	for (const { name } of await indexedDB.databases()) {
		const db = await done(indexedDB.open(name));
		try {
			for (const store of db.objectStoreNames) {
				if (read(await done(db.transaction(store).objectStore(store).getAll())).includes(text)) return true;
			}
		} finally { db.close(); }
	}
	return false;
};
// settled is true once the page has been painted twice.
const settled = async () => { for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame); return true; };
const cell = (title) => must("region", title);
const part = (title, name) => must("region", name, cell(title));
`

// try evaluates an expression of JavaScript, with the helpers, in the page.
// moved says that the page went elsewhere meanwhile, or is just being made.
func try[T any](b *tab, expression string, args ...any) (value T, moved bool, err error) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	js := "(async () => {" + helpers + "return (" + fill(expression, args) + ");})()"
	value, err = chromedp.Run(ctx, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	if err != nil {
		for _, sign := range []string{"navigated or closed", "Cannot find context", "context was destroyed", "Cannot find default execution context"} {
			moved = moved || strings.Contains(err.Error(), sign)
		}
	}
	return value, moved, err
}

// eval evaluates an expression, in the page that there is once it stands still.
// What changes the page must not be evaluated twice: see act.
func eval[T any](b *tab, expression string, args ...any) T {
	b.t.Helper()
	for deadline := time.Now().Add(patience); ; {
		v, moved, err := try[T](b, expression, args...)
		if err == nil {
			return v
		}
		if !moved || time.Now().After(deadline) {
			b.t.Fatalf("%s\n%v", fill(expression, args), err)
		}
	}
}

// act evaluates an expression for what it does, which may be to leave the page.
func (b *tab) act(expression string, args ...any) {
	b.t.Helper()
	_, moved, err := try[bool](b, "(() => { "+expression+"; return true; })()", args...)
	if err != nil && !moved {
		b.t.Fatalf("%s\n%v", fill(expression, args), err)
	}
}

// glance is for how long one look at a page waits for a condition: the page
// may go elsewhere, so that there are many looks.
const glance = 2 * time.Second

// await waits until an expression is true, on this page or one that follows it.
func (b *tab) await(expression string, args ...any) {
	b.t.Helper()
	b.awaitLong(patience, expression, args...)
}

// awaitLong is await for what takes long on any computer.
func (b *tab) awaitLong(patience time.Duration, expression string, args ...any) {
	b.t.Helper()
	filled := fill(expression, args)
	look := fmt.Sprintf(`await (async () => {
		const deadline = performance.now() + %d;
		let last;
		for (;;) {
			try { if (%s) return "ok"; last = "false"; } catch (e) { last = String(e); }
			if (performance.now() > deadline) return last;
			await new Promise((r) => setTimeout(r, 20));
		}})()`, glance.Milliseconds(), filled)
	for deadline := time.Now().Add(patience); ; {
		v, moved, err := try[string](b, look)
		if err == nil && v == "ok" {
			return
		}
		if err != nil && !moved || time.Now().After(deadline) {
			b.shot("failed-" + strings.ReplaceAll(b.t.Name(), "/", "-"))
			b.t.Fatalf("never true: %s\n(%s %v)\n%s", filled, v, err, b.complaints())
		}
	}
}

func (b *tab) complaints() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return strings.Join(b.errors, "\n")
}

// fill puts Go values, as JavaScript, in the place of each $ of an expression;
// the last of them as often as it takes.
func fill(expression string, args []any) string {
	var b strings.Builder
	for i, piece := range strings.Split(expression, "$") {
		if i > 0 {
			v, err := json.Marshal(args[min(i, len(args))-1])
			if err != nil {
				panic(err) // strings and numbers
			}
			b.Write(v)
		}
		b.WriteString(piece)
	}
	return b.String()
}

// press clicks the button of a name inside a cell.
func (b *tab) press(title, button string) {
	b.t.Helper()
	b.await(`!must("button", $, cell($)).disabled`, button, title)
	b.act(`must("button", $, cell($)).click()`, button, title)
}

// click clicks with the mouse at the beginning of what an expression finds, once
// that stands still: the page may be scrolling there smoothly, or about to make room.
func (b *tab) click(expression string, args ...any) {
	b.t.Helper()
	at := eval[[]float64](b, `await (async () => {
		for (let was = "";;) {
			await settled();
			const e = `+expression+`;
			let r = e.getBoundingClientRect();
			const still = JSON.stringify(r) === was;
			was = JSON.stringify(r);
			if (!still) continue;
			e.scrollIntoView({block: "center", behavior: "instant"});
			r = e.getBoundingClientRect();
			const at = [r.left + Math.min(60, r.width / 2), r.top + Math.min(12, r.height / 2)];
			if (JSON.stringify(r) === was && e.contains(document.elementFromPoint(...at))) return at;
		}
	})()`, args...)
	b.do(chromedp.MouseClickXY(at[0], at[1]))
}

// keys types keys into what has the focus.
func (b *tab) keys(keys string, options ...chromedp.KeyOption) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys, options...))
}

// insert types text as one piece, as pasting does.
func (b *tab) insert(text string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: text})
		return err
	}))
}

// shot keeps a screenshot of the whole page if somebody wants to look at one.
func (b *tab) shot(name string) { b.keep(name, chromedp.FullScreenshot(100)) }

// shotOf keeps one of an element.
func (b *tab) shotOf(selector, name string) { b.keep(name, chromedp.Screenshot(selector)) }

func (b *tab) keep(name string, take chromedp.Action[[]byte]) {
	if *shotsDir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, take)
	if err == nil {
		err = os.WriteFile(filepath.Join(*shotsDir, name+".png"), png, 0o644)
	}
	if err != nil {
		b.t.Log("no screenshot:", err)
	}
}

// fetched reports whether something with that in its URL was asked for.
func (b *tab) fetched(part string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.ContainsFunc(b.requests, func(r string) bool { return strings.Contains(r, part) })
}

// moveMouse moves the mouse without a click.
func moveMouse(x, y float64) func(ctx context.Context, t *chromedp.Target) error {
	return func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseMoved, X: x, Y: y})
		return err
	}
}
