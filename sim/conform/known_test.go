package conform_test

import (
	"os"
	"strings"
	"testing"
)

// known reads a list of known failures: "name: reason" a line, # for comments.
func known(t *testing.T, file string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, reason, _ := strings.Cut(line, ":")
		if reason = strings.TrimSpace(reason); reason == "" {
			t.Errorf("%s: %s has no reason", file, name)
		}
		if _, twice := list[name]; twice {
			t.Errorf("%s: %s is listed twice", file, name)
		}
		list[name] = reason
	}
	return list
}

// judge fails t if name failed and isn't listed, or is listed and didn't.
func judge(t *testing.T, list map[string]string, listFile, name, failure string) {
	t.Helper()
	reason, listed := list[name]
	switch {
	case failure == "" && listed:
		t.Errorf("passes, though %s lists it (%s): remove the line", listFile, reason)
	case failure != "" && !listed:
		t.Errorf("%s\nto repeat it: go test ./sim/conform -run '%s'", failure, t.Name())
	}
}

// stale reports lines of a list that name nothing that exists.
func stale(t *testing.T, list map[string]string, listFile string, names []string) {
	t.Helper()
	exists := map[string]bool{}
	for _, n := range names {
		exists[n] = true
	}
	for name := range list {
		if !exists[name] {
			t.Errorf("%s lists %s, which does not exist", listFile, name)
		}
	}
}
