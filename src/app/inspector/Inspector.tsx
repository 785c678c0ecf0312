// Says everything about what is selected: a request hop by hop, or the current object.
import { PanelRightClose, X } from "lucide-react";
import { useApp, usePlayground } from "../store/react.ts";
import type { Selection } from "../store/state.ts";
import { Guard } from "../ui/Guard.tsx";
import { ClientView } from "./ClientView.tsx";
import { ExchangeView } from "./ExchangeView.tsx";
import { ObjectView } from "./ObjectView.tsx";
import "./inspector.css";
import { W } from "../../words/en/inspector.ts";
import { Marked } from "../ui/Marked.tsx";

/** The region "Inspector". `onFold` gives it a button that folds it. */
export function Inspector({ onFold }: { readonly onFold?: () => void }) {
  const playground = usePlayground();
  const selection = useApp((state) => state.selection);
  return (
    <section className="inspector" aria-label={W.inspector}>
      {onFold !== undefined && (
        <button
          type="button"
          className="button plain icon inspector-fold fold"
          aria-label={W.fold}
          title={W.fold}
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
            aria-label={W.close}
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
  if (selection.kind === "object") return W.object(selection.resource, selection.key);
  return selection.kind === "exchange" ? W.exchange(selection.id) : W.client(selection.name);
}

function Empty() {
  return (
    <div className="inspector-empty">
      <h2>{W.inspector}</h2>
      <p>
        <Marked as="b" text={W.press} />
      </p>
      <p>{W.click}</p>
    </div>
  );
}
