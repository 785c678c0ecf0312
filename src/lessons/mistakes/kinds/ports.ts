// Mistakes about ports: the wrong number, the wrong name, the wrong protocol, the wrong address to listen on.
import type { Mistake } from "../mistake.ts";
import { askFor, containerOf, partOf, portOf, serviceOf, workloadOf } from "../world.ts";
import { mistyped, ofApp } from "./endpoints.ts";

const LAPTOP = { kind: "client", name: "laptop" } as const;

export const PORT_MISTAKES: readonly Mistake[] = [
  ofApp(
    "target-port",
    ({ type }) => type !== "headless",
    ({ draft, app, chance }) => {
      const wrong = chance.of([3000, 8081, 9090, 5000]);
      portOf(draft, app).targetPort = wrong;
      return { ask: askFor(draft, app), causes: ["nobody-listens"], words: [String(wrong), String(app.listens)] };
    },
  ),
  ofApp(
    "target-port-left-out",
    (app) => app.type !== "headless" && app.port !== app.listens,
    ({ draft, app }) => {
      delete portOf(draft, app).targetPort;
      return { ask: askFor(draft, app), causes: ["nobody-listens"], words: [String(app.port), String(app.listens)] };
    },
  ),
  ofApp(
    "target-port-name",
    (app) => app.portName !== undefined && app.type !== "headless",
    ({ draft, app, chance }) => {
      const wrong = mistyped("http", chance);
      portOf(draft, app).targetPort = wrong;
      return { ask: askFor(draft, app), causes: ["named-port-unresolved"], words: [wrong, "http"] };
    },
  ),
  ofApp(
    "target-port-without-names",
    (app) => app.portName === undefined && app.type !== "headless",
    ({ draft, app }) => {
      portOf(draft, app).targetPort = "http";
      return { ask: askFor(draft, app), causes: ["named-port-unresolved"], words: ["http", String(app.listens)] };
    },
  ),
  ofApp(
    "named-port-other-protocol",
    (app) => app.portName !== undefined && app.type !== "headless",
    ({ draft, app }) => {
      partOf(containerOf(draft, app), "ports", 0).protocol = "UDP";
      portOf(draft, app).targetPort = app.portName;
      return { ask: askFor(draft, app), causes: ["named-port-unresolved"], words: ["UDP", "TCP"] };
    },
  ),
  ofApp(
    "service-for-udp",
    ({ type }) => type !== "headless",
    ({ draft, app }) => {
      portOf(draft, app).protocol = "UDP";
      if (typeof portOf(draft, app).targetPort === "string") portOf(draft, app).targetPort = app.listens;
      return { ask: askFor(draft, app), causes: ["wrong-protocol"], words: ["UDP", "TCP", String(app.port)] };
    },
  ),
  ofApp(
    "ask-by-udp",
    ({ type }) => type !== "headless",
    ({ draft, app }) => {
      return {
        ask: { ...askFor(draft, app), protocol: "UDP" },
        causes: ["wrong-protocol"],
        words: ["UDP", "TCP", String(app.port)],
      };
    },
  ),
  ofApp(
    "ask-the-target-port",
    (app) => app.type !== "headless" && app.port !== app.listens,
    ({ draft, app }) => {
      portOf(draft, app).targetPort = app.listens;
      return {
        ask: { ...askFor(draft, app), port: app.listens },
        causes: ["wrong-port"],
        words: ["targetPort", String(app.port)],
      };
    },
  ),
  ofApp(
    "ask-the-node-port",
    (app) => app.nodePort !== undefined,
    ({ draft, app }) => {
      return {
        ask: { ...askFor(draft, app), port: app.nodePort ?? 0 },
        causes: ["wrong-port"],
        words: ["nodePort", String(app.nodePort)],
      };
    },
  ),
  ofApp(
    "ask-another-port",
    ({ type }) => type !== "headless",
    ({ draft, app }) => {
      return { ask: { ...askFor(draft, app), port: 4321 }, causes: ["wrong-port"], words: ["4321", String(app.port)] };
    },
  ),
  ofApp(
    "listens-on-loopback",
    ({ type }) => type !== "headless",
    ({ draft, app }) => {
      partOf(workloadOf(draft, app), "spec", "template", "metadata").annotations = { "podpath.dev/bind": "127.0.0.1" };
      return {
        ask: askFor(draft, app),
        causes: ["listens-on-loopback", "pods-probe-fails"],
        words: [`127.0.0.1:${app.listens}`],
      };
    },
  ),
  ofApp(
    "headless-port",
    ({ type }) => type === "headless",
    ({ draft, app }) => {
      const port = portOf(draft, app);
      port.port = 4321;
      port.targetPort = app.listens;
      return {
        ask: { ...askFor(draft, app), port: 4321 },
        causes: ["headless-port-not-mapped"],
        words: ["4321", String(app.listens)],
      };
    },
  ),
  ofApp(
    "headless-same-port-nobody-listens",
    ({ type }) => type === "headless",
    ({ draft, app }) => {
      const port = portOf(draft, app);
      port.port = 9200;
      port.targetPort = 9200;
      return {
        ask: { ...askFor(draft, app), port: 9200 },
        causes: ["headless-port-not-mapped", "nobody-listens"],
        words: ["9200", String(app.listens)],
      };
    },
  ),
  ofApp(
    "tls-to-a-plain-port",
    ({ type, listens }) => type !== "headless" && ![443, 6443, 8443].includes(listens),
    ({ draft, app }) => {
      return {
        ask: { ...askFor(draft, app), scheme: "https" },
        causes: ["tls-to-plain-port"],
        words: ["TLS", String(app.listens)],
      };
    },
  ),
  ofApp(
    "service-port-443-to-a-plain-port",
    ({ type, listens }) => type !== "headless" && ![443, 6443, 8443].includes(listens),
    ({ draft, app }) => {
      const port = portOf(draft, app);
      port.port = 443;
      port.targetPort = app.listens;
      return {
        ask: { ...askFor(draft, app), port: 443, scheme: "https" },
        causes: ["tls-to-plain-port"],
        words: ["TLS", String(app.listens)],
      };
    },
  ),
  ofApp(
    "no-such-page",
    ({ image }) => /nginx|httpd|agnhost/.test(image),
    ({ draft, app }) => {
      return { ask: { ...askFor(draft, app), path: "/nowhere" }, causes: ["http-error"], words: ["404", "/nowhere"] };
    },
  ),
  ofApp(
    "node-without-that-node-port",
    (app) => app.nodePort !== undefined && app.port !== 80,
    ({ app }) => {
      return {
        ask: { from: LAPTOP, host: { nodeWith: [app.namespace, app.name] }, port: app.port },
        causes: ["node-without-port"],
        words: [String(app.port), "nodePort"],
      };
    },
  ),
  ofApp(
    "program-moved-to-another-port",
    ({ kind, type }) => kind !== "DaemonSet" && type !== "headless",
    ({ draft, app }) => {
      partOf(workloadOf(draft, app), "spec").replicas = 1;
      delete containerOf(draft, app).readinessProbe;
      const line = `sim fail $(kubectl get pods -n ${app.namespace} -l app=${app.name} -o name) -n ${app.namespace} --port 7777`;
      return {
        ask: askFor(draft, app),
        lines: [line],
        causes: ["nobody-listens"],
        words: ["7777", String(app.listens)],
      };
    },
  ),
  ofApp(
    "second-port-without-a-name-of-its-own",
    (app) => app.type !== "headless" && app.portName !== undefined,
    ({ draft, app }) => {
      const ports = partOf(serviceOf(draft, app), "spec").ports;
      if (!Array.isArray(ports)) return undefined;
      portOf(draft, app).name = "main";
      ports.push({ name: "metrics", port: 9100, targetPort: "metrics" });
      return { ask: { ...askFor(draft, app), port: 9100 }, causes: ["named-port-unresolved"], words: ["metrics"] };
    },
  ),
];
