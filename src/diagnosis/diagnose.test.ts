// What is found before anyone sends a packet, rule by rule: the finding names the values, and its cure ends it.
import { describe, expect, test } from "vitest";
import type { Gateway } from "../gateway/index.ts";
import { diagnose, type Finding } from "./index.ts";
import { Lab, service, web } from "./lab.ts";

const GOOD = `${service("type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]")}${web({ replicas: 3 })}`;

/** Applies the first cure and expects that the finding is gone. */
function cured(lab: Lab, found: Finding, which = 0): void {
  lab.cure(found.cures[which]?.remedy);
  lab.cluster.advance(30_000);
  expect(diagnose(lab.cluster).filter(({ id }) => id === found.id)).toEqual([]);
}

const answers = (lab: Lab, host = "192.168.1.11", port = 30080) => lab.send("laptop", host, port).outcome.kind;

test("[DIAG-1] a cluster in which everything answers has nothing worse than information", () => {
  const lab = new Lab(GOOD);
  expect(diagnose(lab.cluster).filter(({ severity }) => severity !== "info")).toEqual([]);
});

test("[DIAG-2] looking changes nothing, and equal clusters give equal findings", () => {
  const broken = GOOD.replace("selector: { app: web }, ports", "selector: { app: wep }, ports");
  const [one, two] = [new Lab(broken), new Lab(broken)];
  const before = one.cluster.api.list("services").map(({ metadata }) => metadata.resourceVersion);
  const now = one.cluster.clock.now;
  expect(JSON.stringify(diagnose(one.cluster))).toBe(JSON.stringify(diagnose(two.cluster)));
  expect(one.cluster.api.list("services").map(({ metadata }) => metadata.resourceVersion)).toEqual(before);
  expect(one.cluster.clock.now).toBe(now);
});

test("[DIAG-3] by object, the worst first, then in the order of the questions", () => {
  const lab = new Lab(
    `${service("selector: { app: nobody }, ports: [{ port: 80 }]", "b")}${service("type: LoadBalancer, selector: { app: none }, ports: [{ port: 80 }]", "a")}`,
  );
  const found = diagnose(lab.cluster).filter(({ service: { name } }) => name === "a" || name === "b");
  expect(found.map((each) => `${each.service.name} ${each.severity} ${each.step}`)).toEqual([
    "a error 3",
    "a warning 7",
    "b error 3",
  ]);
});

describe("[DIAG-4] a selector that matches nothing", () => {
  test("a typo in the value: side by side with the nearest pods; the selector is set right", () => {
    const lab = new Lab(GOOD.replace("selector: { app: web }, ports", "selector: { app: wep }, ports"));
    const found = lab.finding("selector-matches-nothing");
    expect(found.explanation).toContain("Service web selects pods with app=wep");
    expect(found.explanation).toContain("app=web where the selector has app=wep");
    expect(found.comparison?.rows).toEqual([{ key: "app", wanted: "wep", found: "web" }]);
    expect(found.responsible.path).toEqual(["spec", "selector", "app"]);
    expect(found.evidence.map(({ command }) => command)).toContain("kubectl get pods -l app=wep");
    cured(lab, found);
    expect(answers(lab)).toBe("answered");
  });

  test("another key, as app for app.kubernetes.io/name", () => {
    const lab = new Lab(
      `${service("selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]")}${web({ labels: "app.kubernetes.io/name: web" })}`,
    );
    const found = lab.finding("selector-matches-nothing");
    expect(found.cures[0]?.label).toBe("Set spec.selector to app.kubernetes.io/name=web");
    cured(lab, found);
  });

  test("a label too many may also be given to the pods, as their workload's selector leaves it free", () => {
    const text = `${service("selector: { app: web, tier: front }, ports: [{ port: 80, targetPort: 8080 }]")}${web()}`;
    const found = new Lab(text).finding("selector-matches-nothing");
    expect(found.cures.map(({ label }) => label)).toEqual([
      "Set spec.selector to app=web",
      "Label the pods tier=front",
    ]);
    cured(new Lab(text), found, 0);
    cured(new Lab(text), found, 1);
  });

  test("labels on the Deployment alone are reported as such", () => {
    const text = `${service("selector: { tier: front }, ports: [{ port: 80 }]")}${web().replace("metadata: { name: web, namespace: default }", "metadata: { name: web, namespace: default, labels: { tier: front } }")}`;
    expect(new Lab(text).finding("selector-matches-nothing").explanation).toContain(
      "The labels are on the Deployment itself",
    );
  });

  test("pods of another namespace are not selected", () => {
    const lab = new Lab(
      `apiVersion: v1\nkind: Namespace\nmetadata: { name: prod }\n${service("selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }]", "api")}${web({ name: "api", labels: "app: api", namespace: "prod" })}`,
    );
    const found = lab.finding("pods-in-other-namespace");
    expect(found.explanation).toContain("only in namespace prod");
  });

  test("a workload scaled to 0 is reported as such", () => {
    const lab = new Lab(GOOD.replace("replicas: 3", "replicas: 0"));
    const found = lab.finding("scaled-to-zero");
    expect(found.explanation).toContain("Deployment web");
    cured(lab, found);
    expect(answers(lab)).toBe("answered");
  });
});

