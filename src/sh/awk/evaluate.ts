// awk's expressions at work.
import { FileError } from "../files.ts";
import { lookingThrough, type ProgramIO, Steps } from "../machine.ts";
import { AwkFault, type AwkProgram, type Expr, type Statement } from "./ast.ts";
import { generallySubstituted, plainFunction, substituted } from "./functions.ts";
import { arithmetic, ExitAwk } from "./numbers.ts";
import { Outputs } from "./outputs.ts";
import { AwkRecord, Regexes } from "./record.ts";
import { compare, inputValue, isTrue, sprintf, toNumber, toText, type Value } from "./values.ts";

/** A variable: a value, or an array once it is used as one. */
export interface Cell {
  value: Value;
  array: Map<string, Value> | undefined;
}

/** How a statement ends, when it is not by going on to the next. */
export type Ending = "next" | "nextfile" | "break" | "continue" | "return" | "exit" | undefined;

/** Elements that all arrays may have together. */
const MOST_ELEMENTS = 1_000_000;
const DEEPEST = 200;

/** The state of one run, and its expressions; statements are done above it. */
export abstract class AwkExpressions {
  readonly program: AwkProgram;
  readonly regexes = new Regexes();
  readonly record: AwkRecord;
  readonly outputs: Outputs;
  status = 0;
  /** Gives the next record for `getline`; undefined at the end. */
  more: () => string | undefined = () => undefined;
  readonly #io: ProgramIO;
  readonly #globals = new Map<string, Cell>();
  #locals: Map<string, Cell> | undefined;
  #depth = 0;
  protected returned: Value;
  #elements = 0;
  #steps = new Steps();
  #instant: number;
  #seed = 1;
  #before = 0;
  readonly #files = new Map<string, { readonly lines: readonly string[]; at: number }>();

  constructor(program: AwkProgram, io: ProgramIO) {
    this.program = program;
    this.#io = io;
    this.#instant = io.machine.now();
    this.outputs = new Outputs(io);
    this.record = new AwkRecord(this.regexes, () => ({
      input: this.text("FS"),
      output: this.text("OFS"),
      format: this.text("CONVFMT"),
    }));
    const usual = {
      FS: " ",
      OFS: " ",
      ORS: "\n",
      RS: "\n",
      SUBSEP: "\u001c",
      CONVFMT: "%.6g",
      OFMT: "%.6g",
      NR: 0,
      FNR: 0,
      RSTART: 0,
      RLENGTH: -1,
      FILENAME: "",
    };
    for (const [name, value] of Object.entries(usual)) this.cell(name).value = value;
    const environment = this.array("ENVIRON");
    for (const [name, value] of io.env) environment.set(name, inputValue(value));
  }

  /** Does a statement, as the body of a function. */
  abstract execute(statement: Statement): Ending;

  cell(name: string): Cell {
    const cells = this.#locals?.has(name) ? this.#locals : this.#globals;
    const found = cells.get(name);
    if (found !== undefined) return found;
    const made: Cell = { value: undefined, array: undefined };
    this.#globals.set(name, made);
    return made;
  }

