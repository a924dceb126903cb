package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"gopark/sim/export"
	"gopark/sim/trace/gotrace"
)

// A format is a way to write down what happened in a run.
type format struct {
	name  string
	doc   string
	write func(io.Writer, *job) error
}

var formats = []format{
	{"text", "one line an event", writeText},
	{"go", "an execution trace, for go tool trace", writeGoTrace},
	{"perfetto", "trace events in JSON, for ui.perfetto.dev", writePerfetto},
}

// trace runs a program and writes down what the scheduler did. What the
// program prints goes to standard error, so that the log can be kept. To the
// program a trace is being taken: runtime/trace.IsEnabled says so.
func (a *app) trace(args []string) int {
	fs := flag.NewFlagSet("gopark trace", flag.ContinueOnError)
	var names []string
	for _, f := range formats {
		names = append(names, f.name+" ("+f.doc+")")
	}
	name := fs.String("format", formats[0].name, strings.Join(names, ", "))
	file := fs.String("o", "", "write to this file, not to standard output")
	var m machineFlags
	m.cfg.Annotate = true
	rec, code := a.record(&m, fs, args)
	if rec == nil {
		return code
	}
	var chosen *format
	for i := range formats {
		if formats[i].name == *name {
			chosen = &formats[i]
		}
	}
	if chosen == nil {
		fmt.Fprintf(a.stderr, "gopark trace: no format is called %q: there are %s\n", *name, strings.Join(names, ", "))
		return exitUsage
	}
	rec.Advance(0, 0)
	for _, o := range rec.Output() {
		fmt.Fprint(a.stderr, o.Text)
	}
	if err := a.writeTrace(*file, chosen, rec); err != nil {
		fmt.Fprintf(a.stderr, "gopark trace: %s: %v\n", rec.era.Name, err)
		if errors.Is(err, gotrace.ErrNoPs) {
			fmt.Fprintln(a.stderr, "gopark trace: -format perfetto can show every era")
		}
		return exitError
	}
	_, code = rec.Ended()
	return code
}

func (a *app) writeTrace(file string, f *format, rec *job) error {
	if file == "" {
		return f.write(a.stdout, rec)
	}
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	err = f.write(w, rec)
	if e := w.Flush(); err == nil {
		err = e
	}
	if e := out.Close(); err == nil {
		err = e
	}
	if err != nil {
		os.Remove(file)
	}
	return err
}

func writeText(w io.Writer, j *job) error { return j.Log().Write(w) }

func writeGoTrace(w io.Writer, j *job) error { return export.GoTrace(w, j.Recording, j.era) }

func writePerfetto(w io.Writer, j *job) error { return export.Perfetto(w, j.Recording, j.era) }
