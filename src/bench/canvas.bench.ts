// How many frames a second the canvas gives, and how much of the main thread a frame takes, with many packets over few and many pods.
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CDPSession, chromium, type Page } from "@playwright/test";
import { build, preview } from "vite";

const SCENES = [30, 500].flatMap((pods) => [0, 200, 1_000, 10_000].map((packets) => ({ pods, packets })));
const WARM_UP_MS = 2_500;
const MEASURED_MS = 4_000;
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

interface Row {
  readonly pods: number;
  readonly packets: number;
  readonly "frames a second": number;
  readonly "main-thread ms a frame": number;
}

/** Builds the benchmark's page, opens it in Chromium once per scene and measures each. */
export async function run(): Promise<Row[]> {
  const outDir = join(tmpdir(), `podpath-canvas-bench-${process.pid}`);
  const site = {
    root: join(process.cwd(), "src", "bench", "canvas"),
    base: "./",
    logLevel: "error",
    build: { outDir, emptyOutDir: true },
  } as const;
  await build({ configFile: false, ...site });
  const server = await preview({ configFile: false, ...site, preview: { host: "127.0.0.1", port: 0 } });
  const executablePath = process.env.PODPATH_CHROMIUM;
  const browser = await chromium.launch({
    args: process.getuid?.() === 0 ? FLAGS : [],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    const rows: Row[] = [];
    for (const scene of SCENES) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(`${server.resolvedUrls?.local[0]}?pods=${scene.pods}&packets=${scene.packets}`);
      rows.push({ ...scene, ...(await measure(page)) });
      await page.close();
    }
    return rows;
  } finally {
    await browser.close();
    await server.close();
    await rm(outDir, { recursive: true, force: true });
  }
}

async function measure(page: Page): Promise<Pick<Row, "frames a second" | "main-thread ms a frame">> {
  await page.getByRole("button", { name: "Send request" }).waitFor();
  await page.waitForTimeout(WARM_UP_MS);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const before = await busySeconds(session);
  const { frames, ms } = await page.evaluate(countFrames, MEASURED_MS);
  const busy = (await busySeconds(session)) - before;
  return {
    "frames a second": Math.round((frames * 1000) / ms),
    "main-thread ms a frame": Math.round((busy * 10_000) / Math.max(1, frames)) / 10,
  };
}

/** Runs in the page. */
function countFrames(during: number): Promise<{ frames: number; ms: number }> {
  return new Promise((done) => {
    const start = performance.now();
    let frames = 0;
    const count = () => {
      frames++;
      const ms = performance.now() - start;
      if (ms >= during) done({ frames, ms });
      else requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
}

async function busySeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find((metric) => metric.name === "TaskDuration")?.value ?? 0;
}
