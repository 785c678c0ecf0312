// The button that opens a scenario or a manifest from a file.
import { FolderOpen } from "lucide-react";
import { useRef } from "react";
import { W } from "../../words/en/ui-more.ts";
import { PartError } from "../store/parts.ts";
import type { Playground } from "../store/playground.ts";
import { usePlayground } from "../store/react.ts";
import { FILE_LIMIT, readScenarioFile } from "./file.ts";

/** @param onOpened - called with why the file could not be opened, or with undefined when it is open. */
export function OpenFile({ onOpened }: { readonly onOpened: (problem: string | undefined) => void }) {
  const playground = usePlayground();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="button" onClick={() => picker.current?.click()}>
        <FolderOpen size={14} aria-hidden="true" />
        {W.open}
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={W.file}
        accept=".json,.yaml,.yml,application/json"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file !== undefined) void open(playground, file).then(onOpened);
        }}
      />
    </>
  );
}

/** Opens a file on the page; answers why it cannot be. */
async function open(playground: Playground, file: File): Promise<string | undefined> {
  if (file.size > FILE_LIMIT) return W.tooLarge(file.name);
  const read = readScenarioFile(file.name, await file.text());
  if (read.kind === "broken") return read.message;
  try {
    await playground.open(read.scenario, { source: { kind: "file", name: file.name.slice(0, 200) } });
    if (read.problem !== undefined) playground.notify("error", read.problem);
    return undefined;
  } catch (error) {
    if (error instanceof PartError) return error.message;
    throw error;
  }
}
