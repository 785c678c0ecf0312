// Breaking something and undoing it, briefly.
import { spoken } from "../language.ts";

/** What was done when a fault was made, and when it was undone. */
type Both = readonly [made: string, undone: string];

export const EN = {
  /** By the kind that a fault's id begins with. */
  kinds: {
    node: (name: string): Both => [`Cut the power of ${name}`, `Restore the power of ${name}`],
    kubelet: (name: string): Both => [`Stop the kubelet of ${name}`, `Start the kubelet of ${name}`],
    "kube-proxy": (name: string): Both => [`Stop the kube-proxy of ${name}`, `Start the kube-proxy of ${name}`],
    cordon: (name: string): Both => [`Cordon ${name}`, `Uncordon ${name}`],
    route: (name: string): Both => [
      `Cut the route from ${name} to the nodes`,
      `Restore the route from ${name} to the nodes`,
    ],
    link: (both: string): Both => [`Disturb the link between ${both}`, `Restore the link between ${both}`],
    network: (both: string): Both => [
      `Break the pod network between ${both}`,
      `Restore the pod network between ${both}`,
    ],
    coredns: (): Both => ["Stop CoreDNS", "Start CoreDNS"],
    firewall: (): Both => ["Add the firewall in front of the nodes", "Remove the firewall in front of the nodes"],
  },
  /** By the option that a fault's id ends with. */
  options: {
    "--readiness": (of: string): Both => [
      `Override the readiness of ${of}`,
      `Return the readiness of ${of} to its probes`,
    ],
    "--listen": (of: string): Both => [
      `Change the port that ${of} listens on`,
      `Restore the port that ${of} listens on`,
    ],
    "--slow-start": (of: string): Both => [`Slow down the start of ${of}`, `Restore the start of ${of}`],
    "--slow-shutdown": (of: string): Both => [`Slow down the shutdown of ${of}`, `Restore the shutdown of ${of}`],
  },
  other: (_name: string, id: string): Both => [`Break ${id}`, `Restore ${id}`],
  both: (names: readonly string[]) => names.join(" and "),
};

export const W = spoken("fault-words", EN);
