// The button "Your work", and what is said at once when the browser keeps nothing.
import { Files, TriangleAlert, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { loadPart } from "../store/parts.ts";
import { usePlayground } from "../store/react.ts";
import { lazyPart } from "../ui/lazyPart.tsx";
import { refusalWords } from "./words.ts";
import type { Work } from "./work.ts";
import "./work.css";

const WorkDialog = lazyPart("Your work", () => import("./WorkDialog.tsx").then((module) => module.WorkDialog), {
  place: "over",
  onDismiss: ({ onClose }) => onClose(),
});
const save = async (work: Work) => {
  const { saveAsFile } = await loadPart("What writes files", () => import("./files.ts"));
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
        title={refused ? "Your work isn't kept in this browser" : "Your work, kept in this browser"}
        onClick={() => setOpen(true)}
      >
        {refused ? (
          <TriangleAlert className="work-refused" size={14} aria-hidden="true" />
        ) : (
          <Files size={14} aria-hidden="true" />
        )}
        <span>Your work</span>
        {refused && <span className="visually-hidden">, not kept</span>}
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
        Download file
      </button>
      <button
        type="button"
        className="button plain icon"
        aria-label="Dismiss"
        onClick={() => setDismissed(refusal.kind)}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}
