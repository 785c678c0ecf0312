// What is said about the fields of ConfigMaps.
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  ConfigMap: {
    "": "Texts for containers to read, as variables or files.",
    binaryData: "Bytes, in base64.",
    data: "The texts by key.",
    immutable: "Whether it can no longer change.",
  },
};
