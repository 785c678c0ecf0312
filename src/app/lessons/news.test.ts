import { expect, test } from "vitest";
import { newsOf } from "./news.ts";

const met = (observed: string) => ({ isMet: true, missing: undefined, observed });
const open = (missing: string) => ({ isMet: false, missing, observed: undefined });

test("[LESSONS-2] what becomes met is said once, with what was observed", () => {
  expect(newsOf([open("a"), open("b")], [met("A."), open("b")])).toBe("Met: A.");
  expect(newsOf([met("A."), open("b")], [met("A, again."), open("c")])).toBe("");
  expect(newsOf([met("A."), open("b")], [met("A."), met("B.")])).toBe("Met: B. All checks are met.");
  expect(newsOf([met("A.")], [open("a")])).toBe("No longer met: a");
  expect(newsOf([open("a")], [met("A.")])).toBe("Met: A.");
});
