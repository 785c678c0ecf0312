// What changed in the cluster between two looks, in sentences for those who cannot see it.
import { isNodeReady, type KubeObject, type Node, type Pod, splitKey } from "../../cluster/index.ts";
import { W } from "../../words/en/news.ts";
import { endpointsOf, podState, STATE_WORDS, slicesOf } from "../store/derive.ts";
import type { Objects } from "../store/objects.ts";

/** Sentences told in full; of more their number is reported. */
const MOST = 3;

/** What is worth telling, in one text; empty when nothing is. */
export function newsOf(before: Objects, after: Objects): string {
  const sentences = [...serviceNews(before, after), ...podNews(before, after), ...nodeNews(before, after)];
  const rest = sentences.length - MOST;
  const more = rest <= 0 ? [] : [W.more(rest)];
  return [...sentences.slice(0, MOST), ...more].join(" ");
}

function podNews(before: Objects, after: Objects): string[] {
  return changed<Pod>("pods", before, after, (name, was, is) => {
    if (is === undefined) return W.gone(name);
    const state = podState(is);
    return was !== undefined && podState(was) === state ? undefined : W.pod(name, STATE_WORDS[state]);
  });
}

function nodeNews(before: Objects, after: Objects): string[] {
  return changed<Node>("nodes", before, after, (name, was, is) => {
    const [old, now] = [was !== undefined && isNodeReady(was), is !== undefined && isNodeReady(is)];
    return old === now ? undefined : W.node(name, now ? "Ready" : "NotReady");
  });
}

const SLICES = "endpointslices.discovery.k8s.io";

function serviceNews(before: Objects, after: Objects): string[] {
  if (before.get(SLICES) === after.get(SLICES)) return [];
  return [...(after.get("services")?.keys() ?? [])].flatMap((key) => {
    const slices = slicesOf(after, key);
    if (slices === slicesOf(before, key)) return [];
    const [was, is] = [readiness(before, key), readiness(after, key)];
    return was === is ? [] : [W.service(splitKey(key).name, is)];
  });
}

function readiness(objects: Objects, key: string): string {
  const endpoints = endpointsOf(slicesOf(objects, key));
  const ready = endpoints.filter(({ state }) => state === "ready").length;
  return W.ready(ready, endpoints.length);
}

/** Announces each object of a resource that changed. */
function changed<T extends KubeObject>(
  resource: "pods" | "nodes",
  before: Objects,
  after: Objects,
  tell: (name: string, was: T | undefined, is: T | undefined) => string | undefined,
): string[] {
  const [old, now] = [before.get(resource), after.get(resource)] as ReadonlyMap<string, T>[]; // each resource holds its own kind
  if (old === now) return [];
  const keys = new Set([...(now?.keys() ?? []), ...(old?.keys() ?? [])]);
  return [...keys].flatMap((key) => {
    const [was, is] = [old?.get(key), now?.get(key)];
    return was === is ? [] : (tell(splitKey(key).name, was, is) ?? []);
  });
}
