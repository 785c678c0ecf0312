// Parts that come with what only some scenarios have, or with what is taken along; parts.ts has those of every page.
import { deflateRawSync } from "node:zlib";
import type { Page } from "@playwright/test";
import type { Part } from "./parts.ts";
import { cluster, manifest } from "./visitor.ts";

const POLICY = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec: { podSelector: { matchLabels: { app: web } }, ingress: [{}] }
`;
const ISOLATED = { version: 1, seed: "isolated", settings: {}, text: manifest() + POLICY, log: [] };
const address = `#p1:${deflateRawSync(JSON.stringify(ISOLATED)).toString("base64url")}`;

/** Saves something from the dialog "Share". */
const save = (name: string) => async (page: Page) => {
  const dialog = page.getByRole("dialog", { name: "Share" });
  if (!(await dialog.isVisible())) await page.getByRole("button", { name: "Share" }).click();
  await dialog.getByRole("button", { name }).click();
};
const leave = (page: Page) => page.keyboard.press("Escape");

export const LATE_PARTS: Readonly<Record<string, Part>> = {
  "src/app/canvas/policies/PolicyButton.tsx": {
    address,
    named: "Policies",
    reach: async () => undefined,
    seen: (page) => page.getByRole("button", { name: "Policies", exact: true }),
  },
  "src/app/canvas/policies/WhatIf.tsx": {
    address,
    named: "The comparison",
    reach: async (page) => {
      const policies = page.getByRole("dialog", { name: "Who may reach whom" });
      if (!(await policies.isVisible())) await page.getByRole("button", { name: "Policies", exact: true }).click();
      await policies.getByText("What if …").click();
    },
    seen: (page) => page.getByRole("textbox", { name: "Manifest of NetworkPolicies" }),
    leave,
  },
  Shields: {
    address,
    named: "What NetworkPolicies do",
    reach: async () => undefined,
    seen: (page) =>
      cluster(page)
        .getByRole("button", { name: /is isolated for ingress/ })
        .first(),
  },
  "src/app/canvas/picture/made.ts": {
    named: "What draws the picture",
    reach: save("Picture (SVG)"),
    seen: (page) => page.getByText("podpath.svg has been saved."),
    leave,
  },
  "src/app/realCluster.ts": {
    named: "For a real cluster",
    reach: save("For a real cluster"),
    seen: (page) => page.getByText("podpath-real-cluster.sh has been saved."),
    leave,
  },
};
