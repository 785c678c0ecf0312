// The button "Share" and its dialog.
import { Share2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { W } from "../../words/en/share-button.ts";
import { lazyPart } from "../ui/lazyPart.tsx";

const ShareDialog = lazyPart(W.share, () => import("./ShareDialog.tsx").then((module) => module.ShareDialog), {
  place: "over",
  onDismiss: ({ onClose }) => onClose(),
});

/** @param props.children - what else can be taken along. */
export function Share({ children }: { readonly children?: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button plain" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Share2 size={14} aria-hidden="true" />
        {W.share}
      </button>
      {open && <ShareDialog onClose={() => setOpen(false)}>{children}</ShareDialog>}
    </>
  );
}
