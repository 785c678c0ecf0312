// What other kinds than workloads are refused for or given: each answer reasoned from the sources before it was tried.
// Outside truth: kubernetes/pkg/apis/{core,networking,discovery}/validation and apimachinery's ValidateObjectMeta.
import { expect, test } from "vitest";
import type { NetworkPolicy } from "../api/types.gen.ts";
import { LABEL, server, words } from "./trial.ts";

const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const NAME_PART =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const CONFIG_KEY =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
const IP = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";

/** What creating this says. */
function create(resource: string, apiVersion: string, kind: string, fields: object): string[] {
  const { metadata = {}, ...rest } = fields as { metadata?: object };
  const namespace = ["nodes", "namespaces"].includes(resource) ? undefined : "default";
  const object = { apiVersion, kind, metadata: { name: "x", ...metadata }, ...rest };
  return words(() => server().create(resource, namespace, object));
}

const backend = { service: { name: "web", port: { number: 80 } } };
const ingress = (spec: object, metadata: object = {}) =>
  create("ingresses.networking.k8s.io", "networking.k8s.io/v1", "Ingress", { metadata, spec });
const paths = (...list: object[]) => ({ rules: [{ http: { paths: list } }] });

test.each<[string, () => string[], string[]]>([
  [
    "an empty path type is one that is not known",
    () => ingress(paths({ path: "/", pathType: "", backend })),
    [
      'spec.rules[0].http.paths[0].pathType: Unsupported value: "": supported values: "Exact", "ImplementationSpecific", "Prefix"',
    ],
  ],
  [
    "paths with steps in them",
    () => ingress(paths({ path: "/a//b/..", pathType: "Prefix", backend })),
    [
      "spec.rules[0].http.paths[0].path: Invalid value: \"/a//b/..\": must not contain '//'",
      "spec.rules[0].http.paths[0].path: Invalid value: \"/a//b/..\": cannot end with '/..'",
    ],
  ],
  ["no paths", () => ingress(paths()), ["spec.rules[0].http.paths: Required value"]],
  [
    "a star in the middle of a host",
    () =>
      ingress({ rules: [{ host: "a.*.example.com", http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }] }),
    [
      "spec.rules[0].host: Invalid value: \"a.*.example.com\": a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  [
    "a backend's name is a Service's name, a port is one of number and name",
    () =>
      ingress({
        defaultBackend: { service: { name: "Web", port: { number: 80, name: "http" } } },
        rules: [
          {
            http: {
              paths: [{ path: "/", pathType: "Exact", backend: { service: { name: "1web", port: { name: "h" } } } }],
            },
          },
        ],
      }),
    [
      `spec.defaultBackend.service.name: Invalid value: "Web": ${LABEL}`,
      'spec.defaultBackend: Invalid value: "": cannot set both port name & port number',
    ],
  ],
  [
    "hosts and the Secret of TLS",
    () => ingress({ defaultBackend: backend, tls: [{ hosts: ["A.example"], secretName: "S" }] }),
    [
      `spec.tls[0].hosts[0]: Invalid value: "A.example": ${SUBDOMAIN}`,
      `spec.tls[0].secretName: Invalid value: "S": ${SUBDOMAIN}`,
    ],
  ],
  [
    "two classes that contradict each other, reported last",
    () =>
      ingress(
        { ingressClassName: "nginx", defaultBackend: { service: { name: "web" } } },
        { annotations: { "kubernetes.io/ingress.class": "other" } },
      ),
    [
      "spec.defaultBackend: Required value: port name or number is required",
      'annotations.kubernetes.io/ingress.class: Invalid value: "other": must match `ingressClassName` when both are specified',
    ],
  ],
  [
    "a resource as a backend",
    () => ingress({ defaultBackend: { resource: { kind: "", name: "" } } }),
    ["spec.defaultBackend.resource.kind: Required value", "spec.defaultBackend.resource.name: Required value"],
  ],
])("[ING-1] %s", (_, action, answer) => {
  expect(action()).toEqual(answer);
});

const policy = (spec: object) =>
  create("networkpolicies.networking.k8s.io", "networking.k8s.io/v1", "NetworkPolicy", {
    spec: { podSelector: {}, ...spec },
  });

test.each<[string, () => string[], string[]]>([
  [
    "ports before peers, protocols in their order",
    () =>
      policy({
        ingress: [
          {
            from: [{ ipBlock: { cidr: "10.0.0.0/8" }, podSelector: {} }],
            ports: [{ port: 80, endPort: 70, protocol: "ICMP" }],
          },
        ],
        policyTypes: ["In"],
      }),
    [
      'spec.ingress[0].ports[0].protocol: Unsupported value: "ICMP": supported values: "TCP", "UDP", "SCTP"',
      "spec.ingress[0].ports[0].endPort: Invalid value: 70: must be greater than or equal to `port`",
      "spec.ingress[0].from[0]: Forbidden: may not specify both ipBlock and another peer",
      'spec.policyTypes[0]: Unsupported value: "In": supported values: "Ingress", "Egress"',
    ],
  ],
  [
    "ranges and their exceptions",
    () =>
      policy({
        egress: [
          { to: [{ ipBlock: { cidr: "10.0.0.0/24", except: ["10.0.1.0/28", "x"] } }, { ipBlock: { cidr: "" } }, {}] },
        ],
      }),
    [
      'spec.egress[0].to[0].ipBlock.except[0]: Invalid value: "10.0.1.0/28": must be a strict subset of `cidr`',
      'spec.egress[0].to[0].ipBlock.except[1]: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
      "spec.egress[0].to[1].ipBlock.cidr: Required value",
      "spec.egress[0].to[2]: Required value: must specify a peer",
    ],
  ],
  [
    "an end without a beginning, and with a name for one",
    () => policy({ egress: [{ ports: [{ endPort: 90 }, { port: "http", endPort: 90 }] }] }),
    [
      "spec.egress[0].ports[0].endPort: Invalid value: 90: may not be specified when `port` is not specified",
      "spec.egress[0].ports[1].endPort: Invalid value: 90: may not be specified when `port` is non-numeric",
    ],
  ],
])("[NETPOL-1] %s", (_, action, answer) => {
  expect(action()).toEqual(answer);
});

test("[NETPOL-1] directions by what there is", () => {
  const made = (spec: object) =>
    server().create("networkpolicies.networking.k8s.io", "default", {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "x" },
      spec,
    }).object as NetworkPolicy;
  expect(made({ podSelector: {} }).spec?.policyTypes).toEqual(["Ingress"]);
  expect(made({ podSelector: {}, egress: [{}] }).spec?.policyTypes).toEqual(["Ingress", "Egress"]);
});

