package load

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Every package of the standard library can be imported, or says why not.
func TestEveryPackageOfTheLibrary(t *testing.T) {
	out, err := exec.Command("go", "list", "std").Output()
	if err != nil {
		t.Fatal("go list std: ", err)
	}
	for _, path := range strings.Fields(string(out)) {
		parts := strings.Split(path, "/")
		if parts[0] == "vendor" || slices.Contains(parts, "internal") {
			continue
		}
		diags := Check(program("package main\n\nimport _ \""+path+"\"\n\nfunc main() {}\n"), lib(t))
		if len(diags) == 0 {
			continue
		}
		d := diags[0]
		_, why, _ := strings.Cut(d.Message, "is not available here: ")
		if len(diags) > 1 || d.Line != 3 || why == "" {
			t.Errorf("%s: %v; want nothing, or one line at the import that says why", path, diags)
		}
	}
}
