// A moment is a replay: whatever was asked for in between, the same moment is the same, and nothing at the head changes.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Action, createRun, newScenario, type Occurrence, type Run, type Scenario } from "../scenario/index.ts";
import { createShell } from "../shell/index.ts";
import { findCause } from "./cause.ts";
import { compareRuns } from "./compare.ts";
import { describeDifference, firstDifference } from "./first-difference.ts";
import { History } from "./history.ts";
import { positionOf } from "./moment.ts";

const TEXT = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 8080}]}]}
`;
const LAPTOP = { kind: "client", name: "laptop" } as const;
const SEND: Action = { kind: "send", from: LAPTOP, host: "192.168.1.12", port: 30080 };
const TRAFFIC: Action = { kind: "start-traffic", from: LAPTOP, host: "192.168.1.11", port: 30080, rate: 5 };
const SCALE = (replicas: number): Action => ({ kind: "scale", namespace: "default", name: "web", replicas });
const BREAK: Action = {
  kind: "apply",
  text: TEXT.replace("selector: {app: web}, ports", "selector: {app: wrong}, ports"),
};
const SHELL: Action = { kind: "shell", line: "kubectl get pods" };

const open = (scenario: Scenario) => createRun(scenario, { createShell });
const begin = (budgetBytes = 96_000_000) => {
  const head = open(newScenario(TEXT));
  head.advance(5_000);
  return new History(head, { open, budgetBytes });
};

/** Lets time pass and acts, at the head. */
function live(history: History, steps: ReadonlyArray<readonly [number, Action?]>): void {
  for (const [ms, action] of steps) {
    history.head.advance(ms);
    if (action !== undefined) history.head.perform(action);
  }
}

const podsOf = (run: Run) =>
  run.cluster.api.list("pods", { namespace: "default" }).map(({ metadata }) => metadata.name);

describe("moments", () => {
  it("[HIST-1] nodes that joined and left are there at their times, and in a fork", () => {
    const history = begin();
    const ofNodes = (...names: string[]): Action => ({
      kind: "configure",
      settings: { nodes: names.map((name) => ({ name })) },
    });
    live(history, [[1_000, ofNodes("node-1")], [60_000, { kind: "shell", line: "sim node add" }], [5_000]]);
    const names = (run: Run) => run.cluster.settings.nodes.map(({ name }) => name);
    const { digest } = history.head;
    expect(names(history.head)).toEqual(["node-1", "node-2"]);
    expect(names(history.at(5_500))).toEqual(["node-1", "node-2", "node-3"]);
    const past = history.at(30_000);
    expect(names(past)).toEqual(["node-1"]);
    expect(past.cluster.api.list("nodes")).toHaveLength(1);
    expect(history.at(71_000).digest).toBe(digest);
  });

  it("[HIST-1] the same moment twice is the same", () => {
    const history = begin();
    live(history, [[1_000, SEND], [300, SCALE(5)], [0, SHELL], [0, TRAFFIC], [8_000]]);
    for (const time of [0, 5_999, 6_000, 6_300, 9_999, 14_000]) {
      const one = history.at(time);
      const digest = one.digest;
      history.park(one);
      expect(history.at(time).digest).toBe(digest);
    }
  });

  it("[HIST-1] actions of one instant are moments of their own", () => {
    const history = begin();
    live(history, [[1_000, SCALE(5)], [0, SCALE(2)], [4_000]]);
    const replicas = (actions: number) =>
      history.at(6_000, { actions }).cluster.api.get("deployments.apps", "default", "web").spec?.replicas;
    expect([0, 1, 2].map(replicas)).toEqual([3, 5, 2]);
  });

  it("[HIST-2] seeking does not disturb the head", () => {
    const [history, calm] = [begin(), begin()];
    const steps = [[1_000, SEND], [300, SCALE(5)], [9_000, TRAFFIC], [5_000]] as const;
    live(calm, steps);
    for (const step of steps) {
      live(history, [step]);
      history.park(history.at(history.head.cluster.clock.now / 2));
      history.work(history.head.cluster.clock.now / 3, () => true);
    }
    expect(history.head.digest).toBe(calm.head.digest);
    expect(history.at(Number.POSITIVE_INFINITY)).toBe(history.head);
  });

  it("[HIST-3] a run that was parked before an action performs it when time gets there", () => {
    const history = begin();
    live(history, [[2_000]]);
    history.park(history.at(3_000));
    live(history, [[0, SCALE(1)], [10_000]]);
    expect(podsOf(history.at(16_000))).toHaveLength(1);
    const scratch = open(history.head.scenario("run"));
    scratch.advance(16_000);
    expect(history.at(16_000).digest).toBe(scratch.digest);
  });

  it("[HIST-4] a seek in slices ends where the same seek at once ends", () => {
    const history = begin();
    live(history, [[1_000, TRAFFIC], [30_000, SCALE(6)], [30_000]]);
    const seek = history.seek(50_000);
    let slices = 0;
    while (seek.run === undefined) {
      seek.work(() => false);
      slices++;
    }
    expect(slices).toBeGreaterThan(10);
    expect(seek.run.digest).toBe(history.at(50_000).digest);
  });
});

describe("branches", () => {
  it("[HIST-5] both futures of a fork are kept, and each is what its own log gives", () => {
    const history = begin();
    live(history, [[1_000, SCALE(5)], [5_000, BREAK], [5_000]]);
    const main = history.current;
    const past = history.at(8_000);
    const fork = history.fork(past, "kept the selector");
    expect(fork.from).toMatchObject({ branch: main, time: 8_000 });
    live(history, [[0, SCALE(1)], [10_000]]);
    for (const { id } of history.branches()) {
      const head = history.headOf(id);
      const scratch = open(head.scenario("run"));
      scratch.advance(head.cluster.clock.now);
      expect(scratch.digest).toBe(head.digest);
    }
    expect(podsOf(history.headOf(main))).toHaveLength(3); // the text says three
    expect(podsOf(history.head)).toHaveLength(1);
  });

  it("[HIST-6] acting in the past forks, acting at the head does not", () => {
    const history = begin();
    const name = (action: Action, time: number) => `${action.kind} at ${time}`;
    history.perform(history.head, SCALE(4), name);
    live(history, [[3_000]]);
    expect(history.branches()).toHaveLength(1);
    history.perform(history.at(6_000), SCALE(1), name);
    expect(history.branches().map((each) => each.name)).toEqual(["First run", "scale at 6000"]);
  });

  it("[HIST-7] branches are renamed and deleted, but not the last one", () => {
    const history = begin();
    live(history, [[3_000]]);
    const fork = history.fork(history.at(6_000), "fork");
    history.rename(fork.id, "another");
    expect(history.branches().at(-1)?.name).toBe("another");
    expect(history.delete(fork.id)).toBe(true);
    expect(history.current).toBe(1);
    expect(history.delete(1)).toBe(false);
  });
});

describe("parked runs", () => {
  it("[HIST-8] runs are parked evenly over the past, and densely behind playhead and head", () => {
    const history = begin();
    live(history, [[600_000]]);
    while (history.work(300_000, () => true));
    const { times } = history.parked;
    expect(times.some((time) => time < 300_000 && time >= 298_000)).toBe(true);
    expect(times.some((time) => time > 600_000 && time < 605_000)).toBe(true);
    for (let time = 100_000; time <= 600_000; time += 100_000)
      expect(times.some((each) => each <= time && each > time - 100_000)).toBe(true);
    expect(times.length).toBeLessThan(40);
  });

  it("[HIST-8] work ends where the budget has no room for all that is wanted", () => {
    const history = begin(9_000_000);
    live(history, [[0, SCALE(40)], [60_000], [0, SCALE(1)], [60_000]]);
    for (const playhead of [110_000, 30_000]) {
      let moves = 0;
      while (history.work(playhead, () => true)) expect(++moves).toBeLessThan(50);
      expect(history.parked.bytes).toBeLessThanOrEqual(9_000_000);
    }
  });

  it("[HIST-9] parked runs stay within the budget, whatever is sought", () => {
    const history = begin(12_000_000);
    live(history, [[60_000]]);
    for (const time of [1, 10_000, 20_000, 30_000, 40_000, 50_000]) history.park(history.at(time));
    while (history.work(30_000, () => true));
    expect(history.parked.runs).toBeGreaterThan(0);
    expect(history.parked.bytes).toBeLessThanOrEqual(12_000_000);
  });
});

describe("comparing, and looking for causes", () => {
  it("[HIST-10] two futures differ in what one change caused", () => {
    const history = begin();
    live(history, [[1_000, TRAFFIC], [9_000]]);
    const main = history.current;
    history.fork(history.at(10_000), "broken selector");
    live(history, [[0, BREAK], [5_000]]);
    const { objects, outcomes } = compareRuns(history.headOf(main), history.head);
    expect(objects).toContainEqual({
      resource: "services",
      key: "default/web",
      path: ["spec", "selector", "app"],
      before: "web",
      after: "wrong",
    });
    expect(objects.filter(({ resource }) => resource === "pods")).toEqual([]);
    expect(outcomes.find(({ kind }) => kind === "refused")?.before).toBe(0);
    expect(outcomes.find(({ kind }) => kind === "refused")?.after).toBeGreaterThan(0);
    expect(compareRuns(history.head, history.head).objects).toEqual([]);
  });

  it("[HIST-11] the cause is the action after which the answer changed, wherever it was planted", () => {
    const noise: fc.Arbitrary<Action> = fc.constantFrom<Action>(SEND, SCALE(2), SCALE(4), SHELL);
    const plan = fc.record({
      early: fc.array(fc.tuple(fc.integer({ min: 0, max: 4_000 }), noise), { maxLength: 4 }),
      late: fc.array(fc.tuple(fc.integer({ min: 0, max: 4_000 }), noise), { maxLength: 4 }),
      gap: fc.integer({ min: 0, max: 3_000 }),
    });
    fc.assert(
      fc.property(plan, ({ early, late, gap }) => {
        const history = begin();
        live(history, [...early, [gap, BREAK], ...late, [2_000]]);
        const broken = (run: Run) => run.cluster.api.get("services", "default", "web").spec?.selector?.app === "wrong";
        const cause = findCause(history, broken, { at: positionOf(history.head) });
        expect(cause?.action?.action).toEqual(BREAK);
      }),
      { numRuns: 15, seed: 1 },
    );
  });

  it("[HIST-11] what no action caused is found by its time", () => {
    const history = begin();
    live(history, [[1_000, { kind: "fail", fault: { kind: "kubelet", node: "node-1" } }], [90_000]]);
    const lost = (run: Run) =>
      run.cluster.api.get("nodes", undefined, "node-1").status?.conditions?.find(({ type }) => type === "Ready")
        ?.status !== "True";
    const cause = findCause(history, lost, { at: positionOf(history.head) });
    expect(cause?.action).toBeUndefined();
    expect(lost(history.at(cause?.before.time ?? 0))).toBe(false);
    expect(lost(history.at(cause?.after.time ?? 0))).toBe(true);
    expect((cause?.after.time ?? 0) - (cause?.before.time ?? 0)).toBeLessThanOrEqual(1);
  });
});

it("[HIST-12] where two runs part is named by object, field and time", () => {
  const happened: [Occurrence[], Occurrence[]] = [[], []];
  for (const [at, replicas] of [3, 4].entries()) {
    const run = createRun(newScenario(TEXT), { onOccurrence: (each) => void happened[at]?.push(each) });
    run.advance(6_000);
    run.perform(SCALE(replicas));
  }
  const first = firstDifference(...happened);
  expect(first).toMatchObject({ at: 6_000, what: "deployments.apps default/web MODIFIED" });
  expect(first === undefined ? "" : describeDifference(first)).toContain("deployments.apps default/web MODIFIED");
  expect(firstDifference(happened[0], happened[0])).toBeUndefined();
});
