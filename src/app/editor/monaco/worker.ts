// Monaco's worker, as Trusted Types want it.
import address from "monaco-editor/editor/editor.worker?worker&url";

/** The part of `trustedTypes` that is used here; browsers without it take the address as it is. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): {
    createScriptURL(url: string): string;
  };
}

/** With the page's options no worker starts; should one be wanted anyway, this is it. */
export function offerWorker(): void {
  Object.assign(globalThis, { MonacoEnvironment: { getWorker } });
}

function getWorker(): Worker {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }; // may be missing, as its type says
  const url = new URL(address, import.meta.url).href;
  // The address comes from the build, never from outside.
  const policy = trustedTypes?.createPolicy("podpath-worker", { createScriptURL: () => url });
  return new Worker(policy?.createScriptURL(url) ?? url);
}
