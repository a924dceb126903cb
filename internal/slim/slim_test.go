package slim

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A module with data at two addresses, far apart, near, and overlapping none.
func TestSegments(t *testing.T) {
	list := []segment{{8, []byte("near")}, {20, []byte("by")}, {4000, []byte("far")}, {1 << 20, []byte{1}}}
	var body []byte
	for _, s := range list {
		body = append(body, writeSegments([]segment{s})[1:]...)
	}
	body = append([]byte{byte(len(list))}, body...)
	module := append([]byte("\x00asm\x01\x00\x00\x00"), dataSection)
	module = append(module, byte(len(body)))
	module = append(module, body...)
	out, err := Module(module, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := readSegments(out[preamble+2:])
	if err != nil || len(got) != 3 {
		t.Fatalf("%d segments, want 3: %v", len(got), err)
	}
	if first := "near\x00\x00\x00\x00\x00\x00\x00\x00by"; string(got[0].data) != first || got[0].at != 8 {
		t.Errorf("the first segment is %q at %d", got[0].data, got[0].at)
	}
	if base, memory := image(got); base != 8 || memory[1<<20-8] != 1 || string(memory[4000-8:4003-8]) != "far" {
		t.Errorf("memory from %d is not what it was", base)
	}
	for i := range module[:len(module)-1] {
		if _, err := Module(module[:i], nil); err == nil && i != preamble {
			t.Errorf("the first %d bytes pass for a module", i)
		}
	}
}

const program = `package main

import "os"
import "runtime/debug"
import "strings"

//go:noinline
func inner(f func()) { f() }

//go:noinline
func never() { println("called") }

func main() {
	if len(os.Args) > 1 {
		never()
	}
	inner(func() {
		strings.Map(func(r rune) rune { print(string(debug.Stack())); return r }, "x")
	})
}
`

// mainOnly tells all of package main, and of the runtime what it needs itself.
func mainOnly(name string) Told {
	switch packageOf(name) {
	case "main":
		if name == "main.never" {
			return Never
		}
		return Line
	case "runtime", "reflect", "runtime/debug":
		return Name
	}
	return Package
}

// linked is what Go's linker makes of a program for js/wasm.
func linked(t *testing.T, program string) []byte {
	t.Helper()
	dir := t.TempDir()
	src, bin := filepath.Join(dir, "main.go"), filepath.Join(dir, "main.wasm")
	if err := os.WriteFile(src, []byte(program), 0o644); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-ldflags=-s -w", "-o", bin, src)
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	module, err := os.ReadFile(bin)
	if err != nil {
		t.Fatal(err)
	}
	return module
}

func goroot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// A slimmed program runs, tells the lines of functions that are kept, and no
// others.
func TestProgram(t *testing.T) {
	module, bin := linked(t, program), filepath.Join(t.TempDir(), "main.wasm")
	slimmed, err := Module(module, mainOnly)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := Module(slimmed, func(string) Told { return Line }); err != nil || !bytes.Equal(again, slimmed) {
		t.Errorf("a module that is slimmed already changes: %v", err)
	}
	if err := os.WriteFile(bin, slimmed, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("there is no node to run it")
	}
	rows, err := slim(module, mainOnly, false)
	if err != nil {
		t.Fatal(err)
	}
	sameMemory(t, rows, slimmed)
	node := filepath.Join(goroot(t), "lib", "wasm", "go_js_wasm_exec")
	if out, err := exec.Command(node, bin, "an argument").CombinedOutput(); err == nil || strings.Contains(string(out), "called") || !strings.Contains(string(out), "unreachable") {
		t.Errorf("what is never called is not a trap: %v\n%s", err, out)
	}
	out, err := exec.Command(node, bin).CombinedOutput()
	if err != nil {
		t.Fatalf("the slimmed program: %v\n%s", err, out)
	}
	for _, want := range []string{"main.go:8", "main.go:18", "\t?:0", "strings.?(", "debug.Stack("} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the traceback does not say %q:\n%s", want, out)
		}
	}
	for _, bad := range []string{"strings.go:", "strings.Map"} {
		if strings.Contains(string(out), bad) {
			t.Errorf("the traceback tells %s:\n%s", bad, out)
		}
	}
}

// instantiate starts two modules and compares what they then have in memory, where
// the second may have more, all zero.
const instantiate = `
const [a, b] = process.argv.slice(1).map(name => {
  const module = new WebAssembly.Module(require("fs").readFileSync(name));
  const nothing = new Proxy({}, { get: () => new Proxy({}, { get: () => () => 0 }) });
  return Buffer.from(new WebAssembly.Instance(module, nothing).exports.mem.buffer);
});
if (Buffer.compare(a, b.subarray(0, a.length))) throw "memory differs";
if (b.subarray(a.length).some(x => x)) throw "memory beyond is not zero";
if (b.length == a.length) throw "nothing was put together";
console.log("same");
`

func sameMemory(t *testing.T, a, b []byte) {
	t.Helper()
	var names []string
	for i, module := range [][]byte{a, b} {
		name := filepath.Join(t.TempDir(), string(rune('a'+i)))
		if err := os.WriteFile(name, module, 0o644); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	out, err := exec.Command("node", append([]string{"-e", instantiate, "--"}, names...)...).CombinedOutput()
	if err != nil || string(out) != "same\n" {
		t.Errorf("a table in columns is not put together as it was: %v\n%s", err, out)
	}
}
