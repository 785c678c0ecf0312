// Does a cure to a world that runs, as its reader would, and tells its outcome.
import {
  type Cluster,
  deepEqual,
  type Exchange,
  type KubeObject,
  RESOURCES,
  type ResourceInfo,
  resourceName,
} from "../cluster/index.ts";
import { type Cure, cureCommands, isFailure } from "../diagnosis/index.ts";
import type { Ask, Planted, World } from "../lessons/mistakes/index.ts";
import { Stage } from "./stage.ts";

/** Whether a request brought its sender what it asked for. */
export function isAnswered(exchange: Exchange | undefined): boolean {
  return exchange !== undefined && !isFailure(exchange);
}

/** Pods that do not heed SIGTERM take their thirty seconds, and what follows them comes later still. */
const GRACE_MS = 45_000;

/** Applies a cure and sends the request again: undefined when it is answered now, else what went wrong. */
export function applied(
  stage: Stage,
  cure: Cure,
  { ask, tries = 1 }: Planted & { readonly ask: Ask },
): string | undefined {
  const { remedy, unfinished } = cure;
  const same = stage.asTyped(ask);
  if (remedy.kind === "send") return answeredInstead(stage, remedy.send);
  const lines = cureCommands(stage.cluster, cure);
  if (lines.length === 0) return "there is no command for it";
  for (const line of lines) {
    const { text, code } = stage.type(line);
    if (code !== 0) return `${line} ends with ${code}: ${text}`;
  }
  stage.cluster.advance(GRACE_MS);
  if (unfinished === true) return undefined;
  if (lines.some((line) => line.includes("port-forward"))) return forwarded(stage, ask);
  for (let round = 0; round < tries; round++) {
    const again = stage.send(same);
    if (again === undefined || !isAnswered(again))
      return `the request fails as before: ${JSON.stringify(again?.outcome)}`;
  }
  return undefined;
}

/** Does a cure, whatever it leads to: the request to send from now on, or what went wrong in doing it. */
export function stepped(stage: Stage, cure: Cure, ask: Ask): Ask | string {
  const { remedy } = cure;
  if (remedy.kind === "send") {
    const { from, host, port, protocol, path, hostHeader } = remedy.send;
    if (from.kind === "outside") return "nobody sends from there";
    return {
      from: from.kind === "pod" ? ask.from : from,
      host,
      port,
      ...(protocol === undefined ? {} : { protocol }),
      ...(path === undefined ? {} : { path }),
      ...(hostHeader === undefined ? {} : { site: hostHeader }),
    };
  }
  const lines = cureCommands(stage.cluster, cure);
  for (const line of lines) {
    const { text, code } = stage.type(line);
    if (code !== 0) return `${line} ends with ${code}: ${text}`;
  }
  stage.cluster.advance(GRACE_MS);
  if (!lines.some((line) => line.includes("port-forward"))) return ask;
  return { from: { kind: "client", name: "laptop" }, host: "localhost", port: 8080 };
}

function answeredInstead(stage: Stage, send: Extract<Cure["remedy"], { kind: "send" }>["send"]): string | undefined {
  const { from, host, port, protocol, path = "/", hostHeader } = send;
  const id = stage.cluster.send({
    from,
    host,
    port,
    path,
    target: `http://${host}:${port}${path}`,
    timeoutMs: 4_000,
    ...(protocol === undefined ? {} : { protocol }),
    ...(hostHeader === undefined ? {} : { headers: { host: hostHeader } }),
  });
  const exchange = stage.ended(id);
  return isAnswered(exchange) ? undefined : `${host}:${port} does not answer: ${JSON.stringify(exchange.outcome)}`;
}

function forwarded(stage: Stage, { path = "/" }: Ask): string | undefined {
  const { text, code } = stage.type(`curl -sS -m 3 http://localhost:8080${path}`);
  return code === 0 ? undefined : `localhost:8080 does not answer through the port-forward: ${text}`;
}

/** Kinds that controllers write, and that change by themselves. */
const DERIVED = new Set([
  "Event",
  "Lease",
  "EndpointSlice",
  "Endpoints",
  "ReplicaSet",
  "ControllerRevision",
  "Pod",
  "Node",
  "IPAddress",
]);

/** What a cure changed besides the objects that it names, and Services that answered and answer no more. */
export function unwanted(
  made: { readonly world: World; readonly lines: readonly string[] },
  after: Stage,
  cure: Cure,
): string[] {
  const before = new Stage(made.world, made.lines);
  before.cluster.advance(Math.max(0, after.cluster.clock.now - before.cluster.clock.now));
  const meant = touched(cure);
  const complaints: string[] = [];
  const [was, is] = [objectsOf(before), objectsOf(after)];
  for (const [key, object] of was) {
    if (meant.has(key)) continue;
    const now = is.get(key);
    if (now === undefined) complaints.push(`${key} is gone`);
    else if (!deepEqual(object, now)) complaints.push(`${key} has changed`);
  }
  for (const key of is.keys()) if (!was.has(key) && !meant.has(key)) complaints.push(`${key} is new`);
  for (const ask of made.world.asks)
    if (isAnswered(before.send(ask)) && !isAnswered(after.send(ask)))
      complaints.push(`${JSON.stringify(ask)} is answered no more`);
  return complaints;
}

function touched({ remedy }: Cure): ReadonlySet<string> {
  if (remedy.kind === "command") {
    const [, kind = "", name = ""] = /kubectl (?:patch|rollout restart) (\S+) (\S+)/.exec(remedy.command) ?? [];
    const namespace = / -n (\S+)/.exec(remedy.command)?.[1] ?? "default";
    const kinds = new Map([
      ["statefulset", "StatefulSet"],
      ["deployment", "Deployment"],
      ["pod", "Pod"],
    ]);
    return new Set([`${kinds.get(kind)} ${namespace}/${name}`]);
  }
  if (remedy.kind !== "edit") return new Set(["Deployment kube-system/coredns"]);
  const created = (remedy.create ?? []).map((each) => each as KubeObject); // cures create whole objects
  return new Set([
    ...remedy.edits.map(({ object }) => `${object.kind} ${object.namespace ?? ""}/${object.name}`),
    ...created.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? "default"}/${metadata.name}`),
  ]);
}

/** What people wrote of every object that people write. */
function objectsOf({ cluster }: Stage): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  for (const object of RESOURCES.flatMap((info) => everyObject(cluster, info))) {
    const { kind, metadata } = object;
    if (DERIVED.has(kind) || metadata.ownerReferences !== undefined) continue;
    const spec = "spec" in object ? object.spec : undefined;
    const labels = metadata.labels;
    found.set(`${kind} ${metadata.namespace ?? ""}/${metadata.name}`, { spec, labels });
  }
  return found;
}

/** Resources that hold nothing: reviews and subresources that only answer. */
function everyObject(cluster: Cluster, info: ResourceInfo): readonly KubeObject[] {
  if (/reviews?$|^bindings$|^componentstatuses$/.test(info.resource)) return [];
  return cluster.api.list(resourceName(info)) as readonly KubeObject[]; // every kind has metadata
}
