// A NetworkPolicy that is only thought of: what the API server says of it, and its way into the YAML.
import { type NetworkPolicy, type ObjectRef, own } from "../../../cluster/index.ts";
import { applyObject, CommandError, itemsOf } from "../../../kubectl/index.ts";
import { editFields, parseManifest, toYaml } from "../../../manifest/index.ts";
import { W as EDITS } from "../../../words/en/edits.ts";
import { W } from "../../../words/en/policies.ts";
import { objectAt, placeInText, type Refusal, refusal, takeBack, textOf, writeText } from "../../store/edits.ts";
import type { Playground } from "../../store/playground.ts";
import type { Wanted } from "./table.ts";

const POLICIES = "networkpolicies.networking.k8s.io";
const VERSION = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" } as const;

/** Has the API server look at the policies of a manifest as if they were applied; nothing is. Spec: [POLICY-4]. */
export function wantedOf({ store }: Playground, manifest: string): Wanted | Refusal {
  const { run, world } = store.getState();
  const wanted: NetworkPolicy[] = [];
  const refused = refusal(() => {
    for (const document of parseManifest(manifest))
      for (const item of itemsOf(document, W.theManifest, world.api.kinds)) {
        const source = item.read();
        if (source.info.kind !== VERSION.kind || source.info.group !== "networking.k8s.io")
          throw new CommandError(W.onlyPolicies(`${source.info.kind} ${source.name}`));
        run.dryRun((api) => {
          const { object } = applyObject(api, source, { dryRun: "server", fieldValidation: "Strict" });
          wanted.push(object as unknown as NetworkPolicy); // the API server answers with the kind that it was given
        });
      }
  });
  if (refused !== undefined) return refused;
  return wanted.length === 0 ? { message: W.noPolicy, causes: [] } : wanted;
}

/** Puts the policies of a manifest into the YAML, as one edit. Answers what the API server refuses by now. Spec: [POLICY-5]. */
export async function applyWanted(playground: Playground, manifest: string): Promise<Refusal | undefined> {
  const wanted = wantedOf(playground, manifest);
  if ("message" in wanted) return wanted;
  const before = textOf(playground);
  const next = textWith(before, manifest);
  if (next !== before) await writeText(playground, next);
  const names = wanted.map(({ metadata }) => `NetworkPolicy ${metadata.namespace}/${metadata.name}`).join(", ");
  playground.notify("info", W.inYaml(names), {
    name: EDITS.undo,
    act: () => void playground.attempt(() => takeBack(playground, next, before)),
  });
  return undefined;
}

/** A text with the objects of a manifest: in the places of those that it has, the others behind them. */
export function textWith(text: string, manifest: string): string {
  let next = text;
  for (const { value, range } of parseManifest(manifest)) {
    const items = own(value as Readonly<Record<string, unknown>>, "items");
    if (Array.isArray(items))
      for (const item of items) next = withObject(next, { ...VERSION, ...item }, toYaml({ ...VERSION, ...item }));
    else next = withObject(next, value, manifest.slice(range.from, range.to));
  }
  return next;
}

function withObject(text: string, value: unknown, source: string): string {
  const { metadata } = value as NetworkPolicy; // the API server took it
  const place = placeInText(text, refOf(metadata.namespace, metadata.name));
  const written = `${source.trim()}\n`;
  if (place === undefined) return `${text.trimEnd()}${text.trim() === "" ? "" : "\n---\n"}${written}`;
  const { range } = place.document;
  if (place.steps.length > 0)
    return editFields(text, range, [{ op: "set", path: place.steps, value }]) ?? `${text.trimEnd()}\n---\n${written}`;
  return text.slice(0, range.from) + written + text.slice(range.to);
}

/** A manifest to begin with: a policy as the YAML has it, else as the cluster has it. */
export function manifestOf(playground: Playground, namespace: string, name: string): string {
  const text = textOf(playground);
  const place = placeInText(text, refOf(namespace, name));
  if (place !== undefined) {
    const { from, to } = place.document.range;
    return place.steps.length === 0 ? `${text.slice(from, to).trim()}\n` : toYaml(objectAt(place));
  }
  const { spec } = playground.store.getState().world.api.get(POLICIES, namespace, name);
  return toYaml({ ...VERSION, metadata: { name, namespace }, spec });
}

/** The policy that the documentation begins with: nobody may connect to a pod of the namespace. */
export const DENY_ALL = toYaml({
  ...VERSION,
  metadata: { name: "default-deny-ingress", namespace: "default" },
  spec: { podSelector: {}, policyTypes: ["Ingress"] },
});

const refOf = (namespace = "default", name = ""): ObjectRef => ({ ...VERSION, namespace, name });