describe("[DIAG-5] pods that match and are not ready", () => {
  const withContainer = (container: string, image = "nginx:1.29") =>
    `${service("type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]")}${web({ container, image })}`;

  test("a readiness probe on a path that gives 404, in the kubelet's words", () => {
    const lab = new Lab(
      withContainer("          readinessProbe: { httpGet: { path: /healthz, port: 8080 }, periodSeconds: 1 }"),
    );
    const found = lab.finding("pods-probe-fails");
    expect(found.explanation).toContain("HTTP probe failed with statuscode: 404");
    expect(found.responsible.path.join(".")).toBe("spec.template.spec.containers.0.readinessProbe.httpGet");
    cured(lab, found);
    expect(answers(lab)).toBe("answered");
  });

  test("a readiness probe on a port where nobody listens: the one that is open is offered", () => {
    const lab = new Lab(withContainer("          readinessProbe: { tcpSocket: { port: 9090 }, periodSeconds: 1 }"));
    const found = lab.finding("pods-probe-fails");
    expect(found.cures[0]?.label).toBe("Set the port of the readinessProbe to 8080");
    cured(lab, found);
  });

  test("an image that cannot be pulled", () => {
    const lab = new Lab(withContainer("", "registry.invalid/nginx:1.29"));
    const found = lab.finding("pods-image-pull");
    expect(found.explanation).toContain("registry.invalid/nginx:1.29");
    cured(lab, found);
  });

  test("a container that crashes, with its exit code and command", () => {
    const lab = new Lab(withContainer('          command: ["sh", "-c", "exit 3"]'));
    const found = lab.finding("pods-crashing");
    expect(found.explanation).toContain("exit code 3");
    cured(lab, found);
  });

  test("a variable that a Service of the program's own name sets: REDISINSIGHT_PORT=tcp://… is no port", () => {
    const lab = new Lab(
      `${service("selector: { app: redisinsight }, ports: [{ port: 80, targetPort: 8001 }]", "redisinsight")}${web({ name: "redisinsight", labels: "app: redisinsight", image: "redislabs/redisinsight:1.14", port: "[]" })}`,
    );
    const found = lab.finding("pods-env-clash");
    expect(found.explanation).toMatch(/REDISINSIGHT_PORT=tcp:\/\/10\.96\.\d+\.\d+:80 for Service redisinsight/);
    cured(lab, found);
    const pod = lab.cluster.api.list("pods", { namespace: "default" })[0];
    expect(lab.send({ kind: "node", name: "node-1" }, pod?.status?.podIP ?? "", 8001).outcome.kind).toBe("answered");
  });

  test("pods held unready by hand: the probes decide again", () => {
    const lab = new Lab(withContainer("").replace("replicas: 2", "replicas: 1"));
    const place = lab.pod("web");
    if (place.kind === "pod") lab.cluster.setReadiness("default", place.name, false);
    lab.cluster.advance(1_000);
    const found = lab.finding("pods-unready");
    cured(lab, found);
  });

  test("pods that fit on no node, with the scheduler's words; cordoned nodes may be uncordoned", () => {
    const lab = new Lab("");
    for (const name of ["node-1", "node-2", "node-3"])
      lab.cluster.api.patch("nodes", { name }, { type: "merge", body: { spec: { unschedulable: true } } });
    lab.apply(withContainer(""));
    lab.cluster.advance(3_000);
    const found = lab.finding("pods-unschedulable");
    expect(found.explanation).toContain("0/3 nodes are available");
    expect(found.cures[0]?.remedy).toEqual({ kind: "command", command: "kubectl uncordon node-1" });
  });
});

