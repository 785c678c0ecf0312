// Lessons at a person's speed: chosen from the list, done by hand, checked.
import { expect, test } from "./test.ts";
import { open } from "./visitor.ts";

test("[LESSONS-1] [LESSONS-2] [LESSONS-4] a lesson is chosen, done in the console and on the canvas, and goes on after a reload", async ({
  page,
}) => {
  await open(page);
  await page.getByRole("button", { name: "Lessons" }).click();
  await expect(page.getByRole("button", { name: /Pods come and go/ })).toBeFocused();
  await page
    .getByRole("dialog", { name: "Lessons" })
    .getByRole("button", { name: /Pods come and go/ })
    .click();
  const lesson = page.getByRole("region", { name: "Lesson" });
  await expect(lesson.getByRole("heading", { name: "Call a pod" })).toBeVisible({ timeout: 20_000 });
  await expect(lesson.getByText("Step 1 of 3")).toBeVisible();
  await expect(lesson.getByRole("button", { name: "Next step" })).toBeDisabled();
  const prompt = page.getByRole("combobox", { name: "Command" });
  await prompt.fill("kubectl get pods -l app=web -o jsonpath='{.items[0].status.podIP}' > address");
  await prompt.press("Enter");
  await prompt.fill("kubectl exec client -- curl -sS -m 10 http://$(cat address):8080");
  await prompt.press("Enter");
  await lesson.getByRole("button", { name: "Next step" }).click({ timeout: 20_000 });
  await expect(lesson.getByRole("heading", { name: "Replace it" })).toBeFocused();
  await page.getByRole("button", { name: /^Kill pod web-/ }).click();
  await lesson.getByRole("button", { name: "Next step" }).click({ timeout: 30_000 });
  await lesson.getByRole("radio", { name: "Nobody answers" }).check();
  await page.reload();
  await expect(lesson.getByText("Step 3 of 3")).toBeVisible({ timeout: 20_000 });
  await expect(lesson.getByRole("radio", { name: "Nobody answers" })).toBeChecked();
  await expect(lesson.getByRole("list", { name: "Checks" })).toHaveText("Not met yet.");
  await prompt.fill("kubectl exec client -- curl -sS -m 10 http://$(cat address):8080");
  await prompt.press("Enter");
  await expect(lesson.getByText("As you expected.")).toBeVisible({ timeout: 40_000 });
  await expect(lesson.getByText("The lesson is done. 1 of 1 prediction right")).toBeVisible({ timeout: 20_000 });
  await page.getByRole("button", { name: "Lessons" }).click();
  await expect(page.getByRole("button", { name: /Pods come and go done/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await lesson.getByRole("button", { name: "Next lesson" }).click();
  await expect(lesson.getByRole("heading", { name: "A Service in front" })).toBeVisible({ timeout: 20_000 });
});

test("[LESSONS-3] the address opens a lesson at a step, and the keyboard goes on", async ({ page }) => {
  await page.goto("/?lesson=a-service-in-front&step=2");
  const lesson = page.getByRole("region", { name: "Lesson" });
  await expect(lesson.getByRole("heading", { name: "Call it" })).toBeFocused({ timeout: 30_000 });
  const hint = lesson.getByRole("button", { name: "Hint" });
  await hint.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(lesson.getByText("Type kubectl exec client")).toBeVisible();
  await lesson.getByRole("button", { name: "Show the solution" }).focus();
  await page.keyboard.press("Enter");
  await lesson.getByRole("button", { name: "Do this" }).focus();
  await page.keyboard.press("Enter");
  const next = lesson.getByRole("button", { name: "Next step" });
  await expect(next).toBeEnabled({ timeout: 20_000 });
  await next.focus();
  await page.keyboard.press("Enter");
  await expect(lesson.getByRole("heading", { name: "Replace the pod again" })).toBeFocused();
});

test("[LESSONS-3] an unknown lesson gives a notice", async ({ page }) => {
  await open(page, "?lesson=nothing");
  await expect(page.getByText('There is no lesson "nothing"')).toBeVisible();
  await expect(page.getByRole("region", { name: "Lesson" })).toHaveCount(0);
});

test("[MADE-2] [MADE-3] a day's broken Service shows its grade, plays its solution and says what it took", async ({
  page,
}) => {
  await page.goto("/?lesson=daily-2026-11-01");
  const lesson = page.getByRole("region", { name: "Lesson" });
  await expect(lesson.getByRole("heading", { name: "The broken Service of 1 November 2026" })).toBeVisible();
  await expect(lesson.getByText(/^(easy|medium|hard), par \d$/)).toBeVisible({ timeout: 20_000 });
  await expect(lesson.getByText("Hints cost 10, 30 and 60 of 100 points")).toBeVisible();
  await lesson.getByRole("button", { name: "Show the solution" }).click();
  await lesson.getByRole("button", { name: "Watch the solution" }).click();
  await expect(lesson.getByText(/^Mended\. 1 change, par 1, the solution: 0 of 100 points\.$/)).toBeVisible({
    timeout: 40_000,
  });
  await lesson.getByRole("button", { name: "Another one" }).click();
  await expect(lesson.getByRole("heading", { name: /^Another broken Service: / })).toBeVisible({ timeout: 20_000 });
});

test("[AUTHOR-3] what was broken and mended becomes a lesson, which a link opens", async ({ page }) => {
  await open(page);
  const prompt = page.getByRole("combobox", { name: "Command" });
  for (const line of ["kubectl set selector service web app=wep", "kubectl set selector service web app=web"]) {
    await prompt.fill(line);
    await prompt.press("Enter");
    await expect(page.getByText("selector updated")).toHaveCount(line.endsWith("wep") ? 1 : 2);
  }
  await page.getByRole("button", { name: "Lessons" }).click();
  await page.getByRole("button", { name: "Make a lesson of this" }).click();
  const dialog = page.getByRole("dialog", { name: "Make a lesson of this" });
  await expect(dialog.getByRole("list", { name: "What is missing" })).toContainText("Write a title.");
  await dialog.getByLabel("Title").fill("Who is wep?");
  await dialog.getByLabel("Question").fill("Why is it refused?");
  await dialog.getByLabel("What its reporter says").fill('"It worked until noon." <img src=x>');
  await dialog.getByLabel(/^Service web has \d ready endpoints$/).check();
  await dialog.getByRole("button", { name: "Try it" }).click();
  await expect(dialog.getByText("its solution does it. Par is 1.")).toBeVisible({ timeout: 30_000 });
  const link = await dialog.getByRole("textbox", { name: "Link" }).inputValue();
  await page.goto("about:blank");
  await page.goto(link);
  const lesson = page.getByRole("region", { name: "Lesson" });
  await expect(lesson.getByRole("heading", { name: "Who is wep?" })).toBeVisible({ timeout: 20_000 });
  await expect(lesson.getByText('"It worked until noon." <img src=x>')).toBeVisible({ timeout: 20_000 });
  await expect(lesson.getByText(/^Service web has 0 ready endpoints/)).toBeVisible();
});

test("[ACCESS-10] a lesson and a broken Service are done without the picture, by keyboard, from what is said", async ({
  page,
}) => {
  const unseen = () =>
    page.getByRole("region", { name: "Cluster" }).evaluate((each) => each.style.setProperty("visibility", "hidden"));
  const lesson = page.getByRole("region", { name: "Lesson" });
  const type = async (line: string) => {
    await page.getByRole("combobox", { name: "Command" }).focus();
    await page.keyboard.type(line);
    await page.keyboard.press("Enter");
  };
  const next = async () => {
    await expect(lesson.getByRole("button", { name: "Next step" })).toBeEnabled({ timeout: 30_000 });
    await lesson.getByRole("button", { name: "Next step" }).focus();
    await page.keyboard.press("Enter");
  };
  await page.goto("/?lesson=pods-come-and-go");
  await expect(lesson.getByRole("heading", { name: "Call a pod" })).toBeFocused({ timeout: 30_000 });
  await unseen();
  await type("kubectl get pods -l app=web -o jsonpath='{.items[0].status.podIP}' > address");
  await type("kubectl exec client -- curl -sS -m 10 http://$(cat address):8080");
  await next();
  await type("kubectl delete pod -l app=web");
  await next();
  await lesson.getByRole("radio", { name: "Nobody answers" }).focus();
  await page.keyboard.press("Space");
  await type("kubectl exec client -- curl -sS -m 10 http://$(cat address):8080");
  await expect(lesson.getByText("The lesson is done. 1 of 1 prediction right")).toBeVisible({ timeout: 60_000 });

  await page.goto("/?lesson=refused-at-once");
  await expect(lesson.getByText(/^easy, par \d$/)).toBeVisible({ timeout: 30_000 });
  await unseen();
  await type("kubectl describe service web");
  await expect(page.getByRole("log", { name: "Console output" })).toContainText(/Selector: +app=wep/);
  await type("kubectl set selector service web app=web");
  await type("curl -sS -m 10 http://192.168.1.11:30080");
  await expect(lesson.getByText(/^Mended\. 1 change/)).toBeVisible({ timeout: 40_000 });
});
