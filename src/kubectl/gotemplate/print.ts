// What `-o go-template` prints.
import { own } from "../../cluster/index.ts";
import { CommandError } from "../command-error.ts";
import { goText } from "../govalue.ts";
import { isMap } from "../maps.ts";
import { sortedKeys } from "../text.ts";
import { FUNCTIONS, isTrue, shown, type Value } from "./functions.ts";
import {
  type Call,
  type Operand,
  type Pipeline,
  type Place,
  parseTemplate,
  TemplateError,
  type TemplateNode,
} from "./parse.ts";

/** Prints an object through the template; `missing` lets it name fields that are not there. @throws CommandError when the template is malformed. */
// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/printers GoTemplatePrinter
// Unlike upstream: on a mistake the object and the template are not printed once more on standard output, because they fill the screen.
export function goTemplatePrinter(template: string, missing = true): (object: unknown) => string {
  const nodes = parsed(template);
  return (object) => {
    try {
      return new Execution(object, missing).run(nodes);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      throw new CommandError(
        `error executing template ${JSON.stringify(template)}: template: output:${placed(template, error)}`,
      );
    }
  };
}

/** Line, column and what was evaluated, before what was wrong with it. */
// Models Go's text/template ErrorContext
function placed(template: string, { message, place }: TemplateError): string {
  if (place === undefined) return `1: ${message}`;
  const before = template.slice(0, place.at);
  const column = new TextEncoder().encode(before.slice(before.lastIndexOf("\n") + 1)).length;
  return `${before.split("\n").length}:${column}: executing "output" at <${place.text}>: ${message}`;
}

/** Evaluates, and notes in an error what was being evaluated. */
function at<T>(place: Place, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof TemplateError) error.place ??= place;
    throw error;
  }
}

function parsed(template: string): TemplateNode[] {
  try {
    return parseTemplate(template);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new CommandError(`error parsing template ${template}, template: output:1: ${error.message}\n`);
  }
}

type Signal = "break" | "continue";

class Execution {
  #out = "";
  #dot: Value;
  readonly #missing: boolean;
  /** Innermost scope last. */
  readonly #scopes: Map<string, Value>[];

  constructor(object: Value, missing: boolean) {
    this.#dot = object;
    this.#missing = missing;
    this.#scopes = [new Map([["$", object]])];
  }

  run(nodes: readonly TemplateNode[]): string {
    this.#block(nodes);
    return this.#out;
  }

