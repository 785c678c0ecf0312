// What NetworkPolicies did to a request: why it was dropped, what each policy says of it, and what would admit it.
import type { Exchange, Hop, World } from "../cluster/index.ts";
import {
  type Connection,
  type Direction,
  type Judgement,
  judge,
  PolicyView,
  type Ruling,
  type Verdict,
} from "../kinds/networkpolicy/index.ts";
import { W } from "../words/en/why-policies.ts";
import { type Admission, admissionOf, dnsAdmission, rulesField } from "./admission.ts";
import type { Claim } from "./claims.ts";
import type { Cure } from "./finding.ts";
import { sendCure } from "./request.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { inNamespace, listed, refOf } from "./words.ts";

/** What one policy says of a request. */
export interface PolicyVerdict {
  /** `namespace/name`. */
  readonly policy: string;
  readonly direction: Direction;
  readonly verdict: Verdict;
  readonly why: string;
}

/** A request where policies see it: behind every translation. */
interface Seen {
  readonly connection: Connection;
  readonly rulings: readonly Ruling[];
  readonly judgements: readonly Judgement[];
  /** The address that a node put in place of the sender's own. */
  readonly maskedAs: string | undefined;
}

/** Each policy's verdict on a request, at each end where policies can be about it; none where there are no policies. Spec: [NETPOL-7]. */
export function policyVerdicts(world: World, exchange: Exchange): readonly PolicyVerdict[] {
  const seen = seenOf(world, lastHops(world, exchange));
  return (seen?.judgements ?? []).map(({ policy: { namespace, name }, direction, verdict, why }) => ({
    policy: `${namespace}/${name}`,
    direction,
    verdict,
    why,
  }));
}

function seenOf(world: World, hops: readonly Hop[]): Seen | undefined {
  const [first, last] = [hops[0], hops.at(-1)];
  if (first === undefined || last === undefined || !world.settings.networkPolicies) return undefined;
  const { protocol, source, destination, destinationPort: port } = (last.end ?? last).header;
  const view = new PolicyView(world);
  if (view.policies.length === 0) return undefined;
  const { source: own } = first.received;
  const to = view.endAt(destination);
  const [egress, ingress] = [own, source].map((from) => ({ from: view.endAt(from), to, protocol, port }));
  if (egress === undefined || ingress === undefined) return undefined;
  const way = { isMasqueraded: own !== source };
  const is = (wanted: Direction) => (each: { readonly direction: Direction }) => each.direction === wanted;
  return {
    connection: ingress,
    rulings: [...view.rulings(egress).filter(is("Egress")), ...view.rulings(ingress, way).filter(is("Ingress"))],
    judgements: [
      ...view.judgements(egress).filter(is("Egress")),
      ...view.judgements(ingress, way).filter(is("Ingress")),
    ],
    maskedAs: own === source ? undefined : source,
  };
}

/** The way of an exchange's last request packet. */
function lastHops(world: World, { packets }: Exchange): readonly Hop[] {
  const requests = packets.flatMap((id) => world.trace.packet(id) ?? []).filter(({ kind }) => kind === "request");
  return requests.at(-1)?.hops ?? [];
}

const isDropped = (hop: Hop | undefined) =>
  hop?.verdict === "dropped" && hop.end?.rules.some(({ table }) => table === "policy") === true;

/** The exchange whose packet a policy dropped: the request itself, or the question for its name. */
function droppedOf({ survey: { world }, exchange }: Trouble): Exchange | undefined {
  if (isDropped(lastHops(world, exchange).at(-1))) return exchange;
  for (const each of world.trace.exchanges())
    if (each.parent === exchange.id && each.purpose === "dns" && isDropped(lastHops(world, each).at(-1))) return each;
  return undefined;
}

