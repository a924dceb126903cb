// The page's loader. The attributes of its script element say where everything
// lies, relative to the page, so that the site may lie under any path:
// data-root, and data-assets with the files by their plain names. A page
// without a cell or a question loads nothing more.

import { coreSlot } from "./core.mjs";
import { fetchUnpacked } from "./unpack.mjs";

const { dataset } = document.getElementById("gopark");
const assets = JSON.parse(dataset.assets);
const at = (name) => new URL(dataset.root + assets[name], document.baseURI).href;

// newEngine makes a worker that gets ready what doesn't need the program, and
// keeps what it is sent until it runs: so it is ready for messages at once. The
// page hears that, and what the worker says, after a call of taken.
function newEngine() {
  const worker = new Worker(at("worker.js"));
  let early = ["ready"]; // what the page has not heard yet
  worker.addEventListener("message", (e) => {
    if (e.data === "core") { // the loader says it to the loader
      document.documentElement.dataset.core = "";
    } else if (early) {
      early.push(e.data);
    } else {
      return;
    }
    e.stopImmediatePropagation();
  });
  worker.postMessage({ exec: at("wasm_exec.js"), std: at("std.img"), core: at("core.wasm") });
  const taken = () => setTimeout(() => {
    const list = early;
    early = null;
    for (const data of list) worker.dispatchEvent(new MessageEvent("message", { data }));
  });
  return { worker, taken };
}

async function start() {
  let first = newEngine(); // it fetches while the program is compiled
  const [module] = await Promise.all([
    fetchUnpacked(at("gopark.wasm"), "application/wasm").then(WebAssembly.compileStreaming),
    import(at("wasm_exec.js")),
  ]);
  first.worker.postMessage({ module });
  globalThis.gopark = {
    role: "page",
    lesson: dataset.lesson ?? "",
    // startEngine starts the same program in its other role.
    startEngine() {
      const engine = first ?? newEngine();
      if (!first) engine.worker.postMessage({ module });
      first = null;
      engine.taken();
      return engine.worker;
    },
    loadEditor: (vim) => import(at(vim ? "editor-vim.js" : "editor.js")),
    docs: at("docs.json"),
    // wordAt is the word of the text at a point of the window.
    wordAt(x, y) {
      const at = document.caretPositionFromPoint?.(x, y);
      const text = at?.offsetNode.data ?? "";
      return /[\p{L}\p{N}_]*$/u.exec(text.slice(0, at?.offset))[0] + /^[\p{L}\p{N}_]*/u.exec(text.slice(at?.offset))[0];
    },
    loadPictures: () => import(at("picture.js")),
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

// A page in another's frame says how high it would like to be.
if (parent !== window && document.querySelector("main.embed")) {
  new ResizeObserver(() => parent.postMessage({ gopark: { height: document.documentElement.scrollHeight } }, "*")).observe(document.body);
}

// stale reports whether the site has been built anew since this page was made:
// then its files may be gone.
async function stale() {
  const page = await (await fetch(location.href, { cache: "reload" })).text();
  const [, build] = /data-build="(\w+)"/.exec(page) ?? [];
  return build !== undefined && build !== dataset.build;
}

if (document.querySelector("[data-cell], [data-ask]")) {
  start().catch(async (err) => {
    if (await stale().catch(() => false)) location.reload();
    else failed(err);
  });
}
