// What no input whatever may do: harm the built-in prototypes, or cause an internal failure, as an answer or within the cluster.
import type { Cluster } from "../cluster/index.ts";

const BUILT_IN = [Object, Array, Function, String, Number, Boolean, RegExp, Map, Set, Promise, Error].map(
  (each) => [each.name, each.prototype] as const,
);

const shapeOf = () =>
  BUILT_IN.map(([name, prototype]) => `${name}: ${Reflect.ownKeys(prototype).map(String).join(" ")}`).join("\n");
const SHAPE = shapeOf();

/** Throws when someone added to a built-in prototype or took something away. */
export function checkPrototypes(): void {
  const now = shapeOf();
  if (now === SHAPE) return;
  const before = SHAPE.split("\n");
  throw new Error(`a built-in prototype changed: ${now.split("\n").find((line, at) => line !== before[at])}`);
}

/** Throws the first error that a wall of the cluster caught: the cluster continues, and the input has found a bug. */
export function checkMishaps({ mishaps }: Cluster): void {
  const [first] = mishaps.list;
  if (first !== undefined) throw first.error;
}

/** What JavaScript says when our code, not the input, is wrong. */
const OURS =
  /TypeError|RangeError|ReferenceError|Cannot (?:read|set|convert|destructure|assign)|is not (?:a function|iterable|extensible)|Maximum call stack|\[object \w+\]|internal error:/;

/** Throws when an answer shows an internal failure. What the input itself says does not count. */
export function checkAnswer(answer: string, input: string): void {
  const found = OURS.exec(answer);
  if (found !== null && !input.includes(found[0]))
    throw new Error(
      `an answer shows a failure of the program: ${answer.slice(Math.max(0, found.index - 200), found.index + 300)}`,
    );
}
