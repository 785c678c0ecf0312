// Typing, pasting, waiting and giving up at the prompt.
import { expect, it } from "vitest";
import { createCluster } from "../../cluster/index.ts";
import { createShell } from "../../shell/index.ts";
import { Typing } from "./typing.ts";

const shell = createShell({ cluster: createCluster({ seed: "1" }) });

/** A shell in which a command runs until `finish` is called. */
function slowShell() {
  const started: string[] = [];
  const given: string[] = [];
  let running = false;
  const typing = new Typing({
    busy: () => running,
    isIncomplete: shell.isIncomplete.bind(shell),
    run: (command) => {
      started.push(command);
      running = true;
    },
    interrupt: () => {
      running = false;
    },
    giveUp: (text) => {
      given.push(text);
    },
  });
  const finish = () => {
    running = false;
    typing.next();
  };
  return { typing, started, given, finish };
}

it("[CONSOLE-16] pasted commands run one by one, each when the previous one has ended", () => {
  const { typing, started, finish } = slowShell();
  typing.enter("kubectl apply -f - <<EOF\nkind: Pod\nEOF\nkubectl get pods\ncurl web");
  expect(started).toEqual(["kubectl apply -f - <<EOF\nkind: Pod\nEOF"]);
  finish();
  finish();
  expect(started.slice(1)).toEqual(["kubectl get pods", "curl web"]);
});

it("[CONSOLE-17] a here-document is typed line by line and runs when it is closed", () => {
  const { typing, started } = slowShell();
  for (const line of ["kubectl apply -f - <<EOF", "kind: Pod", ""]) typing.enter(line);
  expect(typing.read().open).toBe("kubectl apply -f - <<EOF\nkind: Pod\n");
  typing.enter("EOF");
  expect(started).toEqual(["kubectl apply -f - <<EOF\nkind: Pod\n\nEOF"]);
  expect(typing.read().open).toBe("");
});

it("[CONSOLE-18] Ctrl+C stops the running command and forgets those behind it", () => {
  const { typing, started, finish } = slowShell();
  typing.enter("sleep 100\ncurl web");
  typing.interrupt("");
  finish();
  expect(started).toEqual(["sleep 100"]);
});

it("[CONSOLE-19] Ctrl+C at the prompt gives up what was typed", () => {
  const { typing, given } = slowShell();
  typing.enter("cat <<EOF");
  typing.interrupt("half");
  expect(given).toEqual(["cat <<EOF\nhalf"]);
  expect(typing.read().open).toBe("");
});
