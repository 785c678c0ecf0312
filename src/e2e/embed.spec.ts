// The embed in a sandboxed frame on another origin, under a strict policy, and its words with the page around it.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "@playwright/test";

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

test("options that cannot be used are told, and the embed opens all the same", async ({ page }) => {
  await page.goto("./?embed&view=cavnas&autoplay=0");
  await expect(page.getByText("view=cavnas is not one of")).toBeVisible();
  await expect(page.getByRole("region", { name: "Cluster" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
});
