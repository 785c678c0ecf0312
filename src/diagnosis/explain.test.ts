// Why one request failed: its class, its cause now, and a cure after which the same request is answered.
import { describe, expect, test } from "vitest";
import { type Cure, explainExchange } from "./index.ts";
import { Lab, service, web } from "./lab.ts";

const GOOD = `${service("type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]")}${web({ replicas: 3 })}`;
const CLIENT = web({
  name: "client",
  labels: "app: client",
  image: "busybox",
  replicas: 1,
  container: '          command: ["sleep", "1d"]',
});

/** Sends what a cure says and gives its outcome. */
function resent(lab: Lab, cure: Cure | undefined): string {
  if (cure?.remedy.kind !== "send") return "no sending";
  const { from, host, port } = cure.remedy.send;
  return lab.send(from, host, port).outcome.kind;
}

test("[DIAG-4] refused for want of endpoints: the packet's story first, then the selector, then the cure", () => {
  const lab = new Lab(GOOD.replace("selector: { app: web }, ports", "selector: { app: wep }, ports"));
  const why = lab.why("laptop", "192.168.1.12", 30080);
  expect(why.class).toBe("refused");
  expect(why.title).toBe("No pod has the labels app=wep");
  expect(why.comparison?.rows).toEqual([{ key: "app", wanted: "wep", found: "web" }]);
  lab.cure(why.cures[0]?.remedy);
  expect(lab.send("laptop", "192.168.1.12", 30080).outcome.kind).toBe("answered");
});

test("[DIAG-7] refused by the pod itself", () => {
  const lab = new Lab(GOOD.replace("targetPort: 8080", "targetPort: 9090"));
  const why = lab.why("laptop", "192.168.1.12", 30080);
  expect(why.title).toContain("Nothing listens on port 9090");
  lab.cure(why.cures[0]?.remedy);
  expect(lab.send("laptop", "192.168.1.12", 30080).outcome.kind).toBe("answered");
});

test("[DIAG-12] a time-out at a node without local endpoints", () => {
  const lab = new Lab(
    GOOD.replace("type: NodePort", "type: NodePort, externalTrafficPolicy: Local").replace(
      "replicas: 3",
      "replicas: 1",
    ),
  );
  const found = lab.finding("external-policy-local");
  const node = found.only?.nodes?.[0] ?? "";
  const why = lab.why("laptop", lab.cluster.network.nodeAddress(node) ?? "", 30080);
  expect(why.class).toBe("timeout");
  expect(why.title).toContain(node);
  lab.cure(why.cures[0]?.remedy);
  expect(lab.send("laptop", lab.cluster.network.nodeAddress(node) ?? "", 30080).outcome.kind).toBe("answered");
});

