// Opening at a moment: by example, step and time, in the frame and on the whole page; far moments, and giving them up.

import { encode, newScenario, type Scenario, type TimedAction } from "../scenario/link.ts";
import { expect, type Page, test } from "./test.ts";
import { cluster, manifest, packetLog, turnToText } from "./visitor.ts";

const LAPTOP = { kind: "client", name: "laptop" } as const;
const SEND = { kind: "send", from: LAPTOP, host: "192.168.1.12", port: 30_080 } as const;
const LOG: readonly TimedAction[] = [
  { at: 6_000, action: SEND },
  { at: 9_000, action: { kind: "scale", namespace: "default", name: "web", replicas: 5 } },
  { at: 20_000, action: SEND },
];
const RUN: Scenario = { ...newScenario(manifest()), log: LOG };
const TRAFFIC = { kind: "start-traffic", from: LAPTOP, host: "192.168.1.12", port: 30_080, rate: 1_000 } as const;
/** A day of as much traffic as a link may ask for. */
const DAY: Scenario = {
  ...newScenario(manifest()),
  log: [
    { at: 6_000, action: TRAFFIC },
    { at: 86_400_000, action: SEND },
  ],
};

const elapsed = (page: Pick<Page, "getByRole">) => page.getByRole("timer", { name: "Elapsed virtual time" });
const progress = (page: Page) => page.getByRole("progressbar", { name: "Opening the scenario" });

test("the whole page opens an example by its name, at the moment asked for", async ({ page }) => {
  await page.goto("/?scenario=clusterip");
  await expect(cluster(page).getByRole("button", { name: /^Service my-service,/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "YAML editor" })).toContainText("my-service");
  await page.goto("/?scenario=clusterip&at=7500");
  await expect(elapsed(page)).toHaveText("0:07.5");
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
  await page.goto("/?scenario=nothing");
  await expect(page.getByText('There is no scenario "nothing"')).toBeVisible();
});

test("?step opens right after so many actions, in the frame and on the whole page", async ({ page }) => {
  const link = await encode(RUN);
  for (const query of ["?embed&step=2", "?step=2"]) {
    await page.goto(`/${query}#${link}`);
    await expect(elapsed(page)).toHaveText("0:09.0");
    await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
    await page.goto("about:blank");
  }
});

test("Open full opens at the moment that the frame shows", async ({ page, context }) => {
  await page.goto(`/?embed#${await encode(RUN)}`);
  await expect(elapsed(page)).toHaveText(/^0:0[789]/, { timeout: 20_000 });
  await page.getByRole("button", { name: "Pause" }).click();
  const shown = (await elapsed(page).textContent()) ?? "";
  const [full] = await Promise.all([
    context.waitForEvent("page"),
    page.getByRole("button", { name: "Open full" }).click(),
  ]);
  await expect(elapsed(full)).toHaveText(shown);
  await full.getByRole("button", { name: "Event list" }).click();
  await expect(full.getByRole("listitem").filter({ hasText: "Send from laptop" }).first()).toBeVisible();
  await expect(full.getByRole("listitem").filter({ hasText: "still to come" }).first()).toBeVisible();
});

test("a moment far away shows how far it is, leaves the page free, and can be given up", async ({ page }) => {
  await page.goto(`/?embed&step=2#${await encode(DAY)}`);
  await expect(progress(page)).toBeVisible();
  const share = () => progress(page).evaluate((bar: HTMLProgressElement) => bar.value);
  const before = await share();
  await expect.poll(share).toBeGreaterThan(before);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(cluster(page)).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("Opening was cancelled at 0:");
  await page.getByRole("button", { name: "Send request" }).first().click();
  await expect(page.getByRole("log", { name: "Packet log" })).toContainText("got 200", { timeout: 20_000 });
  await page.getByRole("button", { name: "Open it from the beginning" }).click();
  await expect(elapsed(page)).toHaveText(/^0:0/);
});

test("an action after ten to the twelve milliseconds is refused, and what came before it opens", async ({ page }) => {
  const far = { ...RUN, log: [...LOG, { at: 1e12, action: SEND }] };
  await page.goto(`/#${await encode(far)}`);
  await expect(page.getByRole("alert")).toContainText("log[3].at: expected a number from 20000 to 2592000000");
  await expect(page.getByRole("alert")).toContainText("3 actions could be read");
  await page.getByRole("button", { name: "Open the part that could be read" }).click();
  await expect(packetLog(page)).toContainText("got 200", { timeout: 30_000 });
});

test("the visitor's own text is there after a link was given up", async ({ page }) => {
  await page.goto("/");
  const editor = page.getByRole("region", { name: "YAML editor" });
  await turnToText(page);
  await editor.getByRole("textbox").first().focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("# mine");
  await expect(editor).toContainText("# mine");
  await page.waitForTimeout(1_500); // it is kept a moment after the last keystroke
  await page.goto("about:blank");
  await page.goto(`/?step=2#${await encode(DAY)}`);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(editor).toContainText("# mine", { timeout: 20_000 });
});
