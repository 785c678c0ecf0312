// What the API server refuses about a Service is fixed in the text, comments left alone.
import { expect, test } from "vitest";
import type { KubeObject } from "../../../cluster/index.ts";
import { applyEdits } from "./edits.ts";
import { fixesFor } from "./fixes.ts";
import type { Lister } from "./lister.ts";
import type { Problem } from "./types.ts";

const WEB = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "default" },
  spec: { type: "NodePort", clusterIP: "10.96.5.5", ports: [{ name: "http", port: 80, nodePort: 30080 }] },
};
const LISTER: Lister = { list: (resource) => (resource === "services" ? [WEB as KubeObject] : []) };
const SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n";

test.each([
  [
    "a nodePort on a ClusterIP Service",
    `${SERVICE}  ports:\n    - port: 80\n      nodePort: 30080\n`,
    8,
    "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
    `${SERVICE}  ports:\n    - port: 80\n      nodePort: 30080\n  type: NodePort\n`,
  ],
  [
    "a nodePort that is taken: the next free one",
    `${SERVICE}  type: NodePort\n  ports:\n    - port: 80\n      nodePort: 30080 # mine\n`,
    9,
    "Invalid value: 30080: provided port is already allocated",
    `${SERVICE}  type: NodePort\n  ports:\n    - port: 80\n      nodePort: 30081 # mine\n`,
  ],
  [
    "a nodePort out of range",
    `${SERVICE}  type: NodePort\n  ports:\n    - port: 80\n      nodePort: 8080\n`,
    9,
    "Invalid value: 8080: provided port is not in the valid range. The range of valid ports is 30000-32767",
    `${SERVICE}  type: NodePort\n  ports:\n    - port: 80\n      nodePort: 30000\n`,
  ],
  [
    "a clusterIP that may not change is left as it is",
    `${SERVICE}  clusterIP: None\n  ports:\n    - port: 80\n`,
    6,
    'Invalid value: ["None"]: may not change once set',
    `${SERVICE}  ports:\n    - port: 80\n`,
  ],
  [
    "matchLabels in a Service",
    `${SERVICE}  selector:\n    matchLabels:\n      app: web\n  ports:\n    - port: 80\n`,
    6,
    "json: cannot unmarshal object into Go struct field ServiceSpec.spec.selector of type string",
    `${SERVICE}  selector:\n    app: web\n  ports:\n    - port: 80\n`,
  ],
])("%s", (...[, text, line, message, mended]) => {
  const raw = text.split("\n")[line - 1] ?? "";
  const problem: Problem = {
    line,
    from: raw.search(/\S/),
    to: raw.length,
    severity: "error",
    message,
    source: "server",
  };
  const [fix] = fixesFor(text, problem, LISTER);
  expect(fix === undefined ? undefined : applyEdits(text, fix.edits)).toBe(mended);
});
