// `kubectl get --raw …/proxy/PATH`: a request that the API server passes on to a pod or to an endpoint of a Service.
import {
  type Cluster,
  LabelServiceName,
  type Outcome,
  type Pod,
  type Service,
  statusError,
} from "../../cluster/index.ts";
import { guard } from "../guard.ts";
import type { CommandIO } from "../io.ts";

const PATH =
  /^\/api\/v1\/namespaces\/(?<namespace>[^/]+)\/(?<resource>pods|services)\/(?:(?<scheme>https?):)?(?<name>[^/:]+)(?::(?<port>[^/:]*))?\/proxy(?<path>\/[^?]*)?/;

interface Target {
  readonly address: string;
  readonly port: number;
}

/** Sends the request and prints the answer; false when the path is no such path. @throws StatusError */
// Models kubernetes/pkg/registry/core/pod and service ProxyREST, ResourceLocation
export function proxied(raw: string, io: CommandIO): boolean {
  const groups = PATH.exec(raw)?.groups;
  if (groups === undefined) return false;
  const { namespace = "", resource = "", name = "", port = "", path = "/" } = groups;
  const { address, port: number } =
    resource === "pods" ? podTarget(namespace, name, port, io) : serviceTarget(namespace, name, port, io);
  const query = raw.includes("?") ? raw.slice(raw.indexOf("?")) : "";
  const from = { kind: "node", name: serverNode(io.cluster) } as const;
  io.cluster.send({ from, host: address, port: number, path: `${path}${query}` }, (outcome) =>
    guard(io, () => answer(outcome, `${address}:${number}`, io)),
  );
  return true;
}

/** The machine on which the API server runs: the first of the nodes. */
function serverNode({ api }: Cluster): string {
  const [first] = api.list("nodes").map(({ metadata }) => metadata.name ?? "");
  if (first === undefined) throw statusError("InternalError", "no node runs the API server");
  return first;
}

function podTarget(namespace: string, name: string, port: string, { cluster }: CommandIO): Target {
  const pod: Pod = cluster.api.get("pods", namespace, name);
  const address = pod.status?.podIP ?? "";
  if (address === "") throw statusError("InternalError", "address not allowed");
  const ports = (pod.spec?.containers ?? []).flatMap((container) => container.ports ?? []);
  if (/^\d+$/.test(port)) return { address, port: Number(port) };
  const declared = port === "" ? ports[0] : ports.find((each) => each.name === port);
  if (declared === undefined && port !== "")
    throw statusError("BadRequest", `invalid pod request ${JSON.stringify(`${name}:${port}`)}`);
  return { address, port: declared?.containerPort ?? 80 };
}

function serviceTarget(namespace: string, name: string, port: string, { cluster }: CommandIO): Target {
  const service: Service = cluster.api.get("services", namespace, name);
  const ports = service.spec?.ports ?? [];
  const asked = ports.find((each) =>
    port === "" ? ports.length === 1 : each.name === port || String(each.port) === port,
  );
  if (asked === undefined)
    throw statusError(
      "ServiceUnavailable",
      `no service port ${JSON.stringify(port)} found for service ${JSON.stringify(name)}`,
    );
  const slices = cluster.api
    .list("endpointslices.discovery.k8s.io", { namespace })
    .filter(({ metadata }) => metadata.labels?.[LabelServiceName] === name);
  for (const { endpoints, ports: open } of slices) {
    const target = open?.find((each) => (each.name ?? "") === (asked.name ?? ""))?.port;
    const ready = endpoints?.find(({ conditions }) => conditions?.ready !== false);
    if (target !== undefined && ready?.addresses[0] !== undefined) return { address: ready.addresses[0], port: target };
  }
  throw statusError("ServiceUnavailable", `no endpoints available for service ${JSON.stringify(name)}`);
}

function answer(outcome: Outcome, target: string, io: CommandIO): void {
  if (outcome.kind !== "answered") {
    const why = outcome.kind === "refused" ? "connect: connection refused" : "i/o timeout";
    throw statusError("", `error trying to reach service: dial tcp ${target}: ${why}`);
  }
  if (outcome.status === 404) throw statusError("NotFound", "the server could not find the requested resource");
  if (outcome.status >= 400)
    throw statusError(
      "InternalError",
      `an error on the server (${JSON.stringify(outcome.body.trim())}) has prevented the request from succeeding`,
    );
  io.out(outcome.body);
  io.exit(0);
}
