// The parts of the page that are loaded when they are wanted, by their source: how a visitor comes to each, and what is then seen.
import { deflateRawSync } from "node:zlib";
import { expect, type Locator, type Page } from "@playwright/test";
import { CLASSROOM } from "./classroom-parts.ts";
import { LATE_PARTS } from "./late-parts.ts";
import { LESSONS } from "./lesson-parts.ts";
import { cluster, manifest as nodePortManifest, sendRequest, turnToText, typeManifest } from "./visitor.ts";

/** How a visitor comes to a part that is loaded when it is wanted, and what they then see. */
export interface Part {
  readonly address?: string;
  /** What the page says when it does not come. */
  readonly named: string;
  readonly reach: (page: Page) => Promise<void>;
  /** What the browser is before the page opens. */
  readonly before?: (page: Page) => Promise<void>;
  readonly seen: (page: Page) => Locator;
  /** How to get back to where a request can be sent. */
  readonly leave?: (page: Page) => Promise<unknown>;
}

const inspector = (page: Page) => page.getByRole("region", { name: "Inspector" });
export const editor = (page: Page) => page.getByRole("region", { name: "YAML editor" });
export const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
const dialog = (name: string) => (page: Page) => page.getByRole("dialog", { name });

async function inspectRequest(page: Page): Promise<void> {
  await sendRequest(page);
  await page.getByRole("tab", { name: "Packets" }).click();
  await page
    .getByRole("table", { name: "Packets" })
    .getByRole("button", { name: /^(?!Go to)/ })
    .first()
    .click();
}

export async function openExample(page: Page, title: string): Promise<void> {
  await page.getByRole("button", { name: "Examples" }).click();
  await page
    .getByRole("list", { name: "Examples" })
    .getByRole("button", { name: new RegExp(`^${title}`) })
    .first()
    .click();
}

/** Puts the Service in focus. */
async function focusService(page: Page): Promise<void> {
  await cluster(page)
    .getByRole("button", { name: /^Service web,/ })
    .click();
  await inspector(page).getByRole("button", { name: "Focus", exact: true }).click();
}

/** Goes back before what was done and does something else there. */
async function branchOff(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Scale up web" }).first().click();
  await page.getByRole("button", { name: "Scale up web" }).first().click();
  await page.getByRole("heading", { name: "Podpath" }).click();
  await page.keyboard.press("Control+z");
  await expect(page.getByText(/^Looking at/)).toBeVisible();
  await page.getByRole("button", { name: "Scale down web" }).first().click();
}

/** A kind whose part of the engine is loaded with the first text that names it. */
function kindPart(apiVersion: string, kind: string): Part {
  const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: first}\n`;
  const scenario = { version: 1, seed: "kinds", settings: {}, text, log: [] };
  return {
    address: `?embed#p1:${deflateRawSync(JSON.stringify(scenario)).toString("base64url")}`,
    named: "A kind of object",
    reach: async () => undefined,
    seen: (page) => page.getByRole("button", { name: /^Node node-1/ }).first(),
  };
}

