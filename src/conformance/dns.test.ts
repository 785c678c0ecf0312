// What CoreDNS says about names the recorded sessions do not ask for; each answer is reasoned from its kubernetes plugin.
import { expect, test } from "vitest";
import { apply, play, pod, type Session, SLOW, service, slice, UNREADY, wanted } from "./session.ts";

const ZONE = "svc.cluster.local";
const headless = { clusterIP: "None" };
const named = { ports: [{ name: "http", port: 80, targetPort: "web" }] };

const SESSIONS: readonly Session[] = [
  [
    "[DNS-4] the SRV records of a Service with several ports share the weight and carry Service ports",
    apply(
      service("two", {
        clusterIP: "10.96.21.1",
        ports: [
          { name: "http", port: 80, targetPort: 8080 },
          { name: "dns", port: 53, protocol: "UDP" },
        ],
      }),
    ),
    [
      `sim dns two.default.${ZONE} SRV`,
      `NOERROR\ntwo.default.${ZONE}. 30 IN SRV 0 50 53 two.default.${ZONE}.\ntwo.default.${ZONE}. 30 IN SRV 0 50 80 two.default.${ZONE}.`,
    ],
    [`dig +short _dns._udp.two.default.${ZONE} SRV`, `0 100 53 two.default.${ZONE}.`],
    [`dig +short dns.udp.two.default.${ZONE} SRV`, `0 100 53 two.default.${ZONE}.`],
    [`sim dns _dns._tcp.two.default.${ZONE} SRV`, "NXDOMAIN"],
    [`sim dns _tcp.two.default.${ZONE} SRV`, "NXDOMAIN"],
    [`sim dns _http._tcp.two.default.${ZONE} A`, `NOERROR\n_http._tcp.two.default.${ZONE}. 30 IN A 10.96.21.1`],
    [`sim dns a._http._tcp.two.default.${ZONE} SRV`, "NXDOMAIN"],
  ],
  [
    "[DNS-4] equal numbers over TCP and UDP give one SRV record under the plain name, with half the weight",
    apply(
      service("both", {
        clusterIP: "10.96.21.2",
        ports: [
          { name: "tcp", port: 53 },
          { name: "udp", port: 53, protocol: "UDP" },
        ],
      }),
    ),
    [`dig +short both.default.${ZONE} SRV`, `0 50 53 both.default.${ZONE}.`],
  ],
  [
    "[DNS-3] endpoints of a Service with a cluster IP have names made of their addresses",
    apply(pod("web-1", 1), pod("web-2", 2, UNREADY), service("web", { clusterIP: "10.96.21.3" })),
    [`dig +short 10-244-1-2.web.default.${ZONE}`, "10.244.1.2"],
    [`sim dns 10-244-2-2.web.default.${ZONE} A`, "NXDOMAIN"],
    [`dig +short 10-244-1-2.web.default.${ZONE} SRV`, `0 100 8080 10-244-1-2.web.default.${ZONE}.`],
    [`dig +short web.default.${ZONE}`, "10.96.21.3"],
  ],
  [
    "[DNS-3] publishNotReadyAddresses gives names to pods that are not ready and to those that end",
    apply(
      pod("pub-1", 1, UNREADY),
      pod("pub-2", 2, SLOW),
      service("pub", { ...headless, publishNotReadyAddresses: true }),
    ),
    "kubectl delete pod pub-2 --wait=false",
    [`dig +short pub.default.${ZONE}`, "10.244.1.2\n10.244.2.2"],
  ],
  [
    "[DNS-3] a pod that is not ready has no name of its own under a headless Service",
    apply(pod("cold-1", 1, { ...UNREADY, hostname: "ice", subdomain: "cold" }), service("cold", headless)),
    [`sim dns ice.cold.default.${ZONE} A`, "NXDOMAIN"],
    [`sim dns cold.default.${ZONE} A`, "NXDOMAIN"],
  ],
  [
    "[DNS-3] a headless Service without ports resolves, but has no SRV records",
    apply(pod("ring-1", 1), service("ring", { ...headless, ports: [] })),
    [`dig +short ring.default.${ZONE}`, "10.244.1.2"],
    [`sim dns ring.default.${ZONE} SRV`, "NOERROR"],
    [`sim dns _http._tcp.ring.default.${ZONE} SRV`, "NXDOMAIN"],
  ],
  [
    "[DNS-3] a headless Service whose named port no pod has still gives the addresses",
    apply(pod("typo-1", 1), service("typo", { ...headless, ports: [{ name: "http", port: 80, targetPort: "htttp" }] })),
    [`dig +short typo.default.${ZONE}`, "10.244.1.2"],
    [`sim dns _http._tcp.typo.default.${ZONE} SRV`, "NXDOMAIN"],
  ],
  [
    "[DNS-4] a headless Service with two ports has a record per pod and port",
    apply(
      pod("duo-1", 1),
      pod("duo-2", 2),
      service("duo", {
        ...headless,
        ports: [
          { name: "a", port: 80, targetPort: "web" },
          { name: "b", port: 9000 },
        ],
      }),
    ),
    [
      `dig +short duo.default.${ZONE} SRV`,
      ["1-2", "2-2"]
        .flatMap((ip) => [`0 25 8080 10-244-${ip}.duo.default.${ZONE}.`, `0 25 9000 10-244-${ip}.duo.default.${ZONE}.`])
        .sort()
        .join("\n"),
    ],
    [`dig +short duo.default.${ZONE}`, "10.244.1.2\n10.244.2.2"],
    [
      `dig +short _b._tcp.duo.default.${ZONE} SRV`,
      `0 50 9000 10-244-1-2.duo.default.${ZONE}.\n0 50 9000 10-244-2-2.duo.default.${ZONE}.`,
    ],
  ],
  [
    "[DNS-6] a pod's address has a reverse name below each of its Services, by its hostname or its address",
    apply(
      pod("bus-1", 1, { hostname: "alpha", subdomain: "bus" }),
      pod("bus-2", 2),
      service("bus", headless),
      service("side", { ...headless, selector: { app: "bus" } }),
    ),
    ["dig +short -x 10.244.1.2", `10-244-1-2.side.default.${ZONE}.\nalpha.bus.default.${ZONE}.`],
    ["dig +short -x 10.244.2.2", `10-244-2-2.bus.default.${ZONE}.\n10-244-2-2.side.default.${ZONE}.`],
    ["sim dns 9.9.244.10.in-addr.arpa PTR", "NXDOMAIN"],
    [`sim dns bus.default.${ZONE} PTR`, "NOERROR"],
    ["dig +short -x 10.96.0.1", `kubernetes.default.${ZONE}.`],
    ["dig +short -x 10.96.77.77", ""],
  ],
  [
    "[DNS-5] an alias to an alias, and aliases in a circle",
    apply(
      service("end", { clusterIP: "10.96.21.4" }),
      service("one", { type: "ExternalName", externalName: `two.default.${ZONE}` }),
      service("two", { type: "ExternalName", externalName: `end.default.${ZONE}.` }),
      service("ping", { type: "ExternalName", externalName: `pong.default.${ZONE}` }),
      service("pong", { type: "ExternalName", externalName: `ping.default.${ZONE}` }),
      service("self", { type: "ExternalName", externalName: `self.default.${ZONE}` }),
    ),
    [`dig +short one.default.${ZONE}`, `two.default.${ZONE}.\nend.default.${ZONE}.\n10.96.21.4`],
    [`sim dns ping.default.${ZONE} A`, "NOERROR"],
    [`sim dns self.default.${ZONE} A`, "NOERROR"],
    [`dig +short self.default.${ZONE} CNAME`, `self.default.${ZONE}.`],
    [`sim dns one.default.${ZONE} AAAA`, "NOERROR"],
  ],
  [
    "[DNS-5] an external name has no SRV, no ports and no names below it; one that looks like an address does not exist",
    apply(
      service("ext", { type: "ExternalName", externalName: "db.example.com", ports: [{ name: "sql", port: 5432 }] }),
      service("num", { type: "ExternalName", externalName: "192.0.2.7" }),
    ),
    [`sim dns ext.default.${ZONE} SRV`, "NOERROR"],
    [`sim dns _sql._tcp.ext.default.${ZONE} SRV`, "NXDOMAIN"],
    [`sim dns a.ext.default.${ZONE} A`, "NXDOMAIN"],
    [`sim dns ext.default.${ZONE} TXT`, "NOERROR"],
    [`sim dns num.default.${ZONE} A`, "NXDOMAIN"],
    [`sim dns num.default.${ZONE} CNAME`, "NXDOMAIN"],
  ],
  [
    "[DNS-7] names of pod addresses: four parts, existing namespaces, IPv6 with dashes",
    [`dig +short 1-2-3-4.kube-system.pod.cluster.local`, "1.2.3.4"],
    [`sim dns 1-2-3.default.pod.cluster.local A`, "NXDOMAIN"],
    [`sim dns 10-244-1-300.default.pod.cluster.local A`, "NXDOMAIN"],
    [`sim dns 10-244-1-2.default.pod.cluster.local AAAA`, "NOERROR"],
    [`dig +short fd00--5.default.pod.cluster.local AAAA`, "fd00::5"],
    [`sim dns default.pod.cluster.local A`, "NOERROR"],
    [`sim dns nowhere.pod.cluster.local A`, "NXDOMAIN"],
    [`sim dns pod.cluster.local A`, "NOERROR"],
  ],
  [
    "[DNS-1] names with a final dot, with capitals, of other shapes and outside the zone",
    apply(service("web", { clusterIP: "10.96.21.5" })),
    [`dig +short web.default.${ZONE}.`, "10.96.21.5"],
    [`sim dns WEB.default.svc.Cluster.Local A`, "NOERROR\nWEB.default.svc.Cluster.Local. 30 IN A 10.96.21.5"],
    [`dig +short web`, ""],
    [`dig +short web.default.svc`, ""],
    [`sim dns web.default.cluster.local A`, "NXDOMAIN"],
    [`sim dns web.default.zone.${ZONE} A`, "NXDOMAIN"],
    [`sim dns *.default.${ZONE} A`, "NXDOMAIN"],
    [`sim dns any.web.default.${ZONE} A`, "NXDOMAIN"],
    [`sim dns nowhere.${ZONE} A`, "NXDOMAIN"],
    [`sim dns foo.cluster.local A`, "NXDOMAIN"],
    [`sim dns default.${ZONE} SRV`, "NOERROR"],
    [`sim dns default.${ZONE} TXT`, "NXDOMAIN"],
    [`sim dns cluster.local TXT`, "NXDOMAIN"],
    [`sim dns dns-version.cluster.local A`, "NXDOMAIN"],
  ],
  [
    "[DNS-1] types a Service has no record of",
    apply(service("web", { clusterIP: "10.96.21.6" })),
    [`sim dns web.default.${ZONE} MX`, "NOERROR"],
    [`sim dns web.default.${ZONE} NS`, "NOERROR"],
    [`sim dns web.default.${ZONE} SOA`, "NOERROR"],
    [`sim dns web.default.${ZONE} CAA`, "NOERROR"],
    [`sim dns nope.default.${ZONE} MX`, "NXDOMAIN"],
    [`sim dns nope.default.${ZONE} TXT`, "NXDOMAIN"],
    [`dig +short web.default.${ZONE} CAA`, ""],
    [`dig +short A web.default.${ZONE}`, "10.96.21.6"],
    [`dig +short -t SRV web.default.${ZONE}`, `0 100 80 web.default.${ZONE}.`],
  ],
  [
    "[DNS-3] a hand-made slice may name its endpoints, and belongs to a headless Service by its label",
    apply(
      service("ha", { ...headless, selector: null, ...named }),
      slice("ha", [{ addresses: ["192.168.1.51"], hostname: "Left".toLowerCase() }, { addresses: ["192.168.1.52"] }], {
        ports: [{ name: "http", port: 9042 }],
      }),
      { ...slice("ha", [{ addresses: ["192.168.1.53"] }]), metadata: { name: "ha-2" } },
    ),
    [`dig +short ha.default.${ZONE}`, "192.168.1.51\n192.168.1.52"],
    [`dig +short left.ha.default.${ZONE}`, "192.168.1.51"],
    ["dig +short -x 192.168.1.51", `left.ha.default.${ZONE}.`],
    ["dig +short -x 192.168.1.52", `192-168-1-52.ha.default.${ZONE}.`],
    [
      `dig +short _http._tcp.ha.default.${ZONE} SRV`,
      `0 50 9042 192-168-1-52.ha.default.${ZONE}.\n0 50 9042 left.ha.default.${ZONE}.`,
    ],
  ],
  [
    "[DNS-3] several slices of a headless Service give all their addresses, each once; IPv6 ones as AAAA",
    apply(
      service("mix", { ...headless, selector: null }),
      slice("mix", [{ addresses: ["192.168.1.61"] }]),
      {
        ...slice("mix", [{ addresses: ["192.168.1.61"] }, { addresses: ["192.168.1.62"] }]),
        metadata: { name: "mix-2", labels: { "kubernetes.io/service-name": "mix" } },
      },
      {
        ...slice("mix", [{ addresses: ["fd00::61"] }], { addressType: "IPv6" }),
        metadata: { name: "mix-6", labels: { "kubernetes.io/service-name": "mix" } },
      },
    ),
    [`dig +short mix.default.${ZONE}`, "192.168.1.61\n192.168.1.62"],
    [`dig +short mix.default.${ZONE} AAAA`, "fd00::61"],
  ],
  [
    "[DNS-3] Endpoints by hand are mirrored and so have names",
    apply(service("hand", { ...headless, selector: null, ports: [{ name: "sql", port: 5432 }] }), {
      apiVersion: "v1",
      kind: "Endpoints",
      metadata: { name: "hand" },
      subsets: [
        {
          addresses: [{ ip: "192.168.1.71", hostname: "first" }],
          notReadyAddresses: [{ ip: "192.168.1.72" }],
          ports: [{ name: "sql", port: 5432 }],
        },
      ],
    }),
    [`dig +short hand.default.${ZONE}`, "192.168.1.71"],
    [`dig +short first.hand.default.${ZONE}`, "192.168.1.71"],
    [`dig +short _sql._tcp.hand.default.${ZONE} SRV`, `0 100 5432 first.hand.default.${ZONE}.`],
  ],
  [
    "[DNS-2] NodePort and LoadBalancer Services have their cluster IP, not their other addresses",
    apply(
      service("np", { type: "NodePort", clusterIP: "10.96.21.7" }),
      service("lb", { type: "LoadBalancer", clusterIP: "10.96.21.8", externalIPs: ["198.51.100.9"] }),
    ),
    [`dig +short np.default.${ZONE}`, "10.96.21.7"],
    [`dig +short lb.default.${ZONE}`, "10.96.21.8"],
    ["dig +short -x 198.51.100.9", ""],
  ],
  [
    "[DNS-2] names come and go with their Service, its type and its namespace",
    apply(service("go", { clusterIP: "10.96.21.9" })),
    "kubectl create namespace temp",
    "kubectl create service clusterip there --tcp=80 --clusterip=10.96.21.10 -n temp",
    [`dig +short there.temp.${ZONE}`, "10.96.21.10"],
    "kubectl delete namespace temp",
    [`sim dns there.temp.${ZONE} A`, "NXDOMAIN"],
    [`sim dns temp.${ZONE} A`, "NXDOMAIN"],
    `kubectl patch service go -p '{"spec":{"type":"ExternalName","externalName":"example.com"}}'`,
    [`dig +short go.default.${ZONE} CNAME`, "example.com."],
    ["dig +short -x 10.96.21.9", ""],
    "kubectl delete service go",
    [`sim dns go.default.${ZONE} A`, "NXDOMAIN"],
  ],
  [
    "[DNS-3] hostNetwork pods appear under a headless Service with their node's address",
    apply(pod("host-1", 2, { hostNetwork: true }), service("host", headless)),
    [`dig +short host.default.${ZONE}`, "192.168.1.12"],
    [`dig +short 192-168-1-12.host.default.${ZONE}`, "192.168.1.12"],
  ],
  [
    "[DNS-3] two pods with one hostname share its name",
    apply(
      pod("pair-1", 1, { hostname: "same", subdomain: "pair" }),
      pod("pair-2", 2, { hostname: "same", subdomain: "pair" }),
      service("pair", headless),
    ),
    [`dig +short same.pair.default.${ZONE}`, "10.244.1.2\n10.244.2.2"],
    [`dig +short pair.default.${ZONE} SRV`, `0 50 8080 same.pair.default.${ZONE}.`],
  ],
];

test.each(SESSIONS)("%s", (_sentence, ...steps) => {
  expect(play(steps)).toEqual(wanted(steps));
});
