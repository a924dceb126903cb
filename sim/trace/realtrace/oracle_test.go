package realtrace_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	exp "golang.org/x/exp/trace"

	"gopark/sim/trace/realtrace"
)

// TestAgainstGo reads traces of real programs, made now, with Go's own reader
// and ours, and compares them event by event: time, thread, P, goroutine, what
// it is about, why and in which calls. Traces of other releases are compared too
// if somebody has some: GOPARK_TRACES='/tmp/*.out'.
func TestAgainstGo(t *testing.T) {
	for _, name := range []string{"short", "channels", "crowd", "notes", "regions"} {
		t.Run(name, func(t *testing.T) { compare(t, record(t, name)) })
	}
	more, _ := filepath.Glob(os.Getenv("GOPARK_TRACES"))
	for _, name := range more {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, data)
		})
	}
}

// record runs a program of testdata, which writes a trace of itself.
func record(t testing.TB, name string) []byte {
	t.Helper()
	cmd := exec.Command("go", "run", filepath.Join("testdata", "programs", name+".go"))
	cmd.Env = append(os.Environ(), "GOMAXPROCS=3")
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %v\n%s", cmd.Args, err, &said)
	}
	return out.Bytes()
}

func compare(t *testing.T, data []byte) {
	theirs, err := exp.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	ours, err := realtrace.NewReader(data)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for n := 0; ; n++ {
		want, wantErr := next(theirs)
		got, more, gotErr := ours.Next()
		if errors.Is(wantErr, io.EOF) {
			if more || gotErr != nil {
				t.Fatalf("Go's reader finds %d events, ours goes on: %+v, %v", n, got, gotErr)
			}
			t.Logf("%d bytes, go1.%d, %d events: %v", len(data), ours.Version(), n, counts)
			return
		}
		if wantErr != nil || gotErr != nil || !more {
			t.Fatalf("event %d: Go's reader says %v, ours %v, more %v", n, wantErr, gotErr, more)
		}
		a, b := tellTheirs(want), tellOurs(ours, got)
		if a != b {
			t.Fatalf("event %d differs:\n%s\n%s\n%v", n, a, b, want)
		}
		counts[want.Kind().String()]++
	}
}

// next leaves out what is no event of a thread's.
func next(r *exp.Reader) (exp.Event, error) {
	for {
		e, err := r.ReadEvent()
		if err != nil || e.Kind() != exp.EventSync && e.Kind() != exp.EventStackSample {
			return e, err
		}
	}
}

// tellTheirs writes down what an event says as far as both readers know it.
func tellTheirs(e exp.Event) string {
	s := fmt.Sprintf("%d m%d p%d g%d", e.Time(), e.Thread(), e.Proc(), e.Goroutine())
	switch e.Kind() {
	case exp.EventStateTransition:
		st := e.StateTransition()
		switch st.Resource.Kind {
		case exp.ResourceProc:
			from, to := st.Proc()
			if from == exp.ProcUndetermined || from == exp.ProcNotExist || from == to {
				return s + fmt.Sprintf(" P%d is", st.Resource.Proc())
			}
			return s + fmt.Sprintf(" P%d %s", st.Resource.Proc(), to)
		case exp.ResourceGoroutine:
			from, to := st.Goroutine()
			if from == exp.GoUndetermined {
				return s + fmt.Sprintf(" G%d is %s at first, born nowhere: %s", st.Resource.Goroutine(), to, calls(st.Stack))
			}
			if from == to {
				return s + fmt.Sprintf(" G%d is %s", st.Resource.Goroutine(), to)
			}
			stack := e.Stack()
			born := ""
			if from == exp.GoNotExist {
				born = calls(st.Stack)
			}
			return s + fmt.Sprintf(" G%d %s %s: %s %s", st.Resource.Goroutine(), to, st.Reason, calls(stack), born)
		}
	case exp.EventRangeBegin, exp.EventRangeActive:
		return s + " range " + calls(e.Stack())
	case exp.EventMetric:
		return s + fmt.Sprintf(" metric %d", e.Metric().Value.Uint64())
	case exp.EventLabel:
		return s + " label " + e.Label().Label
	case exp.EventTaskBegin:
		parent := e.Task().Parent
		if parent == exp.NoTask {
			parent = exp.BackgroundTask // as the file has it
		}
		return s + fmt.Sprintf(" task %d of %d %q begins: ", e.Task().ID, parent, e.Task().Type) + calls(e.Stack())
	case exp.EventTaskEnd:
		return s + fmt.Sprintf(" task %d ends: ", e.Task().ID) + calls(e.Stack())
	case exp.EventRegionBegin, exp.EventRegionEnd:
		return s + fmt.Sprintf(" %s of task %d %q: ", e.Kind(), e.Region().Task, e.Region().Type) + calls(e.Stack())
	case exp.EventLog:
		return s + fmt.Sprintf(" in task %d %q is %q: ", e.Log().Task, e.Log().Category, e.Log().Message) + calls(e.Stack())
	}
	return s
}

