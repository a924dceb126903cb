package browsertest

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	track  = `must("group", "Lanes", cell($))`
	shown  = `cell($).querySelector("[data-part=span]").innerText`
	canvas = `cell($).querySelector("canvas")`
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
		for range 4 {
			b.keys("+")
		}
		b.await(shown+` !== $`, title, whole)
		zoomed := eval[string](b, shown, title)
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
