// Where a packet goes from a Node, as a question: choices from the cluster as it is, and what really happened afterwards.
import {
  describeHop,
  type Header,
  type Hop,
  LabelServiceName,
  makeKey,
  type RouteAnswer,
  splitKey,
  type Trace,
  type World,
} from "../../../cluster/index.ts";

/** What a Node did with a packet. */
export type Actual =
  | { readonly kind: "goes"; readonly hop: Hop; readonly to: string; readonly source: string; readonly from: string }
  | { readonly kind: "ends"; readonly hop: Hop };

export interface Choice {
  readonly text: string;
  readonly holds: (actual: Actual) => boolean;
  /** What is wrong with it where it is. */
  readonly why: string;
}

export interface Question {
  readonly text: string;
  /** Two to four. */
  readonly choices: readonly Choice[];
}

const MOST = 4;

/** What became of a packet after a hop; undefined until it is decided. */
export function actualOf(trace: Trace, { packet, index }: Hop): Actual | undefined {
  const hops = trace.packet(packet)?.hops ?? [];
  const [hop, next] = [hops[index], hops[index + 1]];
  if (next !== undefined) {
    const { source } = next.header;
    return { kind: "goes", hop: next, to: endsOf(next.header).to, source, from: endsOf(next.header).from };
  }
  return hop === undefined || hop.verdict === "flying" || hop.verdict === "forwarded"
    ? undefined
    : { kind: "ends", hop };
}

function endsOf({ source, sourcePort, destination, destinationPort }: Header) {
  return { from: `${source}:${sourcePort}`, to: `${destination}:${destinationPort}` };
}

/** What happened, in the engine's words. */
export function explained({ hop }: Actual): string {
  return describeHop(hop);
}

/**
 * Asks where a packet goes from the Node that it is on its way to; undefined where there is nothing to ask. Which endpoint is drawn
 * is never asked: those that may be drawn are one choice. Spec: [PREDICT-2].
 */
export function questionOf(world: World, hop: Hop, turn: number): Question | undefined {
  const { header, to } = hop;
  if (to.kind !== "node" || header.protocol === "ICMP") return undefined;
  const { source, destination: address, destinationPort: port, protocol } = header;
  const route = world.route({ from: source, at: to.name, address, port, protocol });
  const facts = factsOf(world, hop, route);
  const [right, ...tempting] = route.endpoints.length > 0 ? toEndpoints(facts, turn) : elsewhere(facts);
  return asked(
    `${to.name} gets the packet ${source} → ${address}:${port}. Where does it go next, with which addresses?`,
    [right, ...tempting],
    turn,
  );
}

/** A question, its choices turned so that the right one is not always the first. */
function asked(text: string, some: readonly Some[], turn: number): Question | undefined {
  const choices = some.filter((each) => each !== undefined).slice(0, MOST);
  if (choices.length < 2) return undefined;
  const first = turn % choices.length;
  return { text, choices: [...choices.slice(first), ...choices.slice(0, first)] };
}

/** Asks about an answer on its way to the Node whose rules rewrote the request; undefined elsewhere. */
export function answerQuestion(request: readonly Hop[], { header, to }: Hop, turn: number): Question | undefined {
  const [first] = request;
  const rewritten = request.find(({ service }) => service !== undefined);
  if (first === undefined || rewritten?.service === undefined || to.kind !== "node") return undefined;
  if (rewritten.from.kind !== "node" || rewritten.from.name !== to.name) return undefined;
  const client = endsOf(first.header).from;
  const sent = endsOf(first.header).to;
  const pod = endsOf(header).from;
  const { clusterIP, port } = rewritten.service;
  const own = `${clusterIP}:${port}`;
  const from = (address: string) => (actual: Actual) =>
    actual.kind === "goes" && actual.from === address && actual.to === client;
  const back: Choice = { text: `To ${client}, from ${sent}`, holds: from(sent), why: "" };
  const fromPod: Choice = {
    text: `To ${client}, from ${pod}, the pod`,
    holds: from(pod),
    why: `Its client sent to ${sent}: an answer from another address would not belong to its connection.`,
  };
  const fromOwn: Some =
    own === sent
      ? undefined
      : {
          text: `To ${client}, from ${own}, the ClusterIP`,
          holds: from(own),
          why: "The client never sent to the ClusterIP.",
        };
  const taken: Some =
    header.destination === first.header.source
      ? undefined
      : {
          text: `Nowhere: it is addressed to ${to.name} itself, which takes it`,
          holds: ends("delivered"),
          why: `${to.name} remembers that it put its own address there, and reverses that.`,
        };
  const { from: source, to: destination } = endsOf(header);
  const text = `${to.name} gets the answer ${source} → ${destination}. Where does it go next, with which addresses?`;
  return asked(text, [back, fromPod, fromOwn, taken], turn);
}

