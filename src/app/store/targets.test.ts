// Where the page offers to send, and what a visitor may type instead.
import { expect, test } from "vitest";
import { RESOURCES, resourceName } from "../../cluster/index.ts";
import { newScenario } from "../../scenario/index.ts";
import { watchObjects } from "./objects.ts";
import { createRun } from "./run.ts";
import { readTarget, targetChoices, textOf } from "./targets.ts";

const DNS = `apiVersion: v1
kind: Service
metadata:
  name: names
spec:
  type: NodePort
  selector: {app: names}
  ports:
    - {name: dns, port: 53, protocol: UDP, nodePort: 30053}
    - {name: dns-tcp, port: 53, nodePort: 30053}
`;

test("a UDP port is offered beside the TCP port of the same number", () => {
  const run = createRun(newScenario(DNS));
  run.advance(3_000);
  const watch = watchObjects(run.cluster.api, RESOURCES.map(resourceName));
  const texts = targetChoices(watch.take(), false).map(textOf);
  expect(texts).toContain("192.168.1.11:30053/UDP");
  expect(texts).toContain("192.168.1.11:30053");
  expect(texts).toContain("names.default.svc.cluster.local:53/UDP");
  watch.stop();
});

test.each([
  ["192.168.1.11:30053/udp", { host: "192.168.1.11", port: 30053, protocol: "UDP" }],
  ["http://web:8080/", { host: "web", port: 8080 }],
  [" web ", { host: "web", port: 80 }],
  ["web:80/tcp", { host: "web", port: 80 }],
  ["not an address", undefined],
])("%s is read as %j", (text, expected) => {
  expect(readTarget(text)).toEqual(expected);
});
