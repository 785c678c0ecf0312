// The generated types name the objects as Kubernetes does.
import { expect, test } from "vitest";
import type { EndpointSlice, Service } from "./types.gen.ts";

test("a Service and its EndpointSlice are written in the types' words", () => {
  const service: Service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", labels: { app: "web" } },
    spec: { selector: { app: "web" }, ports: [{ port: 80, targetPort: "http" }] },
  };
  const slice: EndpointSlice = {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: "web-abcde" },
    addressType: "IPv4",
    endpoints: [{ addresses: ["10.244.1.2"], conditions: { ready: true } }],
    ports: [{ name: "", port: 8080, protocol: "TCP" }],
  };
  expect([service.kind, slice.kind]).toEqual(["Service", "EndpointSlice"]);
});
