import { describe, expect, test } from "vitest";
import type { ApiServer, UnknownObject } from "../../cluster/index.ts";
import { type DescribeContext, describeWith } from "./describer.ts";
import { describerOf } from "./registry.ts";

const NOW = Date.parse("2026-11-20T22:28:02Z");

/** A server that holds these objects. */
function serving(objects: Readonly<Record<string, readonly UnknownObject[]>>): DescribeContext {
  const api = {
    list: (resource: string) => [...(objects[resource] ?? [])],
    find: (resource: string, _: string | undefined, name: string) =>
      objects[resource]?.find((each) => each.metadata.name === name),
  };
  return { api: api as unknown as Pick<ApiServer, "find" | "list">, now: NOW, showEvents: true }; // answers by resource name
}

function text(resource: string, object: UnknownObject, objects: Record<string, readonly UnknownObject[]> = {}): string {
  return describeWith(describerOf(resource), object, serving(objects));
}

function object(kind: string, name: string, fields: Record<string, unknown>): UnknownObject {
  const { metadata = {}, ...rest } = fields;
  return {
    apiVersion: "v1",
    kind,
    metadata: { name, namespace: "default", uid: name, ...(metadata as object) },
    ...rest,
  };
}

function slice(ready: readonly boolean[], ports: readonly Record<string, unknown>[]): UnknownObject {
  return object("EndpointSlice", "web-x", {
    ports,
    endpoints: ready.map((each, at) => ({ addresses: [`10.244.1.${at + 2}`], conditions: { ready: each } })),
  });
}

describe("service", () => {
  const spec = {
    type: "NodePort",
    selector: { app: "web" },
    ipFamilyPolicy: "SingleStack",
    ipFamilies: ["IPv4"],
    clusterIP: "10.109.117.213",
    clusterIPs: ["10.109.117.213"],
    ports: [{ port: 80, targetPort: "http", protocol: "TCP", nodePort: 30080 }],
    sessionAffinity: "None",
    externalTrafficPolicy: "Cluster",
    internalTrafficPolicy: "Cluster",
  };
  const endpointsOf = (...slices: UnknownObject[]) =>
    /Endpoints: +(.*)\n/.exec(
      text("services", object("Service", "np", { spec }), { "endpointslices.discovery.k8s.io": slices }),
    )?.[1];

  // measured: `kubectl describe svc np`
  test("[DESCRIBE-1] fields in kubectl's order, one column for the whole", () => {
    const slices = [slice([true, true, false], [{ name: "", port: 8080, protocol: "TCP" }])];
    expect(text("services", object("Service", "np", { spec }), { "endpointslices.discovery.k8s.io": slices })).toBe(`\
Name:                     np
Namespace:                default
Labels:                   <none>
Annotations:              <none>
Selector:                 app=web
Type:                     NodePort
IP Family Policy:         SingleStack
IP Families:              IPv4
IP:                       10.109.117.213
IPs:                      10.109.117.213
Port:                     <unset>  80/TCP
TargetPort:               http/TCP
NodePort:                 <unset>  30080/TCP
Endpoints:                10.244.1.2:8080,10.244.1.3:8080
Session Affinity:         None
External Traffic Policy:  Cluster
Internal Traffic Policy:  Cluster
Events:                   <none>
`);
  });

  // docs/semantics.md 2.6; the last case is formatEndpointSlices' own arithmetic
  const port = { name: "", port: 80, protocol: "TCP" };
  test.each([
    ["no slice", [], "<none>"],
    ["an empty slice", [slice([], [])], ""],
    ["a slice without ports", [slice([true, false, true], [])], "10.244.1.2,10.244.1.4"],
    [
      "five ready",
      [slice([true, true, true, true, true], [port])],
      "10.244.1.2:80,10.244.1.3:80,10.244.1.4:80 + 2 more...",
    ],
    ["another port's slice", [slice([true], [{ ...port, name: "other" }])], ""],
    [
      "one that is not ready behind the third",
      [slice([true, true, true, false], [port])],
      "10.244.1.2:80,10.244.1.3:80,10.244.1.4:80 + 0 more...",
    ],
  ])("[DESCRIBE-2] endpoints with %s", (_, slices, expected) => expect(endpointsOf(...slices)).toBe(expected));
});

