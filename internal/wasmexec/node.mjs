// Runs a program that Go compiled to WebAssembly in Node.js, as Go's own
// go_js_wasm_exec does, but with the virtual machine's core:
//
//   GOPARK_CORE=core.wasm GOOS=js GOARCH=wasm go test -tags wasmcore -exec "node --stack-size=8192 $PWD/internal/wasmexec/node.mjs" ./sim/vm
//
// Without GOPARK_CORE there is none, and the loop that Go compiled runs.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { coreSlot } from "../../static/core.mjs";

const [, , program, ...args] = process.argv;
if (!program) {
  console.error("usage: node node.mjs program.wasm [arguments]");
  process.exit(2);
}

// Go's wasm_exec.js expects these.
const require = createRequire(import.meta.url);
Object.assign(globalThis, { require, fs: require("node:fs"), path: require("node:path") });
const goroot = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
require(join(goroot, "lib", "wasm", "wasm_exec.js"));

const go = new Go();
go.argv = [program, ...args];
go.env = { TMPDIR: tmpdir(), ...process.env, GOROOT: goroot };
go.exit = process.exit;

const slot = coreSlot();
const { instance } = await WebAssembly.instantiate(readFileSync(program), { ...go.importObject, gopark: slot.imports });
if (process.env.GOPARK_CORE) {
  await slot.fill(readFileSync(process.env.GOPARK_CORE), instance.exports.mem);
}
process.on("exit", (code) => {
  if (code === 0 && !go.exited) { // all goroutines are asleep: let Go say so
    go._pendingEvent = { id: 0 };
    go._resume();
  }
});
await go.run(instance);