func calls(s exp.Stack) (text string) {
	for f := range s.Frames() {
		text += fmt.Sprintf(" %s:%d", f.Func, f.Line)
	}
	return text
}

// went is the status that a goroutine has after an event.
var went = map[realtrace.Type]string{
	realtrace.GoCreate: "Runnable", realtrace.GoCreateBlocked: "Waiting", realtrace.GoCreateSyscall: "Syscall", realtrace.GoStart: "Running",
	realtrace.GoDestroy: "NotExist", realtrace.GoDestroySyscall: "NotExist", realtrace.GoStop: "Runnable", realtrace.GoBlock: "Waiting",
	realtrace.GoUnblock: "Runnable", realtrace.GoSwitch: "Runnable", realtrace.GoSwitchDestroy: "Runnable", realtrace.GoSyscallBegin: "Syscall",
	realtrace.GoSyscallEnd: "Running", realtrace.GoSyscallEndBlocked: "Runnable",
}

var goStatuses = []string{1: "Runnable", 2: "Running", 3: "Syscall", 4: "Waiting"}

func tellOurs(r *realtrace.Reader, e realtrace.Event) string {
	s := fmt.Sprintf("%d m%d p%d g%d", e.Time, e.M, e.P, e.G)
	switch e.Type {
	case realtrace.ProcStatus:
		return s + fmt.Sprintf(" P%d is", e.Args[0])
	case realtrace.ProcStart:
		return s + fmt.Sprintf(" P%d Running", e.Args[0])
	case realtrace.ProcStop:
		return s + fmt.Sprintf(" P%d Idle", e.P)
	case realtrace.ProcSteal:
		return s + fmt.Sprintf(" P%d Idle", e.Args[0])
	case realtrace.GoStatus, realtrace.GoStatusStack:
		if e.Initial {
			return s + fmt.Sprintf(" G%d is %s at first, born nowhere: %s", e.Args[0], goStatuses[e.Args[2]], ourCalls(r, e.Stack))
		}
		return s + fmt.Sprintf(" G%d is %s", e.Args[0], goStatuses[e.Args[2]])
	case realtrace.HeapAlloc, realtrace.HeapGoal:
		return s + fmt.Sprintf(" metric %d", e.Args[0])
	case realtrace.ProcsChange:
		return s + fmt.Sprintf(" metric %d", e.Args[0])
	case realtrace.GoLabel:
		return s + " label " + e.Text
	case realtrace.UserTaskBegin:
		return s + fmt.Sprintf(" task %d of %d %q begins: ", e.Args[0], e.Args[1], e.Text) + ourCalls(r, e.Stack)
	case realtrace.UserTaskEnd:
		return s + fmt.Sprintf(" task %d ends: ", e.Args[0]) + ourCalls(r, e.Stack)
	case realtrace.UserRegionBegin:
		return s + fmt.Sprintf(" %s of task %d %q: ", exp.EventRegionBegin, e.Args[0], e.Text) + ourCalls(r, e.Stack)
	case realtrace.UserRegionEnd:
		return s + fmt.Sprintf(" %s of task %d %q: ", exp.EventRegionEnd, e.Args[0], e.Text) + ourCalls(r, e.Stack)
	case realtrace.UserLog:
		return s + fmt.Sprintf(" in task %d %q is %q: ", e.Args[0], e.Key, e.Text) + ourCalls(r, e.Stack)
	case realtrace.STWBegin, realtrace.GCActive, realtrace.GCBegin, 31, 32, 34, 35:
		return s + " range " + ourCalls(r, e.Stack)
	}
	if to, ok := went[e.Type]; ok {
		about, born := uint64(e.G), ""
		switch e.Type {
		case realtrace.GoStop, realtrace.GoBlock, realtrace.GoDestroy, realtrace.GoDestroySyscall, realtrace.GoSyscallBegin, realtrace.GoSyscallEnd, realtrace.GoSyscallEndBlocked:
		case realtrace.GoCreate, realtrace.GoCreateBlocked:
			about, born = e.Args[0], ourCalls(r, e.Born)
		default:
			about = e.Args[0]
		}
		return s + fmt.Sprintf(" G%d %s %s: %s %s", about, to, e.Text, ourCalls(r, e.Stack), born)
	}
	return s
}

func ourCalls(r *realtrace.Reader, stack int32) (text string) {
	for _, c := range r.Calls(stack) {
		text += fmt.Sprintf(" %s:%d", c.Func, c.Line)
	}
	return text
}
