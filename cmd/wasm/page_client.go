//go:build js

package main

import (
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/phrase"
	"gopark/internal/plainjson"
)

// silence is after how many milliseconds without a word, while an answer is
// due, the engine is given up and started anew. Reading a program in for the
// first time takes the longest that it is silent for.
const silence = 20_000

// watchGap is how many milliseconds are between two looks at that.
const watchGap = 1000

// A client is the page's end of the line to the engine.
type client struct {
	worker  js.Value
	ready   bool
	seq     int
	queue   []any                // to send once the engine is ready
	pending map[int]func(*Reply) // by Seq
	heard   float64              // when the engine last spoke
	onLost  func()               // its runs are gone
	watched bool                 // a timer runs; none does while no answer is due
	raw     []byte               // room for what comes beside a reply's JSON
}

func newClient(onLost func()) *client {
	c := &client{pending: map[int]func(*Reply){}, onLost: onLost}
	c.start()
	return c
}

// start starts the engine from the module that the page was made from.
func (c *client) start() {
	c.ready, c.heard = false, jsx.Now()
	c.worker = jsx.Global.Get("gopark").Call("startEngine")
	jsx.On(c.worker, "message", func(e js.Value) {
		data, raw := e.Get("data"), js.Undefined()
		if data.Type() == js.TypeObject {
			data, raw = data.Get("reply"), data.Get("raw")
		}
		c.receive(data.String(), raw)
	})
}

// ask sends a request; answer is called with each reply, in a callback.
func (c *client) ask(req Request, answer func(*Reply)) (seq int) {
	return c.askWith(req, js.Null(), answer)
}

// askWith is ask with the bytes of an ArrayBuffer beside the request, unless it is null.
func (c *client) askWith(req Request, bytes js.Value, answer func(*Reply)) (seq int) {
	c.seq++
	req.Seq = c.seq
	if len(c.pending) == 0 {
		c.heard = jsx.Now()
	}
	if !c.watched {
		c.watched = true
		jsx.After(watchGap, c.watch)
	}
	c.pending[req.Seq] = answer
	var data any = plainjson.Marshal(req)
	if !bytes.IsNull() {
		data = map[string]any{"request": data, "bytes": bytes}
	}
	if !c.ready {
		c.queue = append(c.queue, data)
		return req.Seq
	}
	c.worker.Call("postMessage", data)
	return req.Seq
}

// drop makes later replies to a request unheard.
func (c *client) drop(seq int) { delete(c.pending, seq) }

// receive takes a reply in, with what came beside its JSON.
func (c *client) receive(data string, raw js.Value) {
	c.heard = jsx.Now()
	if data == "ready" {
		c.ready = true
		for _, m := range c.queue {
			c.worker.Call("postMessage", m)
		}
		c.queue = nil
		return
	}
	var r Reply
	if err := plainjson.Unmarshal(data, &r); err != nil {
		panic("page: " + err.Error()) // the engine wrote it
	}
	answer := c.pending[r.Seq]
	if answer == nil {
		return
	}
	if r.Last {
		delete(c.pending, r.Seq)
	}
	if !raw.IsUndefined() {
		if n := raw.Length(); n > cap(c.raw) {
			c.raw = make([]byte, n)
		} else {
			c.raw = c.raw[:n]
		}
		js.CopyBytesToGo(c.raw, raw)
		takeRaw(&r, c.raw)
	}
	answer(&r)
}

// watch starts the engine anew if it has been silent for too long. Its slices
// are short, so that this is a last resort.
func (c *client) watch() {
	c.watched = len(c.pending) > 0
	if !c.watched {
		return
	}
	jsx.After(watchGap, c.watch)
	if jsx.Now()-c.heard < silence {
		return
	}
	c.worker.Call("terminate")
	lost := c.pending
	c.pending, c.queue = map[int]func(*Reply){}, nil
	c.start()
	for seq, answer := range lost {
		answer(&Reply{Seq: seq, Last: true, Error: phrase.TheSimulatorDidNotAnswerAny})
	}
	c.onLost()
}
