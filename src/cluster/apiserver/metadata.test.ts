// What every object has in common. Outside truth: recorded sessions of service-api; upstream's objectmeta.go messages.
import { describe, expect, test } from "vitest";
import type { Namespace } from "../api/types.gen.ts";
import { pod, server, words, workload } from "./trial.ts";

describe("metadata", () => {
  const config = (metadata: object) => ({ apiVersion: "v1", kind: "ConfigMap", metadata });
  const update = (metadata: object) => ({ ...config(metadata), data: { a: "b" } });

  test("[META-1] a namespace must be there and alive, and agree with the object's", () => {
    const api = server();
    expect(words(() => api.create("configmaps", "nope", config({ name: "c" })))).toEqual([
      'NotFound: namespaces "nope" not found',
    ]);
    expect(words(() => api.create("configmaps", "default", config({ name: "c", namespace: "other" })))).toEqual([
      "BadRequest: the namespace of the provided object does not match the namespace sent on the request",
    ]);
    api.create("namespaces", undefined, { apiVersion: "v1", kind: "Namespace", metadata: { name: "old" } });
    const marked = api.delete("namespaces", undefined, "old").object as Namespace;
    expect(marked.status?.phase).toBe("Terminating");
    expect(words(() => api.create("configmaps", "old", config({ name: "c" })))).toEqual([
      'Forbidden: configmaps "c" is forbidden: unable to create new content in namespace old because it is being terminated',
    ]);
  });

  test("[META-1] an object of another kind is refused, also when only its letters' case differs", () => {
    const service = { apiVersion: "v1", kind: "service", metadata: { name: "x" } };
    expect(words(() => server().create("services", "default", service))).toEqual([
      'BadRequest: service in version "v1" cannot be handled as a Service: no kind "service" is registered for version "v1" in scheme "pkg/api/legacyscheme/scheme.go:30"',
    ]);
  });

  test("[META-2] generateName is completed by five characters", () => {
    const made = server().create("configmaps", "default", config({ generateName: "c-" })).object;
    expect(made.metadata.name).toMatch(/^c-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  test.each<[object, string]>([
    [{}, "metadata.name: Required value: name or generateName is required"],
    [
      { name: "c", labels: { "a b": "x" } },
      "metadata.labels: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
    [
      { name: "c", annotations: { "a/b/c": "x" } },
      "metadata.annotations: Invalid value: \"a/b/c\": a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
    ],
    [
      { name: "c", finalizers: ["wait"] },
      'metadata.finalizers[0]: Invalid value: "wait": name is neither a standard finalizer name nor is it fully qualified',
    ],
  ])("[META-3] metadata %j is refused", (metadata, answer) => {
    expect(words(() => server().create("configmaps", "default", config(metadata)))).toEqual([answer]);
  });

  test("[META-4] a write to an older version is a conflict", () => {
    const api = server();
    const first = api.create("configmaps", "default", config({ name: "c" })).object;
    api.update("configmaps", update({ name: "c", namespace: "default" }));
    expect(words(() => api.update("configmaps", { ...first, data: { a: "x" } }))).toEqual([
      'Conflict: Operation cannot be fulfilled on configmaps "c": the object has been modified; please apply your changes to the latest version and try again',
    ]);
  });

  test("[META-5] a write that changes nothing stores nothing", () => {
    const api = server();
    const first = api.create("configmaps", "default", update({ name: "c" })).object;
    expect(api.update("configmaps", update({ name: "c", namespace: "default" })).object).toBe(first);
  });

  test("[META-6] generation counts changes of the spec only", () => {
    const api = server();
    api.create("deployments.apps", "default", workload("Deployment", {}));
    const generation = (body: object) =>
      api.patch("deployments.apps", { namespace: "default", name: "w" }, { type: "merge", body }).object.metadata
        .generation;
    expect(generation({ metadata: { labels: { a: "b" } } })).toBe(1);
    expect(generation({ spec: { replicas: 3 } })).toBe(2);
  });

  test("[META-7] an object with finalizers goes when the last one does", () => {
    const api = server();
    api.create("configmaps", "default", config({ name: "c", finalizers: ["example.com/wait"] }));
    api.delete("configmaps", "default", "c");
    expect(api.get("configmaps", "default", "c").metadata.deletionTimestamp).toBeDefined();
    api.patch(
      "configmaps",
      { namespace: "default", name: "c" },
      { type: "merge", body: { metadata: { finalizers: null } } },
    );
    expect(api.find("configmaps", "default", "c")).toBeUndefined();
  });

  test("[META-8] protected namespaces stay", () => {
    expect(words(() => server().delete("namespaces", undefined, "kube-system"))).toEqual([
      'Forbidden: namespaces "kube-system" is forbidden: this namespace may not be deleted',
    ]);
  });

  test("[META-9] field selectors: what a kind knows", () => {
    const api = server();
    api.create("pods", "default", pod({ nodeName: "node-1" }));
    const list = (resource: string, path: string, value: string) => () => {
      const found = api.list(resource, { fieldSelector: [{ path, operator: "=", value }] });
      return { warnings: found.map(({ metadata }) => metadata.name ?? "") };
    };
    expect(words(list("pods", "spec.nodeName", "node-1"))).toEqual(["accepted", "p"]);
    expect(words(list("pods", "spec.image", "x"))).toEqual(["BadRequest: field label not supported: spec.image"]);
    expect(words(list("configmaps", "data.a", "x"))).toEqual([
      'BadRequest: "data.a" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ]);
  });
});
