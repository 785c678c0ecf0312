// `kubectl scale`: how many pods a workload wants.
import { type ResourceInfo, resourceName, statusError, type UnknownObject } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { throwCollected } from "../errors.ts";
import { guard } from "../guard.ts";
import type { CommandIO } from "../io.ts";
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, objectPrinter } from "../output.ts";
import { patchedHere } from "../patched.ts";
import { causeOf, RECORD_FLAG } from "../record.ts";
import { type Found, SELECTOR_FLAGS, select } from "../select.ts";
import { patchObject } from "../session.ts";
import { FILE_FLAGS } from "../sources.ts";
import { isScaled, replicasOf, replicasPatch } from "../subresource.ts";
import { collectErrors } from "./collect.ts";
import { requireFlags } from "./create/generator.ts";

export const scale: Command = {
  name: "scale",
  usage: "[--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)",
  summary: "Ask for another number of pods",
  flags: [
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS,
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    { name: "replicas", type: "int", default: "0" },
    { name: "current-replicas", type: "int", default: "-1" },
    { name: "resource-version", type: "string" },
    {
      name: "timeout",
      type: "duration",
      default: "0s",
      help: "How long to wait until the pods are as many; 0 is not at all.",
    },
    RECORD_FLAG,
  ],
  run(args, io) {
    requireFlags(args, ["replicas"]);
    const replicas = args.int("replicas");
    if (replicas < 0)
      throw new CommandError("The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0");
    const dryRun = dryRunOf(args, io);
    const print = objectPrinter(args, io, dryRun);
    const { found, errors } = select(args, args.positional, io);
    const failed: Error[] = [];
    const scaled: Found[] = [];
    const options = { fieldManager: "kubectl", dryRun: dryRun === "server" };
    for (const target of found)
      collectErrors(failed, () => {
        checkScalable(target.info);
        checkCurrent(target, args.int("current-replicas"), args.string("resource-version"));
        const body = replicasPatch(target.info, replicas);
        if (dryRun === "client") {
          print(target.info, patchedHere(target, { type: "merge", body }), "scaled");
          return;
        }
        let made = patchObject(io, target, { type: "merge", body }, { ...options, subresource: "scale" });
        if (args.bool("record") && dryRun === "none")
          made = patchObject(
            io,
            target,
            { type: "merge", body: { metadata: { annotations: causeOf(args) } } },
            options,
          );
        print(target.info, made, "scaled");
        scaled.push(target);
      });
    throwCollected([...failed, ...errors]);
    if (found.length === 0) throw new CommandError("no objects passed to scale");
    const timeout = args.duration("timeout");
    if (timeout === 0 || dryRun !== "none") io.exit(0);
    else awaitScale(scaled, timeout, io);
  },
};

/** Waits until each has as many pods as were asked for. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/scale WaitForScaleHasDesiredReplicas
function awaitScale(scaled: readonly Found[], timeoutMs: number, io: CommandIO): void {
  const isReached = ({ info, namespace, name }: Found) => {
    const object = io.cluster.api.find(resourceName(info), namespace, name) as unknown as UnknownObject | undefined; // every object has fields of some name
    if (object === undefined) return true;
    const { spec, status } = replicasOf(info, object);
    return (status ?? 0) === (spec ?? 1);
  };
  io.cluster.until(
    () => scaled.every(isReached),
    timeoutMs,
    (held) =>
      guard(io, () => {
        const late = scaled.find((each) => !isReached(each));
        if (!held && late !== undefined)
          throw new CommandError(`timed out waiting for ${JSON.stringify(late.name)} to be synced`);
        io.exit(0);
      }),
  );
}

function checkScalable(info: ResourceInfo): void {
  if (!isScaled(info)) throw statusError("NotFound", "the server could not find the requested resource");
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/scale ScalePrecondition.Validate
function checkCurrent({ info, object }: Found, expected: number, resourceVersion: string): void {
  const replicas = replicasOf(info, object).spec ?? 1;
  if (expected !== -1 && replicas !== expected)
    throw new CommandError(`Expected replicas to be ${expected}, was ${replicas}`);
  if (resourceVersion !== "" && object.metadata.resourceVersion !== resourceVersion)
    throw new CommandError(
      `Expected resource version to be ${resourceVersion}, was ${object.metadata.resourceVersion}`,
    );
}
