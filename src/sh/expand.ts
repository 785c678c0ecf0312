// Expansions: what variables, commands and arithmetic in a word become; splitting, and matching against file names.
import { ArithmeticFault, evaluate } from "./arithmetic.ts";
import type { Piece, Script, Word } from "./ast.ts";
import { BREAK, ExpansionFault, type Fragment, type Fragments, type Values } from "./fragments.ts";
import { parameterFragments } from "./parameter.ts";
import { compilePattern, matches, type Pattern, type PatternSign } from "./pattern.ts";
import { ReadonlyFault, type State } from "./state.ts";
import type { Task } from "./task.ts";

/** What expansion needs of the shell. */
export interface Surroundings {
  readonly state: State;
  /** Virtual time, for `$SECONDS`. */
  now(): number;
  random(): number;
  /** What the command writes, without the newlines at its end. */
  substitute(body: Script): Task<string>;
  /** Names in a directory, by its path from the working directory; undefined when it is none. */
  list(path: string): readonly string[] | undefined;
  exists(path: string): boolean;
}

/** Expands words for one shell. */
export class Expander implements Values {
  readonly at: Surroundings;

  constructor(at: Surroundings) {
    this.at = at;
  }

  get state(): State {
    return this.at.state;
  }

  /** The words that words become. */
  *fields(words: readonly Word[]): Task<string[]> {
    const result: string[] = [];
    for (const word of words) {
      const fields = splitFields(yield* this.fragments(word, true), this.#separators());
      for (const field of fields) result.push(...this.#paths(field));
      if (result.length > 100_000) throw new ExpansionFault("argument list too long");
    }
    return result;
  }

  /** A word as one text, neither split nor matched against file names. */
  *text(word: Word, tilde: "word" | "none" = "word"): Task<string> {
    const fragments = yield* this.fragments(word, tilde !== "none");
    return fragments.map((each) => (each === BREAK ? " " : each.text)).join("");
  }

  /** A word as a pattern. */
  *pattern(word: Word): Task<Pattern> {
    return compilePattern(signsOf(yield* this.fragments(word, true)));
  }

  /** An expression's value. */
  *arithmetic(word: Word): Task<bigint> {
    return this.calculate(yield* this.text(word, "none"));
  }

  /** @throws ExpansionFault */
  calculate(text: string): bigint {
    const { state } = this.at;
    try {
      return evaluate(text, {
        get: (name) => this.#numeric(name),
        set: (name, value) => this.#store(name, value),
      });
    } catch (error) {
      if (error instanceof ArithmeticFault) throw new ExpansionFault(error.message, state.dialect === "bash" ? 1 : 2);
      if (error instanceof ReadonlyFault) throw new ExpansionFault(error.message);
      throw error;
    }
  }

  #numeric(name: string): string | undefined {
    const [base = "", index] = name.split(/[[\]]/, 2);
    const { state } = this.at;
    if (index === undefined) {
      const value = this.plain(name);
      if (value === undefined && state.options.has("nounset"))
        throw new ExpansionFault(`${name}: unbound variable`, 127);
      return value;
    }
    return state.variables.get(base)?.elements?.get(Number(this.calculate(index)));
  }

  #store(name: string, value: string): void {
    const [base = "", index] = name.split(/[[\]]/, 2);
    const { state } = this.at;
    if (index === undefined) state.set(name, value);
    else
      state.setElements(base, new Map(state.variables.get(base)?.elements).set(Number(this.calculate(index)), value));
  }

