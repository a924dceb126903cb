//go:build js

package main

import (
	"fmt"
	"runtime/debug"
	"syscall/js"
	"time"

	"gopark/cmd/wasm/jsx"
	"gopark/internal/plainjson"
	"gopark/sim"
	"gopark/sim/view"
)

// How the engine shares its one thread: it runs programs for a slice, then
// lets messages in.
const (
	slice       = 8 * time.Millisecond
	longSlice   = 20 * time.Millisecond // of a run that goes on for long: nobody waits for its first frame
	longRun     = 1_000_000             // events
	progressGap = 80 * time.Millisecond // between two reports of one run
	sliceEvents = 4096
	firstSteps  = 20_000
	maxSessions = 6          // runs kept; the one not asked for longest goes
	lensWith    = 1000       // goroutines whose lens comes with the frame: a millisecond's work
	maxEvents   = 16_000_000 // of a log
	maxKept     = 6_000_000  // of all logs together when a run starts; an event takes some fifty bytes
)

// An engine answers requests and, when there are none, runs programs on.
type engine struct {
	inbox    []Request
	wake     chan struct{}
	yielder  *jsx.Yielder
	library  *library
	sessions map[string]*session // by cell
	clock    int                 // counts requests; the age of a session
	heap     heap
}

// A session is a cell's run.
type session struct {
	*view.Session
	seq     int // of the Run request
	steps   uint64
	used    int
	running bool
	era     string
	later   []Request // for frames of a crowd: to look at it would take longer than to let it run on
	told    time.Time // when the last progress was reported; zero: not yet
}

func runEngine() {
	en := &engine{wake: make(chan struct{}, 1), yielder: jsx.NewYielder(), sessions: map[string]*session{}}
	en.heap.tune()
	jsx.Global.Get("gopark").Call("listen", jsx.Func(func(data js.Value) { en.receive(data) }))
	en.library = openLibrary() // messages that come in meanwhile wait
	if len(en.inbox) == 0 {
		<-en.wake // the page greets, and should not have to wait for what follows
	}
	en.serve()
	if len(en.sessions) == 0 {
		en.warm()
	}
	for {
		en.serve()
		if !en.work() {
			en.rest()
			continue
		}
		en.yielder.Yield()
	}
}

// receive takes a message in. It runs inside a callback and so never blocks.
func (en *engine) receive(data js.Value) {
	text, buffer := data, js.Undefined()
	if data.Type() == js.TypeObject { // a request with bytes
		text, buffer = data.Get("request"), data.Get("bytes")
	}
	if text.Type() != js.TypeString {
		return
	}
	var req Request
	if err := plainjson.Unmarshal(text.String(), &req); err != nil {
		panic("engine: " + err.Error()) // the page wrote it
	}
	if buffer.Truthy() {
		req.Bytes = copyBytes(buffer)
	}
	en.inbox = append(en.inbox, req)
	select {
	case en.wake <- struct{}{}:
	default:
	}
}

// serve answers what has come in.
func (en *engine) serve() {
	for len(en.inbox) > 0 {
		req := en.inbox[0]
		en.inbox = en.inbox[1:]
		en.clock++
		en.answer(req)
	}
}

// answer answers one request. A panic here or in the simulator is a mistake of
// Gopark's, not of the reader's: it is reported with what it takes to see it
// again, and the engine goes on.
func (en *engine) answer(req Request) {
	defer en.recover(req.Seq, req.Cell)
	reply := Reply{Seq: req.Seq, Last: true}
	switch req.Op {
	case Hello:
		reply.Eras = eras()
	case Warm:
		en.library.warm(req.Source)
	case Diagnose:
		reply.Diagnostics = en.library.diagnose(req.Source)
	case Format:
		reply.Text, reply.Diagnostics = gofmt(req.Source)
	case Complete:
		reply.Items = en.library.complete(req.Source, req.N)
	case Hover:
		reply.Items = en.library.hover(req.Source, req.N)
	case Run:
		en.run(req)
		return
	case Trace:
		en.openTrace(req)
		return
	case Grade:
		en.grade(req, &reply)
	case Judge:
		en.judge(req, &reply)
	case Prove:
		en.prove(req, &reply)
	case Together:
		en.together(req, &reply)
	case Compare:
		en.contrast(req, &reply)
	case Release:
		en.forgetRivals()
	case Abort: // runOut has seen it
	default:
		s := en.sessions[req.Cell]
		if s == nil {
			reply.Error = "this cell has not been run, or too long ago: press Run"
			break
		}
		s.used = en.clock
		if req.Op == Frame && req.Quick && s.running && s.Crowded() {
			s.later = append(s.later, req)
			return
		}
		en.about(s, req, &reply)
	}
	send(reply)
}

