package main

import (
	"flag"
	"fmt"

	"gopark/sim/code"
)

// dis prints the bytecode of a program's own functions.
func (a *app) dis(args []string) int {
	flags := flag.NewFlagSet("gopark dis", flag.ContinueOnError)
	flags.SetOutput(a.stderr)
	if err := flags.Parse(args); err != nil {
		return exitUsage
	}
	prog, exit := a.load(flags)
	if prog == nil {
		return exit
	}
	for _, f := range prog.Object().Funcs {
		fmt.Fprintln(a.stdout, code.Disassemble(f))
	}
	return exitOK
}
