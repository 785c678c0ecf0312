// The button "Embed": writes the code that puts Podpath into someone's page.
import { Code } from "lucide-react";
import { useState } from "react";
import { W } from "../../words/en/embed-dialog.ts";
import { lazyPart } from "../ui/lazyPart.tsx";

const EmbedDialog = lazyPart(W.embed, () => import("./EmbedDialog.tsx").then((module) => module.EmbedDialog), {
  place: "over",
  onDismiss: ({ onClose }) => onClose(),
});

export function EmbedButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button plain" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Code size={14} aria-hidden="true" />

        {W.embed}
      </button>
      {open && <EmbedDialog onClose={() => setOpen(false)} />}
    </>
  );
}
