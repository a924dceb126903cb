// What keeps the site for a reader who has asked for that: a service worker. The
// build puts in front of it which build it is and which files there are.
//
// Pages come from the network whenever there is one, so that nobody is kept on
// an old version; without one they come from here, all of one build with the
// files that they name. Files with their content's hash in their name never
// change, and come from here first. A newer build is fetched beside the one that
// is used and takes its place when no page of the site is open any more.

const name = (build) => `gopark ${registration.scope} ${build}`;
const ours = async () => (await caches.keys()).filter((key) => key.startsWith(name("")));
const here = (path) => new URL(path, registration.scope).href;

addEventListener("install", (event) => event.waitUntil(keep()));

async function keep() {
  const cache = await caches.open(name(gopark.build));
  const queue = [...gopark.files, ...gopark.pages];
  const next = async () => {
    for (let path; (path = queue.shift()) !== undefined;) {
      const url = here(path);
      const had = path.startsWith("assets/") && (await caches.match(url));
      const response = had || (await fetch(url, { cache: "no-cache" }));
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      await cache.put(url, response);
    }
  };
  try {
    await Promise.all([next(), next(), next(), next()]);
  } catch (err) {
    await caches.delete(name(gopark.build));
    throw err;
  }
}

addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const key of await ours()) if (key !== name(gopark.build)) await caches.delete(key);
  await clients.claim();
})()));

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.url.startsWith(here("assets/"))) event.respondWith(file(request));
});

async function file(request) {
  return (await caches.match(request.url)) ?? fetch(request);
}

async function page(request) {
  try {
    return await fetch(request);
  } catch (err) {
    const url = new URL(request.url);
    url.search = url.hash = "";
    const kept = await (await caches.open(name(gopark.build))).match(url.href.replace(/index\.html$/, ""));
    if (kept) return kept;
    throw err;
  }
}
