// The menu of faults: every kind that the engine knows can be reached from some place.
import { expect, test } from "vitest";
import { createCluster, type Fault, SHELL_SETTINGS } from "../../cluster/index.ts";
import type { Breakable } from "../store/state.ts";
import { isActive, offersFor, otherPort, slowness } from "./offers.ts";

const NODES = ["node-1", "node-2", "node-3"];
const CLIENTS = ["laptop", "phone"];
const WEB = { resource: "deployments.apps", namespace: "default", name: "web" } as const;

const kindsOf = (what: Breakable) => offersFor(what, NODES, CLIENTS).map(({ fault }) => fault.kind);

test("each place offers what can be broken there", () => {
  expect(kindsOf({ kind: "node", name: "node-2" })).toEqual([
    "node-power",
    "kubelet",
    "kube-proxy",
    "cordon",
    "pod-network",
    "pod-network",
  ]);
  expect(kindsOf({ kind: "client", name: "laptop" })).toEqual(["no-route", "firewall"]);
  expect(kindsOf({ kind: "pod", key: "default/web-1" })).toEqual(["readiness", "listen"]);
  expect(kindsOf({ kind: "cluster" })).toEqual(["coredns", "firewall", "no-route", "no-route"]);
  expect(otherPort("default", "web-1").make(9000)).toMatchObject({ kind: "listen", loopback: false, port: 9000 });
  expect(slowness(WEB).map((offer) => offer.make(10).kind)).toEqual(["slow-start", "slow-shutdown"]);
});

test("the engine takes every offer of nodes, clients and the cluster, and gives each back", () => {
  const cluster = createCluster({ seed: "1", settings: SHELL_SETTINGS });
  const places: Breakable[] = [
    { kind: "cluster" },
    { kind: "node", name: "node-1" },
    { kind: "client", name: "phone" },
  ];
  for (const { fault } of places.flatMap((what) => offersFor(what, NODES, CLIENTS))) {
    cluster.faults.apply(fault);
    expect(isActive(cluster.faults.list(), fault), JSON.stringify(fault)).toBe(true);
    for (const { id } of cluster.faults.list()) cluster.faults.undo(id);
    expect(isActive(cluster.faults.list(), fault), JSON.stringify(fault)).toBe(false);
  }
});

test("a program on another port is not shown as one on 127.0.0.1", () => {
  const listen = { kind: "listen", namespace: "default", pod: "web-1" } as const;
  const faults = [{ id: "pod/default/web-1 --listen", fault: { ...listen, loopback: true } as Fault, since: 0 }];
  expect(isActive(faults, { ...listen, loopback: true })).toBe(true);
  expect(isActive(faults, { ...listen, loopback: false, port: 9000 })).toBe(false);
});
