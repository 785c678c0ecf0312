// Leaves the writing half of the YAML package out of the built page: manifests are only read with it.
import type { Plugin } from "vite";
import { rewritten } from "./lean.ts";

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
  "doc/anchors.js": ["anchorIsValid", "anchorNames", "createNodeAnchors", "findNewAnchor"],
  "doc/createNode.js": ["createNode"],
  "nodes/toJS.js": ["toJS"],
  "visit.js": ["visit", "visitAsync"],
  "parse/cst-visit.js": ["visit"],
};

/** Only the failsafe schema is used: scalars are resolved by `src/manifest/resolve.ts`. */
const SCHEMA = `import { MAP, SCALAR, SEQ } from "../nodes/identity.js";
import { map } from "./common/map.js";
import { seq } from "./common/seq.js";
import { string } from "./common/string.js";
export class Schema {
  constructor() {
    Object.assign(this, { compat: null, knownTags: {}, tags: [map, seq, string], [MAP]: map, [SCALAR]: string, [SEQ]: seq });
  }
}`;

/** A document as the composer makes it: always read, never made of a value. */
const DOCUMENT = `import { DOC, NODE_TYPE } from "../nodes/identity.js";
import { Schema } from "../schema/Schema.js";
export class Document {
  constructor(_, { _directives, ...options }) {
    Object.defineProperty(this, NODE_TYPE, { value: DOC });
    Object.assign(this, { commentBefore: null, comment: null, errors: [], warnings: [], contents: null });
    this.options = { strict: true, stringKeys: false, uniqueKeys: true, ...options };
    this.directives = _directives.atDocument();
    this.schema = new Schema();
  }
}`;

/** Errors without their pretty form, which quotes the text. */
const ERRORS = `export class YAMLError extends Error {
  constructor(name, pos, code, message) {
    super();
    Object.assign(this, { name, code, message, pos });
  }
}
export class YAMLParseError extends YAMLError {
  constructor(pos, code, message) {
    super("YAMLParseError", pos, code, message);
  }
}
export class YAMLWarning extends YAMLError {
  constructor(pos, code, message) {
    super("YAMLWarning", pos, code, message);
  }
}
${REFUSE}
export { unused as prettifyError };`;

/** Nodes as the composer makes them, without what changes them or looks into them. */
const NODES: Readonly<Record<string, string>> = {
  "nodes/Node.js": `import { NODE_TYPE } from "./identity.js";
export class NodeBase {
  constructor(type) {
    Object.defineProperty(this, NODE_TYPE, { value: type });
  }
}`,
  "nodes/Pair.js": `import { NODE_TYPE, PAIR } from "./identity.js";
export class Pair {
  constructor(key, value = null) {
    Object.defineProperty(this, NODE_TYPE, { value: PAIR });
    Object.assign(this, { key, value });
  }
}
${REFUSE}
export { unused as createPair };`,
  "nodes/Collection.js": `import { NodeBase } from "./Node.js";
export class Collection extends NodeBase {
  constructor(type, schema) {
    super(type);
    Object.defineProperty(this, "schema", { value: schema, configurable: true, writable: true });
  }
}
${REFUSE}
export { unused as collectionFromPath, unused as isEmptyPath };`,
  "nodes/YAMLMap.js": collection("YAMLMap", "MAP", "map", "unused as findPair"),
  "nodes/YAMLSeq.js": collection("YAMLSeq", "SEQ", "seq"),
  "nodes/Alias.js": `import { NodeBase } from "./Node.js";
import { ALIAS } from "./identity.js";
export class Alias extends NodeBase {
  constructor(source) {
    super(ALIAS);
    this.source = source;
  }
}`,
};

function collection(name: string, type: string, tag: string, more = ""): string {
  return `import { Collection } from "./Collection.js";
import { ${type} } from "./identity.js";
export class ${name} extends Collection {
  static get tagName() {
    return "tag:yaml.org,2002:${tag}";
  }
  constructor(schema) {
    super(${type}, schema);
    this.items = [];
  }
}
${REFUSE}
export { ${more} };`;
}

/** What a tag is short for, as the package's own `Directives` resolves it; `%YAML` changes nothing here, and nothing is printed. */
const DIRECTIVES = `export class Directives {
  constructor(yaml, tags) {
    Object.assign(this, { docStart: null, docEnd: false, yaml: { ...yaml }, tags: { "!!": "tag:yaml.org,2002:", ...tags } });
  }
  clone() {
    return new Directives(this.yaml, this.tags);
  }
  atDocument() {
    return this.clone();
  }
  add(line, onError) {
    const [name, handle, prefix, more] = line.trim().split(/[ \\t]+/);
    if (name === "%TAG" && prefix) this.tags[handle] = prefix;
    if (name === "%TAG" ? !prefix || more : name === "%YAML" && (!handle || prefix)) onError(0, "wrong number of parts");
    else if (name === "%YAML" && !/^\\d+\\.\\d+$/.test(handle)) onError(6, "no version");
  }
  tagName(source, onError) {
    if (source === "!") return source;
    const verbatim = source.slice(2, -1);
    if (source[1] === "<") {
      if (verbatim === "!" || verbatim === "!!" || !source.endsWith(">")) onError("invalid tag");
      return verbatim;
    }
    const [, handle, suffix] = /^(.*!)([^!]*)$/s.exec(source);
    const prefix = this.tags[handle];
    if (!suffix || (!prefix && handle !== "!")) onError("unknown tag");
    return prefix ? prefix + suffix : source;
  }
}`;

/** Reading a built page's manifests needs no more than this keeps; the end-to-end tests hold it. */
export const leanYaml: Plugin = {
  name: "podpath-lean-yaml",
  apply: "build",
  enforce: "pre",
  transform(code: string, id: string) {
    // Nobody reads comments of a document: the texts of nodes, with what is around them, are edited as they are.
    return /\/node_modules\/yaml\/browser\/dist\/compose\/composer\.js$/.test(id.replaceAll("\\", "/"))
      ? { code: rewritten(code, "parsePrelude", ' return { comment: "", afterEmptyLine: false };'), map: null }
      : null;
  },
  load(id: string) {
    const inside = /\/node_modules\/yaml\/browser\/dist\/(.+\.js)$/.exec(id.replaceAll("\\", "/"))?.[1];
    if (inside === undefined) return null;
    if (inside === "schema/Schema.js") return SCHEMA;
    if (inside === "doc/Document.js") return DOCUMENT;
    if (inside === "doc/directives.js") return DIRECTIVES;
    if (inside === "errors.js") return ERRORS;
    const node = NODES[inside];
    if (node !== undefined) return node;
    const names = UNUSED[inside];
    if (names === undefined) return null;
    return `${REFUSE}\nexport { ${names.map((name) => `unused as ${name}`).join(", ")} };`;
  },
};
