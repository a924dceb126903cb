package lessons_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopark/lessons"
)

// notGos are words in backquotes of the sections about the real runtime that today's Go
// does not have, and why they stand there.
var notGos = map[string]string{
	"gput": "Go 1.0", "matchmg": "Go 1.0", "mcpu": "Go 1.0", "mcpumax": "Go 1.0", "nextgandunlock": "Go 1.0",
	"runtime.h": "Go 1.0", "proc.c": "until Go 1.4", "proc1.go": "Go 1.5",
	"fair.c": "Linux", "__switch_to": "Linux", "epoll_wait": "Linux", "XSAVES": "an instruction",
	"git": "a command",
}

// TestNamesOfTheRuntime: what the sections “In the real runtime” name is in the sources of
// the Go at hand, which is that of which they speak.
func TestNamesOfTheRuntime(t *testing.T) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Skip("there is no go command: ", err)
	}
	known := namesIn(t, filepath.Join(strings.TrimSpace(string(out)), "src"))
	for _, name := range names(t) {
		text, err := lessons.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, section, _ := strings.Cut(string(text), "## In the real runtime")
		section, _, _ = strings.Cut(section, "## Now you")
		for _, quoted := range regexp.MustCompile("`[^`]+`").FindAllString(section, -1) {
			first, _, _ := strings.Cut(strings.Trim(quoted, "`"), " ")
			for _, word := range regexp.MustCompile(`[\w.]*\w`).FindAllString(filepath.Base(first), -1) {
				parts := strings.FieldsFunc(word, func(r rune) bool { return r == '.' })
				if last := parts[len(parts)-1]; !known[word] && !known[last] && notGos[word] == "" {
					t.Errorf("%s: %s is nowhere in Go's sources: has it another name today?", name, quoted)
				}
			}
		}
	}
}

// namesIn are the files and words of those parts of the library of which lessons speak.
func namesIn(t *testing.T, src string) map[string]bool {
	t.Helper()
	known := map[string]bool{}
	for _, folder := range []string{"runtime", "internal/sync", "internal/poll", "net/http", "os", "os/exec", "sync", "syscall", "time"} {
		files, err := os.ReadDir(filepath.Join(src, folder))
		if err != nil {
			t.Fatal(err)
		}
		known[filepath.Base(folder)] = true
		for _, f := range files {
			if f.IsDir() || strings.HasSuffix(f.Name(), "_test.go") {
				continue
			}
			known[f.Name()] = true
			text, err := os.ReadFile(filepath.Join(src, folder, f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range regexp.MustCompile(`\w+`).FindAllString(string(text), -1) {
				known[word] = true
			}
		}
	}
	return known
}
