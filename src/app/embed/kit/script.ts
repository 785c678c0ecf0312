// What `embed.js` does when a page loads it: defines `<pod-path>`, and upgrades the blocks that its `data-selector` finds.
import { onNewBlocks, upgrade } from "./blocks.ts";
import { PodPath, setHome } from "./element.ts";

const script =
  document.currentScript ??
  document.querySelector<HTMLScriptElement>("script[src$='/embed.js'], script[data-selector]");
const { selector, ...given } = script instanceof HTMLScriptElement ? { ...script.dataset } : {};
if (script instanceof HTMLScriptElement) setHome(new URL("./", script.src).href);
// A page may load it twice, or another release of it.
if (customElements.get("pod-path") === undefined) customElements.define("pod-path", PodPath);

if (selector !== undefined) {
  const attributes = new Map(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const look = () => upgrade(document, selector, attributes);
  const start = () => {
    look();
    onNewBlocks(selector, look);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}
