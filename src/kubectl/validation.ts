// `--validate`: what the server does about unknown and duplicate fields.
import { CommandError } from "./command-error.ts";
import type { Flag, ParsedArgs } from "./flags.ts";

export const VALIDATE_FLAG: Flag = {
  name: "validate",
  type: "string",
  default: "strict",
  bare: "strict",
  help: "Must be one of: strict (or true), warn, ignore (or false).",
};

/** What `--validate` asks for. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/util GetValidationDirective
export function fieldValidation(args: ParsedArgs): "Strict" | "Warn" | "Ignore" {
  const value = args.string("validate");
  switch (value) {
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
        `invalid - validate option ${JSON.stringify(value)}; must be one of: strict (or true), warn, ignore (or false)`,
      );
  }
}
