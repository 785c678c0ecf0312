// Going to a moment piece by piece.
import fc from "fast-check";
import { expect, it } from "vitest";
import { goalOfStep, Replay } from "./replay.ts";
import { createRun } from "./run.ts";
import { newScenario, type Scenario, type TimedAction } from "./scenario.ts";

const LAPTOP = { kind: "client", name: "laptop" } as const;
const TEXT = `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "nginx:1.29", ports: [{ containerPort: 8080 }] }] }
`;
const SEND = { kind: "send", from: LAPTOP, host: "192.168.1.12", port: 30_080 } as const;
const LOG: readonly TimedAction[] = [
  { at: 3_000, action: { kind: "start-traffic", from: LAPTOP, host: "192.168.1.11", port: 30_080, rate: 10 } },
  { at: 4_000, action: SEND },
  { at: 4_000, action: { kind: "scale", namespace: "default", name: "web", replicas: 5 } },
  { at: 4_000, action: SEND },
  { at: 9_000, action: { kind: "stop-traffic" } },
];
const SCENARIO: Scenario = { ...newScenario(TEXT), log: LOG };

it("[RUN-9] however the way is cut, it ends where it would have ended at once", () => {
  const whole = createRun(SCENARIO);
  whole.advance(12_000);
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(6)), (rests) => {
      const run = createRun(SCENARIO);
      const replay = new Replay(run, { at: 12_000 });
      for (let works = 0; !replay.done; works++) {
        expect(works).toBeLessThan(100_000);
        let left = rests.next().value;
        replay.work(() => left-- > 0);
      }
      expect([run.cluster.clock.now, run.digest]).toEqual([12_000, whole.digest]);
    }),
    { numRuns: 4 },
  );
});

it("[RUN-9] it stops right after so many actions, also where several share an instant", () => {
  for (let step = 0; step <= LOG.length; step++) {
    const run = createRun(SCENARIO);
    const replay = new Replay(run, goalOfStep(SCENARIO, step));
    replay.work(() => true);
    expect([run.log.length, run.cluster.clock.now]).toEqual([step, LOG[step - 1]?.at ?? 0]);
    expect(replay.share).toBe(1);
    run.advance(12_000 - run.cluster.clock.now);
    expect(run.log).toHaveLength(LOG.length);
  }
});

it("[RUN-9] a moment full of actions or of events is cut too", () => {
  const sends = Array.from({ length: 400 }, () => ({ at: 4_000, action: SEND }));
  const run = createRun({ ...SCENARIO, log: sends });
  const replay = new Replay(run, { at: 4_400 });
  let pieces = 0;
  while (!replay.done) {
    pieces += 1;
    const before = run.log.length;
    replay.work(() => false);
    expect(run.log.length - before).toBeLessThanOrEqual(1);
  }
  expect(pieces).toBeGreaterThan(400);
});
