// The page that the canvas benchmark measures: the real page, with as many pods as asked and as many packets kept in flight.
import "@fontsource-variable/inter";
import "@fontsource-variable/jetbrains-mono";
import { createRoot } from "react-dom/client";
import { createRun, Playground, pageOf } from "../../app/index.ts";
import type { Hop, Place } from "../../cluster/index.ts";
import { newScenario } from "../../scenario/index.ts";

const query = new URLSearchParams(location.search);
const pods = Number(query.get("pods") ?? 30);
const packets = Number(query.get("packets") ?? 200);
const LAPTOP: Place = { kind: "client", name: "laptop" };

const run = createRun(newScenario(manifest(pods)));
run.advance(20_000);
const { cluster } = run;
const running = cluster.api.list("pods", { namespace: "default" }).filter((pod) => pod.status?.podIP !== undefined);
for (let at = 0; at < packets; at++) cluster.clock.schedule((at * 400) / packets, () => fly(at));

const playground = new Playground(run, {
  request: (frame) => requestAnimationFrame(frame),
  cancel: (id) => cancelAnimationFrame(id),
});
const root = document.getElementById("root");
if (root !== null) createRoot(root).render(await pageOf(playground));

/** Keeps one packet in the air: from a node to a pod past the Service, then another in its place. */
function fly(at: number): void {
  const { trace, clock, settings } = cluster;
  const pod = running[at % running.length];
  const node = settings.nodes[at % settings.nodes.length];
  if (pod === undefined || node === undefined) return;
  const packet = trace.newPacketId();
  const entry = trace.startExchange({ from: LAPTOP, target: "bench", purpose: "traffic", startedAt: clock.now });
  const record = trace.addPacket(entry, packet, at % 3 === 0 ? "reply" : "request");
  const hop: Hop = {
    packet,
    index: 0,
    from: at % 2 === 0 ? LAPTOP : { kind: "node", name: node.name },
    to:
      at % 2 === 0
        ? { kind: "node", name: node.name }
        : { kind: "pod", namespace: "default", name: pod.metadata.name ?? "" },
    received: header(node.address, 30080),
    header: at % 2 === 0 ? header(node.address, 30080) : header(pod.status?.podIP ?? "", 8080),
    rewrites: [],
    rules: [],
    ...(at % 2 === 0
      ? {}
      : {
          service: {
            namespace: "default",
            name: "web",
            portName: "",
            clusterIP: "10.96.0.20",
            port: 80,
            via: "nodePort",
            candidates: [],
          },
        }),
    sentAt: clock.now,
    arrivesAt: clock.now + 400,
    verdict: "flying",
  };
  trace.startHop(record, hop);
  clock.schedule(400, () => {
    trace.endHop(record, hop, { verdict: "delivered" });
    const outcome = { status: 200, headers: {}, body: "", servedBy: LAPTOP, endpoint: "", clientSeen: "" };
    trace.endExchange(entry, { kind: "answered", ...outcome }, clock.now);
    fly(at);
  });
}

function header(destination: string, destinationPort: number) {
  return { protocol: "TCP", source: "192.168.1.10", sourcePort: 40000, destination, destinationPort } as const;
}

function manifest(replicas: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: nginxinc/nginx-unprivileged
        ports: [{containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: NodePort
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080, nodePort: 30080}]
`;
}
