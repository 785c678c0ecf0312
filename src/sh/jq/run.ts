// jq's bindings, updates and calls at work.

import { lookingThrough } from "../machine.ts";
import type { Definition, Filter, Pattern } from "./ast.ts";
import { Break, JqCore, type Place, type Scope, Undefined, wrap } from "./core.ts";
import { FUNCTIONS } from "./functions.ts";
import { arithmetic } from "./operators.ts";
import { deletePaths, getIndex, getPath, setPath } from "./paths.ts";
import { isTrue, JqError, kindOf, type Path, type Value } from "./values.ts";

const MOST_OPEN = 100_000;

/** Runs filters. */
export class JqRun extends JqCore {
  protected override *asOf(
    { source, patterns, body }: Extract<Filter, { kind: "as" }>,
    at: Place,
    scope: Scope | undefined,
  ): Generator<Place> {
    for (const value of this.values(source, at.value, scope)) {
      for (const [number, pattern] of patterns.entries()) {
        try {
          for (const inner of this.bound(pattern, value, scope)) yield* this.run(body, at, inner);
          break;
        } catch (error) {
          if (!(error instanceof JqError) || number === patterns.length - 1) throw error;
        }
      }
    }
  }

  /** Scopes with what a pattern takes out of a value. */
  protected *bound(pattern: Pattern, value: Value, scope: Scope | undefined): Generator<Scope | undefined> {
    if (pattern.kind === "variable") {
      yield { outer: scope, name: pattern.name, meaning: { kind: "variable", value } };
      return;
    }
    if (pattern.kind === "array") {
      if (value !== null && !Array.isArray(value)) throw new JqError(`Cannot index ${kindOf(value)} with number`);
      yield* this.items(pattern.items, 0, value, scope);
      return;
    }
    yield* this.entries(pattern.entries, 0, value, scope);
  }

  protected *items(
    items: readonly Pattern[],
    at: number,
    value: Value,
    scope: Scope | undefined,
  ): Generator<Scope | undefined> {
    const item = items[at];
    if (item === undefined) {
      yield scope;
      return;
    }
    for (const inner of this.bound(item, getIndex(value, at), scope)) yield* this.items(items, at + 1, value, inner);
  }

  protected *entries(
    entries: Extract<Pattern, { kind: "object" }>["entries"],
    at: number,
    value: Value,
    scope: Scope | undefined,
  ): Generator<Scope | undefined> {
    const entry = entries[at];
    if (entry === undefined) {
      yield scope;
      return;
    }
    for (const key of this.values(entry.key, value, scope)) {
      const found = getIndex(value, key);
      const named: Scope | undefined =
        entry.variable === undefined
          ? scope
          : { outer: scope, name: entry.variable, meaning: { kind: "variable", value: found } };
      const plain: Pattern = { kind: "variable", name: typeof key === "string" ? key : "" };
      const inner = entry.value ?? (entry.variable === undefined ? plain : undefined);
      if (inner === undefined) yield* this.entries(entries, at + 1, value, named);
      else for (const bound of this.bound(inner, found, named)) yield* this.entries(entries, at + 1, value, bound);
    }
  }

  protected override *fold(
    filter: Extract<Filter, { kind: "reduce" | "foreach" }>,
    at: Place,
    scope: Scope | undefined,
  ): Generator<Place> {
    for (const begin of this.run(filter.init, at, scope)) {
      let state: Place | undefined = begin;
      for (const value of this.values(filter.source, at.value, scope))
        for (const inner of this.bound(filter.pattern, value, scope)) {
          const before: Place = state ?? { value: null, path: undefined };
          if (filter.kind === "reduce") {
            let last: Place | undefined;
            for (const place of this.run(filter.update, before, inner)) last = place;
            state = last ?? { value: null, path: before.path };
            continue;
          }
          for (const place of this.run(filter.update, before, inner)) {
            state = place;
            if (filter.extract === undefined) yield place;
            else yield* this.run(filter.extract, place, inner);
          }
        }
      if (filter.kind === "reduce" && state !== undefined) yield state;
    }
  }

  protected override *label(
    { name, body }: Extract<Filter, { kind: "label" }>,
    at: Place,
    scope: Scope | undefined,
  ): Generator<Place> {
    const mark = {};
    try {
      yield* this.run(body, at, { outer: scope, name, meaning: { kind: "label", mark } });
    } catch (error) {
      if (!(error instanceof Break) || error.mark !== mark) throw error;
    }
  }

  protected override *update(
    { operator, left, right }: Extract<Filter, { kind: "update" }>,
    value: Value,
    scope: Scope | undefined,
  ): Generator<Value> {
    if (operator === "|=") {
      let result = value;
      const gone: Path[] = [];
      for (const { path } of [...this.places(left, value, scope)]) {
        const [first] = this.values(right, getPath(result, path), scope);
        if (first === undefined) gone.push(path);
        else result = setPath(result, path, first);
      }
      yield gone.length > 0 ? deletePaths(result, gone) : result;
      return;
    }
    for (const given of this.values(right, value, scope)) {
      let result = value;
      for (const { path } of [...this.places(left, value, scope)]) {
        const before = getPath(result, path);
        if (operator === "=") result = setPath(result, path, given);
        else if (operator === "//=") result = isTrue(before) ? result : setPath(result, path, given);
        else result = setPath(result, path, arithmetic(operator.slice(0, -1), before, given));
      }
      yield result;
    }
  }

