// Applying the editor's text: good documents apply, bad ones change nothing, what is gone from the text is deleted.

import { expect, it } from "vitest";
import { createCluster } from "../cluster/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { ManagedText } from "./apply.ts";

const configMap = (name: string, value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: "${value}"\n`;

function begin() {
  const cluster = createCluster({ addons: ALL_KINDS, seed: "text" });
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
  expect(report.deleted).toEqual([
    { resource: "configmaps", apiVersion: "v1", kind: "ConfigMap", namespace: "default", name: "one" },
  ]);
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

it("[TEXT-5] the same object twice in one text is reported at the second place", () => {
  const { text, value } = begin();
  const report = text.apply([configMap("one", "1"), configMap("one", "2")].join("---\n"));
  expect(value("one")).toBe("1");
  expect(report.documents[1]?.error?.message).toContain("appears twice");
});

const nodePort = (name: string, port = 30100) =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  type: NodePort\n  ports:\n  - port: 80\n    nodePort: ${port}\n`;

it("[TEXT-6] while a document is refused, what left the text stays; it goes with the next good text", () => {
  const { text, value } = begin();
  text.apply([configMap("one", "1"), configMap("two", "2")].join("---\n"));
  const report = text.apply(nodePort("web", 99));
  expect(report.documents[0]?.error?.source).toBe("server");
  expect(report.deleted).toEqual([]);
  expect(value("one")).toBe("1");
  expect(text.apply(nodePort("web")).deleted.map(({ name }) => name)).toEqual(["two", "one"]);
});

it("[TEXT-7] a renamed Service takes its nodePort along", () => {
  const { cluster, text } = begin();
  text.apply(nodePort("old"));
  const report = text.apply([nodePort("new"), configMap("one", "1")].join("---\n"));
  expect(report.documents.map(({ result, error }) => result ?? error?.message)).toEqual(["created", "created"]);
  expect(report.deleted.map(({ name }) => name)).toEqual(["old"]);
  expect(cluster.api.find("services", "default", "new")?.spec?.ports?.[0]?.nodePort).toBe(30100);
});

it("[TEXT-7] a port that someone else holds is still refused after what left the text is gone", () => {
  const { cluster, text, value } = begin();
  cluster.api.create("services", "default", {
    metadata: { name: "theirs" },
    spec: { type: "NodePort", ports: [{ port: 80, nodePort: 30100 }] },
  });
  text.apply(configMap("one", "1"));
  const report = text.apply(nodePort("web"));
  expect(report.documents[0]?.error?.message).toContain("provided port is already allocated");
  expect(report.documents).toHaveLength(1);
  expect(value("one")).toBeUndefined();
});

it("[TEXT-7] with a document that cannot be read nothing makes room", () => {
  const { text } = begin();
  text.apply(nodePort("old"));
  const report = text.apply([nodePort("new"), "kind: ConfigMap\n\tname: one\n"].join("---\n"));
  expect(report.deleted).toEqual([]);
  expect(text.manages({ resource: "services", namespace: "default", name: "old" })).toBe(true);
});

it("[TEXT-8] what neither the text nor the cluster changed is unchanged, wherever it is", () => {
  const { cluster, text } = begin();
  const results = (...documents: string[]) => text.apply(documents.join("---\n")).documents.map(({ result }) => result);
  expect(results(configMap("one", "1"), nodePort("web"))).toEqual(["created", "created"]);
  const before = cluster.api.store.resourceVersion;
  expect(results(nodePort("web"), configMap("one", "1"))).toEqual(["unchanged", "unchanged"]);
  expect(results(configMap("two", "2"), configMap("one", "1"), nodePort("web"))).toEqual([
    "created",
    "unchanged",
    "unchanged",
  ]);
  expect(cluster.api.store.resourceVersion).toBe(before + 1);
});

it("[TEXT-9] what was changed or deleted behind the text is put right by the same text", () => {
  const { cluster, text, value } = begin();
  text.apply(configMap("one", "1"));
  cluster.api.patch("configmaps", { namespace: "default", name: "one" }, { type: "merge", body: { data: { a: "x" } } });
  expect(text.apply(configMap("one", "1")).documents[0]?.result).toBe("configured");
  expect(value("one")).toBe("1");
  cluster.api.delete("configmaps", "default", "one");
  expect(text.apply(configMap("one", "1")).documents[0]?.result).toBe("created");
  expect(value("one")).toBe("1");
});

it("[TEXT-9] an object that is recreated behind the text is no longer as the text left it", () => {
  const { cluster, text, value } = begin();
  text.apply(configMap("one", "1"));
  cluster.api.delete("configmaps", "default", "one");
  cluster.api.create("configmaps", "default", { metadata: { name: "one" }, data: { a: "x" } });
  expect(text.apply(configMap("one", "1")).documents[0]?.result).toBe("configured");
  expect(value("one")).toBe("1");
});

it("[TEXT-9] a document that is refused again and again says so each time", () => {
  const { text } = begin();
  text.apply(nodePort("web"));
  const messages = [1, 2].map(() => text.apply(nodePort("web", 99)).documents[0]?.error?.message);
  expect(messages[0]).toContain("spec.ports[0].nodePort: Invalid value: 99");
  expect(messages[1]).toBe(messages[0]);
  expect(text.apply(nodePort("web")).documents[0]?.result).toBe("unchanged");
});

it("[TEXT-10] what may not be deleted stays, is reported each time, and holds up nothing else", () => {
  const { cluster, text, value } = begin();
  const namespace = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: default\n";
  text.apply([configMap("one", "1"), namespace, configMap("two", "2")].join("---\n"));
  const forbidden = {
    ref: { resource: "namespaces", apiVersion: "v1", kind: "Namespace", namespace: undefined, name: "default" },
    message: 'namespaces "default" is forbidden: this namespace may not be deleted',
  };
  for (const gone of [["one"], []]) {
    const report = text.apply(configMap("two", "3"));
    expect(report.deleted.map(({ name }) => name)).toEqual(gone);
    expect(report.kept).toEqual([forbidden]);
  }
  expect(value("two")).toBe("3");
  expect(cluster.api.find("namespaces", undefined, "default")?.metadata.deletionTimestamp).toBeUndefined();
  expect(text.apply([configMap("two", "3"), namespace].join("---\n")).kept).toEqual([]);
});

it("[TEXT-11] an error of ours in one document marks that document, and the others apply", () => {
  const { cluster, text, value } = begin();
  const create: (...args: Parameters<typeof cluster.api.create>) => unknown = cluster.api.create.bind(cluster.api);
  Object.defineProperty(cluster.api, "create", {
    value: (...args: Parameters<typeof cluster.api.create>) => {
      if (JSON.stringify(args).includes('"one"')) throw new TypeError("broken on purpose");
      return create(...args);
    },
  });
  const report = text.apply([configMap("one", "1"), configMap("two", "2")].join("---\n"));
  expect(report.documents.map(({ error, result }) => error?.message ?? result)).toEqual([
    "internal error: broken on purpose",
    "created",
  ]);
  expect(value("two")).toBe("2");
  expect(cluster.mishaps.list).toHaveLength(1);
});

it("[TEXT-12] an object too large for the annotation of kubectl apply is applied server-side, and a warning says so", () => {
  const { text, value, cluster } = begin();
  const large = (last: string) =>
    `${configMap("one", last)}  b: |\n${"    many words of a value\n".repeat(15_000)}---\n${configMap("two", "2")}`;
  const results = ["1", "1", "3"].map((each) => text.apply(large(each)).documents[0]);
  expect(results.map((each) => each?.result)).toEqual(["created", "unchanged", "configured"]);
  expect(results[0]?.warnings).toEqual([expect.stringContaining("kubectl apply --server-side")]);
  expect(value("one")).toBe("3");
  const without = text.apply(large("3").replace('  a: "3"\n', ""));
  expect(without.documents[0]?.result).toBe("configured");
  expect(value("one")).toBeUndefined();
  text.apply(configMap("two", "2"));
  expect(cluster.api.find("configmaps", "default", "one")).toBeUndefined();
});
