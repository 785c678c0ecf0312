// What is said about the fields of Secrets.
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  Secret: {
    "": "Texts that not everyone may see; base64 hides nothing.",
    data: "The values by key, in base64.",
    stringData: "The values as plain text; written into data, never read back.",
    type: "What it is for; default Opaque.",
  },
};
