// Small settings that outlive the page, where the browser allows it.

const PREFIX = "podpath.";

/** A setting as it was written; undefined when there is none or when this frame has no storage. */
export function readSetting(name: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined;
  } catch (error) {
    if (isStorageRefusal(error)) return undefined;
    throw error;
  }
}

/** Remembers a setting if the browser lets us; undefined forgets it. Returns whether it was kept. */
export function writeSetting(name: string, value: string | undefined): boolean {
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
    return true;
  } catch (error) {
    if (isStorageRefusal(error)) return false;
    throw error;
  }
}

/** Sandboxed and third-party frames refuse storage, and full storage refuses more. */
function isStorageRefusal(error: unknown): boolean {
  return error instanceof DOMException;
}