  text(name: string): string {
    return toText(this.#globals.get(name)?.value);
  }

  number(name: string): number {
    return toNumber(this.#globals.get(name)?.value);
  }

  setGlobal(name: string, value: Value): void {
    if (name === "NF") this.record.count = Math.trunc(toNumber(value));
    else {
      if (name === "FS") this.record.settle();
      this.cell(name).value = value;
    }
  }

  array(name: string): Map<string, Value> {
    const cell = this.cell(name);
    if (cell.array === undefined && cell.value !== undefined)
      throw new AwkFault(`type error in arg(1) in call to ${name}: a scalar is used as an array`);
    cell.array ??= new Map();
    return cell.array;
  }

  /** Counts a step; with time that passed, all of them are there again. */
  protected step(count = 1): void {
    if (this.#io.machine.now() !== this.#instant) {
      this.#instant = this.#io.machine.now();
      this.#steps = new Steps();
    }
    this.#steps.take(count);
  }

  /** The text, counted as looked through. */
  #looked(value: Value): string {
    const text = this.asText(value);
    this.step(lookingThrough(text));
    return text;
  }

  evaluate(expr: Expr): Value {
    this.step();
    switch (expr.kind) {
      case "number":
      case "string":
        return expr.value;
      case "group":
        return this.evaluate(expr.inner);
      case "regex":
        return Number(this.regexes.get(expr.source).test(this.#looked(this.record.text)));
      case "variable":
        return this.#variable(expr.name);
      case "field":
        return this.record.get(Math.trunc(toNumber(this.evaluate(expr.index))));
      case "element":
        return this.#element(expr.name, this.key(expr.keys));
      case "unary": {
        const inner = this.evaluate(expr.inner);
        if (expr.operator === "!") return Number(!isTrue(inner));
        return expr.operator === "-" ? -toNumber(inner) : toNumber(inner);
      }
      case "step": {
        const before = toNumber(this.evaluate(expr.target));
        this.assign(expr.target, before + expr.by);
        return expr.before ? before + expr.by : before;
      }
      case "binary":
        return this.#binary(expr.operator, this.evaluate(expr.left), this.evaluate(expr.right));
      case "match":
        return Number(this.#regex(expr.right).test(this.#looked(this.evaluate(expr.left))) !== expr.negated);
      case "in":
        return Number(this.array(expr.array).has(this.key(expr.keys)));
      case "and":
        return Number(isTrue(this.evaluate(expr.left)) && isTrue(this.evaluate(expr.right)));
      case "or":
        return Number(isTrue(this.evaluate(expr.left)) || isTrue(this.evaluate(expr.right)));
      case "choice":
        return this.evaluate(isTrue(this.evaluate(expr.condition)) ? expr.yes : expr.no);
      case "assign":
        return this.#assignment(expr);
      case "call":
        return expr.own ? this.#own(expr.name, expr.args) : this.#call(expr.name, expr.args);
      case "getline":
        return this.#getline(expr);
    }
  }

  protected asText(value: Value): string {
    return typeof value === "number" ? toText(value, this.text("CONVFMT")) : toText(value);
  }

  #variable(name: string): Value {
    if (name === "NF") return this.record.count;
    const cell = this.cell(name);
    if (cell.array !== undefined) throw new AwkFault(`can't read value of ${name}; it's an array name`);
    return cell.value;
  }

  key(keys: readonly Expr[]): string {
    return keys.map((key) => this.asText(this.evaluate(key))).join(keys.length > 1 ? this.text("SUBSEP") : "");
  }

  #element(name: string, key: string): Value {
    const array = this.array(name);
    if (!array.has(key)) this.#keep(array, key, undefined);
    return array.get(key);
  }

  #keep(array: Map<string, Value>, key: string, value: Value): void {
    if (!array.has(key) && ++this.#elements > MOST_ELEMENTS)
      throw new AwkFault(`more than ${MOST_ELEMENTS} elements of arrays are not kept here`);
    array.set(key, value);
  }

  /** An expression where one is wanted: what is no expression is read as one. */
  #regex(expr: Expr) {
    return this.regexes.get(expr.kind === "regex" ? expr.source : this.asText(this.evaluate(expr)));
  }

  #binary(operator: string, left: Value, right: Value): Value {
    switch (operator) {
      case " ": {
        const text = this.asText(left) + this.asText(right);
        if (text.length > 10_000_000) throw new AwkFault("a text of more than 10000000 characters is not kept here");
        return text;
      }
      case "<":
        return Number(compare(left, right) < 0);
      case "<=":
        return Number(compare(left, right) <= 0);
      case "==":
        return Number(compare(left, right) === 0);
      case "!=":
        return Number(compare(left, right) !== 0);
      case ">":
        return Number(compare(left, right) > 0);
      case ">=":
        return Number(compare(left, right) >= 0);
    }
    return arithmetic(operator, toNumber(left), toNumber(right));
  }