describe("[DIAG-6] [DIAG-7] [DIAG-8] ports", () => {
  const nodePort = (target: string | number) =>
    service(`type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: ${target}, nodePort: 30080 }]`);

  test("a named targetPort with a typo: the nearest name is offered", () => {
    const lab = new Lab(`${nodePort("htttp")}${web({ port: "[{ containerPort: 8080, name: http }]" })}`);
    const found = lab.finding("named-port-unresolved");
    expect(found.explanation).toContain("their ports are named http");
    expect(found.cures[0]?.label).toBe("Set spec.ports[0].targetPort to http");
    cured(lab, found);
    expect(answers(lab)).toBe("answered");
  });

  test("a named targetPort where the container port has no name: number or name", () => {
    const lab = new Lab(`${nodePort("http")}${web()}`);
    const labels = lab.finding("named-port-unresolved").cures.map(({ label }) => label);
    expect(labels).toEqual(["Set spec.ports[0].targetPort to 8080", "Name the container port http"]);
  });

  test("a targetPort on which nobody listens, whatever containerPort says", () => {
    const lab = new Lab(`${nodePort(9090)}${web()}`);
    const found = lab.finding("nobody-listens");
    expect(found.explanation).toContain("it listens on 8080");
    cured(lab, found);
    expect(answers(lab)).toBe("answered");
  });

  test("a targetPort left out is the Service's port", () => {
    const lab = new Lab(`${service("selector: { app: web }, ports: [{ port: 80 }]")}${web()}`);
    expect(lab.finding("nobody-listens").explanation).toContain("Without a targetPort, the Service's own port, 80");
  });

  test("a program on 127.0.0.1 only, by its arguments", () => {
    const lab = new Lab(
      `${nodePort(8080)}${web({ container: '          args: ["--host", "127.0.0.1", "--port", "8080"]' })}`,
    );
    const found = lab.finding("listens-on-loopback");
    expect(found.explanation).toContain("bound to 127.0.0.1:8080");
    expect(found.cures[0]?.label).toBe("Listen on every address: 0.0.0.0");
    cured(lab, found);
    expect(answers(lab)).toBe("answered");
  });

  test("a headless Service does not apply targetPort", () => {
    const lab = new Lab(
      `${service("clusterIP: None, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]")}${web()}`,
    );
    const found = lab.finding("headless-port-not-mapped");
    expect(found.explanation).toContain("targetPort 8080 is ignored");
    cured(lab, found);
  });
});

describe("[DIAG-9] Services without selector", () => {
  const slice = (labels: string, name = "") => `---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: legacy-1, labels: { ${labels} } }
addressType: IPv4
ports: [{ port: 8080, name: "${name}" }]
endpoints: [{ addresses: ["192.168.1.50"] }]
`;

  test("no slice at all", () => {
    const lab = new Lab(service("ports: [{ port: 80 }]", "legacy"));
    const found = lab.finding("selectorless-without-slice");
    expect(found.explanation).toContain("kubernetes.io/service-name: legacy");
    cured(lab, found);
  });

  test("a slice that is labelled for nobody is adopted", () => {
    const lab = new Lab(`${service("ports: [{ port: 80 }]", "legacy")}${slice("kubernetes.io/service-name: legcay")}`);
    const found = lab.finding("selectorless-without-slice");
    expect(found.explanation).toContain("its label names legcay");
    cured(lab, found);
  });

  test("a port name that does not match", () => {
    const lab = new Lab(
      `${service("ports: [{ port: 80, name: http }]", "legacy")}${slice("kubernetes.io/service-name: legacy", "web")}`,
    );
    cured(lab, lab.finding("slice-port-name"));
  });
});

