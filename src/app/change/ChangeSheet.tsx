// The sheet in which a Service, or the labels of pods, are changed: one press applies all of it.
import { useCallback, useMemo, useRef, useState } from "react";
import { type KubeObject, type Service, splitKey } from "../../cluster/index.ts";
import { useApp } from "../store/react.ts";
import type { Changing } from "../store/state.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { LabelsSheet } from "./LabelsSheet.tsx";
import type { Closing } from "./parts.tsx";
import { ServiceSheet } from "./ServiceSheet.tsx";
import "./change.css";
import { W } from "../../words/en/change.ts";

interface SheetProps {
  readonly what: Changing;
  readonly onClose: () => void;
}

/** Open as long as it is rendered. */
export function ChangeSheet({ what, onClose }: SheetProps) {
  const found = useApp((state) => state.objects.get(what.resource)?.get(what.key));
  const [first] = useState(found);
  const { name } = splitKey(what.key);
  const { close, closing } = useClosing(onClose);
  return (
    <Dialog title={W.changeOf(first?.kind ?? "object", name)} onClose={close}>
      {found === undefined || found.metadata.uid !== first?.metadata.uid ? (
        <p>{W.gone(name)}</p>
      ) : (
        <Form object={found} closing={closing} />
      )}
    </Dialog>
  );
}

/** What is typed and not applied is not lost by Escape, or by a press beside the sheet: it asks first. */
function useClosing(onClose: () => void): { close: () => void; closing: Closing } {
  const unapplied = useRef(false);
  const [asks, setAsks] = useState(false);
  const onUnapplied = useCallback((is: boolean) => {
    unapplied.current = is;
    setAsks(false);
  }, []);
  const onStay = useCallback(() => setAsks(false), []);
  const closing = useMemo(() => ({ onClose, asks, onStay, onUnapplied }), [onClose, asks, onStay, onUnapplied]);
  return { close: () => (unapplied.current && !asks ? setAsks(true) : onClose()), closing };
}

function Form({ object, closing }: { readonly object: KubeObject; readonly closing: Closing }) {
  if (object.kind === "Service") return <ServiceSheet service={object as Service} closing={closing} />; // its kind says so
  return <LabelsSheet object={object} closing={closing} />;
}
