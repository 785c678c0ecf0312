// Quick fixes for what the API server refuses about a Service's address, ports and selector.
import { type KubeObject, parsePath, type Service } from "../../../cluster/index.ts";
import { editFields, type FieldChange, parseManifest } from "../../../manifest/index.ts";
import { W } from "../../../words/en/language.ts";
import { difference } from "./edits.ts";
import type { Lister } from "./lister.ts";
import { liveObject } from "./live.ts";
import type { Section } from "./outline.ts";
import type { Fix, Problem } from "./types.ts";

/** What a fix is found from. */
export interface ServiceScene {
  readonly text: string;
  readonly section: Section;
  readonly problem: Problem;
  readonly lister: Lister;
}

/** The fixes for a problem of a Service, the likeliest first; none for other documents. */
export function serviceFixes(scene: ServiceScene): readonly Fix[] {
  if (scene.section.kind !== "Service") return [];
  return [...nodePortForbidden(scene), ...nodePortTaken(scene), ...fixedAddress(scene), ...selectorShape(scene)];
}

function change(scene: ServiceScene, title: string, changes: readonly FieldChange[]): Fix[] {
  const { text, section } = scene;
  const lines = text.split("\n");
  const start = lines.slice(0, section.first - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const range = parseManifest(text).find(({ range: { from, to } }) => from <= start && start <= to)?.range;
  const next = range && editFields(text, range, changes);
  const edit = next === undefined ? undefined : difference(text, next);
  return edit === undefined ? [] : [{ title, edits: [edit] }];
}

/** `spec.ports[0].nodePort` of the problem; the first port where it names none. */
function nodePortPath({ problem }: ServiceScene) {
  const named = problem.path?.join(".").match(/ports\.(\d+)\.nodePort/)?.[1];
  const told = /spec\.ports\[(\d+)\]\.nodePort/.exec(problem.message)?.[1];
  return ["spec", "ports", Number(named ?? told ?? 0), "nodePort"];
}

/** A nodePort on a Service whose type has none. docs/pains.md 24. */
function nodePortForbidden(scene: ServiceScene): Fix[] {
  if (!/may not be used when `type` is/.test(scene.problem.message)) return [];
  const path = scene.problem.path ?? parsePath(/^(spec\.\S+):/.exec(scene.problem.message)?.[1] ?? "");
  const field = String(path.at(-1) ?? "");
  const type = field === "nodePort" ? "NodePort" : "LoadBalancer";
  return [
    ...change(scene, W.setType(type), [{ op: "set", path: ["spec", "type"], value: type }]),
    ...(path.length === 0 ? [] : change(scene, W.remove(field), [{ op: "remove", path }])),
  ];
}

/** A nodePort that another Service has, or that lies outside the range. docs/pains.md 23. */
function nodePortTaken(scene: ServiceScene): Fix[] {
  const { message } = scene.problem;
  if (!/provided port is already allocated|provided port is not in the valid range/.test(message)) return [];
  const path = nodePortPath(scene);
  const asked = Number(/Invalid value: (\d+)/.exec(message)?.[1] ?? 30_000);
  const [from, to] = rangeOf(message);
  const taken = new Set(
    [...scene.lister.list("services")].flatMap((service) =>
      ((service as Service & KubeObject).spec?.ports ?? []).flatMap(({ nodePort }) => nodePort ?? []),
    ), // services are listed
  );
  const start = asked >= from && asked <= to ? asked : from;
  let free = start;
  while (free <= to && taken.has(free)) free += 1;
  return [
    ...(free > to ? [] : change(scene, W.changePort(free), [{ op: "set", path, value: free }])),
    ...change(scene, W.removePort, [{ op: "remove", path }]),
  ];
}

function rangeOf(message: string): readonly [number, number] {
  const range = /valid ports is (\d+)-(\d+)/.exec(message);
  return range === null ? [30_000, 32_767] : [Number(range[1]), Number(range[2])];
}

/** The ClusterIP of a Service stays what it was made with. docs/pains.md 22. */
function fixedAddress(scene: ServiceScene): Fix[] {
  if (!/may not change once set/.test(scene.problem.message)) return [];
  const live = liveObject(scene.lister, scene.section) as (Service & KubeObject) | undefined; // the document is a Service
  const address = live?.spec?.clusterIP;
  const back: FieldChange[] =
    address === "None"
      ? [{ op: "set", path: ["spec", "clusterIP"], value: "None" }]
      : [{ op: "remove", path: ["spec", "clusterIP"] }];
  const rest: FieldChange[] = [{ op: "remove", path: ["spec", "clusterIPs"] }];
  const title = address === "None" ? W.keepHeadless : W.keepAddress(address);
  return change(scene, title, [...back, ...rest]);
}

/** `selector.matchLabels`, as Deployments have it. docs/pains.md 36. */
function selectorShape(scene: ServiceScene): Fix[] {
  if (!/cannot unmarshal object into Go struct field ServiceSpec\.spec\.selector/.test(scene.problem.message))
    return [];
  const labels = labelsIn(scene);
  if (labels === undefined) return [];
  return change(scene, W.plainLabels, [{ op: "set", path: ["spec", "selector"], value: labels }]);
}

function labelsIn({ section }: ServiceScene): Record<string, string> | undefined {
  const prefix = ["spec", "selector", "matchLabels"];
  const pairs = section.entries.flatMap(({ path, value }) =>
    path.length === 4 && prefix.every((step, at) => path[at] === step) && value !== undefined
      ? [[String(path[3]), value.raw.replace(/^["']|["']$/g, "")] as const]
      : [],
  );
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}
