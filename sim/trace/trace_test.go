package trace

import (
	"strings"
	"testing"
	"unsafe"

	"gopark/sim/task"
)

func TestKindsAreDescribed(t *testing.T) {
	seen := map[string]bool{}
	for k := range NumKinds {
		info := Kinds[k]
		if info.Name == "" || seen[info.Name] {
			t.Errorf("kind %d: name %q is empty or used twice", k, info.Name)
		}
		seen[info.Name] = true
		for _, a := range []Arg{info.A, info.B} {
			if (a.Name == "") != (a.Type == ArgNone) {
				t.Errorf("%s: argument %q without a type, or a type without a name", info.Name, a.Name)
			}
		}
		if k > 0 && Kinds[k].A.Type == ArgNone && Kinds[k].B.Type != ArgNone &&
			!strings.Contains("GoUnblock GoSyscallEndBlocked", info.Name) {
			t.Errorf("%s has B but no A", info.Name)
		}
	}
}

func TestNamesOfArguments(t *testing.T) {
	for _, at := range []ArgType{ArgPlace, ArgWhere, ArgWhy, ArgReason} {
		seen := map[string]bool{}
		for i, name := range argNames(at) {
			if name == "" || seen[name] {
				t.Errorf("type %d, value %d: name %q is empty or used twice", at, i, name)
			}
			seen[name] = true
		}
	}
}

func TestEventIsSmall(t *testing.T) {
	if n := unsafe.Sizeof(Event{}); n > 48 {
		t.Errorf("an Event has %d bytes, want 48 at most", n)
	}
}

func TestTextOfAnEvent(t *testing.T) {
	l := &Log{}
	l.Add(Event{Time: 120, Kind: GoCreate, Core: 0, M: 0, P: 0, G: 13, A: 7, B: int64(InNext)})
	l.Add(Event{Time: 1250, Kind: GoStart, Core: 0, M: 0, P: 0, G: 13, A: int64(InRing)})
	l.Add(Event{Time: 2000, Kind: GoBlock, Core: 1, M: 3, P: -1, G: 13, A: int64(task.ChanReceiveNil), B: 0xc000})
	want := "" +
		"       120 c0  m0   p0   g7     GoCreate             task=13 goid=7 into=next\n" +
		"      1250 c0  m0   p0   g7     GoStart              from=ring\n" +
		"      2000 c1  m3   -    g7     GoBlock              reason=chan_receive_(nil_chan) object=0xc000\n"
	if got := l.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// eachKind is a log with every kind and, in it, every value of named arguments.
func eachKind() *Log {
	l := &Log{}
	for k := range NumKinds {
		info := Kinds[k]
		n := max(1, len(argNames(info.A.Type)), len(argNames(info.B.Type)))
		for i := range n {
			e := Event{Time: int64(l.Len()), Kind: k, Core: int16(i%3) - 1, M: int32(i) - 1, P: int32(i%2) - 1, G: task.ID(i%4) - 1}
			e.A, e.B = argValue(info.A, i), argValue(info.B, i)
			if k == GoCreate {
				e.A, e.G = int64(100+i), task.ID(i)
			}
			l.Add(e)
		}
	}
	return l
}

func argValue(a Arg, i int) int64 {
	if a.Type == ArgNone {
		return 0
	}
	if names := argNames(a.Type); len(names) > 0 {
		return int64(i % len(names))
	}
	return int64(i) - 1
}

func TestRoundTrip(t *testing.T) {
	l := eachKind()
	got, err := Parse(l.String())
	if err != nil {
		t.Fatal(err)
	}
	if got.Len() != l.Len() {
		t.Fatalf("%d events, want %d", got.Len(), l.Len())
	}
	for i := range l.Len() {
		if got.At(i) != l.At(i) {
			t.Errorf("event %d: got %v, want %v", i, got.At(i), l.At(i))
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(eachKind().String())
	f.Add("0 - - - - Cores n=2\n")
	f.Add("5 c0 m0 p0 g7 GoCreate task=3 goid=7 into=next # a comment\n 6 c0 m0 p0 g7 GoStart from=next")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(l.String())
		if err != nil {
			t.Fatalf("what was printed can't be read: %v\n%s", err, l)
		}
		if again.String() != l.String() {
			t.Fatalf("printed twice:\n%s\n%s", l, again)
		}
		Check(l, Rules{Ring: 4}) // must not crash
	})
}
