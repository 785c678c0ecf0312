import { expect, test } from "vitest";
import { createCluster, RECORDED_SETTINGS } from "../cluster/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { completeKubectl } from "./complete.ts";

const cluster = createCluster({ addons: ALL_KINDS, seed: "complete", settings: RECORDED_SETTINGS });
cluster.api.create("services", "default", {
  metadata: { name: "web", labels: { app: "web" } },
  spec: { ports: [{ port: 80 }] },
});
const context = { world: cluster, files: new Map([["shop.yaml", ""]]), namespace: "default" };
const texts = (...words: string[]) => completeKubectl(words, context).map((each) => each.text);

test("[COMPLETE-1] verbs, types, names, flags and their values", () => {
  expect(texts("des")).toEqual(["describe"]);
  expect(texts("get", "serv")).toEqual(["serviceaccounts", "servicecidrs", "services"]);
  expect(texts("get", "svc", "")).toEqual(["kubernetes", "web"]);
  expect(texts("get", "svc/w")).toEqual(["svc/web"]);
  expect(texts("-n", "kube-public", "get", "svc", "")).toEqual([]);
  expect(texts("get", "--namespace=kube-p")).toEqual(["--namespace=kube-public"]);
  expect(texts("get", "svc", "-o", "y")).toEqual(["yaml"]);
  expect(texts("get", "svc", "-l", "app")).toEqual(["app=web"]);
  expect(texts("apply", "-f", "")).toEqual(["shop.yaml"]);
  expect(texts("get", "--show-l")).toEqual(["--show-labels"]);
  expect(texts("nonsense", "")).toEqual([]);
});

test("[COMPLETE-2] values that depend on the command, containers, ports, fields", () => {
  cluster.api.create("pods", "default", {
    metadata: { name: "shop" },
    spec: { containers: [{ name: "main", image: "nginx", ports: [{ containerPort: 8080 }] }] },
  });
  expect(texts("logs", "shop", "-c", "")).toEqual(["main"]);
  expect(texts("port-forward", "svc/web", "")).toEqual(["8080:80"]);
  expect(texts("port-forward", "shop", "")).toEqual(["8080"]);
  expect(texts("explain", "svc.spec.ports.ta")).toEqual(["svc.spec.ports.targetPort"]);
  expect(texts("patch", "svc", "web", "--type=me")).toEqual(["--type=merge"]);
  expect(texts("expose", "pod", "shop", "--type", "No")).toEqual(["NodePort"]);
  expect(texts("wait", "--for", "condition=R")).toEqual(["condition=Ready"]);
  expect(texts("help", "cre")).toEqual(["create"]);
  expect(texts("config", "use-context", "")).toEqual(["podpath"]);
});
