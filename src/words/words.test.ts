// What languages hold to: nothing of the page is said outside of the words, and each language says all of it.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";
import { expect, test } from "vitest";
import { DE } from "./de/index.ts";
import { EN as NETWORK } from "./en/network.ts";
import { EN as REASONS } from "./en/reasons.ts";
import { firstLanguage, languageFor, loadLanguage, PSEUDO, plural, speak } from "./index.ts";
import { ENGLISH } from "./language.ts";
import { pseudo } from "./pseudo.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/** What is no sentence, or the same in every language. */
const NAMES =
  /^(?:Podpath|NotReady|PODPATH1;.*|Invalid value|Service (?:NodePort|ClusterIP|headless|LoadBalancer)|YAML|SCORM|TLS|IP|Tab|Esc|Ctrl|Ctrl\+[A-Z]|MB|ms|min|CoreDNS|manifest\.yaml|&lt;pending&gt;|(?:kubectl|podpath|xmlns|apiVersion|image|node|pod|port|kubelet|ingress|no|2004|M) .*|(?:a|A|n|N)[A-Z].*)$/s;
/** Texts for programs, not for people: names of groups, messages to whoever wrote the page around a frame, formats. */
const FOR_PROGRAMS =
  /^app\/(?:store\/(?:request|targets)|embed\/(?:host|messages|queue|frame)|classroom\/lms\/package)\.ts$/;
/** Attributes that people see or hear. */
const SEEN = /^(?:aria-label|aria-description|title|placeholder|label|alt|hint|about|text|empty)$/;
/** Fields of Kubernetes as labels, and names of objects. */
const FIELDS = /^[a-z]\w*(?:[A-Z]\w*)*$|^[\w.-]+\.[a-z]+$/;
const PROSE = /\p{L}{2,},? \p{L}{2,}/u;
/** CSS, media queries, fonts, paths of SVG. */
const CODE = /^[\s\S]*[{[(:>=][\s\S]*[})\]:][\s\S]*$|^[MLQC][\d ]|^\d+(?:\.\d+)? |^[.#]|px|, (?:\[|[a-z]+,)/;

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

/** Texts in a source that someone would read. */
function textsIn(path: string, source: string): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown, parent: Node | undefined): void => {
    if (Array.isArray(value)) for (const each of value) visit(each, parent);
    if (!isNode(value)) return;
    if (/^(?:Import|Export(?:All))/.test(value.type) && value.type !== "ImportExpression") return;
    if (/^TS(?!As|Satisfies|NonNull)/.test(value.type)) return;
    if (isThrown(value) || isLooked(value) || isClass(value)) return;
    const text = textOf(value);
    if (text !== undefined && isSaid(text, value, parent)) found.push(text.trim());
    for (const each of Object.values(value)) visit(each, value);
  };
  visit(parseSync(path, source, { lang: path.endsWith("x") ? "tsx" : "ts" }).program, undefined);
  return found;
}

function textOf(node: Node): string | undefined {
  if (node.type === "JSXText" || (node.type === "Literal" && typeof node.value === "string")) return String(node.value);
  if (node.type !== "TemplateLiteral") return undefined;
  const quasis = node.quasis as readonly { readonly value: { readonly cooked: string } }[]; // what the parser has there
  return quasis.map(({ value }) => value.cooked).join("…");
}

/** Errors for those who write programs, and what code compares. */
function isThrown(node: Node): boolean {
  if (node.type === "BinaryExpression") return /^[!=]==$/.test(String(node.operator));
  if (node.type === "SwitchCase" || node.type === "TaggedTemplateExpression") return false;
  const callee = isNode(node.callee) ? node.callee : undefined;
  return node.type === "NewExpression" && callee?.type === "Identifier" && /Error$/.test(String(callee.name));
}

function isClass(node: Node): boolean {
  return node.type === "JSXAttribute" && isNode(node.name) && node.name.name === "className";
}

/** What is asked of the document. */
function isLooked(node: Node): boolean {
  const callee = node.type === "CallExpression" && isNode(node.callee) ? node.callee : undefined;
  const property = callee?.type === "MemberExpression" && isNode(callee.property) ? callee.property : undefined;
  return /^(?:querySelector(?:All)?|closest|matches|matchMedia)$/.test(String(property?.name));
}

function isSaid(text: string, node: Node, parent: Node | undefined): boolean {
  const words = text.trim();
  if (!/\p{L}{2}/u.test(words) || NAMES.test(words)) return false;
  if (node.type === "JSXText") return !FIELDS.test(words);
  if (parent?.type === "JSXAttribute") {
    const name = isNode(parent.name) ? String(parent.name.name) : "";
    return SEEN.test(name) && !FIELDS.test(words);
  }
  return PROSE.test(words) && !CODE.test(words) && !/^[a-z-.]+(?: [a-z-]+…?)*$/.test(words);
}

const SOURCES = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /^app\/.*\.tsx?$/.test(path) && !/\.test\.tsx?$|\/testing\.ts$/.test(path));

test("[WORDS-1] the page says nothing that is not among the words", () => {
  const said = SOURCES.filter((path) => !FOR_PROGRAMS.test(path)).flatMap((path) =>
    textsIn(path, readFileSync(join(ROOT, path), "utf8")).map((text) => `${path}: ${text}`),
  );
  expect(said).toEqual([]);
});

