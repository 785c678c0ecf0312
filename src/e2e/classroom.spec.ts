// A class: a result is handed in and read, a lesson is shown and taken along.
import { expect, test } from "./test.ts";

test("[CLASS-1] [CLASS-2] the code of a finished lesson is read on the page Results, with the keyboard", async ({
  page,
}) => {
  await page.goto("/?lesson=refused-at-once");
  const lesson = page.getByRole("region", { name: "Lesson" });
  await lesson.getByRole("button", { name: "Show the solution" }).click({ timeout: 30_000 });
  await lesson.getByRole("button", { name: "Do this" }).click();
  await lesson.getByRole("button", { name: "Do this" }).click();
  await lesson.getByRole("button", { name: "Your result" }).click({ timeout: 30_000 });
  const dialog = page.getByRole("dialog", { name: "Classroom" });
  await dialog.getByLabel("Name").fill("=Ada");
  const code = await dialog.getByLabel("Code of this lesson").inputValue();
  expect(code).toMatch(/^PODPATH1; =Ada; refused-at-once; .*; steps 1\/1; right 0\/0; hints 0; shown 1; /);
  await expect(dialog.getByLabel("Code of all lessons")).toHaveValue(/^PODPATH1; =Ada; broken 1; /);
  await page.goto("/?results");
  await page.getByLabel("Codes").fill(`Bob: done!\nAda: ${code} ok?\n${code.replace("=Ada", "Bob")}`);
  const table = page.getByRole("table", { name: "Results" });
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(table).toContainText("Refused at once");
  await expect(page.getByRole("region", { name: "Lines that can't be used" })).toContainText(/Line 3.*checksum/);
  await page.getByRole("button", { name: "Minutes" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("columnheader", { name: "Minutes" })).toHaveAttribute("aria-sort", "ascending");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download as CSV" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("podpath-results.csv");
});

test("[TALK-1] [TALK-3] [CODE-1] [CLASS-4] a clicker leads through a lesson, its notes follow, and the next class starts over", async ({
  page,
  context,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.goto("/?lesson=four-ports&present");
  const talk = page.getByRole("region", { name: "Talk" });
  await expect(talk).toContainText("Reach the pods in three ways", { timeout: 30_000 });
  const [notes] = await Promise.all([
    context.waitForEvent("page"),
    talk.getByRole("button", { name: "Notes" }).click(),
  ]);
  await expect(notes.getByRole("heading", { name: "Three pairs" })).toBeVisible();
  await expect(notes.getByRole("region", { name: "Next" })).toContainText("curl -sS -m 10 http://192.168.1.11:30080");
  await page.bringToFront();
  const narration = page.getByRole("region", { name: "Narration" });
  await page.keyboard.press("PageDown");
  await expect(narration).toContainText("The laptop sends a request");
  await page.keyboard.press("PageDown");
  await expect(narration).toContainText(/Nothing listens|rules of/);
  await expect(notes.getByRole("region", { name: "On the picture" })).toContainText(/Nothing listens|rules of/);
  await page.keyboard.press("q");
  const code = page.getByRole("dialog", { name: "Take it along" });
  await code.getByRole("radio", { name: /The lesson at this step/ }).check();
  await expect(code.getByRole("img", { name: /^QR code/ })).toBeVisible();
  await expect(code.getByRole("textbox", { name: "Link" })).toHaveValue(/\?lesson=four-ports$/);
  await page.keyboard.press("Escape");
  await page.evaluate("window.open = () => null");
  await talk.getByRole("button", { name: "Notes" }).click();
  await expect(talk.getByRole("link", { name: "notes of this talk" })).toBeVisible();
  await page.keyboard.press("p");
  await page.getByRole("button", { name: "Classroom" }).click();
  const dialog = page.getByRole("dialog", { name: "Classroom" });
  await dialog.getByLabel("Name").fill("Ada");
  await dialog.getByRole("tab", { name: "For teachers" }).click();
  await dialog.getByRole("button", { name: "Start over" }).click();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Step 1 of 3")).toBeVisible({ timeout: 30_000 });
  await expect(narration).toHaveCount(0);
  await page.getByRole("button", { name: "Classroom" }).click();
  await expect(dialog.getByLabel("Name")).toHaveValue("");
});
