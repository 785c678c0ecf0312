// The script for a real cluster: what kind is given, and that no manifest gets out of its here-document.
import { expect, test } from "vitest";
import type { Service } from "../cluster/index.ts";
import { realCluster } from "./realCluster.ts";

function service(spec: Service["spec"]): Service {
  return { apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "shop" }, ...(spec ? { spec } : {}) };
}

const NODE_PORT = service({ type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] });
const made = { text: "kind: Service\n", services: [NODE_PORT], nodes: 3, hasIngress: false };

/** The files that the script writes, as a shell would. */
function files(script: string): Record<string, string> {
  const found: Record<string, string> = {};
  const lines = script.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const [, name, end] = /^cat > (\S+) <<'(\w+)'$/.exec(lines[at] ?? "") ?? [];
    if (name === undefined) continue;
    const last = lines.indexOf(end ?? "", at);
    found[name] = `${lines.slice(at + 1, last).join("\n")}\n`;
    at = last;
  }
  return found;
}

test("[EXPORT-5] kind gets a worker for each Node, and each nodePort is mapped to localhost once", () => {
  const udp = service({
    ports: [
      { port: 53, nodePort: 30053, protocol: "UDP" },
      { port: 80, nodePort: 30080 },
    ],
  });
  const script = realCluster({ ...made, services: [NODE_PORT, udp] });
  expect(files(script)["kind.yaml"]).toBe(`kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
nodes:
  - role: control-plane
  - role: worker
    extraPortMappings:
      - containerPort: 30053
        hostPort: 30053
        protocol: UDP
      - containerPort: 30080
        hostPort: 30080
        protocol: TCP
  - role: worker
  - role: worker
`);
  expect(script).toContain("curl -sS http://localhost:30080/");
  expect(script).toMatch(/# .*Docker Desktop/);
});

test("[EXPORT-5] without a nodePort nothing is mapped, and the request comes from inside", () => {
  const script = realCluster({ ...made, services: [service({ ports: [{ port: 8080 }] })], nodes: 1 });
  expect(files(script)["kind.yaml"]).not.toContain("extraPortMappings");
  expect(script).toContain("curl -sS http://web.shop:8080/");
  expect(script).not.toContain("Docker Desktop");
});

test("[EXPORT-5] it says what a real cluster needs beside: a cloud, an ingress controller, a local pod", () => {
  const balancer = service({
    type: "LoadBalancer",
    externalTrafficPolicy: "Local",
    ports: [{ port: 80, nodePort: 31000 }],
  });
  const script = realCluster({ ...made, services: [balancer], hasIngress: true });
  for (const words of ["cloud-provider-kind", "ingress controller", "externalTrafficPolicy: Local"])
    expect(script.replaceAll(/\n# /g, " ")).toContain(words);
  expect(realCluster(made)).not.toContain("cloud-provider-kind");
});

test.each(["kind: A\nEND\nrm -rf /\nEND_\n", "a: $(touch x) `y` 'z' \"\\\n", "no end of line"])(
  "[EXPORT-5] the manifest stays in its file as it is: %j",
  (text) => {
    expect(files(realCluster({ ...made, text }))["manifest.yaml"]).toBe(text.endsWith("\n") ? text : `${text}\n`);
  },
);
