// Applying the editor's text: good documents apply, bad ones change nothing, what is gone from the text is deleted.
import { expect, it } from "vitest";
import { createCluster } from "../cluster/index.ts";
import { ManagedText } from "./apply.ts";

const configMap = (name: string, value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: "${value}"\n`;

function begin() {
  const cluster = createCluster({ seed: "text" });
  const text = new ManagedText(cluster);
  const value = (name: string) => cluster.api.find("configmaps", "default", name)?.data?.a;
  return { cluster, text, value };
}

it("[TEXT-1] a document that leaves the text takes its object along, and the report names it", () => {
  const { text, value } = begin();
  text.apply([configMap("one", "1"), configMap("two", "2")].join("---\n"));
  const report = text.apply(configMap("two", "3"));
  expect(value("one")).toBeUndefined();
  expect(value("two")).toBe("3");
  expect(report.deleted).toEqual([{ resource: "configmaps", kind: "ConfigMap", namespace: "default", name: "one" }]);
  expect(report.documents.map(({ result }) => result)).toEqual(["configured"]);
});

it("[TEXT-2] a text with a document that cannot be read deletes nothing and still applies the others", () => {
  const { text, value } = begin();
  text.apply([configMap("one", "1"), configMap("two", "2")].join("---\n"));
  const report = text.apply([configMap("two", "3"), "kind: ConfigMap\n\tname: one\n"].join("---\n"));
  expect(value("one")).toBe("1");
  expect(value("two")).toBe("3");
  expect(report.documents[1]?.error?.source).toBe("yaml");
  expect(report.deleted).toEqual([]);
});

it("[TEXT-3] an object that the server refuses keeps its last good form", () => {
  const { cluster, text } = begin();
  const service = (port: number) =>
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: ${port}\n`;
  text.apply(service(80));
  const report = text.apply(service(99999));
  expect(cluster.api.find("services", "default", "web")?.spec?.ports?.[0]?.port).toBe(80);
  expect(report.documents[0]?.error?.causes.map(({ field }) => field)).toContain("spec.ports[0].port");
  expect(text.manages({ resource: "services", namespace: "default", name: "web" })).toBe(true);
});

it("[TEXT-4] objects that others made are never deleted by the text", () => {
  const { cluster, text, value } = begin();
  cluster.api.create("configmaps", "default", { metadata: { name: "theirs" }, data: { a: "x" } });
  text.apply(configMap("one", "1"));
  text.apply("");
  expect(value("theirs")).toBe("x");
  expect(value("one")).toBeUndefined();
});

it("[TEXT-5] the same object twice in one text is told at the second place", () => {
  const { text, value } = begin();
  const report = text.apply([configMap("one", "1"), configMap("one", "2")].join("---\n"));
  expect(value("one")).toBe("1");
  expect(report.documents[1]?.error?.message).toContain("stands twice");
});
