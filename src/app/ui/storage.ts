// The browser's storage for small texts that outlive the page, where there is one: the only file that touches it.

const PREFIX = "podpath.";

/** What the page uses of a Storage. */
export type TextStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;
export type FindStorage = () => TextStore | null | undefined;

const browsers: FindStorage = () => globalThis.localStorage;

/**
 * What `act` makes of the storage; undefined where there is none. It may be refused (sandboxed and third-party frames), full,
 * null (a WebView without it) or replaced by an extension: whatever it throws, the page continues without it.
 */
export function withStorage<T>(act: (storage: TextStore) => T, find: FindStorage = browsers): T | undefined {
  try {
    const storage = find();
    return storage === null || storage === undefined ? undefined : act(storage);
  } catch {
    return undefined;
  }
}

/** A setting as it was written; undefined when there is none or when this frame has no storage. */
export function readSetting(name: string): string | undefined {
  return withStorage((storage) => storage.getItem(PREFIX + name)) ?? undefined;
}

/** Remembers a setting if the browser lets us; undefined forgets it. Returns whether it was kept. */
export function writeSetting(name: string, value: string | undefined): boolean {
  const kept = withStorage((storage) => {
    if (value === undefined) storage.removeItem(PREFIX + name);
    else storage.setItem(PREFIX + name, value);
    return true;
  });
  return kept ?? false;
}

const tabs: FindStorage = () => globalThis.sessionStorage;

/** A setting of this tab, which outlives a reload but not the tab; undefined as for `readSetting`. */
export function readTabSetting(name: string): string | undefined {
  return withStorage((storage) => storage.getItem(PREFIX + name), tabs) ?? undefined;
}

/** Remembers a setting of this tab; undefined forgets it. */
export function writeTabSetting(name: string, value: string | undefined): void {
  withStorage((storage) => {
    if (value === undefined) storage.removeItem(PREFIX + name);
    else storage.setItem(PREFIX + name, value);
  }, tabs);
}
