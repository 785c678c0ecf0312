// How far the visitor is in all lessons; as a file, from a file, or forgotten.
import { type ReactNode, useRef, useState } from "react";
import { isMade, LESSONS } from "../../lessons/index.ts";
import { W } from "../../words/en/lessons.ts";
import { downloadJson } from "../ui/download.ts";
import type { KeptProgress } from "./kept.ts";
import {
  type AllProgress,
  importedText,
  mergeProgress,
  PROGRESS_LIMIT,
  progressFile,
  readProgress,
} from "./progress.ts";

interface ProgressBarProps {
  readonly kept: KeptProgress;
  readonly progress: AllProgress;
  readonly onChange: (progress: AllProgress) => void;
}

export function ProgressBar({ kept, progress, onChange }: ProgressBarProps) {
  const picker = useRef<HTMLInputElement>(null);
  const [said, say] = useState<{ readonly text: string; readonly before?: AllProgress }>();
  const replace = (next: AllProgress) => {
    kept.replace(next);
    onChange(next);
  };
  const take = async (file: File) => {
    const read = await readFile(file);
    if (read.kind === "broken") {
      say({ text: W.unusable(file.name, read.reason) });
      return;
    }
    const next = mergeProgress(progress, read.lessons);
    replace(next);
    say({ text: importedText(progress, next, read.leftOut), before: progress });
  };
  return (
    <div className="lessons-progress">
      <span>{summary(progress)}</span>
      <span className="lesson-row">
        {progress.size > 0 && (
          <Action act={() => downloadJson("lessons.podpath.json", progressFile(progress))}>{W.export}</Action>
        )}
        <Action act={() => picker.current?.click()}>{W.import}</Action>
        {progress.size > 0 && (
          <Action
            act={() => {
              replace(new Map());
              say({ text: W.cleared, before: progress });
            }}
          >
            {W.clear}
          </Action>
        )}
        <input
          ref={picker}
          type="file"
          hidden
          aria-label={W.file}
          accept=".json,application/json"
          onChange={({ target }) => {
            const file = target.files?.[0];
            target.value = "";
            if (file !== undefined) void take(file);
          }}
        />
      </span>
      <span className="lessons-said" role="status">
        {said?.text}
        {said?.before !== undefined && (
          <Action
            act={() => {
              replace(said.before ?? new Map());
              say({ text: W.asBefore });
            }}
          >
            {W.undo}
          </Action>
        )}
      </span>
    </div>
  );
}

function Action({ act, children }: { readonly act: () => void; readonly children: ReactNode }) {
  return (
    <button type="button" className="button plain" onClick={act}>
      {children}
    </button>
  );
}

async function readFile(file: File) {
  if (file.size > PROGRESS_LIMIT) return { kind: "broken", reason: W.tooLarge } as const;
  return readProgress(await file.text(), (id) => isMade(id) || LESSONS.some((each) => each.id === id));
}

/** `3 of 51 done, 2 begun`. */
function summary(progress: AllProgress): string {
  const known = LESSONS.flatMap(({ id }) => progress.get(id) ?? []);
  const done = known.filter((each) => each.done).length;
  const begun = known.length - done;
  return W.summary(done, LESSONS.length, begun);
}
