// Marks on the track: actions in words, failures, groups.
import { expect, it } from "vitest";
import { parseAction } from "../../scenario/index.ts";
import { actionMarks, describeAction, failureMark, groupMarks } from "./marks.ts";

const laptop = { kind: "client", name: "laptop" } as const;

it.each([
  [{ kind: "shell", line: "kubectl apply -f - <<EOF\nkind: Pod\nEOF" }, "kubectl apply -f - <<EOF"],
  [{ kind: "send", from: laptop, host: "192.168.1.11", port: 30080 }, "Send from laptop to 192.168.1.11:30080"],
  [{ kind: "scale", namespace: "default", name: "web", replicas: 5 }, "Scale web to 5"],
  [{ kind: "readiness", namespace: "default", name: "web-0", ready: null }, "Let the probes of web-0 decide"],
  [{ kind: "node-power", name: "node-2", on: false }, "Stop node-2"],
])("[TIME-4] an action in words: %j", (action, text) => {
  expect(describeAction(parseAction(action, "action"))).toBe(text);
});

it("[TIME-5] only requests that came to nothing are marked as failed", () => {
  const exchange = {
    id: 1,
    from: laptop,
    target: "10.0.0.1:80",
    purpose: "request",
    startedAt: 1,
    packets: [],
  } as const;
  const refused = { kind: "refused", reason: "no endpoints" } as const;
  expect(failureMark({ ...exchange, outcome: refused })).toBeUndefined();
  expect(failureMark({ ...exchange, endedAt: 9, outcome: refused })).toEqual({
    at: 9,
    kind: "failed",
    text: "10.0.0.1:80 refused: no endpoints",
    ahead: false,
  });
  expect(failureMark({ ...exchange, purpose: "probe", endedAt: 9, outcome: refused })).toBeUndefined();
});

it("[TIME-6] marks that would lie on each other are one group", () => {
  const log = [0, 10, 95, 100, 400].map((at) => ({ at, action: { kind: "stop-traffic" } as const }));
  const groups = groupMarks(actionMarks(log.slice(0, 3), log.slice(3)), 100);
  expect(groups.map((group) => group.map((mark) => mark.at))).toEqual([[0, 10, 95], [100], [400]]);
  expect(groups.at(-1)?.[0]?.ahead).toBe(true);
});
