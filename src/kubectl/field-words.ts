// What `kubectl explain` and the editor say about fields, in our own words: those that people write. A table of data.
import { type FieldWords, WORDS } from "../kinds/words.ts";

/** The words of every kind, and those about structs that all kinds share. */
export const FIELD_WORDS: FieldWords = {
  ...WORDS,
  ObjectMeta: {
    annotations: "Texts for programs; they can't be used in selectors.",
    creationTimestamp: "When it was created; set by the API server.",
    deletionTimestamp: "When it is due to be gone; set when it is deleted.",
    finalizers: "Who must act before it is removed.",
    generateName: "A prefix that the API server completes to a name.",
    labels: "Keys and values that selectors match.",
    name: "The name; unique among objects of its kind in its namespace.",
    namespace: "The namespace.",
    ownerReferences: "Objects that own it; it is deleted when all of them are gone.",
    resourceVersion: "Changes with every write; an update that includes it fails if the object has changed since.",
    uid: "Unique for every object that ever existed.",
  },
  LabelSelector: {
    "": "The labels to match; all conditions must hold.",
    matchExpressions: "Conditions: In, NotIn, Exists, DoesNotExist.",
    matchLabels: "Labels that must have exactly these values.",
  },
  LabelSelectorRequirement: {
    key: "The label.",
    operator: "In, NotIn, Exists or DoesNotExist.",
    values: "The values for In and NotIn.",
  },
};
