// Manifests of several megabytes, as projects publish them with their definitions: read in slices, applied, still to be typed in.
import { deflateRawSync } from "node:zlib";
import { expect, type Page, test } from "./test.ts";
import { cluster, manifest, open, typeManifest } from "./visitor.ts";

const editor = (page: Page) => page.getByRole("region", { name: "YAML editor" });

/** A definition with a schema of this many fields; 130 characters each. */
function definition(at: number, fields: number): string {
  const field = (name: number) =>
    `            field${name}:\n              description: |-\n                What this field says of the resource, in several words.\n              type: string\n`;
  const properties = Array.from({ length: fields }, (_, name) => field(name)).join("");
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things${at}.example.com
spec:
  group: example.com
  names: {kind: Thing${at}, plural: things${at}}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
${properties}`;
}

/** About this many megabytes, the example at their end. */
const long = (megabytes: number) =>
  [...Array.from({ length: megabytes * 7 }, (_, at) => definition(at, 960)), manifest({ replicas: 2 })].join("---\n");

const applied = (page: Page) => expect(editor(page).getByText(/^Applied: /)).toBeVisible({ timeout: 60_000 });

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("[LONG-2] a pasted manifest of two megabytes is read with a progress bar, applied, and typed in", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await open(page);
  await typeManifest(page, long(2));
  await expect(editor(page).getByRole("progressbar", { name: /^Reading 2\.\d MB$/ })).toBeVisible({ timeout: 30_000 });
  await applied(page);
  await expect(editor(page).getByText("Over 0.5 MB: applied 1.5 s after the last key")).toBeVisible();
  await expect(cluster(page).getByRole("button", { name: /^Kill pod web-/ })).toHaveCount(2, { timeout: 20_000 });
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("# mine and more\n", { delay: 30 });
  await expect(editor(page).locator(".view-lines")).toContainText(/#.mine.and.more/);
  await expect(editor(page).getByText("Applied: nothing to change")).toBeVisible({ timeout: 30_000 });
});

test("[LONG-1] a link and a file of more than a million characters open", async ({ page }) => {
  test.setTimeout(90_000);
  const scenario = { text: long(2), version: 1, seed: "long", settings: {}, log: [] };
  await page.goto(`/#p1:${deflateRawSync(JSON.stringify(scenario)).toString("base64url")}`);
  await expect(cluster(page).getByRole("button", { name: /^Kill pod web-/ })).toHaveCount(2, { timeout: 60_000 });
  await applied(page);
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByLabel("Scenario file").setInputFiles({
    name: "all.yaml",
    mimeType: "application/yaml",
    buffer: Buffer.from(long(2).replace("replicas: 2", "replicas: 1")),
  });
  await expect(cluster(page).getByRole("button", { name: /^Kill pod web-/ })).toHaveCount(1, { timeout: 60_000 });
});

test("[LONG-2] on a phone a long text is shown as far as it goes quickly, and applied whole", async ({ page }) => {
  test.setTimeout(90_000);
  await page.setViewportSize({ width: 390, height: 844 });
  const scenario = { text: long(2), version: 1, seed: "long", settings: {}, log: [] };
  await page.goto(`/#p1:${deflateRawSync(JSON.stringify(scenario)).toString("base64url")}`);
  await expect(cluster(page).getByRole("button", { name: /^Kill pod web-/ })).toHaveCount(2, { timeout: 60_000 });
  await page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: "YAML" }).click();
  await expect(editor(page).getByText("The first 0.5 MB of a longer text")).toBeVisible();
  const area = editor(page).getByRole("textbox", { name: "YAML" });
  await expect(area).not.toBeEditable();
  expect((await area.inputValue()).length).toBe(500_000);
});
