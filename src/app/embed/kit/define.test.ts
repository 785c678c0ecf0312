// Where the package's `<pod-path>` looks for the playground.
import { afterEach, expect, test, vi } from "vitest";
import { define } from "./define.ts";
import { PodPath } from "./element.ts";

afterEach(() => vi.unstubAllGlobals());

/** The address that a new element asks for: on a page from a file, where nothing else begins. */
async function askedFor(): Promise<string | undefined> {
  const addresses: string[] = [];
  const Address = class extends URL {
    constructor(address: string, base?: string) {
      super(address, base);
      addresses.push(this.href);
    }
  };
  vi.stubGlobal("URL", Address);
  vi.stubGlobal("document", { readyState: "complete", baseURI: "file:///page.html" });
  const element = Object.assign(new PodPath(), {
    isConnected: true,
    getAttribute: (name: string) => (name === "theme" ? "light" : null),
    hasAttribute: () => false,
    querySelector: () => null,
    cloneNode: () => ({ querySelectorAll: () => [], textContent: "" }),
  });
  element.connectedCallback();
  await Promise.resolve();
  return addresses[0];
}

test("[PACKAGE-4] the address that a page gave stays when a component defines the element again", async () => {
  vi.stubGlobal("customElements", { get: () => PodPath });
  define();
  expect(await askedFor()).toBe("file:///podpath/");
  define({ site: "/elsewhere" });
  define();
  expect(await askedFor()).toBe("file:///elsewhere/");
  define({ site: "/podpath/" });
  expect(await askedFor()).toBe("file:///podpath/");
});
