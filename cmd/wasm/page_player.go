//go:build js

package main

import (
	"math"
	"strconv"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// How the player behaves.
const (
	logLines    = 60
	slideMillis = 240
	hurry       = 5    // of a running program's time, at most one in so many goes into looking at it
	calmSpeed   = 12.0 // events a second up to which moves are animated and sentences spoken
)

// A player goes back and forth in a cell's run.
type player struct {
	c       *cell
	want    int // the event to show
	busy    bool
	stepped bool // the wanted event was reached by a single step
	follows bool // the end of the run is shown while it grows
	fresh   bool // the run has just ended, and nobody has moved yet
	playing bool
	speed   float64 // events a second
	carry   float64 // of the next event, while playing
	before  float64 // when the last animation frame was
	asked   float64 // when the last instant was asked for
	cost    float64 // milliseconds until it came
	arrived func()  // called once when what is wanted is shown, if not nil
	frames  *jsx.Frames
}

func newPlayer(c *cell) *player {
	p := &player{c: c}
	p.frames = jsx.NewFrames(p.tick)
	p.setSpeed()
	return p
}

// setSpeed reads the slider: from one event a second to ten thousand, each
// quarter of the way ten times as fast.
func (p *player) setSpeed() {
	v, _ := strconv.ParseFloat(p.c.parts["speed"].Get("value").String(), 64)
	p.speed = math.Pow(10, v/25)
	n := int64(math.Round(p.speed))
	unit := phrase.EventsS
	if n == 1 {
		unit = phrase.EventS
	}
	jsx.Text(p.c.parts["rate"], view.Count(n)+unit)
	jsx.Attr(p.c.parts["speed"], "aria-valuetext", view.Count(n)+phrase.EventsASecond)
}

func (p *player) act(name string) {
	if p.c.frame == nil {
		return
	}
	total := p.c.progress.Events
	switch name {
	case "play":
		p.toggle()
	case "next":
		if p.fresh {
			p.mainStart(p.step) // what has just been run is watched from its start
			return
		}
		if !p.c.gates.passes(p.want, p.want+1) {
			p.step(min(p.want+1, total))
		}
	case "back":
		p.step(max(p.want-1, 0))
	case "start":
		p.toStart()
	case "end":
		p.seek(total)
	case "stepOn", "stepBack":
		p.stepTo(name == "stepBack")
	case "gnext", "gback":
		p.follow(name == "gback")
	}
}

// toStart goes to where main starts, and from there to the very first event.
func (p *player) toStart() {
	p.mainStart(func(n int) {
		if p.want <= n {
			n = 0
		}
		p.seek(n)
	})
}

// mainStart finds the event by which main starts to run: its second, after
// its creation. 0 if it never does.
func (p *player) mainStart(found func(n int)) {
	ask := func(n int, answer func(r *Reply)) {
		p.c.page.client.ask(Request{Op: Follow, Cell: p.c.info.ID, Goid: 1, N: n}, answer)
	}
	ask(0, func(r *Reply) {
		ask(r.N, func(r *Reply) { found(r.N) })
	})
}

// follow goes to the next or previous event of the chosen goroutine.
func (p *player) follow(back bool) {
	p.pause()
	goid := p.c.frame.Chosen
	p.c.page.client.ask(Request{Op: Follow, Cell: p.c.info.ID, Goid: goid, N: p.want, Back: back}, func(r *Reply) {
		if r.N > 0 {
			p.c.goid = goid
			p.step(r.N)
			return
		}
		p.c.say("G" + view.Plain(goid) + phrase.HasNoEventThere)
	})
}

func (p *player) step(n int) {
	p.pause()
	p.stepped = true
	p.show(n)
}

// seek goes to an instant without showing the way.
func (p *player) seek(n int) {
	p.pause()
	p.stepped = p.c.frame != nil && (n == p.c.frame.Event+1 || n == p.c.frame.Event-1)
	p.show(n)
}

// show asks for an instant. While one is on its way, only the newest wish counts.
func (p *player) show(n int) {
	p.want = n
	if p.busy {
		return
	}
	p.busy = true
	p.asked = jsx.Now()
	goid := p.c.goid
	req := Request{Op: Frame, Cell: p.c.info.ID, N: n, Goid: goid, Log: logLines, Quick: p.hurries()}
	run := p.c.runSeq
	p.c.page.client.ask(req, func(r *Reply) {
		p.busy = false
		p.cost = jsx.Now() - p.asked
		if run != p.c.runSeq || r.Frame == nil {
			if run != p.c.runSeq {
				p.show(p.want)
			} else if r.Error != "" {
				p.off()
				p.c.fail(r.Error)
			}
			return
		}
		calm := p.stepped || p.playing && p.speed <= calmSpeed
		p.stepped = false
		p.c.draw(r, calm)
		if p.want != r.Frame.Event || p.c.goid != goid || req.Quick && !p.hurries() {
			p.show(p.want)
		} else if f := p.arrived; f != nil {
			p.arrived = nil
			f()
		}
	})
}

// hurries reports whether an instant will be gone before anybody has looked at it closely.
func (p *player) hurries() bool { return p.c.running || p.hasty() }

// hasty reports whether instants pass faster than an eye can follow.
func (p *player) hasty() bool { return p.playing && p.speed > calmSpeed }

// rewound is told that the program starts anew.
func (p *player) rewound() {
	p.pause()
	p.follows, p.want, p.asked, p.arrived = true, 0, 0, nil
}

// grown is told that the run has got on.
func (p *player) grown(events int) {
	jsx.Attr(p.c.parts["time"], "max", strconv.Itoa(events))
	for _, act := range []string{"start", "back", "play", "next", "end"} {
		p.c.enable(act, true)
	}
	p.c.parts["time"].Set("disabled", false)
	over := !p.c.running
	switch {
	case p.follows && (over || jsx.Now()-p.asked > hurry*p.cost):
		p.fresh = over
		p.show(events)
	case p.c.frame != nil:
		p.c.clock(p.c.frame)
	}
}

// off makes the controls show that there is nothing to play.
func (p *player) off() {
	p.pause()
	for _, act := range []string{"start", "back", "play", "next", "end", "gback", "gnext", "stepBack", "stepOn", "fork"} {
		p.c.enable(act, false)
	}
	p.c.parts["time"].Set("disabled", true)
}

func (p *player) toggle() {
	if p.playing {
		p.pause()
		return
	}
	if p.want < p.c.progress.Events {
		p.play()
		return
	}
	p.mainStart(func(n int) {
		p.show(n)
		p.play()
	})
}

func (p *player) play() {
	p.follows, p.fresh = false, false
	p.setPlaying(true)
	p.carry, p.before = 0, 0
	p.frames.Start()
}

func (p *player) pause() {
	p.follows, p.fresh = false, false
	if p.playing {
		p.setPlaying(false)
	}
}

func (p *player) setPlaying(on bool) {
	p.playing = on
	b := jsx.One(p.c.el, `[data-act="play"]`)
	name := phrase.Play
	if on {
		name = phrase.Pause
	}
	jsx.Attr(b, "aria-label", name)
	jsx.Attr(b, "title", name)
	jsx.HTML(b, paint.PlayIcon(on))
}

// tick moves on while playing; it never runs ahead of what is drawn.
func (p *player) tick(now float64) (more bool) {
	if !p.playing {
		return false
	}
	if p.before != 0 && !p.busy {
		p.carry += min(now-p.before, 1000/p.speed+100) / 1000 * p.speed
	}
	p.before = now
	if p.busy || p.carry < 1 {
		return true
	}
	n := int(p.carry)
	p.carry -= float64(n)
	total := p.c.progress.Events
	if p.c.gates.passes(p.want, p.want+n) {
		return false
	}
	if p.want+n >= total && !p.c.running {
		p.show(total)
		p.pause()
		return false
	}
	p.show(min(p.want+n, total))
	return true
}
