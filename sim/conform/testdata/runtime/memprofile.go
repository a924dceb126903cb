// The heap profile at rate 1, with tiny objects, and what was freed.
package main

import (
	"fmt"
	"runtime"
	"sort"
	"strings"
)

var keep [][]byte
var tiny [64]*int32

//go:noinline
func kept(n int) {
	for range n {
		keep = append(keep, make([]byte, 1000))
	}
}

var sink []byte

//go:noinline
func dropped(n int) {
	for range n {
		sink = make([]byte, 2000)
	}
	sink = nil
}

//go:noinline
func small() {
	for i := range tiny {
		tiny[i] = new(int32)
	}
}

func main() {
	keep = make([][]byte, 0, 100)
	runtime.MemProfileRate = 1
	kept(20)
	dropped(30)
	small()
	runtime.MemProfileRate = 0
	runtime.GC()
	runtime.GC()
	records := make([]runtime.MemProfileRecord, 1000)
	n, ok := runtime.MemProfile(records, true)
	var lines []string
	for _, r := range records[:n] {
		f, _ := runtime.CallersFrames(r.Stack()).Next()
		for frames := runtime.CallersFrames(r.Stack()); ; {
			g, more := frames.Next()
			if strings.HasPrefix(g.Function, "main.") && g.Function != "main.main" {
				f = g
				lines = append(lines, fmt.Sprint(f.Function, " ", f.Line, " ", r.AllocObjects, " ", r.AllocBytes, " ", r.FreeObjects, " ", r.FreeBytes, " ", r.InUseBytes()))
			}
			if !more {
				break
			}
		}
	}
	sort.Strings(lines)
	fmt.Println(ok, strings.Join(lines, "\n"))
}
