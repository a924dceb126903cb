// Command gopark is the pipeline on a terminal, and the workshop of those who
// write lessons. It knows files, flags and streams; what a program means and
// how it runs is package sim's.
//
//	gopark run FILE.go      run a program in virtual time
//	gopark trace FILE.go    … and print the scheduler's log
//	gopark dis FILE.go      print a program's bytecode
//	gopark eras             list the schedulers
//	gopark check [FILE.md]  check the lessons
//	gopark build            build the site into dist/
//	gopark serve            build it, serve it, rebuild it when a file changes
package main

import (
	"fmt"
	"io"
	"os"
	"runtime/debug"
)

// An app is the outside world of a command.
type app struct {
	stdout, stderr io.Writer
	getenv         func(string) string
}

// A command is one word behind gopark. run returns the exit code.
type command struct {
	name, args, short string
	run               func(a *app, args []string) int
}

var commands = []command{
	{"run", "[flags] FILE.go|DIR", "run a program in virtual time", (*app).run},
	{"trace", "[flags] FILE.go|DIR", "run a program and write down what the scheduler did", (*app).trace},
	{"compare", "[flags] FILE.go|DIR", "run a program in several eras and say how the runs differ", (*app).compare},
	{"dis", "FILE.go|DIR", "print a program's bytecode", (*app).dis},
	{"costs", "[-measure]", "list what everything costs in virtual time, and the sources", (*app).costs},
	{"eras", "", "list the schedulers", (*app).eras},
	{"check", "[FILE.md …]", "run every cell of the lessons and check what they say", (*app).check},
	{"build", "[-o dist]", "build the site", (*app).build},
	{"serve", "[-addr host:port]", "build the site and serve it, rebuilding when a file changes", (*app).serve},
}

// Exit codes of gopark itself; run passes on the program's.
const (
	exitOK    = 0
	exitError = 1 // the program doesn't compile, a lesson is wrong, a file is missing
	exitUsage = 2
)

func main() {
	a := &app{stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv}
	os.Exit(a.main(os.Args[1:]))
}

func (a *app) main(args []string) (code int) {
	defer a.explainPanic(args, &code)
	if len(args) == 0 {
		a.usage()
		return exitUsage
	}
	for _, c := range commands {
		if c.name == args[0] {
			return c.run(a, args[1:])
		}
	}
	a.usage()
	return exitUsage
}

func (a *app) usage() {
	fmt.Fprintln(a.stderr, "usage: gopark COMMAND")
	for _, c := range commands {
		fmt.Fprintf(a.stderr, "  %-30s %s\n", c.name+" "+c.args, c.short)
	}
}

// exitBroken is the exit code when the simulator itself is wrong.
const exitBroken = 70

// explainPanic turns a mistake of the simulator into a message that says how
// to repeat it: the reader's program can't cause one.
func (a *app) explainPanic(args []string, code *int) {
	r := recover()
	if r == nil {
		return
	}
	fmt.Fprintf(a.stderr, "gopark: the simulator is wrong, not your program: %v\nto repeat it: gopark %v\n%s", r, args, debug.Stack())
	*code = exitBroken
}
