// A small way to the list of what is stored and has no effect here; the list itself is loaded when it is asked for.
import { useState } from "react";
import { W } from "../../words/en/simulated.ts";
import { lazyPart } from "./lazyPart.tsx";

const SimulatedDialog = lazyPart(
  W.list,
  () => import("./SimulatedDialog.tsx").then((module) => module.SimulatedDialog),
  {
    place: "over",
    onDismiss: ({ onClose }) => onClose(),
  },
);

export function WhatIsSimulated() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button small-link" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {W.what}
      </button>
      {open && <SimulatedDialog onClose={() => setOpen(false)} />}
    </>
  );
}