/** A packet that no policy admitted, seen from the cluster as it is now. Spec: [DIAG-60]. */
export function policyMet(trouble: Trouble): Cause | undefined {
  const { survey, exchange } = trouble;
  const dropped = droppedOf(trouble);
  if (dropped === undefined) return undefined;
  const hops = lastHops(survey.world, dropped);
  const last = hops.at(-1);
  const seen = seenOf(survey.world, hops);
  const failing = seen?.rulings.filter(({ isAdmitted }) => !isAdmitted) ?? [];
  const [first] = failing;
  if (seen === undefined || first === undefined || last === undefined) return nowAdmitted(trouble, last);
  const isName = dropped !== exchange;
  const { direction, pod, policies, connection } = first;
  const judged = policies.map((policy) => judge(policy, direction, pod, connection));
  const names = listed(policies.map(({ name }) => name));
  const which = policies.length === 1 ? W.doesNotAdmit : W.noneAdmits;
  const { protocol, port } = connection;
  const what = protocol === "ICMP" ? "ICMP" : `${protocol} ${port}`;
  const other = direction === "Ingress" ? connection.from : connection.to;
  const who = other.pod === undefined ? (other.node ?? other.address) : W.pod(other.pod.name);

  return {
    class: isName ? "policy-dns" : `policy-${direction.toLowerCase()}`,
    title: which(names, isName ? W.question : `${what} ${(direction === "Ingress" ? W.from : W.to)(who)}`),
    explanation: [
      isName ? W.asksFirst(pod.name, who, what) : "",
      W.isolated(pod.name, direction.toLowerCase(), policies.length, names),
      ...judged.map(({ policy, why }) => W.inPolicy(policy.name, why)),
      ...hints(trouble, seen, first),
      ...failing
        .slice(1)
        .map(({ policies: others, direction: way }) =>
          W.thenMeets(listed(others.map(({ name }) => name)), others.length, way.toLowerCase()),
        ),
    ]
      .filter((each) => each !== "")
      .join(" "),
    claims: [
      ...policies.map((policy): Claim => ({ kind: "object", object: refOf(policy.written), exists: true })),
      ...(isName ? [] : [{ kind: "came" as const, to: last.to, verdict: "dropped" }]),
    ],
    evidence: policies.slice(0, 3).map(({ name, namespace }) => ({
      command: `kubectl describe networkpolicy ${name}${inNamespace(namespace)}`,
      shows: W.inspecting(direction.toLowerCase()),
      prints: [name],
    })),
    responsible: responsibleOf(judged, direction),
    cures: isName
      ? [cureOf([dnsAdmission(survey, pod.namespace, policies[0]?.written.spec?.podSelector ?? {})])]
      : [cureOf(failing.map((each) => admissionOf(survey, each, otherPorts(trouble, each.connection.port))))],
  };
}

function responsibleOf(judged: readonly Judgement[], direction: Direction): NonNullable<Cause["responsible"]> {
  const near =
    judged.find(({ misses }) => misses === "ports") ?? judged.find(({ rule }) => rule !== undefined) ?? judged[0];
  if (near === undefined) throw new Error("policies: nobody isolates the pod");
  const rule = near.rule === undefined ? [] : [near.rule];
  return { object: refOf(near.policy.written), path: ["spec", rulesField(direction), ...rule] };
}

/** The ports that the sender and the Service have for what the pod has another number for. */
function otherPorts({ asked, aim }: Trouble, port: number): readonly number[] {
  const ports = [asked.port, "port" in aim ? (aim.port?.port ?? asked.port) : asked.port];
  return [...new Set(ports)].filter((each) => each !== port);
}

/** Facts that people miss: which port and which address a policy sees. */
function hints(trouble: Trouble, { maskedAs, connection }: Seen, ruling: Ruling): string[] {
  const { direction, policies, pod } = ruling;
  const { address } = trouble.asked;
  const rules = policies.flatMap((policy) => policy.rules[direction] ?? []);
  const said: string[] = [];
  const { port, protocol } = connection;
  const listed = otherPorts(trouble, port).find((other) =>
    rules.some(({ ports }) =>
      ports.some((each) => each.protocol === protocol && each.from <= other && other <= each.to),
    ),
  );
  if (listed !== undefined) said.push(W.seesPort(port, listed));
  const isMeant = rules.some(({ peers }) =>
    peers.some(({ written }) => written.ipBlock?.cidr.startsWith(`${address}/`) === true),
  );
  if (address !== undefined && address !== connection.to.address && isMeant) said.push(W.seesAddress(address));
  const isSender = policies.some(
    (policy) => !["ports", undefined].includes(judge(policy, direction, pod, connection).misses),
  );
  if (maskedAs !== undefined && direction === "Ingress" && isSender) said.push(W.masked(maskedAs));
  return said;
}

function cureOf(admissions: readonly Admission[]): Cure {
  const edits = admissions.flatMap(({ edit }) => edit ?? []);
  const create = admissions.flatMap((each) => each.create ?? []);
  const label = admissions
    .map((each, at) => (at === 0 ? each.label : each.label.charAt(0).toLowerCase() + each.label.slice(1)))
    .join(W.andThen);
  return { label, remedy: { kind: "edit", edits, ...(create.length === 0 ? {} : { create }) } };
}

/** The policies have changed since. */
function nowAdmitted({ asked }: Trouble, last: Hop | undefined): Cause | undefined {
  if (last === undefined) return undefined;
  return {
    class: "policy-changed",
    title: W.changed,
    explanation: W.changedLong(last.reason ?? W.nobodyAdmitted),
    claims: [{ kind: "came", to: last.to, verdict: "dropped" }],
    evidence: [{ command: "kubectl get networkpolicies -A", shows: W.policiesNow, prints: [""] }],
    cures: [sendCure(W.sendAgain, asked)],
  };
}
