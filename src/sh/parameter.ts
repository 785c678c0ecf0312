// `$x` and `${x…}`: defaults, lengths, prefixes and suffixes, replacements, parts, elements of arrays.
import type { Parameter, Word } from "./ast.ts";
import { BREAK, ExpansionFault, type Fragment, type Fragments, type Values } from "./fragments.ts";
import { matches, type Pattern, replaced, withoutPrefix, withoutSuffix } from "./pattern.ts";
import type { Task } from "./task.ts";

/** What a parameter becomes. */
export function* parameterFragments(piece: Parameter, values: Values): Task<Fragments> {
  const list = yield* listOf(piece, values);
  if (list !== undefined) return yield* listFragments(piece, list, values);
  const { operator = "" } = piece;
  const value = yield* valueOfOne(piece, values);
  if (/^:?[-=+?]$/.test(operator)) return yield* defaulted(piece, value, values);
  if (operator === "!") {
    const name = value ?? "";
    if (!/^(?:[A-Za-z_]\w*|\d+|[@*#?])$/.test(name)) throw new ExpansionFault(`${name}: invalid variable name`);
    return one(values.plain(name) ?? "", piece);
  }
  if (value === undefined && values.state.options.has("nounset")) throw unbound(piece);
  if (operator === "") return one(value ?? "", piece);
  const changed = yield* changedValues(piece, [value ?? ""], values);
  return one(changed[0] ?? "", piece);
}

function unbound({ name, index }: Parameter): ExpansionFault {
  return new ExpansionFault(`${name}${index === undefined ? "" : "[…]"}: unbound variable`, 127);
}

function one(text: string, { quoted }: Parameter): Fragment[] {
  return [{ text, quoted, split: !quoted }];
}

function* valueOfOne(piece: Parameter, values: Values): Task<string | undefined> {
  if (piece.index === undefined) return values.plain(piece.name);
  const at = Number(yield* values.arithmetic(piece.index));
  const variable = values.state.variables.get(piece.name);
  if (piece.name === "PIPESTATUS") return values.state.pipeStatus[at]?.toString();
  if (variable?.elements === undefined) return at === 0 ? variable?.value : undefined;
  if (at >= 0) return variable.elements.get(at);
  return [...variable.elements.entries()].sort(([a], [b]) => a - b).at(at)?.[1];
}

/** The values of `$@`, `$*`, `${a[@]}`; undefined for anything that is one value. */
function* listOf(piece: Parameter, values: Values): Task<readonly string[] | undefined> {
  const { name, index } = piece;
  if (name === "@" || name === "*") return values.state.positional;
  const mark = index === undefined ? "" : yield* values.text(index, "none");
  if (mark !== "@" && mark !== "*") return undefined;
  if (name === "PIPESTATUS") return values.state.pipeStatus.map(String);
  const variable = values.state.variables.get(name);
  if (variable === undefined) return [];
  if (variable.elements === undefined) return [variable.value];
  return [...variable.elements.entries()].sort(([a], [b]) => a - b).map(([, value]) => value);
}

function* listFragments(piece: Parameter, list: readonly string[], values: Values): Task<Fragments> {
  const { operator = "", quoted } = piece;
  if (operator === "length") return one(String(list.length), piece);
  const mark = piece.name === "@" || piece.name === "*" ? piece.name : yield* values.text(piece.index ?? [], "none");
  if (/^:?[-=+?]$/.test(operator)) {
    const isSet = operator.startsWith(":") ? list.some((each) => each !== "") : list.length > 0;
    if (isSet !== operator.endsWith("+")) return spread(list, piece, mark === "*" ? values.joint : undefined);
    return yield* defaulted(piece, undefined, values);
  }
  if (operator === "!") {
    const { elements } = values.state.variables.get(piece.name) ?? {};
    return spread([...(elements?.keys() ?? [])].sort((a, b) => a - b).map(String), { ...piece, quoted }, undefined);
  }
  const changed = operator === ":" ? yield* slice(piece, list, values) : yield* changedValues(piece, list, values);
  return spread(changed, piece, mark === "*" ? values.joint : undefined);
}

function spread(list: readonly string[], piece: Parameter, joint: string | undefined): Fragments {
  if (piece.quoted && joint !== undefined) return one(list.join(joint), piece);
  return list.flatMap((text, at) => (at === 0 ? one(text, piece) : [BREAK, ...one(text, piece)]));
}

/** `${@:from:count}`: parameter 0 is the shell's name. */
function* slice(piece: Parameter, list: readonly string[], values: Values): Task<readonly string[]> {
  const { name, word = [], second } = piece;
  const all = name === "@" || name === "*" ? [values.state.name, ...list] : list;
  const from = Number(yield* values.arithmetic(word));
  const begin = from < 0 ? all.length + from : from;
  if (begin < 0) return [];
  if (second === undefined) return all.slice(begin);
  const count = Number(yield* values.arithmetic(second));
  if (count < 0) throw new ExpansionFault(`${count}: substring expression < 0`);
  return all.slice(begin, begin + count);
}

function* defaulted(piece: Parameter, value: string | undefined, values: Values): Task<Fragments> {
  const { operator = "", word = [], name } = piece;
  const isSet = operator.startsWith(":") ? (value ?? "") !== "" : value !== undefined;
  const kind = operator.at(-1);
  if (kind === "+") return isSet ? yield* argument(piece, word, values) : unsetFragments(piece);
  if (isSet) return one(value ?? "", piece);
  if (kind === "-") return yield* argument(piece, word, values);
  if (kind === "?") {
    const typed = yield* values.text(word);
    const usual = operator.startsWith(":") ? "parameter null or not set" : "parameter not set";
    throw new ExpansionFault(`${name}: ${typed === "" ? usual : typed}`, values.state.dialect === "bash" ? 127 : 2);
  }
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new ExpansionFault(`$${name}: cannot assign in this way`);
  const text = yield* values.text(word);
  values.state.set(name, text);
  return one(text, piece);
}

/** Nothing at all, or an empty text when it is quoted. */
function unsetFragments(piece: Parameter): Fragments {
  return piece.quoted ? one("", piece) : [];
}

/** The word of `${x:-word}`: its own quotes count, its blanks divide when the whole is not quoted. */
function* argument(piece: Parameter, word: Word, values: Values): Task<Fragments> {
  const fragments = yield* values.fragments(word, !piece.quoted);
  if (fragments.length === 0) return unsetFragments(piece);
  return fragments.map((each) =>
    each === BREAK ? each : { ...each, quoted: each.quoted || piece.quoted, split: !each.quoted && !piece.quoted },
  );
}

/** Each value as the operator changes it. */
function* changedValues(piece: Parameter, list: readonly string[], values: Values): Task<readonly string[]> {
  const { operator = "", word = [], second } = piece;
  switch (operator) {
    case "":
      return list;
    case "length":
      return list.map((text) => String(Array.from(text).length));
    case ":":
      return [yield* part(list[0] ?? "", piece, values)];
    case "#":
    case "##":
    case "%":
    case "%%": {
      const pattern = yield* values.pattern(word);
      const cut = operator.startsWith("#") ? withoutPrefix : withoutSuffix;
      return list.map((text) => cut(text, pattern, operator.length === 2));
    }
    case "^":
    case "^^":
    case ",":
    case ",,": {
      const pattern = word.length === 0 ? undefined : yield* values.pattern(word);
      return list.map((text) => cased(text, operator, pattern));
    }
  }
  const pattern = yield* values.pattern(word);
  const by = yield* values.text(second ?? []);
  const where = operator === "//" ? "all" : operator === "/#" ? "prefix" : operator === "/%" ? "suffix" : "first";
  return list.map((text) => {
    const found = replaced(text, pattern, by, where);
    if (found === undefined) throw new ExpansionFault(`${piece.source}: too much work for one expansion`);
    return found;
  });
}

function* part(text: string, { word = [], second }: Parameter, values: Values): Task<string> {
  const signs = Array.from(text);
  const from = Number(yield* values.arithmetic(word));
  const begin = from < 0 ? signs.length + from : from;
  const count = second === undefined ? signs.length : Number(yield* values.arithmetic(second));
  if (begin < 0 || begin > signs.length) return "";
  const end = count < 0 ? signs.length + count : begin + count;
  if (end < begin) throw new ExpansionFault(`${count}: substring expression < 0`);
  return signs.slice(begin, end).join("");
}

function cased(text: string, operator: string, pattern: Pattern | undefined): string {
  const upper = operator.startsWith("^");
  const change = (sign: string) => {
    if (pattern !== undefined && !matches(pattern, sign)) return sign;
    return upper ? sign.toUpperCase() : sign.toLowerCase();
  };
  const [first = "", ...rest] = Array.from(text);
  return operator.length === 2 ? Array.from(text, change).join("") : change(first) + rest.join("");
}
