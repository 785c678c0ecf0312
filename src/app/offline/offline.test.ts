// The service worker, in a browser made of two maps: what it keeps, what it answers, and what it leaves alone.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { keepOffline } from "./index.ts";

const WORKER = readFileSync(join(import.meta.dirname, "worker.js"), "utf8");
const SITE = "https://example.org/podpath/";

type Listener = (event: unknown) => void;

/** A browser: its caches, and a host that has pages or is away. */
function browser() {
  const stores = new Map<string, Map<string, Response>>();
  const host = { files: new Map<string, string>(), away: false, asked: [] as string[], late: false };
  const caches = {
    keys: async () => [...stores.keys()],
    delete: async (name: string) => stores.delete(name),
    open: async (name: string) => {
      const store = stores.get(name) ?? new Map<string, Response>();
      stores.set(name, store);
      return {
        match: async (address: string) => store.get(address)?.clone(),
        put: async (address: string, response: Response) => void store.set(address, response.clone()),
      };
    },
  };
  const fetch = async (asked: string | { url: string }) => {
    const address = typeof asked === "string" ? asked : asked.url;
    host.asked.push(address);
    if (host.away) throw new TypeError("Failed to fetch");
    if (host.late) return new Promise(() => undefined);
    const text = host.files.get(address.replace(/\?.*/, ""));
    return new Response(text ?? "", { status: text === undefined ? 404 : 200 });
  };
  return { stores, host, caches, fetch };
}

/** A version of the page in that browser, installed. */
async function install({ caches, fetch }: ReturnType<typeof browser>, version: string, files: readonly string[]) {
  const listeners = new Map<string, Listener>();
  const timers: (() => void)[] = [];
  const self = {
    podpathBuild: { version, files },
    registration: { scope: SITE },
    clients: { claim: async () => undefined },
    skipWaiting: async () => undefined,
    addEventListener: (name: string, listener: Listener) => listeners.set(name, listener),
  };
  const run = new Function("self", "caches", "fetch", "setTimeout", WORKER);
  run(self, caches, fetch, (timer: () => void) => timers.push(timer));
  const wait = async (name: string) => {
    let waited: Promise<unknown> = Promise.resolve();
    listeners.get(name)?.({ waitUntil: (promise: Promise<unknown>) => (waited = promise) });
    await waited;
  };
  await wait("install");
  await wait("activate");
  /** What it answers; undefined for what it leaves to the browser. */
  const ask = (address: string, mode = "no-cors", method = "GET"): Promise<Response> | undefined => {
    let answer: Promise<Response> | undefined;
    const request = { url: new URL(address, SITE).href, mode, method };
    listeners.get("fetch")?.({ request, respondWith: (given: Promise<Response>) => (answer = given) });
    return answer;
  };
  return { ask, timers };
}

const text = async (answer: Promise<Response> | undefined) => (await answer)?.text();

function visited() {
  const place = browser();
  for (const [file, content] of [
    ["", "page 1"],
    ["assets/a-1.js", "a"],
    ["assets/b-1.js", "b"],
    ["favicon.svg", "icon"],
  ])
    place.host.files.set(SITE + file, content ?? "");
  return place;
}

test("[OFFLINE-1] once kept, the page and all its files come without a network, whatever its query", async () => {
  const place = visited();
  const { ask } = await install(place, "1", ["assets/a-1.js", "assets/b-1.js", "favicon.svg"]);
  place.host.away = true;
  expect(await text(ask("?lesson=four-ports", "navigate"))).toBe("page 1");
  expect(await text(ask("index.html", "navigate"))).toBe("page 1");
  expect(await text(ask("assets/b-1.js"))).toBe("b");
});

test("[OFFLINE-2] a newer page is shown as soon as the host has it; one that doesn't come in time is the kept one", async () => {
  const place = visited();
  const { ask, timers } = await install(place, "1", ["assets/a-1.js"]);
  place.host.files.set(SITE, "page 2");
  expect(await text(ask("", "navigate"))).toBe("page 2");
  place.host.late = true;
  const answer = ask("", "navigate");
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  for (const timer of timers.splice(0)) timer();
  expect(await text(answer)).toBe("page 1");
});

test("[OFFLINE-3] an update fetches what is new, and a page that is open still finds its parts", async () => {
  const place = visited();
  await install(place, "1", ["assets/a-1.js", "assets/b-1.js"]);
  place.host.files.delete(`${SITE}assets/b-1.js`);
  place.host.files.set(`${SITE}assets/b-2.js`, "b 2");
  place.host.asked.length = 0;
  const { ask } = await install(place, "2", ["assets/a-1.js", "assets/b-2.js"]);
  expect(place.host.asked).toEqual([SITE, `${SITE}assets/b-2.js`]);
  expect(await text(ask("assets/b-1.js"))).toBe("b");
  await install(place, "3", ["assets/a-1.js"]);
  expect([...place.stores.keys()]).toEqual(["podpath /podpath/ 2", "podpath /podpath/ 3"]);
});

test("[OFFLINE-3] an update that can't be fetched whole changes nothing", async () => {
  const place = visited();
  await install(place, "1", ["assets/a-1.js"]);
  await expect(install(place, "2", ["assets/missing.js"])).rejects.toThrow("missing.js was answered with 404");
});

test("[OFFLINE-4] other pages of the host, other releases and what is sent are none of its business", async () => {
  const { ask } = await install(visited(), "1", ["assets/a-1.js"]);
  for (const [address, mode, method] of [
    ["v/1.0.0/", "navigate", "GET"],
    ["docs/", "navigate", "GET"],
    ["v/1.0.0/assets/a-1.js", "no-cors", "GET"],
    ["https://example.com/podpath/assets/a-1.js", "no-cors", "GET"],
    ["", "navigate", "POST"],
  ] as const)
    expect(ask(address, mode, method), address).toBeUndefined();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Which worker a page with these parts of the browser asks for. */
function askedFor({ framed = false, saveData = false, isBuilt = true }): string[] {
  vi.useFakeTimers();
  const asked: string[] = [];
  const page = {};
  const serviceWorker = { register: async (address: string) => void asked.push(address) };
  vi.stubGlobal("self", page);
  vi.stubGlobal("top", framed ? {} : page);
  vi.stubGlobal("navigator", { serviceWorker, connection: { saveData } });
  vi.stubGlobal("document", { baseURI: `${SITE}?lesson=x` });
  keepOffline(isBuilt);
  vi.runAllTimers();
  return asked;
}

test("[OFFLINE-5] a built page of its own asks for the worker; a frame, and a visitor who saves data, do not", () => {
  expect(askedFor({})).toEqual([`${SITE}sw.js`]);
  expect(askedFor({ framed: true })).toEqual([]);
  expect(askedFor({ saveData: true })).toEqual([]);
  expect(askedFor({ isBuilt: false })).toEqual([]);
});
