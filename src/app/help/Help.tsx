// The button "Help" and the key `?`.
import { CircleHelp } from "lucide-react";
import { useCallback, useState } from "react";
import { W } from "../../words/en/help.ts";
import { lazyPart } from "../ui/lazyPart.tsx";
import { useShortcut } from "../ui/shortcuts.ts";

const HelpDialog = lazyPart(W.help, () => import("./HelpDialog.tsx").then((module) => module.HelpDialog), {
  place: "over",
  onDismiss: ({ onClose }) => onClose(),
});

/** @param onShowMe - begins the tour of the front door again. */
export function Help({ onShowMe }: { readonly onShowMe: () => void }) {
  const [open, setOpen] = useState(false);
  const show = useCallback(() => setOpen(true), []);
  useShortcut("help", show);
  return (
    <>
      <button type="button" className="button plain" aria-haspopup="dialog" title={W.title} onClick={show}>
        <CircleHelp size={14} aria-hidden="true" />
        {W.help}
      </button>
      {open && <HelpDialog onClose={() => setOpen(false)} onShowMe={onShowMe} />}
    </>
  );
}
