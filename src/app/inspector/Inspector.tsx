// Says everything about what is selected: a request hop by hop, or an object as it stands.
import { X } from "lucide-react";
import { useApp, usePlayground } from "../store/react.ts";
import { ClientView } from "./ClientView.tsx";
import { ExchangeView } from "./ExchangeView.tsx";
import { ObjectView } from "./ObjectView.tsx";
import "./inspector.css";

/** The region "Inspector". */
export function Inspector() {
  const playground = usePlayground();
  const selection = useApp((state) => state.selection);
  return (
    <section className="inspector" aria-label="Inspector">
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
          {selection.kind === "exchange" && <ExchangeView id={selection.id} packet={selection.packet} />}
          {selection.kind === "object" && <ObjectView resource={selection.resource} objectKey={selection.key} />}
          {selection.kind === "client" && <ClientView name={selection.name} />}
        </>
      )}
    </section>
  );
}

function Empty() {
  return (
    <div className="inspector-empty">
      <h2>Inspector</h2>
      <p>
        Press <b>Send request</b> at the laptop and follow the packet: where it goes, what rewrites its address, and
        which rule chose the pod.
      </p>
      <p>Click a packet, a pod, a Service, a Node or a Deployment to see how it stands.</p>
    </div>
  );
}
