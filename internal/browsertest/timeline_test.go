package browsertest

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"gopark/sim/view"
)

const (
	track  = `must("group", "Lanes", cell($))`
	shown  = `cell($).querySelector("[data-part=span]").innerText`
	canvas = `cell($).querySelector(".timeline canvas")`
)

// laneAt is the middle of the canvas's n-th lane at a part of its width, in CSS pixels of the window.
const laneAt = `(() => {
	const c = ` + canvas + `;
	c.scrollIntoView({block: "center", behavior: "instant"});
	const r = c.getBoundingClientRect();
	const names = must("group", "Names of the lanes", cell($)).getBoundingClientRect();
	return [names.right + 2 + $ * (r.right - names.right - 2), r.top + 40 + 28 * $ + 12];
})()`

// lane is the place in the window of a lane at a part of the time shown.
func (b *tab) lane(n int, part float64) (x, y float64) {
	b.t.Helper()
	at := eval[[]float64](b, laneAt, title, title, part, n)
	return at[0], at[1]
}

// pixel is the colour on the canvas at a place in the window.
func (b *tab) pixel(x, y float64) []int {
	b.t.Helper()
	return eval[[]int](b, `(() => {
		const c = `+canvas+`, r = c.getBoundingClientRect(), k = c.width / r.width;
		return [...c.getContext("2d").getImageData(Math.round(($ - r.left) * k), Math.round(($ - r.top) * k), 1, 1).data];
	})()`, title, x, y)
}

// wheelAt turns the wheel; keys 2 is Control, 8 Shift.
func (b *tab) wheelAt(x, y, by float64, keys int64) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.DispatchMouseEvent, input.DispatchMouseEventParams{
			Type: input.DispatchMouseEventTypeMouseWheel, X: x, Y: y, DeltaX: 0.001, DeltaY: by, Modifiers: keys})
		return err
	}))
}

// dragFrom drags with the mouse.
func (b *tab) dragFrom(x, y, dx float64) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		for i, typ := range []input.DispatchMouseEventType{input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseMoved, input.DispatchMouseEventTypeMouseMoved, input.DispatchMouseEventTypeMouseReleased} {
			_, err := cdp.Call(ctx, t, input.DispatchMouseEvent, input.DispatchMouseEventParams{
				Type: typ, X: x + dx*float64(min(i, 2))/2, Y: y, Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1})
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

// shotOfTimeline keeps a picture of the cell's timeline.
func (b *tab) shotOfTimeline(name string) {
	b.shotOf("#cell-last-first .timeline", strings.ReplaceAll(b.t.Name()+"-"+name, "/", "-"))
}

// TestTimeline: zoom from the whole run to a nanosecond and back, move, choose
// lanes, by keys, wheel and hand.
func TestTimeline(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := opened(t, screen, "light", workers, 0.7)
		b.await(`must("button", "P0", part($, "Timeline"))`, title)
		whole := eval[string](b, shown, title)
		b.shotOfTimeline("whole")
		b.axe("the timeline")

		// To a nanosecond, around the playhead.
		b.act(track+`.focus()`, title)
		for range 30 {
			b.keys("+")
		}
		b.await(shown+`.startsWith("1 ns shown")`, title)
		b.shotOfTimeline("nanosecond")
		b.keys("0")
		b.await(shown+` === $`, title, whole)

		// Zoomed in, Shift and an arrow move the window, and the playhead with it is kept.
		zoomed := whole
		for range 4 {
			b.keys("+")
			b.await(shown+` !== $`, title, zoomed)
			zoomed = eval[string](b, shown, title)
		}
		n := eval[int](b, now, title)
		b.keys(kb.ArrowRight, chromedp.KeyModifiers(8))
		b.await(shown+` === $ && `+now+` === $`, title, zoomed, title, n)
		b.shotOfTimeline("zoomed")
		b.keys(kb.ArrowRight)
		b.await(now+` === $`, title, n+1)
		b.keys(kb.Home)
		b.await(now+` < $`, title, n)
		b.keys(kb.End)
		b.await(now+` > $`, title, n)

		// The wheel, with Control: without, the page scrolls.
		x, y := b.lane(0, 0.5)
		before := eval[string](b, shown, title)
		b.wheelAt(x, y, -300, 2)
		b.await(shown+` !== $`, title, before)
		b.press(title, "Fit the whole run")
		b.await(shown+` === $`, title, whole)

		// Each kind of lanes.
		for _, kind := range []struct{ button, name string }{
			{"A lane for each goroutine", "G1"}, {"A lane for each core", "core 0"}, {"A lane for each M", "M0"}, {"A lane for each P", "P0"},
		} {
			b.press(title, kind.button)
			b.await(`must("button", $, part($, "Timeline")) && must("button", $, cell($)).ariaPressed === "true"`, kind.name, title, kind.button, title)
			b.shotOfTimeline(strings.Fields(kind.name)[0])
		}
	})
}

