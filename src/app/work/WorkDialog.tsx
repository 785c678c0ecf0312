// The list of the visitor's work: what there is, where it came from, and how to get it back.
import { Download } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { W } from "../../words/en/work-dialog.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { OpenFile } from "../ui/OpenFile.tsx";
import type { Kept } from "./entry.ts";
import { saveAsFile } from "./files.ts";
import { WorkRow } from "./WorkRow.tsx";
import { refusalWords } from "./words.ts";
import type { Work } from "./work.ts";

export function WorkDialog({ work, onClose }: { readonly work: Work; readonly onClose: () => void }) {
  const { entries = [], refusal, removed, persistent } = useStore(work.store);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    void work.open();
    return () => work.close();
  }, [work]);
  return (
    <Dialog title={W.work} onClose={onClose}>
      <p>
        {W.intro}
        {persistent === false && ` ${W.evicted}`}
      </p>
      {refusal !== undefined && <p className="warning">{refusalWords(refusal)}</p>}
      <Removed removed={removed} onUndo={() => void work.putBack()} />
      {entries.length === 0 ? (
        <p className="quiet">{W.empty}</p>
      ) : (
        <ul className="work-list" aria-label={W.work}>
          {entries.map((kept) => (
            <WorkRow key={kept.id} work={work} kept={kept} onClose={onClose} />
          ))}
        </ul>
      )}
      <div className="dialog-row">
        <button type="button" className="button" onClick={() => saveAsFile(work.current())}>
          <Download size={14} aria-hidden="true" />
          {W.download}
        </button>
        <OpenFile
          onOpened={(told) => {
            setProblem(told);
            if (told === undefined) onClose();
          }}
        />
      </div>
      {problem !== undefined && (
        <p className="warning" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}

/** Always there, so that screen readers hear of it when it fills. */
function Removed({ removed, onUndo }: { readonly removed: Kept | undefined; readonly onUndo: () => void }) {
  return (
    <div className="work-removed" role="status">
      {removed !== undefined && (
        <>
          <span>{removed.kind === "entry" ? W.deleted(removed.entry.name) : W.brokenDeleted}</span>
          <button type="button" className="button" onClick={onUndo}>
            {W.undo}
          </button>
        </>
      )}
    </div>
  );
}
