package view

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopark/sim/task"
	"gopark/sim/trace"
	"gopark/sim/view/phrase"
)

// say is the sentence of one event of a run in which G7 is task 2 and M1 runs G9.
func say(e trace.Event) Sentence {
	var log trace.Log
	log.Add(trace.Event{Kind: trace.GoCreate, Core: -1, M: -1, P: -1, G: 1, A: 9, B: int64(trace.InNext)})
	log.Add(trace.Event{Kind: trace.GoCreate, Core: -1, M: -1, P: -1, G: 2, A: 7, B: int64(trace.InNext)})
	log.Add(trace.Event{Kind: trace.GoStart, M: 1, P: 0, G: 1, A: int64(trace.InRing)})
	log.Add(e)
	var f Fold
	f.Read(&log)
	return f.Sentence(&log, 3)
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		e    trace.Event
		want string
	}{
		{trace.Event{Kind: trace.GoCreate, M: 1, P: 0, G: 3, A: 12, B: int64(trace.InNext)}, "G9 creates G12, which goes to P0's runnext."},
		{trace.Event{Kind: trace.GoBlock, M: 1, P: 0, G: 1, A: int64(task.ChanSend)}, "G9 blocks on chan send; M1 has to look for other work."},
		{trace.Event{Kind: trace.GoUnblock, M: 1, P: 0, G: 2, B: int64(trace.InNext)}, "G9 makes G7 ready: it goes to P0's runnext."},
		{trace.Event{Kind: trace.GoUnblock, M: -1, P: -1, G: 2, B: int64(trace.InGlobal)}, "G7 becomes ready: it goes to the tail of the global queue."},
		{trace.Event{Kind: trace.GoStart, M: 0, P: 0, G: 2, A: int64(trace.InRing)}, "M0 looks in P0's run queue and runs its head, G7. A new time slice begins."},
		{trace.Event{Kind: trace.Steal, M: 0, P: 1, G: 2, A: 0, B: 3}, "M0 steals 3 from P0's queue: G7 in hand, the others to P1's queue."},
		{trace.Event{Kind: trace.Steal, M: 0, P: 1, G: 2, A: 0, B: 1}, "M0 steals G7 from P0's queue."},
		{trace.Event{Kind: trace.GlobalTake, M: 0, P: 1, G: 2, A: 1}, "M0 takes G7 from the head of the global queue."},
		{trace.Event{Kind: trace.GoPreempt, M: 0, P: 0, G: 2, A: int64(trace.WhyTime)}, "G7's time slice has lasted for 10 ms or more: M0 asks it to stop. It is a preemption."},
		{trace.Event{Kind: trace.Look, M: 0, P: 1, G: -1, A: int64(trace.LookSteal), B: 0}, "M0 looks whether it can steal from P0's queue: nothing."},
		{trace.Event{Kind: trace.Look, M: 0, P: 1, G: -1, A: int64(trace.LookGlobal), B: -1}, "M0 looks in the global queue: nothing."},
		{trace.Event{Kind: trace.ThreadCreate, M: 1, P: 0, G: -1, A: 4}, "G9 needs another thread: the kernel makes M4."},
		{trace.Event{Kind: trace.StackGrow, M: 1, P: 0, G: 1, A: 2048, B: 4096}, "G9's stack of 2,048 bytes is full: it is copied to one of 4,096 bytes."},
		{trace.Event{Kind: trace.GoSyscallBegin, M: 1, P: 0, G: 1, A: 25_000}, "G9 enters a system call and takes M1 with it; the kernel needs 25 µs."},
	} {
		if got := say(c.e).String(); got != c.want {
			t.Errorf("%s: got %q, want %q", c.e.Kind, got, c.want)
		}
	}
}

