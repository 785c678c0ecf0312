// The record at hand: `$0`, its fields, NF; and how texts are split.
import { compileRegex, type Regex } from "../regex.ts";
import { AwkFault } from "./ast.ts";
import { inputValue, toText, type Value } from "./values.ts";

/** Fields that a record may have. */
const MOST_FIELDS = 100_000;

/** Compiled expressions by their texts. */
export class Regexes {
  readonly #known = new Map<string, Regex>();

  get(source: string): Regex {
    const before = this.#known.get(source);
    if (before !== undefined) return before;
    const regex = compileRegex(source, { syntax: "awk" });
    if (typeof regex === "string") throw new AwkFault(`regular expression compile failed (${regex})\n${source}`);
    if (this.#known.size > 200) this.#known.clear();
    this.#known.set(source, regex);
    return regex;
  }

  /** Splits a text as FS does: a blank means runs of blanks, one character stands for itself, more are an expression. */
  split(text: string, separator: string): string[] {
    if (text === "") return [];
    if (separator === " ") return text.split(/[ \t\n]+/).filter((part) => part !== "");
    if (separator === "") return Array.from(text);
    if (separator.length === 1 && separator !== "\\") return text.split(separator);
    if (separator === "\\t") return text.split("\t");
    return this.splitBy(text, this.get(separator));
  }

  splitBy(text: string, regex: Regex): string[] {
    if (text === "") return [];
    const parts: string[] = [];
    let from = 0;
    for (let at = 0; at <= text.length; ) {
      const found = regex.exec(text, at);
      if (found === undefined) break;
      if (found.end === found.index) at = found.end + 1;
      else {
        parts.push(text.slice(from, found.index));
        from = found.end;
        at = found.end;
      }
    }
    return [...parts, text.slice(from)];
  }
}

/** `$0` and its fields; each is made of the other when it is asked for. */
export class AwkRecord {
  #text = "";
  #fields: Value[] | undefined = [];
  #stale = false;
  readonly #regexes: Regexes;
  readonly #separators: () => { readonly input: string; readonly output: string; readonly format: string };

  constructor(regexes: Regexes, separators: () => { input: string; output: string; format: string }) {
    this.#regexes = regexes;
    this.#separators = separators;
  }

  set text(text: string) {
    this.#text = text;
    this.#fields = undefined;
    this.#stale = false;
  }

  get text(): string {
    if (this.#stale) {
      const { output, format } = this.#separators();
      this.#text = (this.#fields ?? []).map((field) => toText(field, format)).join(output);
      this.#stale = false;
    }
    return this.#text;
  }

  /** Splits by FS as it is now, before it changes. */
  settle(): void {
    this.#all();
  }

  #all(): Value[] {
    this.#fields ??= this.#regexes.split(this.#text, this.#separators().input).map(inputValue);
    return this.#fields;
  }

  get count(): number {
    return this.#all().length;
  }

  set count(count: number) {
    if (count < 0 || count > MOST_FIELDS)
      throw new AwkFault(`attempt to use ${count} fields: more than ${MOST_FIELDS} are not kept here`);
    const fields = this.#all();
    while (fields.length < count) fields.push("");
    fields.length = count;
    this.#stale = true;
  }

  get(index: number): Value {
    if (index === 0) return inputValue(this.text);
    if (index < 0) throw new AwkFault(`attempt to access field ${index}`);
    return this.#all()[index - 1];
  }

  set(index: number, value: Value): void {
    if (index === 0) {
      this.text = toText(value);
      return;
    }
    if (index < 0 || index > MOST_FIELDS) throw new AwkFault(`attempt to access field ${index}`);
    const fields = this.#all();
    while (fields.length < index) fields.push("");
    fields[index - 1] = value;
    this.#stale = true;
  }
}
