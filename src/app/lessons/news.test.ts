import { expect, test } from "vitest";
import { listed, newsOf } from "./news.ts";

const met = (observed: string) => ({ isMet: true, missing: undefined, observed });
const open = (missing: string) => ({ isMet: false, missing, observed: undefined });

test("[LESSONS-2] what becomes met is said once, with what was observed", () => {
  expect(newsOf([open("a"), open("b")], [met("A."), open("b")])).toBe("Met: A.");
  expect(newsOf([met("A."), open("b")], [met("A, again."), open("c")])).toBe("");
  expect(newsOf([met("A."), open("b")], [met("A."), met("B.")])).toBe("Met: B. All checks are met.");
  expect(newsOf([met("A.")], [open("a")])).toBe("No longer met: a");
  expect(newsOf([open("a")], [met("A.")])).toBe("Met: A.");
});

test("[LESSONS-2] checks that miss the same thing say it once; met ones and hidden ones are all listed", () => {
  const ats = (...args: Parameters<typeof listed>) => listed(...args).map(({ at }) => at);
  const states = [open("No Service."), open("No Service."), met("A."), met("A."), open("No pod.")];
  expect(ats(states, false)).toEqual([0, 2, 3, 4]);
  expect(ats(states, true)).toEqual([0, 1, 2, 3, 4]);
});
