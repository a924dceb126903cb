package paint

import (
	"strconv"

	"gopark/sim/view"
)

// From how many goroutines on they are put in piles, and are a picture of dots
// too. Below that the board has them all as pills.
const (
	pilesFrom = 40
	DotsFrom  = 100
)

// mostPiles are drawn; there may be as many as channels.
const mostPiles = 24

// fewPills are drawn of a pile that has more than its row.
const fewPills = 4

// DotStates are what a dot may say, by view.FieldState, in words.
var DotStates = [view.FieldSyscall + 1]string{"ended", "running", "runnable", "waiting", "in a system call"}

// Piles are all goroutines by what they do and where, with exact counts; "" while
// the board shows each of them.
func Piles(l *view.Lens) string {
	if l.Total < pilesFrom {
		return ""
	}
	p := &page{}
	p.w(`<h3>All goroutines <i>`, view.Count(int64(l.Total)), `</i>`)
	if l.Dead > 0 {
		p.w(` <small>and `, view.Count(int64(l.Dead)), ` that ended, kept for the next go statement</small>`)
	}
	p.w(`</h3><ul class="piles">`)
	for i := range min(mostPiles, len(l.Piles)) {
		p.pile(&l.Piles[i], l.Total)
	}
	if more := len(l.Piles) - mostPiles; more > 0 {
		p.w(`<li class="soft">and `, view.Count(int64(more)), ` more places</li>`)
	}
	p.w(`</ul>`)
	return p.String()
}

func (p *page) pile(k *view.Pile, total int) {
	words := k.State
	if k.State == view.Syscall {
		words = "in a system call"
	}
	p.w(`<li><span class="g key `, stateClass[k.State], `" aria-hidden="true"></span><b>`, view.Count(int64(k.Count)), `</b> <span>`, words, `, `)
	if k.Ref != nil {
		p.object("mp", *k.Ref, "", k.Place, k.Place)
	} else {
		p.w(esc(k.Place))
	}
	p.w(`</span><span class="share" aria-hidden="true"><i style="width:`, percent(int64(k.Count), int64(total)), `"></i></span><span class="flow">`)
	row := k.Row
	if row.More > 0 && len(row.Pills) > fewPills {
		row.More += len(row.Pills) - fewPills
		row.Pills = row.Pills[:fewPills]
	}
	p.row(row, "")
	p.w(`</span></li>`)
}

// DotWords says what a picture of dots shows.
func DotWords(l *view.Lens) string {
	s := "Each goroutine a dot, in the order in which they were made: "
	for i, k := range l.Piles[:min(mostPiles, len(l.Piles))] {
		if i > 0 {
			s += ", "
		}
		s += view.Count(int64(k.Count)) + " " + k.State + " " + k.Place
	}
	return s
}

// DotKeys says what the dots' colours mean; how many goroutines a dot stands for
// is per.
func DotKeys(colours [len(DotStates)]string, per int) string {
	p := &page{}
	p.w(`<ul class="legend">`)
	for s, words := range DotStates {
		p.w(`<li><i style="background:`, colours[s], `" aria-hidden="true"></i>`, words, `</li>`)
	}
	if per > 1 {
		p.w(`<li>`, strconv.Itoa(per), ` goroutines a dot: its colour is their mean</li>`)
	} else {
		p.w(`<li>one dot each; choose one to see its stack</li>`)
	}
	p.w(`</ul>`)
	return p.String()
}

// Bill is what the goroutines cost in memory, beside what as many threads would, or
// only what the threads do; "" if nobody knows.
func Bill(b *view.Bill) string {
	if len(b.Goroutines)+len(b.Threads) == 0 {
		return ""
	}
	most := max(b.GoBytes, b.Resident, 1)
	p := &page{}
	whose := "all goroutines, beside as many threads"
	if len(b.Goroutines) == 0 {
		whose = "all threads"
	}
	p.w(`<h3>Memory <small>of `, whose, `</small></h3><dl>`)
	bar := func(name string, bytes int64, more string) {
		p.w(`<dt>`, name, `</dt><dd><span class="share" aria-hidden="true"><i style="width:`, percent(bytes, most), `"></i></span> <b>`, view.Bytes(bytes), `</b>`, more, `</dd>`)
	}
	if len(b.Goroutines) > 0 {
		bar("goroutines", b.GoBytes, "")
	}
	if len(b.Threads) > 0 {
		more := ` and ` + view.Bytes(b.Virtual) + ` of address space`
		if live := b.Threads[0].Count; live > b.Limit {
			more += `: impossible, Linux allows ` + view.Count(b.Limit) + ` threads`
		}
		bar("threads", b.Resident, more)
	}
	p.w(`</dl><details><summary>What is counted</summary><table><tbody>`)
	p.items("goroutines", b.Goroutines)
	p.items("threads", b.Threads)
	p.w(`</tbody></table></details>`)
	return p.String()
}

func (p *page) items(whose string, items []view.BillItem) {
	for _, i := range items {
		p.w(`<tr><th scope="row">`, whose, `: `, esc(i.Name), `</th><td>`, view.Count(i.Count))
		if i.Each > 0 {
			p.w(` × `, view.Bytes(i.Each))
		}
		p.w(`</td><td>`, view.Bytes(i.Bytes), `</td><td>`, esc(i.Source), `</td></tr>`)
	}
}
