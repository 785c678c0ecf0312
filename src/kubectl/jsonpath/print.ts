// What `-o jsonpath` prints.
import { CommandError } from "../command-error.ts";
import { goSyntax, goText } from "../govalue.ts";
import { compactJson, goJson } from "../json.ts";
import { findResults } from "./evaluate.ts";
import { JsonPathError, type Node, parseJsonPath } from "./parse.ts";

/** Prints an object through the template; `missing` lets it name fields that are not there. @throws CommandError when the template is malformed. */
// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/printers JSONPathPrinter
export function jsonPathPrinter(
  template: string,
  { asJson = false, missing = true }: { asJson?: boolean; missing?: boolean } = {},
): (object: unknown) => string {
  const nodes = parsed(template);
  return (object) => {
    try {
      const results = findResults(nodes, object, missing);
      return asJson ? `${goJson(results.flat())}\n` : results.map(resultsText).join("");
    } catch (error) {
      if (!(error instanceof JsonPathError)) throw error;
      throw new CommandError(
        `error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${error.message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(object)}\n\n\n`,
      );
    }
  };
}

function parsed(template: string): Node[] {
  try {
    return parseJsonPath(template);
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    throw new CommandError(`error parsing jsonpath ${template}, ${error.message}\n`);
  }
}

function resultsText(results: readonly unknown[]): string {
  return results.map(valueText).join(" ");
}

function valueText(value: unknown): string {
  if (typeof value === "object" && value !== null) return compactJson(value);
  return value === null ? "null" : goText(value);
}

/** `{.spec.x}` of `spec.x`, `.spec.x` or `{.spec.x}`, as custom columns and --sort-by take paths. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/get RelaxedJSONPathExpression
export function relaxedPath(expression: string): string {
  if (expression === "") return "";
  const match = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(expression);
  if (match === null)
    throw new CommandError(
      `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    );
  return `{.${match[1] ?? match[2] ?? ""}}`;
}

/** The values at a relaxed path. */
export function pathReader(expression: string): (object: unknown) => readonly unknown[] {
  try {
    const nodes = parseJsonPath(relaxedPath(expression));
    return (object) => findResults(nodes, object).flat();
  } catch (error) {
    if (error instanceof JsonPathError) throw new CommandError(error.message);
    throw error;
  }
}
