package gotrace

import (
	"testing"

	"gopark/sim/trace"
)

// TestEveryKind: a kind is told, or there is a reason why not.
func TestEveryKind(t *testing.T) {
	for k := range trace.NumKinds {
		if (tellings[k] != nil) == (untold[k] != "") {
			t.Errorf("%s: give it a row in tellings, or say in untold why it has none", k)
		}
	}
	for r, name := range blockReasons {
		if name == "" {
			t.Errorf("wait reason %d has no name in blockReasons", r)
		}
	}
}
