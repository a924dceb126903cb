package trace

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"gopark/sim/task"
)

// The text form has a line for each event:
//
//	      1250 c0  m0   p0   g5     GoStart              from=ring
//
// time in nanoseconds, core, thread, P and goroutine ("-" for none), kind and
// arguments by name. A goroutine is called g and its goid if the log has its
// GoCreate, whose line says which task it is (task=13); else t and its task.

// String is the event's line; goroutines are tasks, as in t13.
func (e Event) String() string { return line(e, taskName(e.G)) }

func taskName(id task.ID) string {
	if id == task.None {
		return "-"
	}
	return "t" + strconv.Itoa(int(id))
}

func line(e Event, who string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%10d %-3s %-4s %-4s %-6s %-20s", e.Time, ref("c", int64(e.Core)), ref("m", int64(e.M)),
		ref("p", int64(e.P)), who, e.Kind)
	if e.Kind < NumKinds {
		info := Kinds[e.Kind]
		if e.Kind == GoCreate && strings.HasPrefix(who, "g") {
			fmt.Fprintf(&b, " task=%d", e.G)
		}
		writeArg(&b, info.A, e.A)
		writeArg(&b, info.B, e.B)
	}
	return strings.TrimRight(b.String(), " ")
}

// schedLock is what the text form calls sched.lock.
const schedLock = "sched"

func ref(letter string, n int64) string {
	if n < 0 {
		return "-"
	}
	return letter + strconv.FormatInt(n, 10)
}

func writeArg(b *strings.Builder, a Arg, v int64) {
	if a.Type != ArgNone {
		fmt.Fprintf(b, " %s=%s", a.Name, argText(a.Type, v))
	}
}

func argText(t ArgType, v int64) string {
	switch t {
	case ArgThread:
		return ref("m", v)
	case ArgProc:
		return ref("p", v)
	case ArgLock:
		if v == 0 {
			return schedLock
		}
		return ref("p", max(v, 0)-1)
	case ArgAddr:
		return "0x" + strconv.FormatUint(uint64(v), 16)
	case ArgInt, ArgTime, ArgPID:
		return strconv.FormatInt(v, 10)
	}
	names := argNames(t)
	if v < 0 || v >= int64(len(names)) {
		return strconv.FormatInt(v, 10)
	}
	return strings.ReplaceAll(names[v], " ", "_")
}

var reasonNames = func() []string {
	var names []string
	for r := task.NoReason; r < task.NumReasons; r++ {
		names = append(names, r.String())
	}
	names[0] = "none"
	return names
}()

func argNames(t ArgType) []string {
	switch t {
	case ArgPlace:
		return placeNames[:]
	case ArgWhere:
		return whereNames[:]
	case ArgWhy:
		return whyNames[:]
	case ArgReason:
		return reasonNames
	}
	return nil
}

// A Printer writes events as text; it remembers goids.
type Printer struct{ goids map[task.ID]int64 } // only looked up

// Line is the text of the next event, without a newline.
func (p *Printer) Line(e Event) string {
	if e.Kind == GoCreate && e.G >= 0 {
		if p.goids == nil {
			p.goids = map[task.ID]int64{}
		}
		p.goids[e.G] = e.A
	}
	who := taskName(e.G)
	if goid := p.goids[e.G]; goid > 0 {
		who = ref("g", goid)
	}
	return line(e, who)
}

// Write writes the whole log as text.
func (l *Log) Write(w io.Writer) error {
	var p Printer
	for i := range l.Len() {
		if _, err := io.WriteString(w, p.Line(l.At(i))+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// String is the whole log as text.
func (l *Log) String() string {
	var b strings.Builder
	l.Write(&b) // a Builder doesn't fail
	return b.String()
}
