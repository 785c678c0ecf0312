// `KEY=VALUE … KEY-` behind a resource, as label, annotate, taint and set env take them.
import { setOwn } from "../../cluster/index.ts";
import { CommandError } from "../command-error.ts";

export interface Changes {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

/** Splits the words into resources and pairs. @throws CommandError when a resource follows a pair. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/util GetResourcesAndPairs
export function splitPairs(words: readonly string[], what: string): { resources: string[]; pairs: string[] } {
  const resources: string[] = [];
  const pairs: string[] = [];
  for (const word of words) {
    const isPair = word.includes("=") || word.endsWith("-");
    if (!isPair && pairs.length > 0)
      throw new CommandError(`all resources must be specified before ${what} changes: ${word}`);
    (isPair ? pairs : resources).push(word);
  }
  return { resources, pairs };
}

/** A label's value: empty, or letters, digits, `-_.` that begin and end with a letter or digit. */
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/label parseLabels
export function labelChanges(pairs: readonly string[]): Changes {
  const set: Record<string, string> = {};
  const remove: string[] = [];
  for (const pair of pairs) {
    const parts = pair.split("=");
    const [key = "", value = ""] = parts;
    if (parts.length === 1) {
      remove.push(pair.slice(0, -1));
      continue;
    }
    if (parts.length !== 2) throw new CommandError(`invalid label spec: ${pair}`);
    if (value.length > 63 || !LABEL_VALUE.test(value))
      throw new CommandError(`invalid label value: ${JSON.stringify(pair)}: ${labelValueComplaint(value)}`);
    setOwn(set, key, value);
  }
  const both = remove.find((key) => Object.hasOwn(set, key));
  if (both !== undefined) throw new CommandError("can not both modify and remove a label in the same command");
  return { set, remove };
}

function labelValueComplaint(value: string): string {
  const complaints: string[] = [];
  if (value.length > 63) complaints.push("must be no more than 63 bytes");
  if (!LABEL_VALUE.test(value))
    complaints.push(
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    );
  return complaints.join(";");
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/util ParsePairs
export function annotationChanges(pairs: readonly string[]): Changes {
  const set: Record<string, string> = {};
  const remove: string[] = [];
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 0) remove.push(pair.slice(0, -1));
    else if (at === 0) throw new CommandError(`invalid annotation format: ${pair}`);
    else setOwn(set, pair.slice(0, at), pair.slice(at + 1));
  }
  const both = remove.filter((key) => Object.hasOwn(set, key));
  if (both.length > 0)
    throw new CommandError(
      `can not both modify and remove the following annotation(s) in the same command: ${both.join(", ")}`,
    );
  return { set, remove };
}
