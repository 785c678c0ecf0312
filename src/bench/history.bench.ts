// What going back in time costs: seeks anywhere and near the playhead, forks, and the memory of an hour of 300 pods.
import { History } from "../history/index.ts";
import { type Action, createRun, newScenario, type Run } from "../scenario/index.ts";

const MINUTE = 60_000;
/** Each is followed by the parking of an idle page, which takes much longer and is not measured. */
const SEEKS = 40;
const FORKS = 10;
/** How far from the playhead a near seek goes, in virtual ms. */
const NEAR = 5_000;

const manifest = (replicas: number) => `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 8080}]}]}
`;

const traffic = (rate: number): Action => ({
  kind: "start-traffic",
  from: { kind: "client", name: "laptop" },
  host: "192.168.1.12",
  port: 30080,
  rate,
});

/** A history of a run as the page has it, of this many virtual minutes. */
function live(replicas: number, rate: number, minutes: number): History<Run> {
  const head = createRun(newScenario(manifest(replicas)));
  const history: History<Run> = new History<Run>(head, { open: (scenario) => createRun(scenario) });
  head.advance(6_000);
  head.perform(traffic(rate));
  for (let minute = 1; minute <= minutes; minute++) {
    head.advance(MINUTE);
    if (minute % 2 === 0)
      head.perform({ kind: "scale", namespace: "default", name: "web", replicas: replicas + (minute % 4) });
  }
  return history;
}

/** The time that 95 of 100 seeks stay within, in ms. */
function p95(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
}

/** Numbers that look random and are the same in each run. */
function* spread(): Generator<number, never> {
  for (let at = 0.5; ; at = (at + 0.6180339887498949) % 1) yield at;
}

interface Playhead {
  readonly history: History<Run>;
  run: Run;
}

/** Goes to a moment and gives the run before back; then parks, as an idle page does. Only the going is timed. */
function seek(playhead: Playhead, time: number): number {
  const { history } = playhead;
  const from = performance.now();
  const run = history.at(time);
  const took = performance.now() - from;
  if (run !== playhead.run) history.park(playhead.run);
  playhead.run = run;
  while (history.work(time, () => true));
  return took;
}

const heapUsed = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

const limit = (value: number, most: number) => `${most}: ${value <= most ? "kept" : "EXCEEDED"}`;

function row(what: string, value: number, most: number, unit: string) {
  return { what, value: Number(value.toFixed(1)), unit, limit: limit(value, most) };
}

/** The table that `npm run bench` prints. */
export async function run(): Promise<object[]> {
  const history = live(3, 10, 10);
  const end = history.head.cluster.clock.now;
  const playhead: Playhead = { history, run: history.head };
  const from = performance.now();
  const whole = history.spare(end);
  const replay = performance.now() - from;
  while (history.work(end, () => true));
  const at = spread();
  const anywhere = Array.from({ length: SEEKS }, () => seek(playhead, at.next().value * end));
  const near = Array.from({ length: SEEKS }, (_, index) => {
    const base = (Math.floor(index / 20) + 1) * (end / 12);
    if (index % 20 === 0) seek(playhead, base);
    return seek(playhead, base + (at.next().value - 0.5) * 2 * NEAR);
  });
  const forks = Array.from({ length: FORKS }, () => {
    const past = history.at(at.next().value * end);
    const began = performance.now();
    const { id } = history.fork(past, "fork");
    past.perform({ kind: "scale", namespace: "default", name: "web", replicas: 1 });
    const took = performance.now() - began;
    history.delete(id);
    return took;
  });
  const { runs, bytes } = history.parked;
  const before = heapUsed();
  const large = live(300, 1, 60);
  while (large.work(large.head.cluster.clock.now / 2, () => true));
  const memory = (heapUsed() - before) / 1e6;
  return [
    row("ten minutes at 10 requests/s from the beginning", replay, Number.POSITIVE_INFINITY, "ms"),
    row("seek anywhere in them, p95", p95(anywhere), 100, "ms"),
    row("share of the whole replay", p95(anywhere) / replay, 1, "×"),
    row("seek within 5 s of the playhead, p95", p95(near), 16, "ms"),
    row("fork and act, p95", p95(forks), 16, "ms"),
    { what: "parked then", value: runs, unit: "runs", limit: `${(bytes / 1e6).toFixed(0)} MB estimated` },
    row("an hour of 300 pods, with what is parked", memory, 150, "MB"),
    {
      what: "parked then",
      value: large.parked.runs,
      unit: "runs",
      limit: `${(large.parked.bytes / 1e6).toFixed(0)} MB estimated`,
    },
    ...(whole.digest === history.headOf(1).digest ? [] : [{ what: "the replay differs from the head" }]),
  ];
}
