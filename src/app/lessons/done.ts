// Which lessons the visitor has done, kept in the browser.
import { readSetting, writeSetting } from "../ui/storage.ts";

const NAME = "lessons-done";

/** The names of the lessons that are done; what cannot be read counts as none. */
export function doneLessons(): ReadonlySet<string> {
  try {
    const kept: unknown = JSON.parse(readSetting(NAME) ?? "[]");
    return new Set(Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : []);
  } catch {
    return new Set();
  }
}

export function keepDone(id: string): void {
  const done = doneLessons();
  if (!done.has(id)) writeSetting(NAME, JSON.stringify([...done, id]));
}

export function clearDone(): void {
  writeSetting(NAME, undefined);
}
