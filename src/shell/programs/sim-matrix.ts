// `sim matrix`: who may reach whom on which port, worked out from the policies; and what a change of them would change.
import { type Cluster, type KubeObject, type NetworkPolicy, StatusError } from "../../cluster/index.ts";
import {
  type Change,
  changesOf,
  type Group,
  groupsOf,
  matrixOf,
  PolicyView,
  type Reach,
} from "../../kinds/networkpolicy/index.ts";
import { parseManifest } from "../../manifest/index.ts";
import type { ProgramIO } from "../program.ts";
import type { Verb } from "./sim-words.ts";

/** The lines of `sim`'s usage that belong here. */
export const MATRIX_USAGE = "sim matrix [--from NAMESPACE/NAME,…] [--to NAMESPACE/NAME,…] [--diff FILE] [-o json]";

const POLICIES = "networkpolicies.networking.k8s.io";

/** Spec: [NETPOL-9]. */
export const matrix: Verb = ({ options }, io) => {
  const { cluster } = io;
  const view = new PolicyView(cluster);
  const groups = groupsOf(cluster, view);
  const namespace = options.get("-n") ?? options.get("--namespace") ?? io.namespace;
  const from = chosen(groups, options.get("--from"), namespace);
  const to = chosen(groups, options.get("--to"), namespace);
  if (typeof from === "string") return from;
  if (typeof to === "string") return to;
  const before = matrixOf(view, from, to);
  const file = options.get("--diff");
  const isJson = options.get("-o") === "json";
  if (file === undefined) {
    io.out(isJson ? `${JSON.stringify(before, null, 2)}\n` : matrixText(before, cluster));
    return undefined;
  }
  const changed = policiesWith(io, file);
  if (typeof changed === "string") return changed;
  const after = matrixOf(new PolicyView(cluster, changed), from, to);
  const changes = changesOf(before, after);
  io.out(isJson ? `${JSON.stringify(changes, null, 2)}\n` : changesText(changes, cluster));
  return undefined;
};

/** The groups that are named: wholly, by workload in the present namespace, or by namespace; all unless given. */
function chosen(groups: readonly Group[], names: string | undefined, namespace: string): readonly Group[] | string {
  if (names === undefined) return groups;
  const found: Group[] = [];
  for (const name of names.split(",")) {
    const word = name.replace(/^(?:pod|deployment|deploy)\//, "");
    const isMeant = (group: Group) =>
      group.name === word ||
      group.name === `${namespace}/${word}` ||
      group.name.startsWith(`${word}/`) ||
      group.ends.some(
        ({ pod }) =>
          pod !== undefined &&
          [`${pod.namespace}/${pod.name}`, `${namespace === pod.namespace ? pod.name : ""}`].includes(word),
      );
    const meant = groups.filter(isMeant);
    if (meant.length === 0)
      return `there is no ${JSON.stringify(name)} among ${groups.map((each) => each.name).join(", ")}`;
    found.push(...meant);
  }
  return found;
}

/** The cluster's policies with those of a file in their places, as the API server would take them; a text says what is wrong. */
function policiesWith(io: ProgramIO, file: string): readonly NetworkPolicy[] | string {
  const { cluster, files, namespace } = io;
  const text = file === "-" ? io.stdin : files.get(file.replace(/^\.\//, ""));
  if (text === undefined) return `the path ${JSON.stringify(file)} does not exist`;
  const policies = new Map<string, NetworkPolicy>();
  const key = ({ metadata }: KubeObject) => `${metadata.namespace}/${metadata.name}`;
  for (const each of cluster.api.list(POLICIES)) policies.set(key(each), each);
  let read = 0;
  for (const { value, error } of parseManifest(text)) {
    if (error !== undefined) return `${file}: ${error.message}`;
    const { kind } = (value ?? {}) as { readonly kind?: unknown }; // read only
    if (kind !== "NetworkPolicy") continue;
    const given = value as NetworkPolicy; // the API server checks the rest
    const home = given.metadata?.namespace ?? namespace;
    try {
      const old = cluster.api.find(POLICIES, home, given.metadata?.name ?? "");
      const object = { ...given, metadata: { ...given.metadata, namespace: home } };
      const answer =
        old === undefined
          ? cluster.api.create(POLICIES, home, object, { dryRun: true })
          : cluster.api.update(
              POLICIES,
              { ...object, metadata: { ...old.metadata, ...object.metadata } },
              { dryRun: true },
            );
      policies.set(key(answer.object), answer.object);
      read += 1;
    } catch (problem) {
      if (!(problem instanceof StatusError)) throw problem;
      return `${file}: ${problem.message}`;
    }
  }
  return read === 0 ? `${file} has no NetworkPolicy` : [...policies.values()];
}

function matrixText(all: readonly Reach[], { settings }: Cluster): string {
  const lines = settings.networkPolicies
    ? []
    : ["The network plugin ignores NetworkPolicies now (sim cni policy on); with one that enforces them:", ""];
  if (all.length === 0) return `${[...lines, "no pod listens on any port"].join("\n")}\n`;
  const byTarget = new Map<string, Reach[]>();
  for (const each of all) {
    const target = `${each.to} ${each.protocol} ${each.port}`;
    byTarget.set(target, [...(byTarget.get(target) ?? []), each]);
  }
  for (const [target, reaches] of byTarget) {
    lines.push(target);
    for (const may of ["yes", "some", "no"] as const) {
      const those = reaches.filter((each) => each.may === may);
      if (those.length === 0) continue;
      const by = [...new Set(those.flatMap((each) => each.by))];
      const who = those.length === reaches.length ? "everyone" : those.map((each) => each.from).join(", ");
      lines.push(`  ${may.padEnd(4)}  ${who}${by.length === 0 ? "" : `   by ${by.join(", ")}`}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function changesText(changes: readonly Change[], { settings }: Cluster): string {
  const note = settings.networkPolicies ? "" : "The network plugin ignores NetworkPolicies now (sim cni policy on).\n";
  if (changes.length === 0) return `${note}nothing changes\n`;
  const lines = changes.flatMap(({ before, after }) => {
    const what = `${after.may === "no" || before.may === "yes" ? "-" : "+"} ${after.from} -> ${after.to} ${after.protocol} ${after.port}: ${before.may} -> ${after.may}`;
    return after.why === "" ? [what] : [what, `    ${after.why}`];
  });
  return `${note}${lines.join("\n")}\n`;
}
