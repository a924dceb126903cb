package browsertest

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// media emulates a medium, "print" or "", and features, name and value by turns.
func media(medium string, features ...string) chromedp.Action[chromedp.Void] {
	p := emulation.SetEmulatedMediaParams{Media: medium}
	for i := 0; i+1 < len(features); i += 2 {
		p.Features = append(p.Features, &emulation.MediaFeature{Name: features[i], Value: features[i+1]})
	}
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, p)
		return err
	})
}

// seen reports whether something that a selector finds takes room on the page.
const seen = `((selector) => [...document.querySelectorAll(selector)].some((e) => e.getClientRects().length > 0 && e.getBoundingClientRect().height > 0))`

// TestPaper: a printed lesson has each program whole, what it prints, and a
// picture of how it ends, whether scripts run or not; what is for the hand is not there.
func TestPaper(t *testing.T) {
	t.Parallel()
	b := open(t, serve(t, "/")+lessonPath)
	b.ready()
	b.do(media("print"))
	b.await(seen + `(".onpaper samp") && ` + seen + `(".onpaper .final .core")`)
	for _, gone := range []string{".transport", ".tools", "button[data-act=run]", ".set", ".live:not(.ran) .right", ".settings"} {
		if eval[bool](b, seen+`($)`, gone) {
			t.Errorf("%s is on paper", gone)
		}
	}
	b.shot("print-before")

	// One that has been edited and run: all its lines, and the instant on the screen.
	b.do(media(""))
	long := "package main\n\nfunc main() {\n" + strings.Repeat("\tprintln(\"one more line\")\n", 60) + "\tprintln(\"the last line\")\n}\n"
	b.edit(long)
	b.press(title, "Run")
	b.await(`part($, "Output").innerText.includes("the last line")`, title)
	b.act(`dispatchEvent(new Event("beforeprint"))`)
	b.do(media("print"))
	b.await(`(() => { const p = cell($).querySelector(".program"); return p.innerText.includes("the last line") && p.scrollHeight <= p.clientHeight + 1; })()`, title)
	b.await(seen + `(".ran .out samp") && ` + seen + `(".ran .board .core") && !` + seen + `(".ran .onpaper")`)
	b.shot("print-after")
}

// TestForcedColours: where the reader's system chooses the colours, goroutines
// that run can still be told from those that wait, and borders are there.
func TestForcedColours(t *testing.T) {
	t.Parallel()
	for _, colours := range []string{"light", "dark"} {
		b := opened(t, screens["wide"], colours, workers, 0.6)
		b.do(media("", "forced-colors", "active", "prefers-color-scheme", colours))
		b.await(`matchMedia("(forced-colors: active)").matches`)
		b.await(`(() => {
			const look = (c) => { const e = part($, "Board").querySelector(".picture .g" + c); return e && getComputedStyle(e); };
			const run = look(".run") ?? look(".able"), wait = look(".wait");
			return run && wait && wait.borderTopStyle === "dotted" && run.borderTopStyle === "solid";
		})()`, title)
		b.shot("forced-" + colours)
	}
}

// TestTables: whoever wants them has board and timeline of every instant in words.
func TestTables(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := opened(t, screen, "light", workers, 0.6)
		b.act(`document.querySelector(".settings").open = true; document.querySelector("[name=gopark-tables]").click(); document.querySelector(".settings").open = false`)
		table := `cell($).querySelector(".astable table").innerText`
		b.await(seen+`(".astable[open] table") && `+seen+`(".timeline .astable[open] table") && `+table+`.includes("core 0")`, title)
		was := eval[string](b, table, title)
		b.press(title, "Start")
		b.await(table+` !== $`, title, was)
		b.shot("tables-" + strings.ReplaceAll(t.Name(), "/", "-"))
		b.axe("with tables")
		b.reload()
		b.await(seen + `(".astable[open] table")`)
		if n := eval[int](b, `document.documentElement.scrollWidth - innerWidth`); n > 0 {
			t.Errorf("the page is %d pixels too wide", n)
		}
	})
}

// TestTiles: any part of the board opens what it stands for, and on a phone what
// is open does not lie over the player.
func TestTiles(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := opened(t, screen, "light", workers, 0.7)
		for _, c := range []struct{ click, opens string }{
			{`.p .tick`, "P"}, {`.core .n`, "core"}, {`.box[data-tile="sched:0"] h3`, "sched"}, {`.chip[data-tile^="m:"] .soft`, ""},
		} {
			b.act(`part($, "Board").querySelector($).click()`, title, c.click)
			b.await(heading+`.startsWith($)`, title, c.opens)
			covered := eval[bool](b, `(() => {
				const a = cell($).querySelector("[role=dialog]").getBoundingClientRect(), b = cell($).querySelector(".transport").getBoundingClientRect();
				const hand = must("button", "Next event", cell($)).getBoundingClientRect();
				const top = document.elementFromPoint(hand.left + hand.width / 2, hand.top + hand.height / 2);
				return !top?.closest("[data-act=next]") || a.bottom > b.top + 1 && a.top < b.bottom - 1 && a.right > hand.left && a.left < hand.right;
			})()`, title, title, title)
			if covered {
				t.Errorf("%s: the open object lies over the player", c.click)
			}
			b.keep("tile-"+strings.ReplaceAll(t.Name(), "/", "-"), chromedp.CaptureScreenshot())
			b.act(`must("button", "Close", cell($)).click()`, title)
			b.await(`!`+card, title)
		}
	})
}

// sleepers is a program with timers, a collection and a connection that nobody answers.
const sleepers = `package main

import (
	"net"
	"runtime"
	"time"
)

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go l.Accept()
	for i := range 3 {
		go time.Sleep(time.Duration(i+1) * time.Millisecond)
	}
	time.Sleep(100 * time.Microsecond)
	runtime.GC()
	time.Sleep(5 * time.Millisecond)
}
`

// TestTheRuntimesOwn: timers, the network poller and the collector are drawn when
// they are there, and can be opened.
func TestTheRuntimesOwn(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := opened(t, screen, "light", sleepers, 0.9)
		find := func(word string) {
			b.t.Helper()
			b.await(`await (async () => {
				const s = must("slider", "Time", cell($));
				for (let n = Number(s.max); n > 0; n -= Math.max(1, Math.floor(s.max / 60))) {
					s.value = n; s.dispatchEvent(new Event("input", {bubbles: true}));
					for (let i = 0; i < 40 && !cell($).querySelector(".clock").innerText.replaceAll(",", "").includes("event " + n + " "); i++) await new Promise((r) => setTimeout(r, 10));
					if ([...part($, "Board").querySelectorAll("h3")].some((h) => h.textContent.startsWith($))) return true;
				}
				return false;
			})()`, title, title, title, word)
		}
		find("Timers")
		find("Network poller")
		find("Garbage collector")
		b.act(`part($, "Board").querySelector("[data-tile='gc:0'] h3").click()`, title)
		b.await(heading+`.length > 0`, title)
		b.shot("runtime-" + strings.ReplaceAll(t.Name(), "/", "-"))
	})
}
