// The button "Examples"; the gallery behind it is loaded when someone opens it.
import { BookOpen } from "lucide-react";
import { useState } from "react";
import { W } from "../../words/en/gallery.ts";
import { lazyPart } from "../ui/lazyPart.tsx";

const GalleryDialog = lazyPart(W.gallery, () => import("./GalleryDialog.tsx").then((module) => module.GalleryDialog), {
  place: "over",
  onDismiss: ({ onClose }) => onClose(),
});

export function GalleryButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button plain" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <BookOpen size={14} aria-hidden="true" />
        {W.examples}
      </button>
      {open && <GalleryDialog onClose={() => setOpen(false)} />}
    </>
  );
}
