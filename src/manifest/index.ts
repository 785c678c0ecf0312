// The entry to manifest: YAML text ⇄ objects, with places in the text.
export { addDocument, editFields, type FieldChange } from "./edit.ts";
export { toYaml } from "./emit.ts";
export {
  LONGEST_MANIFEST,
  type ManifestDocument,
  type ManifestError,
  parseManifest,
  type Range,
  readInSteps,
} from "./parse.ts";
export { Places, placeOf } from "./places.ts";
