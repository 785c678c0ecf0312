// What does not come from the server: each file of the build is held back in turn, at the start and later. The page says which
// part is missing, continues with all others, and gets it when it is asked again.
import { readFileSync } from "node:fs";
import { editor, openExample, PARTS, type Part, press } from "./parts.ts";
import { expect, type Page, test } from "./test.ts";
import { cluster, open, packetLog, sendRequest } from "./visitor.ts";

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  /** Tells chunks apart that have no source of their own. */
  readonly name?: string;
  readonly isEntry?: boolean;
}

/** As the build wrote it. */
const CHUNKS: Readonly<Record<string, Chunk>> = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));

function filesOf(key: string, seen = new Set<string>()): readonly string[] {
  const chunk = CHUNKS[key];
  if (chunk === undefined || seen.has(key)) return [];
  seen.add(key);
  return [chunk.file, ...(chunk.css ?? []), ...(chunk.imports ?? []).flatMap((each) => filesOf(each, seen))];
}

const ENTRY = filesOf(Object.keys(CHUNKS).find((key) => CHUNKS[key]?.isEntry === true) ?? "");
const without = (files: readonly string[], known: readonly string[]) =>
  [...new Set(files)].filter((file) => !known.includes(file));
/** All that is loaded when it is wanted, under names that stay. */
const nameOf = (key: string) => (key.startsWith("_") ? (CHUNKS[key]?.name ?? key) : key);
const WANTED = new Map(
  Object.values(CHUNKS).flatMap(({ dynamicImports = [] }) => dynamicImports.map((key) => [nameOf(key), key] as const)),
);
const filesOfPart = (name: string) => filesOf(WANTED.get(name) ?? "");

/** Begin the page; the last is what the containers of the first example do. */
const BEGIN = ["src/app/index.ts", "src/app/page.tsx", "runtime"];
/** Without these there is no page. */
const PAGE = without(BEGIN.flatMap(filesOfPart), ENTRY);
const FRAME = without(filesOfPart("src/app/Embed.tsx"), [...ENTRY, ...PAGE]);
const KNOWN = [...ENTRY, ...PAGE, ...FRAME];

/** Loaded by Monaco for itself: colours of the text, without which it is a text. */
const NOT_OURS = /\/monaco-editor\//;
const LATER = [...WANTED.keys()].filter(
  (name) => !NOT_OURS.test(name) && ![...BEGIN, "src/app/Embed.tsx"].includes(name),
);
const isExample = (key: string) => key.startsWith("src/app/examples/");
/** Texts of lessons are chosen from their list, as examples are. */
const isLesson = (key: string) => /^src\/lessons\/.*\.md/.test(key);
/** Languages come before the page; their lessons come with the first one. */
const isLanguage = (key: string) => key.startsWith("src/words/") || key === "src/lessons/german.ts";

/** Parts that are held back in one go, the others each alone. */
const TOGETHER: readonly (readonly string[])[] = [
  ["share/ShareDialog", "embed/EmbedDialog", "help/HelpDialog", "work/WorkDialog", "classroom/ClassroomDialog"],
  ["gallery/GalleryDialog", "lessons/LessonsDialog"],
  ["canvas/find/Find", "timeline/Events"],
  ["health/Health", "console/Console", "editor/EditorMount"],
  ["canvas/Legend", "canvas/ClusterSettings", "canvas/RequestPanel"],
].map((names) => names.map((name) => `src/app/${name}.tsx`));
const GROUPS = [
  ...TOGETHER,
  ...LATER.filter(
    (key) => !isExample(key) && !isLesson(key) && !isLanguage(key) && !TOGETHER.some((group) => group.includes(key)),
  ).map((key) => [key]),
];
const usersOf = (file: string) => GROUPS.filter((keys) => keys.some((key) => filesOfPart(key).includes(file))).length;
/** What several of them need; each of their own files is held back with them. */
const SHARED = without(GROUPS.flat().flatMap(filesOfPart), KNOWN).filter((file) => usersOf(file) > 1);

/** Keeps files from coming until the answer is called. */
async function hold(page: Page, files: readonly string[]): Promise<() => Promise<void>> {
  const isHeld = (url: URL) => files.some((file) => url.pathname.endsWith(`/${file}`));
  await page.route(isHeld, (route) => route.abort());
  return () => page.unroute(isHeld);
}

const failure = (page: Page, named = "") =>
  page
    .locator(".failure, .notice, .warning")
    .filter({ hasText: `${named} could not be loaded.` })
    .first();

