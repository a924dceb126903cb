// The engine's loader: the first message brings the compiled module, and the
// same program that draws the page starts in its other role. Until it listens,
// nothing else is sent.
import { coreSlot } from "./core.mjs";

onmessage = (first) => {
  onmessage = null;
  const { module, exec, std, core } = first.data;
  importScripts(exec);
  globalThis.gopark = { role: "engine", std };
  const go = new Go();
  const slot = coreSlot();
  const bytes = fetchCore(core);
  WebAssembly.instantiate(module, { ...go.importObject, gopark: slot.imports }).then((instance) => {
    // Nothing waits for the core, and nothing but time is lost without it.
    bytes.then((b) => slot.fill(b, instance.exports.mem)).then(
      () => postMessage("core"),
      (err) => console.warn("the core does not work:", err));
    return go.run(instance);
  });
};

async function fetchCore(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return response.arrayBuffer();
}
