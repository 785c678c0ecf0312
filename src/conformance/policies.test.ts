// NetworkPolicies: restated cases by packets, and the generated ones held against an oracle written from the API's text.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, Protocol } from "../cluster/index.ts";
import { type Connection, type End, judgeAll, type Policy, policyOf } from "../kinds/networkpolicy/index.ts";
import { PolicyState, playPolicies } from "./policies.ts";
import { type PolicyCase, policyCases, probesOf } from "./policy-cases.ts";
import { isAllowed, type OracleEnd } from "./policy-oracle.ts";

const CASES = policyCases();
const isGenerated = ({ name }: PolicyCase) => name.includes("/products/");

/** Some of all kinds; `npm run conformance` plays all of them. */
const SOME = CASES.filter((each, at) => at % (isGenerated(each) ? 40 : 5) === 0);

test("[NETPOL-2] packets pass and are dropped as upstream's tests say", () => {
  expect(SOME.map((each) => playPolicies(each)).filter(({ equal }) => !equal)).toEqual([]);
});

test("[NETPOL-3] a policy sees a pod's address and port behind its Service", () => {
  const served = SOME.filter((_, at) => at % 4 === 0).map((each) => playPolicies(each, true));
  expect(served.filter(({ equal }) => !equal)).toEqual([]);
});

function endOf({ address, pod }: OracleEnd): End {
  if (pod === undefined) return { address };
  const ports = pod.ports.flatMap(({ name, port, protocol }) => (name === undefined ? [] : [{ name, port, protocol }]));
  return { address, pod: { ...pod, ports } };
}

/** What the engine's rules say: each side admits, or no policy applies there. */
function admits(policies: readonly Policy[], connection: Connection): boolean {
  const judged = judgeAll(policies, connection);
  return (["Egress", "Ingress"] as const).every((way) => {
    const applying = judged.filter(({ direction, verdict }) => direction === way && verdict !== "NotApplicable");
    return applying.length === 0 || applying.some(({ verdict }) => verdict === "Admits");
  });
}

test("[NETPOL-6] all generated cases agree with an oracle written from the API's text", () => {
  let probes = 0;
  const wrong: string[] = [];
  for (const one of CASES.filter(isGenerated)) {
    const addresses = new Map<string, string>();
    const state = new PolicyState((place) => {
      if (!addresses.has(place)) addresses.set(place, `10.244.${1 + (addresses.size % 3)}.${addresses.size + 2}`);
      return addresses.get(place) ?? "";
    });
    for (const stage of [one, ...(one.steps ?? [])]) {
      state.change(stage);
      state.apply(stage);
      state.end(stage);
      const policies = [...state.policies.values()];
      const compiled = policies.map(policyOf);
      for (const { from, to, port, protocol } of probesOf(stage, state.pods)) {
        const [a, b] = [state.endOf(from), state.endOf(to)];
        probes += 1;
        if (
          admits(compiled, { from: endOf(a), to: endOf(b), port, protocol }) !==
          isAllowed(policies, { from: a, to: b, port, protocol })
        )
          wrong.push(`${one.name}: ${from} to ${to}, ${protocol} ${port}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(probes).toBe(108_012); // 72,008 of TCP and UDP, and half as many of SCTP
});

const KEYS = ["app", "tier", "kubernetes.io/metadata.name"];
const VALUES = ["a", "b", ""];
const labels = fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), { maxKeys: 3 });
const term = fc
  .record({
    key: fc.constantFrom(...KEYS),
    operator: fc.constantFrom("In", "NotIn", "Exists", "DoesNotExist"),
    values: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1 }),
  })
  .map(({ key, operator, values }) => (operator.endsWith("In") ? { key, operator, values } : { key, operator }));
const selector = fc.record(
  { matchLabels: labels, matchExpressions: fc.array(term, { maxLength: 2 }) },
  { requiredKeys: [] },
);
const range = fc.constantFrom("10.244.0.0/16", "10.244.1.0/24", "10.244.1.2/32", "192.168.1.0/24", "0.0.0.0/0");
const ADDRESSES = ["10.244.1.2", "10.244.1.3", "10.244.2.2", "192.168.1.11"];
const NAMES = ["http", "dns"];
const PORTS = [80, 81, 8080, 65_535];
const protocol = fc.constantFrom<Protocol>("TCP", "UDP", "SCTP");
const peer: fc.Arbitrary<NetworkPolicyPeer> = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector: selector }),
  fc.record({ podSelector: selector, namespaceSelector: selector }),
  fc.record({
    ipBlock: fc.record({ cidr: range, except: fc.array(range, { maxLength: 2 }) }, { requiredKeys: ["cidr"] }),
  }),
);
const port: fc.Arbitrary<NetworkPolicyPort> = fc.oneof(
  fc.record({ protocol }, { requiredKeys: [] }),
  fc.record({ protocol, port: fc.constantFrom(...NAMES, ...PORTS) }, { requiredKeys: ["port"] }),
  fc.record({ protocol, port: fc.constantFrom(...PORTS), more: fc.nat(8_000) }).map(({ more, ...each }) => ({
    ...each,
    endPort: Math.min(65_535, each.port + more),
  })),
);
const ports = fc.array(port, { maxLength: 3 });
const peers = fc.array(peer, { maxLength: 3 });
const policy: fc.Arbitrary<NetworkPolicy> = fc
  .record(
    {
      podSelector: selector,
      ingress: fc.array(fc.record({ from: peers, ports }, { requiredKeys: [] }), { maxLength: 3 }),
      egress: fc.array(fc.record({ to: peers, ports }, { requiredKeys: [] }), { maxLength: 3 }),
      policyTypes: fc.uniqueArray(fc.constantFrom("Ingress", "Egress"), { minLength: 1 }),
    },
    { requiredKeys: [] },
  )
  .chain((spec) =>
    fc.record({ name: fc.constantFrom("one", "two"), namespace: fc.constantFrom("a", "b") }).map((metadata) => ({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata,
      spec,
    })),
  );
const declared = fc.array(fc.record({ name: fc.constantFrom(...NAMES), port: fc.constantFrom(...PORTS), protocol }), {
  maxLength: 3,
});
const end: fc.Arbitrary<OracleEnd> = fc.record({
  address: fc.constantFrom(...ADDRESSES),
  pod: fc.option(
    fc.record({
      namespace: fc.constantFrom("a", "b"),
      name: fc.constant("pod"),
      labels,
      namespaceLabels: labels,
      ports: declared,
    }),
    { nil: undefined },
  ),
});

test("[NETPOL-6] random policies admit what the API's text says, and nothing else", () => {
  const question = fc.record({ from: end, to: end, port: fc.constantFrom(...PORTS, 79, 8081), protocol });
  fc.assert(
    fc.property(
      fc.array(policy, { maxLength: 4 }),
      fc.array(question, { minLength: 1, maxLength: 8 }),
      (policies, questions) => {
        for (const asked of questions)
          expect(admits(policies.map(policyOf), { ...asked, from: endOf(asked.from), to: endOf(asked.to) })).toBe(
            isAllowed(policies, asked),
          );
      },
    ),
    { numRuns: 400, seed: 34 },
  );
});
