// Typing, pasting, waiting and giving up at the prompt.
import { expect, it } from "vitest";
import { createCluster } from "../../cluster/index.ts";
import { createShell } from "../../shell/index.ts";
import { Session } from "./session.ts";

const shell = createShell({ cluster: createCluster({ seed: "1" }) });

/** A shell in which a command runs until `finish` is called. */
function slowShell() {
  const started: string[] = [];
  const given: string[] = [];
  let running = false;
  const session = new Session({
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
    session.next();
  };
  return { session, started, given, finish };
}

it("[CONSOLE-16] pasted commands run one by one, each when the one before has ended", () => {
  const { session, started, finish } = slowShell();
  session.enter("kubectl apply -f - <<EOF\nkind: Pod\nEOF\nkubectl get pods\ncurl web");
  expect(started).toEqual(["kubectl apply -f - <<EOF\nkind: Pod\nEOF"]);
  finish();
  finish();
  expect(started.slice(1)).toEqual(["kubectl get pods", "curl web"]);
});

it("[CONSOLE-17] a here-document is typed line by line and runs when it is closed", () => {
  const { session, started } = slowShell();
  for (const line of ["kubectl apply -f - <<EOF", "kind: Pod", ""]) session.enter(line);
  expect(session.read().open).toBe("kubectl apply -f - <<EOF\nkind: Pod\n");
  session.enter("EOF");
  expect(started).toEqual(["kubectl apply -f - <<EOF\nkind: Pod\n\nEOF"]);
  expect(session.read().open).toBe("");
});

it("[CONSOLE-18] Ctrl+C stops the running command and forgets those behind it", () => {
  const { session, started, finish } = slowShell();
  session.enter("sleep 100\ncurl web");
  session.interrupt("");
  finish();
  expect(started).toEqual(["sleep 100"]);
});

it("[CONSOLE-19] Ctrl+C at the prompt gives up what was typed", () => {
  const { session, given } = slowShell();
  session.enter("cat <<EOF");
  session.interrupt("half");
  expect(given).toEqual(["cat <<EOF\nhalf"]);
  expect(session.read().open).toBe("");
});
