// What a fault means.
import { spoken } from "../language.ts";

export const EN = {
  power: (node: string) => `${node} has no power.`,
  kubelet: (node: string) =>
    `The kubelet of ${node} is stopped: its pods keep running unattended, and the node becomes NotReady.`,
  proxy: (node: string) => `The kube-proxy of ${node} is stopped: its rules no longer change.`,
  cordon: (node: string) => `${node} is cordoned: no new pods are placed there.`,
  coredns: "CoreDNS is stopped: names of Services cannot be resolved.",
  firewall: "A firewall in front of the nodes blocks all traffic from outside to node ports.",
  route: (client: string) => `The ${client} has no route to the nodes: they are in a separate network.`,
  network: (both: string) => `The pod network between ${both} is broken: packets to pods are lost there.`,
  link: (both: string, how: string) => `The link between ${both} ${how}.`,
  heldReady: (pod: string) => `Pod ${pod} is held ready, whatever its probes say.`,
  heldUnready: (pod: string) => `Pod ${pod} is held not ready, as if its readiness probe failed.`,
  listens: (pod: string, on: string) => `The program in pod ${pod} listens on ${on}.`,
  slowStart: (of: string, seconds: number) => `Programs of ${of} open their ports ${seconds} s after they start.`,
  slowEnd: (of: string, seconds: number) => `Programs of ${of} keep running for ${seconds} s after SIGTERM.`,
  late: (ms: number) => `takes ${ms} ms longer`,
  loses: (percent: number) => `loses ${percent} % of all packets`,
  normal: "works normally",
  and: " and ",
  otherPort: (port: number | undefined) => `port ${port} instead of its own`,
  loopback: (port: number) => `127.0.0.1:${port} only`,
  anyLoopback: "127.0.0.1 only",
};

export const W = spoken("faults-said", EN);
