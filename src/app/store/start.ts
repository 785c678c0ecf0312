// What a visitor finds on the first visit: three web servers behind a NodePort Service.
import { newScenario } from "../../scenario/index.ts";
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

/** Virtual time that has passed when the visitor comes: the pods are ready, so that the first request arrives. */
export const HEAD_START_MS = 5_000;

/** A run that begins with the manifests of the first visit. */
export function startRun(): Run {
  const run = createRun(newScenario(START_YAML));
  run.advance(HEAD_START_MS);
  return run;
}