describe("[DIAG-10] [DIAG-11] names", () => {
  test("an address as externalName becomes a Service with a slice", () => {
    const lab = new Lab(service("type: ExternalName, externalName: 192.168.1.50", "db"));
    const found = lab.finding("external-name-is-an-address");
    cured(lab, found);
    expect(lab.cluster.resolve("db.default.svc.cluster.local.", "A").rcode).toBe("NOERROR");
  });

  test("an alias of a Service that is not there", () => {
    const lab = new Lab(service("type: ExternalName, externalName: api.prod.svc.cluster.local", "api"));
    expect(lab.finding("alias-leads-nowhere").explanation).toContain("there is no Service api in namespace prod");
  });

  test("a StatefulSet whose headless Service is missing gets it", () => {
    const lab = new Lab(`apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  replicas: 1
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: "postgres:17" }] }
`);
    const found = lab.finding("statefulset-names");
    expect(found.explanation).toContain("there is no Service db");
    cured(lab, found);
    expect(lab.cluster.resolve("db-0.db.default.svc.cluster.local.", "A").answers).toHaveLength(1);
  });
});

describe("[DIAG-12] [DIAG-13] [DIAG-14] policies, nodes, balancers", () => {
  test("externalTrafficPolicy Local drops at nodes without endpoints", () => {
    const lab = new Lab(
      `${service("type: NodePort, externalTrafficPolicy: Local, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]")}${web({ replicas: 1 })}`,
    );
    const found = lab.finding("external-policy-local");
    expect(found.only?.nodes).toHaveLength(2);
    expect(found.explanation).toContain(`${found.only?.nodes?.[0]} and ${found.only?.nodes?.[1]} have none`);
    cured(lab, found);
  });

  test("a load balancer leaves out nodes without endpoints: what they drop is for information", () => {
    const lab = new Lab(
      `${service("type: LoadBalancer, externalTrafficPolicy: Local, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]")}${web({ replicas: 1 })}`,
      { cloud: true },
    );
    lab.cluster.advance(10_000);
    expect(lab.finding("external-policy-local").severity).toBe("info");
  });

  test("source ranges that keep the laptop out", () => {
    const lab = new Lab(
      `${service('type: LoadBalancer, loadBalancerSourceRanges: ["203.0.113.0/24"], selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]')}${web()}`,
      { cloud: true },
    );
    const found = lab.finding("source-ranges");
    expect(found.explanation).toContain("The laptop is 192.168.1.10");
    cured(lab, found, 1);
  });

  test("session affinity is reported for information", () => {
    const lab = new Lab(
      `${service("sessionAffinity: ClientIP, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]")}${web()}`,
    );
    const found = lab.finding("session-affinity");
    expect(found.severity).toBe("info");
    cured(lab, found);
  });

  test("a node without power, and how many connections are lost to it", () => {
    const lab = new Lab(GOOD);
    lab.cluster.failNode("node-2");
    const found = lab.finding("node-dead");
    expect(found.explanation).toContain("1 of 3 connections");
    cured(lab, found);
  });

  test("a LoadBalancer without a provider stays pending", () => {
    const lab = new Lab(
      `${service("type: LoadBalancer, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]")}${web()}`,
    );
    const found = lab.finding("load-balancer-pending");
    expect(found.explanation).toContain("192.168.1.11:30080");
    cured(lab, found);
  });
});

