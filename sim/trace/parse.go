package trace

import (
	"fmt"
	"strconv"
	"strings"

	"gopark/sim/task"
)

// Parse reads the text form of a log. Empty lines and what follows a # are ignored.
func Parse(text string) (*Log, error) {
	l := &Log{}
	p := parser{tasks: map[int64]task.ID{}}
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		e, err := p.event(f)
		if err != nil {
			return nil, fmt.Errorf("line %d: %v", i+1, err)
		}
		l.Add(e)
	}
	return l, nil
}

type parser struct {
	tasks map[int64]task.ID // by goid; only looked up
}

func (p *parser) event(f []string) (Event, error) {
	var e Event
	if len(f) < 6 {
		return e, fmt.Errorf("%d columns, want 6 or more", len(f))
	}
	var err error
	if e.Time, err = strconv.ParseInt(f[0], 10, 64); err != nil {
		return e, err
	}
	if e.Kind = kindByName(f[5]); e.Kind == NumKinds {
		return e, fmt.Errorf("no event %q", f[5])
	}
	core, err := parseRef(f[1], "c", 15, nil)
	m, err := parseRef(f[2], "m", 31, err)
	proc, err := parseRef(f[3], "p", 31, err)
	if err != nil {
		return e, err
	}
	e.Core, e.M, e.P = int16(core), int32(m), int32(proc)
	args := f[6:]
	if e.G, args, err = p.who(e.Kind, f[4], args); err != nil {
		return e, err
	}
	info := Kinds[e.Kind]
	for _, a := range []struct {
		arg Arg
		to  *int64
	}{{info.A, &e.A}, {info.B, &e.B}} {
		if a.arg.Type == ArgNone {
			continue
		}
		if len(args) == 0 {
			return e, fmt.Errorf("%s lacks %s", e.Kind, a.arg.Name)
		}
		if *a.to, err = parseArg(a.arg, args[0]); err != nil {
			return e, err
		}
		args = args[1:]
	}
	if len(args) > 0 {
		return e, fmt.Errorf("%s has too many arguments: %q", e.Kind, args)
	}
	return e, nil
}

// who reads the goroutine's column.
func (p *parser) who(k Kind, s string, args []string) (task.ID, []string, error) {
	if s == "-" || strings.HasPrefix(s, "t") {
		id, err := parseRef(s, "t", 31, nil)
		return task.ID(id), args, err
	}
	goid, err := parseRef(s, "g", 63, nil)
	if err != nil {
		return 0, nil, err
	}
	if k == GoCreate {
		if len(args) == 0 {
			return 0, nil, fmt.Errorf("GoCreate lacks task")
		}
		id, err := parseArg(Arg{"task", ArgInt}, args[0])
		if err != nil || id < 0 || id >= 1<<31 {
			return 0, nil, fmt.Errorf("bad %q", args[0])
		}
		p.tasks[goid] = task.ID(id)
		return task.ID(id), args[1:], nil
	}
	id, ok := p.tasks[goid]
	if !ok {
		return 0, nil, fmt.Errorf("no GoCreate of %s before", s)
	}
	return id, args, nil
}

func parseRef(s, letter string, bits int, err error) (int64, error) {
	if err != nil || s == "-" {
		return -1, err
	}
	digits, ok := strings.CutPrefix(s, letter)
	n, err := strconv.ParseUint(digits, 10, bits)
	if !ok || err != nil {
		return 0, fmt.Errorf("%q, want %s and a number or -", s, letter)
	}
	return int64(n), nil
}

func parseArg(a Arg, s string) (int64, error) {
	v, ok := strings.CutPrefix(s, a.Name+"=")
	if !ok {
		return 0, fmt.Errorf("%q, want %s=", s, a.Name)
	}
	switch a.Type {
	case ArgThread:
		return parseRef(v, "m", 63, nil)
	case ArgProc:
		return parseRef(v, "p", 63, nil)
	case ArgLock:
		if v == schedLock {
			return 0, nil
		}
		p, err := parseRef(v, "p", 31, nil)
		if p >= 0 {
			p++
		}
		return p, err
	case ArgAddr:
		n, err := strconv.ParseUint(strings.TrimPrefix(v, "0x"), 16, 64)
		return int64(n), err
	}
	for i, name := range argNames(a.Type) {
		if strings.ReplaceAll(name, " ", "_") == v {
			return int64(i), nil
		}
	}
	return strconv.ParseInt(v, 10, 64)
}

// kindByName is NumKinds if there is no such kind.
func kindByName(name string) Kind {
	for k := range NumKinds {
		if Kinds[k].Name == name {
			return k
		}
	}
	return NumKinds
}
