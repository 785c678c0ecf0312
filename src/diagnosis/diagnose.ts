// Every Service looked at, in the order in which a person should look.
import { compareText, makeKey, type Service, type World } from "../cluster/index.ts";
import { effectFindings } from "./checks/effects.ts";
import { faultFindings } from "./checks/faults.ts";
import { gatewayFindings } from "./checks/gateway.ts";
import { goneCheck } from "./checks/gone.ts";
import { ingressFindings } from "./checks/ingress.ts";
import { aliasCheck, statefulSetFindings } from "./checks/names.ts";
import { networkPolicyCheck, networkPolicyFindings } from "./checks/network-policy.ts";
import { balancerCheck, nodeCheck } from "./checks/outside.ts";
import { overlapCheck } from "./checks/overlap.ts";
import { policyCheck } from "./checks/policy.ts";
import { portsCheck } from "./checks/ports.ts";
import { readinessCheck } from "./checks/readiness.ts";
import { selectorCheck } from "./checks/selector.ts";
import { selectorlessCheck } from "./checks/selectorless.ts";
import type { Finding, Severity } from "./finding.ts";
import { type Check, sceneOf } from "./scene.ts";
import { Survey } from "./survey.ts";

const CHECKS: readonly Check[] = [
  aliasCheck,
  selectorCheck,
  selectorlessCheck,
  readinessCheck,
  portsCheck,
  overlapCheck,
  policyCheck,
  networkPolicyCheck,
  nodeCheck,
  goneCheck,
  balancerCheck,
];

/** The worst first. */
const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * Says what is wrong in the cluster as it is, before anyone sends a packet: Services in the order of their names, and of each
 * the worst first, then in the order of `STEPS`. Reads only; equal clusters give equal findings.
 */
export function diagnose(world: World): readonly Finding[] {
  const work = diagnosing(world);
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** The same in portions, one Service each, for those who must not work long at a time. */
export function* diagnosing(world: World): Generator<undefined, readonly Finding[]> {
  const survey = new Survey(world);
  const findings: Finding[] = [];
  for (const service of survey.services) {
    findings.push(...findingsOf(survey, service));
    yield;
  }
  findings.push(...(yield* networkPolicyFindings(survey)));
  findings.push(
    ...statefulSetFindings(survey),
    ...ingressFindings(survey),
    ...gatewayFindings(survey),
    ...faultFindings(survey),
    ...effectFindings(survey),
  );
  return findings.sort(bySubject);
}

/** What is wrong with one Service. */
export function findingsOf(survey: Survey, service: Service): readonly Finding[] {
  const scene = sceneOf(survey, service);
  return CHECKS.flatMap((check) => check(scene)).sort(byRank);
}

function byRank(a: Finding, b: Finding): number {
  return RANK[a.severity] - RANK[b.severity] || a.step - b.step || compareText(a.id, b.id);
}

function bySubject(a: Finding, b: Finding): number {
  const key = ({ service }: Finding) => makeKey(service.namespace, service.name);
  return compareText(key(a), key(b)) || compareText(a.service.kind, b.service.kind) || byRank(a, b);
}
