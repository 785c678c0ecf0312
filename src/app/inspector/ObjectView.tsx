// An object as it stands: in short, as YAML, and what was said about it.
import { Focus, Settings2 } from "lucide-react";
import { useState } from "react";
import { type KubeObject, keyOf, type ObjectKey, type ResourceName } from "../../cluster/index.ts";
import { toYaml } from "../../manifest/index.ts";
import { W } from "../../words/en/inspector.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { showOnly } from "../store/show-only.ts";
import { Guard } from "../ui/Guard.tsx";
import { lazyPart } from "../ui/lazyPart.tsx";
import { Tabs } from "../ui/Tabs.tsx";
import { EventsView } from "./EventsView.tsx";
import { StatusView } from "./StatusView.tsx";

const Notes = lazyPart(W.noted, () => import("./Notes.tsx").then((module) => module.Notes));
const NodeRules = lazyPart(W.nodeRules, () => import("./NodeRules.tsx").then((module) => module.NodeRules));

type Tab = "Status" | "YAML" | "Events" | "Rules";
const TABS: readonly Tab[] = ["Status", "YAML", "Events"];
const NODE_TABS: readonly Tab[] = ["Status", "Rules", "YAML", "Events"];

export function ObjectView({ resource, objectKey }: { resource: ResourceName; objectKey: ObjectKey }) {
  const found = useApp((state) => state.objects.get(resource)?.get(objectKey));
  const [last, setLast] = useState<KubeObject>();
  const [tab, setTab] = useState<Tab>("Status");
  if (found !== undefined && found !== last) setLast(found);
  const sameThing = last !== undefined && keyOf(last) === objectKey ? last : undefined;
  const object = found ?? sameThing;
  if (object === undefined) return <p className="inspector-text quiet">{W.doesNotExist(objectKey)}</p>;
  const tabs = object.kind === "Node" ? NODE_TABS : TABS;
  const shown = tabs.includes(tab) ? tab : "Status";
  return (
    <>
      <header className="inspector-head">
        <h2>{object.metadata.name}</h2>
        <p className="quiet">
          {object.kind}
          {object.metadata.namespace !== undefined && W.in(object.metadata.namespace)}
          {found === undefined && <b className="gone"> {W.deleted}</b>}
          {resource === "services" && <FocusButton service={objectKey} />}
          {found !== undefined && <ChangeButton object={found} resource={resource} objectKey={objectKey} />}
        </p>
      </header>
      <Notes object={object} at={found && { resource, key: objectKey }} />
      <Tabs tabs={tabs} names={W.tabs} chosen={shown} onChoose={setTab} label={W.viewsOf(object.metadata.name)}>
        <Guard key={shown} name={W.tabs[shown]}>
          {shown === "Status" && <StatusView object={object} />}
          {shown === "YAML" && <pre className="yaml mono">{toYaml(object)}</pre>}
          {shown === "Events" && <EventsView object={object} />}
          {shown === "Rules" && <NodeRules key={object.metadata.name} node={object.metadata.name ?? ""} />}
        </Guard>
      </Tabs>
    </>
  );
}

interface ChangeProps {
  readonly object: KubeObject;
  readonly resource: ResourceName;
  readonly objectKey: ObjectKey;
}

/** Opens the sheet for a Service, for a pod's labels, or for those that a workload gives its pods. */
function ChangeButton({ object: { kind, metadata }, resource, objectKey }: ChangeProps) {
  const playground = usePlayground();
  const isOwned = metadata.ownerReferences?.some(({ controller }) => controller === true) === true;
  if (!CHANGEABLE.test(kind) || (isOwned && kind !== "Pod")) return null;
  return (
    <button
      type="button"
      className="button small inspector-focus"
      aria-label={W.changeOf(kind, metadata.name)}
      aria-haspopup="dialog"
      onClick={() => playground.setChanging({ resource, key: objectKey })}
    >
      <Settings2 size={14} aria-hidden="true" />
      {kind === "Service" ? W.change : W.changeLabels}
    </button>
  );
}

const CHANGEABLE = /^(?:Service|Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController)$/;

/** Shows a Service alone on the picture, with what belongs to it. */
function FocusButton({ service }: { readonly service: ObjectKey }) {
  const playground = usePlayground();
  const focused = useApp((state) => state.view.only?.focus === service);
  return (
    <button
      type="button"
      className="button small inspector-focus"
      aria-pressed={focused}
      title={W.focusTitle}
      onClick={() => showOnly(playground, focused ? undefined : { focus: service })}
    >
      <Focus size={14} aria-hidden="true" />
      {W.focus}
    </button>
  );
}
