package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/lesson"
	"gopark/sim/sched"
	"gopark/sim/std"
)

// hostTimes is what the host's clock said about the phases.
type hostTimes struct {
	sim.Times
	exec time.Duration
}

// A job is a program that is ready to run, and whose scheduler it will have.
type job struct {
	sim.Recording
	times hostTimes
	era   *sched.Era
}

// record does what run and trace have in common: flags, source, diagnostics.
// It returns nil and an exit code if there is nothing to run.
func (a *app) record(m *machineFlags, flags *flag.FlagSet, args []string) (*job, int) {
	if err := m.parse(a, flags, args); err != nil {
		fmt.Fprintln(a.stderr, flags.Name()+":", err)
		return nil, exitUsage
	}
	prog, code := a.load(flags)
	if prog == nil {
		return nil, code
	}
	m.cfg.History = -1 // nobody looks back here
	rec, err := prog.Record(m.cfg)
	if err != nil {
		fmt.Fprintln(a.stderr, flags.Name()+":", err)
		return nil, exitUsage
	}
	era, _ := sched.Lookup(m.cfg.Era) // Record has found it
	return &job{Recording: rec, times: hostTimes{Times: prog.Times()}, era: era}, exitOK
}

// load reads in the program that the one argument names. Without a program it
// has said why, and returns an exit code.
func (a *app) load(flags *flag.FlagSet) (*sim.Program, int) {
	if flags.NArg() != 1 {
		fmt.Fprintf(a.stderr, "usage: %s [flags] FILE.go\n", flags.Name())
		return nil, exitUsage
	}
	files, err := sourceFiles(flags.Arg(0))
	if err != nil {
		fmt.Fprintln(a.stderr, flags.Name()+":", err)
		return nil, exitError
	}
	lib, err := host.Library()
	if err != nil {
		fmt.Fprintln(a.stderr, flags.Name()+":", err)
		return nil, exitError
	}
	prog, diagnostics, err := sim.Load(lib, files)
	for _, d := range diagnostics {
		fmt.Fprintf(a.stderr, "%s:%d:%d: %s\n", d.File, d.Line, d.Column, d.Message)
	}
	if err != nil {
		fmt.Fprintln(a.stderr, flags.Name()+":", err)
	}
	return prog, exitError
}

// sourceFiles are a file, or the Go files of a folder that aren't tests.
func sourceFiles(name string) ([]sim.File, error) {
	names := []string{name}
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		names, err = goFilesOf(name)
	}
	if err != nil {
		return nil, err
	}
	var files []sim.File
	for _, n := range names {
		text, err := os.ReadFile(n)
		if err != nil {
			return nil, err
		}
		files = append(files, sim.File{Name: n, Text: text})
	}
	return files, nil
}

func goFilesOf(dir string) ([]string, error) {
	all, err := filepath.Glob(filepath.Join(dir, "*.go"))
	var names []string
	for _, n := range all {
		if test, _ := filepath.Match("*_test.go", filepath.Base(n)); !test {
			names = append(names, n)
		}
	}
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("%s: %w: no Go files", dir, fs.ErrNotExist)
	}
	return names, err
}

// cellFile is what a cell's program is called in messages and tracebacks.
const cellFile = "main.go"

// recordCell is lesson.Record.
func recordCell(c *lesson.Cell, cfg sim.Config) (sim.Recording, []sim.Diagnostic) {
	prog, diagnostics, err := host.Load(cellFile, c.Source)
	if err == nil && prog != nil {
		var rec sim.Recording
		if rec, err = prog.Record(cfg); err == nil {
			return rec, nil
		}
	}
	if err != nil {
		diagnostics = append(diagnostics, sim.Diagnostic{File: cellFile, Line: 1, Column: 1, Message: err.Error()})
	}
	return nil, diagnostics
}

// buildStd puts the standard library's image into the site: the first part by a
// name that the page is told, the others by names that the first part knows.
func (s *site) buildStd() error {
	image, err := host.Image()
	if err != nil {
		return err
	}
	first, rest, err := std.Split(image)
	if err != nil {
		return err
	}
	for _, p := range rest {
		b, err := gzipped(p.Bytes)
		if err != nil {
			return err
		}
		if err := s.write("assets/"+p.Name+std.PartSuffix, b); err != nil {
			return err
		}
	}
	return s.compressed("std.img", first)
}
