// Which field made a rule be as it is: asked of packets that really matched the rules.
import { describe, expect, test } from "vitest";
import { type Exchange, type Hop, pathText } from "../cluster/index.ts";
import { fieldsOfHop } from "./fields.ts";
import { Lab, service, web } from "./lab.ts";

const PODS = web({ replicas: 3 });

/** The fields behind each hop of a request and its replies, as `namespace/name path`; hops without any are left out. */
function fieldsOf(lab: Lab, exchange: Exchange): readonly (readonly string[])[] {
  const { trace, api } = lab.cluster;
  const find = (key: string) => {
    const [namespace = "", name = ""] = key.split("/");
    return api.find("services", namespace, name);
  };
  const hops: Hop[] = exchange.packets.flatMap((id) => [...(trace.packet(id)?.hops ?? [])]);
  return hops
    .map((hop) => fieldsOfHop(hop, find).map(({ object, path }) => `${object.name} ${pathText(path)}`))
    .filter((fields) => fields.length > 0);
}

describe("[DIAG-30] the fields behind a hop", () => {
  test("through a nodePort: the nodePort, the policy that lets it be masqueraded, the selector that gave the pods, the targetPort", () => {
    const lab = new Lab(
      `${service("type: NodePort, selector: { app: web }, ports: [{ name: admin, port: 9 }, { name: http, port: 80, targetPort: 8080, nodePort: 30080 }]")}${PODS}`,
    );
    const exchange = lab.send("laptop", "192.168.1.12", 30080);
    expect(exchange.outcome.kind).toBe("answered");
    expect(fieldsOf(lab, exchange)).toEqual([
      [
        "web spec.ports[1].nodePort",
        "web spec.externalTrafficPolicy",
        "web spec.selector",
        "web spec.ports[1].targetPort",
      ],
    ]);
  });

  test("to a ClusterIP: the port and the address; with affinity, that too", () => {
    const lab = new Lab(
      `${service("sessionAffinity: ClientIP, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]")}${PODS}`,
    );
    const { spec } = lab.cluster.api.get("services", "default", "web");
    const from = { kind: "node", name: "node-1" } as const;
    lab.send(from, spec?.clusterIP ?? "", 80);
    const [fields] = fieldsOf(lab, lab.send(from, spec?.clusterIP ?? "", 80));
    expect(fields).toEqual([
      "web spec.ports[0].port",
      "web spec.clusterIP",
      "web spec.sessionAffinity",
      "web spec.sessionAffinityConfig.clientIP.timeoutSeconds",
      "web spec.ports[0].targetPort",
    ]);
  });

  test("refused for want of endpoints: the selector first; dropped by Local: the policy", () => {
    const none = new Lab(service("type: NodePort, selector: { app: nope }, ports: [{ port: 80, nodePort: 30080 }]"));
    expect(fieldsOf(none, none.send("laptop", "192.168.1.11", 30080))).toEqual([
      ["web spec.selector", "web spec.ports[0].targetPort"],
    ]);
    const local = new Lab(
      `${service("type: NodePort, externalTrafficPolicy: Local, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]")}${web({ replicas: 1 })}`,
    );
    const nodes = ["192.168.1.11", "192.168.1.12", "192.168.1.13"];
    const timedOut = nodes
      .map((node) => local.send("laptop", node, 30080))
      .filter(({ outcome }) => outcome.kind === "timeout");
    expect(timedOut).toHaveLength(2);
    for (const exchange of timedOut)
      expect(fieldsOf(local, exchange).flat()).toContain("web spec.externalTrafficPolicy");
  });

  test("straight to a pod no field of a Service is to thank or to blame", () => {
    const lab = new Lab(`${service("selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]")}${PODS}`);
    const [pod] = lab.cluster.api.list("pods", { namespace: "default" });
    const from = { kind: "node", name: "node-1" } as const;
    expect(fieldsOf(lab, lab.send(from, pod?.status?.podIP ?? "", 8080))).toEqual([]);
  });
});
