// The engine's loader: the first message brings the compiled module, and the
// same program that draws the page starts in its other role. Until it listens,
// nothing else is sent.
onmessage = (first) => {
  onmessage = null;
  const { module, exec, std } = first.data;
  importScripts(exec);
  globalThis.gopark = { role: "engine", std };
  const go = new Go();
  WebAssembly.instantiate(module, go.importObject).then((instance) => go.run(instance));
};
