package browsertest

import "testing"

// greedy are programs that take all there is, and what Go says of them.
var greedy = []struct{ source, says string }{
	{"package main\n\nfunc f(n int) int { return f(n+1) + 1 }\n\nfunc main() { println(f(0)) }\n", "goroutine stack exceeds 1000000000-byte limit"},
	{"package main\n\nvar keep [][]byte\n\nfunc main() {\n\tfor {\n\t\tkeep = append(keep, make([]byte, 1<<20))\n\t}\n}\n", "fatal error: runtime: out of memory"},
}

// TestGreedy: a page outlives programs that overflow their stack or use up the memory,
// one after the other, and shows how they end.
func TestGreedy(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	for range 2 {
		for _, g := range greedy {
			b.edit(g.source)
			b.press(title, "Run")
			b.awaitLong(4*patience, output+`.includes($)`, title, g.says) // a gigabyte is copied
			b.await(`!cell($).querySelector("[aria-busy=true]") && part($, "Board").textContent.includes("core")`, title)
		}
	}
	b.edit("package main\n\nfunc main() { println(\"still here\") }\n")
	b.press(title, "Run")
	b.await(output+`.includes("still here")`, title)
}
