// What a visitor may paste, type or open by accident or in malice: the page says what is wrong and stays usable.
import { deflateRawSync } from "node:zlib";
import { expect, type Page, test } from "./test.ts";
import { manifest, open, sendRequest, typeManifest } from "./visitor.ts";

const editor = (page: Page) => page.getByRole("region", { name: "YAML editor" });
const problems = (page: Page) => editor(page).getByRole("list", { name: "Problems" });
const command = (page: Page) => page.getByRole("combobox", { name: "Command" });
const output = (page: Page) => page.getByRole("log", { name: "Console output" });

/** Something that would run if it were taken for HTML. */
const ATTACK = "<img src=x onerror=document.title='pwned'>";

/** Fails the test for anything that the page throws. */
function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  return errors;
}

async function run(page: Page, line: string): Promise<void> {
  await command(page).fill(line);
  await command(page).press("Enter");
}

test("broken and hostile YAML is marked at its line, and the cluster keeps running", async ({ page }) => {
  const errors = watchErrors(page);
  await open(page);
  const levels = "bcdefghij"
    .split("")
    .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghij"[at]}`)}]`);
  const cases: ReadonlyArray<readonly [string, string | RegExp]> = [
    [manifest().replace("  name: web", "\tname: web"), "found character that cannot start any token"],
    [manifest().replace("kind: Service", "kind Service"), "could not find expected ':'"],
    [manifest().replace("kind: Service", "kind: Gizmo"), 'no matches for kind "Gizmo" in version "v1"'],
    [manifest({ nodePort: 80 }), "The range of valid ports is 30000-32767"],
    [`${manifest()}---\n${manifest()}`, "appears twice in this text"],
    [["a: &a [x,x,x,x,x,x,x,x,x]", ...levels].join("\n"), "document contains excessive aliasing"],
    [manifest({ selector: "nobody" }), "No pod in namespace default has the labels app=nobody"],
    [manifest().replace("name: web", `name: "${ATTACK}"`), "a lowercase RFC 1123"],
  ];
  for (const [text, message] of cases) {
    await typeManifest(page, text);
    await expect(problems(page)).toContainText(message);
  }
  await typeManifest(page, manifest());
  await expect(problems(page)).toHaveCount(0);
  await sendRequest(page);
  await expect(page).not.toHaveTitle("pwned");
  expect(errors).toEqual([]);
});

test("[LONG-1] more than eight megabytes are refused, and undo brings the text back", async ({ page }) => {
  await open(page);
  await typeManifest(page, "key: some value, again and again\n".repeat(245_000));
  await expect(editor(page).getByText("This text is 8.1 MB long")).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press("ControlOrMeta+z");
  await expect(editor(page).locator(".view-lines, .plain-shown pre")).toContainText("apiVersion");
  await sendRequest(page);
});

test("an endless loop and a flood of packets leave the page usable", async ({ page }) => {
  const errors = watchErrors(page);
  await open(page);
  await run(page, "while true; do while true; do :; done; done");
  await command(page).press("Control+c");
  await run(page, `echo "${ATTACK}"`);
  await expect(output(page)).toContainText(ATTACK);
  await run(page, "sim traffic --rate 10000 http://192.168.1.11:30080/");
  await expect(output(page)).toContainText("traffic 1 started");
  await run(page, "sim traffic stop");
  await expect(output(page)).toContainText("traffic 1 stopped");
  await expect(page).not.toHaveTitle("pwned");
  expect(errors).toEqual([]);
});

test("[KEY-2] a link cannot change what all objects inherit", async ({ page }) => {
  const errors = watchErrors(page);
  const patch = [{ op: "add", path: "/metadata/__proto__/dangerouslySetInnerHTML", value: { __html: ATTACK } }];
  const gone = [{ op: "remove", path: "/metadata/constructor/prototype/hasOwnProperty" }];
  const lines = [patch, gone].map((body) => `kubectl patch service web --type=json -p '${JSON.stringify(body)}'`);
  const log = lines.map((line, at) => ({ at: 6_000 + at, action: { kind: "shell", line } }));
  await open(page, link({ ...scenario, log }).slice(1));
  await sendRequest(page);
  const inherited = await page.evaluate(() => [Object.isExtensible(Object.prototype), "dangerouslySetInnerHTML" in {}]);
  expect(inherited).toEqual([false, false]);
  expect(await page.evaluate(() => Object.hasOwn(Object.prototype, "hasOwnProperty"))).toBe(true);
  expect(errors).toEqual([]);
});

const link = (value: unknown) => `/#p1:${deflateRawSync(JSON.stringify(value)).toString("base64url")}`;
const scenario = { text: manifest(), version: 1, seed: "x", settings: {} };

for (const [name, address, message] of [
  ["cut off", link(scenario).slice(0, -40), "damaged or incomplete"],
  ["of an unknown codec", "/#z9:abc", 'the codec "z9"'],
  ["too long", `/#p1:${"A".repeat(600_000)}`, "This link is too long"],
  ["with a value beyond all bounds", link({ ...scenario, settings: { hopLatency: 1e300 } }), "expected a number"],
  ["that unpacks to a flood", link({ text: "a".repeat(21_000_000) }), "contains more data"],
] as const) {
  test(`a link ${name} says so, and the page works`, async ({ page }) => {
    const errors = watchErrors(page);
    await open(page, address.slice(1));
    await expect(page.getByRole("alert")).toContainText(message);
    await sendRequest(page);
    expect(errors).toEqual([]);
  });
}
