// What is stored without effect: one list, and where Health tells it.
import { describe, expect, test } from "vitest";
import { type KubeObject, RESOURCES } from "../cluster/index.ts";
import { allWithoutEffect, diagnose, effectOfField, effectOfKind, withoutEffect } from "./index.ts";
import { Lab, service, web } from "./lab.ts";

const WEB = `${service("selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]")}${web()}`;
const DENY = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny }
spec: { podSelector: {}, policyTypes: [Ingress] }
`;

const told = (lab: Lab) => diagnose(lab.cluster).filter((each) => each.class === "no-effect");

describe("[DIAG-48] stored without effect", () => {
  test("what a cluster begins with is not reported", () => {
    expect(told(new Lab(WEB))).toEqual([]);
  });

  test("[NETPOL-10] a NetworkPolicy that nobody enforces is reported with the Services that answer as if it were not there", () => {
    const lab = new Lab(`${WEB}${DENY}`);
    expect(told(lab)).toEqual([]);
    lab.cluster.configure({ networkPolicies: false });
    const [found, ...others] = told(lab);
    expect(others).toEqual([]);
    expect(found?.title).toBe("NetworkPolicy default-deny is stored but has no effect here");
    expect(found?.explanation).toContain("It applies to pods of Service web");
    expect(found?.severity).toBe("info");
  });

  test("[NETPOL-10] policies of the whole cluster are stored once their definition is applied, and said to be unenforced", () => {
    const lab = new Lab(WEB);
    const group = "policy.networking.k8s.io";
    const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
    lab.cluster.api.create("customresourcedefinitions.apiextensions.k8s.io", undefined, {
      metadata: {
        name: `clusternetworkpolicies.${group}`,
        annotations: { "api-approved.kubernetes.io": "https://example.com/30" },
      },
      spec: {
        group,
        scope: "Cluster",
        names: { kind: "ClusterNetworkPolicy", plural: "clusternetworkpolicies" },
        versions: [{ name: "v1alpha2", served: true, storage: true, schema }],
      },
    });
    lab.cluster.advance(1_000);
    lab.cluster.api.create(`clusternetworkpolicies.${group}`, undefined, {
      apiVersion: `${group}/v1alpha2`,
      kind: "ClusterNetworkPolicy",
      metadata: { name: "deny-all" },
      spec: { tier: "Admin", priority: 1 },
    });
    expect(told(lab).map(({ title }) => title)).toContain(
      "ClusterNetworkPolicy deny-all is stored but has no effect here",
    );
  });

  test("every kind of the list is one that the API server knows", () => {
    const kinds = new Set(RESOURCES.map(({ kind }) => kind));
    const listed = allWithoutEffect()
      .flatMap(({ what }) => what.split(", "))
      .filter((each) => effectOfKind(each) !== undefined);
    expect(listed.length).toBeGreaterThan(20);
    expect(
      listed.filter((each) => !kinds.has(each) && each !== "CustomResourceDefinition" && each !== "APIService"),
    ).toEqual(["ClusterNetworkPolicy", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy"]);
  });

  test.each([
    ["Service", ["metadata", "annotations", "metallb.io/address-pool"], /MetalLB would read/],
    ["Ingress", ["metadata", "annotations", "nginx.ingress.kubernetes.io/limit-rps"], /doesn't read/],
    ["Ingress", ["metadata", "annotations", "nginx.ingress.kubernetes.io/rewrite-target"], undefined],
    ["Namespace", ["metadata", "labels", "pod-security.kubernetes.io/enforce"], /Pod Security admission/],
    ["Service", ["metadata", "annotations", "example.com/owner"], undefined],
    ["Service", ["spec", "ports", 1, "appProtocol"], /appProtocol/],
    ["Deployment", ["spec", "template", "spec", "topologySpreadConstraints"], /topologySpreadConstraints/],
    ["Deployment", ["spec", "template", "metadata", "annotations", "prometheus.io/scrape"], /Prometheus/],
    ["Pod", ["spec", "affinity", "podAntiAffinity"], /podAntiAffinity/],
    ["Deployment", ["spec", "replicas"], undefined],
    ["CronJob", ["spec", "jobTemplate", "spec", "template", "spec", "affinity", "podAffinity"], /podAffinity/],
    ["CronJob", ["spec", "schedule"], undefined],
  ] as const)("%s %j", (kind, path, says) => {
    const found = effectOfField(kind, path);
    if (says === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(says);
  });

  test.each([
    ["Europe/Berlin", 1],
    ["UTC", 0],
    ["Etc/UTC", 0],
  ])("a CronJob's time zone %s", (timeZone, found) => {
    const cron = { apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "a" }, spec: { timeZone } };
    expect(withoutEffect(cron as KubeObject)).toHaveLength(found);
  });

  test("keys that objects inherit are no rules", () => {
    expect(effectOfKind("constructor")).toBeUndefined();
    expect(
      withoutEffect({
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "a", annotations: JSON.parse('{"__proto__":"x","constructor":"y"}') },
      }),
    ).toEqual([]);
  });
});
