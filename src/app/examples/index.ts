// The gallery: manifests to start from, in the order in which they are offered.
import type { SharedSettings } from "../../scenario/index.ts";

/** One manifest of the gallery. */
export interface Example {
  /** Stable name, usable in `?scenario=`. */
  readonly name: string;
  readonly title: string;
  /** One sentence for the gallery. */
  readonly about: string;
  /** What of the cluster's surroundings it needs. */
  readonly settings: Partial<Pick<SharedSettings, "cloud" | "ingress">>;
  /** Loads the YAML. */
  readonly load: () => Promise<string>;
}

const TEXTS = import.meta.glob<string>("./*.yaml", { query: "?raw", import: "default" });

type Row = readonly [name: string, title: string, about: string, ...needs: readonly ("cloud" | "ingress")[]];

const ROWS: readonly Row[] = [
  ["nodeport", "NodePort", "Three pods behind port 30080 of every node."],
  ["clusterip", "ClusterIP", "A Service for the inside, and a pod to call it from."],
  ["three-ports", "Three ports", "targetPort, port and nodePort of one Service."],
  ["nodeport-8080", "Three different ports", "30007 on the node, 8080 on the ClusterIP, 80 on the pod."],
  ["my-app-service", "Inside and outside", "One Service by its ClusterIP and by its nodePort."],
  ["named-port", "Named targetPort", "The pod says which number the name stands for."],
  ["multi-port", "Several ports", "Two ports, each with its name and target."],
  ["http-https", "http and https", "Named Service ports onto named container ports."],
  ["headless", "Headless", "clusterIP: None: addresses straight from DNS, and targetPort counts for nothing."],
  ["external-name", "ExternalName", "A CNAME to a host outside, and a pod that follows it."],
  ["load-balancer", "LoadBalancer", "Pending without a provider, yet already reachable."],
  [
    "three-load-balancers",
    "Three load balancers",
    "A cloud gives each Service an address of its own, and a bill.",
    "cloud",
  ],
  ["ingress", "Ingress", "The same three apps behind one address, told apart by host and path.", "cloud", "ingress"],
  ["port-forward", "Port-forward", "It works where the Service does not: one pod, past every rule."],
  ["no-selector", "Without selector", "Endpoints written by hand."],
  ["broken-selector", "Find the mistake", "Three running pods, and every packet is refused."],
  ["bookshop", "A bookshop", "Thirteen tiers with ConfigMaps, Secrets and probes."],
];

/** All examples; the first is what a new visitor sees. */
export const EXAMPLES: readonly Example[] = ROWS.map(([name, title, about, ...needs]) => ({
  name,
  title,
  about,
  settings: Object.fromEntries(needs.map((need) => [need, true])),
  load: () => {
    const load = TEXTS[`./${name}.yaml`];
    if (load === undefined) throw new Error(`examples: no file for "${name}"`);
    return load();
  },
}));

/** The example of this name; the first, when there is none of that name. */
export function exampleNamed(name: string | undefined): Example {
  const found = EXAMPLES.find((each) => each.name === name) ?? EXAMPLES[0];
  if (found === undefined) throw new Error("examples: the gallery is empty");
  return found;
}