  protected override call(name: string, args: readonly Filter[], at: Place, scope: Scope | undefined): Iterable<Place> {
    const wanted = `${name}/${args.length}`;
    for (let found = scope; found !== undefined; found = found.outer) {
      const { meaning } = found;
      if (meaning.kind === "filter" && args.length === 0 && found.name === name)
        return this.run(meaning.body, at, meaning.scope);
      if (meaning.kind === "function" && found.name === wanted)
        return this.invoke(meaning.definition, args, { at, inside: found, scope });
    }
    const known = this.world.library.get(wanted);
    if (known !== undefined) return this.invoke(known, args, { at, inside: this.world.globals, scope });
    return this.native(name, args, at, scope);
  }

  protected *invoke(
    definition: Definition,
    args: readonly Filter[],
    { at, inside, scope }: { at: Place; inside: Scope | undefined; scope: Scope | undefined },
  ): Generator<Place> {
    yield* this.parameters(definition, args, 0, { at, inner: inside, scope });
  }

  protected *parameters(
    definition: Definition,
    args: readonly Filter[],
    number: number,
    { at, inner, scope }: { at: Place; inner: Scope | undefined; scope: Scope | undefined },
  ): Generator<Place> {
    const parameter = definition.parameters[number];
    const arg = args[number];
    if (parameter === undefined || arg === undefined) {
      yield* this.run(definition.body, at, inner);
      return;
    }
    if (!parameter.startsWith("$")) {
      const next: Scope = { outer: inner, name: parameter, meaning: { kind: "filter", body: arg, scope } };
      yield* this.parameters(definition, args, number + 1, { at, inner: next, scope });
      return;
    }
    const name = parameter.slice(1);
    for (const value of this.values(arg, at.value, scope)) {
      const variable: Scope = { outer: inner, name, meaning: { kind: "variable", value } };
      const next: Scope = {
        outer: variable,
        name,
        meaning: { kind: "filter", body: { kind: "variable", name }, scope: variable },
      };
      yield* this.parameters(definition, args, number + 1, { at, inner: next, scope });
    }
  }

  protected *native(name: string, args: readonly Filter[], at: Place, scope: Scope | undefined): Generator<Place> {
    const [first] = args;
    if (typeof at.value === "string") this.world.steps.take(lookingThrough(at.value));
    switch (`${name}/${args.length}`) {
      case "empty/0":
        return;
      case "path/1":
        if (first !== undefined)
          for (const { path } of this.places(first, at.value, scope)) yield { value: [...path], path: undefined };
        return;
      case "getpath/1":
        if (first !== undefined)
          for (const path of this.values(first, at.value, scope)) {
            if (!Array.isArray(path)) throw new JqError("Path must be specified as an array");
            yield {
              value: getPath(at.value, path, true),
              path: at.path === undefined ? undefined : [...at.path, ...path],
            };
          }
        return;
      case "range/3":
        yield* wrap(this.range(args, at.value, scope));
        return;
      case "input/0": {
        const next = this.world.input();
        if (next === undefined) throw new JqError("No more inputs");
        yield { value: next, path: undefined };
        return;
      }
      case "until/2":
      case "while/2":
      case "repeat/1":
        yield* wrap(this.unfold(name, args, at.value, scope));
        return;
      case "now/0":
        yield { value: this.world.now(), path: undefined };
        return;
    }
    const found = FUNCTIONS.get(`${name}/${args.length}`);
    if (found === undefined) throw new Undefined(`${name}/${args.length}`);
    for (const values of this.all(args, at.value, scope)) {
      this.world.steps.take();
      yield { value: found(at.value, values), path: undefined };
    }
  }

  /** `until(c; f)`, `while(c; f)`, `repeat(f)`: without going deeper at each round. */
  protected *unfold(name: string, args: readonly Filter[], value: Value, scope: Scope | undefined): Generator<Value> {
    const [condition, update = condition] = args;
    if (condition === undefined || update === undefined) return;
    const open: Iterator<Value>[] = [[value].values()];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.next();
      if (next.done === true) {
        open.pop();
        continue;
      }
      const [held = null] = name === "repeat" ? [true] : this.values(condition, next.value, scope);
      if (isTrue(held)) yield next.value;
      if (isTrue(held) !== (name === "until")) open.push(this.values(update, next.value, scope));
      if (open.length > MOST_OPEN) throw new JqError("too many values are left open");
    }
  }

  /** Every combination of the arguments' values. */
  protected *all(args: readonly Filter[], value: Value, scope: Scope | undefined): Generator<Value[]> {
    const last = args.at(-1);
    if (last === undefined) {
      yield [];
      return;
    }
    for (const end of this.values(last, value, scope))
      for (const rest of this.all(args.slice(0, -1), value, scope)) yield [...rest, end];
  }

  protected *range(args: readonly Filter[], value: Value, scope: Scope | undefined): Generator<Value> {
    for (const [from, to, by] of this.all(args, value, scope)) {
      if (typeof from !== "number" || typeof to !== "number" || typeof by !== "number")
        throw new JqError("Range bounds must be numeric");
      for (let at = from; by > 0 ? at < to : by < 0 && at > to; at += by) {
        this.world.steps.take();
        yield at;
      }
    }
  }
}
