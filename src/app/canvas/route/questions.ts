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
import { W } from "../../../words/en/predict.ts";

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
  return asked(W.whereTo(to.name, source, address, port), [right, ...tempting], turn);
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
  const back: Choice = { text: W.toFrom(client, sent), holds: from(sent), why: "" };
  const fromPod: Choice = {
    text: W.fromPod(client, pod),
    holds: from(pod),
    why: W.belongs(sent),
  };
  const fromOwn: Some =
    own === sent
      ? undefined
      : {
          text: W.fromOwn(client, own),
          holds: from(own),
          why: W.neverOwn,
        };
  const taken: Some =
    header.destination === first.header.source
      ? undefined
      : {
          text: W.nowhereItself(to.name),
          holds: ends("delivered"),
          why: W.remembers(to.name),
        };
  const { from: source, to: destination } = endsOf(header);
  const text = W.whereBack(to.name, source, destination);
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
  const some = endpoints.length === 1 ? W.to(endpoints[0]) : W.toOneOf(endpoints.length, port);
  const isOne = (address: string) => endpoints.includes(address);
  const masked: Choice = {
    text: W.someFrom(some, nodeAddress, node),
    holds: goesTo(isOne, nodeAddress),
    why: isOwn ? W.keepsSource : W.localAnyway,
  };
  const plain: Choice = {
    text: W.someFromSource(some, source),
    holds: goesTo(isOne, source),
    why: W.through(node),
  };
  // A pod that may draw itself is masqueraded in that case alone: nobody can know.
  const isMixed = endpoints.some((each) => each.startsWith(`${source}:`));
  const anyway: Choice = { text: some, holds: goesTo(isOne), why: "" };
  const right = isMixed ? [anyway] : masquerade ? [masked, plain] : [plain, masked];
  const own = service?.clusterIP === undefined ? undefined : `${service.clusterIP}:${service.port}`;
  const address: Some = isOwn
    ? {
        text: W.stillTo(sent),
        holds: goesTo((each) => each === sent),
        why: W.replaced(sent),
      }
    : own === undefined
      ? undefined
      : {
          text: W.toOwn(own, service?.name),
          holds: goesTo((each) => each === own),
          why: W.addressUnused,
        };
  const others = [notReady(facts), wrongPort(facts), otherNode(facts)].filter((each) => each !== undefined);
  return [...right, address, ...(others.length === 0 ? [refused(facts)] : [others[turn % others.length]])];
}

function notReady({ notReady }: Facts): Some {
  if (notReady === undefined) return undefined;
  return {
    text: W.toUnready(notReady),
    holds: goesTo((each) => each === notReady),
    why: W.unready,
  };
}

function wrongPort({ service, route: { endpoints } }: Facts): Some {
  if (service === undefined || endpoints.some((each) => each.endsWith(`:${service.port}`))) return undefined;
  const addresses = endpoints.map((each) => `${each.split(":")[0]}:${service.port}`);
  const one = endpoints.length === 1 ? addresses[0] : W.oneOf(endpoints.length, service.port);
  return {
    text: W.to(one),
    holds: goesTo((each) => addresses.includes(each)),
    why: W.ownPort(service.port),
  };
}

function otherNode({ otherNode, sent }: Facts): Some {
  if (otherNode === undefined) return undefined;
  const there = `${otherNode.address}:${sent.split(":")[1]}`;
  return {
    text: W.toNode(there, otherNode.name),
    holds: goesTo((each) => each === there),
    why: W.sameRules,
  };
}

const ends = (verdict: Hop["verdict"]) => (actual: Actual) => actual.kind === "ends" && actual.hop.verdict === verdict;

function refused({ node }: Facts): Choice {
  return {
    text: W.nodeRefuses(node),
    holds: ends("refused"),
    why: W.hasEndpoints,
  };
}

/** The rules choose no endpoint: it is refused, dropped, taken by the Node itself, or just forwarded. */
function elsewhere(facts: Facts): readonly Some[] {
  const { node, nodeAddress, route, sent, source, service, isPod } = facts;
  const dropped: Choice = {
    text: W.nodeDrops(node),
    holds: ends("dropped"),
    why: W.answered,
  };
  const taken: Choice = {
    text: W.programTakes(node),
    holds: ends("delivered"),
    why: W.noProgram(node),
  };
  const refuses = { ...refused(facts), why: W.nothingBack };
  const own = service?.clusterIP === undefined ? undefined : `${service.clusterIP}:${service.port}`;
  const toOwn: Some =
    own === undefined || own === sent
      ? undefined
      : { text: W.toClusterIP(own), holds: goesTo((each) => each === own), why: W.nobodyHas };
  if (route.verdict === "DROP") return [dropped, refuses, notReady(facts), toOwn];
  if (route.verdict === "REJECT") return [refuses, dropped, notReady(facts), toOwn];
  if (sent.startsWith(`${nodeAddress}:`)) return [refuses, taken, dropped];
  const unchanged: Choice = {
    text: W.toFrom(sent, source),
    holds: goesTo((each) => each === sent, source),
    why: W.changesAddress,
  };
  const masked: Choice = {
    text: W.toFromNode(sent, nodeAddress, node),
    holds: goesTo((each) => each === sent, nodeAddress),
    why: isPod ? W.podToPod : W.sourceStays,
  };
  return [unchanged, masked, refuses];
}
