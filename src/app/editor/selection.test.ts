// The text and the picture show each other the object that is looked at.
import { describe, expect, test } from "vitest";
import { newScenario } from "../../scenario/index.ts";
import { createShell } from "../../shell/index.ts";
import { Playground } from "../store/playground.ts";
import { createRun } from "../store/run.ts";
import { EditedText } from "./edited.ts";
import { hostOf } from "./playgroundHost.ts";

const TEXT = `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  ports:
    - port: 80
---
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: shop
spec:
  replicas: 1
  selector:
    matchLabels: {app: shop}
  template:
    metadata:
      labels: {app: shop}
    spec:
      containers:
        - name: shop
          image: nginx
`;

function open() {
  const run = createRun(newScenario(TEXT), { createShell });
  run.advance(10_000);
  const playground = new Playground(run, { request: () => 0, cancel: () => undefined });
  const edited = new EditedText({
    host: hostOf(playground),
    later: () => () => undefined,
  });
  edited.begin();
  const scrolled: (readonly [number, number])[] = [];
  edited.show({
    edit: () => undefined,
    replaceAll: () => undefined,
    reveal: () => undefined,
    scrollTo: (first, last) => scrolled.push([first, last]),
  });
  return { playground, edited, scrolled };
}

describe("selecting", () => {
  test("a click into a document selects the object that it describes, and the text stays where it is", () => {
    const { playground, edited, scrolled } = open();
    edited.selectAt(7);
    expect(playground.store.getState().selection).toEqual({
      kind: "object",
      resource: "services",
      key: "default/shop",
    });
    edited.selectAt(14);
    expect(playground.store.getState().selection).toMatchObject({ resource: "replicasets.apps" });
    expect(scrolled).toEqual([]);
  });

  test("an object selected elsewhere brings its document into sight, and a pod that of its owner", () => {
    const { playground, scrolled } = open();
    playground.select({ kind: "object", resource: "services", key: "default/shop" });
    expect(scrolled).toEqual([[1, 7]]);
    const pods = [...(playground.store.getState().objects.get("pods")?.keys() ?? [])];
    const pod = pods.find((key) => key.startsWith("default/shop-"));
    if (pod === undefined) throw new Error("the ReplicaSet made no pod");
    playground.select({ kind: "object", resource: "pods", key: pod });
    expect(scrolled.at(-1)).toEqual([9, 24]);
  });
});
