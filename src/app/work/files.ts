// Entries as files.
import { downloadJson } from "../ui/download.ts";
import { fileName } from "../ui/file.ts";
import { type Entry, fileOf, type Kept } from "./entry.ts";

/** Saves an entry as a scenario file, which the page opens again. */
export function saveAsFile(entry: Entry | undefined): void {
  if (entry === undefined) return;
  const scenario = fileOf(entry);
  downloadJson(fileName(scenario), scenario);
}

/** Saves the record under a key unchanged, read or not. */
export function saveKept(kept: Kept): void {
  if (kept.kind === "entry") saveAsFile(kept.entry);
  else downloadJson("broken-entry.json", kept.raw);
}
