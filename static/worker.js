// The engine's loader: the first message says where everything is, the second
// brings the compiled module, and the same program that draws the page starts in
// its other role. What is sent until it listens is kept for it.
import { coreSlot } from "./core.mjs";
import { fetchUnpacked } from "./unpack.mjs";

onmessage = ({ data: { exec, std, core } }) => {
  const image = load(std);
  const bytes = fetchCore(core);
  for (const p of [image, bytes]) p.catch(() => {}); // who needs it will hear
  importScripts(exec);
  globalThis.gopark = { role: "engine", std, image, load };
  onmessage = ({ data: { module } }) => {
    const kept = [];
    onmessage = ({ data }) => kept.push(data);
    globalThis.gopark.listen = (hear) => {
      onmessage = ({ data }) => hear(data);
      kept.forEach(hear);
    };
    start(module, bytes);
  };
};

async function start(module, bytes) {
  const go = new Go();
  const slot = coreSlot();
  const instance = await WebAssembly.instantiate(module, { ...go.importObject, gopark: slot.imports });
  // Nothing waits for the core, and nothing but time is lost without it.
  bytes.then((b) => slot.fill(b, instance.exports.mem)).then(
    () => postMessage("core"),
    (err) => console.warn("the core does not work:", err));
  return go.run(instance);
}

async function load(url) {
  return (await fetchUnpacked(url, "application/octet-stream")).arrayBuffer();
}

async function fetchCore(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return response.arrayBuffer();
}
