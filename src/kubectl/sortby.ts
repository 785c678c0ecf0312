// `--sort-by`: objects in the order of the value at a path.
import { parseQuantity, type Quantity } from "../cluster/index.ts";
import { CommandError } from "./command-error.ts";
import { pathReader, relaxedPath } from "./jsonpath/print.ts";
import { isMap } from "./maps.ts";

/** Sorted copies; objects without the field come first. @throws CommandError when none has it. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/get TableSorter and RuntimeSort
export function sortedBy<T>(objects: readonly T[], path: string): T[] {
  const read = pathReader(path);
  const keyed = objects.map((object) => ({ object, values: read(object) }));
  if (keyed.length > 0 && keyed.every(({ values }) => values.length === 0))
    throw new CommandError(
      `couldn't find any field with path ${JSON.stringify(relaxedPath(path))} in the list of objects`,
    );
  const byKey = (a: readonly unknown[], b: readonly unknown[]) => {
    if (a.length === 0 || b.length === 0) return Math.sign(a.length) - Math.sign(b.length);
    return order(a[0], b[0]);
  };
  return keyed.sort((a, b) => byKey(a.values, b.values)).map(({ object }) => object);
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/get isLess
function order(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
  if (typeof a === "string" && typeof b === "string") return orderOfTexts(a, b);
  if (isMap(a) || Array.isArray(a)) throw new CommandError(`unsortable type: ${isMap(a) ? "map" : "slice"}`);
  return 0;
}

function orderOfTexts(a: string, b: string): number {
  const [left, right] = [quantity(a), quantity(b)];
  if (left !== undefined && right !== undefined)
    return left.nanos < right.nanos ? -1 : left.nanos > right.nanos ? 1 : 0;
  return naturalOrder(a, b);
}

function quantity(text: string): Quantity | undefined {
  const parsed = parseQuantity(text);
  return "error" in parsed ? undefined : parsed;
}

/** Numbers inside texts count as numbers: `web-9` comes before `web-10`. */
// Models github.com/fvbommel/sortorder NaturalLess
export function naturalOrder(a: string, b: string): number {
  const left = a.match(/\d+|\D/gsu) ?? [];
  const right = b.match(/\d+|\D/gsu) ?? [];
  for (let at = 0; at < left.length && at < right.length; at++) {
    const [x = "", y = ""] = [left[at], right[at]];
    if (x === y) continue;
    if (/^\d/.test(x) && /^\d/.test(y)) {
      const difference = BigInt(x) - BigInt(y);
      if (difference !== 0n) return difference < 0n ? -1 : 1;
      return x.length - y.length;
    }
    return x < y ? -1 : 1;
  }
  return left.length - right.length;
}
