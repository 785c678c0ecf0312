// Services in the API server: every field, in Kubernetes' words. Outside truth: recorded sessions in src/conformance/service-api, src/conformance/measured.
import { expect, test } from "vitest";
import type { Service } from "../api/types.gen.ts";
import { StatusError } from "../apimachinery/errors.ts";
import { fieldErrorText } from "../apimachinery/field-error-text.ts";
import { createCluster } from "../cluster.ts";

type Spec = Record<string, unknown>;

function server() {
  return createCluster({ seed: "test", settings: { coredns: false } }).api;
}

const manifest = (spec: Spec | undefined, name = "x") => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name },
  ...(spec === undefined ? {} : { spec }),
});

/** What the server says: the created spec, or its words. */
function answerTo(action: () => { object: Service; warnings: readonly string[] }): string[] {
  try {
    return ["created", ...action().warnings];
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const { causes, message } = error.status;
    return [...(causes.length > 0 ? causes.map(fieldErrorText) : [message]), ...error.warnings];
  }
}

const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL_VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const PORT = "must be between 1 and 65535, inclusive";
const IP = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
const CIDR = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
const LB_ONLY = "may only be used when `type` is 'LoadBalancer'";
const P80 = [{ port: 80 }];

test.each<[string, Spec, string[]]>([
  [
    "node port out of range",
    { type: "NodePort", ports: [{ port: 80, nodePort: 1234 }] },
    [
      "spec.ports[0].nodePort: Invalid value: 1234: provided port is not in the valid range. The range of valid ports is 30000-32767",
    ],
  ],
  [
    "node port on ClusterIP",
    { ports: [{ port: 80, nodePort: 30080 }] },
    ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
  ],
  ["no ports", {}, ["spec.ports: Required value"]],
  [
    "two unnamed ports",
    { ports: [{ port: 80 }, { port: 443 }] },
    ["spec.ports[0].name: Required value", "spec.ports[1].name: Required value"],
  ],
  [
    "equal port names",
    {
      ports: [
        { port: 80, name: "http" },
        { port: 443, name: "http" },
      ],
    },
    ['spec.ports[1].name: Duplicate value: "http"'],
  ],
  [
    "equal port and protocol",
    {
      ports: [
        { port: 80, name: "a" },
        { port: 80, name: "b" },
      ],
    },
    [
      'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
    ],
  ],
  [
    "TCP and UDP on one port",
    {
      ports: [
        { port: 53, name: "a" },
        { port: 53, name: "b", protocol: "UDP" },
      ],
    },
    ["created"],
  ],
  [
    "port name in capitals",
    { ports: [{ port: 80, name: "HTTP" }] },
    [`spec.ports[0].name: Invalid value: "HTTP": ${LABEL}`],
  ],
  [
    "port 0",
    { ports: [{ port: 0 }] },
    [`spec.ports[0].port: Invalid value: 0: ${PORT}`, `spec.ports[0].targetPort: Invalid value: 0: ${PORT}`],
  ],
  ["port missing", { ports: [{ targetPort: 80 }] }, [`spec.ports[0].port: Invalid value: 0: ${PORT}`]],
  ["targetPort 0", { ports: [{ port: 80, targetPort: 0 }] }, ["created"]],
  [
    "targetPort of digits",
    { ports: [{ port: 80, targetPort: "8080" }] },
    ['spec.ports[0].targetPort: Invalid value: "8080": must contain at least one letter (a-z)'],
  ],
  [
    "targetPort too long",
    { ports: [{ port: 80, targetPort: "averyveryverylongname" }] },
    ['spec.ports[0].targetPort: Invalid value: "averyveryverylongname": must be no more than 15 characters'],
  ],
  [
    "targetPort in capitals",
    { ports: [{ port: 80, targetPort: "HTTP" }] },
    [
      'spec.ports[0].targetPort: Invalid value: "HTTP": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
      'spec.ports[0].targetPort: Invalid value: "HTTP": must contain at least one letter (a-z)',
    ],
  ],
  [
    "protocol in lower case",
    { ports: [{ port: 80, protocol: "tcp" }] },
    ['spec.ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"'],
  ],
  [
    "type Headless",
    { type: "Headless", ports: P80 },
    [
      'spec.type: Unsupported value: "Headless": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
    ],
  ],
  [
    "selector with a bad value",
    { selector: { app: "a b" }, ports: P80 },
    [`spec.selector: Invalid value: "a b": ${LABEL_VALUE}`],
  ],
  [
    "session affinity Yes",
    { sessionAffinity: "Yes", ports: P80 },
    ['spec.sessionAffinity: Unsupported value: "Yes": supported values: "ClientIP", "None"'],
  ],
  [
    "affinity of no time",
    { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } }, ports: P80 },
    [
      "spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 0: must be greater than 0 and less than 86400",
    ],
  ],
  [
    "affinity config with None",
    { sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } }, ports: P80 },
    ["created"],
  ],
  [
    "clusterIP out of range",
    { clusterIP: "192.168.1.5", ports: P80 },
    [
      'spec.clusterIPs: Invalid value: ["192.168.1.5"]: failed to allocate IP 192.168.1.5: the provided network does not match the current range',
    ],
  ],
  ["clusterIP no IP", { clusterIP: "abc", ports: P80 }, [`spec.clusterIPs[0]: Invalid value: "abc": ${IP}`]],
  [
    "clusterIP with leading zeros",
    { clusterIP: "010.096.000.020", ports: P80 },
    ['spec.clusterIPs[0]: Invalid value: "010.096.000.020": must not have leading 0s'],
  ],
  [
    "clusterIP taken",
    { clusterIP: "10.96.0.1", ports: P80 },
    [
      'spec.clusterIPs: Invalid value: ["10.96.0.1"]: failed to allocate IP 10.96.0.1: provided IP is already allocated',
    ],
  ],
  [
    "clusterIP of IPv6",
    { clusterIP: "fd00::5", ports: P80 },
    ['spec.clusterIPs[0]: Invalid value: ["fd00::5"]: IPv6 is not configured on this cluster'],
  ],
  [
    "None with NodePort",
    { type: "NodePort", clusterIP: "None", ports: P80 },
    ["spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for NodePort services"],
  ],
  ["headless without ports", { clusterIP: "None", selector: { a: "b" } }, ["created"]],
  ["no externalName", { type: "ExternalName" }, ["spec.externalName: Required value"]],
  [
    "externalName as URL",
    { type: "ExternalName", externalName: "https://example.com" },
    [`spec.externalName: Invalid value: "https://example.com": ${SUBDOMAIN}`],
  ],
  [
    "externalName with clusterIP",
    { type: "ExternalName", externalName: "a.example", clusterIP: "None" },
    ["spec.clusterIPs: Forbidden: may not be set for ExternalName services"],
  ],
  [
    "externalName on ClusterIP",
    { externalName: "a.example", ports: P80 },
    ["created", 'spec.externalName is ignored when spec.type is not "ExternalName"'],
  ],
  [
    "external policy on ClusterIP",
    { externalTrafficPolicy: "Local", ports: P80 },
    ['spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services'],
  ],
  [
    "external policy unknown",
    { type: "NodePort", externalTrafficPolicy: "local", ports: P80 },
    ['spec.externalTrafficPolicy: Unsupported value: "local": supported values: "Cluster", "Local"'],
  ],
  [
    "internal policy unknown",
    { internalTrafficPolicy: "Node", ports: P80 },
    ['spec.internalTrafficPolicy: Unsupported value: "Node": supported values: "Cluster", "Local"'],
  ],
  [
    "distribution unknown",
    { trafficDistribution: "Closest", ports: P80 },
    [
      'spec.trafficDistribution: Unsupported value: "Closest": supported values: "PreferClose", "PreferSameZone", "PreferSameNode"',
    ],
  ],
  [
    "distribution deprecated",
    { trafficDistribution: "PreferClose", ports: P80 },
    ["created", 'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"'],
  ],
  [
    "health check port on NodePort",
    { type: "NodePort", healthCheckNodePort: 32000, ports: P80 },
    [
      "spec.healthCheckNodePort: Invalid value: 32000: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    ],
  ],
  [
    "fields of load balancers",
    {
      type: "NodePort",
      allocateLoadBalancerNodePorts: true,
      loadBalancerClass: "a/b",
      loadBalancerSourceRanges: ["10.0.0.0/8"],
      ports: P80,
    },
    [
      `spec.LoadBalancerSourceRanges: Forbidden: ${LB_ONLY}`,
      `spec.allocateLoadBalancerNodePorts: Forbidden: ${LB_ONLY}`,
      `spec.loadBalancerClass: Forbidden: ${LB_ONLY}`,
    ],
  ],
  [
    "bad source ranges",
    { type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.1", "10.0.0.1/8"], ports: P80 },
    [
      `spec.LoadBalancerSourceRanges[0]: Invalid value: "10.0.0.1": ${CIDR}`,
      'spec.LoadBalancerSourceRanges[1]: Invalid value: "10.0.0.1/8": must not have bits set beyond the prefix length',
    ],
  ],
  [
    "external IPs",
    { externalIPs: ["127.0.0.1"], ports: P80 },
    ['spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)'],
  ],
  [
    "IPv6 family",
    { ipFamilies: ["IPv6"], ports: P80 },
    ['spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster'],
  ],
  [
    "two families required",
    { ipFamilyPolicy: "RequireDualStack", ports: P80 },
    ['spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services'],
  ],
  [
    "headless with what it ignores",
    { clusterIP: "None", sessionAffinity: "ClientIP", externalIPs: ["192.0.2.1"], selector: { a: "b" }, ports: P80 },
    [
      "created",
      "spec.externalIPs is ignored for headless services",
      "spec.SessionAffinity is ignored for headless services",
    ],
  ],
  [
    "bad appProtocol",
    { ports: [{ port: 80, appProtocol: "a b" }] },
    [
      "spec.ports[0].appProtocol: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
  ],
  [
    "clusterIPs without clusterIP",
    { clusterIPs: ["10.96.9.9"], ports: P80 },
    ['spec.clusterIPs: Invalid value: ["10.96.9.9"]: must be empty when `clusterIP` is not specified'],
  ],
  [
    "a taken node port hides other mistakes",
    {
      type: "NodePort",
      sessionAffinity: "Yes",
      ports: [
        { port: 80, nodePort: 30080 },
        { port: 81, nodePort: 30080 },
      ],
    },
    ["spec.ports[1].nodePort: Invalid value: 30080: provided port is already allocated"],
  ],
  [
    "one node port for TCP and UDP",
    {
      type: "NodePort",
      ports: [
        { name: "a", port: 80, nodePort: 30333 },
        { name: "b", port: 80, protocol: "UDP", nodePort: 30333 },
      ],
    },
    ["created"],
  ],
])("[SVC-4] %s", (_, spec, answer) => {
  expect(answerTo(() => server().create("services", "default", manifest(spec)))).toEqual(answer);
});

test.each<[string, string[]]>([
  ["1web", ["created"]],
  ["web.example", ['metadata.name: Invalid value: "web.example": must not contain dots']],
  ["a".repeat(64), [`metadata.name: Invalid value: "${"a".repeat(64)}": must be no more than 63 characters`]],
  ["Web", [`metadata.name: Invalid value: "Web": ${LABEL}`]],
])("[SVC-1] the name %s", (name, answer) => {
  expect(answerTo(() => server().create("services", "default", manifest({ ports: P80 }, name)))).toEqual(answer);
});
