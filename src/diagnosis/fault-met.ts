// Whether a request failed because of something that was broken on purpose.
import type { Fault, Place } from "../cluster/index.ts";
import { W as REASONS } from "../words/en/reasons.ts";
import { faultFindings } from "./checks/faults.ts";
import { decidedService } from "./request.ts";
import { readyEndpoints, sceneOf } from "./scene.ts";
import type { Cause, Trouble } from "./trouble.ts";

/** The finding about the fault on this request's way; undefined when it met none. Spec: [DIAG-26]. */
export function faultMet(trouble: Trouble): Cause | undefined {
  const active = trouble.survey.world.faults.list().find(({ fault }) => isMet(fault, trouble));
  return active && faultFindings(trouble.survey).find(({ id }) => id === `fault ${active.id}`);
}

function isMet(fault: Fault, trouble: Trouble): boolean {
  const { asked, exchange } = trouble;
  const reason = "reason" in exchange.outcome ? exchange.outcome.reason : "";
  switch (fault.kind) {
    case "firewall":
      return asked.hops.some(({ to }) => to.kind === "outside" && to.name === "firewall");
    case "no-route":
      return asked.from.kind === "client" && asked.from.name === fault.client && REASONS.noRoute.test(reason);
    case "pod-network":
    case "link":
      return fault.between.every((name) => reason.includes(name)) && REASONS.broken.test(reason);
    case "coredns":
      return exchange.outcome.kind === "unresolved" && REASONS.noAnswer.test(reason);
    case "kube-proxy":
      return isStale(fault.node, trouble);
    default:
      return false;
  }
}

/** The node's rules sent the packet where the Service has no endpoint now, or refused what the Service could serve. */
function isStale(node: string, { survey, asked, aim }: Trouble): boolean {
  const decider = asked.hops.find((hop) => hop.service !== undefined || hop.end?.service !== undefined);
  const at = decider?.service === undefined ? decider?.to : decider.from;
  const service = decidedService(survey, asked) ?? ("service" in aim ? aim.service : undefined);
  if (service === undefined || !isNode(at ?? lastNode(asked.hops), node)) return false;
  const ready = readyEndpoints(sceneOf(survey, service)).map(({ address }) => address);
  const drawn = asked.last?.header.destination;
  return ready.length > 0 && (drawn === undefined || !ready.includes(drawn));
}

const isNode = (place: Place | undefined, node: string) => place?.kind === "node" && place.name === node;

function lastNode(hops: Trouble["asked"]["hops"]): Place | undefined {
  return hops.flatMap(({ from, to }) => [from, to]).findLast(({ kind }) => kind === "node");
}
