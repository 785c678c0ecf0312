// `<pod-path>` from the package: defined where there is a page, nothing where there is none.
import { PodPath, setHome } from "./element.ts";
import { DEFAULT_SITE, folder } from "./link.ts";

declare global {
  interface HTMLElementTagNameMap {
    "pod-path": PodPath;
  }
}

/** What the page said last: components define the element too, without an address. */
let site = DEFAULT_SITE;

/**
 * Defines `<pod-path>`, unless this page has it already. In a site's build, where there is no page, nothing happens.
 *
 * @param options.site - address of the playground for elements without `src`; `/podpath/` until one is given.
 * @throws Error when that can't be an address
 */
export function define(options: { readonly site?: string } = {}): void {
  if (options.site !== undefined) site = folder(options.site);
  if (globalThis.customElements === undefined) return;
  setHome(site);
  if (customElements.get("pod-path") === undefined) customElements.define("pod-path", PodPath);
}
