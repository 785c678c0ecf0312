// Signals, traps, jobs and time.
import { expect, test } from "vitest";
import type { Process } from "./process.ts";
import { runScript, testMachine } from "./testing.ts";

/** Runs a script as a machine's first process and sends it TERM after some time. */
function terminated(script: string, afterMs: number, first = true) {
  const machine = testMachine();
  const sent: { at?: number } = {};
  const started = (process: Process) =>
    void machine.later(afterMs, () => {
      sent.at = machine.now();
      process.signal("TERM");
    });
  return runScript(script, { machine, first, started, limit: 60_000 });
}

test("[SH-5] a trap waits for the command that runs", () => {
  expect(terminated("trap 'echo bye; exit 3' TERM; while true; do sleep 10; done", 2_000)).toMatchObject({
    stdout: "bye\n",
    status: 3,
    took: 10_000,
  });
});

test("[SH-5] wait ends at once when a signal comes that has a trap", () => {
  expect(terminated("trap 'echo bye; exit 0' TERM; sleep 1000 & wait", 2_000)).toMatchObject({
    stdout: "bye\n",
    status: 0,
    took: 2_000,
  });
});

test("[SH-5] a first process without a trap does not notice TERM, any other ends", () => {
  expect(terminated("sleep 30", 2_000)).toMatchObject({ status: 0, took: 30_000 });
  expect(terminated("sleep 30", 2_000, false)).toMatchObject({ status: 143, took: 2_000 });
});

test("[SH-2] the stages of a pipeline run side by side", () => {
  const machine = testMachine();
  const script = "while true; do echo tick; sleep 1; done | while read x; do echo $x $SECONDS; done | head -n 3";
  const { stdout, took } = runScript(script, { machine });
  expect(stdout).toBe("tick 0\ntick 1\ntick 2\n");
  // head ends at the third line; the loop before it at its next, and the first a second later.
  expect(took).toBe(4_000);
});

test("[SH-2] a loop keeps nothing of the rounds that are over", () => {
  const machine = testMachine();
  let written = 0;
  runScript("while true; do echo tick; sleep 1; done > /dev/null", { machine, limit: 1_000_000 });
  written = machine.processes.list().length;
  expect(written).toBeLessThan(5);
});

test("a process may end itself in its first command", () => {
  expect(runScript("kill $$; echo no")).toMatchObject({ stdout: "", status: 143 });
  expect(runScript("kill -9 1")).toMatchObject({ status: 137 });
});

test.each([
  ["sleep 2; echo $SECONDS", "2\n", 2_000],
  ["sleep 1 & sleep 2 & wait; echo $SECONDS", "2\n", 2_000],
  ["timeout 2 sleep 10; echo $?", "124\n", 2_000],
  ["(sleep 1; echo a) & echo b; wait", "b\na\n", 1_000],
  ["sleep 1; date +%s", `${Date.UTC(2026, 10, 21) / 1000 + 1}\n`, 1_000],
  ["sleep 100 & kill $!; wait $!; echo $?", "143\n", 0],
])("[SH-2] %s", (script, stdout, took) => {
  expect(runScript(script)).toMatchObject({ stdout, took });
});
