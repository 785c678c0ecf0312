// Label and field selectors as they are typed: `-l` and `--field-selector`.
import {
  type LabelSelector,
  type ListOptions,
  parseSelector,
  type Requirement,
  type Selector,
  SelectorSyntaxError,
  statusError,
} from "../cluster/index.ts";
import { CommandError } from "./command-error.ts";

type FieldTerms = NonNullable<ListOptions["fieldSelector"]>;

/** Thrown with the text of what is wrong in a selector; the caller frames it. */
export class SelectorError extends CommandError {
  override name = "SelectorError";
}

/** Parses `app=web,tier in (a, b),!old`. @throws SelectorError */
export function parseLabelSelector(text: string): Selector {
  try {
    return parseSelector(text);
  } catch (error) {
    throw error instanceof SelectorSyntaxError ? new SelectorError(error.message) : error;
  }
}

/** Parses `status.phase=Running,metadata.name!=a`. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/fields ParseSelector
export function parseFieldSelector(text: string): FieldTerms {
  const terms = text.split(",").filter((part) => part !== "");
  return terms.map((term) => {
    const match = /^(.*?)(!=|==|=)(.*)$/.exec(term);
    if (match === null) throw new SelectorError(`invalid selector: '${text}'; can't understand '${term}'`);
    return { path: match[1] ?? "", operator: match[2] === "!=" ? "!=" : "=", value: match[3] ?? "" };
  });
}

/** What was typed for a list, as the server would take it. @throws StatusError BadRequest, as the server parses the selectors. */
export function listOptions(resource: string, labels: string, fields: string): ListOptions {
  try {
    return {
      ...(labels === "" ? {} : { labelSelector: parseLabelSelector(labels) }),
      ...(fields === "" ? {} : { fieldSelector: parseFieldSelector(fields) }),
    };
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    throw statusError(
      "BadRequest",
      `Unable to find ${JSON.stringify(resource)} that match label selector ${JSON.stringify(labels)}, field selector ${JSON.stringify(fields)}: ${error.message}`,
    );
  }
}

/** The selector as a map, as `set selector` and `expose --selector` take it. @throws CommandError */
export function selectorAsMap(text: string): Record<string, string> {
  return Object.fromEntries(
    parseLabelSelector(text).map(({ key, operator, values: [value = ""] }) => {
      if (operator !== "In")
        throw new CommandError(`cannot convert selector ${JSON.stringify(text)} to a map of labels`);
      return [key, value];
    }),
  );
}

/** The selector as objects hold it: labels that must be equal, and expressions for the rest. @throws SelectorError */
// Models k8s.io/apimachinery/pkg/apis/meta/v1 ParseToLabelSelector
export function labelSelectorOf(text: string): LabelSelector {
  const listed = listedKeys(text);
  const requirements = parseLabelSelector(text);
  const isPlain = ({ key, operator }: Requirement) => operator === "In" && !listed.has(key);
  const labels = requirements.filter(isPlain).map(({ key, values: [value = ""] }) => [key, value] as const);
  const expressions = requirements
    .filter((each) => !isPlain(each))
    .map(({ key, operator, values }) => ({ key, operator, ...(values.length === 0 ? {} : { values: [...values] }) }));
  return {
    ...(expressions.length === 0 ? {} : { matchExpressions: expressions }),
    ...(labels.length === 0 ? {} : { matchLabels: Object.fromEntries(labels) }),
  };
}

/** The keys that a selector compares with a list, as in `a in (b)`. */
export function listedKeys(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/([^\s,!(]+)\s+in\s*\(/g)].map(([, key = ""]) => key));
}