interface Facts {
  readonly node: string;
  readonly nodeAddress: string;
  /** Where the packet comes from, and the address that it is sent to. */
  readonly source: string;
  readonly sent: string;
  readonly route: RouteAnswer;
  /** The Service whose rules take it, and the address and port of its own. */
  readonly service:
    | { readonly name: string; readonly clusterIP: string | undefined; readonly port: number }
    | undefined;
  /** Whether it is sent to the Service's own address. */
  readonly isOwn: boolean;
  readonly isPod: boolean;
  readonly notReady: string | undefined;
  readonly otherNode: { readonly name: string; readonly address: string } | undefined;
}

function factsOf(world: World, { header, to }: Hop, route: RouteAnswer): Facts {
  const { source, destination, destinationPort } = header;
  const { nodes } = world.settings;
  const key = route.service;
  const { namespace, name = "" } = splitKey(key ?? "");
  const object = key === undefined ? undefined : world.api.find("services", namespace, name);
  const ports = object?.spec?.ports ?? [];
  const port = ports.find((each) => each.nodePort === destinationPort || each.port === destinationPort)?.port;
  const clusterIP = object?.spec?.clusterIP;
  const isNode = nodes.some(({ address }) => address === destination);
  return {
    node: to.name,
    nodeAddress: nodes.find(({ name }) => name === to.name)?.address ?? "",
    source,
    sent: `${destination}:${destinationPort}`,
    route,
    service:
      object?.metadata.name === undefined || port === undefined
        ? undefined
        : { name: object.metadata.name, clusterIP, port },
    isOwn: destination === clusterIP,
    isPod: world.api.list("pods").some(({ status }) => status?.podIP === destination),
    notReady: key === undefined ? undefined : notReadyOf(world, key, route.endpoints),
    otherNode: isNode ? nodes.find(({ name }) => name !== to.name) : undefined,
  };
}

/** An endpoint of a Service that is not ready, as `ip:port`. */
function notReadyOf(world: World, key: string, endpoints: readonly string[]): string | undefined {
  const slices = world.api
    .list("endpointslices.discovery.k8s.io")
    .filter(({ metadata }) => makeKey(metadata.namespace ?? "", metadata.labels?.[LabelServiceName] ?? "") === key);
  const out = slices.flatMap(({ endpoints: all, ports }) =>
    (all ?? [])
      .filter(({ conditions }) => conditions?.ready === false)
      .flatMap(({ addresses }) => addresses.map((each) => `${each}:${ports?.[0]?.port ?? ""}`)),
  );
  return out.find((each) => !endpoints.includes(each));
}

type Some = Choice | undefined;

const goesTo = (to: (address: string) => boolean, source?: string) => (actual: Actual) =>
  actual.kind === "goes" && to(actual.to) && (source === undefined || actual.source === source);

/** The rules choose among endpoints: what is right comes first. */
function toEndpoints(facts: Facts, turn: number): readonly Some[] {
  const { route, source, node, nodeAddress, sent, service, isOwn } = facts;
  const { endpoints, masquerade } = route;
  const port =
    new Set(endpoints.map((each) => each.split(":")[1])).size === 1 ? `, :${endpoints[0]?.split(":")[1]}` : "";
  const some = endpoints.length === 1 ? `To ${endpoints[0]}` : `To one of ${endpoints.length} ready pods${port}`;
  const isOne = (address: string) => endpoints.includes(address);
  const masked: Choice = {
    text: `${some}, from ${nodeAddress}, ${node}`,
    holds: goesTo(isOne, nodeAddress),
    why: isOwn
      ? "A pod's packet to a ClusterIP keeps its source; only one that comes back to its sender is masqueraded."
      : "With a traffic policy of Local the pod is on this Node, through which the answer returns anyway.",
  };
  const plain: Choice = {
    text: `${some}, from ${source}`,
    holds: goesTo(isOne, source),
    why: `The answer has to return through ${node}, which has to restore the addresses: so it becomes the source.`,
  };
  // A pod that may draw itself is masqueraded in that case alone: nobody can know.
  const isMixed = endpoints.some((each) => each.startsWith(`${source}:`));
  const anyway: Choice = { text: some, holds: goesTo(isOne), why: "" };
  const right = isMixed ? [anyway] : masquerade ? [masked, plain] : [plain, masked];
  const own = service?.clusterIP === undefined ? undefined : `${service.clusterIP}:${service.port}`;
  const address: Some = isOwn
    ? {
        text: `To a pod, still addressed to ${sent}`,
        holds: goesTo((each) => each === sent),
        why: `No pod has the address ${sent}: the Node's rules replace it before the packet leaves.`,
      }
    : own === undefined
      ? undefined
      : {
          text: `To ${own}, the ClusterIP of ${service?.name}`,
          holds: goesTo((each) => each === own),
          why: "The rules of the ClusterIP are used, its address is not: nothing has it, and no packet goes there.",
        };
  const others = [notReady(facts), wrongPort(facts), otherNode(facts)].filter((each) => each !== undefined);
  return [...right, address, ...(others.length === 0 ? [refused(facts)] : [others[turn % others.length]])];
}

