// `<pod-path>` from the package: defined where there is a page, nothing where there is none.
import { PodPath, setHome } from "./element.ts";
import { DEFAULT_SITE, folder } from "./link.ts";

declare global {
  interface HTMLElementTagNameMap {
    "pod-path": PodPath;
  }
}

/**
 * Defines `<pod-path>`, unless this page has it already. In a site's build, where there is no page, nothing happens.
 *
 * @param options.site - address of the playground for elements without `src`; `/podpath/` by default.
 * @throws Error when that can't be an address
 */
export function define(options: { readonly site?: string } = {}): void {
  const site = folder(options.site ?? DEFAULT_SITE);
  if (globalThis.customElements === undefined) return;
  setHome(site);
  if (customElements.get("pod-path") === undefined) customElements.define("pod-path", PodPath);
}
