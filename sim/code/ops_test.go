package code

import "testing"

// Every operation has a row in the table of shapes, and no two share a name.
func TestEveryOpHasAShape(t *testing.T) {
	seen := map[string]Op{}
	for op := Bad; op < NumOps; op++ {
		sh := shapes[op]
		if sh.name == "" {
			t.Errorf("operation %d has no shape", op)
			continue
		}
		if other, dup := seen[sh.name]; dup {
			t.Errorf("operations %d and %d are both called %s", other, op, sh.name)
		}
		seen[sh.name] = op
	}
}
