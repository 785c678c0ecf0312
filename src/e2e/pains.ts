// A row of pains on the page: a manifest by a link, a request that goes wrong, its explanation, a cure, the same request again.
import { deflateRawSync } from "node:zlib";
import { expect, type Locator, type Page } from "@playwright/test";
import { packetLog, sendRequest } from "./visitor.ts";

/** Opens the page on a manifest, its pods up where they can be; time goes ten times as fast. */
export async function openWith(page: Page, text: string): Promise<void> {
  const scenario = { version: 1, seed: "podpath", settings: {}, text, log: [] };
  await page.goto(`/#p1:${deflateRawSync(JSON.stringify(scenario)).toString("base64url")}`);
  await expect(page.getByRole("button", { name: "Send request" }).first()).toBeEnabled();
  await page.getByLabel("Speed").selectOption("10");
}

/** Types a line into the console and waits until it has ended. */
export async function type(page: Page, line: string): Promise<void> {
  const command = page.getByRole("combobox", { name: "Command" });
  await command.fill(line);
  await command.press("Enter");
  await expect(page.locator(".terminal-input .terminal-prompt")).toHaveText(/\$/, { timeout: 30_000 });
}

/** The last request that failed, or that was answered, opened in the inspector. */
export async function inspectLast(page: Page, kind: "failed" | "answered"): Promise<void> {
  await packetLog(page).locator(`[data-kind="${kind}"]`).last().click();
}

export const whyItFailed = (page: Page): Locator => page.getByRole("region", { name: "Why it failed" });
export const worthKnowing = (page: Page): Locator => page.getByRole("group", { name: "Worth knowing" });

/** Applies the first cure of this name. */
export async function apply(where: Locator, name: RegExp | string): Promise<void> {
  await where
    .getByRole("button", { name: typeof name === "string" ? `Apply: ${name}` : name })
    .first()
    .click();
}

/** How many entries of this kind the packet log has. */
export async function entriesLogged(page: Page, kind: "failed" | "answered"): Promise<number> {
  return await packetLog(page).locator(`[data-kind="${kind}"]`).count();
}

/** Does something until one more packet has arrived and been answered. */
export async function expectArrival(page: Page, request: () => Promise<void>): Promise<void> {
  await expect(async () => {
    const before = await entriesLogged(page, "answered");
    await request();
    await expect(packetLog(page).locator('[data-kind="answered"]')).not.toHaveCount(before, { timeout: 4_000 });
  }).toPass({ timeout: 40_000 });
}

/** One story from the mistake to the arrival. */
export interface Row {
  readonly text: string;
  /** Lines that bring the mistake about. */
  readonly before?: readonly string[];
  /** The request: a line of the console, else the button at the laptop. */
  readonly request?: string;
  /** What the explanation must say. */
  readonly says: readonly (string | RegExp)[];
  readonly cure: RegExp | string;
  /** The request after the cure, where the cure sends another by itself: none. */
  readonly again?: string | "none";
}

/** Plays a row. */
export async function play(page: Page, { text, before = [], request, says, cure, again }: Row): Promise<void> {
  await openWith(page, text);
  for (const line of before) await type(page, line);
  if (request === undefined) {
    await sendRequest(page);
  } else {
    const failures = await entriesLogged(page, "failed");
    await type(page, request);
    await expect(packetLog(page).locator('[data-kind="failed"]')).not.toHaveCount(failures);
    await inspectLast(page, "failed");
  }
  const why = whyItFailed(page);
  await expect(why).toBeVisible({ timeout: 30_000 });
  for (const words of says) await expect(why).toContainText(words);
  if (again === "none") {
    const answered = await entriesLogged(page, "answered");
    await apply(why, cure);
    await expect(packetLog(page).locator('[data-kind="answered"]')).not.toHaveCount(answered, { timeout: 20_000 });
    return;
  }
  await apply(why, cure);
  const line = again ?? request;
  await expectArrival(page, () => (line === undefined ? sendRequest(page) : type(page, line)));
}

interface WebOptions {
  readonly name?: string;
  readonly labels?: string;
  readonly replicas?: number;
  readonly image?: string;
  readonly ports?: string;
  readonly namespace?: string;
  /** Fields of the container, in flow style. */
  readonly container?: string;
}

/** A Deployment; nginx on 8080 by default. */
export function deployment(options: WebOptions = {}): string {
  const { name = "web", labels = "app: web", replicas = 2, image = "nginx:1.29", namespace = "default" } = options;
  const { ports = "[{ containerPort: 8080 }]", container = "" } = options;
  return `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  replicas: ${replicas}
  selector:
    matchLabels: { ${labels} }
  template:
    metadata:
      labels: { ${labels} }
    spec:
      containers:
        - name: ${name}
          image: ${image}
          ports: ${ports}
${container === "" ? "" : `          ${container}\n`}`;
}

/** A Service whose spec is written in flow style. */
export function service(spec: string, name = "web", namespace = "default"): string {
  return `---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
spec: { ${spec} }
`;
}

/** A NodePort Service web. */
export const nodePort = (change: { selector?: string; targetPort?: string; more?: string } = {}): string => {
  const { selector = "app: web", targetPort = "8080", more = "" } = change;
  return service(
    `type: NodePort, selector: { ${selector} }, ports: [{ port: 80, targetPort: ${targetPort}, nodePort: 30080 }]${more}`,
  );
};

/** A pod from which to send. */
export const CLIENT = deployment({
  name: "client",
  labels: "app: client",
  image: "curlimages/curl",
  replicas: 1,
  ports: "[]",
  container: 'command: ["sleep", "1d"]',
});

/** A request from the client's pod. */
export const fromPod = (url: string): string => `kubectl exec deploy/client -- curl -s -m 60 ${url}`;
