//go:build js

package main

import (
	"math"
	"strconv"
	"strings"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// play does what the controls of the player say: one clock drives all runs.
func (k *comparing) play(what string) {
	if len(k.at) == 0 {
		return
	}
	if what != "play" {
		k.pause()
	}
	if place, ok := strings.CutPrefix(what, "to:"); ok {
		run, event, _ := strings.Cut(place, ":")
		i, _ := strconv.Atoi(run)
		n, _ := strconv.Atoi(event)
		k.goTo(Rivals{Run: i, Event: n})
		jsx.One(k.el, ".cmp-play").Call("scrollIntoView", map[string]any{"block": "nearest"})
		return
	}
	switch what {
	case "start":
		k.goTo(Rivals{Time: -1})
	case "end":
		k.seek(k.end)
	case "next", "back":
		k.goTo(Rivals{Kind: view.StepEvent, Back: what == "back"})
	case "decision", "decisionBack":
		k.goTo(Rivals{Kind: view.StepDecision, Back: what == "decisionBack"})
	case "part":
		k.goTo(k.part)
	case "play":
		k.setPlaying(!k.playing)
	case "zoomIn":
		k.zoom(4)
	case "zoomOut":
		k.zoom(0.25)
	case "zoomFit":
		k.to = 0
		k.strips()
	}
}

// key lets the arrows on the slider step.
func (k *comparing) key(e js.Value) {
	if jsx.Data(e.Get("target"), "f") != "time" {
		return
	}
	what := map[string]string{"ArrowLeft": "back", "ArrowRight": "next", "ArrowDown": "back", "ArrowUp": "next",
		"PageDown": "decision", "PageUp": "decisionBack"}[e.Get("key").String()]
	if what != "" {
		e.Call("preventDefault")
		k.play(what)
	}
}

func (k *comparing) seek(time int64) { k.goTo(Rivals{Time: max(0, min(time, k.end))}) }

// goTo goes elsewhere. While an answer is on its way, the newest wish counts.
func (k *comparing) goTo(q Rivals) {
	if k.busy {
		k.want = &q
		return
	}
	k.busy = true
	for i := range k.runs {
		q.Cells = append(q.Cells, rivalCell(i))
	}
	q.At = k.at
	turn := k.turn
	k.page.client.ask(Request{Op: Together, Rivals: &q, Quick: q.Count > 1}, func(r *Reply) {
		if turn != k.turn {
			return
		}
		k.busy = false
		if r.Stand == nil {
			k.fail(r.Error)
			return
		}
		k.draw(r.Stand)
		if want := k.want; want != nil {
			k.want = nil
			k.goTo(*want)
		}
	})
}

// draw shows the runs at an instant.
func (k *comparing) draw(s *Stand) {
	if !s.Moved {
		k.pause()
	}
	var says []string
	for i, f := range s.Frames {
		name := strconv.Itoa(i)
		run := &k.runs[i]
		if len(k.at) > 0 && k.at[i] != s.At[i] && f.Event > 0 {
			says = append(says, phrase.RunNamed+paint.RivalName(i)+": "+f.Say.String())
		}
		say := "<span>" + phrase.NothingHasHappenedYet + "</span>"
		if f.Event > 0 {
			say = "<span>" + paint.Sentence(f.Say, false) + "</span>"
		}
		jsx.HTML(k.get("cmpSay"+name), say)
		ended := ""
		if f.Event == run.progress.Events {
			ended = phrase.ItHasEnded
		}
		jsx.Text(k.get("cmpEvent"+name), phrase.DotEvent+view.Count(int64(f.Event))+phrase.OfTotal+view.Count(int64(run.progress.Events))+ended)
		board := k.get("cmpBoard" + name)
		jsx.HTML(board, paint.RivalBoard(f, phrase.RunNamed+paint.RivalName(i)))
		if h := board.Get("scrollHeight").Int(); h > run.tall { // what grew stays, so that nothing jumps
			run.tall = h
			board.Get("style").Set("minHeight", strconv.Itoa(h)+"px")
		}
	}
	k.at, k.now = s.At, s.Time
	slider := jsx.One(k.el, `[data-f="time"]`)
	slider.Set("value", float64(k.now))
	clock := view.Duration(k.now) + phrase.OfTotal + view.Duration(k.end)
	jsx.Attr(slider, "aria-valuetext", clock)
	jsx.HTML(k.get("cmpClock"), "<b>"+view.Duration(k.now)+"</b>"+phrase.OfTotal+view.Duration(k.end))
	k.heads()
	if !k.playing {
		jsx.Text(k.get("cmpSays"), clock+". "+strings.Join(says, " "))
	}
}

// window is the time that the strips show.
func (k *comparing) window() (from, to int64) {
	if k.to == 0 {
		return 0, max(1, k.end)
	}
	return k.from, k.to
}

// zoom shows less, or more, around the instant.
func (k *comparing) zoom(factor float64) {
	from, to := k.window()
	span := int64(math.Max(50, float64(to-from)/factor))
	if k.to = 0; span < k.end {
		k.from = max(0, min(k.now-span/2, k.end-span))
		k.to = k.from + span
	}
	k.strips()
}

// strips asks for what the cores did in the window, and draws it.
func (k *comparing) strips() {
	turn := k.turn
	from, to := k.window()
	for i := range k.runs {
		q := view.Query{Kind: view.LaneCore, From: from, To: to, Width: paint.StripWidth, Max: paint.MaxStrip}
		k.page.client.ask(Request{Op: Lanes, Cell: rivalCell(i), Query: q}, func(r *Reply) {
			if now, until := k.window(); turn != k.turn || now != from || until != to || r.Error != "" {
				return
			}
			run := &k.runs[i]
			same := run.same
			if !k.known {
				same = 0 // nobody knows yet
			}
			strip := paint.Strip{Lanes: r.Lanes, Total: r.Total, From: from, To: to, End: run.progress.Time, Same: same, Title: phrase.RunNamed + paint.RivalName(i)}
			jsx.HTML(k.get("cmpStrip"+strconv.Itoa(i)), strip.HTML())
			k.heads()
		})
	}
}

// heads puts the playhead on every strip.
func (k *comparing) heads() {
	from, to := k.window()
	for i := range k.runs {
		head := k.get("cmpHead" + strconv.Itoa(i))
		head.Set("hidden", k.now < from || k.now > to)
		head.Get("style").Set("left", "calc(var(--lab) + (100% - var(--lab)) * "+strconv.FormatFloat(float64(k.now-from)/float64(max(1, to-from)), 'f', 5, 64)+")")
	}
}

func (k *comparing) pause() {
	if k.playing {
		k.setPlaying(false)
	}
}

func (k *comparing) setPlaying(on bool) {
	k.playing = on
	b := jsx.One(k.el, `[data-do="play"]`)
	name := phrase.PlayAll
	if on {
		name = phrase.PauseAll
		if k.now >= k.end {
			k.goTo(Rivals{Time: -1})
		}
		k.carry, k.before = 0, 0
		k.frames.Start()
	}
	jsx.Attr(b, "aria-label", name)
	jsx.HTML(b, paint.PlayIcon(on))
}

// tick goes on while playing; it never runs ahead of what is drawn.
func (k *comparing) tick(now float64) (more bool) {
	if !k.playing {
		return false
	}
	speed, _ := strconv.ParseFloat(jsx.One(k.el, `[data-f="speed"]`).Get("value").String(), 64)
	if k.before != 0 && !k.busy {
		k.carry += min(now-k.before, 1000/speed+100) / 1000 * speed
	}
	k.before = now
	if n := int(k.carry); n > 0 && !k.busy {
		k.carry -= float64(n)
		k.goTo(Rivals{Kind: view.StepEvent, Count: n})
	}
	return true
}
