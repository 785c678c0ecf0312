// Mistakes and accidents of machines and routes: power, rules that are out of date, firewalls, links.
import type { Mistake } from "../mistake.ts";
import { askFor, partOf, portOf, reachedAt, serviceOf, workloadOf } from "../world.ts";
import { ofApp } from "./endpoints.ts";

const LAPTOP = { kind: "client", name: "laptop" } as const;
const gate = ({ nodePort }: { readonly nodePort: number | undefined }) => nodePort !== undefined;

export const MACHINE_MISTAKES: readonly Mistake[] = [
  ofApp("node-without-power", gate, ({ app }) => {
    return {
      ask: { from: LAPTOP, host: "192.168.1.13", port: app.nodePort ?? 0 },
      lines: ["sim fail node/node-3", "sleep 70"],
      causes: ["node-dead", "sender-without-power"],
      words: ["node-3", "power"],
    };
  }),
  ofApp("firewall", gate, ({ app }) => {
    return {
      ask: { from: LAPTOP, host: { nodeWith: [app.namespace, app.name] }, port: app.nodePort ?? 0 },
      lines: ["sim fail firewall"],
      causes: ["fault-firewall"],
      words: ["firewall"],
    };
  }),
  ofApp("no-route", gate, ({ app }) => {
    return {
      ask: { from: LAPTOP, host: { nodeWith: [app.namespace, app.name] }, port: app.nodePort ?? 0 },
      lines: ["sim fail route laptop"],
      causes: ["fault-no-route"],
      words: ["laptop"],
    };
  }),
  ofApp("link-that-loses-all", gate, ({ app }) => {
    return {
      ask: { from: LAPTOP, host: "192.168.1.12", port: app.nodePort ?? 0 },
      lines: ["sim fail link laptop node-2 --loss 1"],
      causes: ["fault-link"],
      words: ["laptop", "node-2"],
    };
  }),
  ofApp(
    "pod-network",
    ({ kind, nodePort, type }) => kind === "Deployment" && nodePort !== undefined && type !== "headless",
    ({ draft, app }) => {
      const spec = partOf(workloadOf(draft, app), "spec");
      spec.replicas = 1;
      partOf(spec, "template", "spec").nodeName = "node-1";
      return {
        ask: { from: LAPTOP, host: "192.168.1.12", port: app.nodePort ?? 0 },
        lines: ["sim fail network node-1 node-2"],
        causes: ["fault-pod-network"],
        words: ["node-1", "node-2"],
      };
    },
  ),
  ofApp(
    "stale-rules",
    ({ kind, type }) => kind === "Deployment" && type !== "headless",
    ({ app }) => {
      return {
        ask: {
          from: { kind: "node", name: "node-1" },
          host: { clusterIP: [app.namespace, app.service] },
          port: app.port,
        },
        lines: [
          "sim fail kube-proxy/node-1",
          `kubectl rollout restart deployment ${app.name} -n ${app.namespace}`,
          "sleep 30",
        ],
        tries: 10,
        causes: ["fault-kube-proxy"],
        words: ["node-1", "kube-proxy"],
      };
    },
  ),
  ofApp(
    "all-nodes-cordoned",
    ({ kind }) => kind === "Deployment",
    ({ draft, app }) => {
      const restart = `kubectl scale deployment ${app.name} -n ${app.namespace} --replicas=0`;
      return {
        ask: askFor(draft, app),
        lines: [
          "kubectl cordon node-1 node-2 node-3",
          restart,
          "sleep 20",
          `kubectl scale deployment ${app.name} -n ${app.namespace} --replicas=1`,
          "sleep 5",
        ],
        causes: ["pods-unschedulable"],
        words: ["unschedulable"],
      };
    },
  ),
  ofApp(
    "slow-start",
    ({ kind, type }) => kind === "Deployment" && type !== "headless",
    ({ draft, app }) => {
      const template = partOf(workloadOf(draft, app), "spec", "template", "spec", "containers", 0);
      delete template.readinessProbe;
      return {
        ask: askFor(draft, app),
        lines: [
          `sim fail deployment/${app.name} -n ${app.namespace} --slow-start 600`,
          `kubectl rollout restart deployment ${app.name} -n ${app.namespace}`,
          "sleep 20",
        ],
        causes: ["nobody-listens"],
        words: [String(app.listens)],
      };
    },
  ),
  ofApp(
    "two-programs-behind-one-service",
    ({ kind, type }) => kind === "Deployment" && type !== "headless",
    ({ draft, app }) => {
      serviceOf(draft, app).spec = { ...partOf(serviceOf(draft, app), "spec"), selector: { part: "shop" } };
      delete partOf(serviceOf(draft, app), "spec").sessionAffinity;
      portOf(draft, app).targetPort = app.listens;
      partOf(workloadOf(draft, app), "spec", "template", "metadata", "labels").part = "shop";
      draft.objects.push({
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "worker", namespace: app.namespace },
        spec: {
          replicas: 6,
          selector: { matchLabels: { app: "worker" } },
          template: {
            metadata: { labels: { app: "worker", part: "shop" } },
            spec: { containers: [{ name: "worker", image: "busybox:1.37", command: ["sleep", "100000"] }] },
          },
        },
      });
      return {
        ask: { ...askFor(draft, app), port: reachedAt(app) },
        tries: 30,
        causes: ["label-overlap", "nobody-listens"],
        words: ["worker"],
      };
    },
  ),
];
