package tasktest

import (
	"fmt"
	"strings"
)

// Random is a script made from a seed: a few tasks, each with a finite list of
// operations, each started once. So it ends, or all that is left is parked.
func Random(seed uint64) string { return random(&rng{state: seed*2 + 1}) }

// FromBytes is the script that results when the bytes decide, one after the
// other; when they are used up each decision is the first.
func FromBytes(b []byte) string { return random(&rng{bytes: b}) }

func random(r *rng) string {
	tasks := 2 + r.n(12)
	kids := make([]string, tasks+1) // spawn operations by parent
	for id := 2; id <= tasks; id++ {
		parent := 1 + r.n(id-1)
		kids[parent] += fmt.Sprintf(" %d", id)
	}
	var b strings.Builder
	for id := 1; id <= tasks; id++ {
		var ops []string
		for _, kid := range strings.Fields(kids[id]) {
			ops = append(ops, r.ops(r.n(3), tasks)...)
			ops = append(ops, "spawn "+kid)
		}
		ops = append(ops, r.ops(r.n(7), tasks)...)
		if id == 1 && r.n(4) > 0 {
			ops = append(ops, fmt.Sprintf("wait %d", 1+r.n(tasks)))
		}
		if id > 1 && r.n(8) > 0 {
			ops = append(ops, "note", "done")
		}
		fmt.Fprintf(&b, "%d: %s\n", id, strings.Join(ops, ", "))
	}
	return b.String()
}

// rng decides: by a xorshift generator, or by bytes if its state is zero.
type rng struct {
	state uint64
	bytes []byte
}

// n returns one of 0 … n-1.
func (r *rng) n(n int) int {
	if r.state == 0 {
		x := 0
		for left := n; left > 1 && len(r.bytes) > 0; left >>= 8 {
			x, r.bytes = x<<8|int(r.bytes[0]), r.bytes[1:]
		}
		return x % n
	}
	x := r.state
	x ^= x << 13
	x ^= x >> 7
	x ^= x << 17
	r.state = x
	return int((x * 0x2545f4914f6cdd1d) >> 33 % uint64(n))
}

// ops are k operations, balanced where they come in pairs.
func (r *rng) ops(k, tasks int) []string {
	var ops []string
	for range k {
		switch r.n(20) {
		case 0, 1, 2, 3:
			ops = append(ops, fmt.Sprintf("run %d", 1+r.n(2000)))
		case 4:
			ops = append(ops, fmt.Sprintf("run %dus, check, run %dus", 1+r.n(15000), 1+r.n(3000)))
		case 5, 6:
			ops = append(ops, fmt.Sprintf("ready %d", 1+r.n(tasks)))
		case 7, 8:
			ops = append(ops, "park")
		case 9, 10:
			ops = append(ops, "yield")
		case 11:
			ops = append(ops, "goyield")
		case 12:
			ops = append(ops, fmt.Sprintf("sleep %dus", r.n(5000)))
		case 13:
			ops = append(ops, fmt.Sprintf("syscall %dus", r.n(60)))
		case 14:
			ops = append(ops, fmt.Sprintf("syscall %dms", r.n(20)))
		case 15:
			ops = append(ops, fmt.Sprintf("poll %dus", r.n(3000)))
		case 16:
			ops = append(ops, fmt.Sprintf("timer %d %dus %d", r.n(4), r.n(4000), 1+r.n(tasks)))
		case 17:
			ops = append(ops, fmt.Sprintf("stop %d", r.n(4)))
		case 18:
			ops = append(ops, r.rare(tasks))
		case 19:
			ops = append(ops, "check")
		}
	}
	return ops
}

func (r *rng) rare(tasks int) string {
	switch r.n(6) {
	case 0, 1:
		return fmt.Sprintf("collect %d", 1+r.n(5000))
	case 2:
		return fmt.Sprintf("procs %d", 1+r.n(5))
	case 3:
		return "lock, " + strings.Join(append(r.ops(1+r.n(3), tasks), "unlock"), ", ")
	case 4:
		return "lock"
	}
	return "exit"
}
