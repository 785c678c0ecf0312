// Finding what is on the picture, at a person's speed: by keyboard alone, by mouse, and on a phone.
import { encode } from "../scenario/link.ts";
import { expect, type Page, test } from "./test.ts";
import { cluster, open } from "./visitor.ts";
import { WORLDS } from "./worlds.ts";

/** Between two keys of someone who types. */
const DELAY = { delay: 70 };

const field = (page: Page) => page.getByRole("searchbox", { name: "Find" });
const options = (page: Page) => page.getByRole("listbox", { name: "Found" }).getByRole("option");

async function openThirtyApps(page: Page): Promise<void> {
  const make = WORLDS["thirty apps in three namespaces"];
  if (make === undefined) throw new Error("no such world");
  await page.goto(`/#${await encode({ ...(await make()), log: [] })}`);
  await expect(cluster(page).getByText("app-1", { exact: true }).first()).toBeVisible({ timeout: 20_000 });
}

test("[FIND-1] [FIND-4] by keyboard alone a collapsed Service is found, opened, lit and given the focus", async ({
  page,
}) => {
  await openThirtyApps(page);
  const card = cluster(page).getByRole("button", { name: /^Service app-29,/ });
  await expect(card).toHaveCount(0);
  await page.keyboard.press("/");
  await page.keyboard.type("app-2", DELAY);
  await expect(field(page)).toBeFocused();
  await expect(page.getByText(/^\d+ found$/)).toBeVisible();
  await page.keyboard.type("9 svc", DELAY);
  await expect(options(page)).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(card).toBeFocused();
  await expect(page.locator(".lit-box")).toBeVisible();
  await expect(page.getByRole("region", { name: "Inspector" })).toContainText("app-29");
  await expect(field(page)).toHaveCount(0);
});

test("[FIND-1] arrow keys go through what was found, and Escape returns the focus", async ({ page }) => {
  await open(page);
  const before = cluster(page).getByRole("button", { name: /^Service web,/ });
  await before.focus();
  await page.keyboard.press("/");
  await page.keyboard.type("app=web", DELAY);
  const active = options(page).and(page.locator("[aria-selected=true]"));
  await expect(active).toContainText("Service");
  await page.keyboard.press("ArrowDown");
  await expect(active).toContainText("Deployment");
  await expect(field(page)).toHaveAttribute("aria-activedescendant", (await active.getAttribute("id")) ?? "");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(options(page).last()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(field(page)).toHaveCount(0);
  await expect(before).toBeFocused();
});

test("[FIND-2] by mouse, a port finds its Service; what nobody has finds nothing, in words", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.keyboard.type(":30080", DELAY);
  await expect(options(page)).toHaveText([/Serviceweb.*node port 30080/]);
  await field(page).fill(":30081");
  await expect(page.getByText("Nothing found.")).toBeVisible();
  await field(page).fill("192.168.1.12");
  await options(page).first().click();
  await expect(page.getByRole("region", { name: "Inspector" })).toContainText("node-2");
  await expect(cluster(page).getByRole("button", { name: /^Node node-2/ })).toBeFocused();
});

test("[FIND-3] a long list is bounded, and the rest is counted", async ({ page }) => {
  await openThirtyApps(page);
  await page.keyboard.press("/");
  await page.keyboard.type("app", DELAY);
  await expect(options(page)).toHaveCount(50);
  await expect(page.getByText(/^and \d{3} more$/)).toBeVisible();
});

test("[FIND-1] in a text field a slash is a slash", async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Command" }).click();
  await page.keyboard.type("ls /", DELAY);
  await expect(field(page)).toHaveCount(0);
});

test("[FIND-4] on a phone the picture stays, and what was found comes into sight", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openThirtyApps(page);
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.keyboard.type("app-29 svc", DELAY);
  await options(page).first().click();
  const card = cluster(page).getByRole("button", { name: /^Service app-29,/ });
  await expect(card).toBeInViewport({ ratio: 0.9 });
  await expect(
    page
      .getByRole("tab", { name: "Cluster" })
      .or(page.getByRole("button", { name: "Cluster" }))
      .first(),
  ).toBeVisible();
  await expect(page.getByRole("region", { name: "Inspector" })).toBeHidden();
});

const shownLine = (page: Page) => cluster(page).getByText(/^Only /);
const services = (page: Page) => cluster(page).getByRole("button", { name: /^Service / });

test("[SHOWN-1] [SHOWN-3] by keyboard alone the picture shows one namespace and what matches, says so, and shows all again", async ({
  page,
}) => {
  await openThirtyApps(page);
  await page.keyboard.press("/");
  await expect(page.getByRole("combobox", { name: "Namespace" })).toBeVisible();
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("combobox", { name: "Namespace" })).toBeFocused();
  await page.keyboard.type("shop", DELAY);
  await page.keyboard.press("Tab");
  await page.keyboard.type("app in (app-2, app-5", DELAY);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Label selector: .*found '', expected: ',' or '\)'$/)).toBeVisible();
  await page.keyboard.type(", app-1)", DELAY);
  await page.keyboard.press("Enter");
  await expect(shownLine(page)).toHaveText("Only namespace shop · app in (app-2, app-5, app-1)");
  await expect(cluster(page).getByText("28 Services, 28 workloads, 56 pods hidden")).toBeVisible();
  await expect(services(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Show everything again" }).focus();
  await page.keyboard.press("Enter");
  await expect(shownLine(page)).toHaveCount(0);
  expect(await services(page).count()).toBeGreaterThan(5);
});