// kubectl/describe-deployment.transcript
test("[DESCRIBE-3] a deployment with its template, its ReplicaSet and its events", () => {
  const template = {
    metadata: { labels: { app: "shop" } },
    spec: { containers: [{ name: "main", image: "shop:1", ports: [{ containerPort: 8080, protocol: "TCP" }] }] },
  };
  const deployment = object("Deployment", "shop", {
    metadata: {
      creationTimestamp: "2026-11-20T22:27:59Z",
      annotations: {
        "deployment.kubernetes.io/revision": "1",
        "kubectl.kubernetes.io/last-applied-configuration": "{}\n",
      },
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: "shop" } },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: "25%" } },
      template,
    },
    status: {
      replicas: 2,
      updatedReplicas: 2,
      availableReplicas: 2,
      conditions: [
        { type: "Available", status: "True", reason: "MinimumReplicasAvailable" },
        { type: "Progressing", status: "True", reason: "NewReplicaSetAvailable" },
      ],
    },
  });
  const set = object("ReplicaSet", "shop-8565c6ffc7", {
    metadata: { ownerReferences: [{ kind: "Deployment", name: "shop", uid: "shop", controller: true }] },
    spec: {
      replicas: 2,
      template: { ...template, metadata: { labels: { app: "shop", "pod-template-hash": "8565c6ffc7" } } },
    },
    status: { replicas: 2 },
  });
  const event = object("Event", "e", {
    involvedObject: { kind: "Deployment", name: "shop", uid: "shop" },
    type: "Normal",
    reason: "ScalingReplicaSet",
    message: "Scaled up replica set shop-8565c6ffc7 from 0 to 2",
    source: { component: "deployment-controller" },
    firstTimestamp: "2026-11-20T22:27:59Z",
    lastTimestamp: "2026-11-20T22:27:59Z",
    count: 1,
  });
  expect(text("deployments.apps", deployment, { "replicasets.apps": [set], events: [event] })).toBe(`\
Name:                   shop
Namespace:              default
CreationTimestamp:      Fri, 20 Nov 2026 22:27:59 +0000
Labels:                 <none>
Annotations:            deployment.kubernetes.io/revision: 1
Selector:               app=shop
Replicas:               2 desired | 2 updated | 2 total | 2 available | 0 unavailable
StrategyType:           RollingUpdate
MinReadySeconds:        0
RollingUpdateStrategy:  25% max unavailable, 25% max surge
Pod Template:
  Labels:  app=shop
  Containers:
   main:
    Image:         shop:1
    Port:          8080/TCP
    Host Port:     0/TCP
    Environment:   <none>
    Mounts:        <none>
  Volumes:         <none>
  Node-Selectors:  <none>
  Tolerations:     <none>
Conditions:
  Type           Status  Reason
  ----           ------  ------
  Available      True    MinimumReplicasAvailable
  Progressing    True    NewReplicaSetAvailable
OldReplicaSets:  <none>
NewReplicaSet:   shop-8565c6ffc7 (2/2 replicas created)
Events:
  Type    Reason             Age   From                   Message
  ----    ------             ----  ----                   -------
  Normal  ScalingReplicaSet  3s    deployment-controller  Scaled up replica set shop-8565c6ffc7 from 0 to 2
`);
});

// measured: `kubectl describe endpoints web` and `describe endpointslice`
test("[DESCRIBE-4] endpoints and slices with their ports as a table", () => {
  const endpoints = object("Endpoints", "web", {
    subsets: [
      {
        addresses: [{ ip: "10.244.1.5" }, { ip: "10.244.2.8" }],
        notReadyAddresses: [{ ip: "10.244.2.9" }],
        ports: [{ name: "http", port: 8080, protocol: "TCP" }],
      },
    ],
  });
  expect(text("endpoints", endpoints)).toBe(`\
Name:         web
Namespace:    default
Labels:       <none>
Annotations:  <none>
Subsets:
  Addresses:          10.244.1.5,10.244.2.8
  NotReadyAddresses:  10.244.2.9
  Ports:
    Name  Port  Protocol
    ----  ----  --------
    http  8080  TCP

Events:  <none>
`);
  const one = object("EndpointSlice", "web-zk8pt", {
    addressType: "IPv4",
    ports: [{ name: "http", port: 8080, protocol: "TCP" }],
    endpoints: [
      {
        addresses: ["10.244.1.5"],
        conditions: { ready: true },
        targetRef: { kind: "Pod", name: "web-1" },
        nodeName: "worker",
        zone: "zone-a",
      },
    ],
  });
  expect(text("endpointslices.discovery.k8s.io", one)).toBe(`\
Name:         web-zk8pt
Namespace:    default
Labels:       <none>
Annotations:  <none>
AddressType:  IPv4
Ports:
  Name  Port  Protocol
  ----  ----  --------
  http  8080  TCP
Endpoints:
  - Addresses:  10.244.1.5
    Conditions:
      Ready:    true
    Hostname:   <unset>
    TargetRef:  Pod/web-1
    NodeName:   worker
    Zone:       zone-a
Events:         <none>
`);
});

// docs/semantics.md 5.6
test("[DESCRIBE-5] an ingress says which backend is missing", () => {
  const path = (text: string, name: string, number: number) => ({
    path: text,
    backend: { service: { name, port: { number } } },
  });
  const ingress = object("Ingress", "shop", {
    metadata: { namespace: "ing" },
    spec: {
      ingressClassName: "nginx",
      tls: [{ hosts: ["shop.example.com"], secretName: "shop-tls" }],
      rules: [{ host: "shop.example.com", http: { paths: [path("/", "web", 80), path("/api", "api", 8080)] } }],
    },
  });
  const web = object("Service", "web", { spec: { ports: [{ port: 80 }] } });
  const objects = { services: [web], "endpointslices.discovery.k8s.io": [slice([], [])] };
  expect(text("ingresses.networking.k8s.io", ingress, objects)).toBe(`\
Name:             shop
Labels:           <none>
Namespace:        ing
Address:          
Ingress Class:    nginx
Default backend:  <default>
TLS:
  shop-tls terminates shop.example.com
Rules:
  Host              Path  Backends
  ----              ----  --------
  shop.example.com  
                    /      web:80 ()
                    /api   api:8080 (<error: services "api" not found>)
Annotations:        <none>
Events:             <none>
`);
});

// The answer of `oc describe quota`, which is kubectl's.
test("a quota says what its scopes are about", () => {
  const quota = object("ResourceQuota", "few", {
    spec: { scopes: ["BestEffort"] },
    status: { hard: { pods: "5" }, used: { pods: "1" } },
  });
  expect(text("resourcequotas", quota)).toBe(`Name:       few
Namespace:  default
Scopes:     BestEffort
 * Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.
Resource  Used  Hard
--------  ----  ----
pods      1     5
`);
});
