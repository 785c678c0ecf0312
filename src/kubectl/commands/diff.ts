// `kubectl diff`: what applying a manifest would change.
import {
  createThreeWayMergePatch,
  LastAppliedConfigAnnotation,
  matches,
  own,
  resourceName,
  type UnknownObject,
} from "../../cluster/index.ts";
import { toYaml } from "../../manifest/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import type { SourceObject } from "../documents.ts";
import { goTime } from "../duration.ts";
import { throwCollected } from "../errors.ts";
import type { ParsedArgs } from "../flags.ts";
import type { CommandIO } from "../io.ts";
import { withoutManagedFields } from "../json.ts";
import { lastApplied } from "../last-applied.ts";
import { isMap } from "../maps.ts";
import { parseLabelSelector } from "../selectors.ts";
import { inVersion, patchTypeOf, sendPatch } from "../server.ts";
import { ask } from "../session.ts";
import { FILE_FLAGS, hasFiles, readSources } from "../sources.ts";
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
    { name: "show-secrets", type: "bool", help: "Do not mask the values of Secrets." },
    { name: "concurrency", type: "int", default: "1" },
  ],
  failureCode: TROUBLE,
  run(args, io) {
    if (args.positional.length > 0)
      throw new CommandError(
        `Unexpected args: [${args.positional.join(" ")}]\nSee '${args.path} -h' for help and examples`,
      );
    if (!hasFiles(args)) throw new CommandError("must specify one of -f and -k");
    if (args.bool("force-conflicts") && !args.bool("server-side"))
      throw new CommandError("--force-conflicts only works with --server-side");
    const { objects, errors } = readSources(args, io);
    const wanted = parseLabelSelector(args.string("selector"));
    const failed: Error[] = [...errors];
    let text = "";
    for (const source of objects.filter(({ object }) => matches(wanted, object.metadata.labels)))
      collectErrors(failed, () => {
        text += diffOf(source, args, io);
      });
    io.out(text);
    throwCollected(failed);
    io.exit(text === "" ? 0 : DIFFERENT);
  },
};

/** The two texts of an object compared, with the heads that `diff -u -N` gives them. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/diff Differ and InfoObject.Merged
function diffOf(source: SourceObject, args: ParsedArgs, io: CommandIO): string {
  const { info, namespace, name } = source;
  const found = io.cluster.api.find(resourceName(info), namespace, name);
  const live = found && inVersion(info, found as unknown as UnknownObject); // every object has fields of some name
  const merged = mergedOf(source, live, { args, io });
  const [before, after] = args.bool("show-secrets") ? [live, merged] : masked(live, merged);
  const hunks = unifiedDiff(before === undefined ? "" : textOf(before), textOf(after));
  if (hunks === "") return "";
  const version = info.group === "" ? info.version : `${info.group}.${info.version}`;
  const file = `${version}.${info.kind}.${namespace ?? ""}.${name}`;
  const number = io.cluster.api.store.resourceVersion;
  const [left, right] = [`/tmp/LIVE-${number}/${file}`, `/tmp/MERGED-${number}/${file}`];
  const at = goTime(io.cluster);
  return `diff -u -N ${left} ${right}\n--- ${left}\t${at}\n+++ ${right}\t${at}\n${hunks}`;
}

function mergedOf(
  source: SourceObject,
  live: UnknownObject | undefined,
  { args, io }: { args: ParsedArgs; io: CommandIO },
): UnknownObject {
  const { api } = io.cluster;
  const { info, namespace, name, object } = source;
  const serverSide = args.bool("server-side");
  const named = args.changed("field-manager") || !serverSide ? args.string("field-manager") : "kubectl";
  const options = { dryRun: true, fieldManager: named };
  const target = { info, namespace, name };
  if (serverSide)
    return ask(io, () =>
      sendPatch(api, target, { type: "apply", body: object }, { ...options, force: args.bool("force-conflicts") }),
    );
  if (live === undefined) return ask(io, () => api.create(resourceName(info), namespace, object, options));
  const { [LastAppliedConfigAnnotation]: _, ...annotations } = object.metadata.annotations ?? {};
  const modified = { ...object, metadata: { ...object.metadata, annotations } };
  const body = createThreeWayMergePatch(lastApplied(live), modified, { ...live }, info);
  if (Object.keys(body).length === 0) return live;
  return ask(io, () => sendPatch(api, target, { type: patchTypeOf(info), body }, options));
}

/** As it is written to be compared: without managed fields. */
function textOf(object: UnknownObject): string {
  return toYaml(withoutManagedFields(object));
}

const MASK = "***";

/** Both objects with the values of a Secret hidden; of those that differ it is said which is which. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/diff Masker
function masked(from: UnknownObject | undefined, to: UnknownObject): [UnknownObject | undefined, UnknownObject] {
  if (to.kind !== "Secret") return [from, to];
  const [before, after] = [dataOf(from), dataOf(to)];
  const mask = (mine: Data, other: Data, differs: string): Data =>
    Object.fromEntries(
      Object.entries(mine).map(([key, value]) => [
        key,
        Object.hasOwn(other, key) && own(other, key) !== value ? `${MASK} (${differs})` : MASK,
      ]),
    );
  const withData = (object: UnknownObject, data: Data) => (isMap(object.data) ? { ...object, data } : object);
  return [
    from === undefined ? undefined : withData(from, mask(before, after, "before")),
    withData(to, mask(after, before, "after")),
  ];
}

type Data = Readonly<Record<string, unknown>>;

function dataOf(object: UnknownObject | undefined): Data {
  return isMap(object?.data) ? object.data : {};
}
