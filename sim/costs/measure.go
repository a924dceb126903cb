package costs

import (
	"strconv"
	"strings"

	"gopark/sim"
)

// A Measure is an operation that was measured in real life and that the model
// makes of several costs.
type Measure struct {
	Name      string
	Low, High int64  // nanoseconds, as measured on linux/amd64, two cores of a virtual machine
	Body      string // of a function that does it n times
	Times     int64  // how often it is done for each of n; 0: once
	Less      string // a body whose time is taken off; "" for nothing
	Threads   bool   // goroutines are threads: one core, no scheduler
}

// Near is how far the model may be from what was measured, in hundredths.
const Near = 25

// Measures are what was measured.
var Measures = []Measure{
	{Name: "spawn, run and exit", Low: 220, High: 245,
		Body: "for range n/100 { for range 100 { go func() {}() }; runtime.Gosched() }"},
	{Name: "spawn and join over a channel", Low: 440, High: 490,
		Body: "done := make(chan bool); for range n { go func() { done <- true }(); <-done }"},
	{Name: "Gosched alone", Low: 125, High: 130, Body: "for range n { runtime.Gosched() }"},
	{Name: "Gosched, two goroutines", Low: 240, High: 240, Times: 2,
		Body: "var wg sync.WaitGroup; for range 2 { wg.Add(1); go func() { for range n { runtime.Gosched() }; wg.Done() }() }; wg.Wait()"},
	{Name: "hop over an unbuffered channel", Low: 225, High: 240, Times: 2,
		Body: "a, b := make(chan int), make(chan int); go func() { for v := range a { b <- v } }(); for i := range n { a <- i; <-b }"},
	{Name: "buffered send and receive, one goroutine", Low: 63, High: 63,
		Body: "c := make(chan int, 1); for i := range n { c <- i; <-c }"},
	{Name: "item through a buffer of 128", Low: 77, High: 95,
		Body: "c := make(chan int, 128); go func() { for i := range n { c <- i } }(); for range n { <-c }"},
	{Name: "select with 2 ready cases", Low: 75, High: 118,
		Body: "x, y := make(chan int, n), make(chan int, n); for i := range n { x <- i; y <- i }; for range n { select { case <-x: case <-y: } }",
		Less: "x, y := make(chan int, n), make(chan int, n); for i := range n { x <- i; y <- i }"},
	{Name: "Mutex lock and unlock, uncontended", Low: 16, High: 27, Body: "var mu sync.Mutex; for range n { mu.Lock(); mu.Unlock() }"},
	{Name: "start and stop a timer", Low: 380, High: 450,
		Body: "for range n { t := time.NewTimer(time.Hour); t.Stop() }"},
	{Name: "system call getppid", Low: 168, High: 168, Body: "for range n { syscall.Syscall(syscall.SYS_GETPPID, 0, 0, 0) }"},
	{Name: "the same, raw", Low: 105, High: 105, Body: "for range n { syscall.RawSyscall(syscall.SYS_GETPPID, 0, 0, 0) }"},
	{Name: "stack growth from 2 KB to 16 KB", Low: 3000, High: 3000,
		Body: "c := make(chan int); for range n { go func() { c <- grow(9) }(); <-c }",
		Less: "c := make(chan int); for range n { go func() { c <- grow(0) }(); <-c }"},
	{Name: "stack growth to 64 KB", Low: 9000, High: 9000,
		Body: "c := make(chan int); for range n { go func() { c <- grow(40) }(); <-c }",
		Less: "c := make(chan int); for range n { go func() { c <- grow(0) }(); <-c }"},
	{Name: "thread made and joined", Low: 10_500, High: 10_500, Threads: true,
		Body: "c := make(chan int); for range n { go func() { c <- 1 }(); <-c }"},
	{Name: "switch of threads, over a futex", Low: 1_100, High: 1_600, Threads: true, Times: 2,
		Body: "a, b := make(chan int), make(chan int); go func() { for v := range a { b <- v } }(); for i := range n { a <- i; <-b }"},
}

// Program is a program that prints how many nanoseconds the operation takes.
func (m *Measure) Program() string {
	return `package main

import (
	"runtime"
	"sync"
	"syscall"
	"time"
)

const n = 2000

func grow(k int) int {
	var room [100]int
	if k == 0 {
		return room[0]
	}
	room[k%100] = k
	return grow(k-1) + room[k%100]
}

func do() { ` + m.Body + ` }

func less() { ` + m.Less + ` }

var _ = sync.NewCond
var _ = syscall.Getppid

func main() {
	runtime.Gosched()
	do() // so that goroutines, maps and timers are there
	start := time.Now()
	do()
	middle := time.Now()
	less()
	println(int64(middle.Sub(start)-time.Since(middle)) / n)
}
`
}

// Config is the machine on which it was measured: GOMAXPROCS=1, or one core.
func (m *Measure) Config() sim.Config {
	cfg := sim.Config{Procs: 1, Cores: 1, Seed: 1, Limits: sim.DefaultLimits, History: -1}
	if m.Threads {
		cfg.Era = "threads"
	}
	return cfg
}

// Taken is what the program's output says of one operation, in nanoseconds.
func (m *Measure) Taken(printed string) (int64, error) {
	n, err := strconv.ParseInt(strings.TrimSpace(printed), 10, 64)
	return n / max(1, m.Times), err
}

// Fits reports whether so many nanoseconds are near what was measured.
func (m *Measure) Fits(ns int64) bool {
	return ns*100 >= m.Low*(100-Near) && ns*100 <= m.High*(100+Near)
}
