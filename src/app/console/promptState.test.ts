// Keys at the prompt.
import { expect, it } from "vitest";
import { EMPTY_HISTORY, remember } from "./history.ts";
import { EMPTY_PROMPT, type Key, lineOf, type PromptContext, type PromptState, press, typed } from "./promptState.ts";

const VERBS = ["get", "delete", "describe"];
const context: PromptContext = {
  history: ["kubectl get pods", "curl web", "kubectl get svc"].reduce(remember, EMPTY_HISTORY),
  complete: (line, cursor) => {
    const from = line.lastIndexOf(" ", cursor - 1) + 1;
    const word = line.slice(from, cursor);
    return { from, candidates: VERBS.filter((verb) => verb.startsWith(word)).map((text) => ({ text })) };
  },
  open: "",
  prompt: "laptop$",
};

function hit(state: PromptState, name: string, change: Partial<Key> = {}) {
  const ctrl = name.startsWith("^");
  const key = ctrl ? name.slice(1) : name;
  return press(state, { key, ctrl, shift: false, other: false, selection: false, ...change }, context);
}

it("[CONSOLE-22] Tab completes one word, offers several, and Enter takes the chosen one", () => {
  expect(hit(lineOf("kubectl g"), "Tab").state.line).toBe("kubectl get ");
  const offered = hit(lineOf("kubectl d"), "Tab").state;
  expect(offered.line).toBe("kubectl de");
  expect(offered.offered?.completion.candidates.map((each) => each.text)).toEqual(["delete", "describe"]);
  const second = hit(offered, "ArrowDown").state;
  expect(hit(second, "Enter").state).toEqual(lineOf("kubectl describe "));
  expect(hit(second, "Escape").state.offered).toBeUndefined();
  expect(typed(offered, { line: "kubectl del", cursor: 11 }, context).offered?.completion.candidates).toHaveLength(1);
  expect(typed(offered, { line: "kubectl dex", cursor: 11 }, context).offered).toBeUndefined();
});

it("[CONSOLE-23] no keyboard trap: Tab leaves an empty line, Escape then Tab any line, Shift+Tab always", () => {
  expect(hit(EMPTY_PROMPT, "Tab").handled).toBe(false);
  expect(hit(lineOf("kubectl g"), "Tab", { shift: true }).handled).toBe(false);
  const escaped = hit(lineOf("kubectl g"), "Escape").state;
  expect(hit(escaped, "Tab").handled).toBe(false);
  expect(typed(escaped, { line: "kubectl ge", cursor: 10 }, context).leaving).toBe(false);
});

it("[CONSOLE-24] Ctrl+C copies what is selected, else interrupts", () => {
  expect(hit(lineOf("half"), "^c")).toEqual({
    handled: true,
    state: EMPTY_PROMPT,
    effect: { kind: "interrupt", text: "half" },
  });
  expect(hit(lineOf("half"), "^c", { selection: true }).handled).toBe(false);
});

it("[CONSOLE-25] Ctrl+R searches backwards; Enter runs, Tab takes the line, Escape forgets", () => {
  const searching = typed(hit(lineOf("x"), "^r").state, { line: "get", cursor: 3 }, context);
  expect(searching.searching?.at).toBe(2);
  const older = hit(searching, "^r").state;
  expect(older.searching?.at).toBe(0);
  expect(hit(older, "^r").state.searching?.at).toBe(0);
  expect(hit(older, "Enter").effect).toEqual({ kind: "enter", text: "kubectl get pods" });
  expect(hit(older, "Tab").state).toEqual(lineOf("kubectl get pods"));
  expect(hit(older, "Escape").state).toEqual(EMPTY_PROMPT);
});

it("[CONSOLE-26] Ctrl+L clears, Ctrl+U cuts, Ctrl+D leaves a session but not the laptop", () => {
  expect(hit(lineOf("keep"), "^l")).toEqual({ handled: true, state: lineOf("keep"), effect: { kind: "clear" } });
  expect(hit({ line: "curl web", cursor: 5, leaving: false }, "^u").state.line).toBe("web");
  expect(hit(EMPTY_PROMPT, "^d").handled).toBe(false);
  const key = { key: "d", ctrl: true, shift: false, other: false, selection: false };
  expect(press(EMPTY_PROMPT, key, { ...context, prompt: "node-1$" }).effect).toEqual({ kind: "enter", text: "exit" });
});
