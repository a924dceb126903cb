// The page's loader. The attributes of its script element say where everything
// lies, relative to the page, so that the site may lie under any path:
// data-root, and data-assets with the files by their plain names. A page
// without a cell or a question loads nothing more.

import { coreSlot } from "./core.mjs";

const { dataset } = document.getElementById("gopark");
const assets = JSON.parse(dataset.assets);
const at = (name) => new URL(dataset.root + assets[name], document.baseURI).href;

// compile fetches the program, unpacks it if the server did not, and compiles it.
async function compile(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const [peek, body] = response.body.tee();
  const reader = peek.getReader();
  const { value } = await reader.read();
  reader.cancel();
  const packed = value[0] === 0x1f && value[1] === 0x8b;
  const stream = packed ? body.pipeThrough(new DecompressionStream("gzip")) : body;
  return WebAssembly.compileStreaming(
    new Response(stream, { headers: { "Content-Type": "application/wasm" } }));
}

async function start() {
  const [module] = await Promise.all([compile(at("gopark.wasm")), import(at("wasm_exec.js"))]);
  globalThis.gopark = {
    role: "page",
    lesson: dataset.lesson ?? "",
    // startEngine starts the same program in its other role.
    startEngine() {
      const worker = new Worker(at("worker.js"));
      worker.addEventListener("message", (e) => {
        if (e.data !== "core") return;
        e.stopImmediatePropagation(); // the loader says it to the loader
        document.documentElement.dataset.core = "";
      });
      worker.postMessage({ module, exec: at("wasm_exec.js"), std: assets["std.img"] ? at("std.img") : "", core: at("core.wasm") });
      return worker;
    },
    loadEditor: () => import(at("editor.js")),
  };
  const go = new Go();
  await go.run(await WebAssembly.instantiate(module, { ...go.importObject, gopark: coreSlot().imports }));
  throw new Error("it stopped"); // it never ends by itself
}

function failed(err) {
  console.error(err);
  const p = document.createElement("p");
  p.className = "failed";
  p.setAttribute("role", "alert");
  p.textContent = `The simulator does not work (${err.message}). The text is all here; reload the page to try again.`;
  document.querySelector("main").prepend(p);
}

if (document.querySelector("[data-cell], [data-ask]")) start().catch(failed);
