package browsertest

import (
	"flag"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

var framesOf = flag.Int("frames", 0, "of how many events TestFrames measures the timeline's frames; 0: it is left out. Ten million need 1 GB")

// noisy is a program that makes events for as long as it is let.
const noisy = `package main

func main() {
	for range 8 {
		ping, pong := make(chan int), make(chan int)
		go func() {
			for {
				pong <- <-ping
			}
		}()
		go func() {
			for i := 0; ; i++ {
				ping <- i
				<-pong
			}
		}()
	}
	select {}
}
`

// paced turns the wheel over the lanes at each of $ frames, $ across and $ down, and
// says how long the frames took: half of them, 95 in 100 of them at most, the
// longest; and the same of what the page itself did in each.
const paced = `await (async () => {
	const el = ` + track + `, c = ` + canvas + `;
	c.scrollIntoView({block: "center", behavior: "instant"});
	const r = c.getBoundingClientRect();
	const frame = () => new Promise(requestAnimationFrame);
	const took = [];
	window.worked = [];
	await frame();
	let last = await frame();
	for (let i = 0; i < $; i++) {
		const down = i < $ / 2 ? 1 : -1;
		el.dispatchEvent(new WheelEvent("wheel", {bubbles: true, cancelable: true, ctrlKey: $ !== 0, deltaX: $ * down, deltaY: $ * down, clientX: r.left + r.width * 0.6, clientY: r.top + 50}));
		const t = await frame();
		took.push(t - last);
		last = t;
	}
	return [took, window.worked].flatMap((list) => {
		list.sort((a, b) => a - b);
		const at = (p) => list[Math.min(list.length - 1, Math.floor(p * list.length))] ?? 0;
		return [at(0.5), at(0.95), list.at(-1) ?? 0];
	});
})()`

// timed notes how long what the page does before a repaint takes. Those who only
// wait for the repaint are not counted.
const timed = `
	window.worked = [];
	const real = window.requestAnimationFrame.bind(window);
	window.requestAnimationFrame = (f) => real((t) => {
		const start = performance.now();
		f(t);
		if (!String(f).includes("native code")) window.worked.push(performance.now() - start);
	});`

// TestFrames measures how fast the timeline of many events is zoomed and moved. It
// is a measurement: what it finds is logged.
//
//	go test ./internal/browsertest -run TestFrames -frames 1000000 -v
func TestFrames(t *testing.T) {
	if *framesOf == 0 {
		t.Skip("a measurement, for when it is asked for: -frames 1000000")
	}
	b := open(t, serve(t, "/")+lessonPath, onEachPage(timed))
	b.ready()
	b.edit(noisy)
	b.act(`const s = must("combobox", "GOMAXPROCS", cell($)); s.value = "4"; s.dispatchEvent(new Event("change", {bubbles: true}))`, title)
	b.press(title, "Run")
	for deadline := time.Now().Add(patience + time.Duration(*framesOf)*90*time.Microsecond); ; {
		b.do(chromedp.Sleep(500 * time.Millisecond)) // not to keep the page busy
		if eval[int](b, `Number(must("slider", "Time", cell($)).max)`, title) >= *framesOf {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the run is too slow")
		}
	}
	b.press(title, "Stop")
	b.await(`must("button", "Stop", cell($)).disabled`, title)
	t.Logf("%s; %s; pixels a pixel: %v", eval[string](b, `cell($).querySelector(".clock").innerText`, title), eval[string](b, shown, title), eval[float64](b, `devicePixelRatio`))
	b.do(chromedp.Sleep(2 * time.Second)) // the board is drawn, the engine has nothing to do
	measure := func(what string, frames int, dx, dy float64) {
		got := eval[[]float64](b, paced, title, title, frames, frames, dy, dx, dy)
		t.Logf("%-64s p50 %5.1f ms, p95 %5.1f ms, longest %5.1f ms; the page's own work %4.1f, %4.1f, %4.1f", what, got[0], got[1], got[2], got[3], got[4], got[5])
	}
	still := eval[[]float64](b, `await (async () => {
		const took = []; let last = await new Promise(requestAnimationFrame);
		for (let i = 0; i < 120; i++) { const t = await new Promise(requestAnimationFrame); took.push(t - last); last = t; }
		took.sort((a, b) => a - b); return [took[60], took[114], took[119]]; })()`)
	t.Logf("%-64s p50 %5.1f ms, p95 %5.1f ms, longest %5.1f ms", "nothing happens", still[0], still[1], still[2])
	for _, lanes := range []string{"A lane for each P", "A lane for each goroutine", "A lane for each core"} {
		b.press(title, lanes)
		b.do(chromedp.Sleep(time.Second))
		b.press(title, "Fit the whole run")
		measure(lanes+": zoomed to a nanosecond and back", 240, 0, -60)
		for range 6 {
			b.press(title, "Zoom in")
		}
		measure(lanes+": moved, 64 times enlarged", 240, 30, 0)
		b.press(title, "Fit the whole run")
	}
	b.press(title, "Arrows: who woke, created, stole, handed over")
	for range 16 {
		b.press(title, "Zoom in")
	}
	b.do(chromedp.Sleep(time.Second))
	measure("with arrows: moved, 65,536 times enlarged", 240, 30, 0)
	b.shot(fmt.Sprintf("frames-%d", *framesOf))
}
