//go:build js

package main

import (
	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/sim/lesson"
	"gopark/sim/view"
)

// contrast asks what the runs differ in, once all are over.
func (k *comparing) contrast() {
	var q Rivals
	for i := range k.runs {
		if !k.runs[i].over {
			return
		}
		q.Cells, q.Names = append(q.Cells, rivalCell(i)), append(q.Names, paint.RivalName(i))
	}
	k.show("stop", false)
	slider := jsx.One(k.el, `[data-f="time"]`)
	jsx.Attr(slider, "max", view.Plain(max(1, k.end)))
	turn := k.turn
	k.strips()
	k.seek(k.end)
	k.page.client.ask(Request{Op: Compare, Rivals: &q}, func(r *Reply) {
		switch {
		case turn != k.turn:
		case r.Contrast == nil:
			jsx.Text(k.get("cmpLegend"), phrase.WhatTheyDifferInIsNot+r.Error)
		default:
			k.found(r.Contrast)
		}
	})
}

// found takes in what the runs differ in, and shows the first difference, or the
// instant at which the run was forked.
func (k *comparing) found(c *Contrast) {
	var settings []lesson.Settings
	for _, r := range k.runs {
		settings = append(settings, r.Settings)
	}
	p := c.parted(settings)
	for i, same := range p.same {
		k.runs[i].same = same
	}
	k.known, k.part = true, Rivals{Run: p.run, Event: p.event}
	var splits []paint.Split
	for i, part := range c.Comparison.Parts {
		says := c.Says[4*i:]
		splits = append(splits, paint.Split{Split: part.Log, A: says[0], B: says[1]}, paint.Split{Split: part.Order, A: says[2], B: says[3]})
	}
	jsx.HTML(k.get("cmpEnd"), paint.Contrast(&c.Comparison, splits))
	jsx.Text(k.get("cmpLegend"), p.says(len(c.Comparison.Outputs) > 1))
	k.strips()
	jsx.One(k.el, `[data-do="part"]`).Set("disabled", p.event == 0)
	switch {
	case k.fork != nil:
		k.seek(k.fork.time)
	case p.event > 0:
		k.goTo(k.part)
	}
}
