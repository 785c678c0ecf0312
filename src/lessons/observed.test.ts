// What checks say once they are met.
import { describe, expect, test } from "vitest";
import { missingOf } from "./checks.ts";
import type { Check, Doing } from "./lesson.ts";
import { seenOf } from "./lost.ts";
import { observedOf } from "./observed.ts";
import { does, running } from "./testing.ts";

const OBSERVED: ReadonlyArray<readonly [check: Check, observed: RegExp, ...doings: readonly Doing[]]> = [
  [{ exists: "Service/web" }, /^Service web exists\.$/],
  [{ gone: "Service/api" }, /^Service api is gone\.$/],
  [{ field: "Service/web#spec.type", is: "NodePort" }, /^Service web: spec\.type is NodePort\.$/],
  [{ field: "Service/web#spec.externalName", present: false }, /^Service web: spec\.externalName is not set\.$/],
  [{ endpoints: "Service/web", ready: 2 }, /^Service web has 2 ready endpoints: 10\.244\.\d\.\d+, 10\.244\.\d\.\d+\.$/],
  [{ pods: "app=web", ready: 2 }, /^2 pods with the label app=web are ready\.$/],
  [{ replaced: "app=web" }, /^Pod web-\w+-\w+ is new, and ready\.$/, { kill: "app=web" }],
  [{ unbroken: true }, /^Nothing in the cluster is broken any more\.$/],
  [
    { request: { from: "laptop" }, source: "node" },
    /^Pod web-\w+-\w+ answered the laptop, which called \S+30080\S*, at 0:0\d\.\d, and saw 192\.168\.1\.11 as its sender\.$/,
    "curl http://192.168.1.11:30080/",
  ],
  [
    { request: { to: "node:30081" }, outcome: "refused" },
    /^A request from the laptop to port 30081 of a node was refused at 0:0\d\.\d\.$/,
    "curl http://192.168.1.11:30081/",
  ],
  [
    { request: { to: "node:30080" }, times: 3 },
    /^\d+ requests to port 30080 of a node were answered by [12] pods?, the last one at 0:1\d\.\d\.$/,
    { traffic: { from: "phone", to: "192.168.1.12:30080", rate: 4 } },
    { wait: 6_000 },
  ],
  [
    { none: { from: "phone" }, outcome: "refused" },
    /^Of \d+ requests from the phone none was refused\.$/,
    { traffic: { from: "phone", to: "192.168.1.12:30080", rate: 4 } },
    { wait: 6_000 },
  ],
  [{ typed: "kubectl get" }, /^Typed at 0:05\.0: kubectl get pods$/, "kubectl get pods"],
  [{ did: "scale" }, /^Scaling was done at 0:05\.0\.$/, { scale: "Deployment/web", replicas: 1 }],
  [{ avoided: ["scale", "kill-pod"] }, /^So far without scaling or deleting a pod\.$/],
  [{ neverTyped: ["kubectl delete"] }, /^So far without kubectl delete\.$/],
  [
    { allOf: [{ exists: "Service/web" }, { not: { exists: "Service/api" }, say: "x" }] },
    /^Service web exists\. There is no Service api\.$/,
  ],
  [{ anyOf: [{ exists: "Service/api" }, { exists: "Service/web" }] }, /^Service web exists\.$/],
];

describe("[LESSON-20] a check that is met says what was observed", () => {
  for (const [check, observed, ...doings] of OBSERVED)
    test(JSON.stringify(check), () => {
      const run = running();
      does(run, ...doings);
      const seen = seenOf(run, 5_000, 0);
      expect(missingOf(check, seen)).toBeUndefined();
      expect(observedOf(check, seen)).toMatch(observed);
    });
});
