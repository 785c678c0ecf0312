// Siblings of the recorded sessions: the same verbs with other values; each answer is reasoned from the sources of kubectl and the API server.
import { expect, test } from "vitest";
import { apply, invalid, play, type Session, service, wanted } from "./session.ts";

const patch = (body: string) => `kubectl patch svc a -p '${body}'`;
const broken = (words: string) => `Error from server (BadRequest): invalid character ${words}`;
const wrong = (told: string, words: string) => `The request is invalid: patch: Invalid value: "${told}": ${words}`;
const forced = (...objects: readonly Readonly<Record<string, unknown>>[]) =>
  apply(...objects).replace("apply", "apply --force");
const deployment = (app: string) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: {
    selector: { matchLabels: { app } },
    template: { metadata: { labels: { app } }, spec: { containers: [{ name: "main", image: "nginx:1.29" }] } },
  },
});
const unlike = (words: string) => `error: match expression [${words}] not supported on this object`;

const slice = (fields: Readonly<Record<string, unknown>>) => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  addressType: "IPv4",
  ...fields,
});

const SESSIONS: readonly Session[] = [
  [
    "[EPSV-1] lists that every slice has are null where they are empty, whoever made it, and whether they were written or not",
    apply(slice({ metadata: { name: "a" }, endpoints: [], ports: [] }), slice({ metadata: { name: "b" } })),
    ["kubectl get endpointslices a -o yaml | grep null", "endpoints: null\nports: null"],
    ["kubectl get endpointslices b -o yaml | grep null", "endpoints: null\nports: null"],
  ],
  [
    "[PATCH-6] a patch that is no JSON is reported at the character where Go's parser stops",
    apply(service("a", {})),
    [patch("{bad"), broken("'b' looking for beginning of object key string")],
    [patch('{"spec":{"type":"NodePort"} "x":1}'), broken("'\"' after object key:value pair")],
    [patch('{"spec":{}}}'), broken("'}' after top-level value")],
    [patch('{"spec":{},}'), broken("'}' looking for beginning of object key string")],
    [patch('{"spec" {}}'), broken("'{' after object key")],
    [patch('{"spec":{"type":NodePort}}'), broken("'N' looking for beginning of value")],
    [patch('{"spec":{"ports":[1 2]}}'), broken("'2' after array element")],
    [patch('{"spec":nil}'), broken("'i' in literal null (expecting 'u')")],
    [patch('{"spec":{"type":"'), "Error from server (BadRequest): unexpected end of JSON input"],
  ],
  [
    "[PATCH-7] a number where text belongs cannot be converted; true and false are of no type that fits",
    apply(service("a", {})),
    [patch('{"spec":{"type":5}}'), wrong("map[spec:map[type:5]]", "cannot convert int64 to v1.ServiceType")],
    [
      patch('{"spec":{"selector":{"v":1}}}'),
      wrong("map[spec:map[selector:map[v:1]]]", "cannot convert int64 to string"),
    ],
    [
      patch('{"metadata":{"labels":{"v":1}}}'),
      wrong("map[metadata:map[labels:map[v:1]]]", "cannot convert int64 to string"),
    ],
    [
      patch('{"metadata":{"labels":{"v":true}}}'),
      wrong("map[metadata:map[labels:map[v:true]]]", "unrecognized type: string"),
    ],
    [
      patch('{"spec":{"ports":[{"port":80.5}]}}'),
      wrong("map[spec:map[ports:[map[port:80.5]]]]", "cannot convert float64 to int32"),
    ],
    [
      patch('{"spec":{"sessionAffinityConfig":5}}'),
      wrong("map[spec:map[sessionAffinityConfig:5]]", "cannot restore struct from: int64"),
    ],
  ],
  [
    "[FORCE-1] --force recreates an object when the server refuses the patch of a field that cannot change",
    apply(service("a", { clusterIP: "10.96.9.9" }), deployment("old")),
    [forced(service("a", { clusterIP: "10.96.7.7" })), "service/a configured"],
    ["kubectl get svc a -o jsonpath='{.spec.clusterIP}'", "10.96.7.7"],
    [forced(deployment("new"), service("b", {})), "deployment.apps/web configured\nservice/b created"],
    ["kubectl get deploy web -o jsonpath='{.spec.selector.matchLabels}'", '{"app":"new"}'],
  ],
  [
    "[FORCE-1] --force puts the old object back when the new one is refused",
    apply(service("a", { clusterIP: "10.96.9.9" })),
    [
      forced(service("a", { clusterIP: "10.97.7.7" })),
      invalid(
        "a",
        'spec.clusterIPs: Invalid value: ["10.97.7.7"]: failed to allocate IP 10.97.7.7: the provided network does not match the current range',
      ),
    ],
    ["kubectl get svc a -o jsonpath='{.spec.clusterIP}'", "10.96.9.9"],
  ],
  [
    "[FORCE-1] --force waits for a pod that ends slowly before it is recreated",
    apply({ ...pod("p"), metadata: { name: "p" } }),
    [forced(pod("p", { hostname: "x" }), service("c", {})), "pod/p configured\nservice/c created"],
    ["kubectl get pod p -o jsonpath='{.spec.hostname}'", "x"],
  ],
  [
    "[OVERRIDE-1] --overrides is merged into the Service",
    "kubectl create deployment web --image=nginx:1.29 --port=80",
    [
      'kubectl expose deployment web --overrides=\'{"spec":{"clusterIP":"10.96.5.9","type":"NodePort","ports":[{"port":99,"nodePort":30099}]}}\'',
      "service/web exposed",
    ],
    [
      "kubectl get svc web -o jsonpath='{.spec.clusterIP} {.spec.type} {.spec.ports[*].port}:{.spec.ports[*].nodePort}'",
      "10.96.5.9 NodePort 99:30099",
    ],
  ],
  [
    "[SELECTOR-1] the selector of a Service takes no expressions, not even `in` with one value",
    apply(service("a", {})),
    ["kubectl set selector svc a 'app in (web)'", unlike("{app In [web]}")],
    ["kubectl set selector svc a 'app notin (b,a),!x'", unlike("{app NotIn [a b]} {x DoesNotExist []}")],
    ["kubectl set selector svc a 'a=b,c==d'", "service/a selector updated"],
    ["kubectl get svc a -o jsonpath='{.spec.selector}'", '{"a":"b","c":"d"}'],
  ],
];

function pod(name: string, spec: Readonly<Record<string, unknown>> = {}) {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name },
    spec: { containers: [{ name: "main", image: "nginx:1.29" }], ...spec },
  };
}

test.each(SESSIONS)("%s", (_, ...steps) => {
  expect(play(steps)).toEqual(wanted(steps));
});
