// The embed in a sandboxed frame on another origin, under a strict policy, and its words with the page around it.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "./test.ts";
import { manifest } from "./visitor.ts";

let server: Server;
let host: string;

test.beforeAll(async () => {
  server = createServer((_request, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end("<!doctype html><title>A page of documentation</title><body></body>");
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  host = `http://localhost:${(server.address() as AddressInfo).port}/`; // listening on a port
});

test.afterAll(() => {
  server.close();
});

/** Opens a page of another origin that holds the embed in a frame with scripts and nothing else. */
async function embed(page: Page, address: string): Promise<void> {
  await page.goto(host);
  await page.evaluate((src) => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    addEventListener("message", (event) => heard.push(event.data));
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.width = "720";
    frame.height = "420";
    frame.src = src;
    document.body.append(frame);
  }, address);
}

async function ask(page: Page, message: object): Promise<Record<string, unknown>> {
  return page.evaluate(async (asked) => {
    const frame = document.querySelector("iframe");
    const answered = new Promise<Record<string, unknown>>((resolve) => {
      addEventListener("message", (event) => {
        if (event.data?.id === "asked") resolve(event.data);
      });
    });
    frame?.contentWindow?.postMessage({ ...asked, id: "asked" }, "*");
    return answered;
  }, message);
}

test("the embed works in a sandboxed frame on another origin, loads no editor and no console, and answers its host", async ({
  page,
  baseURL,
}) => {
  const loaded: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => loaded.push(request.url()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await embed(page, `${baseURL}?embed&scenario=nodeport`);
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("region", { name: "Cluster" })).toBeVisible();
  await expect(frame.getByRole("button", { name: "Kill pod" }).first()).toBeAttached();
  expect(loaded.filter((url) => /Monaco|EditorMount|Console-/.test(url))).toEqual([]);

  const heard = () => page.evaluate(() => (window as unknown as { heard: Array<{ type: string }> }).heard); // set above
  await expect.poll(heard).toContainEqual(expect.objectContaining({ type: "podpath:ready", version: 1 }));
  expect(await ask(page, { type: "podpath:get" })).toMatchObject({
    type: "podpath:state",
    fragment: expect.stringMatching(/^p1:/),
    text: expect.stringContaining("kind: Service"),
  });
  expect(await ask(page, { type: "podpath:set", text: 5 })).toMatchObject({ type: "podpath:error" });
  expect(await ask(page, { type: "podpath:set", fragment: "p1:broken" })).toMatchObject({ type: "podpath:error" });
  const text = "apiVersion: v1\nkind: Service\nmetadata:\n  name: from-the-host\nspec:\n  ports:\n  - port: 80\n";
  expect(await ask(page, { type: "podpath:set", text })).toMatchObject({ type: "podpath:done" });
  await expect(frame.getByText("from-the-host").first()).toBeVisible();
  expect(await ask(page, { type: "podpath:set", text: "apiVersion: v1\nkind: Servise\n" })).toMatchObject({
    type: "podpath:error",
    message: expect.stringContaining('no matches for kind "Servise"'),
  });

  // A hello is answered at any time, the theme follows, a request is sent and its end reported.
  const say = (message: object) =>
    page.evaluate((said) => document.querySelector("iframe")?.contentWindow?.postMessage(said, "*"), message);
  await say({ type: "podpath:theme", theme: "dark" });
  await say({ type: "podpath:hello" });
  await expect.poll(heard).toContainEqual(expect.objectContaining({ type: "podpath:ready", theme: "dark" }));
  await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
  const fragment = `b1:${Buffer.from(JSON.stringify({ text: manifest() })).toString("base64url")}`;
  expect(await ask(page, { type: "podpath:set", fragment })).toMatchObject({ type: "podpath:done" });
  expect(await ask(page, { type: "podpath:send", from: "stranger" })).toMatchObject({ type: "podpath:error" });
  expect(await ask(page, { type: "podpath:send", from: "phone" })).toMatchObject({ type: "podpath:done" });
  await expect.poll(heard).toContainEqual(expect.objectContaining({ type: "podpath:answered", status: 200 }));
  expect(await ask(page, { type: "podpath:send", to: "192.168.1.11:30999" })).toMatchObject({ type: "podpath:done" });
  await expect
    .poll(heard)
    .toContainEqual(
      expect.objectContaining({ type: "podpath:failed", outcome: "refused", target: "192.168.1.11:30999" }),
    );
  expect(await ask(page, { type: "podpath:seek", time: 1_000 })).toMatchObject({ type: "podpath:done" });
  expect(await ask(page, { type: "podpath:get" })).toMatchObject({ time: 1_000 });
  expect(await ask(page, { type: "podpath:set", text })).toMatchObject({ type: "podpath:done" });

  await frame.getByRole("button", { name: "Console" }).click();
  await frame.getByRole("combobox", { name: "Command" }).fill("kubectl get svc from-the-host -o name");
  await frame.getByRole("combobox", { name: "Command" }).press("Enter");
  await expect(frame.getByRole("log", { name: "Console output" })).toContainText("service/from-the-host");
  expect(complaints).toEqual([]);
});

test("the embed works under a strict policy", async ({ page, baseURL }) => {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.route("**/*", async (route) => {
    const response = await route.fetch();
    const policy =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:";
    await route.fulfill({ response, headers: { ...response.headers(), "Content-Security-Policy": policy } });
  });
  await page.goto(`${baseURL}?embed`);
  await expect(page.getByRole("button", { name: "Kill pod" }).first()).toBeAttached();
  expect(complaints).toEqual([]);
});

test("options that cannot be used are reported, and the embed opens anyway", async ({ page }) => {
  await page.goto("./?embed&view=cavnas&autoplay=0");
  await expect(page.getByText("view=cavnas is not one of")).toBeVisible();
  await expect(page.getByRole("region", { name: "Cluster" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
});

test("four thousand messages in one go are answered in their order, soon, and the last one is what is shown", async ({
  page,
  baseURL,
}) => {
  await embed(page, `${baseURL}?embed&scenario=nodeport`);
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("button", { name: "Kill pod" }).first()).toBeAttached();
  await page.evaluate(async () => {
    const isHeard = new Promise((resolve) => {
      addEventListener("message", ({ data }) => data?.id === "hello" && resolve(data));
    });
    document.querySelector("iframe")?.contentWindow?.postMessage({ type: "podpath:get", id: "hello" }, "*");
    await isHeard;
  });
  const flood = (kind: "sets" | "turns") =>
    page.evaluate(async (what) => {
      const target = document.querySelector("iframe")?.contentWindow;
      const text = (name: string) =>
        `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { ports: [{ port: 80 }] }\n`;
      const ids: string[] = [];
      const began = performance.now();
      const all = new Promise<void>((resolve) => {
        addEventListener("message", ({ data }) => {
          if (typeof data?.id === "string" && data.id.startsWith(what)) ids.push(data.id);
          if (ids.length === 4_000) resolve();
        });
      });
      for (let i = 0; i < 4_000; i++) {
        const isGet = what === "turns" ? i % 2 === 1 : i === 3_999;
        const id = `${what}${i}`;
        target?.postMessage(
          isGet ? { type: "podpath:get", id } : { type: "podpath:set", id, text: text(`s${i}`) },
          "*",
        );
      }
      await all;
      const inOrder = ids.every((id, at) => id === `${what}${at}`);
      return { inOrder, ms: performance.now() - began };
    }, kind);

  const sets = await flood("sets");
  expect(sets).toMatchObject({ inOrder: true });
  expect(sets.ms).toBeLessThan(6_000);
  await expect(frame.getByText("s3998").first()).toBeVisible();
  expect(await ask(page, { type: "podpath:get" })).toMatchObject({ text: expect.stringContaining("name: s3998") });

  const turns = await flood("turns");
  expect(turns).toMatchObject({ inOrder: true });
  expect(turns.ms).toBeLessThan(10_000);
  expect(await ask(page, { type: "podpath:set", text: "" })).toMatchObject({ type: "podpath:done" });
});
