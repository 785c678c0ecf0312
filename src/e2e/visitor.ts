// What a visitor does on the page, by the names that the page promises to keep.
import { expect, type Locator, type Page } from "@playwright/test";

/** Opens the playground with nothing remembered and waits until the first pods are ready. */
export async function open(page: Page, query = ""): Promise<void> {
  await page.goto(`/${query}`);
  await expect(cluster(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "Send request" }).first()).toBeEnabled();
}

export function cluster(page: Page): Locator {
  return page.getByRole("region", { name: "Cluster" });
}

/** The live log in which each hop is one sentence. */
export function packetLog(page: Page): Locator {
  return page.getByRole("log", { name: "Packet log" });
}

export async function sendRequest(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Send request" }).first().click();
}

/** Waits until `count` pods of the Deployment can be killed, that is, are on the canvas. */
export async function expectPods(page: Page, prefix: string, count: number): Promise<void> {
  await expect(cluster(page).getByRole("button", { name: new RegExp(`^Kill pod ${prefix}-`) })).toHaveCount(count, {
    timeout: 20_000,
  });
}

/** Waits until the Service's card counts this many ready endpoints; the nodes' rules follow within a second. */
export async function expectReady(page: Page, service: string, count: number): Promise<void> {
  const card = cluster(page).getByRole("button", { name: new RegExp(`^Service ${service},.* ${count} ready of `) });
  await expect(card).toBeVisible({ timeout: 30_000 });
}

/** Turns to the text with the pointer and waits for the rich editor, which then takes the plain one's place. */
export async function turnToText(page: Page): Promise<void> {
  const editor = page.getByRole("region", { name: "YAML editor" });
  await editor.locator(".editor-text").hover();
  await expect(editor.locator(".monaco-editor").first()).toBeVisible({ timeout: 20_000 });
}

/** Replaces the editor's whole text, as by selecting all and pasting. */
export async function typeManifest(page: Page, text: string): Promise<void> {
  const editor = page.getByRole("region", { name: "YAML editor" }).getByRole("textbox").first();
  await editor.focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press("ControlOrMeta+V");
}

/** The manifest that the tests start from: the page's own first example. */
export function manifest(
  change: { selector?: string; targetPort?: string; nodePort?: number; replicas?: number } = {},
): string {
  const { selector = "web", targetPort = "8080", nodePort = 30080, replicas = 3 } = change;
  return `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: ${selector}
  ports:
    - port: 80
      targetPort: ${targetPort}
      nodePort: ${nodePort}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: ${replicas}
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
          image: nginxinc/nginx-unprivileged:1.29
          ports:
            - containerPort: 8080
`;
}
