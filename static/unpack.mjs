// fetchUnpacked fetches a file and unpacks it, if the server did not. Its name
// tells its content, so what is in the browser's cache is right.
export async function fetchUnpacked(url, type) {
  const response = await fetch(url, { cache: "force-cache" });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const [peek, body] = response.body.tee();
  const reader = peek.getReader();
  const { value } = await reader.read();
  reader.cancel();
  const packed = value[0] === 0x1f && value[1] === 0x8b;
  const stream = packed ? body.pipeThrough(new DecompressionStream("gzip")) : body;
  return new Response(stream, { headers: { "Content-Type": type } });
}
