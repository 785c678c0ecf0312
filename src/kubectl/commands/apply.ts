// `kubectl apply`: what the manifest says becomes what the cluster has.
import { StatusError, type UnknownObject } from "../../cluster/index.ts";
import { type Applied, applyObject } from "../applyobject.ts";
import type { Command } from "../command.ts";
import { CommandError, throwCollected, withSource } from "../errors.ts";
import type { ParsedArgs } from "../flags.ts";
import type { CommandIO } from "../io.ts";
import { DRY_RUN_FLAG, type DryRun, dryRunOf, type ObjectPrinter, OUTPUT_FLAG, objectPrinter } from "../output.ts";
import { goKind, goResource } from "../resources.ts";
import { ask } from "../session.ts";
import { FILE_FLAGS, hasFiles, readSources, type SourceObject } from "../sources.ts";

interface Applying {
  readonly io: CommandIO;
  readonly dryRun: DryRun;
  readonly print: ObjectPrinter;
  readonly validation: "Strict" | "Warn" | "Ignore";
}

export const apply: Command = {
  name: "apply",
  usage: "(-f FILENAME | -k DIRECTORY)",
  summary: "Apply a configuration to a resource by file name or stdin",
  flags: [
    ...FILE_FLAGS,
    OUTPUT_FLAG,
    DRY_RUN_FLAG,
    { name: "validate", type: "string", default: "strict", bare: "strict" },
    { name: "field-manager", type: "string", default: "kubectl-client-side-apply" },
    { name: "force-conflicts", type: "bool" },
    { name: "server-side", type: "bool" },
    { name: "overwrite", type: "bool", default: "true" },
    { name: "selector", short: "l", type: "string" },
    { name: "wait", type: "bool" },
    { name: "timeout", type: "duration", default: "0s" },
    { name: "force", type: "bool" },
    { name: "prune", type: "bool" },
  ],
  run(args, io) {
    if (args.positional.length > 0) throw unexpectedArguments(args);
    if (!hasFiles(args)) throw new CommandError("must specify one of -f and -k");
    if (args.bool("prune")) throw new CommandError("--prune is not simulated");
    const dryRun = dryRunOf(args, io);
    const applying: Applying = {
      io,
      dryRun,
      print: objectPrinter(args, io, dryRun),
      validation: fieldValidation(args),
    };
    const { objects, errors } = readSources(args, io);
    if (objects.length === 0 && errors.length === 0) throw new CommandError("no objects passed to apply");
    const failed = [...errors];
    for (const object of objects) collect(failed, () => applyOne(object, applying));
    throwCollected(failed);
    io.exit(0);
  },
};

function unexpectedArguments(args: ParsedArgs): CommandError {
  return new CommandError(
    `Unexpected args: [${args.positional.join(" ")}]\nSee '${args.path} -h' for help and examples`,
  );
}

function collect(failed: Error[], run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof StatusError)) throw error;
    failed.push(error);
  }
}

/** What `--validate` asks for. @throws CommandError */
export function fieldValidation(args: ParsedArgs): "Strict" | "Warn" | "Ignore" {
  switch (args.string("validate")) {
    case "true":
    case "strict":
      return "Strict";
    case "warn":
      return "Warn";
    case "false":
    case "ignore":
      return "Ignore";
    default:
      throw new CommandError(
        `invalid - validate option ${JSON.stringify(args.string("validate"))}; must be one of: strict (or true), warn, ignore (or false)`,
      );
  }
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/apply ApplyOptions.applyOneObject
function applyOne(source: SourceObject, applying: Applying): void {
  const { io, dryRun, print, validation } = applying;
  const { info, name } = source;
  if (name === "") throw nameless(source);
  let result: Applied["result"] = "unchanged";
  const request = () => {
    const applied = applyObject(io.cluster.api, source, { dryRun, fieldValidation: validation });
    result = applied.result;
    return applied;
  };
  const object = sourced(source, "creating", () => ask(io, request));
  print(info, object, result);
}

function sourced(source: SourceObject, verb: string, request: () => UnknownObject): UnknownObject {
  try {
    return request();
  } catch (error) {
    throw withSource(error, verb, source.source);
  }
}

function nameless({ info, namespace, source }: SourceObject): CommandError {
  return new CommandError(
    `error when retrieving current configuration of:\nResource: "${goResource(info)}", GroupVersionKind: "${goKind(info)}"\nName: "", Namespace: "${namespace ?? ""}"\nfrom server for: "${source}": resource name may not be empty`,
  );
}
