// Package randgo writes random Go programs that are well typed, end, and print
// what they do. It knows Go's syntax and types, and nothing of those who run
// the programs: two of them should print the same.
//
// A program is a batch of bodies. Each body comes from a seed of its own, has
// declarations of its own, and prints under a heading, so that one that differs
// can be cut out of its batch. What Go leaves open is not written: a statement
// makes at most one call that changes something, ranges over maps only add up,
// and no capacity that append chose is looked at.
package randgo

import (
	"fmt"
	"strings"
)

// Heading is what a program prints before the output of a seed's body.
func Heading(seed uint64) string { return fmt.Sprintf("== %d", seed) }

// Program is the text of a program with one body for each seed.
func Program(seeds ...uint64) string {
	var decls, calls strings.Builder
	for i, seed := range seeds {
		g := newGen(seed, fmt.Sprintf("%d", i))
		g.body()
		decls.WriteString(g.decls.String())
		fmt.Fprintf(&calls, "\tbody(%q, body%d)\n", Heading(seed), i)
	}
	return "package main\n" + prelude + decls.String() + "\nfunc main() {\n" + calls.String() + "}\n"
}

// A gen writes one body.
type gen struct {
	rng    uint64
	suffix string // of what it declares at top level

	decls strings.Builder  // top-level declarations
	out   *strings.Builder // the function being written
	depth int              // of blocks
	names int              // given so far
	work  int              // statements that may still be written

	types []*typ // declared types, beside the basic ones
	funcs []*fn  // impure functions that may be called
	pures []*fn  // functions without effects
	vars  []*variable
	loops []string // labels of the loops around; "" for one without
	risks int      // operations that may panic that this statement may still have
}

// A variable is in scope.
type variable struct {
	name  string
	t     *typ
	fixed bool // not to be assigned
}

// A fn is a function of the body.
type fn struct {
	name    string
	params  []*typ
	results []*typ
}

func newGen(seed uint64, suffix string) *gen {
	return &gen{rng: seed*0x9e3779b97f4a7c15 + 1, suffix: suffix}
}

// next is splitmix64.
func (g *gen) next() uint64 {
	g.rng += 0x9e3779b97f4a7c15
	z := g.rng
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// n is a number below max.
func (g *gen) n(max int) int { return int(g.next() % uint64(max)) }

// one is true once in n times.
func (g *gen) one(n int) bool { return g.n(n) == 0 }

func pick[T any](g *gen, list []T) T { return list[g.n(len(list))] }

// risk reports whether an operation that may panic may be written here: one a
// statement, since Go leaves open which of two panics comes first.
func (g *gen) risk(odds int) bool {
	if g.risks > 0 && g.one(odds) {
		g.risks--
		return true
	}
	return false
}

// name makes a new name.
func (g *gen) name(prefix string) string {
	g.names++
	return fmt.Sprintf("%s%d", prefix, g.names)
}

// top makes a new name for a top-level declaration.
func (g *gen) top(prefix string) string { return g.name(prefix) + "_" + g.suffix }

// line writes a line of the function.
func (g *gen) line(format string, args ...any) {
	g.out.WriteString(strings.Repeat("\t", g.depth))
	fmt.Fprintf(g.out, format, args...)
	g.out.WriteByte('\n')
}

// function writes a top-level function: header, the block that write makes, end.
func (g *gen) function(header string, write func()) {
	out, depth, vars, loops := g.out, g.depth, g.vars, g.loops
	g.out, g.depth, g.vars, g.loops = &strings.Builder{}, 0, nil, nil
	g.block("func "+header, write)
	g.decls.WriteString("\n" + g.out.String())
	g.out, g.depth, g.vars, g.loops = out, depth, vars, loops
}

// body writes everything.
func (g *gen) body() {
	g.declareTypes()
	for range 2 + g.n(3) {
		g.declarePure()
	}
	g.declareGeneric()
	for range 1 + g.n(2) {
		g.declareFunc()
	}
	g.function("body"+g.suffix+"()", func() {
		g.work = 12 + g.n(30)
		g.locals()
		g.statements()
		g.showAll()
	})
}
