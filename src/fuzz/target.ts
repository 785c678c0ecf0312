// What is fuzzed: inputs, and what must hold for each of them.
import type { Arbitrary } from "fast-check";

/** One door that outside data comes in by. */
export interface Target<Input = unknown> {
  readonly name: string;
  /** The rule as a sentence; the short run's test has this name. */
  readonly rule: string;
  /** Inputs of the short run, which is part of the unit tests; 0 leaves it to the long run. */
  readonly runs: number;
  readonly inputs: Arbitrary<Input>;
  /** Throws, or rejects, where the rule is broken. */
  check(input: Input): void | Promise<void>;
}

/** A target whose type of input no one else needs to know. */
export function target<Input>(given: Target<Input>): Target {
  // The inputs that `check` is given are those that `inputs` makes.
  return { ...given, check: (input) => given.check(input as Input) };
}
