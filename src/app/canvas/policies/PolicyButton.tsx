// The way to who may reach whom, in the bar over the picture.
import { useState } from "react";
import { W } from "../../../words/en/policies.ts";
import { MatrixDialog } from "./MatrixDialog.tsx";

export function PolicyButton() {
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState("");
  return (
    <>
      <button
        type="button"
        className="button plain small"
        aria-haspopup="dialog"
        title={W.buttonTitle}
        onClick={() => setOpen(true)}
      >
        {W.button}
      </button>
      {open && <MatrixDialog draft={draft} onDraft={setDraft} onClose={() => setOpen(false)} />}
    </>
  );
}
