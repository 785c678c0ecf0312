// The button "Help" and the key `?`.
import { CircleHelp } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";

const HelpDialog = lazy(() => import("./HelpDialog.tsx").then((module) => ({ default: module.HelpDialog })));
const TAKEN = "input, textarea, select, [contenteditable], dialog[open]";

export function Help() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const keyDown = (event: KeyboardEvent) => {
      if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(TAKEN) !== null) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener("keydown", keyDown);
    return () => document.removeEventListener("keydown", keyDown);
  }, []);
  return (
    <>
      <button
        type="button"
        className="button plain"
        aria-haspopup="dialog"
        title="Help (?)"
        onClick={() => setOpen(true)}
      >
        <CircleHelp size={14} aria-hidden="true" />
        Help
      </button>
      {open && (
        <Suspense>
          <HelpDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