const claim = (spec: object) => create("persistentvolumeclaims", "v1", "PersistentVolumeClaim", { spec });

test.each<[string, () => string[], string[]]>([
  [
    "a claim's modes, reported at their list, and its size",
    () =>
      claim({
        accessModes: ["ReadOnce", "ReadWriteOncePod", "ReadOnlyMany"],
        resources: { requests: { storage: "0" } },
        volumeMode: "Tape",
      }),
    [
      'spec.accessModes: Unsupported value: "ReadOnce": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"',
      "spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes",
      'spec.resources[storage]: Invalid value: "0": must be greater than zero',
      'spec.volumeMode: Unsupported value: "Tape": supported values: "Block", "Filesystem"',
    ],
  ],
  [
    "a claim for nothing",
    () => claim({}),
    ["spec.accessModes: Required value: at least 1 access mode is required", "spec.resources[storage]: Required value"],
  ],
])("[PVC-1] %s", (_, action, answer) => {
  expect(action()).toEqual(answer);
});

const secret = (fields: object) => create("secrets", "v1", "Secret", fields);

test.each<[string, () => string[], string[]]>([
  [
    "keys of a ConfigMap",
    () => create("configmaps", "v1", "ConfigMap", { data: { "a b": "1", "..": "2", c: "3" }, binaryData: { c: "" } }),
    [
      "data[..]: Invalid value: \"..\": must not be '..'",
      `data[a b]: Invalid value: "a b": ${CONFIG_KEY}`,
      'data[c]: Invalid value: "c": duplicate of key present in binaryData',
    ],
  ],
  [
    "a certificate without its key",
    () => secret({ type: "kubernetes.io/tls", stringData: { "tls.crt": "x" } }),
    ["data[tls.key]: Required value"],
  ],
  [
    "a registry's password that is no JSON",
    () => secret({ type: "kubernetes.io/dockerconfigjson", stringData: { ".dockerconfigjson": "x" } }),
    [
      "data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": invalid character 'x' looking for beginning of value",
    ],
  ],
  [
    "an empty private key",
    () => secret({ type: "kubernetes.io/ssh-auth", stringData: { "ssh-privatekey": "" } }),
    ["data[ssh-privatekey]: Required value"],
  ],
  [
    "a token of nobody",
    () => secret({ type: "kubernetes.io/service-account-token" }),
    ["metadata.annotations[kubernetes.io/service-account.name]: Required value"],
  ],
])("[DATA-1] %s", (_, action, answer) => {
  expect(action()).toEqual(answer);
});

