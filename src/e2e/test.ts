// The tests' own `test`: Playwright's, which also fails when the page's Content-Security-Policy had to stop something.
import { test as base } from "@playwright/test";

export * from "@playwright/test";

/** The type of the annotation of a test that goes against the policy on purpose. */
export const BREAKS_POLICY = "breaks the policy";

/** Playwright's `test`, with an eye on every frame of every page of its context, whose visitor has seen a request before. */
export const test = base.extend<{ obeysItsPolicy: undefined; firstVisit: boolean; told: undefined }>({
  /** Whether nobody was here before, so that the first request pauses at each stop. */
  firstVisit: [false, { option: true }],
  told: [
    async ({ context, firstVisit }, use) => {
      if (!firstVisit)
        await context.addInitScript(() => {
          try {
            localStorage.setItem("podpath.follow", "off");
          } catch {
            // a frame without storage
          }
        });
      await use(undefined);
    },
    { auto: true },
  ],
  obeysItsPolicy: [
    async ({ context }, use, { annotations }) => {
      const violations: string[] = [];
      await context.exposeBinding("violated", (_source, told: string) => void violations.push(told));
      await context.addInitScript(() => {
        addEventListener("securitypolicyviolation", (event) => {
          const { violatedDirective, blockedURI, sourceFile, lineNumber, sample } = event;
          const told = `${violatedDirective}: ${blockedURI} ${sample} (${sourceFile}:${lineNumber})`;
          void (window as unknown as { violated: (told: string) => Promise<void> }).violated(told); // exposed above
        });
      });
      await use(undefined);
      if (annotations.some(({ type }) => type === BREAKS_POLICY)) return;
      base.expect(violations, "violations of the Content-Security-Policy").toEqual([]);
    },
    { auto: true },
  ],
});
