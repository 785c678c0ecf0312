// `--record`, deprecated: the command as it was typed, kept in an annotation of what it changed.
import { ChangeCauseAnnotation, type UnknownObject } from "../cluster/index.ts";
import type { Flag, ParsedArgs } from "./flags.ts";

export const RECORD_FLAG: Flag = {
  name: "record",
  type: "bool",
  deprecated: "--record will be removed in the future",
  help: "Deprecated: keep this command in an annotation.",
};

/** The annotation to be added; empty when nothing is recorded. */
// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/genericclioptions parseCommandArguments
export function causeOf(args: ParsedArgs): Readonly<Record<string, string>> {
  if (!args.bool("record")) return {};
  const flags = args.typed.map(([name, value]) => ` --${name}=${value}`).join("");
  return { [ChangeCauseAnnotation]: [args.path, ...args.positional].join(" ") + flags };
}

/** The object with the command in its annotations, when that was asked for. */
export function recorded(args: ParsedArgs, object: UnknownObject): UnknownObject {
  if (!args.bool("record")) return object;
  const annotations = { ...object.metadata.annotations, ...causeOf(args) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
