// jq's filters at work: each gives any number of values, and where in its input they are when that is asked for.
import type { Steps } from "../machine.ts";
import type { Definition, Filter } from "./ast.ts";
import { formatted } from "./functions.ts";
import { arithmetic } from "./operators.ts";
import { getIndex, getSlice } from "./paths.ts";
import { isTrue, JqError, kindOf, type Path, shown, toJson, type Value } from "./values.ts";

/** A value, and where it is when that is known. */
export interface Place {
  readonly value: Value;
  readonly path: Path | undefined;
}

/** What names mean at a place of a filter. */
export interface Scope {
  readonly outer: Scope | undefined;
  readonly name: string;
  readonly meaning:
    | { readonly kind: "variable"; readonly value: Value }
    | { readonly kind: "filter"; readonly body: Filter; readonly scope: Scope | undefined }
    | { readonly kind: "function"; readonly definition: Definition }
    | { readonly kind: "label"; readonly mark: object };
}

/** A name that means nothing: the filter cannot be compiled. */
export class Undefined extends Error {
  override name = "Undefined";
}

/** `break`. */
export class Break extends Error {
  override name = "Break";
  readonly mark: object;

  constructor(mark: object) {
    super("break");
    this.mark = mark;
  }
}

/** What a run needs of its surroundings. */
export interface JqWorld {
  readonly steps: Steps;
  /** Seconds since 1970. */
  now(): number;
  /** Functions that are written in jq, by name and number of arguments. */
  readonly library: ReadonlyMap<string, Definition>;
  /** What they see around them. */
  readonly globals: Scope | undefined;
  /** The next input; undefined when none is left. */
  input(): Value | undefined;
}

const DEEPEST = 700;

/** Runs filters; bindings, updates and calls are run above it. */
export abstract class JqCore {
  readonly world: JqWorld;
  #depth = 0;

  constructor(world: JqWorld) {
    this.world = world;
  }

  /** The values of a filter. */
  *values(filter: Filter, value: Value, scope: Scope | undefined): Generator<Value> {
    for (const place of this.run(filter, { value, path: undefined }, scope)) yield place.value;
  }

  /** The places that a filter means. */
  *places(filter: Filter, value: Value, scope: Scope | undefined): Generator<{ path: Path; value: Value }> {
    for (const place of this.run(filter, { value, path: [] }, scope))
      yield { path: place.path ?? [], value: place.value };
  }

  protected *run(filter: Filter, at: Place, scope: Scope | undefined): Generator<Place> {
    this.world.steps.take();
    if (++this.#depth > DEEPEST) {
      this.#depth = 0;
      throw new JqError("the filter calls itself too deeply");
    }
    const depth = this.#depth;
    try {
      for (const place of this.any(filter, at, scope)) {
        this.#depth = depth - 1;
        yield place;
        this.#depth = depth;
      }
    } finally {
      this.#depth = depth - 1;
    }
  }

  protected any(filter: Filter, at: Place, scope: Scope | undefined): Iterable<Place> {
    switch (filter.kind) {
      case "identity":
        return [at];
      case "recurse":
        return this.call("recurse", [], at, scope);
      case "index":
      case "slice":
      case "iterate":
        return this.access(filter, at, scope);
      case "pipe":
        return this.pipe(filter, at, scope);
      case "comma":
        return this.comma(filter, at, scope);
      case "alternative":
        return this.alternative(filter, at, scope);
      case "try":
        return this.tryOf(filter, at, scope);
      case "if":
        return this.ifOf(filter, at, scope);
      case "as":
        return this.asOf(filter, at, scope);
      case "reduce":
      case "foreach":
        return this.fold(filter, at, scope);
      case "def":
        return this.run(filter.body, at, {
          outer: scope,
          name: `${filter.definition.name}/${filter.definition.parameters.length}`,
          meaning: { kind: "function", definition: filter.definition },
        });
      case "label":
        return this.label(filter, at, scope);
      case "break":
        throw new Break(this.labelOf(filter.name, scope));
      case "call":
        return this.call(filter.name, filter.args, at, scope);
      case "update":
        return wrap(this.update(filter, at.value, scope));
      default:
        return wrap(this.plain(filter, at.value, scope));
    }
  }

