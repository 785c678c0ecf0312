// The whole chain: from a Deployment to complete endpoints.
import { describe, expect, test } from "vitest";
import { createCluster } from "../cluster.ts";
import { RECORDED_SETTINGS } from "../sim/settings.ts";

const LABELS = { app: "web" };

function deployment(replicas: number) {
  return {
    metadata: { name: "web" },
    spec: {
      replicas,
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS },
        spec: { containers: [{ name: "main", image: "nginx:1.29", ports: [{ containerPort: 8080 }] }] },
      },
    },
  };
}

const SERVICE = {
  metadata: { name: "web" },
  spec: { selector: LABELS, clusterIP: "10.96.0.20", ports: [{ port: 80, targetPort: 8080, protocol: "TCP" }] },
};

describe("Deployment to endpoints", () => {
  test("[DEP-1] [RS-1] [SCHED-1] [KUBELET-1] [EPS-1] a Deployment's pods are ready endpoints within 1.5 s", () => {
    const cluster = createCluster({ seed: "1", settings: RECORDED_SETTINGS });
    cluster.api.create("services", "default", SERVICE);
    cluster.api.create("deployments.apps", "default", deployment(3));
    cluster.advance(1_500);
    const pods = cluster.api.list("pods", { namespace: "default" });
    expect(pods.map((pod) => pod.status?.phase)).toEqual(["Running", "Running", "Running"]);
    expect(new Set(pods.map((pod) => pod.spec?.nodeName)).size).toBe(3);
    const slices = cluster.api.list("endpointslices.discovery.k8s.io", { namespace: "default" });
    const slice = slices.find(({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === "web");
    expect(slice?.endpoints?.map(({ addresses, conditions }) => [addresses[0], conditions?.ready]).sort()).toEqual([
      ["10.244.1.2", true],
      ["10.244.2.2", true],
      ["10.244.3.2", true],
    ]);
    const [set] = cluster.api.list("deployments.apps");
    expect(set?.status).toMatchObject({ replicas: 3, readyReplicas: 3, availableReplicas: 3, updatedReplicas: 3 });
  });
});