describe("[DIAG-15] [DIAG-16] who is behind", () => {
  test("two programs with one label: the selector is narrowed", () => {
    const text = `${service("selector: { app: shop }, ports: [{ port: 80, targetPort: 8080 }]", "shop")}${web({ name: "shop", labels: "app: shop, tier: front" })}${web({ name: "db", labels: "app: shop, tier: db", image: "postgres:17", replicas: 1 })}`;
    const lab = new Lab(text);
    const found = lab.finding("label-overlap");
    expect(found.explanation).toContain("about 33 %");
    expect(found.cures[0]?.label).toBe("Add tier: front to the selector");
    cured(lab, found);
  });

  test("two versions of one program are a canary", () => {
    const lab = new Lab(
      `${service("selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]")}${web({ labels: "app: web, track: stable" })}${web({ name: "canary", labels: "app: web, track: canary", image: "nginx:1.30", replicas: 1 })}`,
    );
    expect(lab.finding("several-workloads").severity).toBe("info");
  });

  test("an Ingress that names a Service or port that is not there", () => {
    const ingress = (backend: string) => `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: site }
spec: { rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: ${backend} } }] } }] }
`;
    const nobody = new Lab(`${GOOD}${ingress("{ name: web, port: { number: 80 } }")}`);
    cured(nobody, nobody.finding("ingress-without-controller"));
    const wrong = new Lab(`${GOOD}${ingress("{ name: wep, port: { number: 80 } }")}`);
    expect(wrong.finding("ingress-backend-missing").cures[0]?.label).toContain("to web");
    const port = new Lab(`${GOOD}${ingress("{ name: web, port: { number: 8080 } }")}`);
    cured(port, port.finding("ingress-backend-port"));
  });

  test("[DIAG-52] an Ingress of the retired controller is offered as a Gateway, which then answers too", () => {
    const text = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: site, annotations: { nginx.ingress.kubernetes.io/rewrite-target: / } }
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`;
    const lab = new Lab(`${GOOD}${text}`, { ingress: true, cloud: true });
    const first = lab.finding("ingress-retired");
    expect([first.severity, first.cures[0]?.unfinished]).toEqual(["info", true]);
    lab.cure(first.cures[0]?.remedy);
    const second = lab.finding("ingress-retired");
    expect(second.cures[0]?.label).toBe("Add the same rules as a Gateway (without rewrite-target)");
    cured(lab, second);
    const [gateway] = lab.cluster.api.list("gateways.gateway.networking.k8s.io") as readonly Gateway[]; // its schema
    expect(gateway?.status?.addresses).toHaveLength(1);
    expect(diagnose(lab.cluster).filter(({ class: kind }) => /refused$/.test(kind))).toEqual([]);
    expect(lab.send("laptop", gateway?.status?.addresses?.[0]?.value ?? "", 80).outcome).toMatchObject({ status: 404 });
  });

  test("[DIAG-52] a Gateway of a class that nobody serves gets one that is", () => {
    const lab = new Lab(GOOD, { gateway: true, cloud: true });
    lab.apply(`apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
`);
    lab.cluster.advance(5_000);
    cured(lab, lab.finding("gateway-without-controller"));
    const [gateway] = lab.cluster.api.list("gateways.gateway.networking.k8s.io") as readonly Gateway[]; // its schema
    expect(gateway?.status?.addresses).toHaveLength(1);
    lab.cluster.configure({ gateway: false });
    lab.cluster.advance(40_000);
    cured(lab, lab.finding("gateway-without-controller"));
  });

  test("[DIAG-52] a route that its controller refuses is reported in the controller's words", () => {
    const lab = new Lab(GOOD, { gateway: true });
    lab.apply(`apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: shop }
spec: { gatewayClassName: podpath, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: shop }
spec: { parentRefs: [{ name: shop, sectionName: https }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
`);
    lab.cluster.advance(10_000);
    expect(lab.finding("route-refused").title).toBe("HTTPRoute shop has Accepted False: NoMatchingParent");
  });
});
