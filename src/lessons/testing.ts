// A small cluster for the tests of this room.
import { createRun, newScenario, type Run } from "../scenario/index.ts";
import { createShell } from "../shell/index.ts";
import type { Doing } from "./lesson.ts";
import { atOnce, play } from "./play.ts";

export const WEB = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]
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

/** A run of it with a console, its pods ready. */
export function running(text = WEB): Run {
  const run = createRun(newScenario(text), { createShell });
  run.advance(5_000);
  return run;
}

/** Does things in a run, each to its end. */
export function does(run: Run, ...doings: readonly Doing[]): void {
  atOnce(play(run, doings));
}
