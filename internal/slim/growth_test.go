package slim

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// grower is a module of which the other body is all: 16 pages of memory, at most 64, and
// the stack pointer at 1024.
func grower(t *testing.T) []byte {
	code := &section{codeSection, []byte{0}}
	body := growFrom(1)
	if _, err := appendItem(code, append([]byte{byte(len(body) | 0x80), byte(len(body) >> 7)}, body...)); err != nil {
		t.Fatal(err)
	}
	return writeSections([]section{
		{typeSection, []byte{1, 0x60, 1, typeI32, 1, typeI32}},
		{functionSection, []byte{1, 0}},
		{memorySection, []byte{1, 1, 16, 64}},
		{globalSection, append([]byte{2, typeI32, 1, opConst}, 0x80, 0x08, opEnd, typeI32, 1, opConst, 0, opEnd)},
		{7, []byte("\x03\x03mem\x02\x00\x04grow\x00\x00\x02sp\x03\x00")},
		*code,
	})
}

// ask asks for pages and prints where they begin and how many there are then.
const ask = `
const { mem, grow, sp } = new WebAssembly.Instance(new WebAssembly.Module(require("fs").readFileSync(process.argv[1]))).exports;
for (const pages of [1, 1, 1, 7, 30, 40, 3, 8, 2, 1]) {
  new DataView(mem.buffer).setInt32(sp.value + 8, pages, true);
  grow(0);
  sp.value -= 8;
  console.log(pages + ": " + new DataView(mem.buffer).getInt32(sp.value + 16, true) + " of " + mem.buffer.byteLength / 65536);
}
`

// Pages come an eighth of memory at a time, or as many as are asked for; near the
// limit one by one, and beyond it not at all.
func TestGrowAhead(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("there is no node to run it")
	}
	name := filepath.Join(t.TempDir(), "grow.wasm")
	if err := os.WriteFile(name, grower(t), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("node", "-e", ask, "--", name).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	const want = `1: 16 of 18
1: 17 of 18
1: 18 of 20
7: 19 of 26
30: 26 of 56
40: -1 of 56
3: 56 of 63
8: -1 of 63
2: 59 of 63
1: 61 of 63
`
	if string(out) != want {
		t.Errorf("asking for pages:\n%swant:\n%s", out, want)
	}
}

// A program's memory grows in few steps.
func TestFewSteps(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("there is no node to run it")
	}
	const source = `package main

func main() {
	var list [][]byte
	for range 3000 {
		list = append(list, make([]byte, 1<<15))
	}
	println(len(list))
}
`
	const count = `
Object.assign(globalThis, { require, fs: require("fs"), path: require("path") });
require(process.argv[1]);
const go = new Go(), sizes = new Set();
const reset = go.importObject.gojs["runtime.resetMemoryDataView"];
go.importObject.gojs["runtime.resetMemoryDataView"] = (sp) => { reset(sp); sizes.add(go.mem.buffer.byteLength); };
process.on("exit", () => console.log(sizes.size > 40 ? "many" : "few"));
WebAssembly.instantiate(fs.readFileSync(process.argv[2]), go.importObject).then(({ instance }) => go.run(instance));
`
	module := linked(t, source)
	slimmed, err := Module(module, mainOnly)
	if err != nil {
		t.Fatal(err)
	}
	for want, module := range map[string][]byte{"many": module, "few": slimmed} {
		name := filepath.Join(t.TempDir(), "main.wasm")
		if err := os.WriteFile(name, module, 0o644); err != nil {
			t.Fatal(err)
		}
		goexec := filepath.Join(goroot(t), "lib", "wasm", "wasm_exec.js")
		out, err := exec.Command("node", "-e", count, "--", goexec, name).CombinedOutput()
		if err != nil || !strings.HasSuffix(strings.TrimSpace(string(out)), "3000\n"+want) {
			t.Errorf("the steps are not %s: %v\n%s", want, err, out)
		}
	}
}
