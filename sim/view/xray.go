package view

import (
	"strconv"

	"gopark/sim/state"
	"gopark/sim/trace"
	"gopark/sim/view/phrase"
)

// An XRay is a stack to scale, with what it became a moment ago and what leaving
// its thread would store.
type XRay struct {
	Stack
	Pieces  []state.Piece `json:"pieces,omitempty"` // segments, outermost first
	Splits  int           `json:"splits,omitempty"` // segments ever linked
	Check   *Check        `json:"check,omitempty"`
	Changed *Growth       `json:"changed,omitempty"` // what the event shown, or the last one like it, did to the stack
	Saves   []Save        `json:"saves"`
}

// A Check is what a function's prologue finds here: how much room there is, and
// what it compares.
type Check struct {
	Left  int64  `json:"left"` // bytes that the next call's frame may have before the stack must grow
	Guard int64  `json:"guard"`
	Small int64  `json:"small"`        // bytes by which a frame may reach into the guard
	SP    string `json:"sp,omitempty"` // the addresses compared, of a stack in one piece
	At    string `json:"at,omitempty"`
	Asked bool   `json:"asked,omitempty"` // the guard is poisoned: the runtime wants it to stop
	Says  string `json:"says"`
}

// A Growth is a change of a stack: copied to a larger or a smaller one, or a
// segment linked or freed.
type Growth struct {
	Kind   string        `json:"kind"`
	Event  int           `json:"n"`
	Now    bool          `json:"now"` // it is the event shown
	From   int64         `json:"from"`
	To     int64         `json:"to"`
	Copied int64         `json:"copied"`        // bytes
	Old    []StackFrame  `json:"old,omitempty"` // frames before, if it is the event shown
	Pieces []state.Piece `json:"pieces,omitempty"`
	Says   string        `json:"says"`
}

// A Save is what one kind of switch stores.
type Save struct {
	Kind  string     `json:"kind"`
	Says  string     `json:"says"`
	Bytes int64      `json:"bytes"`
	Words []SaveWord `json:"words"`
}

// A SaveWord is a register, or a group of them.
type SaveWord struct {
	Name  string `json:"name"`
	Bytes int64  `json:"bytes"`
}

// stackSmall is by how much a frame may reach into the guard
// (internal/abi/stack.go:StackSmall).
const stackSmall = 128

// XRay is the stack of goroutine goid after n events, nil if it has none, or if a trace
// told of no more than its calls.
func (s *Session) XRay(n int, goid int64) *XRay {
	n = max(0, min(n, s.fold.Len()))
	st := s.state(n)
	g := find(st, goid)
	if g < 0 || st.Traced {
		return nil
	}
	stack := s.rec.Stack(n, g)
	seen := NewStack(s.fold.Names, st, g, stack)
	if seen == nil {
		return nil
	}
	x := &XRay{Stack: *seen, Saves: saves(&st.Rules), Pieces: stack.Pieces, Splits: stack.Splits}
	if st.Rules.Sources.G != "" && st.Rules.StackGuard > 0 && stack.Size > 0 {
		x.Check = check(st, &st.Gs[g], stack)
	}
	x.Changed = s.growth(n, g, goid)
	return x
}

func check(st *state.State, g *state.G, stack *state.Stack) *Check {
	size, used := stack.Size, stack.Used
	if k := len(stack.Pieces); k > 0 { // only the last segment counts
		size, used = stack.Pieces[k-1].Size, stack.Used-stack.Pieces[k-1].From
	}
	c := &Check{Guard: stack.Guard, Small: stackSmall, Left: max(0, size-stack.Guard+stackSmall-used)}
	if len(stack.Pieces) == 0 {
		c.SP, c.At = "0x"+strconv.FormatUint(stack.Hi-uint64(used), 16), "0x"+strconv.FormatUint(stack.Lo+uint64(stack.Guard), 16)
	}
	if g.Preempt && st.Rules.Slice > 0 { // runtime/proc.go:preemptone
		c.Asked, c.At = true, ""
		c.Says = phrase.TheRuntimeWantsItToStop
		return c
	}
	says := phrase.AFunctionThatIsCalledNow
	if st.Rules.StackSegments {
		says = phrase.AFunctionThatIsCalledNowCompares
	}
	c.Says = phrase.Fill(says, Count(c.Left))
	return c
}

