// Ports of the host (hostPort, hostIP) as the network plugin portmap opens them: rules of the node that lead to the pod.
import {
  type AddonHost,
  fixedChain,
  type Pod,
  type Protocol,
  parseCidr,
  type Rule,
  SharedChain,
} from "../cluster/index.ts";

/** One port of a node that leads to a pod. */
interface Mapping {
  readonly id: string;
  readonly protocol: Protocol;
  readonly hostPort: number;
  /** The node's address that it is open on; undefined: all. */
  readonly hostIP: string | undefined;
  readonly address: string;
  readonly port: number;
}

const LENGTH = 21;

/** Keeps the rules of all nodes; while the setting is off there are none. Spec: [HOSTPORT-1] [HOSTPORT-2]. */
// Models containernetworking/plugins plugins/meta/portmap/portmap_iptables.go
export class PortMap {
  readonly #host: AddonHost;
  readonly #pods = new Map<string, readonly Mapping[]>();
  readonly #nodes = new Map<string, Set<string>>();

  constructor(host: AddonHost) {
    this.#host = host;
    const pods = host.informers.of("pods");
    for (const pod of pods.list()) this.#note(pod, undefined);
    pods.onChange((pod, old) => this.#note(pod, old));
    host.settingsChanged.on(() => {
      for (const node of this.#nodes.keys()) this.#write(node);
    });
  }

  #note(pod: Pod | undefined, old: Pod | undefined): void {
    const { uid = "" } = (pod ?? old)?.metadata ?? {};
    const node = (pod ?? old)?.spec?.nodeName;
    if (node === undefined) return;
    const mappings = pod === undefined ? [] : mappingsOf(pod);
    if (mappings.length === 0 && !this.#pods.has(uid)) return;
    if (mappings.length === 0) this.#pods.delete(uid);
    else if (this.#pods.has(uid)) return;
    else this.#pods.set(uid, mappings);
    const here = this.#nodes.get(node) ?? new Set<string>();
    this.#nodes.set(node, here);
    if (mappings.length === 0) here.delete(uid);
    else here.add(uid);
    this.#write(node);
  }

  #write(node: string): void {
    const { network, settings } = this.#host;
    const { rules } = network.machine(node);
    const uids = settings().hostPorts ? [...(this.#nodes.get(node) ?? [])] : [];
    const mappings = uids.flatMap((uid) => this.#pods.get(uid) ?? []);
    if (mappings.length === 0) {
      rules.setOthers([]);
      return;
    }
    const local = parseCidr(settings().nodes.find(({ name }) => name === node)?.podCIDR ?? "");
    const loopback = parseCidr("127.0.0.1/32");
    const first = new SharedChain("nat", "CNI-HOSTPORT-DNAT");
    const chains = mappings.map((mapping) => {
      const { protocol, hostPort, hostIP, address, port, id } = mapping;
      const at: Rule = {
        protocol,
        destinationPort: hostPort,
        ...(hostIP === undefined ? {} : { destination: hostIP }),
      };
      const masked = [local, loopback].flatMap((source): Rule[] =>
        source === undefined ? [] : [{ ...at, source, target: { kind: "jump", chain: rules.markMasquerade } }],
      );
      const dnat: Rule = { ...at, target: { kind: "dnat", address, port, text: `${address}:${port}` } };
      const chain = fixedChain("nat", `CNI-DN-${id}`, [...masked, dnat]);
      first.set(id, [{ ...at, comment: `dnat name: podpath id: ${id}`, target: { kind: "jump", chain } }]);
      return chain;
    });
    rules.setOthers([first, ...chains]);
  }
}

/** The ports that a pod has on its node; none without an address of its own, or once it is over. */
function mappingsOf({ metadata, spec, status }: Pod): Mapping[] {
  const address = status?.podIP;
  const isOver = status?.phase === "Succeeded" || status?.phase === "Failed";
  if (address === undefined || isOver || spec?.hostNetwork === true) return [];
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  return containers.flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort = 0, hostIP = "", containerPort, protocol }): Mapping[] => {
      if (hostPort === 0) return [];
      const kind = protocol === "UDP" || protocol === "SCTP" ? protocol : "TCP";
      const id = identity(`${metadata.uid} ${hostPort} ${kind} ${hostIP}`);
      const own = hostIP === "" || hostIP === "0.0.0.0" ? undefined : hostIP;
      return [{ id, protocol: kind, hostPort, hostIP: own, address, port: containerPort }];
    }),
  );
}

/** A name for a chain: the same for the same mapping. */
function identity(text: string): string {
  let result = "";
  for (let salt = 0; result.length < LENGTH; salt++) {
    let hash = 0x811c9dc5 ^ salt;
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    result += (hash >>> 0).toString(16).padStart(8, "0");
  }
  return result.slice(0, LENGTH);
}
