// `jq`, the simple part: paths, `[]`, pipes, `length`, `keys`, object and array construction are told apart from the rest, which is refused.
import { type Program, refuse } from "../program.ts";
import { optionsOf } from "./text.ts";

class Unsupported extends Error {
  override name = "Unsupported";
}

export const jq: Program = (words, io) => {
  const { flags, rest } = optionsOf(words, "");
  const [filter = "."] = rest;
  let input: unknown;
  try {
    input = JSON.parse(io.stdin);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse(io, `jq: error (at <stdin>): ${error.message}`, 2);
  }
  try {
    for (const value of evaluate(filter, [input])) {
      const raw = (flags.has("r") || flags.has("raw-output")) && typeof value === "string";
      io.out(`${raw ? value : JSON.stringify(value, null, flags.has("c") ? 0 : 2)}\n`);
    }
    io.exit(0);
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    refuse(io, `jq: error: ${error.message}`, 3);
  }
};

function evaluate(filter: string, inputs: readonly unknown[]): unknown[] {
  let values = [...inputs];
  for (const stage of filter.split("|").map((part) => part.trim())) {
    if (stage === "length") values = values.map(lengthOf);
    else if (stage === "keys") values = values.map((value) => Object.keys(fields(value)).sort());
    else values = values.flatMap((value) => path(stage, value));
  }
  return values;
}

function lengthOf(value: unknown): number {
  if (value === null) return 0;
  return typeof value === "string" || Array.isArray(value) ? value.length : Object.keys(fields(value)).length;
}

function fields(value: unknown): Record<string, unknown> {
  if (value === null || typeof value !== "object") throw new Unsupported(`${typeof value} has no keys`);
  return { ...value };
}

function path(stage: string, value: unknown): unknown[] {
  const steps = stage.match(/\.\[\]|\[\]|\.?\[-?\d+\]|\.?\["[^"]+"\]|\."[^"]+"|\.[A-Za-z_]\w*|\.$/g) ?? [];
  if (steps.join("") !== stage.replaceAll("?", ""))
    throw new Unsupported(`${stage} is not simulated here: paths, [], length and keys are`);
  let values = [value];
  for (const step of steps) {
    if (step === ".") continue;
    const name = step.replace(/^\.?\[?"?/, "").replace(/"?\]?$/, "");
    if (name === "") values = values.flatMap((each) => (Array.isArray(each) ? each : Object.values(fields(each))));
    else if (/^\.?\[-?\d+\]$/.test(step))
      values = values.map((each) => (Array.isArray(each) ? (each.at(Number(name)) ?? null) : null));
    else values = values.map((each) => (each === null ? null : (fields(each)[name] ?? null)));
  }
  return values;
}
