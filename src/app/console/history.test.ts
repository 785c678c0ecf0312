// Walking through what was typed before, and searching in it.
import { expect, it } from "vitest";
import { EMPTY_HISTORY, remember, search, walk } from "./history.ts";

const three = ["kubectl get pods", "curl web", "kubectl get svc"].reduce(remember, EMPTY_HISTORY);

it("[CONSOLE-6] the walk goes back to the first command and forth to the unfinished line", () => {
  const once = walk(three, "unfin", -1);
  expect(once.line).toBe("kubectl get svc");
  const twice = walk(once.history, once.line, -1);
  expect(twice.line).toBe("curl web");
  const first = walk(twice.history, twice.line, -1);
  expect(walk(first.history, first.line, -1).line).toBe("kubectl get pods");
  const back = walk(once.history, once.line, 1);
  expect(back.line).toBe("unfin");
  expect(walk(back.history, back.line, 1).line).toBe("unfin");
});

it("[CONSOLE-7] neither repeats nor empty lines are kept", () => {
  expect(remember(remember(three, "kubectl get svc"), "  ").entries).toEqual(three.entries);
});

it("[CONSOLE-8] the search finds the newest first and continues from there", () => {
  expect(search(three, "get")).toBe(2);
  expect(search(three, "get", 2)).toBe(0);
  expect(search(three, "get", 0)).toBeUndefined();
  expect(search(three, "")).toBeUndefined();
  expect(search(three, "nothing")).toBeUndefined();
});