test.each([
  ["<p>Press it</p>", ["Press it"]],
  ['<b title="Close">{x}</b>', ["Close"]],
  ['const a = on ? "The cluster is gone." : "";', ["The cluster is gone."]],
  ["const b = `Pod $" + "{name} is gone.`;", ["Pod … is gone."]],
  ['<b className="button plain icon" aria-label={W.close} />', []],
  ['throw new Error("no provider above this");', []],
])("[WORDS-1] in %s", (source, texts) => {
  expect(textsIn("a.tsx", source)).toEqual(texts);
});

const PARTS = readdirSync(join(ROOT, "words", "en")).map((file) => file.replace(/\.ts$/, ""));

test("[WORDS-2] a part is asked for by the name of its file, and every language has it", () => {
  const asked = PARTS.flatMap((name) => {
    const [, said] = /\bspoken\("([^"]+)"/.exec(readFileSync(join(ROOT, "words", "en", `${name}.ts`), "utf8")) ?? [];
    return said === undefined || said === name ? [] : [name];
  });
  expect(asked).toEqual([]);
  expect(Object.keys(DE).sort()).toEqual(PARTS.toSorted());
});

/** All texts of a part; functions are called with values of their own names. */
function sentences(value: unknown, path: string): readonly (readonly [path: string, text: string])[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => sentences(each, `${path}.${key}`));
}

test("[WORDS-3] no German sentence is empty, or marks fewer words than the English one", async () => {
  for (const name of PARTS) {
    const { EN } = (await import(`./en/${name}.ts`)) as { readonly EN: object }; // every part exports it
    const german = new Map(sentences(DE[name as keyof typeof DE], name));
    for (const [path, text] of sentences(EN, name)) {
      expect(german.get(path)?.trim(), path).not.toBe("");
      expect(german.get(path)?.split("`").length, path).toBe(text.split("`").length);
    }
  }
});

test("[WORDS-7] nothing but the loader knows another language", () => {
  const knowing = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|^e2e\/|^words\/de\//.test(path))
    .filter((path) => {
      const own = path.startsWith("words/") ? /"\.\/de\// : /\/words\/de\//;
      return own.test(readFileSync(join(ROOT, path), "utf8"));
    });
  expect(knowing.sort()).toEqual(["words/kit.ts", "words/languages.ts"]);
  expect(readFileSync(join(ROOT, "words", "languages.ts"), "utf8")).toContain('await import("./de/index.ts")');
});

test("[WORDS-4] a wish is served by the language itself or by the one it is a kind of", () => {
  expect(["de", "de-AT", "DE", "en-GB", "fr", "", "constructor"].map(languageFor)).toEqual([
    "de",
    "de",
    "de",
    "en",
    undefined,
    undefined,
    undefined,
  ]);
  expect(languageFor("ar-xb")).toBe(PSEUDO);
  expect(firstLanguage([null, undefined, "fr", "de-CH", "en"])).toBe("de");
  expect(firstLanguage(["fr"])).toBe("en");
});

test("[WORDS-5] numbers and plurals are those of the language", async () => {
  expect(plural(1, { one: "# pod", other: "# pods" })).toBe("1 pod");
  expect(plural(1234, { one: "# pod", other: "# pods" })).toBe("1,234 pods");
  speak(await loadLanguage("de"));
  expect(plural(1234, { one: "# Pod", other: "# Pods" })).toBe("1.234 Pods");
  speak(ENGLISH);
});

test("[WORDS-6] the pseudo-language shows what was not asked of the words, and leaves code", () => {
  const words = pseudo({ a: "Close", b: (name: string) => `Pod \`${name}\``, c: ["x y"] });
  expect(words).toMatchObject({ a: "⟦Çļóšé⟧", c: ["⟦x ý⟧"] });
  expect((words as { b: (name: string) => string }).b("web")).toBe("⟦Póð `web`⟧".replace("ð", "d"));
});

/** The sentences about packets that each expression for reasons is meant to find. */
const FOUND = {
  noMachine: ["noMachine", "nobodyOutside"],
  unhealthy: ["noHealthyNode"],
  noRoute: ["noRoute", "noRouteTo", "separate"],
  broken: ["lossy", "podNetwork"],
  noAnswer: ["silentServer"],
  gone: ["podEnded", "programEnded", "wasGone"],
} satisfies Record<keyof typeof REASONS, readonly string[]>;

test.each([
  ["English", REASONS, NETWORK],
  ["German", DE.reasons, DE.network],
])("[WORDS-8] the %s expressions for reasons find the same sentences, and no others", (_, reasons, network) => {
  const said = Object.entries(network as Record<string, string | ((...values: unknown[]) => string)>).map(
    ([key, say]) => [key, typeof say === "string" ? say : say("a", "b", "c", "d", "e", "f")] as const,
  );
  const found = Object.entries(reasons).map(([name, pattern]) => [
    name,
    said.flatMap(([key, text]) => (pattern.test(text) ? [key] : [])).sort(),
  ]);
  expect(Object.fromEntries(found)).toEqual(FOUND);
});