// Where each goroutine has a thread of its own, that thread looks for nothing.
func TestBlockingOnOnesOwnThread(t *testing.T) {
	var log trace.Log
	log.Add(trace.Event{Kind: trace.GoCreate, M: -1, G: 0, A: 1, B: int64(trace.InThread)})
	log.Add(trace.Event{Kind: trace.GoStart, M: 0, P: -1, G: 0, A: int64(trace.InThread)})
	log.Add(trace.Event{Kind: trace.GoBlock, M: 0, P: -1, G: 0, A: int64(task.ChanSend)})
	var f Fold
	f.Read(&log)
	want := "G1 blocks on chan send; its thread, M0, has nothing else to do and sleeps."
	if got := f.Sentence(&log, 2).String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Where there are no Ps, a thread that was in the kernel can't have lost one.
func TestBackFromTheKernel(t *testing.T) {
	for _, c := range []struct{ procs, want string }{
		{"", "G1 is back from its system call, but its place has been taken. G1 goes to the tail of the global queue."},
		{"one", "G1 is back from its system call, but M0 has lost its P. G1 goes to the tail of the global queue."},
	} {
		var log trace.Log
		if c.procs != "" {
			log.Add(trace.Event{Kind: trace.ProcsChange, M: 0, P: -1, G: -1, A: 1})
		}
		log.Add(trace.Event{Kind: trace.GoCreate, M: -1, G: 0, A: 1, B: int64(trace.InGlobal)})
		log.Add(trace.Event{Kind: trace.GoStart, M: 0, P: -1, G: 0, A: int64(trace.InGlobal)})
		log.Add(trace.Event{Kind: trace.GoSyscallBegin, M: 0, P: -1, G: 0, A: 600})
		log.Add(trace.Event{Kind: trace.GoSyscallEndBlocked, M: 0, P: -1, G: 0, B: int64(trace.InGlobal)})
		var f Fold
		f.Read(&log)
		if got := f.Sentence(&log, log.Len()-1).String(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// TestEveryKindHasASentence walks the table of kinds, with someone and with
// no one in every place of each.
func TestEveryKindHasASentence(t *testing.T) {
	marks := regexp.MustCompile(`[{}<>\[\]|]|  | \.|: \.`)
	for k := trace.Cores; k < trace.NumKinds; k++ {
		for a := range int64(6) {
			for _, e := range []trace.Event{
				{Kind: k, M: 1, P: 0, G: 2, A: a, B: 1},
				{Kind: k, M: 0, P: 1, G: 2, A: a, B: 0},
				{Kind: k, Core: -1, M: 0, P: -1, G: 2, A: a, B: 5},
			} {
				if e.P < 0 && strings.HasPrefix(k.String(), "Proc") {
					continue // they are about a P
				}
				s := say(e).String()
				if !strings.HasSuffix(s, ".") || marks.MatchString(s) || len(s) < 8 {
					t.Errorf("%s A=%d B=%d: %q", k, e.A, e.B, s)
				}
			}
		}
	}
}

func TestEveryPhraseIsThere(t *testing.T) {
	for i, s := range phrase.Places {
		if s == "" || phrase.Starts[i] == "" {
			t.Errorf("place %s has no phrase", trace.Place(i))
		}
	}
	for i, s := range phrase.Looks {
		if s == "" {
			t.Errorf("%s has no phrase", trace.Where(i))
		}
	}
	for i, s := range phrase.Whys {
		if s == "" && trace.Why(i) != trace.WhyNone {
			t.Errorf("%s has no phrase", trace.Why(i))
		}
	}
}

// TestWords checks that every marked word is explained, and that the function
// it names is in the Go runtime.
func TestWords(t *testing.T) {
	marked := regexp.MustCompile(`\[([^|\]]+)[|\]]`)
	var all []string
	all = append(all, phrase.Events[:]...)
	all = append(all, phrase.Starts[:]...)
	all = append(all, phrase.Places[:]...)
	all = append(all, phrase.Looks[:]...)
	for k := trace.Cores; k < trace.NumKinds; k++ {
		for _, a := range []int64{-1, 1} {
			all = append(all, templateOf(trace.Event{Kind: k, A: max(a, 0)}))
			if k != trace.GoStart {
				all = append(all, templateOf(trace.Event{Kind: k, M: -1, A: a}))
			}
		}
	}
	for _, s := range all {
		for _, m := range marked.FindAllStringSubmatch(s, -1) {
			if _, ok := WordFor(m[1]); !ok {
				t.Errorf("%q marks %q, which the word list has not", s, m[1])
			}
		}
	}
	for r := range task.NumReasons {
		if w := reasonWord(r); w != "" {
			if _, ok := WordFor(w); !ok {
				t.Errorf("%s is explained by %q, which the word list has not", r, w)
			}
		}
	}
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal("go env GOROOT: ", err)
	}
	goroot := strings.TrimSpace(string(out))
	for i, w := range phrase.Words {
		if i > 0 && strings.ToLower(phrase.Words[i-1].Key) >= strings.ToLower(w.Key) {
			t.Errorf("%q does not come after %q", w.Key, phrase.Words[i-1].Key)
		}
		if w.Func != "" {
			checkInRuntime(t, goroot, w)
		}
	}
}

func checkInRuntime(t *testing.T, goroot string, w Word) {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(goroot, "src", w.File))
	if err != nil {
		t.Errorf("%s: %v", w.Key, err)
		return
	}
	name := strings.TrimPrefix(w.Func, "runtime.")
	pattern := `func ` + regexp.QuoteMeta(name) + `\(`
	if recv, method, ok := strings.Cut(name, ")."); ok {
		pattern = `func \(\w+ ` + regexp.QuoteMeta(strings.TrimPrefix(recv, "(")) + `\) ` + method + `\(`
	}
	if !regexp.MustCompile(`(?m)^` + pattern).Match(source) {
		t.Errorf("%s: %s has no %s", w.Key, w.File, w.Func)
	}
}
