// Labs with files on the page: a readiness file makes an endpoint appear, whether the pod came by a link or was typed.
import { openWith, type as typeLine } from "./pains.ts";
import { expect, test } from "./test.ts";
import { expectReady, typeManifest } from "./visitor.ts";

const gate = (name: string) => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name}}}
spec:
  containers:
  - name: web
    image: nginx
    readinessProbe: {exec: {command: [cat, /tmp/ready]}, periodSeconds: 2}
`;

test("a pod of a link waits for its file, and kubectl exec touches it", async ({ page }) => {
  await openWith(page, gate("gate"));
  await expectReady(page, "gate", 0);
  await typeLine(page, "kubectl exec gate -- touch /tmp/ready");
  await expectReady(page, "gate", 1);
});

test("a pod that is typed has files too, and what a shell in it writes is what its server shows", async ({ page }) => {
  await openWith(page, "");
  await typeManifest(page, gate("typed"));
  await expectReady(page, "typed", 0);
  await typeLine(
    page,
    "kubectl exec typed -- sh -c 'touch /tmp/ready; echo by hand > /usr/share/nginx/html/index.html'",
  );
  await expectReady(page, "typed", 1);
  await typeLine(page, "kubectl run client --image=curlimages/curl --command -- sleep 3600; sleep 5");
  await typeLine(page, "kubectl exec client -- curl -s typed");
  await expect(page.getByText("by hand").last()).toBeVisible();
});
