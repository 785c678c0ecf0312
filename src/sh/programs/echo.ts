// `echo`, and the backslashes that it and `printf` know.
import type { Program } from "../machine.ts";
import type { Dialect } from "../state.ts";

/** `echo` as a shell has it: dash always reads backslashes, bash and ash with -e. */
export const echo =
  (dialect: Dialect): Program =>
  (words, io) => {
    const options = dialect === "dash" ? /^-n$/ : /^-[neE]+$/;
    let at = 1;
    let newline = true;
    let escapes = dialect === "dash";
    for (; options.test(words[at] ?? ""); at++)
      for (const letter of (words[at] ?? "").slice(1)) {
        if (letter === "n") newline = false;
        else escapes = letter === "e";
      }
    const text = words.slice(at).join(" ");
    const { text: shown, stopped } = escapes ? readEscapes(text, "echo") : { text, stopped: false };
    io.out(newline && !stopped ? `${shown}\n` : shown);
    return 0;
  };

const SIMPLE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: "\u0007",
    b: "\b",
    e: "\u001b",
    E: "\u001b",
    f: "\f",
    n: "\n",
    r: "\r",
    t: "\t",
    v: "\v",
    "\\": "\\",
  }),
);

/** Reads the backslashes of `echo -e`, of `printf`'s format, or of its `%b`; `\c` ends all output. */
export function readEscapes(text: string, of: "echo" | "format" | "%b"): { text: string; stopped: boolean } {
  let result = "";
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== "\\" || at + 1 >= text.length) {
      result += text[at];
      continue;
    }
    const rest = text.slice(at + 1, at + 12);
    if (rest[0] === "c" && of !== "format") return { text: result, stopped: true };
    const code = codeAt(rest, of);
    if (code !== undefined) {
      result += code.text;
      at += code.length;
    } else if (SIMPLE.has(rest[0] ?? "")) {
      result += SIMPLE.get(rest[0] ?? "");
      at++;
    } else if (of === "format" && (rest[0] === '"' || rest[0] === "'")) {
      result += rest[0];
      at++;
    } else result += "\\";
  }
  return { text: result, stopped: false };
}

/** A number behind a backslash: octal, `xHH`, `uHHHH`. */
function codeAt(rest: string, of: "echo" | "format" | "%b"): { text: string; length: number } | undefined {
  const octal = of === "format" ? /^[0-7]{1,3}/ : of === "echo" ? /^0[0-7]{0,3}/ : /^(?:0[0-7]{0,3}|[0-7]{1,3})/;
  const found = octal.exec(rest)?.[0];
  if (found !== undefined) return { text: String.fromCharCode(Number.parseInt(found, 8) & 255), length: found.length };
  const hex = /^(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8}))/.exec(rest);
  if (hex === null) return undefined;
  const code = Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? "0", 16);
  return { text: code <= 0x10ffff ? String.fromCodePoint(code) : "", length: hex[0].length };
}
