// Solutions as actions of a run: what a person would do in the editor, the console and on the canvas.
import { isPodReady, matches, type Place, parsePath, selectorFromMap } from "../cluster/index.ts";
import { editFields, type ManifestDocument, parseManifest } from "../manifest/index.ts";
import type { Action } from "../scenario/index.ts";
import { W } from "../words/en/lesson-help.ts";
import { labelsOf } from "./checks.ts";
import type { Doing } from "./lesson.ts";
import { pointedOf } from "./link.ts";
import type { Watched } from "./seen.ts";
import { isRecord } from "./validate.ts";

/** What comes of something to do, in the present state of a run. */
export type Move =
  | { readonly kind: "action"; readonly action: Action }
  | { readonly kind: "predict"; readonly choice: number }
  | { readonly kind: "wait"; readonly ms: number };

/** One thing to do as a move, for a run whose manifest is `text`. @throws Error when it cannot be done there. */
export function moveOf(doing: Doing, { world }: Pick<Watched, "world">, text: string): Move {
  const act = (action: Action): Move => ({ kind: "action", action });
  if (typeof doing === "string") return act({ kind: "shell", line: doing });
  if ("wait" in doing) return { kind: "wait", ms: doing.wait };
  if ("predict" in doing) return { kind: "predict", choice: doing.predict };
  if ("act" in doing) return act(doing.act);
  if ("configure" in doing) return act({ kind: "configure", settings: doing.configure });
  if ("stopTraffic" in doing) return act({ kind: "stop-traffic" });
  if ("send" in doing) return act({ kind: "send", from: placeOf(doing.send.from), ...hostOf(doing.send.to) });
  if ("traffic" in doing) {
    const { from, to, rate, keepAlive } = doing.traffic;
    const more = keepAlive === undefined ? {} : { keepAlive };
    return act({ kind: "start-traffic", from: placeOf(from), ...hostOf(to), rate, ...more });
  }
  if ("kill" in doing) return act({ kind: "kill-pod", ...podWith(doing.kill, world) });
  if ("crash" in doing) return act({ kind: "crash-container", ...podWith(doing.crash, world) });
  if ("scale" in doing) {
    const { namespace = "default", name = "" } = pointedOf(doing.scale)?.object ?? {};
    return act({ kind: "scale", namespace, name, replicas: doing.replicas });
  }
  return act({ kind: "apply", text: edited(doing, text) });
}

/** How a thing to do is shown to a person. */
export function doingText(doing: Doing): string {
  if (typeof doing === "string") return doing;
  if ("edit" in doing) {
    const changes = Object.entries(doing.set).map(
      ([path, value]) => [path, value === null ? undefined : JSON.stringify(value)] as const,
    );
    return W.edit(doing.edit.replace("/", " "), changes);
  }
  if ("add" in doing) return W.add(doing.add);
  if ("apply" in doing) return W.apply(doing.apply);
  if ("drop" in doing) return W.drop(doing.drop.replace("/", " "));
  if ("send" in doing) return W.send(doing.send.from, doing.send.to);
  if ("traffic" in doing) return W.traffic(doing.traffic.from, doing.traffic.to);
  if ("stopTraffic" in doing) return W.stopTraffic;
  if ("kill" in doing) return W.kill(doing.kill);
  if ("crash" in doing) return W.crash(doing.crash);
  if ("scale" in doing) return W.scale(doing.scale.replace("/", " "), doing.replicas);
  if ("predict" in doing) return W.choose(doing.predict);
  if ("wait" in doing) return W.wait(doing.wait / 1000);
  return "configure" in doing ? W.configure(JSON.stringify(doing.configure)) : JSON.stringify(doing.act);
}

function edited(
  doing: Extract<Doing, { edit: string } | { add: string } | { drop: string } | { apply: string }>,
  text: string,
): string {
  if ("apply" in doing) return doing.apply;
  if ("add" in doing) return `${text.trimEnd()}\n---\n${doing.add}`;
  if ("drop" in doing) {
    const { range } = documentOf(doing.drop, text);
    return `${text.slice(0, range.from)}${text.slice(range.to)}`;
  }
  const { range } = documentOf(doing.edit, text);
  const changes = Object.entries(doing.set).map(([path, value]) =>
    value === null
      ? ({ op: "remove", path: parsePath(path) } as const)
      : ({ op: "set", path: parsePath(path), value } as const),
  );
  const next = editFields(text, range, changes);
  if (next === undefined) throw new Error(`lessons: ${doing.edit} cannot be edited there`);
  return next;
}

function documentOf(pointed: string, text: string): ManifestDocument {
  const wanted = pointedOf(pointed)?.object;
  const found = parseManifest(text).find(({ value }) => {
    if (!isRecord(value) || !isRecord(value.metadata)) return false;
    const { name, namespace = "default" } = value.metadata;
    return value.kind === wanted?.kind && name === wanted?.name && (wanted?.namespace ?? namespace) === namespace;
  });
  if (found === undefined) throw new Error(`lessons: the manifest has no ${pointed}`);
  return found;
}

function placeOf(text: string): Place {
  const [kind = "", first = "", second] = text.split("/");
  if (kind === "node") return { kind: "node", name: first };
  if (kind !== "pod") return { kind: "client", name: text };
  return second === undefined
    ? { kind: "pod", namespace: "default", name: first }
    : { kind: "pod", namespace: first, name: second };
}

function hostOf(text: string): { readonly host: string; readonly port: number } {
  const [host = "", port = "80"] = text.split(":");
  return { host, port: Number(port) };
}

/** The pod with these labels that was made first and is ready, if one is. */
function podWith(labels: string, world: Watched["world"]): { readonly namespace: string; readonly name: string } {
  const selector = selectorFromMap(labelsOf(labels));
  const all = world.api
    .list("pods")
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined && matches(selector, metadata.labels));
  const pod = all.find(isPodReady) ?? all[0];
  if (pod === undefined) throw new Error(`lessons: there is no pod with the label ${labels}`);
  return { namespace: pod.metadata.namespace ?? "default", name: pod.metadata.name ?? "" };
}