  #assignment({ target, operator, value }: Extract<Expr, { kind: "assign" }>): Value {
    const right = this.evaluate(value);
    if (operator === "=") return this.assign(target, right);
    const left = toNumber(this.evaluate(target));
    return this.assign(target, arithmetic(operator === "**=" ? "^" : operator.slice(0, -1), left, toNumber(right)));
  }

  protected assign(target: Expr, value: Value): Value {
    if (target.kind === "field") this.record.set(Math.trunc(toNumber(this.evaluate(target.index))), value);
    else if (target.kind === "element") this.#keep(this.array(target.name), this.key(target.keys), value);
    else if (target.kind === "variable") {
      if (this.#locals?.has(target.name)) this.cell(target.name).value = value;
      else this.setGlobal(target.name, value);
    } else if (target.kind === "group") this.assign(target.inner, value);
    return value;
  }

  #call(name: string, args: readonly Expr[]): Value {
    switch (name) {
      case "length":
        return this.#length(args[0]);
      case "split":
        return this.#split(args);
      case "sub":
      case "gsub":
        return this.#substitute(name === "gsub", args);
      case "gensub": {
        const [regex, by, which, target] = args;
        if (regex === undefined) throw new AwkFault("gensub: not enough arguments");
        const text = this.#looked(target === undefined ? this.record.text : this.evaluate(target));
        const filled = by === undefined ? "" : this.asText(this.evaluate(by));
        return generallySubstituted(text, this.#regex(regex), filled, which === undefined ? "g" : this.evaluate(which));
      }
      case "match":
        return this.#match(args);
      case "sprintf": {
        const [format, ...rest] = args.map((arg) => this.evaluate(arg));
        return sprintf(this.asText(format), rest);
      }
      case "system":
        throw new AwkFault("system() is not simulated: run the command in a pipe");
      case "close":
        this.#files.delete(args[0] === undefined ? "" : this.asText(this.evaluate(args[0])));
        return 0;
    }
    return plainFunction(
      name,
      args.map((arg) => this.evaluate(arg)),
      {
        date: () => this.#io.machine.date(),
        format: this.text("CONVFMT"),
        random: () => this.#random(),
        seed: (value) => {
          const before = this.#before;
          this.#before = value;
          this.#seed = (Math.abs(Math.trunc(value)) % 2147483646) + 1;
          return before;
        },
      },
    );
  }

  /** Park and Miller's generator: the same numbers at every run, as of awk without srand. */
  #random(): number {
    this.#seed = (this.#seed * 48271) % 2147483647;
    return this.#seed / 2147483647;
  }

  #length(arg: Expr | undefined): number {
    if (arg === undefined) return Array.from(this.record.text).length;
    if (arg.kind === "variable" && arg.name !== "NF") {
      const { array } = this.cell(arg.name);
      if (array !== undefined) return array.size;
    }
    return Array.from(this.asText(this.evaluate(arg))).length;
  }

  #split([text, array, separator]: readonly Expr[]): number {
    if (text === undefined || array?.kind !== "variable") throw new AwkFault("split: wrong arguments");
    const given = this.#looked(this.evaluate(text));
    const parts =
      separator?.kind === "regex"
        ? this.regexes.splitBy(given, this.regexes.get(separator.source))
        : this.regexes.split(given, separator === undefined ? this.text("FS") : this.asText(this.evaluate(separator)));
    const into = this.array(array.name);
    into.clear();
    for (const [at, part] of parts.entries()) this.#keep(into, String(at + 1), inputValue(part));
    return parts.length;
  }

  #substitute(all: boolean, [regex, by, target]: readonly Expr[]): number {
    if (regex === undefined || by === undefined) throw new AwkFault(`${all ? "gsub" : "sub"}: not enough arguments`);
    const place: Expr = target ?? { kind: "field", index: { kind: "number", value: 0 } };
    const compiled = this.#regex(regex);
    const replacement = this.asText(this.evaluate(by));
    const { text, count } = substituted(this.#looked(this.evaluate(place)), compiled, replacement, all);
    if (text.length > 10_000_000) throw new AwkFault("a text of more than 10000000 characters is not kept here");
    if (count > 0) this.assign(place, text);
    return count;
  }

  #match([text, regex, groups]: readonly Expr[]): number {
    if (text === undefined || regex === undefined) throw new AwkFault("match: not enough arguments");
    const found = this.#regex(regex).exec(this.#looked(this.evaluate(text)), 0);
    this.cell("RSTART").value = found === undefined ? 0 : found.index + 1;
    this.cell("RLENGTH").value = found === undefined ? -1 : found.end - found.index;
    if (groups?.kind === "variable") {
      const into = this.array(groups.name);
      into.clear();
      for (const [at, group] of (found?.groups ?? []).entries())
        if (group !== undefined) into.set(String(at), inputValue(group));
    }
    return found === undefined ? 0 : found.index + 1;
  }

  #own(name: string, args: readonly Expr[]): Value {
    const found = this.program.functions.get(name);
    if (found === undefined) throw new AwkFault(`function ${name} never defined`);
    if (args.length > found.parameters.length) throw new AwkFault(`function ${name} called with too many args`);
    if (++this.#depth > DEEPEST) throw new AwkFault(`function ${name}: nested too deeply`);
    const locals = new Map<string, Cell>();
    for (const [at, parameter] of found.parameters.entries()) {
      const arg = args[at];
      const outer = arg?.kind === "variable" && arg.name !== "NF" ? this.cell(arg.name) : undefined;
      // What has no value yet may become an array in the function.
      const shared =
        outer !== undefined && (outer.array !== undefined || outer.value === undefined) ? outer : undefined;
      locals.set(parameter, shared ?? { value: arg === undefined ? undefined : this.evaluate(arg), array: undefined });
    }
    const before = this.#locals;
    this.#locals = locals;
    this.returned = undefined;
    const ending = this.execute(found.body);
    this.#locals = before;
    this.#depth--;
    if (ending === "exit") throw new ExitAwk();
    return this.returned;
  }

  #getline({ target, file, command }: Extract<Expr, { kind: "getline" }>): number {
    if (command !== undefined) throw new AwkFault("command | getline is not simulated: pipe the command into awk");
    let text: string | undefined;
    if (file === undefined) {
      text = this.more();
      if (text !== undefined) {
        this.cell("NR").value = this.number("NR") + 1;
        this.cell("FNR").value = this.number("FNR") + 1;
      }
    } else {
      const found = this.#lines(this.asText(this.evaluate(file)));
      if (found === undefined) return -1;
      text = found.lines[found.at++];
    }
    if (text === undefined) return 0;
    if (target === undefined) this.record.text = text;
    else this.assign(target, inputValue(text));
    return 1;
  }

  #lines(path: string) {
    const before = this.#files.get(path);
    if (before !== undefined) return before;
    try {
      const lines = this.#io.files.read(path).replace(/\n$/, "").split("\n");
      this.#files.set(path, { lines, at: 0 });
      return this.#files.get(path);
    } catch (error) {
      if (error instanceof FileError) return undefined; // getline answers -1
      throw error;
    }
  }
}
