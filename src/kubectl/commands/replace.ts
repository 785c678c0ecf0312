// `kubectl replace`: the whole object becomes what the file says.
import { resourceName, StatusError, type UnknownObject } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import type { SourceObject } from "../documents.ts";
import { throwCollected, withSource } from "../errors.ts";
import type { ParsedArgs } from "../flags.ts";
import { guard } from "../guard.ts";
import type { CommandIO } from "../io.ts";
import { withLastApplied } from "../last-applied.ts";
import { DRY_RUN_FLAG, dryRunOf, type ObjectPrinter, OUTPUT_FLAGS, objectPrinter } from "../output.ts";
import { RECORD_FLAG, recorded } from "../record.ts";
import { qualifiedKind } from "../resources.ts";
import { ask } from "../session.ts";
import { FILE_FLAGS, hasFiles, readSources } from "../sources.ts";
import { fieldValidation, VALIDATE_FLAG } from "../validation.ts";
import { collectErrors } from "./collect.ts";
import { propagation, waitUntilGone } from "./delete.ts";
import { checkRaw, rawWrite } from "./raw.ts";

export const replace: Command = {
  name: "replace",
  usage: "-f FILENAME",
  summary: "Put objects from files in the place of those that are there",
  flags: [
    ...FILE_FLAGS,
    ...OUTPUT_FLAGS,
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
    { name: "raw", type: "string", help: "Send the file to this path of the API server." },
    RECORD_FLAG,
  ],
  run(args, io) {
    const dryRun = dryRunOf(args, io);
    const force = args.bool("force");
    if (!hasFiles(args)) throw new CommandError("must specify one of -f and -k");
    if (args.int("grace-period") >= 0 && !force) throw new CommandError("--grace-period must have --force specified");
    if (args.duration("timeout") !== 0 && !force) throw new CommandError("--timeout must have --force specified");
    if (force && dryRun !== "none") throw new CommandError("--dry-run can not be used when --force is set");
    checkRaw(args);
    if (args.string("raw") !== "") {
      io.out(rawWrite("replace", args, io));
      io.exit(0);
      return;
    }
    const print = objectPrinter(args, io, dryRun);
    const { objects: written, errors } = readSources(args, io);
    const objects = written.map((source) => ({ ...source, object: prepared(source.object, args) }));
    if (force) {
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

/** The object with what is to be kept in its annotations. */
function prepared(object: UnknownObject, args: ParsedArgs): UnknownObject {
  const noted = recorded(args, object);
  return args.bool("save-config") ? withLastApplied(noted) : noted;
}

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
        io.cluster.api.delete(resourceName(info), namespace, name, {
          propagationPolicy: propagation(args.string("cascade")),
          gracePeriodSeconds: Math.max(0, args.int("grace-period")),
        }),
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
  // Whatever --wait says: what is still there cannot be recreated.
  waitUntilGone(gone, args.duration("timeout"), {
    ...io,
    exit: (code) => (code === 0 ? guard(io, create) : io.exit(code)),
  });
}