  /** Filters that make new values, which are nowhere in the input. */
  protected *plain(filter: Filter, value: Value, scope: Scope | undefined): Generator<Value> {
    switch (filter.kind) {
      case "literal":
        yield filter.value;
        return;
      case "text":
        yield* this.text(filter.parts, filter.format, value, scope);
        return;
      case "format":
        yield formatted(filter.name, value);
        return;
      case "variable":
        yield this.variable(filter.name, scope);
        return;
      case "array":
        yield filter.inner === undefined ? [] : [...this.values(filter.inner, value, scope)];
        return;
      case "object":
        yield* this.object(filter.entries, 0, value, scope);
        return;
      case "negate":
        for (const inner of this.values(filter.inner, value, scope)) {
          if (typeof inner !== "number") throw new JqError(`${kindOf(inner)} (${shown(inner)}) cannot be negated`);
          yield -inner;
        }
        return;
      case "and":
      case "or":
        for (const left of this.values(filter.left, value, scope)) {
          if (isTrue(left) === (filter.kind === "or")) yield filter.kind === "or";
          else for (const right of this.values(filter.right, value, scope)) yield isTrue(right);
        }
        return;
      case "binary":
        for (const right of this.values(filter.right, value, scope))
          for (const left of this.values(filter.left, value, scope)) yield arithmetic(filter.operator, left, right);
    }
  }

  protected *text(
    parts: readonly (string | Filter)[],
    format: string | undefined,
    value: Value,
    scope: Scope | undefined,
  ): Generator<string> {
    const [first, ...rest] = parts;
    if (first === undefined) {
      yield "";
      return;
    }
    for (const end of this.text(rest, format, value, scope)) {
      if (typeof first === "string") yield first + end;
      else
        for (const inner of this.values(first, value, scope)) {
          const text =
            format === undefined ? (typeof inner === "string" ? inner : toJson(inner)) : formatted(format, inner);
          yield text + end;
        }
    }
  }

  protected *object(
    entries: Extract<Filter, { kind: "object" }>["entries"],
    at: number,
    value: Value,
    scope: Scope | undefined,
  ): Generator<Value> {
    const entry = entries[at];
    if (entry === undefined) {
      yield new Map();
      return;
    }
    for (const key of this.values(entry.key, value, scope)) {
      if (typeof key !== "string") throw new JqError(`Object keys must be strings`);
      for (const inner of this.values(entry.value, value, scope))
        for (const rest of this.object(entries, at + 1, value, scope))
          if (rest instanceof Map)
            yield new Map<string, Value>([
              [key, inner],
              ...[...rest].filter(([other]) => other !== key),
              ...[...rest].filter(([other]) => other === key),
            ]);
    }
  }

  protected variable(name: string, scope: Scope | undefined): Value {
    for (let at = scope; at !== undefined; at = at.outer)
      if (at.meaning.kind === "variable" && at.name === name) return at.meaning.value;
    if (name === "__loc__")
      return new Map<string, Value>([
        ["file", "<top-level>"],
        ["line", 1],
      ]);
    throw new Undefined(`$${name}`);
  }

  protected labelOf(name: string, scope: Scope | undefined): object {
    for (let at = scope; at !== undefined; at = at.outer)
      if (at.meaning.kind === "label" && at.name === name) return at.meaning.mark;
    throw new JqError(`$*label-${name} is not defined`);
  }

