// What a visitor does with the editor's text and with the list of work.
import { deflateRawSync } from "node:zlib";
import { expect, type Locator, type Page } from "@playwright/test";
import { turnToText } from "./visitor.ts";

export const editor = (page: Page) => page.getByRole("region", { name: "YAML editor" });
export const lines = (page: Page) => editor(page).locator(".view-lines, .plain-shown pre");

/** Writes a comment before everything else, as a person does. */
export async function comment(page: Page, words: string): Promise<void> {
  await turnToText(page);
  await lines(page).click();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type(`# ${words}`);
  await page.keyboard.press("Enter");
  await expect(lines(page)).toContainText(words);
}

export async function openList(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: /^Your work/ }).click();
  const dialog = page.getByRole("dialog", { name: "Your work" });
  await expect(dialog).toBeVisible();
  return dialog;
}

export const rows = (dialog: Locator) => dialog.getByRole("listitem");
export const closed = (page: Page) => page.keyboard.press("Escape");

export async function example(page: Page, name: RegExp): Promise<void> {
  await page.getByRole("button", { name: "Examples" }).click();
  await page.getByRole("list", { name: "Examples" }).getByRole("button", { name }).click();
}

export function link(scenario: object): string {
  const whole = { version: 1, seed: "podpath", settings: {}, log: [], ...scenario };
  return `#p1:${deflateRawSync(JSON.stringify(whole)).toString("base64url")}`;
}

/** The records under their keys, as the browser has them. */
export async function stored(page: Page): Promise<Array<{ key: string; revision: string; text: string }>> {
  return page.evaluate(async () => {
    const request = indexedDB.open("podpath");
    await new Promise((resolve) => {
      request.onsuccess = resolve;
    });
    const store = request.result.transaction("work").objectStore("work");
    const [keys, values] = [store.getAllKeys(), store.getAll()];
    await new Promise((resolve) => {
      values.onsuccess = resolve;
    });
    request.result.close();
    return values.result.map((value, at) => ({
      key: String(keys.result[at]),
      revision: value.revision,
      text: value.scenario?.text,
    }));
  });
}
