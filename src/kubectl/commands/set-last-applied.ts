// `kubectl apply set-last-applied`: what apply is to remember, without applying it.
import { deepEqual, LastAppliedConfigAnnotation, type UnknownObject } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import type { SourceObject } from "../documents.ts";
import { throwCollected } from "../errors.ts";
import { compactJson } from "../json.ts";
import { lastApplied } from "../last-applied.ts";
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, objectPrinter } from "../output.ts";
import { getObject, nothingGiven } from "../select.ts";
import { patchObject } from "../session.ts";
import { FILE_FLAGS, hasFiles, readSources } from "../sources.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/apply SetLastAppliedOptions
export const setLastApplied: Command = {
  name: "set-last-applied",
  usage: "-f FILENAME",
  summary: "Let apply remember what a file says, without applying it",
  flags: [
    ...FILE_FLAGS,
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    { name: "create-annotation", type: "bool", help: "Make the annotation where an object has none." },
  ],
  run(args, io) {
    if (!hasFiles(args)) throw nothingGiven();
    const dryRun = dryRunOf(args, io);
    const print = objectPrinter(args, io, dryRun);
    const { objects, errors } = readSources(args, io);
    throwCollected(errors);
    const changed: [SourceObject, UnknownObject][] = [];
    for (const source of objects) {
      const { info, namespace, name, object } = source;
      const current = getObject(io, info, namespace, name);
      const before = lastApplied(current);
      if (before === undefined && !args.bool("create-annotation"))
        throw new CommandError(
          `no last-applied-configuration annotation found on resource: ${name}, to create the annotation, run the command with --create-annotation`,
        );
      if (deepEqual(before, object)) io.out(`set-last-applied ${name}: no changes required.\n`);
      else changed.push([source, current]);
    }
    for (const [source, current] of changed) {
      const body = { metadata: { annotations: { [LastAppliedConfigAnnotation]: compactJson(source.object) } } };
      const patch = { type: "merge", body } as const;
      const set = dryRun === "client" ? current : patchObject(io, source, patch, { dryRun: dryRun === "server" });
      print(source.info, set, "configured");
    }
    io.exit(0);
  },
};
