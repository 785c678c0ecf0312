// The embed in a sandboxed frame on another origin, under a strict policy, and its words with the page around it.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "./test.ts";
import { manifest } from "./visitor.ts";

let server: Server;
let host: string;
/** A page that is too long for an address. */
let served = "";

test.beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader("Content-Type", "text/html");
    const { searchParams } = new URL(request.url ?? "/", "http://localhost");
    const policy = searchParams.get("policy");
    if (policy !== null) response.setHeader("Content-Security-Policy", policy);
    if (searchParams.has("served")) response.end(served);
    else response.end(searchParams.get("page") ?? "<!doctype html><title>A page of documentation</title><body></body>");
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

test("[EMBED-15] three stops of Tab cross a frame", async ({ page, baseURL }) => {
  await embed(page, `${baseURL}?embed`);
  await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", "<a href='#on'>on</a>"));
  const skip = page.frameLocator("iframe").getByRole("button", { name: "Skip this simulation" });
  await expect(skip).toBeAttached({ timeout: 20_000 });
  await page.keyboard.press("Tab");
  await expect(skip).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "on" })).toBeFocused();
});

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

test("[KIT-1] [KIT-2] one script makes blocks of YAML live under a strict policy: they follow the theme, tell what happens, and stay text where nothing answers", async ({
  page,
  baseURL,
}) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  const origin = new URL(baseURL ?? "").origin;
  const yaml = manifest().replaceAll("<", "&lt;");
  const html = `<!doctype html><title>Services</title>
    <script src="${baseURL}embed.js" data-selector="pre.ours" data-height="460"></script><body>
    <pre class="ours"><code>${yaml}</code></pre>
    <pre class="ours">helm install web</pre>
    <pod-path caption="By hand" height="420" send="phone" theme="dark"><pre>${yaml}</pre></pod-path>
    <pod-path class="wrong" height="300"><pre>apiVersion: v1\nkind: Servise\nmetadata:\n  name: web</pre></pod-path>
    <main></main>
    <pod-path src="${host}" height="150"><pre>kind: Service # offline</pre></pod-path>`;
  const policy = `default-src 'none'; script-src ${origin}; frame-src ${origin} ${host}`;
  await page.goto(`${host}?${new URLSearchParams({ page: html, policy })}`);
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    for (const name of ["ready", "answered"])
      document.addEventListener(name, ({ target, detail }: CustomEventInit & Event) => {
        heard.push(`${name} ${detail.status ?? ""} ${(target as HTMLElement).getAttribute("caption")}`); // an element's
      });
  });
  const [first, second, wrong, third] = [0, 1, 2, 3].map((at) => page.locator("pod-path").nth(at));
  if (first === undefined || second === undefined || wrong === undefined || third === undefined)
    throw new Error("four elements");
  await expect(page.locator("pod-path")).toHaveCount(4);
  await expect(page.getByText("helm install web")).toBeVisible();
  await expect(first.frameLocator("iframe").getByRole("button", { name: /^Service web/ })).toBeVisible();
  await expect(first.locator("pre")).toBeHidden();
  expect((await first.locator("iframe").boundingBox())?.height).toBe(460);
  await second.scrollIntoViewIfNeeded();
  await expect(second.frameLocator("iframe").locator("html")).toHaveAttribute("data-theme", "dark");
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { heard: string[] }).heard)) // set above
    .toContain("answered 200 By hand");

  await page.evaluate(() => {
    document.documentElement.style.background = "rgb(20, 20, 22)";
  });
  await expect(first.frameLocator("iframe").locator("html")).toHaveAttribute("data-theme", "dark");
  await first.evaluate((element) => {
    element.style.width = "320px";
  });
  await expect.poll(async () => (await first.locator("iframe").boundingBox())?.width).toBeCloseTo(320);
  expect(await first.frameLocator("iframe").locator("html").evaluate("innerWidth")).toBe(360);
  type Kit = { set(text: string): Promise<void>; get(): Promise<{ text: string }> };
  const answer = await first.evaluate(async (element) => {
    const kit = element as unknown as Kit; // a `<pod-path>`
    const refused = await kit.set("kind: Nothing").catch((error: Error) => error.message);
    await kit.set("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n");
    return [refused, (await kit.get()).text];
  });
  expect(answer[0]).toContain("could not be applied");
  expect(answer[1]).toContain("name: shop");
  await third.scrollIntoViewIfNeeded();
  await expect(third.getByText("kind: Service # offline")).toBeVisible();

  // What can't be applied is said below; the keyboard has a way past; a page that writes its next page itself gets it too.
  await wrong.scrollIntoViewIfNeeded();
  await expect(wrong.getByText(/In this YAML, document 1.*no matches for kind "Servise"/)).toBeVisible();
  await wrong.getByRole("button", { name: "Skip the playground" }).focus();
  await page.keyboard.press("Enter");
  await expect(wrong.getByRole("button", { name: "Back before the playground" })).toBeFocused();
  await page.evaluate((text) => {
    const block = document.createElement("pre");
    block.className = "ours";
    block.textContent = text;
    document.querySelector("main")?.append(block);
  }, manifest());
  await expect(page.locator("main pod-path")).toHaveAttribute("data-live", "");
  expect(complaints.filter((each) => !each.includes("favicon"))).toEqual([]);
});

test("[KIT-2] what a generator puts around a block for it alone goes with it", async ({ page, baseURL }) => {
  const code = manifest().replaceAll("<", "&lt;");
  const numbers = code.split("\n").map((_, at) => at + 1);
  served = `<!doctype html><body>
    <div class="language-yaml"><button>Copy</button><pre class="ours">${code}</pre></div>
    <table class="highlighttable"><tr><td class="linenos"><pre>${numbers.join("\n")}</pre></td>
      <td class="code"><pre class="ours"><code>${code}</code></pre></td></tr></table>
    <div class="highlight"><pre class="ours">${code}</pre><pre>helm install web</pre></div>
    <script src="${baseURL}embed.js" data-selector=".ours" data-src="${host}"></script>`;
  await page.goto(`${host}?served`);
  await expect(page.locator("pod-path")).toHaveCount(3);
  await expect(page.locator("pod-path > .language-yaml, pod-path > .highlighttable")).toHaveCount(2);
  await expect(page.locator(".highlight > pod-path > pre.ours")).toHaveCount(1);
});
