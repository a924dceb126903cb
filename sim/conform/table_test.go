package conform_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopark/sim/sched"
)

const tableFile = "../sched/README.md"

var updateTable = flag.Bool("table", false, "write the table of the oracle anew: go test ./sim/conform -run TestTable -table")

// TestTable: the table of the oracle's programs and eras in sched's README is what
// TestEras and TestOracle hold: all pass but those that their lists name.
func TestTable(t *testing.T) {
	text := readFile(t, tableFile)
	before, rest, ok := strings.Cut(text, "<!-- table -->\n")
	_, after, ok2 := strings.Cut(rest, "<!-- end -->\n")
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the table", tableFile)
	}
	want := before + "<!-- table -->\n" + oracleTable(t) + "<!-- end -->\n" + after
	if *updateTable {
		if err := os.WriteFile(tableFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if text != want {
		t.Errorf("%s is not up to date: go test ./sim/conform -run TestTable -table", tableFile)
	}
}

func oracleTable(t *testing.T) string {
	programs, err := filepath.Glob("../testdata/oracle/*.go")
	if err != nil || len(programs) < 70 {
		t.Fatal("no oracle", err)
	}
	slices.SortFunc(programs, func(a, b string) int { return number0(a) - number0(b) })
	missed := known(t, erasList)
	for program, reason := range known(t, "testdata/oracle-known.txt") {
		missed[program+" go1.26"] = reason
	}
	var eras []string
	for _, e := range sched.Eras {
		if len(eraFiles(t, e.Name)) > 0 || e.Name == sched.Eras[len(sched.Eras)-1].Name {
			eras = append(eras, e.Name)
		}
	}
	var rows strings.Builder
	var reasons []string
	total, passed := map[string]int{}, map[string]int{}
	for _, file := range programs {
		program := strings.TrimSuffix(filepath.Base(file), ".go")
		rows.WriteString("| " + program)
		for _, era := range eras {
			rows.WriteString(" | ")
			if !recorded(t, program, era, era == eras[len(eras)-1]) {
				rows.WriteString("–")
				continue
			}
			total[era]++
			reason, bad := missed[program+" "+era]
			if !bad {
				passed[era]++
				rows.WriteString("✓")
				continue
			}
			k := slices.Index(reasons, reason)
			if k < 0 {
				k = len(reasons)
				reasons = append(reasons, reason)
			}
			fmt.Fprint(&rows, k+1)
		}
		rows.WriteString(" |\n")
	}
	var out strings.Builder
	fmt.Fprintf(&out, "| | %s |\n|---|%s\n| **of them pass**", strings.Join(eras, " | "), strings.Repeat("---|", len(eras)))
	for _, era := range eras {
		fmt.Fprintf(&out, " | %d of %d", passed[era], total[era])
	}
	out.WriteString(" |\n" + rows.String() + "\n")
	for k, reason := range reasons {
		fmt.Fprintf(&out, "%d. %s\n", k+1, reason)
	}
	return out.String()
}

// number0 is the number with which a program's name begins.
func number0(file string) (n int) {
	fmt.Sscanf(filepath.Base(file), "%d-", &n)
	return n
}

// recorded reports whether there is an output of the program in that era.
func recorded(t *testing.T, program, era string, newest bool) bool {
	t.Helper()
	base := "../testdata/oracle/eras/" + program + "." + era
	if newest {
		base = "../testdata/oracle/" + program
	}
	for _, kind := range []string{".out", ".dist"} {
		if text, err := os.ReadFile(base + kind); err == nil {
			return !strings.HasPrefix(string(text), "does not compile")
		}
	}
	return false
}
