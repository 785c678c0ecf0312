// A scenario as a shell script that runs it on a real cluster, which kind makes on the reader's machine.
import type { Service } from "../cluster/index.ts";
import { W } from "../words/en/exports.ts";

/** What the script is made from. */
export interface RealCluster {
  /** The manifest as it is in the editor. */
  readonly text: string;
  readonly services: readonly Service[];
  /** How many Nodes there are. */
  readonly nodes: number;
  readonly hasIngress: boolean;
}

interface OpenPort {
  readonly port: number;
  readonly protocol: string;
}

/** A command of kind about this cluster. */
const kind = (...words: readonly string[]) => ["kind", ...words, "--name", "podpath"].join(" ");

/** Letters of a line of comment. */
const WIDTH = 98;

/**
 * The script. kind maps the nodePorts of its first worker to localhost, since the addresses of its nodes, which are containers,
 * can't be reached on macOS and Windows. https://kind.sigs.k8s.io/docs/user/configuration/#extra-port-mappings
 */
export function realCluster({ text, services, nodes, hasIngress }: RealCluster): string {
  const ports = openPorts(services);
  const { script } = W;
  const isLocal = services.some(({ spec }) => spec?.externalTrafficPolicy === "Local");
  const isCloud = services.some(({ spec }) => spec?.type === "LoadBalancer");
  return [
    "#!/bin/sh",
    ...comment(script.about),
    ...comment(script.needs),
    "set -eu",
    "",
    ...(ports.length > 0 ? comment(script.ports) : []),
    ...(ports.length > 0 && isLocal ? comment(script.local) : []),
    ...document("kind.yaml", kindConfig(ports, nodes)),
    "",
    ...document("manifest.yaml", text.endsWith("\n") ? text : `${text}\n`),
    "",
    kind("create", "cluster", "--config", "kind.yaml"),
    "kubectl --context kind-podpath apply -f manifest.yaml",
    "kubectl --context kind-podpath wait --for=condition=Available deployment --all --all-namespaces --timeout=300s",
    "kubectl --context kind-podpath get services,endpointslices,pods -o wide",
    "",
    ...(isCloud ? comment(script.cloud) : []),
    ...(hasIngress ? comment(script.ingress) : []),
    ...requests(ports, services),
    ...comment([script.away, kind("delete", "cluster")].join(" ")),
    "",
  ].join("\n");
}

/** Every nodePort once, in numeric order. */
function openPorts(services: readonly Service[]): readonly OpenPort[] {
  const ports = new Map<string, OpenPort>();
  for (const { spec } of services)
    for (const { nodePort = 0, protocol = "TCP" } of spec?.ports ?? [])
      if (nodePort > 0) ports.set(`${nodePort}/${protocol}`, { port: nodePort, protocol });
  return [...ports.values()].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1));
}

function kindConfig(ports: readonly OpenPort[], nodes: number): string {
  const mappings = ports.flatMap(({ port, protocol }) => [
    `      - containerPort: ${port}`,
    `        hostPort: ${port}`,
    `        protocol: ${protocol}`,
  ]);
  return `${[
    ["kind", "Cluster"].join(": "), // of kind's own API, no cluster of the engine
    "apiVersion: kind.x-k8s.io/v1alpha4",
    "nodes:",
    "  - role: control-plane",
    "  - role: worker",
    ...(mappings.length > 0 ? ["    extraPortMappings:", ...mappings] : []),
    ...Array.from({ length: Math.max(0, nodes - 1) }, () => "  - role: worker"),
  ].join("\n")}\n`;
}

/** A file by a here-document whose end is no line of it. */
function document(file: string, text: string): readonly string[] {
  const lines = new Set(text.split("\n"));
  let end = "END";
  while (lines.has(end)) end += "_";
  return [`cat > ${file} <<'${end}'`, `${text}${end}`];
}

function requests(ports: readonly OpenPort[], services: readonly Service[]): readonly string[] {
  const tcp = ports.find(({ protocol }) => protocol === "TCP");
  if (tcp !== undefined) return [...comment(W.script.send), `curl -sS http://localhost:${tcp.port}/`, ""];
  const inside = services.find(({ spec }) => spec?.type !== "ExternalName" && spec?.ports?.[0]?.port !== undefined);
  const port = inside?.spec?.ports?.[0]?.port;
  if (inside === undefined || port === undefined) return [];
  const { name, namespace = "default" } = inside.metadata;
  return [
    ...comment(W.script.inside),
    `kubectl --context kind-podpath run ask --rm -i --restart=Never --image=curlimages/curl -- curl -sS http://${name}.${namespace}:${port}/`,
    "",
  ];
}

function comment(text: string): readonly string[] {
  const lines = ["#"];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last.length + word.length >= WIDTH) lines.push(`# ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
