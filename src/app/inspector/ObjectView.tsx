// An object as it stands: in short, as YAML, and what was said about it.
import { lazy, Suspense, useState } from "react";
import type { KubeObject, ObjectKey, ResourceName } from "../../cluster/index.ts";
import { toYaml } from "../../manifest/index.ts";
import { useApp } from "../store/react.ts";
import { Tabs } from "../ui/Tabs.tsx";
import { EventsView } from "./EventsView.tsx";
import { StatusView } from "./StatusView.tsx";

const NodeRules = lazy(() => import("./NodeRules.tsx").then((module) => ({ default: module.NodeRules })));

type Tab = "Status" | "YAML" | "Events" | "Rules";
const TABS: readonly Tab[] = ["Status", "YAML", "Events"];
const NODE_TABS: readonly Tab[] = ["Status", "Rules", "YAML", "Events"];

export function ObjectView({ resource, objectKey }: { resource: ResourceName; objectKey: ObjectKey }) {
  const found = useApp((state) => state.objects.get(resource)?.get(objectKey));
  const [last, setLast] = useState<KubeObject>();
  const [tab, setTab] = useState<Tab>("Status");
  if (found !== undefined && found !== last) setLast(found);
  const sameThing = last !== undefined && keyMatches(last, objectKey) ? last : undefined;
  const object = found ?? sameThing;
  if (object === undefined) return <p className="inspector-text quiet">{objectKey} is not there.</p>;
  const tabs = object.kind === "Node" ? NODE_TABS : TABS;
  const shown = tabs.includes(tab) ? tab : "Status";
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
      <Tabs tabs={tabs} chosen={shown} onChoose={setTab} label={`What to see of ${object.metadata.name}`}>
        {shown === "Status" && <StatusView object={object} />}
        {shown === "YAML" && <pre className="yaml mono">{toYaml(object)}</pre>}
        {shown === "Events" && <EventsView object={object} />}
        {shown === "Rules" && (
          <Suspense>
            <NodeRules key={object.metadata.name} node={object.metadata.name ?? ""} />
          </Suspense>
        )}
      </Tabs>
    </>
  );
}

function keyMatches(object: KubeObject, key: ObjectKey): boolean {
  return key.endsWith(object.metadata.name ?? "");
}
