//go:build !js

package formula

import (
	"fmt"
	"strings"
)

// docs say what each name means. The page has no use for them: they are the authors'.
var docs = map[string]string{
	"time":       "Virtual time since the start, in nanoseconds.",
	"cores":      "Cores of the computer.",
	"procs":      "How many Ps there are: GOMAXPROCS. 0 where there are no Ps.",
	"era":        "The era's name, such as \"go1.26\".",
	"threads":    "Threads that exist, or those in a state: on a core (running), waiting for one (ready), in a system call, on the list of idle Ms, spinning.",
	"goroutines": "The program's goroutines that have not ended, or those in a state. The runtime's own don't count.",
	"idleprocs":  "Ps with nothing to do.",
	"global":     "Goroutines in the global queue.",
	"ring":       "Goroutines in P p's own queue, without runnext.",
	"next":       "The goroutine in P p's runnext; 0: none.",
	"runs":       "The goroutine that runs on P p; 0: none.",
	"status":     "What goroutine g does: runnable, running, waiting, syscall or dead; \"\" before it exists.",
	"place":      "Where goroutine g waits for its turn: next, ring, global, hand or thread; \"\" if it is not runnable.",
	"reason":     "What goroutine g waits for, in the words of Go's tracebacks, such as \"chan receive\"; \"\" if it doesn't wait.",
	"stack":      "Bytes of goroutine g's stack; 0: it has none.",
	"thread":     "The thread that goroutine g is on; -1: none.",
	"saved":      "Bytes of registers that switches have stored so far: of goroutines that stopped at a call (calls) or by a signal (signals), and of threads that left their core (threads).",
	"reserved":   "Bytes of addresses that are set aside for the process.",
	"touched":    "Bytes of memory that the process has touched, so that they are really there.",
	"kernel":     "Bytes that the kernel keeps for the process: stacks and descriptors of its threads.",
	"output":     "What the program has written to standard output.",
	"errors":     "What was written to standard error, a panic's message too.",
	"lines":      "How many lines a text has.",
	"line":       "Line n of a text, from 1; \"\" if there is none.",
	"contains":   "Whether the part stands somewhere in the text.",
	"exit":       "The exit code. Only at the end.",
	"hung":       "Whether the program would never have ended: nothing could happen any more and nobody noticed, or a limit ended it. Only at the end.",
	"deadlock":   "Whether Go's runtime has found that all goroutines are asleep.",
	"received":   "How many values came out of channels, all in all or to goroutine g. Only at the end.",
	"executed":   "How often source lines in which the text stands were executed, by all or by goroutine g: what counts is the instruction of the line that was run most often, in the first 5 million of the run. Only at the end.",
	"imports":    "Whether the source imports a package.",
	"calls":      "How many calls of a function, as written (\"time.Sleep\", \"wg.Wait\"), stand in the source.",
	"makes":      "How many times the source makes a channel, map or slice with make.",
	"max":        "The largest value so far.",
	"min":        "The smallest value so far.",
	"ever":       "Whether it has been true at least once.",
	"always":     "Whether it has been true after every event.",
	"first":      "The time at which it became true for the first time; -1: never.",
	"longest":    "The longest time that it has been true without a break.",
	"total":      "The time that it has been true, all in all.",
	"at":         "The number's value at the first instant at which something was true; 0: it never was.",
	"count":      "How many events of a kind there were, or those for which a condition holds. The condition may use g, m, p, core, time and the event's own arguments.",
	"same":       "Whether x has the same value in all runs that are compared.",
}

// Manual is the list of names as Markdown table rows, for authors. Each has a meaning.
func Manual() string {
	var b strings.Builder
	for i := range Names {
		d := &Names[i]
		if docs[d.Name] == "" {
			panic("formula: nobody says what " + d.Name + " means")
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", d.Usage(), strings.TrimPrefix(d.Type.String(), "a "), strings.ReplaceAll(docs[d.Name], "|", `\|`))
	}
	return b.String()
}
