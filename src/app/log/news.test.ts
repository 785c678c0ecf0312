// What screen readers announce about changes.
import { expect, it } from "vitest";
import type { Pod } from "../../cluster/index.ts";
import type { Objects } from "../store/objects.ts";
import { newsOf } from "./news.ts";

function pod(name: string, ready: boolean): Pod {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "default", uid: name },
    spec: { containers: [] },
    status: { phase: "Running", conditions: [{ type: "Ready", status: ready ? "True" : "False" }] },
  } as Pod; // as much as is looked at
}

const objects = (...pods: readonly Pod[]): Objects =>
  new Map([["pods", new Map(pods.map((each) => [`default/${each.metadata.name}`, each]))]]);

it("[ACCESS-5] pods that become ready, stop being ready or go are reported, and many are counted", () => {
  const web = pod("web-1", true);
  expect(newsOf(objects(web), objects(web))).toBe("");
  expect(newsOf(objects(web), objects(pod("web-1", true)))).toBe("");
  expect(newsOf(objects(pod("web-1", false)), objects(web))).toBe("Pod web-1 is ready.");
  expect(newsOf(objects(web), objects())).toBe("Pod web-1 is gone.");
  const five = [1, 2, 3, 4, 5].map((each) => pod(`web-${each}`, true));
  expect(newsOf(objects(), objects(...five))).toBe(
    "Pod web-1 is ready. Pod web-2 is ready. Pod web-3 is ready. And 2 more changes.",
  );
});
