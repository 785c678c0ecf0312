// docs/pains.md 22, 23, 24, 36: what the API server refuses is fixed by a quick fix in the editor, and the packet arrives.

import { expectArrival, openWith } from "./pains.ts";
import { expect, test } from "./test.ts";
import { manifest, sendRequest, typeManifest } from "./visitor.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const OTHER = `---
apiVersion: v1
kind: Service
metadata:
  name: other
spec:
  type: NodePort
  selector:
    app: web
  ports:
    - port: 80
      targetPort: 8080
      nodePort: 30080
`;

const ROWS: readonly (readonly [row: string, change: (good: string) => string, says: string, fix: RegExp])[] = [
  [
    "22: a ClusterIP may not change",
    (good) => good.replace("  type: NodePort\n", "  type: NodePort\n  clusterIP: 10.96.77.77\n"),
    "may not change once set",
    /^Keep its current address/,
  ],
  [
    "23: a nodePort that another Service has",
    (good) => `${good}${OTHER}`,
    "provided port is already allocated",
    /^Change nodePort to 30081/,
  ],
  [
    "23: a nodePort out of range",
    (good) => good.replace("nodePort: 30080", "nodePort: 8080"),
    "provided port is not in the valid range",
    /^Change nodePort to 3\d{4}/,
  ],
  [
    "24: a nodePort on a ClusterIP Service",
    (good) => good.replace("  type: NodePort\n", "  type: ClusterIP\n").replace("30080", "30090"),
    "may not be used when `type` is 'ClusterIP'",
    /^Set type: NodePort/,
  ],
  [
    "36: a field in the wrong case",
    (good) => good.replace("targetPort:", "targetport:"),
    "unknown field",
    /^Change to targetPort/,
  ],
  [
    "36: ports without a dash",
    (good) =>
      good.replace(
        "    - port: 80\n      targetPort: 8080\n      nodePort: 30080",
        "    port: 80\n    targetPort: 8080\n    nodePort: 30080",
      ),
    "cannot unmarshal object",
    /^Add the dash/,
  ],
  [
    "36: a port in quotes",
    (good) => good.replace("port: 80\n", 'port: "80"\n'),
    "cannot unmarshal string",
    /^Remove the quotes: 80/,
  ],
  [
    "36: matchLabels in a Service",
    (good) =>
      good.replace("  selector:\n    app: web\n  ports:", "  selector:\n    matchLabels:\n      app: web\n  ports:"),
    "cannot unmarshal object",
    /^A Service's selector is plain labels/,
  ],
];

test("what the API server refuses is mended by one press, and the packet arrives", async ({ page }) => {
  test.setTimeout(150_000);
  await openWith(page, manifest());
  const editor = page.getByRole("region", { name: "YAML editor" });
  const problems = editor.getByRole("list", { name: "Problems" });
  for (const [row, change, says, fix] of ROWS)
    await test.step(row, async () => {
      await typeManifest(page, change(manifest()));
      await expect(problems).toContainText(says);
      await problems.getByRole("button", { name: fix }).first().click();
      await expect(editor).not.toContainText(says);
      await expectArrival(page, () => sendRequest(page));
      await typeManifest(page, manifest());
      await expect(editor.getByRole("status")).toContainText("Applied");
    });
});
