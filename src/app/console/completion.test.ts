// What Tab does to the line.
import { expect, it } from "vitest";
import { choose, extend } from "./completion.ts";

const pods = { from: 17, candidates: [{ text: "web-6c4f-x2k9q" }, { text: "web-6c4f-h7t4c" }] };

it("[CONSOLE-20] Tab adds what all candidates share, then nothing", () => {
  const edit = extend({ line: "kubectl get pods we -o wide", cursor: 19 }, pods);
  expect(edit).toEqual({ line: "kubectl get pods web-6c4f- -o wide", cursor: 26 });
  expect(extend(edit, pods)).toBe(edit);
});

it("[CONSOLE-21] a chosen word is followed by a blank unless it continues", () => {
  expect(choose({ line: "kubectl g", cursor: 9 }, { from: 8, candidates: [] }, { text: "get" })).toEqual({
    line: "kubectl get ",
    cursor: 12,
  });
  expect(choose({ line: "kubectl get sv", cursor: 14 }, { from: 12, candidates: [] }, { text: "svc/" }).line).toBe(
    "kubectl get svc/",
  );
});
