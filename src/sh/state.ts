// What a shell remembers: variables, functions, aliases, parameters, options, traps, where it is.
import type { Command } from "./ast.ts";

/** A variable. */
export interface Variable {
  readonly value: string;
  /** Whether programs see it. */
  readonly exported: boolean;
  readonly readonly: boolean;
  /** Elements of an array by their numbers; the value is that of number 0. */
  readonly elements?: ReadonlyMap<number, string>;
}

/** A variable may not be changed. */
export class ReadonlyFault extends Error {
  override name = "ReadonlyFault";
}

/** Something a value is too long for. */
export class TooLong extends Error {
  override name = "TooLong";
}

/** Characters that a variable may hold: a loop that doubles one would fill the memory. */
const LONGEST_VALUE = 1_000_000;
/** Variables that a shell may hold. */
const MOST_VARIABLES = 10_000;

/** Whose shell it is; it decides words known and wordings. */
export type Dialect = "bash" | "dash" | "ash";

/** A shell's memory. A subshell works on a copy. */
export class State {
  readonly variables = new Map<string, Variable>();
  readonly functions = new Map<string, Command>();
  readonly aliases = new Map<string, string>();
  /** Commands to run on signals, by name; `EXIT` among them. An empty text ignores the signal. */
  readonly traps = new Map<string, string>();
  /** `set` options by their long names. */
  readonly options = new Set<string>();
  positional: readonly string[] = [];
  /** `$0`. */
  name: string;
  cwd = "/";
  /** `$?` */
  status = 0;
  /** `$$`, the same in subshells. */
  pid = 1;
  /** `$!` */
  background: number | undefined;
  pipeStatus: readonly number[] = [0];
  /** The line that is run. */
  line = 1;
  /** Virtual time when `$SECONDS` was 0. */
  startedAt = 0;
  readonly dialect: Dialect;
  /** Variables that functions at work have hidden by `local`, innermost last. */
  readonly hidden: Map<string, Variable | undefined>[] = [];

  constructor(name: string, dialect: Dialect) {
    this.name = name;
    this.dialect = dialect;
  }

  /** A copy, for a subshell. */
  copy(): State {
    const copy = new State(this.name, this.dialect);
    for (const [name, variable] of this.variables) copy.variables.set(name, variable);
    for (const [name, body] of this.functions) copy.functions.set(name, body);
    for (const [name, text] of this.aliases) copy.aliases.set(name, text);
    for (const [name, text] of this.traps) if (text === "") copy.traps.set(name, text);
    for (const option of this.options) copy.options.add(option);
    copy.positional = this.positional;
    copy.cwd = this.cwd;
    copy.status = this.status;
    copy.pid = this.pid;
    copy.background = this.background;
    copy.pipeStatus = this.pipeStatus;
    copy.line = this.line;
    copy.startedAt = this.startedAt;
    copy.hidden.push(...this.hidden.map((each) => new Map(each)));
    return copy;
  }

  get(name: string): string | undefined {
    return this.variables.get(name)?.value;
  }

  /** @throws ReadonlyFault, TooLong */
  set(name: string, value: string): void {
    const before = this.#writable(name, value);
    const elements = before?.elements === undefined ? undefined : new Map(before.elements).set(0, value);
    this.#put(name, { value, elements });
  }

  setElements(name: string, elements: ReadonlyMap<number, string>): void {
    this.#writable(name, "");
    if (elements.size > MOST_VARIABLES)
      throw new TooLong(`${name}: an array of more than ${MOST_VARIABLES} elements is not kept here`);
    this.#put(name, { value: elements.get(0) ?? "", elements });
  }

  #put(name: string, { value, elements }: { value: string; elements: ReadonlyMap<number, string> | undefined }): void {
    const exported = this.variables.get(name)?.exported ?? this.options.has("allexport");
    this.variables.set(name, { value, exported, readonly: false, ...(elements === undefined ? {} : { elements }) });
  }

  #writable(name: string, value: string): Variable | undefined {
    const before = this.variables.get(name);
    if (before?.readonly) throw new ReadonlyFault(`${name}: readonly variable`);
    if (value.length > LONGEST_VALUE)
      throw new TooLong(`${name}: a value of more than ${LONGEST_VALUE} characters is not kept here`);
    if (before === undefined && this.variables.size >= MOST_VARIABLES)
      throw new TooLong(`${name}: more than ${MOST_VARIABLES} variables are not kept here`);
    return before;
  }

  mark(name: string, marks: Partial<Pick<Variable, "exported" | "readonly">>): void {
    const before = this.variables.get(name) ?? { value: "", exported: false, readonly: false };
    this.variables.set(name, { ...before, ...marks });
  }

  unset(name: string): void {
    if (this.variables.get(name)?.readonly) throw new ReadonlyFault(`${name}: cannot unset: readonly variable`);
    this.variables.delete(name);
  }

  /** What programs see. */
  environment(): Map<string, string> {
    const found = new Map<string, string>();
    for (const [name, { value, exported }] of this.variables) if (exported) found.set(name, value);
    return found;
  }

  /** Makes a variable of the function at work, hiding the one outside. */
  local(name: string): boolean {
    const frame = this.hidden.at(-1);
    if (frame === undefined) return false;
    if (!frame.has(name)) {
      frame.set(name, this.variables.get(name));
      this.variables.delete(name);
    }
    return true;
  }

  /** A function begins. */
  enter(): void {
    this.hidden.push(new Map());
  }

  /** A function is over: what it hid comes back. */
  leave(): void {
    for (const [name, variable] of this.hidden.pop() ?? []) {
      if (variable === undefined) this.variables.delete(name);
      else this.variables.set(name, variable);
    }
  }
}
