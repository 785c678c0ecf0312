// Leaves the writing half of the YAML package out of the built page: manifests are only read with it.
import type { Plugin } from "vite";

const REFUSE = 'const unused = () => { throw new Error("the YAML writer is not part of the page"); };';

/** Names that stand-ins for whole modules of the package must export. */
const UNUSED: Readonly<Record<string, readonly string[]>> = {
  "stringify/stringify.js": ["createStringifyContext", "stringify"],
  "stringify/stringifyCollection.js": ["stringifyCollection"],
  "stringify/stringifyComment.js": ["indentComment", "lineComment", "stringifyComment"],
  "stringify/stringifyDocument.js": ["stringifyDocument"],
  "stringify/stringifyPair.js": ["stringifyPair"],
  "stringify/stringifyString.js": ["stringifyString"],
  "nodes/addPairToJSMap.js": ["addPairToJSMap"],
  "doc/applyReviver.js": ["applyReviver"],
  "doc/createNode.js": ["createNode"],
  "parse/cst-visit.js": ["visit"],
};

/** Only the failsafe schema is used: scalars are resolved by `src/manifest/resolve.ts`. */
const TAGS = `import { map } from "./common/map.js";
import { seq } from "./common/seq.js";
import { string } from "./common/string.js";
export const coreKnownTags = {};
export const getTags = () => [map, seq, string];`;

/** Reading a built page's manifests needs no more than this keeps; the end-to-end tests hold it. */
export const leanYaml: Plugin = {
  name: "podpath-lean-yaml",
  apply: "build",
  enforce: "pre",
  load(id: string) {
    const inside = /\/node_modules\/yaml\/browser\/dist\/(.+\.js)$/.exec(id.replaceAll("\\", "/"))?.[1];
    if (inside === undefined) return null;
    if (inside === "schema/tags.js") return TAGS;
    const names = UNUSED[inside];
    if (names === undefined) return null;
    return `${REFUSE}\nexport { ${names.map((name) => `unused as ${name}`).join(", ")} };`;
  },
};
