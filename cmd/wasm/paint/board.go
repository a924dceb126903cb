package paint

import (
	"strconv"
	"strings"

	"gopark/sim/state"
	"gopark/sim/view"
)

// Board is the picture of the computer.
func Board(b *view.Board) string {
	p := &page{keyed: map[string]bool{}}
	p.cores(b)
	p.kernel(b)
	p.off(b)
	p.w(`<div class="boxes">`)
	if b.HasQ {
		p.global(b)
	}
	if b.Traced {
		p.ready(b)
	}
	p.waiting(b)
	p.collector(b)
	p.poller(b)
	p.timers(b)
	p.locks(b)
	if b.HasQ || b.Free.Len() > 0 {
		p.free(b)
	}
	p.w(`</div>`)
	p.legend(b.Counts)
	return p.String()
}

func (p *page) cores(b *view.Board) {
	p.w(`<div class="cores">`)
	for _, c := range b.Cores {
		p.core(b, c)
	}
	p.w(`</div>`)
}

func (p *page) core(b *view.Board, c view.CoreRow) {
	p.w(`<div class="core"`)
	if c.ID >= 0 {
		p.w(` `, tile(view.RefCore, int64(c.ID)))
	}
	p.w(`>`)
	name := "core " + strconv.Itoa(int(c.ID))
	if c.ID < 0 {
		p.w(`<span class="n" title="A trace does not tell on which core a thread is">core ?</span>`)
	} else {
		p.object("n", view.Ref{Kind: view.RefCore, ID: int64(c.ID)}, "", name, name)
	}
	if c.M == nil {
		p.w(`<span class="m none">no thread</span><div class="p idle"><span class="soft">idle</span></div></div>`)
		return
	}
	p.machine(*c.M)
	switch {
	case c.M.P != nil:
		p.tray(*c.M.P, c.M.G, c.M)
	case c.M.G != nil:
		p.w(`<div class="p bare">`)
		p.pill(*c.M.G, "core")
		p.w(`</div>`)
	case b.HasP:
		p.w(`<div class="p idle"><span class="soft">holds no P: `, esc(doing(*c.M)), `</span></div>`)
	default:
		p.w(`<div class="p idle"><span class="soft">`, esc(doing(*c.M)), `</span></div>`)
	}
	p.w(`</div>`)
}

// machine writes a thread's triangle and name.
func (p *page) machine(m view.Machine) {
	class := "m"
	if !m.Busy {
		class += " off"
	}
	if m.Doing == state.DoingSpin {
		class += " spin"
	}
	if m.Changed {
		class += " moved"
	}
	p.object(class, view.Ref{Kind: view.RefM, ID: int64(m.ID)}, "m"+strconv.Itoa(int(m.ID)), m.Name, m.Name+", "+doing(m))
}

// object writes the name of something that can be opened. key is "" if it does
// not move.
func (p *page) object(class string, ref view.Ref, key, name, label string) {
	p.w(`<button type="button" tabindex="-1" class="thing `, class, `" `, refAttr(ref))
	if key != "" {
		p.w(` data-k="`, key, `"`)
	}
	p.w(` aria-label="`, esc(label), `" title="`, esc(label), `">`, esc(name), `</button>`)
}

// proc writes the name of a P.
func (p *page) proc(t view.Tray) {
	name := "P" + strconv.Itoa(int(t.ID))
	p.object("pn", view.Ref{Kind: view.RefP, ID: int64(t.ID)}, name, name, name+", "+t.Status)
}

// doing says what a thread does, with where or how long.
func doing(m view.Machine) string {
	s := m.Doing
	if m.Detail != "" {
		s += ": " + m.Detail
	}
	if m.Left != "" {
		s += ", " + m.Left + " left"
	}
	return s
}

// tray writes a P, with the goroutine on it, or what its thread does instead.
func (p *page) tray(t view.Tray, g *view.Pill, m *view.Machine) {
	class := "p"
	if m == nil {
		class += " idle"
	}
	if t.Changed {
		class += " moved"
	}
	p.w(`<div class="`, class, `" `, tile(view.RefP, int64(t.ID)), `>`)
	p.proc(t)
	if m != nil {
		p.w(`<span class="seat">`)
		if g != nil {
			p.pill(*g, "seat")
		}
		p.w(`</span>`)
	}
	if t.Unknown {
		p.w(`<span class="soft">runnext and queue: unknown</span><span class="tick">`, esc(tickLine(t, g, m)), `</span></div>`)
		return
	}
	p.w(`<span class="slot" data-q="P`, strconv.Itoa(int(t.ID)), `.next"><small>runnext</small><span class="next">`)
	if t.Next != nil {
		p.pill(*t.Next, "next")
	}
	p.w(`</span></span><span class="slot grow" data-q="P`, strconv.Itoa(int(t.ID)), `.ring"><small>queue`)
	if n := t.Queue.Len(); n > 0 {
		p.w(` <i>`, view.Count(int64(n)), `</i>`)
	}
	p.w(`</small><span class="ring">`)
	p.row(t.Queue, "ring")
	p.w(`</span></span><span class="tick">`, esc(tickLine(t, g, m)), `</span></div>`)
}

