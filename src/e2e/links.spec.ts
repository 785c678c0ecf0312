// Fields of the YAML, objects, hops and rules: what belongs together is lit together, and counters are beside the expected numbers.
import { expect, test } from "./test.ts";
import { cluster, open, packetLog, sendRequest, turnToText } from "./visitor.ts";

test("a hop names the fields behind it; pointing at one lights its line and the picture, and a click goes there", async ({
  page,
}) => {
  await open(page);
  const editor = page.getByRole("region", { name: "YAML editor" });
  const inspector = page.getByRole("region", { name: "Inspector" });
  await turnToText(page);
  await sendRequest(page);
  await expect(packetLog(page)).toContainText("The laptop got 200", { timeout: 20_000 });
  await packetLog(page)
    .getByRole("button", { name: /^(?!Go to)/ })
    .first()
    .click();
  const field = inspector.getByRole("button", { name: "spec.ports[0].nodePort" });
  await field.hover();
  await expect(editor.locator(".lit-field")).toHaveCount(1);
  await expect(page.locator(".lit-routes path")).toHaveCount(1);
  await expect(page.locator(".lit-box")).toHaveCount(4);
  await field.focus();
  await page.keyboard.press("Enter");
  await expect(editor.locator(".view-line", { hasText: "nodePort: 30080" })).toBeVisible();
  await expect(editor.locator(".monaco-editor :focus")).toHaveCount(1);
  // The caret is now in the field: the hop that it brought about is lit.
  await expect(inspector.locator('.hop[data-lit="true"]')).toHaveCount(1);
  await page.keyboard.press("Alt+Enter");
  await expect(inspector.getByRole("heading", { name: "web", exact: true })).toBeVisible();
  await cluster(page)
    .getByRole("button", { name: /^Service web,/ })
    .hover();
  await expect(editor.locator(".lit-edge-object").first()).toBeVisible();
});

test("a Service's inspector tells how often each endpoint was drawn, by whom, and how often it ought to be", async ({
  page,
}) => {
  await open(page);
  await sendRequest(page);
  await expect(packetLog(page)).toContainText("The laptop got 200", { timeout: 20_000 });
  await cluster(page)
    .getByRole("button", { name: /^Service web,/ })
    .click();
  const table = page.getByRole("region", { name: "Inspector" }).getByRole("table");
  await expect(table.getByRole("row")).toHaveCount(4);
  await expect(table.getByRole("row", { name: /1 100 % 33 %/ })).toHaveCount(1);
  await page.getByText("Which client went where").click();
  await expect(page.getByRole("region", { name: "Inspector" })).toContainText("laptop");
  await page.getByRole("button", { name: "Reset the count" }).click();
  await expect(table.getByRole("row", { name: /0 – 33 %/ })).toHaveCount(3);
});