  #block(nodes: readonly TemplateNode[]): Signal | undefined {
    for (const node of nodes) {
      const signal = this.#node(node);
      if (signal !== undefined) return signal;
    }
    return undefined;
  }

  #node(node: TemplateNode): Signal | undefined {
    switch (node.kind) {
      case "text":
        this.#out += node.text;
        return undefined;
      case "break":
      case "continue":
        return node.kind;
      case "action": {
        const value = this.#pipeline(node.pipeline);
        if (node.pipeline.variables.length === 0) this.#out += shown(value);
        return undefined;
      }
      case "range":
        return this.#range(node);
      default:
        return this.#branch(node);
    }
  }

  #branch(node: Extract<TemplateNode, { pipeline: Pipeline; body: unknown }>): Signal | undefined {
    return this.#scoped(() => {
      const value = this.#pipeline(node.pipeline);
      if (!isTrue(value)) return this.#block(node.otherwise);
      return node.kind === "with" ? this.#at(value, node.body) : this.#block(node.body);
    });
  }

  #range(node: Extract<TemplateNode, { pipeline: Pipeline; body: unknown }>): Signal | undefined {
    return this.#scoped(() => {
      const value = this.#pipeline({ ...node.pipeline, variables: [] });
      const entries = entriesOf(value);
      if (entries.length === 0) return this.#block(node.otherwise);
      for (const [key, each] of entries) {
        const signal = this.#scoped(() => {
          const { variables } = node.pipeline;
          const [first, second] = variables;
          if (second !== undefined) {
            this.#declare(first ?? "", key);
            this.#declare(second, each);
          } else if (first !== undefined) this.#declare(first, each);
          return this.#at(each, node.body);
        });
        if (signal === "break") break;
      }
      return undefined;
    });
  }

  #at(dot: Value, nodes: readonly TemplateNode[]): Signal | undefined {
    const before = this.#dot;
    this.#dot = dot;
    const signal = this.#block(nodes);
    this.#dot = before;
    return signal;
  }

  #scoped(run: () => Signal | undefined): Signal | undefined {
    this.#scopes.push(new Map());
    const signal = run();
    this.#scopes.pop();
    return signal;
  }

  #declare(name: string, value: Value): void {
    this.#scopes.at(-1)?.set(name, value);
  }

  #pipeline({ variables, declares, commands }: Pipeline): Value {
    let value: Value;
    for (const [at, command] of commands.entries()) value = this.#command(command, at === 0 ? [] : [value]);
    for (const name of variables) {
      if (declares) this.#declare(name, value);
      else this.#scopeOf(name).set(name, value);
    }
    return value;
  }

  #scopeOf(name: string): Map<string, Value> {
    const scope = this.#scopes.findLast((each) => each.has(name));
    if (scope === undefined) throw new TemplateError(`undefined variable ${JSON.stringify(name)}`);
    return scope;
  }

  #command({ operands: [first, ...rest], place }: Call, final: readonly Value[]): Value {
    if (first === undefined) return undefined;
    if (first.start.kind === "function") {
      const { name } = first.start;
      const call = Object.hasOwn(FUNCTIONS, name) ? own(FUNCTIONS, name) : undefined;
      if (call === undefined) throw new TemplateError(`function ${JSON.stringify(name)} not defined`);
      const values = [...rest.map((each) => this.#operand(each)), ...final];
      return this.#fields(
        at(place, () => call(values)),
        first,
      );
    }
    if (rest.length > 0 || final.length > 0)
      throw new TemplateError(`can't give argument to non-function ${first.place.text}`);
    return this.#operand(first);
  }

  #operand(operand: Operand): Value {
    const { start } = operand;
    switch (start.kind) {
      case "dot":
        return this.#fields(this.#dot, operand);
      case "nil":
        throw new TemplateError("nil is not a command");
      case "constant":
        return start.value;
      case "variable":
        return this.#fields(this.#scopeOf(start.name).get(start.name), operand);
      case "pipeline":
        return this.#fields(this.#pipeline(start.pipeline), operand);
      case "function":
        return this.#command({ operands: [operand], place: operand.place }, []);
    }
  }

  #fields(value: Value, { fields, place }: Operand): Value {
    let current = value;
    for (const field of fields) {
      const inside = current;
      if (inside === undefined || inside === null) {
        if (!this.#missing) at(place, () => nilPointer(place));
        return undefined;
      }
      if (!isMap(inside)) at(place, () => noField(field));
      const known = isMap(inside) && Object.hasOwn(inside, field);
      if (!known && !this.#missing) at(place, () => noEntry(field));
      current = known ? own(inside, field) : undefined;
    }
    return current;
  }
}

function noField(field: string): never {
  throw new TemplateError(`can't evaluate field ${field} in type interface {}`);
}

function noEntry(field: string): never {
  throw new TemplateError(`map has no entry for key ${JSON.stringify(field)}`);
}

function nilPointer({ text }: Place): never {
  throw new TemplateError(`nil data; no entry for key ${JSON.stringify(text.split(".").at(-1) ?? "")}`);
}

function entriesOf(value: Value): Array<readonly [key: Value, value: Value]> {
  if (Array.isArray(value)) return value.map((each, at) => [BigInt(at), each]);
  if (isMap(value)) return sortedKeys(value).map((key) => [key, own(value, key)]);
  if (value === undefined || value === null) return [];
  throw new TemplateError(`range can't iterate over ${goText(value)}`);
}
