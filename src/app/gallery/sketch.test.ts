// The small pictures show what the manifests hold.
import { expect, test } from "vitest";
import { EXAMPLES, exampleNamed } from "../examples/index.ts";
import { ABOUT } from "./about.ts";
import { sketchOf } from "./sketch.ts";

const sketched = async (name: string) => sketchOf(await exampleNamed(name).load());

test("a NodePort Service leads to its three pods", async () => {
  expect(await sketched("nodeport")).toEqual({
    services: [{ name: "web", type: "NodePort", to: [0] }],
    workloads: [3],
    clients: [],
    ingress: undefined,
  });
});

test("a selector that matches nothing leads nowhere", async () => {
  const { services, workloads } = await sketched("broken-selector");
  expect(services).toEqual([{ name: "web", type: "NodePort", to: [] }]);
  expect(workloads).toEqual([3]);
});

test("a pod that no Service selects may ask from inside", async () => {
  const { clients, workloads } = await sketched("clusterip");
  expect(clients.map((at) => workloads[at])).toEqual([1]);
});

test("a Service without an address of its own is headless", async () => {
  const { services } = await sketched("headless");
  expect(services.map(({ type }) => type)).toContain("Headless");
});

test("an Ingress leads to the Services of its rules", async () => {
  const { ingress, services } = await sketched("ingress");
  expect(ingress?.map((at) => services[at]?.name)).toHaveLength(3);
});

test("the bookshop is all there", async () => {
  const { services, workloads } = await sketched("bookshop");
  expect(services).toHaveLength(13);
  expect(workloads.length).toBeGreaterThanOrEqual(13);
});

test("every example says in a sentence what it shows", () => {
  expect(EXAMPLES.map(({ name }) => [name, ABOUT[name]]).filter(([, about]) => about === undefined)).toEqual([]);
  expect(Object.keys(ABOUT)).toHaveLength(EXAMPLES.length);
});