const KINDS: Readonly<Record<string, Part>> = {
  customresourcedefinition: kindPart("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
  daemonset: kindPart("apps/v1", "DaemonSet"),
  horizontalpodautoscaler: kindPart("autoscaling/v2", "HorizontalPodAutoscaler"),
  "src/kinds/ingress/index.ts": kindPart("networking.k8s.io/v1", "Ingress"),
  limitrange: kindPart("v1", "LimitRange"),
  schema: kindPart("node.k8s.io/v1", "RuntimeClass"),
  job: kindPart("batch/v1", "Job"),
  networkpolicy: kindPart("networking.k8s.io/v1", "NetworkPolicy"),
  node: kindPart("v1", "Node"),
  persistentvolumeclaim: kindPart("v1", "PersistentVolumeClaim"),
  poddisruptionbudget: kindPart("policy/v1", "PodDisruptionBudget"),
  replicationcontroller: kindPart("v1", "ReplicationController"),
  resourcequota: kindPart("v1", "ResourceQuota"),
  statefulset: kindPart("apps/v1", "StatefulSet"),
};

export const PARTS: Readonly<Record<string, Part>> = {
  ...KINDS,
  "src/app/share/ShareDialog.tsx": { named: "Share", reach: press("Share"), seen: dialog("Share") },
  "src/app/embed/EmbedDialog.tsx": { named: "Embed", reach: press("Embed"), seen: dialog("Embed") },
  "src/app/work/WorkDialog.tsx": { named: "Your work", reach: press("Your work"), seen: dialog("Your work") },
  "src/app/work/files.ts": {
    named: "What writes files",
    before: async (page) => {
      await page.addInitScript("Object.defineProperty(window, 'indexedDB', { value: undefined })");
    },
    reach: async (page) => {
      await typeManifest(page, nodePortManifest({ replicas: 2 }));
      await page.getByRole("alert").getByRole("button", { name: "Download file" }).click();
    },
    seen: (page) => page.getByRole("alert").getByRole("button", { name: "Download file" }),
  },
  "src/app/gallery/GalleryDialog.tsx": { named: "The gallery", reach: press("Examples"), seen: dialog("Examples") },
  ...LATE_PARTS,
  ...LESSONS,
  ...CLASSROOM,
  "src/app/help/HelpDialog.tsx": { named: "Help", reach: press("Help"), seen: dialog("Help") },
  "src/app/canvas/Legend.tsx": {
    named: "The legend",
    reach: press("Legend"),
    seen: (page) => page.getByText("where the container listens"),
  },
  "src/app/canvas/Pan.tsx": {
    named: "What moves the picture",
    reach: async (page) => {
      for (let turn = 0; turn < 4; turn++) await press("Zoom in")(page);
    },
    seen: (page) => page.getByRole("button", { name: "Look further left" }),
    leave: press("Show everything"),
  },
  "src/app/canvas/find/Find.tsx": {
    named: "Find",
    reach: press(/^Find$/),
    seen: (page) => page.getByText("Name, kind, label, address or port."),
    leave: (page) => page.keyboard.press("Escape"),
  },
  "src/app/canvas/only/Chip.tsx": {
    named: "What is said about it",
    reach: focusService,
    seen: (page) => page.getByText("Only Service web", { exact: true }),
    leave: (page) => page.keyboard.press("f"),
  },
  only: {
    named: "What the picture shows",
    reach: focusService,
    seen: (page) => page.getByText("Only Service web", { exact: true }),
  },
  "src/app/canvas/Presenting.tsx": {
    named: "Presenting",
    reach: press("Present"),
    seen: (page) => page.getByRole("button", { name: "Leave presenting" }),
    leave: (page) => page.keyboard.press("p"),
  },
  "src/app/canvas/ClusterSettings.tsx": {
    named: "The settings",
    reach: press("Cluster settings"),
    seen: (page) => page.getByRole("checkbox", { name: "Cloud provider" }),
  },
  "src/app/canvas/RequestPanel.tsx": {
    named: "The request form",
    reach: press("Choose what laptop sends"),
    seen: (page) => page.getByRole("button", { name: "Send once" }),
  },
  "src/app/canvas/wireEdges.ts": {
    named: "What draws cables",
    reach: press("On the wire"),
    seen: (page) => page.getByRole("img", { name: "Cable from laptop to node-1" }),
  },
  "src/app/canvas/faultEdges.tsx": {
    named: "What draws faults",
    reach: async (page) => {
      await page.getByRole("button", { name: /^Faults/ }).click();
      await page
        .getByRole("dialog", { name: "Faults" })
        .getByRole("button", { name: /firewall/i })
        .click();
      await page.keyboard.press("Escape");
    },
    seen: (page) => cluster(page).getByText("firewall", { exact: true }),
  },
  "src/app/canvas/route/Route.tsx": {
    named: "The route",
    reach: sendRequest,
    seen: (page) => page.getByRole("region", { name: "Narration" }),
  },
  "src/app/canvas/LitLayer.tsx": {
    named: "What lights the picture",
    reach: async (page) => {
      await turnToText(page);
      await editor(page).locator(".view-line", { hasText: "nodePort" }).first().click();
    },
    seen: (page) => page.locator(".lit-box").first(),
  },
  "src/app/store/past.ts": {
    named: "Going back in time",
    reach: press("Step back"),
    seen: (page) => page.getByText(/^Looking at/),
  },
  "src/app/timeline/Branches.tsx": {
    named: "The branches",
    reach: branchOff,
    seen: (page) => page.getByRole("button", { name: /^Branches/ }),
  },
  "src/app/timeline/Events.tsx": {
    named: "The event list",
    reach: press("Event list"),
    seen: (page) => page.getByRole("heading", { name: "What happened" }),
  },
  "src/app/timeline/CompareDialog.tsx": {
    named: "The comparison",
    reach: async (page) => {
      await branchOff(page);
      await page.getByRole("button", { name: /^Branches/ }).click();
      await page.getByRole("button", { name: "Compare", exact: true }).last().click();
    },
    seen: dialog("Compare"),
  },
  "src/app/examples/rolling-update.ts": {
    named: "The example “Rolling update”",
    reach: (page) => openExample(page, "Rolling update"),
    seen: (page) => page.getByRole("button", { name: "Branches (2)" }),
  },
  "src/app/share/LinkMessage.tsx": {
    address: "#p1:broken",
    named: "The message about the link",
    reach: async () => undefined,
    seen: (page) => page.getByText(/damaged or incomplete/),
  },
  "src/app/log/ClusterNews.tsx": {
    address: "?embed",
    named: "The announcements",
    reach: async () => undefined,
    seen: (page) => cluster(page),
  },
  KeepFocus: {
    address: "?embed",
    named: "What keeps the focus",
    reach: async () => undefined,
    seen: (page) => cluster(page),
  },
  "src/app/canvas/nodes/Group.tsx": {
    named: "The pods",
    reach: (page) => typeManifest(page, nodePortManifest({ replicas: 150 })),
    seen: (page) => cluster(page).locator(".react-flow__node-group canvas").first(),
  },
  "src/app/canvas/nodes/Outside.tsx": {
    named: "What is outside",
    reach: (page) => openExample(page, "ExternalName"),
    seen: (page) => cluster(page).locator(".react-flow__node-world"),
  },
  "src/app/canvas/ghosts/Ghost.tsx": {
    named: "What is missing",
    reach: (page) => openExample(page, "Find the mistake"),
    seen: (page) => cluster(page).getByRole("button", { name: /^Missing/ }),
  },
  "src/app/inspector/more/More.tsx": {
    named: "What others know of it",
    reach: press(/^Node node-1/),
    seen: (page) => inspector(page).getByRole("region", { name: "Connections" }),
  },
  "src/app/faults/index.ts": {
    named: "The menu of faults",
    reach: press("Break node-1"),
    seen: dialog("Break node-1"),
  },
  "src/app/change/index.ts": {
    named: "The sheet for changes",
    reach: press("Change Service web"),
    seen: dialog("Change Service web"),
  },
  "src/app/health/Health.tsx": {
    named: "Health",
    reach: async () => undefined,
    seen: (page) => page.getByRole("button", { name: /^Health/ }),
  },
  "src/app/console/Console.tsx": {
    named: "The console",
    reach: async () => undefined,
    seen: (page) => page.getByRole("combobox", { name: "Command" }),
  },
  "src/app/editor/EditorMount.tsx": {
    named: "The YAML editor",
    reach: async () => undefined,
    seen: (page) => editor(page).getByRole("textbox").first(),
  },
  "src/app/editor/monaco/MonacoText.tsx": {
    named: "The rich editor",
    reach: (page) => editor(page).getByRole("textbox", { name: "YAML" }).hover(),
    seen: (page) => editor(page).locator(".monaco-editor").first(),
  },
  "src/app/inspector/Notes.tsx": {
    named: "What is to be noted",
    reach: press(/^Node node-1/),
    seen: (page) => inspector(page).getByRole("tab", { name: "Status" }),
  },
  "src/app/ui/SimulatedDialog.tsx": {
    named: "The list",
    reach: async (page) => {
      if (!(await page.getByRole("region", { name: "Health" }).isVisible())) await press(/^Health/)(page);
      await page.getByRole("button", { name: "What is simulated" }).first().click();
    },
    seen: (page) => page.getByRole("dialog", { name: /simulated|effect/i }),
  },
  "src/app/inspector/NodeRules.tsx": {
    named: "The rules of the node",
    reach: async (page) => {
      await press(/^Node node-1/)(page);
      await inspector(page).getByRole("tab", { name: "Rules" }).click();
    },
    seen: (page) => inspector(page).getByRole("searchbox"),
  },
  "src/app/inspector/RulesDialog.tsx": {
    named: "The rules",
    reach: async (page) => {
      await inspectRequest(page);
      await inspector(page)
        .getByText(/matched rules?$/)
        .first()
        .click();
      await inspector(page)
        .getByRole("button", { name: /^Show in the rules of/ })
        .last()
        .click();
    },
    seen: (page) => page.getByRole("dialog").getByRole("searchbox"),
  },
  "src/app/inspector/WhyItFailed.tsx": {
    named: "The explanation",
    reach: async (page) => {
      await typeManifest(page, nodePortManifest({ selector: "nobody" }));
      await inspectRequest(page);
    },
    seen: (page) => inspector(page).getByText("Why it failed"),
  },
  inspector: {
    address: "?embed",
    named: "The inspector",
    reach: press("Details"),
    seen: inspector,
  },
  "src/app/embed/host.ts": {
    address: "?embed",
    named: "What answers the page around",
    before: async (page) => {
      await page.addInitScript(
        "Object.defineProperty(window, 'parent', { value: { postMessage: ({ type }) => (document.documentElement.dataset.heard = type) } })",
      );
    },
    reach: async () => undefined,
    seen: (page) => page.locator("html[data-heard]"),
  },
  "src/app/embed/OpenFullDialog.tsx": {
    address: "?embed",
    named: "The link",
    reach: async (page) => {
      await page.evaluate("window.open = () => null");
      await press("Open full")(page);
    },
    seen: dialog("Open full"),
  },
  shell: {
    address: "?embed",
    named: "The shell",
    reach: async (page) => {
      await press("Break node-1")(page);
      await page
        .getByRole("dialog", { name: "Break node-1" })
        .getByRole("button", { name: /^Drain/ })
        .click();
      await page.keyboard.press("Escape");
    },
    seen: (page) => page.getByText(/^kubectl drain node-1/),
  },
  gateway: {
    named: "The Gateway API",
    reach: async (page) => {
      await press("Cluster settings")(page);
      await page.getByRole("checkbox", { name: "Gateway API" }).click();
    },
    seen: (page) => page.getByRole("checkbox", { name: "Gateway API", checked: true }),
    leave: (page) => page.keyboard.press("Escape"),
  },
  ingress: {
    named: "The ingress controller",
    reach: async (page) => {
      await press("Cluster settings")(page);
      await page.getByRole("checkbox", { name: "Ingress controller" }).click();
      await page.keyboard.press("Escape");
    },
    seen: (page) =>
      cluster(page)
        .getByText(/ingress-nginx|Ingress/)
        .first(),
  },
};
