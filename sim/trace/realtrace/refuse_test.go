package realtrace_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"gopark/sim/sched"
	"gopark/sim/sched/schedtest"
	"gopark/sim/trace/gotrace"
	"gopark/sim/trace/realtrace"
)

// TestRefused: what is no trace, or an old one, or not whole, is told from each
// other, each in one sentence.
func TestRefused(t *testing.T) {
	good := made(t, "1: spawn 2, run 50us, wait 1, quit 0\n2: run 10us, done\n")
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"nothing", nil, realtrace.ErrFormat.Error()},
		{"text", []byte("package main\n\nfunc main() { println(1) }\n"), realtrace.ErrFormat.Error()},
		{"a picture", []byte("\x89PNG\r\n\x1a\n0000000000000000000"), realtrace.ErrFormat.Error()},
		{"Go 1.5", []byte("go 1.5 trace\x00\x00\x00\x00 and more"), realtrace.ErrOld.Error()},
		{"Go 1.21", []byte("go 1.21 trace\x00\x00\x00 and more"), realtrace.ErrOld.Error()},
		{"a release to come", []byte("go 1.99 trace\x00\x00\x00 and more"), "go 1.99"},
		{"only a head", good[:16], "nothing in it"},
		{"the first half", good[:len(good)/2], "damaged or cut off"},
		{"without its end", good[:len(good)-40], "damaged or cut off"},
		{"bytes changed", bytes.ReplaceAll(good, []byte{16}, []byte{20}), "damaged or cut off"},
		{"too large", append(bytes.Clone(good), make([]byte, realtrace.MaxSize)...), "larger than"},
	} {
		_, err := read(c.data)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Count(err.Error(), "\n") > 0 || !strings.HasSuffix(err.Error(), ".") {
			t.Errorf("%s: got %q, want a sentence with %q", c.name, err, c.want)
		}
	}
	if n, err := read(good); err != nil || n == 0 {
		t.Errorf("the whole trace: %d events, %v", n, err)
	}
}

// read reads a trace to its end.
func read(data []byte) (events int, err error) {
	r, err := realtrace.NewReader(data)
	if err != nil {
		return 0, err
	}
	for {
		e, more, err := r.Next()
		if err != nil || !more {
			return events, err
		}
		for range r.Calls(e.Stack) {
		}
		events++
	}
}

// made is what the exporter writes of a script.
func made(t testing.TB, script string) []byte {
	t.Helper()
	e, _ := sched.Lookup("go1.26")
	log := schedtest.Run(t, e, script, sched.Config{Cores: 2, Procs: 2, Seed: 5})
	var b bytes.Buffer
	if err := gotrace.Write(&b, gotrace.Run{Log: log, Rules: e.Rules()}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestMadeUpTraceEnds: a trace whose threads all wait for each other, event by
// event, is given up in time in proportion to its size.
func TestMadeUpTraceEnds(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("go 1.26 trace\x00\x00\x00")
	batch := func(m int, data ...byte) {
		b.Write([]byte{1, 1, byte(m)&0x7f | 0x80, byte(m >> 7), 1, byte(len(data)) & 0x7f})
		b.Write(data)
	}
	for m := range 8000 {
		batch(m, byte(realtrace.GoStart), 1, 5, 9) // of a goroutine that never is
	}
	batch(9000, 50, 8, 0x80, 0x94, 0xeb, 0xdc, 3)
	b.WriteByte(52)
	begin := time.Now()
	if _, err := read(b.Bytes()); err == nil || errors.Is(err, realtrace.ErrFormat) {
		t.Errorf("got %v", err)
	}
	if took := time.Since(begin); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}

// FuzzRead: whatever the bytes, reading ends, with events or with one sentence.
func FuzzRead(f *testing.F) {
	f.Add(made(f, "1: spawn 2, run 50us, wait 1, quit 0\n2: run 10us, done\n"))
	f.Add(made(f, "1: spawn 2..6, sleep 1ms, wait 5, quit 0\n2..6: run 20us, yield, syscall 60us, sleep 10us, done\n"))
	f.Add(record(f, "short"))
	f.Add([]byte("go 1.22 trace\x00\x00\x00\x01\x01\x01\x01\x02\x08\x05"))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := read(data)
		if n > len(data)+1 {
			t.Errorf("%d events of %d bytes", n, len(data))
		}
		if err != nil && (strings.Contains(err.Error(), "\n") || !strings.HasSuffix(err.Error(), ".")) {
			t.Errorf("this is not one sentence: %q", err)
		}
	})
}
