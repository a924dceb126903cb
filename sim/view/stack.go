package view

import (
	"slices"
	"strconv"

	"gopark/sim/state"
	"gopark/sim/view/phrase"
)

// A Stack is one goroutine's stack, to scale. All sizes are bytes; the bars
// lie from the far end, where the first frame is, towards the guard.
type Stack struct {
	Of     Pill         `json:"of"`
	Entry  string       `json:"entry"`
	Parent int64        `json:"parent"`
	Size   int64        `json:"size"`
	Used   int64        `json:"used"`
	Guard  int64        `json:"guard"`
	Lo     string       `json:"lo"`
	Hi     string       `json:"hi"`
	Grown  int          `json:"grown"`
	Frames []StackFrame `json:"frames"` // innermost first
	More   int          `json:"more"`   // frames left out between Frames[framesShown-1] and the rest
	Words  string       `json:"words"`

	Unknown bool `json:"unknown,omitempty"` // a trace told the calls; nobody knows sizes, addresses and variables
}

// A StackFrame is one call.
type StackFrame struct {
	Func  string      `json:"func"`
	Line  int32       `json:"line"`
	Place string      `json:"place"` // file and line, the file without its folders
	Bytes int64       `json:"bytes"`
	User  bool        `json:"user"`
	Vars  []state.Var `json:"vars,omitempty"`
	From  int64       `json:"from"` // bytes used by the frames that called it
}

// Frames drawn at each end of a deep stack.
const framesShown = 20

// NewStack is the picture of s, the stack of goroutine g of now.
func NewStack(names Names, now *state.State, g int32, s *state.Stack) *Stack {
	if s == nil || g < 0 || int(g) >= len(now.Gs) {
		return nil
	}
	b := newBuilder(names, nil, now)
	of := &now.Gs[g]
	v := &Stack{
		Of: *b.pill(g), Entry: of.Entry, Parent: of.Parent, Size: s.Size, Used: s.Used, Guard: s.Guard,
		Lo: "0x" + strconv.FormatUint(s.Lo, 16), Hi: "0x" + strconv.FormatUint(s.Hi, 16), Grown: s.Grown,
	}
	from := int64(0)
	frames := make([]StackFrame, len(s.Frames))
	for i := len(s.Frames) - 1; i >= 0; i-- {
		f := &s.Frames[i]
		frames[i] = StackFrame{
			Func: f.Func, Line: f.Line, Place: position(f),
			Bytes: f.Bytes, User: f.User, Vars: distinct(f.Vars), From: from,
		}
		from += f.Bytes
	}
	v.Frames = frames
	if len(frames) > 2*framesShown {
		v.More = len(frames) - 2*framesShown
		v.Frames = append(frames[:framesShown:framesShown], frames[len(frames)-framesShown:]...)
	}
	v.Unknown = now.Traced
	v.Words = stackWords(v)
	return v
}

func stackWords(v *Stack) string {
	if v.Unknown && len(v.Frames) == 0 {
		return phrase.TheTraceHasToldNoneOf
	}
	if v.Unknown {
		return phrase.TheCallsWhenTheTraceTold
	}
	if v.Size == 0 {
		return phrase.Fill(phrase.HasEndedThereIsNothingOn, v.Of.Name())
	}
	w := phrase.Fill(phrase.UsedOf, Count(v.Used), Bytes(v.Size))
	if v.Guard > 0 {
		w = phrase.Fill(phrase.BytesKeptFreeAsAGuard, w, Count(v.Guard))
	}
	if v.Grown > 0 {
		w = plural(v.Grown, phrase.CopiedToALargerOneTime, w)
	}
	return w
}

// distinct drops a variable that is there twice with the same value: the
// compiler may hold it in two places.
func distinct(vars []state.Var) []state.Var {
	var list []state.Var
	for _, v := range vars {
		if !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

// position is file and line, "" if the frame has none; where Gopark has code of
// its own, its lines would mislead.
func position(f *state.Frame) string {
	switch {
	case f.File == "" || f.Line == 0:
		return ""
	case ours(f.File):
		return phrase.GoparksOwn
	}
	return base(f.File) + ":" + strconv.Itoa(int(f.Line))
}

func base(file string) string {
	for i := len(file) - 1; i >= 0; i-- {
		if file[i] == '/' {
			return file[i+1:]
		}
	}
	return file
}
