// What one keystroke costs in manifests of 200 and 2,000 lines: parsed, validated and applied, looked through, and completed.
import { advise, complete, outline } from "../app/editor/language/index.ts";
import { parseManifest } from "../manifest/index.ts";
import { createRun, newScenario } from "../scenario/index.ts";

const GOAL_MS: Readonly<Record<number, number>> = { 200: 16, 2000: 50 };
const ROUNDS = 21;

const pair = (at: number) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-${at}
spec:
  replicas: 1
  selector:
    matchLabels:
      app: web-${at}
  template:
    metadata:
      labels:
        app: web-${at}
    spec:
      containers:
        - name: web
          image: nginx
          ports:
            - name: http
              containerPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: web-${at}
spec:
  type: NodePort
  selector:
    app: web-${at}
  ports:
    - port: 80
      targetPort: http
---
`;

function median(measure: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const begin = performance.now();
    measure();
    return performance.now() - begin;
  });
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}

function row(lines: number): Record<string, number> {
  const text = Array.from({ length: Math.round(lines / (pair(0).split("\n").length - 1)) }, (_, at) => pair(at)).join(
    "",
  );
  const run = createRun(newScenario(text, "bench"));
  run.advance(10_000);
  const lister = { list: (resource: string) => run.cluster.api.list(resource) };
  let keystrokes = 0;
  const typed = () => text.replace("replicas: 1", `replicas: ${++keystrokes}`);
  const round = (ms: number) => Math.round(ms * 10) / 10;
  const keystroke = median(() => {
    const now = typed();
    run.perform({ kind: "apply", text: now });
    advise(now, lister);
  });
  return {
    lines: text.split("\n").length,
    "outline ms": round(median(() => outline(typed()))),
    "parse ms": round(median(() => parseManifest(typed()))),
    "advise ms": round(median(() => advise(typed(), lister))),
    "complete ms": round(median(() => complete({ text: `${typed()}\n`, line: 7, column: 2, lister }))),
    "parsed, validated, applied ms": round(keystroke),
    "goal ms": GOAL_MS[lines] ?? 0,
  };
}

/** One row per size. */
export function run(): readonly Record<string, number>[] {
  row(200); // the first run pays for compiling
  return [200, 2000].map(row);
}
