// How the visitor's journeys in src/e2e run; `npm run e2e` finds the browser and a free port first.
import { defineConfig } from "@playwright/test";
import { ROOT_FLAGS } from "./scripts/browser.mjs";

const port = Number(process.env.PODPATH_E2E_PORT ?? "4174");
const executablePath = process.env.PODPATH_CHROMIUM;
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "src/e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  // A flaky test is a broken test.
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    browserName: "chromium",
    permissions: ["clipboard-read", "clipboard-write"], // a page in the foreground has them
    viewport: { width: 1440, height: 900 },
    // Each test begins without what an earlier one kept; offline.spec.ts is the exception.
    serviceWorkers: "block",
    screenshot: "only-on-failure",
    actionTimeout: 15_000,
    launchOptions: {
      args: isRoot ? ROOT_FLAGS : [],
      ...(executablePath === undefined || executablePath === "" ? {} : { executablePath }),
    },
  },
  webServer: {
    command: `node scripts/serve-tests.mjs ${port}`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
