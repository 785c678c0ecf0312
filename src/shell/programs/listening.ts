// `ss` and `netstat`: the sockets that are open where they run. A node port is never among them: rules take those packets.
import type { Program, ProgramIO } from "../program.ts";

interface Open {
  readonly protocol: "tcp" | "udp";
  readonly local: string;
  readonly port: number;
}

/** Open sockets of the pod, or of the node and the pods on its network. */
function openSockets({ cluster, at: { place } }: ProgramIO): Open[] {
  const { network } = cluster;
  const pod = place.kind === "pod" ? network.podNamed(place.namespace, place.name) : undefined;
  const node =
    pod === undefined ? (place.kind === "node" ? place.name : undefined) : pod.hostNetwork ? pod.node : undefined;
  const owners = [
    ...(node === undefined ? [] : [{ kind: "node", name: node } as const]),
    ...(node === undefined ? (pod === undefined ? [] : [pod]) : [...network.hostPodsOf(node)]).map(
      ({ uid }) => ({ kind: "pod", uid }) as const,
    ),
  ];
  return owners
    .flatMap((owner) => network.socketsOf(owner))
    .flatMap(({ protocol, port, loopback }): Open[] => {
      const local = loopback ? "127.0.0.1" : "0.0.0.0";
      return protocol === "SCTP" ? [] : [{ protocol: protocol === "UDP" ? "udp" : "tcp", local, port }];
    })
    .sort((a, b) => (a.protocol === b.protocol ? a.port - b.port : a.protocol < b.protocol ? -1 : 1));
}

/** What the options ask for: TCP, UDP or, without either, both. */
function chosen(words: readonly string[], io: ProgramIO): Open[] {
  const has = (letter: string) => words.some((word) => new RegExp(`^-[a-z46]*${letter}`).test(word));
  const [tcp, udp] = [has("t"), has("u")];
  return openSockets(io).filter(({ protocol }) => (!tcp && !udp) || (protocol === "tcp" ? tcp : udp));
}

/** iproute2's. */
export const ss: Program = (words, io) => {
  const open = chosen(words, io);
  const both = new Set(open.map(({ protocol }) => protocol)).size > 1;
  const head = `${both ? "Netid  " : ""}State   Recv-Q  Send-Q   Local Address:Port   Peer Address:Port`;
  const rows = open.map(({ protocol, local, port }) => {
    const state = protocol === "udp" ? "UNCONN  0       0     " : "LISTEN  0       511   ";
    return `${both ? protocol.padEnd(7) : ""}${state}${`${local}:${port}`.padStart(21)}   0.0.0.0:*`;
  });
  io.out(`${[head, ...rows].join("\n")}\n`);
  io.exit(0);
};

/** net-tools' and busybox's. */
export const netstat: Program = (words, io) => {
  const rows = chosen(words, io).map(({ protocol, local, port }) =>
    `${protocol}        0      0 ${`${local}:${port}`.padEnd(23)} ${"0.0.0.0:*".padEnd(23)} ${protocol === "tcp" ? "LISTEN" : ""}`.trimEnd(),
  );
  const head = "Proto Recv-Q Send-Q Local Address           Foreign Address         State";
  io.out(`${["Active Internet connections (only servers)", head, ...rows].join("\n")}\n`);
  io.exit(0);
};
