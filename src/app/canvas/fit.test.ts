// What doesn't fit loses detail, and no letter gets smaller.
import { expect, test } from "vitest";
import { fitted, layOutWithin, mannerOf } from "./fit.ts";
import type { SceneInput } from "./scene.ts";
import { Slots } from "./slots.ts";

/** Rooms that the picture has on screens, projectors, in frames and on phones. */
const ROOMS = [
  [1026, 712],
  [941, 558],
  [1023, 645],
  [720, 328],
  [720, 336],
  [720, 376],
  [600, 352],
  [471, 377],
  [360, 512],
  [390, 720],
] as const;

function world(counts: { nodes: number; pods: number; services: number; owners?: number }): SceneInput {
  const { nodes, pods, services, owners = services } = counts;
  const names = Array.from({ length: nodes }, (_, at) => `node-${at + 1}`);
  return {
    clients: ["laptop", "phone"],
    nodes: names,
    nodePorts: [30080],
    services: Array.from({ length: services }, (_, at) => ({
      key: `default/service-${at}`,
      ports: 1,
      endpoints: ["10.244.1.2", "10.244.2.2", "10.244.3.2"],
      focused: at === 0,
    })),
    workloads: Array.from({ length: owners }, (_, at) => `deployments.apps:default/web-${at}`),
    pending: [],
    outside: { balancers: [], hosts: [] },
    pods: Array.from({ length: pods }, (_, at) => ({
      key: `space-${at % 3}/web-${at}`,
      node: names[at % nodes] ?? "",
      owner: `web-${at % owners}`,
    })),
  };
}

function sceneIn([width, height]: readonly [number, number], input: SceneInput) {
  const manner = mannerOf({ width, height }, false);
  const scene = layOutWithin(input, { width, height }, manner, { slots: new Slots(), servicesFrom: undefined });
  return { scene, manner, view: fitted(scene, { width, height }, manner) };
}

test.each(ROOMS)("[PICTURE-5] three pods are cards in a room of %i × %i, on three Nodes", (...room) => {
  const { scene } = sceneIn(room, world({ nodes: 3, pods: 3, services: 1 }));
  expect(scene.density).toBe("card");
  expect(scene.rest).toEqual([]);
});

test.each(
  ROOMS.flatMap((room) =>
    [
      { nodes: 3, pods: 3, services: 1 },
      { nodes: 3, pods: 13, services: 13 },
      { nodes: 3, pods: 60, services: 30 },
      { nodes: 3, pods: 60, services: 1 },
      { nodes: 3, pods: 300, services: 1 },
      { nodes: 1, pods: 9, services: 3 },
      { nodes: 100, pods: 300, services: 10 },
      { nodes: 100, pods: 20_000, services: 100, owners: 50 },
    ].map((counts) => [...room, counts] as const),
  ),
)("[PICTURE-5] a room of %i × %i shows %o whole and readable", (width, height, counts) => {
  const { scene, view, manner } = sceneIn([width, height], world(counts));
  expect(view.zoom).toBeGreaterThanOrEqual(manner.least);
  expect(scene.width * view.zoom).toBeLessThanOrEqual(width + 1);
  expect(scene.height * view.zoom).toBeLessThanOrEqual(height + 1);
  expect(scene.pods.size).toBe(counts.pods);
});

test("[PICTURE-12] names of pods get the room beside the picture, and the picture gets no smaller for it", () => {
  const input = world({ nodes: 3, pods: 24, services: 13 });
  const named = (owner: string): SceneInput => ({
    ...input,
    pods: input.pods.map((pod, at) => ({ ...pod, key: `default/${owner}-7c9f-x${at}`, owner })),
  });
  const short = sceneIn([1026, 712], named("web"));
  const long = sceneIn([1026, 712], named("recommendations"));
  const widthOf = ({ scene }: typeof short) => [...scene.pods.values()][0]?.width ?? 0;
  expect(short.scene.density).toBe("chip");
  expect(widthOf(long)).toBeGreaterThan(widthOf(short) + 40);
  expect(long.view.zoom).toBeGreaterThanOrEqual(short.view.zoom - 1e-9);
  expect(long.scene.width * long.view.zoom).toBeLessThanOrEqual(1026);
});

test("[PICTURE-13] where there are too many workloads, those of the open Service have chips", () => {
  const input = world({ nodes: 3, pods: 24, services: 13 });
  const near = new Set(["deployments.apps:default/web-12"]);
  const { scene } = sceneIn([1026, 712], { ...input, near });
  const shown = [...scene.boxes.keys()].filter((id) => id.startsWith("workload:"));
  expect(scene.moreWorkloads.length).toBeGreaterThan(0);
  expect(shown).toContain("workload:deployments.apps:default/web-12");
  expect(shown.length + scene.moreWorkloads.length).toBe(13);
});
