// What the endpoint controllers make of states the recorded sessions do not show; each answer is reasoned from their sources.
import { expect, test } from "vitest";
import { apply, play, pod, type Session, SLOW, service, slice, UNREADY, wanted } from "./session.ts";

const WARNING = "Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice";
const of = (name: string, path: string) =>
  `kubectl get endpointslices -l kubernetes.io/service-name=${name} -o jsonpath='${path}'`;
const CONDITIONS = '{range .items[*].endpoints[*]}{.targetRef.name} {.conditions}{"\\n"}{end}';
const ADDRESSES = '{range .items[*].endpoints[*]}{.addresses[0]}{"\\n"}{end}';
const PORTS = '{range .items[*]}{.ports}{"\\n"}{end}';
const legacy = (name: string, path: string) => `kubectl get endpoints ${name} -o jsonpath='${path}' 2>/dev/null`;
const state = (ready: boolean, serving: boolean, terminating: boolean) =>
  JSON.stringify({ ready, serving, terminating });
const deployment = (name: string, replicas: number, node = 1, more: Readonly<Record<string, unknown>> = {}) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { nodeName: `node-${node}`, containers: [{ name: "main", image: "nginx:1.29" }] },
    },
    ...more,
  },
});

const SESSIONS: readonly Session[] = [
  [
    "[EPS-2] a terminating pod that serves, beside a ready one",
    apply(pod("end-1", 1, SLOW), pod("end-2", 2), service("end")),
    "kubectl delete pod end-1 --wait=false",
    [of("end", CONDITIONS), `end-1 ${state(false, true, true)}\nend-2 ${state(true, true, false)}`],
    [legacy("end", "{.subsets[0].addresses[*].ip}"), "10.244.2.2"],
  ],
  [
    "[EPS-2] publishNotReadyAddresses: ready in slice and Endpoints, serving tells the truth",
    apply(pod("pub-1", 1, UNREADY), service("pub", { publishNotReadyAddresses: true })),
    [of("pub", CONDITIONS), `pub-1 ${state(true, false, false)}`],
    ["kubectl get endpoints pub --no-headers 2>/dev/null | awk '{print $2}'", "10.244.1.2:8080"],
    `kubectl patch service pub -p '{"spec":{"publishNotReadyAddresses":false}}'`,
    [of("pub", CONDITIONS), `pub-1 ${state(false, false, false)}`],
    [legacy("pub", "{.subsets[0].notReadyAddresses[0].ip}"), "10.244.1.2"],
  ],
  [
    "[EPS-3] a named port: names and protocols must fit, sidecars count, init containers do not",
    apply(
      pod("nam-1", 1, {
        initContainers: [
          { name: "mesh", image: "envoy:1", restartPolicy: "Always", ports: [{ name: "admin", containerPort: 9901 }] },
          { name: "setup", image: "busybox:1", command: ["true"], ports: [{ name: "once", containerPort: 1 }] },
        ],
      }),
      service("nam", {
        ports: [
          { name: "a", port: 80, targetPort: "web" },
          { name: "b", port: 81, targetPort: "admin" },
          { name: "c", port: 82, targetPort: "once" },
          { name: "d", port: 83, targetPort: "web", protocol: "UDP" },
        ],
      }),
    ),
    [`${of("nam", '{range .items[*].ports[*]}{.name} {.port}{"\\n"}{end}')} | sort`, "a 8080\nb 9901"],
    [`${legacy("nam", "{.subsets[*].ports[*].port}")} | tr ' ' '\\n' | sort`, "8080\n9901"],
  ],
  [
    "[EPS-3] a named port no pod has, and then is given by a change of the Service",
    apply(pod("typo-1", 1), service("typo", { ports: [{ port: 80, targetPort: "htttp" }] })),
    [of("typo", PORTS), "null"],
    [of("typo", ADDRESSES), "10.244.1.2"],
    ["kubectl get endpoints typo --no-headers 2>/dev/null | awk '{print $2}'", "<none>"],
    ["kubectl describe service typo | grep Endpoints", "Endpoints:                10.244.1.2"],
    `kubectl patch service typo -p '{"spec":{"ports":[{"port":80,"targetPort":"web"}]}}'`,
    [of("typo", PORTS), '[{"name":"","port":8080,"protocol":"TCP"}]'],
    ["kubectl describe service typo | grep Endpoints", "Endpoints:                10.244.1.2:8080"],
  ],
  [
    "[EPS-3] UDP ports and appProtocol are in slice and Endpoints",
    apply(
      pod("u-1", 1),
      service("u", { ports: [{ name: "q", port: 53, protocol: "UDP", appProtocol: "example.com/dns" }] }),
    ),
    [of("u", PORTS), '[{"appProtocol":"example.com/dns","name":"q","port":53,"protocol":"UDP"}]'],
    [legacy("u", "{.subsets[0].ports}"), '[{"appProtocol":"example.com/dns","name":"q","port":53,"protocol":"UDP"}]'],
  ],
  [
    "[EPS-1] a changed selector, a taken label, other labels, another namespace",
    apply(pod("sel-1", 1), pod("sel-2", 2, {}, { tier: "front" }), service("sel")),
    [of("sel", ADDRESSES), "10.244.1.2\n10.244.2.2"],
    `kubectl patch service sel -p '{"spec":{"selector":{"tier":"front"}}}'`,
    [of("sel", ADDRESSES), "10.244.2.2"],
    "kubectl label pod sel-2 tier-",
    [of("sel", ADDRESSES), ""],
    "kubectl label pod sel-1 tier=front",
    [of("sel", ADDRESSES), "10.244.1.2"],
  ],
  [
    "[EPS-7] an edited slice is made good, one without the managed-by label is let go",
    apply(pod("ed-1", 1), service("ed")),
    `kubectl patch $(${of("ed", "endpointslice/{.items[0].metadata.name}")}) --type=json -p '[{"op":"replace","path":"/endpoints/0/addresses/0","value":"10.9.9.9"}]'`,
    [of("ed", ADDRESSES), "10.244.1.2"],
    "kubectl label endpointslices -l kubernetes.io/service-name=ed endpointslice.kubernetes.io/managed-by-",
    [`kubectl get endpointslices -l kubernetes.io/service-name=ed --no-headers | wc -l`, "2"],
  ],
  [
    "[EP-1] an edited Endpoints object stays until the next change; a deleted one is made again",
    apply(pod("le-1", 1), service("le")),
    `kubectl patch endpoints le --type=json -p '[{"op":"replace","path":"/subsets/0/addresses/0/ip","value":"10.9.9.9"}]'`,
    [legacy("le", "{.subsets[0].addresses[*].ip}"), "10.9.9.9"],
    apply(pod("le-2", 2, {}, { app: "le" })),
    [legacy("le", "{.subsets[0].addresses[*].ip}"), "10.244.1.2 10.244.2.2"],
    "kubectl delete endpoints le",
    [legacy("le", "{.subsets[0].addresses[*].ip}"), "10.244.1.2 10.244.2.2"],
  ],
  [
    "[EPS-8] hostname and subdomain, a StatefulSet's pods, a StatefulSet under another Service",
    apply(service("db", { clusterIP: "None" }), service("other", { selector: { app: "db" } }), {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name: "db" },
      spec: {
        serviceName: "db",
        replicas: 2,
        selector: { matchLabels: { app: "db" } },
        template: {
          metadata: { labels: { app: "db" } },
          spec: { nodeName: "node-1", containers: [{ name: "main", image: "postgres:17" }] },
        },
      },
    }),
    "kubectl rollout status statefulset/db",
    [of("db", "{.items[0].endpoints[*].hostname}"), "db-0 db-1"],
    [of("other", "{.items[0].endpoints[*].hostname}"), ""],
    [legacy("db", "{.subsets[0].addresses[*].hostname}"), "db-0 db-1"],
    [
      legacy("db", "{.metadata.labels}"),
      '{"endpoints.kubernetes.io/managed-by":"endpoint-controller","service.kubernetes.io/headless":""}',
    ],
  ],
  [
    "[EPS-9] nodeName, zone and targetRef of an endpoint; hostNetwork pods have their node's address",
    apply(pod("ho-1", 2, { hostNetwork: true }), service("ho")),
    [
      of(
        "ho",
        "{.items[0].endpoints[0].addresses[0]} {.items[0].endpoints[0].nodeName} {.items[0].endpoints[0].zone} {.items[0].endpoints[0].targetRef.kind}",
      ),
      "192.168.1.12 node-2 zone-b Pod",
    ],
  ],
  [
    "[EPS-10] hints of PreferSameZone and PreferClose; none for pods that are not ready; they go with the field",
    apply(pod("hi-1", 1), pod("hi-2", 2, UNREADY), service("hi", { trafficDistribution: "PreferSameZone" })),
    [of("hi", "{.items[0].endpoints[*].hints}"), '{"forZones":[{"name":"zone-a"}]}'],
    `kubectl patch service hi -p '{"spec":{"trafficDistribution":"PreferSameNode"}}'`,
    [of("hi", "{.items[0].endpoints[*].hints}"), '{"forNodes":[{"name":"node-1"}],"forZones":[{"name":"zone-a"}]}'],
    `kubectl patch service hi -p '{"spec":{"trafficDistribution":"PreferClose"}}'`,
    [of("hi", "{.items[0].endpoints[*].hints}"), '{"forZones":[{"name":"zone-a"}]}'],
    `kubectl patch service hi --type=json -p '[{"op":"remove","path":"/spec/trafficDistribution"}]'`,
    [of("hi", "{.items[0].endpoints[*].hints}"), ""],
  ],
  [
    "[EPS-6] labels of the Service, reserved ones excepted, and what a change of them does",
    apply(pod("la-1", 1), service("la", {}, { labels: { team: "a", "endpointslice.kubernetes.io/managed-by": "me" } })),
    [
      of("la", "{.items[0].metadata.labels}"),
      '{"endpointslice.kubernetes.io/managed-by":"endpointslice-controller.k8s.io","kubernetes.io/service-name":"la","team":"a"}',
    ],
    "kubectl label service la team=b tier=x --overwrite",
    [of("la", "{.items[0].metadata.labels.team} {.items[0].metadata.labels.tier}"), "b x"],
    [legacy("la", "{.metadata.labels.team}"), "b"],
    "kubectl label service la team-",
    [of("la", "{.items[0].metadata.labels.team}"), ""],
  ],
  [
    "[EPS-4] 105 pods are in slices of 100 and 5; ten fewer leave 90 and 5 or the like, never repacked",
    apply(deployment("big", 105), service("big")),
    "kubectl rollout status deployment/big",
    [
      `${of("big", '{range .items[*]}{.endpoints[*].addresses[0]}{"\\n"}{end}')} | awk '{print NF}' | sort -n`,
      "5\n100",
    ],
    ["kubectl get endpoints big --no-headers 2>/dev/null | awk '{print $4}'", "102"],
    "kubectl scale deployment big --replicas=3",
    "sleep 10",
    [`${of("big", ADDRESSES)} | wc -l`, "3"],
  ],
  [
    "[EPS-1] pods that ended, and a pod that is deleted while another takes its place",
    apply(
      pod("fin-1", 1, { restartPolicy: "Never", containers: [{ name: "main", image: "busybox", command: ["true"] }] }),
      pod("fin-2", 2, { restartPolicy: "Never", containers: [{ name: "main", image: "busybox", command: ["false"] }] }),
      service("fin"),
    ),
    [of("fin", "{.items[0].endpoints}"), "null"],
    [of("fin", "{.items[0].endpoints[0].addresses}"), ""],
    [of("fin", "{.items[0].endpoints[*].addresses}"), ""],
    [
      "kubectl get endpointslices -l kubernetes.io/service-name=fin -o yaml | grep -A1 -E '^  (endpoints|ports)' | grep -v '^--'",
      "  endpoints: null\n  kind: EndpointSlice\n  ports: null\nkind: List",
    ],
    [legacy("fin", "{.subsets[0].addresses[*].ip}"), ""],
    ["kubectl get endpoints fin --no-headers 2>/dev/null | awk '{print $2}'", "<none>"],
    apply(deployment("rep", 1), service("rep")),
    "kubectl rollout status deployment/rep",
    "kubectl delete pod -l app=rep",
    [of("rep", ADDRESSES), "10.244.1.4"],
  ],
  [
    "[EPS-1] the pods of a node that is deleted go, with publishNotReadyAddresses they stay until they are collected",
    apply(
      pod("nd-1", 1, SLOW),
      pod("nd-2", 2),
      service("nd"),
      service("all", { selector: { app: "nd" }, publishNotReadyAddresses: true }),
    ),
    "kubectl delete node node-2",
    [of("nd", ADDRESSES), "10.244.1.2\n10.244.2.2"],
    "kubectl label service nd note=x",
    [of("nd", ADDRESSES), "10.244.1.2"],
    [of("all", ADDRESSES), "10.244.1.2\n10.244.2.2"],
  ],
  [
    "[EPS-1] draining a node moves the pods of a Deployment, and a Service follows",
    apply(
      {
        ...deployment("dr", 2),
        spec: {
          ...deployment("dr", 2).spec,
          template: {
            metadata: { labels: { app: "dr" } },
            spec: { containers: [{ name: "main", image: "nginx:1.29" }] },
          },
        },
      },
      service("dr"),
    ),
    "kubectl rollout status deployment/dr",
    "kubectl drain node-1 --ignore-daemonsets",
    "kubectl drain node-2 --ignore-daemonsets",
    "kubectl rollout status deployment/dr",
    [of("dr", "{.items[0].endpoints[*].nodeName}"), "node-3 node-3"],
  ],
  [
    "[MIRROR-1] Endpoints by hand: not ready ones, several subsets, labels and annotations, skip-mirror",
    apply(service("mi", { selector: null }), {
      apiVersion: "v1",
      kind: "Endpoints",
      metadata: { name: "mi", labels: { team: "a" }, annotations: { note: "x" } },
      subsets: [
        {
          addresses: [{ ip: "192.168.1.80", nodeName: "node-1" }],
          notReadyAddresses: [{ ip: "192.168.1.81" }],
          ports: [{ port: 8080 }],
        },
        { addresses: [{ ip: "192.168.1.82" }], ports: [{ port: 8080 }] },
        { addresses: [{ ip: "fd00::82" }], ports: [{ port: 8080 }] },
      ],
    }),
    [
      "kubectl get endpointslices -l kubernetes.io/service-name=mi --sort-by=.addressType --no-headers | awk '{print $2, $3, $4}'",
      "IPv4 8080 192.168.1.80,192.168.1.81,192.168.1.82\nIPv6 8080 fd00::82",
    ],
    [of("mi", '{.items[*].endpoints[?(@.nodeName=="node-1")].conditions}'), '{"ready":true}'],
    [
      of("mi", "{.items[0].metadata.labels}"),
      '{"endpointslice.kubernetes.io/managed-by":"endpointslicemirroring-controller.k8s.io","kubernetes.io/service-name":"mi","team":"a"}',
    ],
    [of("mi", "{.items[0].metadata.annotations}"), '{"note":"x"}'],
    "kubectl label endpoints mi endpointslice.kubernetes.io/skip-mirror=true",
    [of("mi", "{.items}"), "[]"],
  ],
  [
    "[MIRROR-1] Endpoints without a Service, or of another name, are not mirrored; they are when the Service comes",
    apply({
      apiVersion: "v1",
      kind: "Endpoints",
      metadata: { name: "alone" },
      subsets: [{ addresses: [{ ip: "192.168.1.90" }], ports: [{ port: 80 }] }],
    }),
    [
      "kubectl get endpointslices alone 2>&1",
      'Error from server (NotFound): endpointslices.discovery.k8s.io "alone" not found',
    ],
    [`kubectl get endpointslices --no-headers | wc -l`, "1"],
    apply(service("alone", { selector: null })),
    [of("alone", ADDRESSES), "192.168.1.90"],
  ],
  [
    "[EPS-11] a Service that becomes an ExternalName keeps its slices; one that gets a selector gets slices",
    apply(pod("ex-1", 1), service("ex"), service("gets", { selector: null })),
    `kubectl patch service gets -p '{"spec":{"selector":{"app":"ex"}}}'`,
    [of("gets", ADDRESSES), "10.244.1.2"],
    `kubectl patch service ex -p '{"spec":{"type":"ExternalName","externalName":"example.com"}}'`,
    [
      "kubectl get endpointslices -l kubernetes.io/service-name=ex --no-headers | awk '{print $3, $4}'",
      "8080 10.244.1.2",
    ],
  ],
  [
    "[EPS-7] hand-made slices: get and describe of unset conditions, several ports, no ports, no endpoints",
    apply(
      service("hm", { selector: null }),
      slice(
        "hm",
        [
          { addresses: ["192.168.1.50"] },
          { addresses: ["192.168.1.51"], conditions: { ready: false }, zone: "zone-a" },
        ],
        {
          ports: [
            { name: "a", port: 1 },
            { name: "b", port: 2, protocol: "UDP" },
            { name: "c" },
            { name: "d", port: 4 },
          ],
        },
      ),
      { ...slice("hm", []), metadata: { name: "hm-2" }, ports: [] },
    ),
    [
      "kubectl get endpointslices hm-1 --no-headers | awk '{print $2, $3, $4, $5, $6, $7}'",
      "IPv4 1,2,c + 1 more... 192.168.1.50,192.168.1.51",
    ],
    ["kubectl get endpointslices hm-2 --no-headers | awk '{print $2, $3, $4}'", "IPv4 <unset> <unset>"],
    [
      "kubectl describe endpointslice hm-1 | sed 's/ *$//'",
      `Name:         hm-1
Namespace:    default
Labels:       kubernetes.io/service-name=hm
Annotations:  <none>
AddressType:  IPv4
Ports:
  Name  Port     Protocol
  ----  ----     --------
  a     1        TCP
  b     2        UDP
  c     <unset>  TCP
  d     4        TCP
Endpoints:
  - Addresses:  192.168.1.50
    Conditions:
      Ready:    <unset>
    Hostname:   <unset>
    NodeName:   <unset>
    Zone:       <unset>
  - Addresses:  192.168.1.51
    Conditions:
      Ready:   false
    Hostname:  <unset>
    NodeName:  <unset>
    Zone:      zone-a
Events:        <none>`,
    ],
  ],
  [
    "[EPS-1] a rollout of kind Recreate leaves a moment without pods, the end has the new ones only",
    apply(deployment("rec", 2, 1, { strategy: { type: "Recreate" } }), service("rec")),
    "kubectl rollout status deployment/rec",
    "kubectl set image deployment/rec main=nginx:1.30",
    "kubectl rollout status deployment/rec",
    [of("rec", ADDRESSES), "10.244.1.2\n10.244.1.3"],
    ["kubectl rollout pause deployment/rec", "deployment.apps/rec paused"],
    "kubectl set image deployment/rec main=nginx:1.31",
    [of("rec", ADDRESSES), "10.244.1.2\n10.244.1.3"],
    ["kubectl get pods -l app=rec -o jsonpath='{.items[*].spec.containers[0].image}'", "nginx:1.30 nginx:1.30"],
  ],
  [
    "[EP-1] describe endpoints, with and without addresses",
    apply(
      pod("de-1", 1),
      pod("de-2", 2, UNREADY),
      service("de", { ports: [{ name: "http", port: 80, targetPort: 8080 }] }),
    ),
    [
      "kubectl describe endpoints de 2>&1 | grep -v Annotations",
      `${WARNING}
Name:         de
Namespace:    default
Labels:       endpoints.kubernetes.io/managed-by=endpoint-controller
Subsets:
  Addresses:          10.244.1.2
  NotReadyAddresses:  10.244.2.2
  Ports:
    Name  Port  Protocol
    ----  ----  --------
    http  8080  TCP

Events:  <none>`,
    ],
  ],
];

test.each(SESSIONS)("%s", (_sentence, ...steps) => {
  expect(play(steps)).toEqual(wanted(steps));
});
