// What the page's sources hold to: one place for keys, for storage, and for what is loaded later.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const SOURCES = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /^(?:main\.tsx|app\/.*\.tsx?)$/.test(path) && !/\.test\.tsx?$/.test(path));

/** Files whose code, comments aside, has a match; `except` are those that may. */
function filesWith(pattern: RegExp, except: readonly string[]): readonly string[] {
  return SOURCES.filter((path) => !except.includes(path)).filter((path) =>
    pattern.test(readFileSync(join(ROOT, path), "utf8").replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "")),
  );
}

test("[KEYS-1] one file listens for keys of the whole page", () => {
  const listens = /(?:(?:document|window|globalThis)\.|^\s*)addEventListener\(\s*["'`]key|onkey(?:down|up|press)\s*=/m;
  expect(filesWith(listens, ["app/ui/shortcuts.ts"])).toEqual([]);
  expect(filesWith(/\buseKeyPress\b/, [])).toEqual([]);
});

test("[KEYS-2] React Flow is given no keys", () => {
  const flow = readFileSync(join(ROOT, "app/canvas/Canvas.tsx"), "utf8");
  for (const key of ["delete", "selection", "multiSelection", "panActivation", "zoomActivation"])
    expect(flow).toContain(`${key}KeyCode: null`);
  expect(flow).toContain("{...NO_KEYS}");
});

test("[KEPT-1] one file touches the browser's storage", () => {
  expect(filesWith(/\b(?:localStorage|sessionStorage)\b/, ["app/ui/storage.ts"])).toEqual([]);
});

/** Imports that have a name, which is used in parts only. */
function sharedImports(text: string): number {
  return [...text.matchAll(/^const (\w+) = \(\) => import\("[^"]+"\);$/gm)].filter(([, name]) => {
    const uses = text.match(new RegExp(`\\b${name}\\b`, "g"))?.length ?? 0;
    const part = new RegExp(
      `(?:lazyPart|loadPart)\\((?:"[^"]+"|\\w+\\.\\w+), (?:async \\(\\) => \\(await ${name}\\(\\)\\)|${name}\\))`,
      "g",
    );
    return (text.match(part)?.length ?? 0) === uses - 1;
  }).length;
}

test("[PARTS-1] what is loaded later goes through lazyPart and loadPart", () => {
  expect(filesWith(/\blazy\(|\bSuspense\b/, ["app/ui/lazyPart.tsx"])).toEqual([]);
  const bare = SOURCES.flatMap((path) => {
    const text = readFileSync(join(ROOT, path), "utf8").replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
    const wrapped =
      /(?:lazyPart(?:<\w+>)?|loadPart)\(\s*(?:"[^"]+"|\w+(?:\.\w+)?),\s*(?:async )?\(\) =>[^;]*?import\(/g;
    const calls = text.replaceAll(/typeof import\(/g, "").match(/\bimport\(/g)?.length ?? 0;
    const kept = (text.match(wrapped)?.length ?? 0) + sharedImports(text);
    return calls > kept ? [path] : [];
  });
  // The entry hands its import to the opening, which loads it as a part.
  expect(bare).toEqual(["main.tsx"]);
});
