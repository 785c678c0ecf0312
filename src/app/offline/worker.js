// The service worker: keeps the files of the page, so that it opens without a network. The build writes what the first line names
// (scripts/offline.ts). Rules: src/app/SPEC.md, [OFFLINE-1] and following.
const BUILD = self.podpathBuild;

/** All that a folder kept, whatever the version; releases at other folders of the host keep their own. */
const PREFIX = `podpath ${new URL(self.registration.scope).pathname} `;
const CACHE = PREFIX + BUILD.version;
/** How long the newest page may take to come before the kept one is shown, in ms. */
const PATIENCE_MS = 4_000;

const addressOf = (file) => new URL(file, self.registration.scope).href;
const PAGE = addressOf("./");
const FILES = new Set(BUILD.files.map(addressOf));

self.addEventListener("install", (event) => {
  event.waitUntil(keepAll().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOld().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const address = request.url.replace(/[?#].*$/s, "");
  if (request.mode === "navigate") {
    if (address === PAGE || address === `${PAGE}index.html`) event.respondWith(newestPage(request));
  } else if (FILES.has(address) || address.startsWith(addressOf("assets/"))) event.respondWith(keptFile(request));
});

/** Fetches what this version has and no version before it had: names in assets/ change with their contents. */
async function keepAll() {
  const cache = await caches.open(CACHE);
  for (const address of [PAGE, ...FILES]) {
    const kept = address.startsWith(addressOf("assets/")) ? await anyKept(address) : undefined;
    const response = kept ?? (await fetch(address, { cache: "no-cache" }));
    if (!response.ok) throw new Error(`${address} was answered with ${response.status}`);
    await cache.put(address, response);
  }
}

/** The version before this one stays: a page of it that is open still loads parts when they are needed. */
async function dropOld() {
  const mine = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(mine.slice(0, -1).map((name) => caches.delete(name)));
}

async function anyKept(address) {
  for (const name of (await caches.keys()).filter((each) => each.startsWith(PREFIX)).reverse()) {
    const found = await (await caches.open(name)).match(address);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The page as the host has it now; where that takes too long or fails, as it was kept. */
async function newestPage(request) {
  const kept = await (await caches.open(CACHE)).match(PAGE);
  if (kept === undefined) return fetch(request);
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  const newest = fetch(request).then(
    (response) => (response.status < 500 ? response : kept),
    () => kept,
  );
  return Promise.race([newest, late]);
}

async function keptFile(request) {
  return (await anyKept(request.url)) ?? fetch(request);
}