test("[SHOWN-2] [SHOWN-4] F puts the selected Service in focus; the address keeps it over a reload, and F ends it", async ({
  page,
}) => {
  await openThirtyApps(page);
  await page.keyboard.press("/");
  await page.keyboard.type("app-17 svc", DELAY);
  await page.keyboard.press("Enter");
  await expect(cluster(page).getByRole("button", { name: /^Service app-17,/ })).toBeFocused();
  await page.keyboard.press("f");
  await expect(shownLine(page)).toHaveText("Only Service app-17 in shop");
  await expect(services(page)).toHaveCount(1);
  await expect(cluster(page).getByRole("button", { name: /^Pod app-17/ })).toHaveCount(2);
  await page.reload();
  await expect(shownLine(page)).toHaveText("Only Service app-17 in shop", { timeout: 20_000 });
  await expect(services(page)).toHaveCount(1, { timeout: 20_000 });
  await services(page).click();
  await page.keyboard.press("f");
  await expect(shownLine(page)).toHaveCount(0);
  expect(new URL(page.url()).search).toBe("");
});

test("[SHOWN-2] in focus, by mouse, a request finds its way", async ({ page }) => {
  await open(page, "?scenario=bookshop");
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(services(page).first()).toBeVisible();
  await cluster(page)
    .getByRole("button", { name: /^Service catalog,/ })
    .click();
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await page.getByRole("region", { name: "Inspector" }).getByRole("button", { name: "Focus", exact: true }).click();
  await expect(services(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Send request" }).first().click();
  await expect(page.getByRole("log", { name: "Packet log" })).toContainText("got 200", { timeout: 20_000 });
  await expect(page.getByText(/could not be drawn|stopped:/)).toHaveCount(0);
});

test("[SHOWN-4] the links of Share and Embed keep it, and a frame shows it", async ({ page }) => {
  await openThirtyApps(page);
  await page.keyboard.press("/");
  await page.getByRole("combobox", { name: "Namespace" }).selectOption("stock");
  await page.getByRole("button", { name: "Show only these" }).click();
  await expect(shownLine(page)).toHaveText("Only namespace stock");
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page.getByRole("textbox", { name: "Link" })).toHaveValue(/\?namespace=stock#p1:/);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Embed" }).click();
  await page.getByRole("combobox", { name: "Code with" }).selectOption("frame");
  await expect(page.getByRole("textbox", { name: "Code" })).toHaveValue(/\?embed&(?:amp;)?namespace=stock#p1:/);
  const address = await page.getByRole("link", { name: "Open the preview" }).getAttribute("href");
  await page.goto(address ?? "");
  await expect(shownLine(page)).toHaveText("Only namespace stock", { timeout: 20_000 });
  await expect(cluster(page).getByText("20 Services, 20 workloads, 40 pods hidden")).toBeVisible();
});

test("[SHOWN-4] what an address asks for in vain is reported, and everything is shown", async ({ page }) => {
  await page.goto("/?embed&selector=app=(&focus=__proto__");
  await expect(
    page.getByText("selector=app=( is not a label selector, such as app=web; showing everything."),
  ).toBeVisible();
  await expect(page.getByText(/^focus=__proto__ is not the namespace and name of a Service/)).toBeVisible();
  await expect(services(page)).toHaveCount(1);
});

test("[SHOWN-6] another scenario is shown whole", async ({ page }) => {
  await open(page, "?namespace=nowhere");
  await expect(shownLine(page)).toBeVisible();
  await expect(services(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Examples" }).click();
  await page
    .getByRole("list", { name: "Examples" })
    .getByRole("button", { name: /^A bookshop/ })
    .click();
  await expect(services(page).first()).toBeVisible({ timeout: 20_000 });
  await expect(shownLine(page)).toHaveCount(0);
  expect(new URL(page.url()).search).toBe("");
});

test("[PICTURE-10] [PICTURE-11] a long list has headings by namespace, and a search by keyboard", async ({ page }) => {
  await openThirtyApps(page);
  await expect(cluster(page).getByRole("heading", { name: "front" })).toBeVisible();
  await page.getByRole("searchbox", { name: "Search Services" }).focus();
  await page.keyboard.type("shop/app-2", DELAY);
  await expect(services(page)).toHaveCount(5);
  await expect(cluster(page).getByRole("heading", { name: "shop" })).toBeVisible();
  await expect(page.getByRole("searchbox", { name: "Search Services" })).toBeFocused();
  await page.keyboard.type("x", DELAY);
  await expect(page.getByText("No Service has that in its name.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(cluster(page).getByRole("heading", { name: "front" })).toBeVisible();
});
