// What a visitor finds on the first visit: three web servers behind a NodePort Service.
import { resourceForKind, resourceName } from "../../cluster/index.ts";
import { createRun, type Run } from "./run.ts";

/** The manifests of the first visit. */
export const START_YAML = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: nginxinc/nginx-unprivileged
        ports:
        - containerPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: web
  ports:
  - port: 80
    targetPort: 8080
    nodePort: 30080
`;

const DEPLOYMENT = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: {
        containers: [{ name: "web", image: "nginxinc/nginx-unprivileged", ports: [{ containerPort: 8080 }] }],
      },
    },
  },
};

const SERVICE = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web" },
  spec: { type: "NodePort", selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] },
};

/** A run that begins with the manifests of the first visit. */
export function startRun(): Run {
  const run = createRun("podpath");
  for (const object of [DEPLOYMENT, SERVICE]) {
    const info = resourceForKind(object.apiVersion, object.kind);
    if (info !== undefined) run.cluster.api.create(resourceName(info), "default", object);
  }
  return run;
}
