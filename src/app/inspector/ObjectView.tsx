// An object as it stands: in short, as YAML, and what was said about it.
import { useState } from "react";
import type { KubeObject, ObjectKey, ResourceName } from "../../cluster/index.ts";
import { toYaml } from "../../manifest/index.ts";
import { useApp } from "../store/react.ts";
import { Tabs } from "../ui/Tabs.tsx";
import { EventsView } from "./EventsView.tsx";
import { StatusView } from "./StatusView.tsx";

const TABS = ["Status", "YAML", "Events"] as const;

export function ObjectView({ resource, objectKey }: { resource: ResourceName; objectKey: ObjectKey }) {
  const found = useApp((state) => state.objects.get(resource)?.get(objectKey));
  const [last, setLast] = useState<KubeObject>();
  const [tab, setTab] = useState<(typeof TABS)[number]>("Status");
  if (found !== undefined && found !== last) setLast(found);
  const sameThing = last !== undefined && keyMatches(last, objectKey) ? last : undefined;
  const object = found ?? sameThing;
  if (object === undefined) return <p className="inspector-text quiet">{objectKey} is not there.</p>;
  return (
    <>
      <header className="inspector-head">
        <h2>{object.metadata.name}</h2>
        <p className="quiet">
          {object.kind}
          {object.metadata.namespace !== undefined && ` in ${object.metadata.namespace}`}
          {found === undefined && <b className="gone"> · deleted</b>}
        </p>
      </header>
      <Tabs tabs={TABS} chosen={tab} onChoose={setTab} label={`What to see of ${object.metadata.name}`}>
        {tab === "Status" && <StatusView object={object} />}
        {tab === "YAML" && <pre className="yaml mono">{toYaml(object)}</pre>}
        {tab === "Events" && <EventsView object={object} />}
      </Tabs>
    </>
  );
}

function keyMatches(object: KubeObject, key: ObjectKey): boolean {
  return key.endsWith(object.metadata.name ?? "");
}
