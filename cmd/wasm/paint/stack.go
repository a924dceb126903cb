package paint

import (
	"strconv"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// NoStack says that the chosen goroutine is not there yet.
func NoStack(goid int64) string {
	return `<p class="soft">G` + view.Plain(goid) + phrase.IsNotThereAtThisInstant + `</p>`
}

// Stack is a goroutine's stack to scale, and its frames as a table, innermost
// first, as the picture has them from the top.
func Stack(s *view.Stack) string {
	p := &page{}
	if s == nil {
		return `<p class="soft">` + phrase.ChooseAGoroutineToSeeIts + `</p>`
	}
	if s.Unknown {
		p.calls(s)
		return p.String()
	}
	if s.Size == 0 {
		p.w(`<p class="soft">`, esc(s.Words), `</p>`)
		return p.String()
	}
	p.w(`<div class="stack" style="`, ColourStyle(s.Of.Rank), `">`)
	p.memory(s)
	p.w(`<div class="frames" tabindex="0" role="group" aria-label="`+phrase.Frames+`"><table><caption class="soft">`, esc(s.Words), `</caption>`,
		`<thead class="hidden"><tr><th>`+phrase.ColumnFunction+`</th><th>`+phrase.ColumnBytes+`</th><th>`+phrase.ColumnLine+`</th></tr></thead><tbody>`)
	for i, f := range s.Frames {
		if s.More > 0 && i == len(s.Frames)/2 {
			p.w(`<tr><td colspan="3" class="soft">… `, view.Count(int64(s.More)), phrase.MoreFrames+`</td></tr>`)
		}
		p.frame(f)
	}
	p.w(`</tbody></table></div></div>`)
	return p.String()
}

// calls writes a stack of which only the calls are known.
func (p *page) calls(s *view.Stack) {
	p.w(`<div class="frames" tabindex="0" role="group" aria-label="`+phrase.Frames+`"><table><caption class="soft">`, esc(s.Words), `</caption>`,
		`<thead class="hidden"><tr><th>`+phrase.ColumnFunction+`</th><th>`+phrase.ColumnLine+`</th></tr></thead><tbody>`)
	for _, f := range s.Frames {
		class := "lib"
		if f.User {
			class = "user"
		}
		p.w(`<tr class="`, class, `"><td class="fn">`, esc(f.Func), `</td><td class="at">`, esc(f.Place), `</td></tr>`)
	}
	p.w(`</tbody></table></div>`)
}

func (p *page) frame(f view.StackFrame) {
	class := "lib"
	if f.User {
		class = "user"
	}
	p.w(`<tr class="`, class, `"><td class="fn">`, esc(f.Func), `</td><td class="by">`, view.Count(f.Bytes), ` B</td><td class="at">`)
	if f.User && f.Line > 0 {
		p.w(phrase.LineNumber, strconv.Itoa(int(f.Line)))
	} else {
		p.w(esc(f.Place))
	}
	p.w(`</td></tr>`)
	if len(f.Vars) == 0 {
		return
	}
	p.w(`<tr class="vars"><td colspan="3">`)
	for i, v := range f.Vars {
		if i > 0 {
			p.w(` `)
		}
		p.w(`<span class="var" title="`, esc(v.Name+" "+v.Type), `">`, esc(v.Name), ` = <b>`, esc(v.Value), `</b></span>`)
	}
	p.w(`</td></tr>`)
}

// memory draws the bars. The stack grows towards lower addresses, which are
// drawn at the top.
func (p *page) memory(s *view.Stack) {
	p.w(`<div class="memory" role="img" aria-label="`, esc(s.Words), `"><span class="addr">`, esc(s.Lo), `</span><div class="mem">`)
	if s.Guard > 0 {
		p.w(`<div class="guard" style="height:`, percent(s.Guard, s.Size), `">`)
		if 10*s.Guard >= s.Size {
			p.w(`<span>` + phrase.Guard + `</span>`)
		}
		p.w(`</div>`)
	}
	p.bars(s.Frames, s.Size)
	if left := s.Size - s.Guard - s.Used; 10*left >= s.Size {
		p.w(`<span class="left" style="bottom:`, percent(s.Used, s.Size), `;height:`, percent(left, s.Size), `">`, view.Count(left), phrase.BFree+`</span>`)
	}
	p.w(`</div><span class="addr">`, esc(s.Hi), `</span></div>`)
}

// bars are the frames of a stack of a size.
func (p *page) bars(frames []view.StackFrame, size int64) {
	for i, f := range frames {
		class := "bar"
		if i%2 == 1 {
			class += " odd"
		}
		if f.User {
			class += " user"
		}
		p.w(`<div class="`, class, `" style="bottom:`, percent(f.From, size), `;height:`, percent(f.Bytes, size), `" title="`, esc(f.Func), `"></div>`)
	}
}
