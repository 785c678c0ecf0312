// Finds a Chromium for the tests, or gets one.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

/** What Chromium needs when it runs as root (as in a container), and never needs to do in a test. */
export const ROOT_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const isRoot = process.getuid?.() === 0;
const COMMANDS = [
  "chromium-headless-shell", // the same engine without a window or a start page: a quarter less work for each test
  "google-chrome-stable",
  "google-chrome",
  "chromium",
  "chromium-browser",
  "microsoft-edge-stable",
  "microsoft-edge",
];
const MAC_APPS = [
  "Google Chrome.app/Contents/MacOS/Google Chrome",
  "Chromium.app/Contents/MacOS/Chromium",
  "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

const INSTRUCTIONS = `The end-to-end tests need Chromium, Chrome or Edge, and none could be found or downloaded.
Do one of these, then run the command again:
  - install Google Chrome or Chromium (Debian: sudo apt-get install chromium; macOS: brew install --cask chromium)
  - npx playwright install --with-deps chromium
  - PODPATH_CHROMIUM=/path/to/chrome npm test`;

function systemBrowsers() {
  const onPath = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const commands = COMMANDS.flatMap((name) => onPath.map((folder) => join(folder, name)));
  const apps = ["/Applications", join(homedir(), "Applications")].flatMap((folder) =>
    MAC_APPS.map((app) => join(folder, app)),
  );
  return [...commands, ...(process.platform === "darwin" ? apps : [])].filter((path) => existsSync(path));
}

/** True when Playwright can start this browser and open a page; `undefined` stands for Playwright's own. */
async function starts(executablePath) {
  try {
    const browser = await chromium.launch({
      args: isRoot ? ROOT_FLAGS : [],
      timeout: 30_000,
      ...(executablePath === undefined ? {} : { executablePath }),
    });
    await (await browser.newPage()).close();
    await browser.close();
    return true;
  } catch {
    return false;
  }
}

async function firstThatStarts(paths) {
  for (const path of paths) if (await starts(path)) return { path };
  return undefined;
}

function run(command, args, timeout) {
  console.log(`> ${[command, ...args].join(" ")}`);
  return spawnSync(command, args, { stdio: "inherit", timeout }).status === 0;
}

async function download() {
  run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium", "--only-shell"], 300_000);
  if (await starts(undefined)) return { path: undefined };
  if (!isRoot || !existsSync("/etc/debian_version")) return undefined;
  run("apt-get", ["update"], 300_000);
  const install = (name) => run("apt-get", ["install", "-y", "--no-install-recommends", name], 900_000);
  if (install("chromium-headless-shell")) {
    const shell = await firstThatStarts(["/usr/bin/chromium-headless-shell"]);
    if (shell !== undefined) return shell;
  }
  install("chromium");
  return firstThatStarts(["/usr/bin/chromium", undefined]);
}

/**
 * A browser that starts: `{path}`, where an undefined path is Playwright's own.
 * Looks at PODPATH_CHROMIUM, Playwright's own, the system's; then downloads; else explains what to do and throws.
 */
export async function findBrowser() {
  const named = process.env.PODPATH_CHROMIUM;
  if (named !== undefined && named !== "") {
    if (await starts(named)) return { path: named };
    throw new Error(`PODPATH_CHROMIUM is ${named}, which does not start as a browser.`);
  }
  const found = (await firstThatStarts([undefined, ...systemBrowsers()])) ?? (await download());
  if (found === undefined) throw new Error(INSTRUCTIONS);
  return found;
}
