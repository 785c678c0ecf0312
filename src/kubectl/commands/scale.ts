// `kubectl scale`: how many pods a workload wants.
import { type ResourceInfo, resourceName, statusError } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError, throwCollected } from "../errors.ts";
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAG, objectPrinter } from "../output.ts";
import { type Found, SELECTOR_FLAGS, select } from "../select.ts";
import { patchObject } from "../session.ts";
import { FILE_FLAGS } from "../sources.ts";
import { SCALED } from "../subresource.ts";
import { collectErrors } from "./collect.ts";
import { requireFlags } from "./create/generator.ts";

export const scale: Command = {
  name: "scale",
  usage: "[--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)",
  summary: "Ask for another number of pods",
  flags: [
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS,
    OUTPUT_FLAG,
    DRY_RUN_FLAG,
    { name: "replicas", type: "int", default: "0" },
    { name: "current-replicas", type: "int", default: "-1" },
    { name: "resource-version", type: "string" },
    { name: "timeout", type: "duration", default: "0s" },
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
    for (const target of found)
      collectErrors(failed, () => {
        checkScalable(target.info);
        checkCurrent(target, args.int("current-replicas"), args.string("resource-version"));
        const body = { spec: { replicas } };
        if (dryRun === "client") print(target.info, target.object, "scaled");
        else
          print(
            target.info,
            patchObject(io, target, { type: "merge", body }, { fieldManager: "kubectl", dryRun: dryRun === "server" }),
            "scaled",
          );
      });
    throwCollected([...failed, ...errors]);
    if (found.length === 0) throw new CommandError("no objects passed to scale");
    io.exit(0);
  },
};

function checkScalable(info: ResourceInfo): void {
  if (!SCALED.has(resourceName(info)))
    throw statusError("NotFound", "the server could not find the requested resource");
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/scale ScalePrecondition.Validate
function checkCurrent({ object }: Found, expected: number, resourceVersion: string): void {
  const spec = object.spec as { replicas?: number } | undefined; // a workload that scales
  const replicas = spec?.replicas ?? 1;
  if (expected !== -1 && replicas !== expected)
    throw new CommandError(`Expected replicas to be ${expected}, was ${replicas}`);
  if (resourceVersion !== "" && object.metadata.resourceVersion !== resourceVersion)
    throw new CommandError(
      `Expected resource version to be ${resourceVersion}, was ${object.metadata.resourceVersion}`,
    );
}
