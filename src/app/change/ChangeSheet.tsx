// The sheet in which a Service, or the labels of pods, are changed: one press applies all of it.
import { useState } from "react";
import { type KubeObject, type Service, splitKey } from "../../cluster/index.ts";
import { useApp } from "../store/react.ts";
import type { Changing } from "../store/state.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { LabelsSheet } from "./LabelsSheet.tsx";
import { ServiceSheet } from "./ServiceSheet.tsx";
import "./change.css";

interface SheetProps {
  readonly what: Changing;
  readonly onClose: () => void;
}

/** Open as long as it is rendered. */
export function ChangeSheet({ what, onClose }: SheetProps) {
  const found = useApp((state) => state.objects.get(what.resource)?.get(what.key));
  const [first] = useState(found);
  const { name } = splitKey(what.key);
  return (
    <Dialog title={`Change ${first?.kind ?? "object"} ${name}`} onClose={onClose}>
      {found === undefined || found.metadata.uid !== first?.metadata.uid ? (
        <p>{name} is gone by now.</p>
      ) : (
        <Form object={found} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Form({ object, onClose }: { readonly object: KubeObject; readonly onClose: () => void }) {
  if (object.kind === "Service") return <ServiceSheet service={object as Service} onClose={onClose} />; // its kind says so
  return <LabelsSheet object={object} onClose={onClose} />;
}
