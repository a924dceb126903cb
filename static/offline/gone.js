// What takes the place of keep.js on a site that keeps nothing: it throws away
// what an earlier build has kept, and then itself.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const key of await caches.keys()) if (key.startsWith(`gopark ${registration.scope} `)) await caches.delete(key);
  await registration.unregister();
})()));
