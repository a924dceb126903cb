package view

import (
	"strconv"
	"strings"

	"gopark/sim/task"
	"gopark/sim/trace"
	"gopark/sim/view/phrase"
)

// A Sentence is one event in plain words.
type Sentence struct {
	Event int    `json:"n"` // counted from 1: the log is this long after it
	Time  int64  `json:"t"`
	Parts []Part `json:"p"`
}

// A Part is a piece of a sentence: plain text, the name of a goroutine, thread
// or P, or a word of the word list.
type Part struct {
	Text string `json:"t"`
	Goid int64  `json:"g,omitempty"` // text names this goroutine
	Rank int    `json:"r,omitempty"` // of Goid
	Word string `json:"w,omitempty"` // key of Words
	Name bool   `json:"m,omitempty"` // text names an M or a P
}

// String is the sentence as text.
func (s Sentence) String() string {
	var b strings.Builder
	for _, p := range s.Parts {
		b.WriteString(p.Text)
	}
	return b.String()
}

// Sentence says event i of log, counted from 0, in words.
func (f *Fold) Sentence(log *trace.Log, i int) Sentence {
	e := log.At(i)
	about, actor := f.Goid(i)
	t := teller{fold: f, event: e, about: about, actor: actor}
	if actor == about {
		t.actor = 0
	}
	if template := f.toldTemplate(e); template != "" {
		t.tell(template)
	} else if e.Kind == trace.GoBlock && actor != about {
		t.tell(phrase.GIsParkedFromTheStart) // at boot
	} else if e.Kind == trace.GoBlock && f.own {
		t.tell(phrase.GBlocksOnAItsThread)
	} else if e.Kind == trace.GoSyscallEndBlocked && !f.hasP {
		t.tell(phrase.GIsBackFromItsSystem)
	} else {
		t.tell(templateOf(e))
	}
	if len(t.parts) > 0 && t.parts[0].Goid == 0 && !t.parts[0].Name {
		t.parts[0].Text = phrase.Capital(t.parts[0].Text)
	}
	return Sentence{Event: i + 1, Time: e.Time, Parts: t.parts}
}

// A teller fills in the marks of a template, which phrase.Events explains.
type teller struct {
	fold         *Fold
	event        trace.Event
	about, actor int64
	parts        []Part
	missing      bool // something named since the last < is none
}

func (t *teller) tell(template string) {
	for template != "" {
		at := strings.IndexAny(template, "{[<")
		if at < 0 {
			t.text(template)
			return
		}
		t.text(template[:at])
		end := at + strings.IndexByte(template[at:], closing[template[at]])
		inner := template[at+1 : end]
		switch template[at] {
		case '{':
			t.name(inner)
		case '[':
			key, text, found := strings.Cut(inner, "|")
			if !found {
				text = key
			}
			t.parts = append(t.parts, Part{Text: text, Word: key})
		case '<':
			t.optional(inner)
		}
		template = template[end+1:]
	}
}

var closing = map[byte]byte{'{': '}', '[': ']', '<': '>'}

func (t *teller) optional(template string) {
	keep := len(t.parts)
	t.missing = false
	t.tell(template)
	if t.missing {
		t.parts = t.parts[:keep]
	}
	t.missing = false
}

func (t *teller) text(s string) {
	if s != "" {
		t.parts = append(t.parts, Part{Text: s})
	}
}

func (t *teller) name(what string) {
	e := t.event
	switch what {
	case "G":
		t.goroutine(t.about)
	case "by":
		if t.actor != 0 {
			t.goroutine(t.actor)
			return
		}
		t.thing("M", e.M)
	case "M":
		t.thing("M", e.M)
	case "P":
		t.thing("P", e.P)
	case "told":
		text := ""
		if t.fold.told != nil {
			text = t.fold.told.Text(e.B)
		}
		t.missing = t.missing || text == ""
		t.text(text)
	case "core":
		t.text(strconv.Itoa(int(e.Core)))
	case "A":
		t.arg(trace.Kinds[e.Kind].A.Type, e.A)
	case "B":
		t.arg(trace.Kinds[e.Kind].B.Type, e.B)
	}
}

func (t *teller) goroutine(goid int64) {
	if goid == 0 {
		t.missing = true
		return
	}
	t.parts = append(t.parts, Part{Text: "G" + Plain(goid), Goid: goid, Rank: t.fold.Names.Rank(goid, false)})
}

func (t *teller) thing(letter string, id int32) {
	if id < 0 {
		t.missing = true
		return
	}
	name := letter + strconv.Itoa(int(id))
	if letter == "M" {
		name = t.fold.ThreadName(id)
	}
	t.parts = append(t.parts, Part{Text: name, Name: true})
}

// arg says an argument in words. What stands for none makes the optional part
// around it vanish.
func (t *teller) arg(typ trace.ArgType, v int64) {
	switch typ {
	case trace.ArgThread:
		t.thing("M", int32(v))
	case trace.ArgProc:
		t.thing("P", int32(v))
	case trace.ArgLock:
		if v == 0 {
			t.text(phrase.TheSchedulersLock)
			return
		}
		t.text(phrase.Fill(phrase.TheLockOfPSQueue, Plain(v-1)))
	case trace.ArgTime:
		t.text(Duration(v))
	case trace.ArgAddr:
		t.missing = t.missing || v == 0
		t.text("0x" + strconv.FormatUint(uint64(v), 16))
	case trace.ArgPlace:
		t.tell(phrase.Places[v])
	case trace.ArgWhere:
		t.tell(phrase.Looks[v])
	case trace.ArgWhy:
		t.missing = t.missing || v == int64(trace.WhyNone)
		t.tell(phrase.Whys[v])
	case trace.ArgPID:
		t.text(strconv.FormatInt(v, 10))
	case trace.ArgReason:
		t.reason(task.Reason(v))
	default:
		t.text(Count(v))
	}
}

func (t *teller) reason(r task.Reason) {
	if r == task.NoReason || r >= task.NumReasons {
		t.missing = true
		return
	}
	t.parts = append(t.parts, Part{Text: r.String(), Word: reasonWord(r)})
}