test.each<[string, () => string[], string[]]>([
  [
    "taints are reported as if they were in the metadata",
    () =>
      create("nodes", "v1", "Node", {
        spec: {
          taints: [
            { key: "a", effect: "NoSchedule" },
            { key: "a", effect: "NoSchedule" },
            { key: "b", effect: "Go" },
            { key: "c" },
          ],
        },
      }),
    [
      'metadata.taints[1]: Duplicate value: {"Key":"a","Value":"","Effect":"NoSchedule","TimeAdded":null}: taints must be unique by key and effect pair',
      'metadata.taints[2].effect: Unsupported value: "Go": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
      "metadata.taints[3].effect: Required value",
    ],
  ],
  [
    "a namespace in capitals",
    () => create("namespaces", "v1", "Namespace", { metadata: { name: "Shop" } }),
    [`metadata.name: Invalid value: "Shop": ${LABEL}`],
  ],
])("[NODE-11] %s", (_, action, answer) => {
  expect(action()).toEqual(answer);
});

const config = (metadata: object) => create("configmaps", "v1", "ConfigMap", { metadata });

test.each<[string, () => string[], string[]]>([
  ["no name", () => config({ name: "" }), ["metadata.name: Required value: name or generateName is required"]],
  [
    "labels, annotations and finalizers, in this order",
    () => config({ labels: { "a b": "c d" }, annotations: { "x/y/z": "1" }, finalizers: ["clean"] }),
    [
      `metadata.labels: Invalid value: "a b": ${NAME_PART}`,
      "metadata.labels: Invalid value: \"c d\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      "metadata.annotations: Invalid value: \"x/y/z\": a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
      'metadata.finalizers[0]: Invalid value: "clean": name is neither a standard finalizer name nor is it fully qualified',
    ],
  ],
  [
    "an owner without a name",
    () => config({ ownerReferences: [{ apiVersion: "v1", kind: "Pod" }] }),
    [
      'metadata.ownerReferences.name: Invalid value: "": must not be empty',
      'metadata.ownerReferences.uid: Invalid value: "": must not be empty',
    ],
  ],
  [
    "two controllers",
    () =>
      config({
        ownerReferences: ["a", "b"].map((name) => ({
          apiVersion: "v1",
          kind: "Pod",
          name,
          uid: name,
          controller: true,
        })),
      }),
    [
      'metadata.ownerReferences: Invalid value: [{"apiVersion":"v1","kind":"Pod","name":"a","uid":"a","controller":true},{"apiVersion":"v1","kind":"Pod","name":"b","uid":"b","controller":true}]: Only one reference can have Controller set to true. Found "true" in references for Pod/a and Pod/b',
    ],
  ],
])("[META-10] %s", (_, action, answer) => {
  expect(action()).toEqual(answer);
});

const slice = (fields: object) =>
  create("endpointslices.discovery.k8s.io", "discovery.k8s.io/v1", "EndpointSlice", {
    addressType: "IPv4",
    endpoints: [],
    ...fields,
  });

test.each<[string, () => string[], string[]]>([
  [
    "addresses of another family, special ones, none",
    () =>
      slice({
        endpoints: [
          { addresses: ["2001:db8::1"] },
          { addresses: ["127.0.0.1"] },
          { addresses: [] },
          { addresses: ["x"] },
        ],
      }),
    [
      'endpoints[0].addresses[0]: Invalid value: "2001:db8::1": must be an IPv4 address',
      'endpoints[1].addresses[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
      "endpoints[2].addresses: Required value: must contain at least 1 address",
      `endpoints[3].addresses[0]: Invalid value: "x": ${IP}`,
    ],
  ],
  [
    "ports: names, protocols, application protocols",
    () => slice({ ports: [{ name: "A", protocol: "tcp", appProtocol: "a b" }] }),
    [
      `ports[0].name: Invalid value: "A": ${LABEL}`,
      'ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"',
      `ports[0].appProtocol: Invalid value: "a b": ${NAME_PART}`,
    ],
  ],
])("[EPSV-1] %s", (_, action, answer) => {
  expect(action()).toEqual(answer);
});
