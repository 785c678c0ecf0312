// Writes the licences of everything that the built page carries into the build, from what was really bundled.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin, Rolldown } from "vite";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const RULE = "=".repeat(100);

/** What is bundled under another roof: no package of its own says so. */
const WITHIN: Readonly<Record<string, string>> = {
  "monaco-editor": `The icons of the editor are Codicons, Copyright (c) Microsoft Corporation,
https://github.com/microsoft/vscode-codicons, licensed under CC BY 4.0, https://creativecommons.org/licenses/by/4.0/.`,
};

/** The notice of Podpath itself and of the data in it. */
function ownNotice(): string {
  return `Podpath
Licence: Apache-2.0

The schema of the API (src/cluster/api/*.gen.ts, src/kinds/schema/*.gen.ts) is made from the OpenAPI description of Kubernetes: Copyright The Kubernetes
Authors, licensed under the Apache License, Version 2.0, too. It was shortened; scripts/generate-schema says how.

${readFileSync(join(ROOT, "LICENSE"), "utf8").trim()}`;
}

/** The folder of the package that a module comes from; undefined for modules of Podpath. */
function packageFolder(moduleId: string): string | undefined {
  const id = moduleId.replaceAll("\\", "/");
  // Helpers that the bundler writes itself.
  const helper = /^\0(vite|rolldown)\//.exec(id)?.[1];
  if (helper !== undefined) return join(ROOT, "node_modules", helper);
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id.replace(/^\0/, ""))?.[0];
}

/** Name, version and the whole text of licences and notices of a package. @throws Error when it has none. */
function notice(folder: string): string {
  const about: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { name, version, license } = about as Record<string, unknown>; // npm's own fields
  const files = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|copying|notice|third-?party-?notices)/i.test(file))
    .sort();
  if (files.length === 0) throw new Error(`licences: ${name} has no licence file; its text must be in the build`);
  const texts = files.map((file) => {
    const text = readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n");
    // The tools also list what they bundle for themselves, none of which is in the page.
    return text.split(/^# Licenses of bundled dependencies/m)[0]?.trim() ?? "";
  });
  const within = WITHIN[String(name)];
  return [`${name} ${version}\nLicence: ${license}`, ...(within === undefined ? [] : [within]), ...texts].join("\n\n");
}

/** The whole file for the modules of a build. */
function licencesOf(moduleIds: readonly string[]): string {
  const folders = new Set(moduleIds.flatMap((id) => packageFolder(id) ?? []));
  const notices = [...folders].filter((folder) => existsSync(join(folder, "package.json"))).map(notice);
  return `${[ownNotice(), ...new Set(notices.sort())].join(`\n\n${RULE}\n\n`)}\n`;
}

/** What a part of the bundle is made of: modules, or the file that is copied, such as a font. */
export function sourcesOf(part: Rolldown.OutputChunk | Rolldown.OutputAsset): readonly string[] {
  return part.type === "chunk" ? part.moduleIds : part.originalFileNames.map((name) => join(ROOT, name));
}

export const licences: Plugin = {
  name: "podpath-licences",
  apply: "build",
  generateBundle(_options, bundle) {
    const moduleIds = Object.values(bundle).flatMap(sourcesOf);
    this.emitFile({ type: "asset", fileName: "licences.txt", source: licencesOf(moduleIds) });
  },
};
