// Every key belongs to the field that has the focus: whole texts are typed at a person's speed and compared whole.
import { expect, type Locator, type Page, test } from "./test.ts";
import { cluster, open, turnToText } from "./visitor.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

/** A quick typist's time between two keys, in milliseconds. */
const SPEED = { delay: 30 };
/** Blanks, shortcuts of the page and of libraries, each kind of character. No pairs: Monaco closes those by itself. */
const TYPED = "# hello world  a b ? . / Zz z+c-v x=1, 0; 100% & ~ @home | a\\b ^ * ! $ <";

const editor = (page: Page) => page.getByRole("region", { name: "YAML editor" });
const elapsed = (page: Page) => page.getByRole("timer", { name: "Elapsed virtual time" });

async function richEditor(page: Page): Promise<void> {
  await open(page);
  await turnToText(page);
  await editor(page).locator(".view-lines").click();
}

async function plainEditor(page: Page): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await expect(cluster(page)).toBeVisible();
  await page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: "YAML" }).click();
  await editor(page).getByRole("textbox", { name: "YAML" }).click();
}

/** What the field holds, as a person would get it: by copying everything. */
async function wholeText(page: Page): Promise<string> {
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+c");
  return page.evaluate(() => navigator.clipboard.readText());
}

async function expectUndisturbed(page: Page): Promise<void> {
  await expect(page.getByRole("dialog", { name: "Help" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Pause" })).toBeAttached();
}

for (const [name, enter] of [
  ["the rich editor", richEditor],
  ["the plain editor", plainEditor],
] as const) {
  test(`every character arrives in ${name}`, async ({ page }) => {
    await enter(page);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Delete");
    await page.keyboard.type(TYPED, SPEED);
    await page.keyboard.press("Enter");
    await page.keyboard.type("# second line", SPEED);
    expect(await wholeText(page)).toBe(`${TYPED}\n# second line`);
    await expectUndisturbed(page);
  });

  test(`arrows, Backspace, Delete and Enter mean in ${name} what they always mean`, async ({ page }) => {
    await enter(page);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("# one two three", SPEED);
    for (let times = 0; times < 6; times++) await page.keyboard.press("ArrowLeft", SPEED);
    await page.keyboard.press("Backspace", SPEED);
    await page.keyboard.press("Space", SPEED);
    await page.keyboard.press("Space", SPEED);
    await page.keyboard.press("Delete", SPEED);
    await page.keyboard.press("Shift+ArrowRight", SPEED);
    await page.keyboard.press("Backspace", SPEED);
    await page.keyboard.press("Home", SPEED);
    await page.keyboard.press("Enter", SPEED);
    await page.keyboard.press("ArrowUp", SPEED);
    await page.keyboard.type("# ?", SPEED);
    await page.keyboard.press("ArrowDown", SPEED);
    await page.keyboard.press("End", SPEED);
    await page.keyboard.type(" .", SPEED);
    expect(await wholeText(page)).toBe("# ?\n# one tw  hree .");
    await expectUndisturbed(page);
  });

  test(`a manifest typed by hand in ${name} is indented and otherwise what was typed`, async ({ page }) => {
    await enter(page);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Delete");
    for (const line of ["kind: ConfigMap", "metadata:", "name: a b ? c"]) {
      await page.keyboard.type(line, SPEED);
      await page.keyboard.press("Escape"); // what is offered is not taken
      await page.keyboard.press("Enter", SPEED);
    }
    expect(await wholeText(page)).toBe("kind: ConfigMap\nmetadata:\n  name: a b ? c\n  ");
  });
}

/** Types into a field of one line and expects it all there. */
async function expectTyped(page: Page, field: Locator, text: string): Promise<void> {
  await field.fill("");
  await field.focus();
  await page.keyboard.type(text, SPEED);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Space");
  await page.keyboard.press("End");
  await expect(field).toHaveValue(`${text.slice(0, -3)} ${text.slice(-1)}`);
}

test("[RICH-1] what is typed from the first click on arrives, though the rich editor comes meanwhile", async ({
  page,
}) => {
  await open(page);
  await editor(page)
    .getByRole("textbox", { name: "YAML" })
    .click({ position: { x: 60, y: 12 } });
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("# first words of mine\n", SPEED);
  await page.getByRole("button", { name: "Send request" }).first().focus();
  await expect(editor(page).locator(".monaco-editor")).toBeVisible({ timeout: 20_000 });
  await editor(page).locator(".view-lines").click();
  expect(await wholeText(page)).toMatch(/^# first words of mine\n# A NodePort Service/);
});

test("every character arrives at the console's prompt", async ({ page }) => {
  await open(page);
  await expectTyped(page, page.getByRole("combobox", { name: "Command" }), "echo 'a b ? . /' | cat # x");
  await expectUndisturbed(page);
});

test("every character arrives in the fields of the request and of the rules", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Choose what laptop sends" }).click();
  await expectTyped(page, page.getByRole("textbox", { name: "Other address and port" }), "web shop ? . a:80 b");
  await page.keyboard.press("Escape");
  await page
    .getByRole("button", { name: /^Node node-1/ })
    .first()
    .click();
  await page.getByRole("tab", { name: "Rules" }).click();
  const search = page.getByRole("region", { name: "Inspector" }).getByRole("searchbox").first();
  await expectTyped(page, search, "KUBE ? . SVC x");
  await expectUndisturbed(page);
});

test("every character arrives in the sheet of kubectl edit", async ({ page }) => {
  await open(page);
  const prompt = page.getByRole("combobox", { name: "Command" });
  await prompt.fill("kubectl edit service web");
  await prompt.press("Enter");
  const area = page.getByRole("textbox", { name: "Text of the object" });
  await expect(area).toBeVisible();
  const before = await area.inputValue();
  await area.focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type(TYPED, SPEED);
  await page.keyboard.press("Enter");
  await expect(area).toHaveValue(`${TYPED}\n${before}`);
  await expect(page.getByRole("dialog", { name: "Help" })).toHaveCount(0);
});

test("outside fields Space plays, a dot steps, a question mark helps, and a held key counts once", async ({ page }) => {
  await open(page);
  await page.getByRole("heading", { name: "Podpath" }).click();
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
  await page.keyboard.down("Space");
  await page.keyboard.down("Space"); // repeats, as Playwright presses it again
  await page.keyboard.up("Space");
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  const button = page.getByRole("button", { name: "System" });
  await button.focus();
  await page.keyboard.press("Space");
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Help" });
  await expect(help).toBeVisible();
  for (const key of ["Space", ".", "?"])
    await expect(help.locator("kbd").getByText(key, { exact: true })).toBeVisible();
  const before = await elapsed(page).textContent();
  await page.keyboard.press("."); // a dialog is open: nothing behind it moves
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  expect(before).not.toBe("");
  await page.keyboard.press(".");
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
});
