// The built page carries its own Content-Security-Policy and keeps it on a whole journey.
import { readFileSync } from "node:fs";
import { BREAKS_POLICY, expect, test } from "./test.ts";
import { manifest, open, packetLog, sendRequest, typeManifest } from "./visitor.ts";

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; " +
  "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

test("the page carries the policy before anything else, and it contains no script of its own", () => {
  const html = readFileSync("dist/index.html", "utf8");
  expect(html).toContain(`<meta http-equiv="Content-Security-Policy" content="${POLICY}" />`);
  expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.search(/<(?:script|link|style)\b/));
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=/);
});

test("the preview server says the policy too, so that workers have it", async ({ request }) => {
  const response = await request.get("./");
  expect(response.headers()["content-security-policy"]).toBe(POLICY);
});

test("the policy is in force: what would run from a text is refused", {
  annotation: { type: BREAKS_POLICY },
}, async ({ page }) => {
  await open(page);
  const refused = await page.evaluate(() => {
    try {
      document.createElement("div").innerHTML = "<b>text</b>";
      return "taken";
    } catch (error) {
      return error instanceof TypeError ? "refused" : String(error);
    }
  });
  expect(refused).toBe("refused");
});

test("nothing of a journey through every panel and dialog goes against the policy", async ({ page }) => {
  test.slow();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  await open(page);
  await typeManifest(page, manifest({ replicas: 2 }));
  await page.keyboard.press("Control+f");
  await page.keyboard.type("replicas");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Space");
  await page.keyboard.press("Escape");
  await page.locator(".view-line", { hasText: "nodePort:" }).hover();
  await sendRequest(page);
  await expect(packetLog(page)).toContainText("The laptop got 200", { timeout: 20_000 });
  await packetLog(page)
    .getByRole("button", { name: /^(?!Go to)/ })
    .first()
    .click();
  await page.getByRole("combobox", { name: "Command" }).fill("kubectl get pods -o wide | grep web");
  await page.getByRole("combobox", { name: "Command" }).press("Enter");
  await expect(page.getByRole("log", { name: "Console output" })).toContainText("web-");
  for (const name of ["Share", "Embed", "Help"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
  }
  for (const name of ["Legend", "Cluster settings"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await page.keyboard.press("Escape");
  }
  await page.getByRole("button", { name: "Examples" }).click();
  await page.getByRole("button", { name: /^Ingress/ }).click();
  await expect(page.getByText("ingress-nginx").first()).toBeVisible({ timeout: 20_000 });
  expect(complaints).toEqual([]);
});
