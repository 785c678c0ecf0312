// What changes of Services, patches and dry runs give in states the recorded sessions do not show; reasoned from the API server's sources.
import { expect, test } from "vitest";
import { apply, balancer, invalid, play, type Session, service, specField, wanted } from "./session.ts";

const SESSIONS: readonly Session[] = [
  [
    "[PATCH-1] a kind in lower case changes nothing of an object that is there",
    apply(service("a")),
    [
      apply({ ...service("a", { type: "NodePort" }), kind: "service" }),
      'error: error when applying patch:\n\nto:\nResource: "/v1, Resource=services", GroupVersionKind: "/v1, Kind=Service"\nName: "a", Namespace: "default"\nfor: "STDIN": At least one of apiVersion, kind and name was changed',
    ],
    [specField("a", "type"), "ClusterIP"],
  ],
  [
    "[ALLOC-3] a node port given back by a change of type can be taken by another",
    apply(service("a", { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] })),
    [apply(service("a")), "service/a configured"],
    [apply(service("b", { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] })), "service/b created"],
  ],
  [
    "[SVC-6] a change to ClusterIP that also sets another node port is refused",
    apply(service("a", { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] })),
    [
      apply(service("a", { type: "ClusterIP", ports: [{ port: 80, nodePort: 30081 }] })),
      invalid("a", "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"),
    ],
    [specField("a", "type"), "NodePort"],
  ],
  [
    "[SVC-5] a second port leaves the first one's node port, and its removal gives only its own back",
    apply(service("a", { type: "NodePort", ports: [{ name: "a", port: 80, nodePort: 30080 }] })),
    apply(
      service("a", {
        type: "NodePort",
        ports: [
          { name: "a", port: 80, nodePort: 30080 },
          { name: "b", port: 81, nodePort: 30081 },
        ],
      }),
    ),
    [specField("a", "ports[*].nodePort"), "30080 30081"],
    apply(service("a", { type: "NodePort", ports: [{ name: "a", port: 80 }] })),
    [specField("a", "ports[*].nodePort"), "30080"],
    [apply(service("b", { type: "NodePort", ports: [{ port: 80, nodePort: 30081 }] })), "service/b created"],
  ],
  [
    "[PATCH-4] a field that leaves the file leaves the object, one that was set by other means stays",
    apply(service("a", { sessionAffinity: "ClientIP" }, { labels: { x: "1", y: "2" } })),
    "kubectl label service a z=3",
    [specField("a", "sessionAffinityConfig.clientIP.timeoutSeconds"), "10800"],
    [apply(service("a", {}, { labels: { x: "1" } })), "service/a configured"],
    [specField("a", "sessionAffinity"), "None"],
    [specField("a", "sessionAffinityConfig"), ""],
    ["kubectl get service a -o jsonpath='{.metadata.labels}'", '{"x":"1","z":"3"}'],
    [apply(service("a", {}, { labels: { x: "1" } })), "service/a unchanged"],
  ],
  [
    "[PATCH-3] a strategic patch adds a port of another number, and then both need names",
    apply(service("a")),
    [
      `kubectl patch service a -p '{"spec":{"ports":[{"port":81}]}}'`,
      invalid("a", "spec.ports[0].name: Required value", "spec.ports[1].name: Required value"),
    ],
    [`kubectl patch service a --type=merge -p '{"spec":{"ports":[{"port":81}]}}'`, "service/a patched"],
    [specField("a", "ports"), '[{"port":81,"protocol":"TCP","targetPort":81}]'],
  ],
  [
    "[PATCH-1] a JSON patch is checked as any other change",
    apply(service("a", { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] })),
    [
      `kubectl patch service a --type=json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":80}]'`,
      invalid(
        "a",
        "spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767",
      ),
    ],
    [specField("a", "ports[0].nodePort"), "30080"],
  ],
  [
    "[SVC-5] replacing without addresses and node ports keeps them",
    apply(service("a", { type: "NodePort", clusterIP: "10.96.0.71", ports: [{ port: 80, nodePort: 30080 }] })),
    [apply(service("a", { type: "NodePort" })).replace("apply", "replace"), "service/a replaced"],
    [specField("a", "clusterIP"), "10.96.0.71"],
    [specField("a", "ports[0].nodePort"), "30080"],
  ],
  [
    "[META-3] replacing what has changed since is a conflict",
    apply(service("a")),
    [
      apply(service("a", {}, { resourceVersion: "1" })).replace("apply", "replace"),
      'Error from server (Conflict): error when replacing "STDIN": Operation cannot be fulfilled on services "a": the object has been modified; please apply your changes to the latest version and try again',
    ],
  ],
  [
    "[SVC-7] the health check port of a LoadBalancer with policy Local stays, and goes with the policy",
    apply(service("a", { type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 30900 })),
    [
      apply(service("a", { type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 30901 })),
      invalid("a", "spec.healthCheckNodePort: Forbidden: field is immutable"),
    ],
    [`kubectl patch service a -p '{"spec":{"externalTrafficPolicy":"Cluster"}}'`, "service/a patched"],
    [specField("a", "healthCheckNodePort"), ""],
    [apply(service("b", { type: "NodePort", ports: [{ port: 80, nodePort: 30900 }] })), "service/b created"],
  ],
  [
    "[SVC-7] a load balancer's class neither comes nor goes while the type stays",
    apply(service("a", { type: "LoadBalancer" }), service("b", { type: "LoadBalancer", loadBalancerClass: "x.io/y" })),
    [
      `kubectl patch service a -p '{"spec":{"loadBalancerClass":"x.io/y"}}'`,
      invalid("a", 'spec.loadBalancerClass: Invalid value: "x.io/y": may not change once set'),
    ],
    [
      `kubectl patch service b -p '{"spec":{"loadBalancerClass":null}}'`,
      invalid("b", "spec.loadBalancerClass: Invalid value: null: may not change once set"),
    ],
    [`kubectl patch service b -p '{"spec":{"type":"NodePort"}}'`, "service/b patched"],
    [specField("b", "loadBalancerClass"), ""],
  ],
  [
    "[SVC-9] addresses of a load balancer are checked, and only its type has them",
    apply(service("a", { type: "LoadBalancer" }), service("b")),
    [
      balancer("a", { ip: "203.0.113.300" }),
      invalid(
        "a",
        'status.loadBalancer.ingress[0].ip: Invalid value: "203.0.113.300": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      ),
    ],
    [
      balancer("a", { hostname: "203.0.113.1" }),
      invalid(
        "a",
        'status.loadBalancer.ingress[0].hostname: Invalid value: "203.0.113.1": must be a DNS name, not an IP address',
      ),
    ],
    [
      balancer("b", { ip: "203.0.113.1" }),
      invalid("b", "status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is 'LoadBalancer'"),
    ],
    [balancer("a", { ip: "203.0.113.1" }), "service/a patched"],
    [
      "kubectl get service a -o jsonpath='{.status}'",
      '{"loadBalancer":{"ingress":[{"ip":"203.0.113.1","ipMode":"VIP"}]}}',
    ],
    [`kubectl patch service a -p '{"spec":{"type":"NodePort"}}'`, "service/a patched"],
    ["kubectl get service a -o jsonpath='{.status}'", '{"loadBalancer":{}}'],
  ],
  [
    "[SVC-7] from ExternalName without ports to ClusterIP needs ports, and a failure leaves all as it was",
    apply({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "a" },
      spec: { type: "ExternalName", externalName: "x.y" },
    }),
    [`kubectl patch service a -p '{"spec":{"type":"ClusterIP"}}'`, invalid("a", "spec.ports: Required value")],
    [
      "kubectl get service a -o jsonpath='{.spec}'",
      '{"externalName":"x.y","sessionAffinity":"None","type":"ExternalName"}',
    ],
    [
      `kubectl patch service a -p '{"spec":{"type":"ClusterIP","ports":[{"port":80}],"clusterIP":"10.96.0.72"}}'`,
      'Warning: spec.externalName is ignored when spec.type is not "ExternalName"\nservice/a patched',
    ],
    [specField("a", "clusterIPs"), '["10.96.0.72"]'],
  ],
  [
    "[SVC-6] to ExternalName: the address can be asked for by another, selector and ports stay",
    apply(service("a", { clusterIP: "10.96.0.73" })),
    [`kubectl patch service a -p '{"spec":{"type":"ExternalName","externalName":"x.y"}}'`, "service/a patched"],
    [
      "kubectl get service a -o jsonpath='{.spec}'",
      '{"externalName":"x.y","ports":[{"port":80,"protocol":"TCP","targetPort":8080}],"selector":{"app":"a"},"sessionAffinity":"None","type":"ExternalName"}',
    ],
    [apply(service("b", { clusterIP: "10.96.0.73" })), "service/b created"],
  ],
  [
    "[SVC-6] switching node ports off leaves those that are there",
    apply(service("a", { type: "LoadBalancer", ports: [{ port: 80, nodePort: 30080 }] })),
    [`kubectl patch service a -p '{"spec":{"allocateLoadBalancerNodePorts":false}}'`, "service/a patched"],
    [specField("a", "ports[0].nodePort"), "30080"],
    [apply(service("b", { type: "LoadBalancer", allocateLoadBalancerNodePorts: false })), "service/b created"],
    [specField("b", "ports[0].nodePort"), ""],
  ],
  [
    "[ALLOC-4] a server dry run says created, and nothing is there or taken afterwards",
    [
      apply(service("a", { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] })).replace(
        "-f",
        "--dry-run=server -f",
      ),
      "service/a created (server dry run)",
    ],
    ["kubectl get service a", 'Error from server (NotFound): services "a" not found'],
    [apply(service("b", { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] })), "service/b created"],
    [
      apply(service("b", { type: "ClusterIP" })).replace("-f", "--dry-run=server -f"),
      "service/b configured (server dry run)",
    ],
    [specField("b", "type"), "NodePort"],
  ],
  [
    "[META-4] generateName makes a name, and apply wants one",
    [
      `${apply({ apiVersion: "v1", kind: "Service", metadata: { generateName: "gen-" }, spec: { ports: [{ port: 80 }] } }).replace("apply", "create")} | sed -e 's/gen-[a-z0-9]*/gen-X/'`.replace(
        /(<<'EOF')([\s\S]*EOF)( \| .*)$/,
        "$1$3$2",
      ),
      "service/gen-X created",
    ],
    [
      apply({ apiVersion: "v1", kind: "Service", metadata: { generateName: "gen-" }, spec: { ports: [{ port: 80 }] } }),
      "error: from gen-: cannot use generate name with apply",
    ],
  ],
];

test.each(SESSIONS)("%s", (_sentence, ...steps) => {
  expect(play(steps)).toEqual(wanted(steps));
});
