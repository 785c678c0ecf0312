// Keeps what the visitor typed across reloads, where the browser lets us.

/** A place that may refuse: storage throws in sandboxed and third-party frames. */
export interface TextStorage {
  load(): string | undefined;
  save(text: string): void;
  clear(): void;
}

const KEY = "podpath.editor.text";
/** Longer texts are not kept: the browser's whole allowance is about five million characters. */
const KEPT_LENGTH = 1_000_000;

/** Keeps the text in the browser's storage; remembers nothing where that is refused. */
export function textStorage(storage: () => Pick<Storage, "getItem" | "setItem" | "removeItem">): TextStorage {
  return {
    load: () => allowed(() => storage().getItem(KEY)) ?? undefined,
    save: (text) => {
      if (text.length <= KEPT_LENGTH) allowed(() => storage().setItem(KEY, text));
    },
    clear: () => allowed(() => storage().removeItem(KEY)),
  };
}

/** The result, or undefined where the browser refuses (SecurityError) or has no room (QuotaExceededError). */
function allowed<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