/** Asks for a part again, reaching for it again where its place was closed in the meantime, and closes it where it lies over the page. */
async function retry(page: Page, part: Part): Promise<void> {
  const again = failure(page, part.named).getByRole("button", { name: "Retry" });
  if (!(await again.isVisible())) await part.reach(page);
  await expect(again.or(part.seen(page)).first()).toBeVisible();
  if (await again.isVisible()) await again.click();
  await expect(part.seen(page)).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press("Escape");
}

/** What other parts missed of the same files. */
async function retryOthers(page: Page): Promise<void> {
  const again = page.getByRole("button", { name: "Retry" });
  for (let left = await again.count(); left > 0; left = await again.count()) {
    await again.first().click();
    await expect(again).not.toHaveCount(left);
  }
}

async function expectAlive(page: Page): Promise<void> {
  const paused = page.getByRole("button", { name: "Play", exact: true });
  if (await paused.isVisible()) await paused.click();
  const before = await packetLog(page).textContent();
  await sendRequest(page);
  await expect(packetLog(page)).not.toHaveText(before ?? "", { timeout: 20_000 });
}

test("a lesson whose text does not come says so, and opens when it is asked again", async ({ page }) => {
  await open(page);
  const text = /pods-come-and-go/;
  await page.route(text, (route) => route.abort());
  await page.getByRole("button", { name: "Lessons" }).click();
  await page
    .getByRole("dialog", { name: "Lessons" })
    .getByRole("button", { name: /Pods come and go/ })
    .click();
  const again = page.getByRole("button", { name: "Retry" });
  await expect(again).toBeVisible({ timeout: 20_000 });
  await page.unroute(text);
  await again.click();
  await expect(page.getByText("Step 1 of 3")).toBeVisible({ timeout: 20_000 });
});

test("a language that does not come says so, and is spoken when it is asked again", async ({ page }) => {
  const release = await hold(page, without(filesOfPart("src/words/de/index.ts"), ENTRY));
  await page.goto("/?lang=de");
  const again = page.getByRole("button", { name: /^(?:Retry|Erneut versuchen)$/ });
  await expect(again).toBeVisible({ timeout: 20_000 });
  await release();
  await again.click();
  await expect(page.getByRole("button", { name: "Anfrage senden" }).first()).toBeEnabled();
});

test("there is a way to every part that is loaded later", () => {
  const later = LATER.filter(
    (key) => !isExample(key) && !isLesson(key) && !isLanguage(key) && without(filesOfPart(key), KNOWN).length > 0,
  );
  expect(later.filter((key) => PARTS[key] === undefined)).toEqual([]);
});

test("held back: what several parts share", async ({ page }) => {
  const release = await hold(page, SHARED);
  await open(page);
  await expect(failure(page, "The console")).toBeVisible({ timeout: 20_000 });
  await press("Help")(page);
  await expect(failure(page, "Help")).toBeVisible();
  await page.getByRole("button", { name: "Dismiss" }).last().click();
  await expectAlive(page);
  await release();
  await retryOthers(page);
  await press("Help")(page);
  await expect(page.getByRole("dialog", { name: "Help" })).toBeVisible();
});

for (const keys of GROUPS) {
  const parts = keys.flatMap((key) => PARTS[key] ?? []);
  const files = without(keys.flatMap(filesOfPart), [...KNOWN, ...SHARED]);
  const [first] = parts;
  if (first === undefined || files.length === 0) continue;
  const sources = keys.map((key) => key.split("/").at(-1)).join(", ");
  test(`[PARTS-2] held back: ${parts.map(({ named }) => named).join(", ")} (${sources})`, async ({ page }) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    const release = await hold(page, files);
    await first.before?.(page);
    await open(page, first.address);
    for (const part of parts) {
      await part.reach(page);
      await expect(failure(page, part.named)).toBeVisible({ timeout: 20_000 });
      await part.leave?.(page);
    }
    await expectAlive(page);
    await release();
    for (const part of parts) await retry(page, part);
    await retryOthers(page);
    await expect(page.getByText(/could not be loaded/)).toHaveCount(0);
    expect(errors).toEqual([]);
  });
}

for (const [files, address] of [
  [PAGE, ""],
  [FRAME, "?embed"],
] as const)
  test(`without any one file of its beginning /${address} says so, and begins when it is asked again`, async ({
    page,
  }) => {
    test.setTimeout(180_000);
    for (const file of files) {
      const release = await hold(page, [file]);
      await page.goto(`/${address}`);
      await expect(failure(page), file).toBeVisible();
      await release();
      await page.getByRole("button", { name: "Retry" }).click();
      await expect(page.getByRole("button", { name: "Send request" }).first()).toBeEnabled();
    }
    await expectAlive(page);
  });

