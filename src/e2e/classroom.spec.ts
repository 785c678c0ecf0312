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
