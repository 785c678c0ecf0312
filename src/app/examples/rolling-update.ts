// The example that compares: one rolling update under traffic, with a readiness probe and without one.
import type { Scenario, TimedAction } from "../../scenario/index.ts";
import { W } from "../../words/en/rolling-update.ts";
import text from "./rolling-update.yaml?raw";

const IMAGE = "image: nginx:1.28";
const PORTS = `          ports:
            - containerPort: 80`;
const PROBE = `
          readinessProbe:
            httpGet:
              port: 80
            periodSeconds: 1`;

/** Virtual ms at which each thing is done, and how long both futures are played. */
const AT = { traffic: 6_000, slow: 8_000, update: 10_000, note: 15_000, end: 40_000 };

const slow = (kind: "slow-start" | "slow-shutdown", seconds: number): TimedAction => ({
  at: AT.slow,
  action: { kind: "fail", fault: { kind, resource: "deployments.apps", namespace: "default", name: "web", seconds } },
});
const version2 = text.replace(IMAGE, "image: nginx:1.29");
const update = (manifest: string): TimedAction => ({ at: AT.update, action: { kind: "apply", text: manifest } });

/** Two futures with the same seed and the same traffic; any difference comes from the probe. */
export const ROLLING_UPDATE: Scenario = {
  version: 1,
  title: W.title,
  seed: "podpath",
  settings: {},
  text,
  log: [
    {
      at: AT.traffic,
      action: {
        kind: "start-traffic",
        from: { kind: "client", name: "laptop" },
        host: "192.168.1.12",
        port: 30_080,
        rate: 5,
      },
    },
    slow("slow-start", 4),
    slow("slow-shutdown", 4),
    update(version2),
  ],
  notes: [
    {
      at: AT.slow,
      text: W.slow,
    },
    { at: AT.update, text: W.beginsWithout },
  ],
  branches: {
    name: W.withoutProbe,
    until: AT.end,
    others: [
      {
        name: W.withProbe,
        shares: 3,
        log: [update(version2.replace(PORTS, PORTS + PROBE))],
        until: AT.end,
        notes: [{ at: AT.update, text: W.begins }],
      },
    ],
  },
};
