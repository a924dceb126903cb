package view

import (
	"strconv"

	"gopark/sim/state"
	"gopark/sim/view/phrase"
)

// A RefKind says what a Ref names.
type RefKind string

// The kinds of objects that can be opened.
const (
	RefG     RefKind = "g"     // a goroutine, by goid
	RefM     RefKind = "m"     // a thread, by id
	RefP     RefKind = "p"     // a processor of the scheduler's, by id
	RefCore  RefKind = "core"  // of the computer, by number
	RefSched RefKind = "sched" // the scheduler's global state
	RefGC    RefKind = "gc"    // the collector
	RefAt    RefKind = "at"    // a channel, lock or semaphore, by address
	RefTimer RefKind = "timer" // by number; a goroutine's sleep by its goid, negative
	RefEvent RefKind = "event" // an instant: the log's length after an event
)

// A Ref names an object of the computer, or an instant of the run.
type Ref struct {
	Kind RefKind `json:"k"`
	ID   int64   `json:"i"`
}

// A Link is a Ref with its name on the page.
type Link struct {
	Ref
	Text string `json:"t"`
	Rank int    `json:"r"` // of a goroutine's Colour; else -1

	parts []Piece // of a value in a sentence that is no one link
}

// A Field is one fact of an object.
type Field struct {
	Name   string  `json:"name"` // as the runtime calls it, or in words where it has no name
	Value  string  `json:"value"`
	Unit   string  `json:"unit,omitempty"`
	Says   string  `json:"says"`             // what it is, in one sentence
	Source string  `json:"source,omitempty"` // "runtime2.go: g.goid"; "" if the runtime has no such field
	Links  []*Link `json:"links,omitempty"`
}

// A Slot is an element of a channel's buffer.
type Slot struct {
	Value string `json:"v,omitempty"`
	Used  bool   `json:"u,omitempty"`
	Marks string `json:"m,omitempty"` // "recvx", "sendx": where the next goes out and in
}

// A Wait is a queue of goroutines.
type Wait struct {
	Name string `json:"name"` // "recvq", "sendq", "waiters"
	Says string `json:"says"`
	Row  Row    `json:"row"` // first come first
}

// An Object is all that is known of one thing at one instant.
type Object struct {
	Ref    Ref          `json:"ref"`
	Title  string       `json:"title"` // "G7", "chan jobs"
	Says   string       `json:"says"`  // what it is and does now, in one sentence
	Fields []Field      `json:"fields"`
	Buffer []Slot       `json:"buffer,omitempty"`
	Queues []Wait       `json:"queues,omitempty"`
	Search []SearchStep `json:"search,omitempty"` // of a thread: where it looks for work
}

// objectWaiters are how many goroutines of a wait queue are drawn.
const objectWaiters = 64

// Object opens what ref names at the instant after n events; nil if there is no
// such thing then.
func (s *Session) Object(n int, ref Ref) *Object {
	n = max(0, min(n, s.fold.Len()))
	o := &opener{s: s, n: n, st: s.state(n)}
	o.b = newBuilder(s.fold.Names, nil, o.st)
	return o.open(ref)
}

// An opener looks at one instant.
type opener struct {
	s  *Session
	n  int
	st *state.State
	b  *builder
}

func (o *opener) open(ref Ref) *Object {
	var obj *Object
	if o.st.Traced {
		return o.openTold(ref)
	}
	switch ref.Kind {
	case RefG:
		obj = o.openG(find(o.st, ref.ID))
	case RefM:
		obj = o.openM(ref.ID)
	case RefP:
		obj = o.openP(ref.ID)
	case RefCore:
		obj = o.openCore(ref.ID)
	case RefSched:
		obj = o.openSched()
	case RefGC:
		obj = o.openGC()
	case RefAt:
		obj = o.openAt(uint64(ref.ID))
	case RefTimer:
		obj = o.openTimer(ref.ID)
	}
	if obj != nil {
		obj.Ref = ref
	}
	return obj
}

// Links.

// linkG is nil for no goroutine; so are the others for what isn't there.
func (o *opener) linkG(g int32) *Link {
	if g < 0 || int(g) >= len(o.st.Gs) || o.st.Gs[g].ID == 0 {
		return nil
	}
	return o.linkGoid(o.st.Gs[g].ID, o.st.Gs[g].System)
}

func (o *opener) linkGoid(goid int64, system bool) *Link {
	return &Link{Ref: Ref{RefG, goid}, Text: "G" + Plain(goid), Rank: o.s.fold.Names.Rank(goid, system)}
}

