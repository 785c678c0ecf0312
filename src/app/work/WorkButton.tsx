// The button "Your work", and what is said at once when the browser keeps nothing.
import { Files, TriangleAlert, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { W } from "../../words/en/work.ts";
import { loadPart } from "../store/parts.ts";
import { usePlayground } from "../store/react.ts";
import { lazyPart } from "../ui/lazyPart.tsx";
import { refusalWords } from "./words.ts";
import type { Work } from "./work.ts";
import "./work.css";

const WorkDialog = lazyPart(W.work, () => import("./WorkDialog.tsx").then((module) => module.WorkDialog), {
  place: "over",
  onDismiss: ({ onClose }) => onClose(),
});
const save = async (work: Work) => {
  const { saveAsFile } = await loadPart(W.writes, () => import("./files.ts"));
  saveAsFile(work.current());
};

/** Keeps the work of the page around it, too. */
export function WorkButton({ work }: { readonly work: Work }) {
  const playground = usePlayground();
  const [open, setOpen] = useState(false);
  const refused = useStore(work.store, (state) => state.refusal !== undefined);
  useEffect(() => work.follow(playground), [work, playground]);
  return (
    <>
      <button
        type="button"
        className="button plain work-button"
        aria-haspopup="dialog"
        title={refused ? W.notKept : W.kept}
        onClick={() => setOpen(true)}
      >
        {refused ? (
          <TriangleAlert className="work-refused" size={14} aria-hidden="true" />
        ) : (
          <Files size={14} aria-hidden="true" />
        )}
        <span>{W.work}</span>
        {refused && <span className="visually-hidden">{W.hidden}</span>}
      </button>
      {open && <WorkDialog work={work} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Says why the browser keeps nothing, with the file as the other way; said again when the reason changes. */
export function WorkWarning({ work }: { readonly work: Work }) {
  const playground = usePlayground();
  const refusal = useStore(work.store, (state) => state.refusal);
  const [dismissed, setDismissed] = useState<string>();
  if (refusal === undefined || refusal.kind === dismissed) return null;
  return (
    <div className="work-warning" role="alert">
      <TriangleAlert className="work-refused" size={16} aria-hidden="true" />
      <span>{refusalWords(refusal)}</span>
      <button type="button" className="button" onClick={() => void playground.attempt(() => save(work))}>
        {W.download}
      </button>
      <button
        type="button"
        className="button plain icon"
        aria-label={W.dismiss}
        onClick={() => setDismissed(refusal.kind)}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}
