// Package workload holds the programs that speed is measured with. Each is a
// function, so that the compiler makes it part of the benchmark, and a file of
// its own, so that the simulator runs the same text. They know nothing of how
// they are measured.
package workload

import (
	"embed"
	"strings"
)

//go:embed *.go
var files embed.FS

// A Workload is one program.
type Workload struct {
	Name string // of the function; in lower case, of the file
	Run  func() int
	Want int // what Run returns
}

// All are the workloads.
var All = []Workload{
	{"Fib", Fib, 2178309},
	{"Sieve", Sieve, 348513},
	{"NBody", NBody, -179978},
	{"PingPong", PingPong, 300000},
	{"Spawn", Spawn, 100000},
	{"HashMap", HashMap, 500000},
	{"Text", Text, 5888890},
	{"Mutex", Mutex, 800000},
}

// Source is the workload as a program that prints what Run returns.
func (w Workload) Source() string {
	text, err := files.ReadFile(strings.ToLower(w.Name) + ".go")
	if err != nil {
		panic(err) // embedded
	}
	source := strings.Replace(string(text), "package workload", "package main", 1)
	return source + "\nfunc main() { println(" + w.Name + "()) }\n"
}