func (o *opener) linkM(m int32) *Link {
	if m < 0 || int(m) >= len(o.st.Threads) {
		return nil
	}
	return link(RefM, int64(m), o.st.Threads[m].Name)
}

func (o *opener) linkP(p int32) *Link {
	if p < 0 || int(p) >= len(o.st.Ps) {
		return nil
	}
	return link(RefP, int64(p), "P"+strconv.Itoa(int(p)))
}

func link(kind RefKind, id int64, text string) *Link {
	return &Link{Ref: Ref{kind, id}, Text: text, Rank: -1}
}

// linkAt names what lies at an address by its variable, if there is one.
func (o *opener) linkAt(addr uint64) *Link {
	text := hex(addr)
	if x := o.objectAt(addr); x != nil {
		text = objectName(x)
	}
	return link(RefAt, int64(addr), text)
}

func (o *opener) objectAt(addr uint64) *state.Object {
	for i := range o.st.Objects {
		if o.st.Objects[i].Addr == addr && addr != 0 {
			return &o.st.Objects[i]
		}
	}
	return nil
}

// objectName is how people call an object: by the variable that holds it.
func objectName(x *state.Object) string {
	if x.Name != "" {
		return x.Kind + " " + x.Name
	}
	return phrase.Fill(phrase.At, x.Kind, hex(x.Addr))
}

func hex(a uint64) string { return "0x" + strconv.FormatUint(a, 16) }

// A field under way.
type fields struct {
	o    *opener
	file string // of the runtime's source
	name string // of the structure
	list []Field
}

// in begins the fields of a structure that the runtime declares in file. Where
// it is written in C, the structure's name has a capital.
func (o *opener) in(file, name string) *fields {
	if o.st.Rules.Sources.C && name != "" && name != "struct Sched" {
		name = string(name[0]-'a'+'A') + name[1:]
	}
	return &fields{o: o, file: file, name: name}
}

// add adds a field that the runtime calls src: "old|new" where C and Go call
// it differently, "" where it has none.
func (f *fields) add(src, value, unit, says string, links ...*Link) {
	x := Field{Value: value, Unit: unitOf(value, unit), Says: says, Links: links}
	name := f.pick(src)
	x.Name = name
	if name != "" && f.file != "" {
		x.Source = f.file + ": " + f.name + "." + name
	}
	f.list = append(f.list, x)
}

// word adds a fact that no field of the runtime's holds, under a name in words.
func (f *fields) word(name, value, unit, says string, links ...*Link) {
	f.list = append(f.list, Field{Name: name, Value: value, Unit: unitOf(value, unit), Says: says, Links: links})
}

// fact and own are word and add of what has no unit and leads nowhere.
func (f *fields) fact(name, value, says string) { f.word(name, value, "", says) }
func (f *fields) own(src, value, says string)   { f.add(src, value, "", says) }

// unitOf is the form of the unit that goes with a value.
func unitOf(value, unit string) string {
	if value == "1" {
		return phrase.Plural(1, unit)
	}
	return phrase.Plural(2, unit)
}

// ref adds a field that points to something: "none" if it doesn't.
func (f *fields) ref(src, says string, l *Link) {
	if l == nil {
		f.own(src, phrase.None, says)
		return
	}
	f.add(src, l.Text, "", says, l)
}

func (f *fields) pick(src string) string {
	for i := range src {
		if src[i] == '|' {
			if f.o.st.Rules.Sources.C {
				return src[:i]
			}
			return src[i+1:]
		}
	}
	return src
}

// gs adds a list of goroutines with its length.
func (f *fields) gs(src, says string, list []int32) {
	f.add(src, Count(int64(len(list))), phrase.Goroutines, says, f.o.linksG(list)...)
}

// linksShown bounds the links of a long list.
const linksShown = 32

func (o *opener) linksG(list []int32) (links []*Link) {
	for _, g := range list[:min(len(list), linksShown)] {
		if l := o.linkG(g); l != nil {
			links = append(links, l)
		}
	}
	return links
}

func (o *opener) wait(name, says string, ws []state.Waiter) Wait {
	w := Wait{Name: name, Says: says}
	for i, x := range ws {
		if i >= objectWaiters {
			w.Row.More = len(ws) - i
			break
		}
		if p := o.b.pill(x.G); p != nil {
			p.Value = x.Value
			w.Row.Pills = append(w.Row.Pills, *p)
		}
	}
	return w
}
