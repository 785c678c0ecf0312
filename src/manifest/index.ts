// The only door of manifest: YAML text ⇄ objects, with places in the text.
export { addDocument, editFields, type FieldChange } from "./edit.ts";
export { toYaml } from "./emit.ts";
export { MAX_LENGTH, type ManifestDocument, type ManifestError, parseManifest, placeOf, type Range } from "./parse.ts";
export { pathText } from "./path.ts";
