package main

import (
	"flag"
	"fmt"
)

// trace runs a program and prints the scheduler's log, one event a line. What
// the program prints goes to standard error, so that the log can be kept.
func (a *app) trace(args []string) int {
	rec, _, code := a.record(flag.NewFlagSet("gopark trace", flag.ContinueOnError), args)
	if rec == nil {
		return code
	}
	rec.Advance(0, 0)
	for _, o := range rec.Output() {
		fmt.Fprint(a.stderr, o.Text)
	}
	if err := rec.Log().Write(a.stdout); err != nil {
		fmt.Fprintln(a.stderr, "gopark trace:", err)
		return exitError
	}
	_, code = rec.Ended()
	return code
}