// TestTimelineByHand: a click chooses a goroutine and goes to its instant, a drag
// moves the window, the axis takes the playhead along, two fingers zoom.
func TestTimelineByHand(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := opened(t, screen, "light", workers, 0.7)
		b.press(title, "A lane for each goroutine")
		b.await(`must("button", "G1", part($, "Timeline"))`, title)
		b.await(`(() => { const c = `+canvas+`; return c.getContext("2d").getImageData(c.width / 4, c.height - 8, 1, 1).data[3] > 0; })()`, title)

		// G1's lane, where it runs at first.
		x, y := b.lane(0, 0.2)
		r, g, blue := view.ColourOf(0).RGB()
		if got := b.pixel(x, y); len(got) != 4 || got[0] != int(r) || got[1] != int(g) || got[2] != int(blue) {
			t.Errorf("where G1 runs its lane is %v, not %d %d %d", got, r, g, blue)
		}
		b.do(chromedp.MouseClickXY(x, y))
		b.await(`/G1\b/.test(part($, "Stack").innerText)`, title)
		b.await(`cell($).querySelector(".clock b").innerText.length > 0`, title)
		early := eval[int](b, now, title)

		// The axis: the playhead follows the hand.
		x, y = b.lane(-1, 0.9)
		b.dragFrom(x, y-24, 5)
		b.await(now+` > $`, title, early)
		late := eval[int](b, now, title)

		// Zoomed in, lanes are dragged and the instant stays.
		for range 3 {
			b.press(title, "Zoom in")
		}
		axis := `(() => { const c = ` + canvas + `; return c.toDataURL(); })()`
		b.await(`await (async () => { const a = `+axis+`; await new Promise((r) => setTimeout(r, 300)); return a === `+axis+`; })()`, title, title)
		before := eval[string](b, axis, title)
		x, y = b.lane(1, 0.3)
		b.dragFrom(x, y, 90)
		b.await(axis+` !== $`, title, before)
		if n := eval[int](b, now, title); n != late {
			t.Errorf("dragging the lanes went from event %d to %d", late, n)
		}

		// Two fingers that part show a shorter time.
		was := eval[string](b, shown, title)
		x, y = b.lane(1, 0.5)
		b.act(`const el = `+track+`; el.setPointerCapture = () => {};
			const send = (type, id, x) => el.dispatchEvent(new PointerEvent(type, {bubbles: true, pointerType: "touch", pointerId: id, clientX: x, clientY: $}));
			send("pointerdown", 7, $ - 20); send("pointerdown", 8, $ + 20); send("pointermove", 7, $ - 60); send("pointermove", 8, $ + 60);
			send("pointerup", 7, $ - 60); send("pointerup", 8, $ + 60);`, title, y, x, x, x, x, x, x)
		b.await(shown+` !== $`, title, was)
		if n := eval[int](b, now, title); n != late {
			t.Errorf("two fingers went from event %d to %d", late, n)
		}
		b.shotOfTimeline("by-hand")
	})
}

