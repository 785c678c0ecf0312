// What an object refers to and the cluster does not have, each with the field that refers to it.
import type { ObjectKey, ResourceName } from "../../cluster/index.ts";
import { W } from "../../words/en/inspector.ts";
import { isSameObject } from "../store/lit.ts";
import { missingOf } from "../store/missing.ts";
import { useApp } from "../store/react.ts";
import { HopFields } from "./HopFields.tsx";

export function Missing({ resource, objectKey }: { resource: ResourceName; objectKey: ObjectKey }) {
  const found = useApp(missingOf).filter(({ by }) => isSameObject(by, { resource, key: objectKey }));
  if (found.length === 0) return null;
  return (
    <section className="inspector-text" aria-label={W.missing}>
      {found.map(({ id, name, hint, by }) => (
        <div key={id}>
          <p>
            <b>{W.missingColon}</b> {name} <span className="quiet">· {hint}</span>
          </p>
          <HopFields fields={[by]} />
        </div>
      ))}
    </section>
  );
}