// about answers a question about a run.
func (en *engine) about(s *session, req Request, reply *Reply) {
	switch req.Op {
	case Stop:
		s.running = false
		en.catchUp(s)
		reply.Stopped = true
		p := s.Progress()
		reply.Progress = &p
	case Frame:
		if req.Quick {
			reply.Frame = s.QuickFrame(req.N, req.Goid)
		} else {
			reply.Frame = s.Frame(req.N, req.Goid)
		}
		if n := reply.Frame.Event; s.Goroutines() <= lensWith {
			reply.Lens, reply.Bytes = s.Lens(n), s.Field(n)
		}
		reply.Log = s.Sentences(reply.Frame.Event-req.Log+1, reply.Frame.Event)
	case Lanes:
		reply.Lanes, reply.Total = s.Lanes(req.Query)
	case At:
		reply.N = s.EventAt(req.Time)
	case Export:
		text, err := s.export(req.Answer)
		reply.Text = text
		if err != nil {
			reply.Error = err.Error()
		}
	case Open:
		reply.Object, reply.Why = s.Object(req.N, *req.Ref), s.Why(req.N, *req.Ref)
	case XRay:
		reply.XRay = s.XRay(req.N, req.Goid)
	case StepTo:
		n, looked := s.Step(*req.Step)
		reply.N, reply.Stopped = n, !looked
	case ValueOf:
		if v, ok := s.Value(req.N, req.Goid, req.Line, req.Answer); ok {
			reply.Text = v.Name + " " + v.Type + " = " + v.Value
			if v.Func != "" {
				reply.Text += " · in G" + view.Plain(req.Goid) + "’s " + v.Func
			}
		}
	case Follow:
		reply.N = s.Follow(req.Goid, req.N, req.Back)
	case Find:
		reply.N = s.find(req)
	default:
		en.wide(s, req, reply)
	}
}

// run starts a cell's program.
func (en *engine) run(req Request) {
	en.drop(req.Cell)
	if req.Tidy {
		if tidy := en.library.tidy(req.Source); tidy != req.Source {
			req.Source = tidy
			send(Reply{Seq: req.Seq, Text: tidy})
		}
	}
	rec, diagnostics, err := en.library.record(req.Source, configOf(req))
	if err != nil {
		send(Reply{Seq: req.Seq, Last: true, Error: err.Error()})
		return
	}
	if len(diagnostics) > 0 {
		send(Reply{Seq: req.Seq, Last: true, Diagnostics: diagnostics})
		return
	}
	en.forget()
	s := &session{
		Session: view.NewSession(rec, sourceName), seq: req.Seq, steps: firstSteps,
		used: en.clock, running: true, era: req.Settings.Era,
	}
	en.sessions[req.Cell] = s
}

// forget makes room for one more session.
func (en *engine) forget() {
	for {
		oldest, age, events := "", en.clock+1, 0
		for cell, s := range en.sessions {
			events += s.Recording().Log().Len()
			if s.used < age {
				oldest, age = cell, s.used
			}
		}
		if len(en.sessions) < maxSessions && events <= maxKept {
			return
		}
		en.drop(oldest)
	}
}

// work runs every program that is not over for a slice; it reports whether
// there was one.
func (en *engine) work() bool {
	any := false
	for cell, s := range en.sessions {
		if s.running {
			any = true
			en.advance(cell, s)
		}
	}
	return any
}

