// The button "Embed": writes the code that puts Podpath into somebody's page.
import { Code } from "lucide-react";
import { lazy, Suspense, useState } from "react";

const EmbedDialog = lazy(() => import("./EmbedDialog.tsx").then((module) => ({ default: module.EmbedDialog })));

export function EmbedButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button plain" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Code size={14} aria-hidden="true" />
        Embed
      </button>
      {open && (
        <Suspense>
          <EmbedDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
