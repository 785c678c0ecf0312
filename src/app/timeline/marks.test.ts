// Marks on the track: actions in words, failures, groups.
import { expect, it } from "vitest";
import { parseAction } from "../../scenario/index.ts";
import { describeAction } from "../store/sentences.ts";
import { actionMarks, failureMark, groupMarks } from "./marks.ts";

const laptop = { kind: "client", name: "laptop" } as const;

it.each([
  [{ kind: "shell", line: "kubectl apply -f - <<EOF\nkind: Pod\nEOF" }, "kubectl apply -f - <<EOF"],
  [{ kind: "send", from: laptop, host: "192.168.1.11", port: 30080 }, "Send from laptop to 192.168.1.11:30080"],
  [{ kind: "scale", namespace: "default", name: "web", replicas: 5 }, "Scale web to 5"],
  [
    { kind: "fail", fault: { kind: "readiness", namespace: "default", pod: "web-0", ready: false } },
    "Override the readiness of pod web-0",
  ],
  [{ kind: "fail", fault: { kind: "node-power", node: "node-2" } }, "Cut the power of node-2"],
])("[TIME-4] an action in words: %j", (action, text) => {
  expect(describeAction(parseAction(action, "action"))).toBe(text);
});

it("[TIME-5] only requests that failed are marked as failed", () => {
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

it("[TIME-7] a lost packet is marked at the drop, once, and not while it will be sent again", () => {
  const exchange = {
    id: 1,
    from: laptop,
    target: "10.0.0.1:80",
    purpose: "request",
    startedAt: 1,
    packets: [],
  } as const;
  const loss = { at: 5, reason: "node-2 has no power", ends: "timeout", until: 130_001 } as const;
  const mark = { at: 5, kind: "failed", text: "10.0.0.1:80 lost: node-2 has no power", ahead: false };
  const pending = { kind: "pending" } as const;
  expect(failureMark({ ...exchange, outcome: pending, loss })).toEqual(mark);
  expect(failureMark({ ...exchange, outcome: pending, loss: { ...loss, again: 9 } })).toBeUndefined();
  const outcome = { kind: "timeout", reason: loss.reason } as const;
  expect(failureMark({ ...exchange, endedAt: 130_001, outcome, loss })).toEqual(mark);
});

it("[TIME-6] marks that would lie on each other are one group", () => {
  const log = [0, 10, 95, 100, 400].map((at) => ({ at, action: { kind: "stop-traffic" } as const }));
  const groups = groupMarks(actionMarks(log.slice(0, 3), log.slice(3)), 100);
  expect(groups.map((group) => group.map((mark) => mark.at))).toEqual([[0, 10, 95], [100], [400]]);
  expect(groups.at(-1)?.[0]?.ahead).toBe(true);
});
