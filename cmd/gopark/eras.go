package main

import (
	"fmt"

	"gopark/sim/sched"
)

// eras lists the schedulers, oldest first.
func (a *app) eras(args []string) int {
	if len(args) > 0 {
		fmt.Fprintln(a.stderr, "usage: gopark eras")
		return exitUsage
	}
	for _, e := range sched.Eras {
		fmt.Fprintf(a.stdout, "%-10s %s\n", e.Name, e.Doc)
	}
	return exitOK
}
