// What is said about the fields of Namespaces.
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  Namespace: { "": "A scope for names. Inside it, a Service's short name is enough; selectors never reach beyond it." },
};