// TestTimelineSays: the search goes from hit to hit and says each; arrows are
// shown on demand; all of it can be read as a table.
func TestTimelineSays(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := opened(t, screen, "dark", workers, 0.1)
		const found = `cell($).querySelector("[data-part=found]").innerText`
		b.act(`must("field", "Find an event", cell($)).focus()`, title)
		b.insert("G1 chan receive")
		b.keys(kb.Enter)
		b.await(`/^Event \d+ at .*G1 /.test(`+found+`)`, title)
		first := eval[int](b, `Number(/^Event (\d+)/.exec(`+found+`)[1])`, title)
		b.await(now+` === $`, title, first)
		b.press(title, "Find the next event")
		b.await(now+` > $`, title, first)
		second := eval[int](b, now, title)
		b.press(title, "Find the event before")
		b.await(now+` === $`, title, first)
		b.press(title, "Find the event before")
		b.await(found+`.includes("anew at the other end")`, title)
		b.await(now+` >= $`, title, second)
		b.act(`const f = must("field", "Find an event", cell($)); f.value = ""; f.focus()`, title)
		b.insert("gibberish")
		b.keys(kb.Enter)
		b.await(found+`.includes("means nothing here")`, title)
		b.keys(kb.Escape)
		b.await(`document.activeElement === `+track, title)

		// Arrows, by key, change the picture and have a legend.
		b.press(title, "A lane for each goroutine")
		b.await(`must("button", "G1", part($, "Timeline"))`, title)
		b.act(track+`.focus()`, title)
		picture := `(() => { const c = ` + canvas + `; return c.toDataURL(); })()`
		b.await(`await (async () => { const a = `+picture+`; await new Promise((r) => setTimeout(r, 400)); return a === `+picture+`; })()`, title, title)
		plain := eval[string](b, picture, title)
		b.keys("a")
		b.await(`must("button", /^Arrows/, cell($)).ariaPressed === "true" && cell($).querySelector(".arrowkeys").innerText.includes("woke")`, title, title)
		b.await(picture+` !== $`, title, plain)
		b.shotOfTimeline("arrows")

		// In words.
		b.act(`cell($).querySelector("[data-part=lanetable] summary").click()`, title)
		b.await(`/At the playhead/.test(cell($).querySelector("[data-part=table]").innerText) && /G1\s+(runs|waiting|runnable)/.test(cell($).querySelector("[data-part=table] table").innerText)`, title, title)
		b.await(`cell($).querySelectorAll("[data-part=table] tr").length > 20`, title)
		b.axe("the timeline in words")
		b.shotOfTimeline("words")
	})
}

// collected is a program whose garbage is collected, with a lock that is waited for.
const collected = `package main

import (
	"runtime"
	"sync"
	"time"
)

func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 3 {
				mu.Lock()
				time.Sleep(2 * time.Microsecond)
				mu.Unlock()
			}
		})
	}
	runtime.GC()
	wg.Wait()
}
`

// TestBands: collections and waits for locks are drawn above the lanes.
func TestBands(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := opened(t, screen, "light", collected, 0.5)
		b.press(title, "A lane for each goroutine")
		strip := `(() => { const c = ` + canvas + `, k = c.width / c.getBoundingClientRect().width, d = c.getContext("2d").getImageData(0, 26 * k, c.width, 14 * k).data;
			let red = 0, grey = 0; for (let i = 0; i < d.length; i += 4) { if (d[i] > 150 && d[i + 1] < 80 && d[i + 3] > 200) red++; if (d[i] < 120 && d[i + 3] > 200) grey++; } return [red, grey]; })()`
		b.await(`(() => { const [red, grey] = `+strip+`; return red > 10 && grey > 10; })()`, title)
		b.shotOfTimeline("bands")
	})
}
