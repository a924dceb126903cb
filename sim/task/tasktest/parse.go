package tasktest

import (
	"fmt"
	"strconv"
	"strings"

	"gopark/sim/task"
)

// An op is one operation of a script.
type op struct {
	name string
	a, b int64 // numbers, times or tasks
	c    int64
	why  task.Reason
}

// argument kinds of an operation: d duration, n number or task, r range of
// tasks, w wait reason, if any.
var opArgs = map[string]string{
	"run": "d", "until": "d", "check": "", "note": "", "spawn": "r", "ready": "n", "park": "w", "again": "n", "wait": "n", "done": "",
	"sleep": "d", "syscall": "d", "poll": "d", "timer": "ndn", "stop": "n", "yield": "", "goyield": "", "lock": "",
	"unlock": "", "procs": "n", "collect": "d", "fault": "n", "reap": "n", "exit": "", "quit": "n", "crash": "n",
}

// A Script is what tasks do.
type Script struct {
	Main task.ID
	ops  [][]op // by task
}

// Parse reads a script.
func Parse(text string) (*Script, error) {
	s := &Script{Main: task.None}
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if err := s.line(line); err != nil {
			return nil, fmt.Errorf("line %d: %v", i+1, err)
		}
	}
	if s.Main == task.None {
		return nil, fmt.Errorf("no tasks")
	}
	return s, nil
}

func (s *Script) line(line string) error {
	who, what, ok := strings.Cut(line, ":")
	if !ok {
		return fmt.Errorf("no colon in %q", line)
	}
	lo, hi, err := parseRange(strings.TrimSpace(who))
	if err != nil {
		return err
	}
	var ops []op
	for _, word := range strings.Split(what, ",") {
		if strings.TrimSpace(word) == "" {
			continue
		}
		o, err := parseOp(strings.Fields(word))
		if err != nil {
			return err
		}
		ops = append(ops, o)
	}
	for id := lo; id <= hi; id++ {
		for int64(len(s.ops)) <= id {
			s.ops = append(s.ops, nil)
		}
		s.ops[id] = ops
	}
	if s.Main == task.None {
		s.Main = task.ID(lo)
	}
	return nil
}

func parseOp(f []string) (op, error) {
	o := op{name: f[0]}
	args, ok := opArgs[o.name]
	if !ok {
		return o, fmt.Errorf("no operation %q", o.name)
	}
	if args == "w" {
		o.why = task.Semacquire
		if len(f) > 1 {
			o.why = reason(strings.ReplaceAll(f[1], "_", " "))
		}
		return o, nil
	}
	if len(f)-1 != len(args) {
		return o, fmt.Errorf("%s wants %d arguments", o.name, len(args))
	}
	to := []*int64{&o.a, &o.b, &o.c}
	for i, kind := range args {
		var err error
		switch kind {
		case 'd':
			*to[i], err = parseDuration(f[i+1])
		case 'n':
			*to[i], err = strconv.ParseInt(f[i+1], 10, 31)
		case 'r':
			o.a, o.b, err = parseRange(f[i+1])
		}
		if err != nil {
			return o, err
		}
	}
	return o, nil
}

func reason(name string) task.Reason {
	for r := task.NoReason; r < task.NumReasons; r++ {
		if r.String() == name {
			return r
		}
	}
	return task.Semacquire
}

func parseRange(s string) (lo, hi int64, err error) {
	a, b, ok := strings.Cut(s, "..")
	if lo, err = strconv.ParseInt(a, 10, 31); err != nil {
		return
	}
	hi = lo
	if ok {
		hi, err = strconv.ParseInt(b, 10, 31)
	}
	if err == nil && (hi < lo || lo < 0 || hi > 1<<20) {
		err = fmt.Errorf("bad range %q", s)
	}
	return
}

func parseDuration(s string) (int64, error) {
	unit := int64(1)
	for _, u := range []struct {
		name string
		n    int64
	}{{"ms", 1e6}, {"us", 1e3}, {"ns", 1}} {
		if t, ok := strings.CutSuffix(s, u.name); ok {
			s, unit = t, u.n
			break
		}
	}
	n, err := strconv.ParseInt(s, 10, 40)
	if err == nil && n < 0 {
		err = fmt.Errorf("negative duration %q", s)
	}
	return n * unit, err
}