// tickLine says below a P what it does, and how far it is from the next look
// at the global queue.
func tickLine(t view.Tray, g *view.Pill, m *view.Machine) string {
	var words []string
	switch {
	case m == nil:
		words = append(words, t.Status)
	case g == nil:
		words = append(words, doing(*m))
	case g.State == view.Syscall:
		words = append(words, doing(*m))
	}
	if m != nil && m.Looks != "" {
		words = append(words, "next it looks: "+m.Looks)
	}
	if t.Slice != "" {
		words = append(words, "time slice: "+t.Slice)
	}
	if t.Check != "" {
		words = append(words, t.Check)
	}
	return strings.Join(words, " · ")
}

// kernel writes the threads that wait for a core.
func (p *page) kernel(b *view.Board) {
	if len(b.Kernel) == 0 {
		return
	}
	p.w(`<div class="strip"><h3>The kernel's run queue <small>threads that wait for a core</small></h3><div class="flow">`)
	for _, m := range b.Kernel {
		p.thread(m, false)
	}
	p.more(b.KernelN, "more threads")
	p.w(`</div></div>`)
}

// off writes what is on no core: threads that sleep or are in the kernel, and idle Ps.
func (p *page) off(b *view.Board) {
	if b.Traced {
		p.w(`<div class="strip"><h3>Without a P <small>threads in system calls, and Ps that no thread has</small></h3><div class="flow">`)
	} else {
		p.w(`<div class="strip"><h3>On no core</h3><div class="flow">`)
	}
	if len(b.Off) == 0 && len(b.Idle) == 0 && !b.Traced {
		p.w(`<span class="chip none">nobody: every thread there is has a core</span>`)
	}
	for _, m := range b.Off {
		p.thread(m, true)
	}
	if b.Traced && b.OffMore > 0 {
		p.w(`<span class="more">`, view.Count(int64(b.OffMore)), ` more threads of which nothing is told now</span>`)
	} else {
		p.more(b.OffMore, "more threads")
	}
	for _, t := range b.Idle {
		if t.Next == nil && t.Queue.Len() == 0 || t.Unknown {
			p.w(`<span class="chip">`)
			p.proc(t)
			p.w(` <span class="soft">`, esc(t.Status), `</span></span>`)
			continue
		}
		p.tray(t, nil, nil)
	}
	p.w(`</div></div>`)
}

func (p *page) thread(m view.Machine, say bool) {
	p.w(`<span class="chip" `, tile(view.RefM, int64(m.ID)), `>`)
	p.machine(m)
	if m.G != nil {
		p.pill(*m.G, "thread")
	}
	if m.P != nil {
		p.proc(*m.P)
	}
	if say {
		p.w(`<span class="soft">`, esc(doing(m)), `</span>`)
	}
	p.w(`</span>`)
}

func (p *page) more(n int, what string) {
	if n > 0 {
		p.w(`<span class="more">+`, view.Count(int64(n)), ` `, what, `</span>`)
	}
}

func (p *page) global(b *view.Board) {
	p.w(`<div class="box" data-q="global" `, tile(view.RefSched, 0), `><h3>Global queue`)
	if n := b.Global.Len(); n > 0 {
		p.w(` <i>`, view.Count(int64(n)), `</i>`)
	}
	p.w(`</h3><div class="flow">`)
	p.object("mp", view.Ref{Kind: view.RefSched}, "", "sched", "sched, what all threads share under one lock")
	if b.Global.Len() == 0 {
		p.w(`<span class="soft">empty</span>`)
	}
	p.row(b.Global, "global")
	p.w(`</div>`)
	if b.Check != "" {
		p.w(`<p class="soft">`, esc(b.Check), `</p>`)
	}
	p.w(`</div>`)
}

// ready writes who could run, where nobody knows in which queue.
func (p *page) ready(b *view.Board) {
	p.w(`<div class="box"><h3>Runnable <small>in some queue: which one, a trace does not tell</small></h3><div class="flow">`)
	if b.Ready.Len() == 0 {
		p.w(`<span class="soft">nobody</span>`)
	}
	p.row(b.Ready, "global")
	p.w(`</div></div>`)
}

func (p *page) free(b *view.Board) {
	p.w(`<div class="box"><h3>Free list</h3><div class="flow">`)
	if b.Free.Len() == 0 {
		words := "empty"
		if b.HasP {
			words = "empty: each P keeps some of its own"
		}
		p.w(`<span class="soft">`, words, `</span>`)
	}
	p.row(b.Free, "free")
	p.w(`</div></div>`)
}

// legend explains the fills and counts the goroutines.
func (p *page) legend(c view.Counts) {
	p.w(`<ul class="legend" aria-label="Goroutines by state">`)
	for _, x := range []struct {
		state string
		n     int
	}{{view.Running, c.Running}, {view.Runnable, c.Runnable}, {view.Waiting, c.Waiting}, {view.Syscall, c.Syscall}, {view.Dead, c.Dead}} {
		words := x.state
		switch x.state {
		case view.Syscall:
			words = "in a system call"
		case view.Dead:
			words = "ended"
		}
		p.w(`<li><span class="g key `, stateClass[x.state], `" aria-hidden="true"></span>`, view.Count(int64(x.n)), ` `, words, `</li>`)
	}
	p.w(`</ul>`)
}

// Table is the board in words, as rows of a table.
func Table(b *view.Board) string {
	p := &page{}
	p.w(`<tbody>`)
	for _, l := range b.Table() {
		p.w(`<tr><th scope="row">`, esc(l.Place), `</th><td>`, esc(l.What), `</td></tr>`)
	}
	p.w(`</tbody>`)
	return p.String()
}
