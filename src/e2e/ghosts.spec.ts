// What is referred to and missing is on the picture until it appears.
import { openExample } from "./parts.ts";
import { expect, test } from "./test.ts";
import { cluster, manifest, open, typeManifest } from "./visitor.ts";

test("[PICTURE-9] [FIND-4] a mistyped selector has a ghost that leads to its field, and goes when it is repaired", async ({
  page,
}) => {
  await open(page);
  const ghost = cluster(page).getByRole("button", { name: /^Missing/ });
  await expect(ghost).toHaveCount(0);
  await typeManifest(page, manifest({ selector: "wep" }));
  await expect(ghost).toHaveAccessibleName("Missing: no pod has app=wep, pods have app=web");
  await expect(cluster(page).getByText("missing · pods have app=web")).toBeVisible();
  await expect(cluster(page).locator("[aria-label='From Service web: no pod has app=wep']")).toBeAttached();
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.getByRole("searchbox", { name: "Find" }).fill("missing");
  await page.getByRole("option", { name: /no pod has app=wep/ }).click();
  await expect(ghost).toBeFocused();
  await ghost.click();
  const inspector = page.getByRole("region", { name: "Inspector" });
  await expect(inspector.getByRole("heading", { name: "web", exact: true })).toBeVisible();
  await expect(inspector.getByRole("region", { name: "Missing" })).toContainText("no pod has app=wep");
  await expect(inspector.getByRole("button", { name: "spec.selector.app" })).toBeVisible();
  await page.getByRole("button", { name: "Legend" }).click();
  await expect(page.getByText("missing: something else refers to it")).toBeVisible();
  await page.keyboard.press("Escape");
  await typeManifest(page, manifest());
  await expect(ghost).toHaveCount(0);
  await expect(inspector.getByRole("region", { name: "Missing" })).toHaveCount(0);
});

test("[PICTURE-9] an Ingress to a Service that does not exist has one by keyboard, until the Service is there", async ({
  page,
}) => {
  await open(page);
  const ingress = (name: string) => `${manifest()}---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: ${name}
                port:
                  number: 80
`;
  await typeManifest(page, ingress("cart"));
  const ghost = cluster(page).getByRole("button", { name: "Missing: Service cart, backend of Ingress shop" });
  await expect(ghost).toBeVisible();
  await ghost.focus();
  await page.keyboard.press("Enter");
  await expect(
    page.getByRole("region", { name: "Inspector" }).getByRole("heading", { name: "shop", exact: true }),
  ).toBeVisible();
  await typeManifest(page, ingress("web"));
  await expect(ghost).toHaveCount(0);
});

test("[PICTURE-9] examples without mistakes have none", async ({ page }) => {
  await open(page);
  await openExample(page, "ExternalName");
  await expect(
    cluster(page)
      .getByRole("button", { name: /^Service / })
      .first(),
  ).toBeVisible();
  await page.waitForTimeout(1_500);
  await expect(cluster(page).getByRole("button", { name: /^Missing/ })).toHaveCount(0);
});