describe("[DIAG-20] pairs that are not legal", () => {
  const clusterIP = (lab: Lab) => lab.cluster.api.get("services", "default", "web").spec?.clusterIP ?? "";
  const podIP = (lab: Lab) =>
    lab.cluster.api.list("pods", { namespace: "default" }).find(({ metadata }) => metadata.name?.startsWith("web"))
      ?.status?.podIP ?? "";

  test.each([
    ["clusterIP:nodePort", (lab: Lab) => [clusterIP(lab), 30080] as const, "30080 is its nodePort"],
    ["clusterIP:targetPort", (lab: Lab) => [clusterIP(lab), 8080] as const, "8080 is its targetPort"],
    ["podIP:port", (lab: Lab) => [podIP(lab), 80] as const, "80 is the port of Service web"],
    ["podIP:nodePort", (lab: Lab) => [podIP(lab), 30080] as const, "30080 is the nodePort of Service web"],
    ["nodeIP:port", () => ["192.168.1.12", 80] as const, "nodePort 30080"],
    ["nodeIP:targetPort", () => ["192.168.1.12", 8080] as const, "nodePort 30080"],
  ])("%s from a pod: the legal pair is offered and answers", (_, pair, words) => {
    const lab = new Lab(`${GOOD}${CLIENT}`);
    const [host, port] = pair(lab);
    const why = lab.why(lab.pod("client"), host, port);
    expect(why.explanation).toContain(words);
    expect(resent(lab, why.cures[0])).toBe("answered");
  });

  test.each([
    ["clusterIP", (lab: Lab) => [clusterIP(lab), 80] as const, "exists only inside the cluster"],
    ["podIP", (lab: Lab) => [podIP(lab), 8080] as const, "which only the cluster can reach"],
    ["localhost:nodePort", () => ["localhost", 30080] as const, "the laptop itself"],
    ["nodeIP:port", () => ["192.168.1.12", 80] as const, "No nodePort 80 is open"],
  ])("%s from the laptop", (_, pair, words) => {
    const lab = new Lab(GOOD);
    const why = lab.why("laptop", pair(lab)[0], pair(lab)[1]);
    expect(why.title).toContain(words);
    expect(resent(lab, why.cures[0])).toBe("answered");
  });

  test("a ClusterIP that nobody has any more", () => {
    const lab = new Lab(`${GOOD}${CLIENT}`);
    const why = lab.why(lab.pod("client"), "10.96.200.200", 80);
    expect(why.title).toBe("No Service has the address 10.96.200.200");
    expect(resent(lab, why.cures[0])).toBe("answered");
  });
});

describe("[DIAG-21] names", () => {
  const PROD = `---\napiVersion: v1\nkind: Namespace\nmetadata: { name: prod }\n${service("selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }]", "api", "prod")}${web({ name: "api", labels: "app: api", namespace: "prod" })}`;

  test("a short name from another namespace", () => {
    const lab = new Lab(`${CLIENT}${PROD}`);
    const why = lab.why(lab.pod("client"), "api", 80);
    expect(why.class).toBe("unresolved");
    expect(why.explanation).toContain("from here its name is api.prod");
    expect(why.cures[0]?.label).toBe("Send to api.prod:80 instead");
    expect(resent(lab, why.cures[0])).toBe("answered");
  });

  test("a name with a typo", () => {
    const lab = new Lab(`${GOOD}${CLIENT}`);
    const why = lab.why(lab.pod("client"), "wbe", 80);
    expect(why.title).toBe("There is no Service wbe in namespace default");
    expect(resent(lab, why.cures[0])).toBe("answered");
  });

  test("a Service's name from the laptop", () => {
    const lab = new Lab(GOOD);
    const why = lab.why("laptop", "web.default.svc.cluster.local", 80);
    expect(why.explanation).toContain("only CoreDNS knows");
    expect(resent(lab, why.cures[0])).toBe("answered");
  });

  test("a DNS whose Service selects nothing", () => {
    const lab = new Lab(`${GOOD}${CLIENT}`);
    const selector = { "k8s-app": "kube-dsn" };
    lab.cluster.api.patch(
      "services",
      { namespace: "kube-system", name: "kube-dns" },
      { type: "merge", body: { spec: { selector } } },
    );
    lab.cluster.advance(40_000);
    const why = lab.why(lab.pod("client"), "web", 80);
    expect(why.title).toBe("The cluster's DNS doesn't answer");
    lab.cure(why.cures[0]?.remedy);
    expect(lab.send(lab.pod("client"), "web", 80).outcome.kind).toBe("answered");
  });

  test("a pod with hostNetwork", () => {
    const lab = new Lab(`${GOOD}${CLIENT.replace("      containers:", "      hostNetwork: true\n      containers:")}`);
    const why = lab.why(lab.pod("client"), "web", 80);
    expect(why.cures[0]?.label).toBe("Set dnsPolicy to ClusterFirstWithHostNet");
    lab.cure(why.cures[0]?.remedy);
    lab.cluster.advance(40_000);
    expect(lab.send(lab.pod("client"), "web", 80).outcome.kind).toBe("answered");
  });
});

