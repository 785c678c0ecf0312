// Lets the page open without a network from its second visit on.

/** The part of `trustedTypes` that is used here; browsers without it take the address as it is. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

/** The page that may be kept: its own, not one in a frame, in a browser that does it and a build that has the worker. */
function mayBeKept(isBuilt: boolean): boolean {
  const { connection } = navigator as { connection?: { readonly saveData?: boolean } }; // not in every browser
  return isBuilt && self === top && "serviceWorker" in navigator && connection?.saveData !== true;
}

/** Has the browser keep the page's files once the page is there and idle. Nothing depends on it: where it fails, nothing is kept. */
export function keepOffline(isBuilt: boolean = import.meta.env.PROD): void {
  if (!mayBeKept(isBuilt)) return;
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }; // may be missing, as its type says
  // The address is beside the page's own, never from outside.
  const url = new URL("sw.js", document.baseURI).href;
  const policy = trustedTypes?.createPolicy("podpath-offline", { createScriptURL: () => url });
  const register = () => {
    const refused = () => undefined; // a browser that allows no storage
    navigator.serviceWorker.register(policy?.createScriptURL(url) ?? url, { updateViaCache: "none" }).catch(refused);
  };
  setTimeout(register, 3_000);
}