  protected *access(
    filter: Extract<Filter, { kind: "index" | "slice" | "iterate" }>,
    at: Place,
    scope: Scope | undefined,
  ): Generator<Place> {
    for (const target of this.run(filter.target, at, scope)) {
      if (filter.kind === "iterate") yield* iterate(target);
      else if (filter.kind === "index")
        for (const key of this.values(filter.key, at.value, scope))
          yield step(target, key, getIndex(target.value, key));
      else {
        const tos = filter.to === undefined ? [null] : [...this.values(filter.to, at.value, scope)];
        for (const to of tos)
          for (const from of filter.from === undefined ? [null] : this.values(filter.from, at.value, scope)) {
            const key = new Map<string, Value>([
              ["start", from],
              ["end", to],
            ]);
            yield step(target, key, getSlice(target.value, from, to));
          }
      }
    }
  }

  protected *pipe(
    { left, right }: { left: Filter; right: Filter },
    at: Place,
    scope: Scope | undefined,
  ): Generator<Place> {
    for (const place of this.run(left, at, scope)) yield* this.run(right, place, scope);
  }

  protected *comma(
    { left, right }: { left: Filter; right: Filter },
    at: Place,
    scope: Scope | undefined,
  ): Generator<Place> {
    yield* this.run(left, at, scope);
    yield* this.run(right, at, scope);
  }

  protected *alternative(
    { left, right }: { left: Filter; right: Filter },
    at: Place,
    scope: Scope | undefined,
  ): Generator<Place> {
    let found = false;
    try {
      for (const place of this.run(left, at, scope))
        if (isTrue(place.value)) {
          found = true;
          yield place;
        }
    } catch (error) {
      if (!(error instanceof JqError)) throw error; // what fails has no value
    }
    if (!found) yield* this.run(right, at, scope);
  }

  protected *tryOf(
    { body, otherwise }: Extract<Filter, { kind: "try" }>,
    at: Place,
    scope: Scope | undefined,
  ): Generator<Place> {
    const results = this.run(body, at, scope);
    for (;;) {
      let next: IteratorResult<Place>;
      try {
        next = results.next();
      } catch (error) {
        if (!(error instanceof JqError)) throw error;
        if (error.value === "__jq") throw error;
        if (otherwise !== undefined) yield* this.run(otherwise, { value: error.value, path: undefined }, scope);
        return;
      }
      if (next.done === true) return;
      yield next.value;
    }
  }

  protected *ifOf(
    { condition, yes, no }: Extract<Filter, { kind: "if" }>,
    at: Place,
    scope: Scope | undefined,
  ): Generator<Place> {
    for (const held of this.values(condition, at.value, scope)) {
      if (isTrue(held)) yield* this.run(yes, at, scope);
      else if (no === undefined) yield at;
      else yield* this.run(no, at, scope);
    }
  }

  protected abstract asOf(
    filter: Extract<Filter, { kind: "as" }>,
    at: Place,
    scope: Scope | undefined,
  ): Iterable<Place>;
  protected abstract fold(
    filter: Extract<Filter, { kind: "reduce" | "foreach" }>,
    at: Place,
    scope: Scope | undefined,
  ): Iterable<Place>;
  protected abstract update(
    filter: Extract<Filter, { kind: "update" }>,
    value: Value,
    scope: Scope | undefined,
  ): Iterable<Value>;
  protected abstract call(name: string, args: readonly Filter[], at: Place, scope: Scope | undefined): Iterable<Place>;
  protected abstract label(
    filter: Extract<Filter, { kind: "label" }>,
    at: Place,
    scope: Scope | undefined,
  ): Iterable<Place>;
}

/** Values that are nowhere in the input. */
export function* wrap(values: Iterable<Value>): Generator<Place> {
  for (const value of values) yield { value, path: undefined };
}

function step(target: Place, key: Value, value: Value): Place {
  return { value, path: target.path === undefined ? undefined : [...target.path, key] };
}

function* iterate(target: Place): Generator<Place> {
  const { value } = target;
  if (Array.isArray(value)) for (const [at, each] of value.entries()) yield step(target, at, each);
  else if (value instanceof Map) for (const [key, each] of value) yield step(target, key, each);
  else throw new JqError(`Cannot iterate over ${kindOf(value)}${value === null ? "" : ` (${shown(value)})`}`);
}
