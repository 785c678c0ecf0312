// NetworkPolicies in explanations and in Health: symptom, explanation, cure, arrival.
import { expect, test } from "vitest";
import type { Place } from "../cluster/index.ts";
import { diagnose, policyVerdicts } from "./index.ts";
import { Lab, service, web } from "./lab.ts";

const CLI: Place = { kind: "pod", namespace: "default", name: "cli" };
const WORLD = `${service("selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]")}${web()}---
apiVersion: v1
kind: Pod
metadata: { name: cli, labels: { app: cli } }
spec: { containers: [{ name: main, image: podpath.example/server }] }
`;

const policy = (name: string, spec: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name} }
spec: ${spec}
`;
const DENY = policy("default-deny", "{ podSelector: {}, policyTypes: [Ingress] }");
const FROM_API =
  "{ podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }], ports: [{ port: 8080 }] }] }";

const classes = (lab: Lab) => diagnose(lab.cluster).map((each) => each.class);

/** Asks for web, applies the first cure as long as it fails, and says what was the matter each time. */
function cured(lab: Lab, most = 3): string[] {
  const causes: string[] = [];
  for (let round = 0; round <= most; round++) {
    const exchange = lab.send(CLI, "web", 80, "/");
    if (exchange.outcome.kind === "answered") return [...causes, "answered"];
    const told = lab.explain(exchange);
    causes.push(told.cause);
    const [cure] = told.cures;
    if (cure === undefined) return causes;
    lab.cure(cure.remedy);
    lab.cluster.advance(1_000);
  }
  return causes;
}

test("[DIAG-60] a default-deny is named, with a policy beside it as the cure, and the packet arrives", () => {
  const lab = new Lab(`${WORLD}${DENY}`);
  const told = lab.explain(lab.send(CLI, "web", 80, "/"));
  expect(told.seen).toBe("no answer in time");
  expect(told.title).toBe("NetworkPolicy default-deny doesn't admit TCP 8080 from pod cli");
  expect(told.explanation).toMatch(
    /^Pod web-\S+ is isolated for ingress, as NetworkPolicy default-deny selects it: only what/,
  );
  expect(told.explanation).toContain("In default-deny, it has no ingress rule, so it admits nothing.");
  expect(told.cures[0]?.label).toBe("Add a NetworkPolicy allow-to-web that admits TCP 8080 from pods with app=cli");
  expect(told.responsible).toMatchObject({
    object: { kind: "NetworkPolicy", name: "default-deny" },
    path: ["spec", "ingress"],
  });
  expect(cured(lab)).toEqual(["policy-ingress", "answered"]);
});

test("[DIAG-60] [DIAG-61] the Service's port in a policy is put right", () => {
  const spec = "{ podSelector: {}, policyTypes: [Ingress], ingress: [{ ports: [{ port: 80 }] }] }";
  const lab = new Lab(`${WORLD}${policy("web", spec)}`);
  const told = lab.explain(lab.send(CLI, "web", 80, "/"));
  expect(told.explanation).toContain(
    "A policy sees the port of the pod (8080), never the Service's port or nodePort (80).",
  );
  expect(told.cures[0]?.label).toBe("Change port 80 to the pod's port 8080 in rule 1 of NetworkPolicy web");
  expect(classes(lab)).toEqual(["policy-service-port"]);
  expect(cured(lab)).toEqual(["policy-ingress", "answered"]);
  expect(classes(lab)).toEqual([]);
});

test("[DIAG-60] a caller that the rule doesn't mean gets a rule of its own", () => {
  const lab = new Lab(`${WORLD}${policy("web", FROM_API)}`);
  expect(cured(lab)).toEqual(["policy-ingress", "answered"]);
  expect(lab.cluster.api.get("networkpolicies.networking.k8s.io", "default", "web").spec?.ingress).toHaveLength(2);
});

test("[DIAG-60] [DIAG-65] egress without DNS: the question for the name is what is dropped", () => {
  const spec =
    "{ podSelector: { matchLabels: { app: cli } }, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: web } } }] }] }";
  const lab = new Lab(`${WORLD}${policy("cli", spec)}`);
  const told = lab.explain(lab.send(CLI, "web", 80, "/"));
  expect(told.cause).toBe("policy-dns");
  expect(told.title).toBe("NetworkPolicy cli doesn't admit the question for the name");
  expect(told.cures[0]?.label).toBe("Add a NetworkPolicy allow-dns that admits port 53 of the cluster's DNS");
  expect(lab.finding("policy-without-dns").title).toBe("Pods that NetworkPolicy cli selects can't look names up");
  expect(cured(lab)).toEqual(["policy-dns", "answered"]);
  expect(classes(lab)).toEqual([]);
});

test("[DIAG-60] both sides at once are cured at once", () => {
  const lab = new Lab(`${WORLD}${policy("none", "{ podSelector: {}, policyTypes: [Ingress, Egress] }")}`);
  expect(cured(lab)).toEqual(["policy-dns", "policy-egress", "answered"]);
});

test("[DIAG-60] masquerading is pointed out where a policy means the sender's own address", () => {
  const spec =
    "{ podSelector: {}, policyTypes: [Ingress], ingress: [{ from: [{ ipBlock: { cidr: 192.168.1.10/32 } }] }] }";
  const lab = new Lab(`${WORLD.replace("{ selector:", "{ type: NodePort, selector:")}${policy("home", spec)}`);
  const { spec: { ports = [] } = {} } = lab.cluster.api.get("services", "default", "web");
  const told = lab.explain(lab.send("laptop", "192.168.1.12", ports[0]?.nodePort ?? 0));
  expect(told.explanation).toContain(
    "The node that took the packet put its own address (192.168.1.12) in place of the sender's;",
  );
});

test("[DIAG-60] once the policy is gone, the explanation says so", () => {
  const lab = new Lab(`${WORLD}${DENY}`);
  const exchange = lab.send(CLI, "web", 80, "/");
  lab.cluster.api.delete("networkpolicies.networking.k8s.io", "default", "default-deny", {});
  lab.cluster.advance(1_000);
  expect(lab.explain(exchange).cause).toBe("policy-changed");
});

test("[NETPOL-7] every policy has a verdict on a request, at both ends", () => {
  const lab = new Lab(
    `${WORLD}${policy("web", FROM_API)}${policy("any", "{ podSelector: { matchLabels: { app: web } }, ingress: [{}] }")}`,
  );
  const verdicts = policyVerdicts(lab.cluster, lab.send(CLI, "web", 80, "/"));
  expect(verdicts.map(({ direction, policy: name, verdict }) => `${direction} ${name} ${verdict}`)).toEqual([
    "Egress default/any NotApplicable",
    "Egress default/web NotApplicable",
    "Ingress default/any Admits",
    "Ingress default/web DoesNotAdmit",
  ]);
  expect(verdicts[3]?.why).toBe(
    "rule 1 fits the port, but its from is podSelector app=api in namespace default, and pod default/cli has app=cli",
  );
});

test("[DIAG-62] pods that nobody may reach are reported with their Service", () => {
  const lab = new Lab(`${WORLD}${DENY}`);
  expect(lab.finding("policy-admits-nobody")).toMatchObject({
    severity: "warning",
    title: "No NetworkPolicy lets anyone reach Service web on port 80",
  });
});

test("[DIAG-63] a policy that selects no pod, [DIAG-64] and items that mean nobody", () => {
  const lab = new Lab(
    `${WORLD}${policy("typo", "{ podSelector: { matchLabels: { app: wbe } }, policyTypes: [Ingress] }")}${policy(
      "peers",
      "{ podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ namespaceSelector: { matchLabels: { name: kube-system } } }, { podSelector: { matchLabels: { k8s-app: kube-dns } } }, { podSelector: {} }] }] }",
    )}`,
  );
  const found = diagnose(lab.cluster);
  expect(found.map(({ title }) => title)).toEqual([
    "No namespace has name=kube-system, which rule 1 of NetworkPolicy peers asks for",
    "No pod has k8s-app=kube-dns where rule 1 of NetworkPolicy peers looks for it",
    "NetworkPolicy typo selects no pod",
  ]);
  for (const { cures } of found) for (const { remedy } of cures) lab.cure(remedy);
  expect(classes(lab)).toEqual(["policy-selects-nothing"]);
});