  /** The value of a variable or special parameter; undefined when it is not set. */
  plain(name: string): string | undefined {
    const { state } = this.at;
    switch (name) {
      case "?":
        return String(state.status);
      case "#":
        return String(state.positional.length);
      case "$":
        return String(state.pid);
      case "!":
        return state.background === undefined ? undefined : String(state.background);
      case "-":
        return optionLetters(state);
      case "0":
        return state.name;
      case "@":
      case "*":
        return state.positional.join(name === "*" ? (this.#separators()[0] ?? "") : " ");
      case "RANDOM":
        return state.get(name) ?? String(this.at.random());
      case "SECONDS":
        return state.get(name) ?? String(Math.floor((this.at.now() - state.startedAt) / 1000));
      case "LINENO":
        return state.get(name) ?? String(state.line);
      case "PIPESTATUS":
        return String(state.pipeStatus[0] ?? 0);
    }
    if (/^\d/.test(name)) return state.positional[Number(name) - 1];
    return state.get(name);
  }

  /** IFS. */
  #separators(): string {
    return this.at.state.get("IFS") ?? " \t\n";
  }

  /** The character that joins `"$*"`. */
  get joint(): string {
    return this.#separators()[0] ?? "";
  }

  *fragments(word: Word, tilde: boolean): Task<Fragments> {
    const fragments: Array<Fragment | typeof BREAK> = [];
    for (const [at, piece] of word.entries()) {
      if (piece.kind === "text" && tilde && at === 0) fragments.push(...this.#tilde(piece, word.length === 1));
      else fragments.push(...(yield* this.#piece(piece)));
    }
    return fragments;
  }

  /** `~` and `~/…` at the beginning of a word. */
  #tilde(piece: Extract<Piece, { kind: "text" }>, alone: boolean): Fragment[] {
    const { text, quoted } = piece;
    const home = this.at.state.get("HOME");
    if (quoted || home === undefined || !(text.startsWith("~/") || (text === "~" && alone)))
      return [{ text, quoted, split: false }];
    return [
      { text: home, quoted: true, split: false },
      { text: text.slice(1), quoted: false, split: false },
    ];
  }

  *#piece(piece: Piece): Task<Fragments> {
    const { quoted } = piece;
    switch (piece.kind) {
      case "text":
        return [{ text: piece.text, quoted, split: false }];
      case "command":
        return [{ text: yield* this.at.substitute(piece.body), quoted, split: !quoted }];
      case "arithmetic":
        return [{ text: String(yield* this.arithmetic(piece.expression)), quoted, split: !quoted }];
      case "parameter":
        return yield* parameterFragments(piece, this);
    }
  }

  /** The files that a field's pattern means; its text when there are none. */
  #paths(field: readonly Fragment[]): string[] {
    const text = field.map((each) => each.text).join("");
    const isPattern = field.some((each) => !each.quoted && /[*?[]/.test(each.text));
    if (!isPattern || this.at.state.options.has("noglob")) return [text];
    const found = this.#glob(signsOf(field));
    return found.length > 0 ? found : [text];
  }

  #glob(signs: readonly PatternSign[]): string[] {
    const steps: PatternSign[][] = [[]];
    for (const sign of signs) {
      if (sign.sign === "/") steps.push([]);
      else steps.at(-1)?.push(sign);
    }
    let found = [""];
    for (const [at, step] of steps.entries()) {
      const last = at === steps.length - 1;
      found = found
        .flatMap((base) => this.#step(base, step, at))
        .filter((path) => last || this.at.list(path || "/") !== undefined);
      if (!last) found = found.map((path) => `${path}/`);
      if (found.length > 100_000) return [];
    }
    return found.filter((path) => this.at.exists(path)).sort();
  }

  #step(base: string, step: readonly PatternSign[], at: number): string[] {
    const plain = step.map(({ sign }) => sign).join("");
    if (!step.some(({ sign, quoted }) => !quoted && /[*?[]/.test(sign))) return [base + plain];
    const pattern = compilePattern(step);
    const names = this.at.list(at === 0 ? "." : base) ?? [];
    return names
      .filter((name) => (plain.startsWith(".") || !name.startsWith(".")) && matches(pattern, name))
      .map((name) => base + name);
  }
}

function signsOf(fragments: Fragments): PatternSign[] {
  return fragments.flatMap((each) => {
    if (each === BREAK) return [{ sign: " ", quoted: true }];
    const signs: PatternSign[] = [];
    const all = Array.from(each.text);
    for (let at = 0; at < all.length; at++) {
      const sign = all[at] ?? "";
      // A backslash that came out of a variable quotes in a pattern, too.
      const escapes = !each.quoted && sign === "\\" && at + 1 < all.length;
      signs.push(escapes ? { sign: all[++at] ?? "", quoted: true } : { sign, quoted: each.quoted });
    }
    return signs;
  });
}

/** Divides fragments into fields at the characters of IFS. */
export function splitFields(fragments: Fragments, separators: string): Fragment[][] {
  const fields: Fragment[][] = [];
  let open: Fragment[] | undefined;
  const close = (force: boolean) => {
    if (open !== undefined || force) fields.push(open ?? []);
    open = undefined;
  };
  for (const fragment of fragments) {
    if (fragment === BREAK) close(false);
    else if (!fragment.split) {
      if (fragment.quoted || fragment.text !== "") {
        open ??= [];
        open.push(fragment);
      }
    } else {
      for (const part of chunks(fragment.text, separators)) {
        if (part.kind === "text") {
          open ??= [];
          open.push({ ...fragment, text: part.text });
        } else close(part.kind === "hard");
      }
    }
  }
  close(false);
  return fields;
}

type Chunk = { readonly kind: "text"; readonly text: string } | { readonly kind: "soft" | "hard" };

/** A text taken apart at IFS: blanks of IFS divide softly, its other characters make a field even when it is empty. */
function* chunks(text: string, separators: string): Generator<Chunk> {
  const blank = (sign: string) => separators.includes(sign) && /[ \t\n]/.test(sign);
  let at = 0;
  while (at < text.length) {
    const from = at;
    while (at < text.length && !separators.includes(text[at] ?? "")) at++;
    if (at > from) {
      yield { kind: "text", text: text.slice(from, at) };
      continue;
    }
    while (at < text.length && blank(text[at] ?? "")) at++;
    if (at >= text.length || !separators.includes(text[at] ?? "")) {
      yield { kind: "soft" };
      continue;
    }
    at++;
    while (at < text.length && blank(text[at] ?? "")) at++;
    yield { kind: "hard" };
  }
}

const LETTERS: Readonly<Record<string, string>> = {
  allexport: "a",
  errexit: "e",
  noglob: "f",
  interactive: "i",
  noexec: "n",
  nounset: "u",
  verbose: "v",
  xtrace: "x",
  noclobber: "C",
};

/** `$-` */
function optionLetters(state: State): string {
  return Object.entries(LETTERS)
    .filter(([name]) => state.options.has(name))
    .map(([, letter]) => letter)
    .join("");
}
