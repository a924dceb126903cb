package vm

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"gopark/sim/std"
)

// gaps are natives that nobody implements, each with the reason.
var gaps = map[string]string{}

// TestNativesAreComplete compares the library's list of natives with the
// machine's tables.
func TestNativesAreComplete(t *testing.T) {
	text, err := os.ReadFile("../std/NATIVES.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("(?m)^\\| `([^`]+)` \\| `").FindAllSubmatch(text, -1)
	if len(rows) < 100 {
		t.Fatalf("NATIVES.md lists %d natives: has its form changed?", len(rows))
	}
	listed := map[string]bool{}
	for _, row := range rows {
		sym := string(row[1])
		listed[sym] = true
		switch reason, gap := gaps[sym]; {
		case HasNative(sym) && gap:
			t.Errorf("%s is there: strike it from the gaps", sym)
		case !HasNative(sym) && !gap:
			t.Errorf("nobody implements %s", sym)
		case gap && reason == "":
			t.Errorf("the gap %s has no reason", sym)
		}
	}
	for sym := range gaps {
		if !listed[sym] {
			t.Errorf("the gap %s is not in NATIVES.md", sym)
		}
	}
}

// TestNativesAreUnique checks that no symbol is in two tables: the first would
// hide the second.
func TestNativesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, tab := range slices.Concat(coreNatives, libraryNatives) {
		for _, row := range tab {
			sym := row.sym
			if seen[sym] {
				t.Errorf("%s is in two tables", sym)
			}
			if row.native == nil {
				t.Errorf("%s is nil", sym)
			}
			seen[sym] = true
		}
	}
}

// TestIntrinsics checks that the machine has every function that the library
// leaves to it although there is a body.
func TestIntrinsics(t *testing.T) {
	for sym := range std.Intrinsics {
		if !HasNative(sym) {
			t.Errorf("nobody implements %s", sym)
		}
	}
}
