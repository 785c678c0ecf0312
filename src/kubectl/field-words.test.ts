// The words about fields are about fields that there are.
import { expect, test } from "vitest";
import { structNamed } from "../cluster/index.ts";
import { knowAllStructs } from "../kinds/index.ts";
import { FIELD_WORDS } from "./field-words.ts";

knowAllStructs();

test("[EXPLAIN-2] every word is about a field of the schema", () => {
  const strays = Object.entries(FIELD_WORDS).flatMap(([struct, fields]) =>
    Object.keys(fields).filter((field) => field !== "" && !structNamed(struct).fields.has(field)),
  );
  expect(strays).toEqual([]);
});
