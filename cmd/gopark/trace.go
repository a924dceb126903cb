package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"gopark/sim"
	"gopark/sim/trace/gotrace"
	"gopark/sim/trace/perfetto"
	"gopark/sim/trace/stacks"
	"gopark/sim/vm"
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

// stackTable runs the program once more, for the stacks at its events.
func stackTable(rec sim.Recording) *stacks.Table {
	table := &stacks.Table{}
	if r, ok := rec.(sim.Walker); ok {
		r.Walk(func(n int, l sim.Looker) { table.Look(rec.Log(), n, l) })
	}
	return table
}

func writeText(w io.Writer, j *job) error { return j.Log().Write(w) }

func writeGoTrace(w io.Writer, j *job) error {
	return gotrace.Write(w, gotrace.Run{Log: j.Log(), Rules: j.era.Rules(), Stacks: stackTable(j.Recording), Notes: notes(j.Recording), Epoch: vm.Epoch})
}

func writePerfetto(w io.Writer, j *job) error {
	return perfetto.Write(w, perfetto.Run{Log: j.Log(), Rules: j.era.Rules(), Stacks: stackTable(j.Recording)})
}

// notes are what the program said with package runtime/trace.
func notes(rec sim.Recording) []gotrace.Note {
	r, ok := rec.(sim.Annotated)
	if !ok {
		return nil
	}
	var list []gotrace.Note
	for _, a := range r.Annotations() {
		list = append(list, gotrace.Note{Kind: noteKinds[a.Kind], Event: a.Event, Time: a.Time, G: a.G,
			Task: a.Task, Parent: a.Parent, Name: a.Name, Text: a.Text, Calls: a.Calls})
	}
	return list
}

var noteKinds = [...]gotrace.NoteKind{
	vm.TaskBegin: gotrace.TaskBegin, vm.TaskEnd: gotrace.TaskEnd, vm.RegionBegin: gotrace.RegionBegin,
	vm.RegionEnd: gotrace.RegionEnd, vm.Message: gotrace.Message,
}