test("[DIAG-53] a Gateway's own 404, 500 and 503 lead to the route, the missing Service and the missing endpoints", () => {
  const route = (name: string, path: string, backend: string) => `---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name} }
spec:
  parentRefs: [{ name: shop }]
  rules: [{ matches: [{ path: { value: ${path} } }], backendRefs: [{ name: ${backend}, port: 80 }] }]
`;
  const lab = new Lab(GOOD, { gateway: true, cloud: true });
  lab.apply(`apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: shop }
spec: { gatewayClassName: podpath, listeners: [{ name: http, port: 80, protocol: HTTP }] }
${route("gone", "/gone", "wep")}${route("idle", "/idle", "idle")}${service("selector: { app: idle }, ports: [{ port: 80 }]", "idle")}`);
  lab.cluster.advance(20_000);
  const why = (path: string) => lab.why("laptop", "203.0.113.10", 80, path);
  expect(why("/nowhere").title).toBe("No route has a rule for 203.0.113.10/nowhere");
  expect(why("/gone").title).toBe("HTTPRoute gone has ResolvedRefs False: BackendNotFound");
  expect(why("/idle").title).toContain("No pod has the labels app=idle");
});

test("[DIAG-29] a 503 and a 404 of the ingress controller lead to the Ingress, not to the Service in front of it", () => {
  const ingress = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: site }
spec:
  ingressClassName: nginx
  rules: [{ http: { paths: [{ path: /shop, pathType: Prefix, backend: { service: { name: wep, port: { number: 80 } } } }] } }]
`;
  const lab = new Lab(`${GOOD}${ingress}`, { ingress: true, cloud: true });
  lab.cluster.advance(20_000);
  const front = lab.cluster.api.list("services", { namespace: "ingress-nginx" })[0];
  const host = front?.status?.loadBalancer?.ingress?.[0]?.ip ?? "";
  expect(lab.why("laptop", host, 80, "/nowhere").title).toContain("No Ingress has a rule for");
  const why = lab.why("laptop", host, 80, "/shop");
  expect(why.seen).toBe("HTTP 503");
  expect(why.title).toContain("There is no Service wep behind */shop");
  lab.cure(why.cures[0]?.remedy);
  const { outcome } = lab.send("laptop", host, 80, "/shop");
  expect(outcome.kind === "answered" && outcome.body).toContain("404"); // nginx itself has no /shop: it was reached
  expect(outcome.kind === "answered" && outcome.status).toBe(404);
});

test("[DIAG-28] a request on an open connection gets a note that nothing was drawn for it", () => {
  const lab = new Lab(GOOD);
  const request = {
    from: { kind: "client", name: "laptop" },
    host: "192.168.1.12",
    port: 30080,
    sourcePort: 45_000,
  } as const;
  lab.cluster.send(request);
  lab.cluster.advance(100);
  const exchange = lab.cluster.trace.exchange(lab.cluster.send(request));
  lab.cluster.advance(100);
  const ended = lab.cluster.trace.exchange(exchange?.id ?? 0);
  const why = ended && explainExchange(lab.cluster, ended);
  expect(why?.title).toMatch(/^It used an open connection, so it went to pod web-/);
  expect(resent(lab, why?.cures[0])).toBe("answered");
});

test("[DIAG-24] an HTTP error is the program's own", () => {
  const lab = new Lab(GOOD);
  const why = lab.why("laptop", "192.168.1.12", 30080, "/nothing");
  expect(why.class).toBe("http");
  expect(why.title).toBe("The program itself answered 404");
});

test("[DIAG-25] a pod that saw the node instead of the laptop; Local keeps the source", () => {
  const lab = new Lab(GOOD);
  const why = lab.why("laptop", "192.168.1.12", 30080);
  expect(why.class).toBe("answered");
  expect(why.title).toBe("The pod saw 192.168.1.12, not the laptop");
  lab.cure(why.cures[0]?.remedy);
  const { outcome } = lab.send("laptop", "192.168.1.12", 30080);
  expect(outcome.kind === "answered" && outcome.clientSeen).toBe("192.168.1.10");
});
