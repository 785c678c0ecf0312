// From the nodes of a JSONPath template and an object to what is found.
import { compareText, own } from "../../cluster/index.ts";
import { goText, goType } from "../govalue.ts";
import { isMap } from "../maps.ts";
import { sortedKeys } from "../text.ts";
import { JsonPathError, type Node } from "./parse.ts";

/** What each node of a template found, in order; keys that are missing find nothing, or are a mistake. @throws JsonPathError */
// Models kubernetes/staging/src/k8s.io/client-go/util/jsonpath JSONPath.FindResults
export function findResults(nodes: readonly Node[], value: unknown, missing = true): unknown[][] {
  return new Walk(nodes, missing).find(value, 0).results;
}

class Walk {
  readonly #nodes: readonly Node[];
  readonly #missing: boolean;
  #inRange = 0;
  #endRange = 0;
  #beginRange = 0;
  #lastEnd = -1;

  constructor(nodes: readonly Node[], missing: boolean) {
    this.#nodes = nodes;
    this.#missing = missing;
  }

  find(value: unknown, from: number): { results: unknown[][] } {
    const results: unknown[][] = [];
    for (let at = from; at < this.#nodes.length; at++) {
      const node = this.#nodes[at];
      if (node === undefined) break;
      const found = this.#walk([value], node);
      if (this.#endRange > 0 && this.#endRange <= this.#inRange) {
        this.#endRange--;
        this.#lastEnd = at;
        break;
      }
      if (this.#beginRange === 0) {
        results.push(found);
        continue;
      }
      this.#beginRange--;
      this.#inRange++;
      for (const each of found) results.push(...this.find(each, at + 1).results);
      if (found.length === 0) this.find(NOTHING, at + 1); // so that the end is known even so
      this.#inRange--;
      if (this.#lastEnd > at) at = this.#lastEnd;
    }
    return { results };
  }

  #list(input: readonly unknown[], nodes: readonly Node[]): unknown[] {
    let current = [...input];
    for (const node of nodes) current = this.#walk(current, node);
    return current;
  }

  #walk(input: readonly unknown[], node: Node): unknown[] {
    switch (node.kind) {
      case "text":
        return [node.text];
      case "number":
      case "bool":
        return [node.value];
      case "list":
        return this.#list(input, node.nodes);
      case "field":
        return this.#field(input, node.name);
      case "slice":
        return input.flatMap((value) => (value === null || value === NOTHING ? [] : sliced(value, node)));
      case "wildcard":
        return input.flatMap(childrenOf);
      case "recursive":
        return descend(input);
      case "union":
        return node.parts.flatMap((part) => this.#list(input, part));
      case "filter":
        return input.flatMap((value) => (value === NOTHING ? [] : this.#filter(value, node)));
      case "word":
        return this.#word(input, node.word);
    }
  }

  // Models client-go/util/jsonpath JSONPath.evalField
  #field(input: readonly unknown[], name: string): unknown[] {
    const values = input.filter((value) => value !== NOTHING);
    const found = values.flatMap((value) => (isMap(value) && Object.hasOwn(value, name) ? [own(value, name)] : []));
    if (found.length === 0 && values.length > 0 && !this.#missing) throw new JsonPathError(`${name} is not found`);
    return found;
  }

  #word(input: readonly unknown[], word: "range" | "end"): unknown[] {
    if (word === "range") {
      this.#beginRange++;
      return [...input];
    }
    if (this.#endRange >= this.#inRange) throw new JsonPathError("not in range, nothing to end");
    this.#endRange++;
    return [];
  }

  #filter(list: unknown, { left, operator, right }: Extract<Node, { kind: "filter" }>): unknown[] {
    if (!Array.isArray(list)) throw new JsonPathError(`${goText(list)} is not array or slice and cannot be filtered`);
    return list.filter((each: unknown) => {
      const lefts = this.#list([each], left);
      if (operator === "exists") return lefts.length > 0;
      if (lefts.length === 0) return false;
      const rights = this.#list([each], right);
      if (lefts.length > 1 || rights.length > 1) throw new JsonPathError("can only compare one element at a time");
      return rights.length > 0 && compared(lefts[0], operator, rights[0]);
    });
  }
}

/** Marks that a range has nothing to loop over. */
const NOTHING = Symbol("nothing");

function childrenOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return [...value];
  return isMap(value) ? sortedKeys(value).map((key) => own(value, key)) : [];
}

/** Values that one `..` may give: several in a row multiply them. */
const MOST_DESCENDED = 100_000;

/** Each value that has children, before what is below it. Unlike upstream: fields in the order of their names, because Go's map order differs from run to run. */
function descend(input: readonly unknown[]): unknown[] {
  const found: unknown[] = [];
  const walk = (value: unknown) => {
    const children = childrenOf(value);
    if (children.length === 0) return;
    if (found.push(value) > MOST_DESCENDED)
      throw new JsonPathError(`more than ${MOST_DESCENDED} values are not looked at here`);
    for (const child of children) walk(child);
  };
  for (const value of input) walk(value);
  return found;
}

// Models kubernetes/staging/src/k8s.io/client-go/util/jsonpath JSONPath.evalArray
function sliced(value: unknown, { start, end, step, single }: Extract<Node, { kind: "slice" }>): unknown[] {
  if (!Array.isArray(value)) throw new JsonPathError(`${goType(value)} is not array or slice`);
  const length = value.length;
  const from = start === undefined ? 0 : start < 0 ? start + length : start;
  let to = single ? (start ?? 0) + 1 : (end ?? length);
  if (to < 0 || (single && to === 0)) to += length;
  if (from === to) return [];
  if (from >= length || from < 0) throw outOfBounds(from, length);
  if (to > length || to < 0) throw outOfBounds(to - 1, length);
  if (from > to) throw new JsonPathError(`starting index ${from} is greater than ending index ${to}`);
  if (step !== undefined && step <= 0) throw new JsonPathError("step must be > 0");
  return value.slice(from, to).filter((_, at) => at % (step ?? 1) === 0);
}

function outOfBounds(index: number, length: number): JsonPathError {
  return new JsonPathError(`array index out of bounds: index ${index}, length ${length}`);
}

// Models kubernetes/staging/third_party/forked/golang/template Equal and Less
function compared(left: unknown, operator: string, right: unknown): boolean {
  if (!["<", ">", "==", "!=", "<=", ">="].includes(operator))
    throw new JsonPathError(`unrecognized filter operator ${operator}`);
  const comparable = ["string", "number", "boolean"];
  if (!comparable.includes(typeof left) || !comparable.includes(typeof right))
    throw new JsonPathError("invalid type for comparison");
  if (goType(left) !== goType(right)) throw new JsonPathError("incompatible types for comparison");
  if (operator === "==" || operator === "!=") return (left === right) === (operator === "==");
  if (typeof left === "boolean") throw new JsonPathError("invalid type for comparison");
  const order = orderOf(left, right);
  if (operator === "<") return order < 0;
  if (operator === "<=") return order <= 0;
  return operator === ">" ? order > 0 : order >= 0;
}

function orderOf(left: unknown, right: unknown): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  return compareText(String(left), String(right));
}