function notReady({ notReady }: Facts): Some {
  if (notReady === undefined) return undefined;
  return {
    text: `To ${notReady}, a pod that isn't ready`,
    holds: goesTo((each) => each === notReady),
    why: "A pod that isn't ready is no endpoint in the Node's rules.",
  };
}

function wrongPort({ service, route: { endpoints } }: Facts): Some {
  if (service === undefined || endpoints.some((each) => each.endsWith(`:${service.port}`))) return undefined;
  const addresses = endpoints.map((each) => `${each.split(":")[0]}:${service.port}`);
  const one = endpoints.length === 1 ? addresses[0] : `one of ${endpoints.length} ready pods, :${service.port}`;
  return {
    text: `To ${one}`,
    holds: goesTo((each) => addresses.includes(each)),
    why: `${service.port} is the Service's own port; pods listen on its targetPort.`,
  };
}

function otherNode({ otherNode, sent }: Facts): Some {
  if (otherNode === undefined) return undefined;
  const there = `${otherNode.address}:${sent.split(":")[1]}`;
  return {
    text: `To ${there}, ${otherNode.name}`,
    holds: goesTo((each) => each === there),
    why: "Every Node has the same rules: the one that gets the packet chooses the pod.",
  };
}

const ends = (verdict: Hop["verdict"]) => (actual: Actual) => actual.kind === "ends" && actual.hop.verdict === verdict;

function refused({ node }: Facts): Choice {
  return {
    text: `Nowhere: ${node} refuses it`,
    holds: ends("refused"),
    why: "There are rules for it, with endpoints.",
  };
}

/** The rules choose no endpoint: it is refused, dropped, taken by the Node itself, or just forwarded. */
function elsewhere(facts: Facts): readonly Some[] {
  const { node, nodeAddress, route, sent, source, service, isPod } = facts;
  const dropped: Choice = {
    text: `Nowhere: ${node} drops it without an answer`,
    holds: ends("dropped"),
    why: "It is answered, so that its sender knows at once.",
  };
  const taken: Choice = {
    text: `Nowhere: a program on ${node} takes it`,
    holds: ends("delivered"),
    why: `No program on ${node} listens there.`,
  };
  const refuses = { ...refused(facts), why: "Nothing is sent back." };
  const own = service?.clusterIP === undefined ? undefined : `${service.clusterIP}:${service.port}`;
  const toOwn: Some =
    own === undefined || own === sent
      ? undefined
      : { text: `To ${own}, the ClusterIP`, holds: goesTo((each) => each === own), why: "Nothing has the ClusterIP." };
  if (route.verdict === "DROP") return [dropped, refuses, notReady(facts), toOwn];
  if (route.verdict === "REJECT") return [refuses, dropped, notReady(facts), toOwn];
  if (sent.startsWith(`${nodeAddress}:`)) return [refuses, taken, dropped];
  const unchanged: Choice = {
    text: `To ${sent}, from ${source}`,
    holds: goesTo((each) => each === sent, source),
    why: "The Node's rules change an address.",
  };
  const masked: Choice = {
    text: `To ${sent}, from ${nodeAddress}, ${node}`,
    holds: goesTo((each) => each === sent, nodeAddress),
    why: isPod ? "Pods reach each other without any rewriting." : "Its source stays as it is.",
  };
  return [unchanged, masked, refuses];
}
