// Labels and selectors changed from a form, in the text and in the cluster, against the real API server.
import { describe, expect, test } from "vitest";
import { valueAt } from "../../cluster/index.ts";
import { changeLabels, labelsPath } from "./labels.ts";
import { choicesFor, chosenBy, labelsOf, livePods, pairsOf, withChoice } from "./pairs.ts";
import { lines, open } from "./testing.ts";

describe("[CHANGE-4] the selector is offered the labels that pods have, and says how many it selects", () => {
  test("labels with the number of pods that the selector then selects", () => {
    const { api } = open();
    const pods = livePods(api.list("pods", {}), "default");
    expect(chosenBy({ app: "web" }, pods)).toHaveLength(2);
    expect(chosenBy({}, pods)).toHaveLength(0);
    expect(chosenBy({ constructor: "x" }, pods)).toHaveLength(0);
    const offered = choicesFor(pods, { app: "wep" }).map(({ key, value, chosen, count }) => [
      key,
      value,
      chosen,
      count,
    ]);
    expect(offered.slice(0, 2)).toEqual([
      ["app", "web", false, 2],
      ["tier", "front", false, 0],
    ]);
    expect(offered[2]?.[0]).toBe("pod-template-hash");
    expect(withChoice({ app: "wep" }, { key: "app", value: "web", chosen: false })).toEqual({ app: "web" });
    expect(withChoice({ app: "web", tier: "x" }, { key: "app", value: "web", chosen: true })).toEqual({ tier: "x" });
  });
});

describe("[CHANGE-5] labels of a workload's pods, or of a pod", () => {
  test("of a workload: the template's, in the text; its pods are replaced", async () => {
    const { playground, texts, api, run } = open();
    const before = api.get("deployments.apps", "default", "web");
    expect(await changeLabels(playground, before, { app: "web", tier: "back", new: "1" })).toEqual({});
    expect(lines(texts[0] ?? "", texts[1] ?? "")).toEqual([
      "-      labels: {app: web, tier: front} # both",
      '+      labels: {app: web, tier: back, new: "1"} # both',
    ]);
    run.advance(30_000);
    expect(livePods(api.list("pods", {}), "default").map(({ metadata }) => metadata.labels?.tier)).toEqual([
      "back",
      "back",
    ]);
  });

  test("what its selector needs is refused", async () => {
    const { playground, api, texts } = open();
    const { at } = await changeLabels(playground, api.get("deployments.apps", "default", "web"), { app: "other" });
    expect(at?.get("labels")?.join(" ")).toContain(
      'spec.template.metadata.labels: Invalid value: {"app":"other"}: `selector` does not match template `labels`',
    );
    expect(texts).toHaveLength(1);
    expect(labelsPath("Deployment")).toEqual(["spec", "template", "metadata", "labels"]);
  });

  test("of a pod of a ReplicaSet: kubectl label takes it out of the Service, and another one is made", async () => {
    const { playground, api, lastLine, run } = open();
    const pod = api.list("pods", {}).find(({ metadata }) => metadata.namespace === "default");
    if (pod === undefined) throw new Error("no pod");
    const { app: _, ...rest } = labelsOf(pairsOf(pod.metadata.labels));
    expect(await changeLabels(playground, pod, { ...rest, tier: "aside" })).toEqual({});
    expect(lastLine()).toBe(`kubectl label pods ${pod.metadata.name} tier=aside app- --overwrite`);
    run.advance(10_000);
    const pods = livePods(api.list("pods", {}), "default");
    expect(pods).toHaveLength(3);
    expect(chosenBy({ app: "web" }, pods)).toHaveLength(2);
    expect(
      valueAt(api.get("pods", "default", pod.metadata.name ?? ""), ["metadata", "ownerReferences"]),
    ).toBeUndefined();
  });

  test("a label that is none is refused and runs nothing", async () => {
    const { playground, api, lastLine } = open();
    const pod = api.list("pods", {}).find(({ metadata }) => metadata.namespace === "default");
    if (pod === undefined) throw new Error("no pod");
    const { at } = await changeLabels(playground, pod, { ...pod.metadata.labels, "a b": "$(reboot)" });
    expect(at?.get("labels")?.join(" ")).toContain("metadata.labels: Invalid value:");
    expect(lastLine()).toBeUndefined();
  });

  test("of a pod in the text: in the text", async () => {
    const text =
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: solo # alone\nspec: {containers: [{name: a, image: nginx}]}\n";
    const { playground, api, now } = open({ text });
    expect(await changeLabels(playground, api.get("pods", "default", "solo"), { app: "web" })).toEqual({});
    expect(now()).toBe(text.replace("solo # alone\n", "solo # alone\n  labels:\n    app: web\n"));
  });
});