test("where not even the first script comes, a sentence says what to do", async ({ page }) => {
  for (const file of ENTRY.filter((each) => each.endsWith(".js"))) {
    const release = await hold(page, [file]);
    await page.goto("/", { waitUntil: "commit" });
    await expect(page.getByText("a part of it did not come")).toBeVisible();
    await release();
  }
});

test("without its example the page says so and begins when it is asked again", async ({ page }) => {
  const isExampleFile = (url: URL) =>
    LATER.filter(isExample).some((key) => url.pathname.endsWith(`/${filesOfPart(key)[0]}`));
  await page.route(isExampleFile, (route) => route.abort());
  await page.goto("/");
  await expect(failure(page)).toContainText("The example “NodePort” could not be loaded.");
  await page.unroute(isExampleFile);
  await page.getByRole("button", { name: "Retry" }).click();
  await expectAlive(page);
});

test("an example that does not come leaves the text and the cluster as they were", async ({ page }) => {
  await open(page);
  const release = await hold(page, without(LATER.filter(isExample).flatMap(filesOfPart), KNOWN));
  await page.getByRole("button", { name: "Examples" }).click();
  const list = page.getByRole("list", { name: "Examples" });
  await expect(list.locator("strong").first()).toBeVisible({ timeout: 20_000 });
  const titles = await list.locator("strong").allTextContents();
  expect(titles).toHaveLength(LATER.filter((key) => isExample(key) && key.includes(".yaml")).length);
  await page.keyboard.press("Escape");
  for (const title of titles.slice(1, 4)) {
    await openExample(page, title);
    await expect(failure(page, `The example “${title}”`)).toBeVisible();
  }
  await expectAlive(page);
  await release();
  await retryOthers(page);
  await expect(page.getByRole("region", { name: "YAML editor" })).toContainText(/\S/);
  await openExample(page, "A bookshop");
  await expect(cluster(page).getByRole("button", { name: /^Service catalog/ })).toBeVisible({ timeout: 20_000 });
});

/** A server that has another release than the page: old files are gone, or answered with the page as some servers do. */
for (const [how, answer] of [
  ["gone", { status: 404, body: "not found" }],
  ["answered with the page", { status: 200, contentType: "text/html", body: "<!doctype html><title>Podpath</title>" }],
] as const)
  test(`[PARTS-3] when a new release is out and old files are ${how}, a reload keeps the work`, async ({ page }) => {
    await open(page);
    await page.getByRole("button", { name: "Scale up web" }).first().click();
    await expect(cluster(page).getByRole("button", { name: /^Pod web-/ })).toHaveCount(4);
    await page.route(/\/assets\/.*\.js/, (route) => route.fulfill(answer));
    await page.route(
      (url) => url.pathname === "/",
      (route) =>
        route.request().isNavigationRequest()
          ? route.continue()
          : route.fulfill({
              contentType: "text/html",
              body: '<script type="module" src="./assets/index-new.js"></script>',
            }),
    );
    await page.getByRole("button", { name: "Share" }).click();
    await expect(failure(page, "Share")).toContainText("Share could not be loaded. A new release of Podpath");
    await page.unroute(/\/assets\/.*\.js/);
    const before = await page.getByRole("timer", { name: "Elapsed virtual time" }).textContent();
    await page.getByRole("button", { name: "Reload, keeping your work" }).click();
    await expect(page.getByText(/could not be loaded/)).toHaveCount(0);
    await expect(cluster(page).getByRole("button", { name: /^Pod web-/ })).toHaveCount(4);
    await expect(editor(page).locator(".plain-shown")).toContainText("replicas: 4", { timeout: 20_000 });
    const after = await page.getByRole("timer", { name: "Elapsed virtual time" }).textContent();
    expect(Number.parseFloat(after ?? "0")).toBeGreaterThanOrEqual(Number.parseFloat(before ?? "0"));
  });

test("offline the page says so and works on", async ({ page, context }) => {
  await open(page);
  await context.setOffline(true);
  await page.getByRole("button", { name: "Help" }).click();
  await expect(failure(page)).toContainText("Help could not be loaded. The server cannot be reached.");
  await expect(page.getByRole("button", { name: /^Reload/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(failure(page)).toHaveCount(0);
  await expectAlive(page);
  await page.getByRole("button", { name: "Help" }).click();
  await expect(failure(page)).toBeVisible();
  await context.setOffline(false);
  // The browser may take a moment to be online again, and a retry before that fails as it should.
  const help = page.getByRole("dialog", { name: "Help" });
  await expect(async () => {
    if (!(await help.isVisible()))
      await failure(page, "Help").getByRole("button", { name: "Retry" }).click({ timeout: 1_000 });
    await expect(help).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
});
