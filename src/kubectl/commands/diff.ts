// `kubectl diff`: what applying a manifest would change.
import { createThreeWayMergePatch, resourceName, type UnknownObject } from "../../cluster/index.ts";
import { toYaml } from "../../manifest/index.ts";
import type { Command } from "../command.ts";
import { goTime } from "../duration.ts";
import { CommandError, throwCollected } from "../errors.ts";
import type { CommandIO } from "../io.ts";
import { LAST_APPLIED, lastApplied } from "../last-applied.ts";
import { sendPatch } from "../server.ts";
import { ask } from "../session.ts";
import { FILE_FLAGS, hasFiles, readSources, type SourceObject } from "../sources.ts";
import { unifiedDiff } from "../unified.ts";
import { collectErrors } from "./collect.ts";

/** `diff`'s own exit status when texts differ. */
const DIFFERENT = 1;
/** kubectl's exit status for what it could not compare. */
const TROUBLE = 2;

export const diff: Command = {
  name: "diff",
  usage: "-f FILENAME",
  summary: "Compare objects with what applying the files would make of them",
  flags: [
    ...FILE_FLAGS,
    { name: "server-side", type: "bool" },
    { name: "force-conflicts", type: "bool" },
    { name: "field-manager", type: "string", default: "kubectl-client-side-apply" },
    { name: "selector", short: "l", type: "string" },
    { name: "prune", type: "bool" },
    { name: "show-managed-fields", type: "bool" },
    { name: "concurrency", type: "int", default: "1" },
  ],
  run(args, io) {
    if (args.positional.length > 0)
      throw new CommandError(
        `Unexpected args: [${args.positional.join(" ")}]\nSee '${args.path} -h' for help and examples`,
      );
    if (!hasFiles(args)) throw new CommandError("must specify one of -f and -k");
    if (args.bool("prune") || args.string("selector") !== "")
      throw new CommandError(
        "--prune and --selector of kubectl diff are not simulated: name the files to compare with -f",
        TROUBLE,
      );
    const { objects, errors } = readSources(args, io);
    const failed: Error[] = [...errors];
    let text = "";
    for (const source of objects)
      collectErrors(failed, () => {
        text += diffOf(source, args.bool("server-side"), io);
      });
    io.out(text);
    if (failed.length > 0) throwCollected(failed);
    io.exit(text === "" ? 0 : DIFFERENT);
  },
};

/** The two texts of an object compared, with the heads that `diff -u -N` gives them. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/diff Differ and InfoObject.Merged
function diffOf(source: SourceObject, serverSide: boolean, io: CommandIO): string {
  const { info, namespace, name } = source;
  const live = io.cluster.api.find(resourceName(info), namespace, name) as unknown as UnknownObject | undefined; // every object has fields of some name
  const merged = mergedOf(source, live, { serverSide, io });
  const hunks = unifiedDiff(live === undefined ? "" : textOf(live), textOf(merged));
  if (hunks === "") return "";
  const version = info.group === "" ? info.version : `${info.group}.${info.version}`;
  const file = `${version}.${info.kind}.${namespace ?? ""}.${name}`;
  const number = io.cluster.api.store.resourceVersion;
  const [before, after] = [`/tmp/LIVE-${number}/${file}`, `/tmp/MERGED-${number}/${file}`];
  const at = goTime(io.cluster);
  return `diff -u -N ${before} ${after}\n--- ${before}\t${at}\n+++ ${after}\t${at}\n${hunks}`;
}

function mergedOf(
  source: SourceObject,
  live: UnknownObject | undefined,
  { serverSide, io }: { serverSide: boolean; io: CommandIO },
): UnknownObject {
  const { api } = io.cluster;
  const { info, namespace, name, object } = source;
  const options = { dryRun: true, fieldManager: serverSide ? "kubectl" : "kubectl-client-side-apply" };
  const target = { info, namespace, name };
  if (serverSide)
    return ask(io, () => sendPatch(api, target, { type: "apply", body: object }, { ...options, force: true }));
  if (live === undefined) return ask(io, () => api.create(resourceName(info), namespace, object, options));
  const { [LAST_APPLIED]: _, ...annotations } = object.metadata.annotations ?? {};
  const modified = { ...object, metadata: { ...object.metadata, annotations } };
  const body = createThreeWayMergePatch(lastApplied(live), modified, { ...live }, info);
  if (Object.keys(body).length === 0) return live;
  return ask(io, () => sendPatch(api, target, { type: "strategic", body }, options));
}

/** As it is written to be compared: without managed fields, a Secret without its values. */
function textOf(object: UnknownObject): string {
  const { managedFields: _, ...metadata } = object.metadata as UnknownObject["metadata"] & { managedFields?: unknown };
  const masked = object.kind === "Secret" && isMap(object.data) ? { data: maskOf(object.data) } : {};
  return toYaml({ ...object, metadata, ...masked });
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object";
}

function maskOf(data: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.keys(data).map((key) => [key, "***"]));
}
