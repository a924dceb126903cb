package main

import (
	"gopark/sim"
	"gopark/sim/lesson"
	"gopark/sim/load"
	"gopark/sim/view"
)

// The page and the engine exchange values as JSON. The page asks, the engine
// answers with the same Seq; while a program runs, the answers to Run keep coming.

// An Op says what is asked.
type Op string

// The operations.
const (
	Hello    Op = "hello"    // who are you? Reply: Eras
	Warm     Op = "warm"     // read Source in, so that the first Run need not wait for its library
	Run      Op = "run"      // load Source, tidied if Tidy (then Text), and run it under Settings; Diagnostics or Progress
	Stop     Op = "stop"     // stop the cell's run; Progress
	Frame    Op = "frame"    // the instant N with the stack of Goid; Frame, and Log lines before it
	Lanes    Op = "lanes"    // the timeline in Query; Lanes and Total
	Tiles    Op = "tiles"    // the same as numbers; Pack, with its words in Words
	Around   Op = "around"   // what lies behind and between the lanes of Query's window; Bands, Arrows, Total processes
	Seek     Op = "seek"     // the event after N, or before it if Back, that Answer means; N, Log, Total: place of its lane; Stopped: go on from N
	Crowd    Op = "crowd"    // all goroutines at the instant N; Lens, and a byte each in Bytes
	Dot      Op = "dot"      // the goroutine that byte Time of Bytes at N is about; N: its goid, 0: none
	At       Op = "at"       // the event at Time; N
	Open     Op = "open"     // what Ref names at the instant N; Object and Why, or neither
	XRay     Op = "xray"     // the stack of Goid at the instant N, looked into; XRay
	StepTo   Op = "stepto"   // the instant that Step leads to; N, 0: none, Stopped: it gave up
	ValueOf  Op = "valueof"  // what the variable Answer of Line holds in Goid at N; Text
	Follow   Op = "follow"   // the next event of Goid after N, or before it if Back; N, 0: none
	Diagnose Op = "diagnose" // what is wrong with Source; Diagnostics
	Format   Op = "format"   // gofmt Source; Text or Diagnostics
	Complete Op = "complete" // what may stand at byte N of Source; Items
	Hover    Op = "hover"    // what stands at byte N of Source; one of Items, or none
	Export   Op = "export"   // the run as a file, in the format Answer; Text, a byte a character
	Grade    Op = "grade"    // Question about Source; Result
	Judge    Op = "judge"    // does Source under Settings do what Exercise asks? Verdict or Diagnostics
	Prove    Op = "prove"    // what Mark, a claim whose words are Answer, comes to when Source runs; Text
	Find     Op = "find"     // the instant of the cell's run that Mark or Question is about; N, -1: none
	Abort    Op = "abort"    // end what Grade, Judge or Prove is at
	Trace    Op = "trace"    // show the execution trace that comes with the message as if it were the cell's run; Error or Progress
)

// A Request is a message from the page.
type Request struct {
	Seq      int              `json:"seq"`
	Op       Op               `json:"op"`
	Cell     string           `json:"cell,omitempty"`
	Source   string           `json:"source,omitempty"`
	Settings lesson.Settings  `json:"settings,omitzero"`
	Reseed   sim.Reseed       `json:"reseed,omitzero"`
	Rivals   *Rivals          `json:"rivals,omitempty"`
	N        int              `json:"n,omitempty"`
	Log      int              `json:"log,omitempty"` // lines of the log wanted
	Time     int64            `json:"time,omitempty"`
	Goid     int64            `json:"goid,omitempty"`
	Back     bool             `json:"back,omitempty"`
	Quick    bool             `json:"quick,omitempty"` // leave out what changed
	Tidy     bool             `json:"tidy,omitempty"`
	Query    view.Query       `json:"query,omitzero"`
	Ref      *view.Ref        `json:"ref,omitempty"`
	Step     *view.StepQuery  `json:"step,omitempty"`
	Line     int32            `json:"line,omitempty"`
	Question *lesson.Question `json:"question,omitempty"`
	Exercise *lesson.Exercise `json:"exercise,omitempty"`
	Mark     *lesson.Mark     `json:"mark,omitempty"`
	Answer   string           `json:"answer,omitempty"`

	Bytes []byte `json:"-"` // of a Trace; they come beside the JSON
}

// A Reply is a message from the engine.
type Reply struct {
	Seq         int               `json:"seq"`
	Last        bool              `json:"last"` // no more replies to this request
	Error       string            `json:"error,omitempty"`
	Eras        []Era             `json:"eras,omitempty"`
	Diagnostics []sim.Diagnostic  `json:"diagnostics,omitempty"`
	Progress    *view.Progress    `json:"progress,omitempty"`
	Stopped     bool              `json:"stopped,omitempty"` // the run was ended by Stop or by the engine
	Frame       *view.Frame       `json:"frame,omitempty"`
	Log         []view.Sentence   `json:"log,omitempty"`
	Lanes       []view.Lane       `json:"lanes,omitempty"`
	Total       int               `json:"total,omitempty"`
	Pack        *view.Packed      `json:"pack,omitempty"`
	Bands       []view.Band       `json:"bands,omitempty"`
	Arrows      []view.Arrow      `json:"arrows,omitempty"`
	Dense       bool              `json:"dense,omitempty"` // too much happens in the window to tell of all
	Lens        *view.Lens        `json:"lens,omitempty"`
	N           int               `json:"n,omitempty"`
	Object      *view.Object      `json:"object,omitempty"`
	Why         *view.Why         `json:"why,omitempty"`
	XRay        *view.XRay        `json:"xray,omitempty"`
	Stand       *Stand            `json:"stand,omitempty"`
	Contrast    *Contrast         `json:"contrast,omitempty"`
	Text        string            `json:"text,omitempty"`
	Items       []load.Completion `json:"items,omitempty"`
	Result      *lesson.Result    `json:"result,omitempty"`
	Verdict     *lesson.Verdict   `json:"verdict,omitempty"`

	// What goes beside the JSON, as a typed array: at most one of them.
	Words []uint32 `json:"-"`
	Bytes []byte   `json:"-"`
}

// An Era is one the reader may choose.
type Era struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}