func (en *engine) advance(cell string, s *session) {
	defer en.recover(s.seq, cell)
	ended := s.slice()
	if err := s.broken(); err != nil {
		en.drop(cell)
		send(Reply{Seq: s.seq, Last: true, Error: err.Error()})
		return
	}
	most, enough := maxEvents, ""
	if isRival(cell) {
		most = rivalEvents
	}
	if s.Recording().Log().Len() >= most {
		enough = fmt.Sprintf("the log has %s events, more than a page can hold. Make the program shorter.", view.Count(int64(most)))
	}
	if now := time.Now(); ended || enough != "" || now.Sub(s.told) >= progressGap {
		s.told = now
		if !ended && !en.room(cell) {
			enough = "the simulated computer takes more memory than a page has. Let the program keep less, or start fewer goroutines."
		}
		s.running = !ended && enough == ""
		p := s.Progress()
		if !ended && enough != "" {
			p.Ended = "stopped: " + enough
		}
		send(Reply{Seq: s.seq, Last: !s.running, Progress: &p})
	}
	if !s.running {
		en.catchUp(s)
	}
}

// slice runs s on for a slice, a stretch at a time, and reports whether it has ended. After
// the first stretch there is something to tell.
func (s *session) slice() (ended bool) {
	most := slice
	if s.Recording().Log().Len() > longRun {
		most = longSlice
	}
	start := time.Now()
	for before := start; ; {
		ended = s.Advance(s.steps, sliceEvents)
		now := time.Now()
		// Aim at the slice, by no more than a factor of two at a time.
		took := max(now.Sub(before), time.Microsecond)
		s.steps = max(1000, min(2*s.steps, uint64(float64(s.steps)*float64(slice)/float64(took))))
		if before = now; ended || s.told.IsZero() || now.Sub(start) >= most/2 {
			return ended
		}
	}
}

// room reports whether a cell's run may take more memory, for which spare arenas and
// other runs are forgotten.
func (en *engine) room(cell string) bool {
	arenas := &en.library.arenas
	for heap := en.heap.tune(); heap-min(heap, arenas.Bytes()) > full || heap > most; heap = en.heap.collect() {
		oldest := ""
		for other, s := range en.sessions {
			if other != cell && (oldest == "" || s.used < en.sessions[oldest].used) {
				oldest = other
			}
		}
		switch {
		case heap != en.heap.live: // there is garbage
		case arenas.Drop():
		case oldest != "":
			en.drop(oldest)
		default:
			return false
		}
	}
	return true
}

// catchUp puts what had to wait for the end of a run behind what has come in. It
// is the end that those who waited want to see now.
func (en *engine) catchUp(s *session) {
	for _, req := range s.later {
		req.N = s.Recording().Log().Len()
		en.inbox = append(en.inbox, req)
	}
	s.later = nil
}

// drop forgets a cell's run.
func (en *engine) drop(cell string) {
	if s := en.sessions[cell]; s != nil {
		en.catchUp(s)
		delete(en.sessions, cell)
		release(s.Recording())
	}
}

// release lets other runs have a recording's memory.
func release(rec sim.Recording) {
	if r, ok := rec.(sim.Releaser); ok {
		r.Release()
	}
}

// recover reports a panic as the answer to a request and gives the cell's run up.
func (en *engine) recover(seq int, cell string) {
	if r := recover(); r != nil {
		en.drop(cell)
		jsx.Global.Get("console").Call("error", fmt.Sprintf("%v\n%s", r, debug.Stack()))
		send(Reply{Seq: seq, Last: true, Error: fmt.Sprintf("Gopark itself has failed, which is a bug: %v", r)})
	}
}

func send(r Reply) {
	text, raw := plainjson.Marshal(r), rawOf(&r)
	if raw == nil {
		jsx.Global.Call("postMessage", text)
		return
	}
	bytes := jsx.Global.Get("Uint8Array").New(len(raw))
	js.CopyBytesToJS(bytes, raw)
	jsx.Global.Call("postMessage", map[string]any{"reply": text, "raw": bytes}, []any{bytes.Get("buffer")})
}
