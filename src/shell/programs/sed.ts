// `sed` and `awk`, as far as pipes behind kubectl need them.
import { fileName } from "../../kubectl/index.ts";
import { type Program, refuse } from "../program.ts";
import { inputOf, optionsOf, regexpOf } from "./text.ts";

/** `s/A/B/[g]`, `Np`, `N,Mp`, `/A/p`, `Nd`, `/A/d`, several with `;`. */
export const sed: Program = (words, io) => {
  const { flags, values, rest } = optionsOf(words, "e");
  const script = values.get("e") ?? rest[0];
  if (script === undefined) return refuse(io, "Usage: sed [-n] SCRIPT", 1);
  const parts = script.split(SEPARATOR);
  const steps = parts.map((part) => stepOf(part.trim(), flags));
  const [bad] = parts.filter((_, at) => steps[at] === undefined);
  if (bad !== undefined) return refuse(io, `sed: -e expression: not simulated here: ${bad.trim()}`, 1);
  const files = values.has("e") ? rest : rest.slice(1);
  const input = inputOf("sed", files, io);
  if (input === undefined) return;
  const lines = input === "" ? [] : input.replace(/\n$/, "").split("\n");
  const out = lines.flatMap((line, at) => {
    let text = line;
    const printed: string[] = [];
    for (const step of steps) {
      if (step === undefined || !step.chosen(text, at + 1, lines.length)) continue;
      if (step.kind === "d") return printed;
      if (step.kind === "p") printed.push(text);
      else text = text.replace(step.pattern, step.by);
    }
    return flags.has("n") ? printed : [...printed, text];
  });
  const text = out.map((line) => `${line}\n`).join("");
  const [file] = files;
  if (flags.has("i") && file !== undefined) io.files.set(fileName(file), text);
  else io.out(text);
  io.exit(0);
};

/** A semicolon between commands: behind it comes the beginning of another. */
const SEPARATOR = /;(?=\s*(?:s[^\w\s]|\d+[,pd]|\$[,pd]|\/|[pd]\s*(?:;|$)))/;

type Step =
  | { readonly kind: "p"; chosen(line: string, number: number, last: number): boolean }
  | { readonly kind: "d"; chosen(line: string, number: number, last: number): boolean }
  | {
      readonly kind: "s";
      readonly pattern: RegExp;
      readonly by: string;
      chosen(line: string, number: number, last: number): boolean;
    };

function stepOf(text: string, flags: ReadonlySet<string>): Step | undefined {
  const substitute = /^s(.)((?:\\.|\[\^?\]?[^\]]*\]|(?!\1).)*)\1((?:\\.|(?!\1).)*)\1([gi]*)$/.exec(text);
  const dialect = new Set([...flags, ...(flags.has("r") ? ["E"] : [])]);
  dialect.delete("i"); // the file is changed in place; letters keep their case
  if (substitute !== null) {
    const pattern = regexpOf((substitute[2] ?? "").replaceAll(`\\${substitute[1]}`, substitute[1] ?? ""), dialect);
    if (pattern === undefined) return undefined;
    const by = (substitute[3] ?? "")
      .replace(/\$/g, "$$$$")
      .replace(/\\(\d)/g, "$$$1")
      .replace(/(?<!\\)&/g, "$$&")
      .replace(/\\([/&])/g, "$1")
      .replaceAll("\\n", "\n");
    return { kind: "s", pattern: new RegExp(pattern.source, substitute[4] ?? ""), by, chosen: () => true };
  }
  const match = /^(?:(\d+|\$)(?:,(\d+|\$))?|\/(.+)\/)?([pd])$/.exec(text);
  if (match === null) return undefined;
  const pattern = match[3] === undefined ? undefined : regexpOf(match[3], dialect);
  const place = (word: string | undefined, last: number) => (word === "$" ? last : Number(word));
  return {
    ...(match[4] === "d" ? { kind: "d" as const } : { kind: "p" as const }),
    chosen: (line, number, last) => {
      if (pattern !== undefined) return pattern.test(line);
      if (match[1] === undefined) return true;
      const from = place(match[1], last);
      return number >= from && number <= (match[2] === undefined ? from : place(match[2], last));
    },
  };
}

/** `[/A/|NR>N|NR==N] {print $1, "text", $NF}` with `-F SEPARATOR`. */
export const awk: Program = (words, io) => {
  const { values, rest } = optionsOf(words, "Fv");
  const match =
    /^\s*(?:\/(.*)\/|NR\s*(==|>|<|>=|<=|!=)\s*(\d+)|\$(\d+)\s*(==|!=|~)\s*(?:"(.*?)"|\/(.*?)\/))?\s*(?:\{\s*print\s*(.*?)\s*;?\s*\})?\s*$/.exec(
      rest[0] ?? "",
    );
  if (rest[0] === undefined || match === null)
    return refuse(io, "awk: only PATTERN {print FIELDS} is simulated here", 2);
  const separator = values.get("F");
  const input = inputOf("awk", rest.slice(1), io);
  if (input === undefined) return;
  const lines = input === "" ? [] : input.replace(/\n$/, "").split("\n");
  const fieldsOf = (line: string) => (separator === undefined ? line.trim().split(/\s+/) : line.split(separator));
  const chosen = (line: string, number: number) => {
    if (match[1] !== undefined) return new RegExp(match[1]).test(line);
    if (match[2] !== undefined) return compare(number, match[2], Number(match[3]));
    if (match[4] === undefined) return true;
    const field = match[4] === "0" ? line : (fieldsOf(line)[Number(match[4]) - 1] ?? "");
    if (match[5] === "~") return new RegExp(match[7] ?? match[6] ?? "").test(field);
    return (field === (match[6] ?? "")) === (match[5] === "==");
  };
  for (const [at, line] of lines.entries())
    if (chosen(line, at + 1)) io.out(`${printed(match[8] ?? "", line, fieldsOf(line), at + 1)}\n`);
  io.exit(0);
};

function compare(a: number, operator: string, b: number): boolean {
  const results: Readonly<Record<string, boolean>> = {
    "==": a === b,
    ">": a > b,
    "<": a < b,
    ">=": a >= b,
    "<=": a <= b,
    "!=": a !== b,
  };
  return results[operator] ?? false;
}

function printed(expression: string, line: string, fields: readonly string[], number: number): string {
  if (expression === "") return line;
  const value = (token: string) => {
    if (token.startsWith('"')) return token.slice(1, -1).replaceAll("\\t", "\t").replaceAll("\\n", "\n");
    if (token === "NR") return String(number);
    if (token === "NF") return String(fields.length);
    if (token === "$0") return line;
    const index = token
      .replace(/^\$\(?/, "")
      .replace(/\)$/, "")
      .replace("NF", String(fields.length))
      .split("-")
      .map(Number);
    return fields[(index[0] ?? 0) - (index[1] ?? 0) - 1] ?? "";
  };
  return expression
    .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .map((part) => (part.match(/"(?:[^"\\]|\\.)*"|\$\(?[\w-]+\)?|\w+/g) ?? []).map(value).join(""))
    .join(" ");
}
