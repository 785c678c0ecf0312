// What the API server answers to new Services in states the recorded sessions do not show; reasoned from its sources.
import { expect, test } from "vitest";
import { apply, invalid, play, type Session, service, specField, wanted } from "./session.ts";

const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const QUALIFIED =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const FAR = "must be between 1 and 65535, inclusive";
const RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

const SESSIONS: readonly Session[] = [
  [
    "[SVC-4] many mistakes at once come in the order of the fields' checks",
    [
      apply(
        service("Bad_Name", {
          type: "Nodeport",
          selector: { "a b": "c d" },
          sessionAffinity: "Sticky",
          ports: [{ name: "HTTP", port: 0, protocol: "tcp", targetPort: "http_x" }],
          trafficDistribution: "Near",
        }),
      ),
      invalid(
        "Bad_Name",
        `metadata.name: Invalid value: "Bad_Name": ${LABEL}`,
        `spec.ports[0].name: Invalid value: "HTTP": ${LABEL}`,
        `spec.ports[0].port: Invalid value: 0: ${FAR}`,
        'spec.ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"',
        'spec.ports[0].targetPort: Invalid value: "http_x": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
        `spec.selector: Invalid value: "a b": ${QUALIFIED}`,
        `spec.selector: Invalid value: "c d": ${VALUE}`,
        'spec.sessionAffinity: Unsupported value: "Sticky": supported values: "ClientIP", "None"',
        'spec.type: Unsupported value: "Nodeport": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
        'spec.trafficDistribution: Unsupported value: "Near": supported values: "PreferClose", "PreferSameZone", "PreferSameNode"',
      ),
    ],
  ],
  [
    "[SVC-2] a taken node port hides every other mistake, and the failed Service holds nothing",
    apply(service("a", { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] })),
    [
      apply(
        service("b", {
          type: "NodePort",
          clusterIP: "10.96.0.77",
          ports: [{ name: "X", port: 0, nodePort: 30080 }],
        }),
      ),
      invalid("b", "spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated"),
    ],
    [apply(service("c", { clusterIP: "10.96.0.77" })), "service/c created"],
  ],
  [
    "[SVC-2] a cluster IP that is taken hides a node port that is taken",
    apply(service("a", { type: "NodePort", clusterIP: "10.96.0.70", ports: [{ port: 80, nodePort: 30080 }] })),
    [
      apply(service("b", { type: "NodePort", clusterIP: "10.96.0.70", ports: [{ port: 80, nodePort: 30080 }] })),
      invalid(
        "b",
        'spec.clusterIPs: Invalid value: ["10.96.0.70"]: failed to allocate IP 10.96.0.70: provided IP is already allocated',
      ),
    ],
  ],
  [
    "[SVC-2] a health check port that is taken is an internal error",
    apply(service("a", { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] })),
    [
      apply(service("b", { type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 30080 })),
      'Error from server (InternalError): error when creating "STDIN": Internal error occurred: failed to allocate requested HealthCheck NodePort 30080: provided port is already allocated',
    ],
  ],
  [
    "[SVC-3] a status written by hand is dropped on creation, and not even a mistake in it is reported",
    [
      apply({ ...service("a", { type: "LoadBalancer" }), status: { loadBalancer: { ingress: [{ ip: "no" }] } } }),
      "service/a created",
    ],
    ["kubectl get service a -o jsonpath='{.status}'", '{"loadBalancer":{}}'],
  ],
  [
    "[SVC-4] external addresses may not be special ones",
    [
      apply(service("a", { externalIPs: ["0.0.0.0", "169.254.1.1", "224.0.0.9", "198.51.100.7"] })),
      invalid(
        "a",
        'spec.externalIPs[0]: Invalid value: "0.0.0.0": may not be unspecified (0.0.0.0)',
        'spec.externalIPs[1]: Invalid value: "169.254.1.1": may not be in the link-local range (169.254.0.0/16, fe80::/10)',
        'spec.externalIPs[2]: Invalid value: "224.0.0.9": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
      ),
    ],
  ],
  [
    "[SVC-4] an ExternalName Service has no families, and its name may end in a dot but not be in capitals",
    [
      apply(
        service("a", {
          type: "ExternalName",
          externalName: "DB.example.com",
          ipFamilies: ["IPv4"],
          ipFamilyPolicy: "SingleStack",
        }),
      ),
      invalid(
        "a",
        "spec.ipFamilies: Forbidden: may not be set for ExternalName services",
        "spec.ipFamilyPolicy: Forbidden: may not be set for ExternalName services",
        "spec.externalName: Invalid value: \"DB.example.com\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      ),
    ],
    [apply(service("a", { type: "ExternalName", externalName: "db.example.com." })), "service/a created"],
    [specField("a", "externalName"), "db.example.com."],
  ],
  [
    "[SVC-8] two families and one policy contradict each other; one family that the cluster lacks is refused",
    [
      apply(service("a", { ipFamilies: ["IPv4", "IPv6"] })),
      invalid(
        "a",
        "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
      ),
    ],
    [
      apply(service("a", { ipFamilies: ["IPv4", "IPv4"], ipFamilyPolicy: "PreferDualStack" })),
      invalid("a", 'spec.ipFamilies[1]: Duplicate value: "IPv4"'),
    ],
    [
      apply(service("a", { ipFamilies: ["IPv5"] })),
      invalid("a", 'spec.ipFamilies[0]: Unsupported value: "IPv5": supported values: "IPv4", "IPv6"'),
    ],
    [
      apply(service("a", { ipFamilyPolicy: "Dual" })),
      invalid(
        "a",
        'spec.ipFamilyPolicy: Unsupported value: "Dual": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"',
      ),
    ],
    [apply(service("a", { ipFamilyPolicy: "PreferDualStack" })), "service/a created"],
    [specField("a", "ipFamilies"), '["IPv4"]'],
  ],
  [
    "[SVC-8] a headless Service without selector has both families",
    apply(service("a", { clusterIP: "None", selector: undefined }), service("b", { clusterIP: "None" })),
    [
      "kubectl get service a -o jsonpath='{.spec.ipFamilies} {.spec.ipFamilyPolicy}'",
      '["IPv4","IPv6"] RequireDualStack',
    ],
    ["kubectl get service b -o jsonpath='{.spec.ipFamilies} {.spec.ipFamilyPolicy}'", '["IPv4"] SingleStack'],
  ],
  [
    "[SVC-4] clusterIP and clusterIPs must agree",
    [
      apply(service("a", { clusterIPs: ["10.96.0.74"] })),
      invalid("a", 'spec.clusterIPs: Invalid value: ["10.96.0.74"]: must be empty when `clusterIP` is not specified'),
    ],
    [
      apply(service("a", { clusterIP: "10.96.0.75", clusterIPs: ["10.96.0.74"] })),
      invalid("a", 'spec.clusterIPs: Invalid value: ["10.96.0.74"]: first value must match `clusterIP`'),
    ],
  ],
  [
    "[SVC-4] both traffic policies wrong: external is reported before internal",
    [
      apply(service("a", { type: "NodePort", externalTrafficPolicy: "Node", internalTrafficPolicy: "local" })),
      invalid(
        "a",
        'spec.externalTrafficPolicy: Unsupported value: "Node": supported values: "Cluster", "Local"',
        'spec.internalTrafficPolicy: Unsupported value: "local": supported values: "Cluster", "Local"',
      ),
    ],
  ],
  [
    "[SVC-4] the older annotation for source ranges is checked where the field is not used",
    [
      apply(service("a", {}, { annotations: { [RANGES]: "10.0.0.0/8" } })),
      invalid("a", `metadata.annotations[${RANGES}]: Forbidden: may only be used when \`type\` is 'LoadBalancer'`),
    ],
    [
      apply(service("a", { type: "LoadBalancer" }, { annotations: { [RANGES]: "10.0.0.0/8, nothing" } })),
      invalid(
        "a",
        `metadata.annotations[${RANGES}]: Invalid value: "nothing": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)`,
      ),
    ],
  ],
  [
    "[SVC-4] source ranges on another type are forbidden, and a malformed one is reported beside it",
    [
      apply(service("a", { loadBalancerSourceRanges: ["10.0.0.0/40"] })),
      invalid(
        "a",
        "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'",
        'spec.LoadBalancerSourceRanges[0]: Invalid value: "10.0.0.0/40": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
      ),
    ],
    [apply(service("a", { type: "LoadBalancer", loadBalancerSourceRanges: [" 10.0.0.0/8 "] })), "service/a created"],
  ],
  [
    "[SVC-4] the kubelet's port is a port like any other",
    [apply(service("a", { type: "LoadBalancer", ports: [{ port: 10250 }] })), "service/a created"],
  ],
  [
    "[SVC-4] warnings come before the answer, in the order of the fields",
    [
      apply(
        service(
          "a",
          {
            externalName: "x.y",
            externalIPs: ["2001:DB8::7"],
            loadBalancerIP: "010.0.0.1",
            trafficDistribution: "PreferClose",
          },
          { annotations: { "service.kubernetes.io/topology-aware-hints": "auto" } },
        ),
      ),
      [
        "Warning: annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead",
        'Warning: spec.externalIPs[0]: IPv6 address "2001:DB8::7" should be in RFC 5952 canonical format ("2001:db8::7")',
        "Warning: spec.externalIPs is deprecated and may no longer be implemented in some clusters",
        'Warning: spec.loadBalancerIP: non-standard IP address "010.0.0.1" will be considered invalid in a future Kubernetes release: use "10.0.0.1"',
        'Warning: spec.externalName is ignored when spec.type is not "ExternalName"',
        'Warning: spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"',
        "service/a created",
      ].join("\n"),
    ],
  ],
  [
    "[SVC-4] a Service that is refused gives no warnings of its fields",
    [apply(service("a", { externalName: "x.y", ports: [] })), invalid("a", "spec.ports: Required value")],
  ],
  [
    "[SVC-3] an empty selector, an empty type and a target port 0 are as if they were not there",
    [apply(service("a", { selector: {}, type: "", ports: [{ port: 80, targetPort: 0 }] })), "service/a created"],
    ["kubectl get service a -o jsonpath='{.spec.type} {.spec.selector} {.spec.ports[0].targetPort}'", "ClusterIP  80"],
  ],
];

test.each(SESSIONS)("%s", (_sentence, ...steps) => {
  expect(play(steps)).toEqual(wanted(steps));
});
