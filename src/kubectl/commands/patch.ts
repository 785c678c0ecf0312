// `kubectl patch`: changes fields of an object.
import { deepEqual, type PatchType } from "../../cluster/index.ts";
import { parseManifest } from "../../manifest/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { throwCollected } from "../errors.ts";
import type { ParsedArgs } from "../flags.ts";
import { type CommandIO, fileName } from "../io.ts";
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, objectPrinter } from "../output.ts";
import { patchedHere } from "../patched.ts";
import { causeOf, RECORD_FLAG } from "../record.ts";
import { select } from "../select.ts";
import { patchObject } from "../session.ts";
import { FILE_FLAGS, isLocal } from "../sources.ts";

export const patch: Command = {
  name: "patch",
  usage: "(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]",
  summary: "Change fields of objects",
  flags: [
    ...FILE_FLAGS,
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    { name: "patch", short: "p", type: "string" },
    { name: "patch-file", type: "string" },
    { name: "type", type: "string", default: "strategic" },
    { name: "subresource", type: "string" },
    { name: "field-manager", type: "string", default: "kubectl-patch" },
    { name: "local", type: "bool" },
    RECORD_FLAG,
  ],
  run(args, io) {
    const body = bodyOf(args, io);
    const type = typeOf(args);
    const subresource = subresourceOf(args);
    const dryRun = dryRunOf(args, io);
    const print = objectPrinter(args, io);
    const { found, errors } = select(args, args.positional, io);
    throwCollected(errors);
    for (const target of found) {
      const options = {
        fieldManager: args.string("field-manager"),
        dryRun: dryRun !== "none",
        fieldValidation: "Warn",
        ...subresource,
      } as const;
      const changed =
        dryRun === "client" || isLocal(args)
          ? patchedHere(target, { type, body })
          : patchObject(io, target, { type, body }, options);
      if (args.bool("record") && dryRun === "none" && !isLocal(args))
        patchObject(io, target, { type: "merge", body: { metadata: { annotations: causeOf(args) } } }, options);
      print(target.info, changed, deepEqual(changed, target.object) ? "patched (no change)" : "patched");
    }
    io.exit(0);
  },
};

/** The patch as the server gets it: JSON as typed, YAML as JSON. */
function bodyOf(args: ParsedArgs, io: CommandIO): unknown {
  const file = args.string("patch-file");
  if (args.string("patch") !== "" && file !== "")
    throw new CommandError("cannot specify --patch and --patch-file together");
  if (args.string("patch") === "" && file === "")
    throw new CommandError("must specify --patch or --patch-file containing the contents of the patch");
  const text = file === "" ? args.string("patch") : file === "-" ? io.stdin : io.files.get(fileName(file));
  if (text === undefined) throw new CommandError(`unable to read patch file: open ${file}: no such file or directory`);
  if (/^\s*[{[]/.test(text)) return jsonOrText(text);
  const [document] = parseManifest(text);
  if (document?.error !== undefined)
    throw new CommandError(`unable to parse ${JSON.stringify(text)}: ${document.error.message}`);
  return document?.value ?? null;
}

/** Text that is no JSON goes to the server as it is, which says what is wrong with it. */
function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return text;
  }
}

function typeOf(args: ParsedArgs): PatchType {
  const type = args.string("type").toLowerCase();
  if (type === "json" || type === "merge" || type === "strategic") return type;
  throw new CommandError(`--type must be one of [json merge strategic], not ${JSON.stringify(args.string("type"))}`);
}

function subresourceOf(args: ParsedArgs): { subresource?: "status" | "scale" } {
  const name = args.string("subresource");
  if (name === "") return {};
  if (name === "status" || name === "scale") return { subresource: name };
  throw new CommandError(`invalid subresource value: ${JSON.stringify(name)}. Must be one of [status scale resize]`);
}
