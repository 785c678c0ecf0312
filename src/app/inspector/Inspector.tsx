// Says everything about what is selected: a request hop by hop, or the current object.
import { PanelRightClose, X } from "lucide-react";
import { useApp, usePlayground } from "../store/react.ts";
import type { Selection } from "../store/state.ts";
import { Guard } from "../ui/Guard.tsx";
import { ClientView } from "./ClientView.tsx";
import { ExchangeView } from "./ExchangeView.tsx";
import { ObjectView } from "./ObjectView.tsx";
import "./inspector.css";

/** The region "Inspector". `onFold` gives it a button that folds it. */
export function Inspector({ onFold }: { readonly onFold?: () => void }) {
  const playground = usePlayground();
  const selection = useApp((state) => state.selection);
  return (
    <section className="inspector" aria-label="Inspector">
      {onFold !== undefined && (
        <button
          type="button"
          className="button plain icon inspector-fold"
          aria-label="Collapse the inspector"
          title="Collapse the inspector"
          onClick={onFold}
        >
          <PanelRightClose size={15} aria-hidden="true" />
        </button>
      )}
      {selection === undefined ? (
        <Empty />
      ) : (
        <>
          <button
            type="button"
            className="button plain icon inspector-close"
            aria-label="Close what is inspected"
            onClick={() => playground.select(undefined)}
          >
            <X size={15} aria-hidden="true" />
          </button>
          <Guard key={keyOfSelection(selection)} name="What is inspected">
            {selection.kind === "exchange" && <ExchangeView id={selection.id} packet={selection.packet} />}
            {selection.kind === "object" && <ObjectView resource={selection.resource} objectKey={selection.key} />}
            {selection.kind === "client" && <ClientView name={selection.name} />}
          </Guard>
        </>
      )}
    </section>
  );
}

/** What failed for one selection is tried afresh for the next. */
function keyOfSelection(selection: Selection): string {
  if (selection.kind === "object") return `object ${selection.resource} ${selection.key}`;
  return selection.kind === "exchange" ? `exchange ${selection.id}` : `client ${selection.name}`;
}

function Empty() {
  return (
    <div className="inspector-empty">
      <h2>Inspector</h2>
      <p>
        Press <b>Send request</b> on the laptop and follow the packet: where it goes, what rewrites its address, and
        which rule chose the pod.
      </p>
      <p>Click a packet, pod, Service, Node or Deployment to inspect it.</p>
    </div>
  );
}