// growthBound is how many of a goroutine's events are looked at for a change of its stack.
const growthBound = 20_000

// growth is the last change of goid's stack up to event n.
func (s *Session) growth(n int, g int32, goid int64) *Growth {
	looked := 0
	for k := s.fold.Previous(goid, n+1); k > 0 && looked < growthBound; k = s.fold.Previous(goid, k) {
		looked++
		e := s.rec.Log().At(k - 1)
		x := &Growth{Event: k, Now: k == n, From: e.A, To: e.B}
		switch e.Kind {
		case trace.StackGrow:
			x.Kind = phrase.CopiedToALargerStack
		case trace.StackShrink:
			x.Kind = phrase.CopiedToASmallerStack
		case trace.StackLink:
			x.Kind = phrase.ASegmentLinked
		case trace.StackUnlink:
			x.Kind = phrase.SegmentsFreed
		default:
			continue
		}
		copies := e.Kind == trace.StackGrow || e.Kind == trace.StackShrink
		if after := s.rec.Stack(k, g); after != nil && copies && len(after.Frames) > 0 {
			s.copied(x, e.Kind == trace.StackGrow, g, after)
		}
		x.Says = growthSays(x, copies)
		return x
	}
	return nil
}

// copied says what was copied, of a stack as it was right after. Of one that
// grew, the innermost frame is new: it is the one that did not fit.
func (s *Session) copied(x *Growth, grew bool, g int32, after *state.Stack) {
	old := *after
	if grew {
		old.Frames = old.Frames[1:]
		old.Used -= after.Frames[0].Bytes
	}
	x.Copied = old.Used
	if v := NewStack(s.fold.Names, s.state(x.Event), g, &old); v != nil && x.Now {
		x.Old = v.Frames
	}
}

func growthSays(x *Growth, copies bool) string {
	if copies {
		return phrase.Fill(phrase.FromToItsBytesWereCopied, Bytes(x.From), Bytes(x.To), Count(x.Copied))
	}
	return phrase.Fill(phrase.FromToInAllSegmentsTogether, Bytes(x.From), Bytes(x.To))
}

// ptRegs are the registers that the kernel pushes when a thread enters it
// (arch/x86/include/asm/ptrace.h:pt_regs).
var ptRegs = []string{"r15", "r14", "r13", "r12", "bp", "bx", "r11", "r10", "r9", "r8", "ax", "cx", "dx", "si", "di",
	"orig_ax", "ip", "cs", "flags", "sp", "ss"}

// gprs are those that a handler of the preemption signal pushes
// (runtime/preempt_amd64.s).
var gprs = []string{"ax", "cx", "dx", "bx", "si", "di", "bp", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "flags"}

// saves are what the switches of this era store, from the least on.
func saves(r *state.Rules) (list []Save) {
	words := func(names []string) (w []SaveWord) {
		for _, name := range names {
			w = append(w, SaveWord{name, 8})
		}
		return w
	}
	if r.CallSave > 0 {
		list = append(list, Save{phrase.AGoroutineAtACall, phrase.ItParksYieldsOrIsStopped,
			r.CallSave, words(r.CallWords)})
	}
	if r.SignalSave > 0 {
		w := append(words(r.CallWords), words(gprs)...)
		rest := r.SignalSave - int64(8*len(w))
		list = append(list, Save{phrase.AGoroutineStoppedByASignal, phrase.ItCouldBeAnywhereEveryRegister,
			r.SignalSave, append(w, SaveWord{phrase.VectorRegisters, rest})})
	}
	if r.ThreadSave > 0 {
		rest := r.ThreadSave - int64(8*len(ptRegs))
		list = append(list, Save{phrase.AThread, phrase.Fill(phrase.TheKernelKnowsNothingOfThe, strconv.Itoa(len(ptRegs))),
			r.ThreadSave, append(words(ptRegs), SaveWord{phrase.VectorUnitXSAVEC, rest})})
	}
	return list
}
