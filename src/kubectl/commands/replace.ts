// `kubectl replace`: the whole object becomes what the file says.
import { resourceName, StatusError } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError, throwCollected, withSource } from "../errors.ts";
import type { ParsedArgs } from "../flags.ts";
import { guard } from "../guard.ts";
import type { CommandIO } from "../io.ts";
import { DRY_RUN_FLAG, dryRunOf, type ObjectPrinter, OUTPUT_FLAG, objectPrinter } from "../output.ts";
import { qualifiedKind } from "../resources.ts";
import { ask } from "../session.ts";
import { FILE_FLAGS, hasFiles, readSources, type SourceObject } from "../sources.ts";
import { fieldValidation, VALIDATE_FLAG } from "../validation.ts";
import { collectErrors } from "./collect.ts";
import { waitUntilGone } from "./delete.ts";

export const replace: Command = {
  name: "replace",
  usage: "-f FILENAME",
  summary: "Put objects from files in the place of those that are there",
  flags: [
    ...FILE_FLAGS,
    OUTPUT_FLAG,
    DRY_RUN_FLAG,
    VALIDATE_FLAG,
    { name: "cascade", type: "string", default: "background", bare: "background" },
    { name: "field-manager", type: "string", default: "kubectl-replace" },
    { name: "force", type: "bool" },
    { name: "grace-period", type: "int", default: "-1" },
    { name: "save-config", type: "bool" },
    { name: "subresource", type: "string" },
    { name: "timeout", type: "duration", default: "0s" },
    { name: "wait", type: "bool" },
  ],
  run(args, io) {
    const dryRun = dryRunOf(args, io);
    if (args.bool("force") && dryRun !== "none")
      throw new CommandError("--dry-run can not be used when --force is set");
    if (!hasFiles(args)) throw new CommandError("must specify one of -f and -k");
    const print = objectPrinter(args, io, dryRun);
    const { objects, errors } = readSources(args, io);
    if (args.bool("force")) {
      throwCollected(errors);
      forceReplace(objects, { args, io, print });
      return;
    }
    const failed: Error[] = [];
    for (const source of objects) {
      collectErrors(failed, () => {
        if (dryRun === "client") print(source.info, source.object, "replaced");
        else print(source.info, send(source, { args, io, dryRun: dryRun === "server" }), "replaced");
      });
    }
    throwCollected([...failed, ...errors]);
    if (objects.length === 0) throw new CommandError("no objects passed to replace");
    io.exit(0);
  },
};

function send(source: SourceObject, { args, io, dryRun }: { args: ParsedArgs; io: CommandIO; dryRun: boolean }) {
  const { info, object, namespace } = source;
  const typed = args.string("subresource");
  const subresource = typed === "status" || typed === "scale" ? typed : undefined;
  const options = {
    dryRun,
    fieldManager: args.string("field-manager"),
    fieldValidation: fieldValidation(args),
    ...(subresource === undefined ? {} : ({ subresource } as const)),
  } as const;
  const placed = { ...object, metadata: { ...object.metadata, ...(namespace === undefined ? {} : { namespace }) } };
  try {
    return ask(io, () => io.cluster.api.update(resourceName(info), placed, options));
  } catch (error) {
    throw withSource(error, "replacing", source.source);
  }
}

/** Deletes, waits until it is gone, creates. */
function forceReplace(
  objects: readonly SourceObject[],
  { args, io, print }: { args: ParsedArgs; io: CommandIO; print: ObjectPrinter },
): void {
  const gone = objects.flatMap((doomed) => {
    const { info, namespace, name } = doomed;
    try {
      const deleted = ask(io, () =>
        io.cluster.api.delete(resourceName(info), namespace, name, { gracePeriodSeconds: 0 }),
      );
      io.out(
        `${qualifiedKind(info)} "${name}" deleted${namespace === undefined ? "" : ` from ${namespace} namespace`}\n`,
      );
      return [[{ info, namespace, name, source: "" }, deleted] as const];
    } catch (error) {
      if (error instanceof StatusError && error.status.reason === "NotFound") return [];
      throw error;
    }
  });
  const create = () => {
    const failed: Error[] = [];
    for (const { info, namespace, object } of objects)
      collectErrors(failed, () =>
        print(
          info,
          ask(io, () => io.cluster.api.create(resourceName(info), namespace, object, {})),
          "replaced",
        ),
      );
    throwCollected(failed);
    io.exit(0);
  };
  waitUntilGone(gone, args.duration("timeout"), {
    ...io,
    exit: (code) => (code === 0 ? guard(io, create) : io.exit(code)),
  });
}
