//go:build js

// Package jsx is the little of the browser that the page needs: elements, which
// are dom/v2's, and what that has not or has too slowly: events, workers, ports,
// observers, media queries, animation frames. It knows nothing of Gopark.
package jsx

import (
	"syscall/js"
)

// Global is the global object.
var Global = js.Global()

// Document is the page's document; undefined in a worker.
var Document = Global.Get("document")

// On calls f for every event of that type at target, for ever.
func On(target js.Value, event string, f func(e js.Value)) {
	target.Call("addEventListener", event, Func(f))
}

// OnPassive is On for events that f does not prevent, so that scrolling need not wait.
func OnPassive(target js.Value, event string, f func(e js.Value)) {
	target.Call("addEventListener", event, Func(f), map[string]any{"passive": true})
}

// OnActive is On for events that f may prevent although browsers assume it won't.
func OnActive(target js.Value, event string, f func(e js.Value)) {
	target.Call("addEventListener", event, Func(f), map[string]any{"passive": false})
}

// Func is a JavaScript function that calls f with its first argument. It is
// never released: for things that live as long as the page.
func Func(f func(v js.Value)) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) any {
		if len(args) == 0 {
			f(js.Undefined())
		} else {
			f(args[0])
		}
		return nil
	})
}

// Await waits for a promise. It blocks: only in a goroutine, never in a callback.
func Await(promise js.Value) (js.Value, error) {
	type result struct {
		value js.Value
		err   error
	}
	done := make(chan result, 1)
	ok := Func(func(v js.Value) { done <- result{value: v} })
	bad := Func(func(v js.Value) { done <- result{err: js.Error{Value: v}} })
	promise.Call("then", ok, bad)
	r := <-done
	ok.Release()
	bad.Release()
	return r.value, r.err
}

// Copy puts text into the clipboard, if there is one and the browser lets the page. It
// blocks, as Await does.
func Copy(text string) bool {
	clipboard := Global.Get("navigator").Get("clipboard")
	if clipboard.IsUndefined() {
		return false
	}
	_, err := Await(clipboard.Call("writeText", text))
	return err == nil
}

// Matches reports whether a media query holds now.
func Matches(query string) bool {
	return Global.Call("matchMedia", query).Get("matches").Bool()
}

// OnMedia calls f when the answer to a media query changes.
func OnMedia(query string, f func(matches bool)) {
	On(Global.Call("matchMedia", query), "change", func(e js.Value) { f(e.Get("matches").Bool()) })
}

// Now is the browser's clock, in milliseconds; for animation and watchdogs.
func Now() float64 { return Global.Get("performance").Call("now").Float() }

// Date is the time of day, in milliseconds since 1970.
func Date() int64 { return int64(Global.Get("Date").Call("now").Float()) }

// After calls f once, in ms milliseconds.
func After(ms int, f func()) {
	var fn js.Func
	fn = js.FuncOf(func(js.Value, []js.Value) any {
		fn.Release()
		f()
		return nil
	})
	Global.Call("setTimeout", fn, ms)
}

// A Frames calls a function before each repaint for as long as it answers true.
type Frames struct {
	step    js.Func
	running bool
}

// NewFrames prepares calls of f with the time in milliseconds.
func NewFrames(f func(now float64) (more bool)) *Frames {
	fr := &Frames{}
	fr.step = Func(func(now js.Value) {
		fr.running = f(now.Float())
		if fr.running {
			Global.Call("requestAnimationFrame", fr.step)
		}
	})
	return fr
}

// Start starts the calls unless they are going on.
func (fr *Frames) Start() {
	if !fr.running {
		fr.running = true
		Global.Call("requestAnimationFrame", fr.step)
	}
}

// OnResize calls f with the width of el in CSS pixels whenever it changes.
func OnResize(el js.Value, f func(width float64)) {
	observer := Global.Get("ResizeObserver").New(Func(func(entries js.Value) {
		f(entries.Index(entries.Length() - 1).Get("contentRect").Get("width").Float())
	}))
	observer.Call("observe", el)
}

// A Yielder lets JavaScript run in the middle of a goroutine's work, by the
// round trip of a message, which takes a tenth of a millisecond; a timer's
// would take four.
type Yielder struct {
	port js.Value
	back chan struct{}
}

// NewYielder makes a Yielder.
func NewYielder() *Yielder {
	channel := Global.Get("MessageChannel").New()
	y := &Yielder{port: channel.Get("port2"), back: make(chan struct{}, 1)}
	channel.Get("port1").Set("onmessage", Func(func(js.Value) { y.back <- struct{}{} }))
	return y
}

// Yield lets JavaScript run. It blocks: only in a goroutine.
func (y *Yielder) Yield() {
	y.port.Call("postMessage", 0)
	<-y.back
}
