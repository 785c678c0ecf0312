// A class: a result is handed in and read, a lesson is shown and taken along.
import { readFileSync } from "node:fs";
import { expect, test } from "./test.ts";
import { open } from "./visitor.ts";

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
  await dialog.getByRole("button", { name: "Start over for the next class" }).click();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Step 1 of 3")).toBeVisible({ timeout: 30_000 });
  await expect(narration).toHaveCount(0);
  await page.getByRole("button", { name: "Classroom" }).click();
  await expect(dialog.getByRole("tab", { selected: true })).toBeFocused();
  await expect(dialog.getByLabel("Name")).toHaveValue("");
});

/** The files of an archive without compression. */
function unzipped(bytes: Buffer): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50; ) {
    const [size, name] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26)];
    const from = at + 30 + name;
    files.set(bytes.toString("utf8", at + 30, from), bytes.toString("utf8", from, from + size));
    at = from + size;
  }
  return files;
}

/** A platform's page around a package, with an API that keeps what it is given. */
const PLATFORM = `<!doctype html><script>
  window.kept = {};
  window.API = {
    LMSInitialize: () => "true",
    LMSGetValue: (name) => kept[name] ?? "",
    LMSSetValue: (name, value) => { kept[name] = value; return "true"; },
    LMSCommit: () => "true",
    LMSFinish: () => "true",
    LMSGetLastError: () => "0",
    LMSGetErrorString: () => "",
  };
</script><iframe src="index.html?lesson=refused-at-once" width="1200" height="700"></iframe>`;

test("[LMS-2] [LMS-3] [LMS-4] a package runs in a platform, which hears how the lesson went", async ({
  page,
  baseURL,
}) => {
  await open(page);
  await page.getByRole("button", { name: "Classroom" }).click();
  await page.getByLabel("Contents").selectOption("Refused at once");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download the package" }).click(),
  ]);
  const files = unzipped(readFileSync(await file.path()));
  expect([...files.keys()]).toEqual(["imsmanifest.xml", "index.html", "launch.js"]);
  expect(files.get("index.html")).toContain(`data-site="${baseURL}"`);
  // The platform is at the same server here: browsers keep pages from elsewhere away from this computer.
  await page.route("**/lms/**", (route) => {
    const name = new URL(route.request().url()).pathname.slice("/lms/".length);
    const body = name === "course.html" ? PLATFORM : files.get(name);
    const contentType = name.endsWith(".js") ? "text/javascript" : "text/html";
    return body === undefined ? route.fulfill({ status: 404, body: "" }) : route.fulfill({ contentType, body });
  });
  await page.goto("/lms/course.html");
  const lesson = page.frameLocator("iframe").frameLocator("iframe").getByRole("region", { name: "Lesson" });
  await lesson.getByRole("button", { name: "Show the solution" }).click({ timeout: 30_000 });
  await lesson.getByRole("button", { name: "Do this" }).click();
  await lesson.getByRole("button", { name: "Do this" }).click();
  const kept = () => page.evaluate(() => (window as unknown as { kept: Record<string, string> }).kept); // set above
  await expect.poll(async () => (await kept())["cmi.core.lesson_status"], { timeout: 30_000 }).toBe("completed");
  expect(await kept()).toMatchObject({ "cmi.core.score.raw": "0", "cmi.core.lesson_location": "1" });
});
